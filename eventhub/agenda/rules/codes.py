"""Kinds of sessions, roles of speakers, and who may come in (R3.1, R3.2)."""

from collections.abc import Collection

KINDS = (
    "opening", "ceremony", "high_level", "plenary", "parallel", "panel", "keynote", "floor",
    "side_event", "drafting", "bilateral", "press", "social", "break", "logistics", "lecture",
    "workshop", "study_visit", "closing",
)  # fmt: skip
ROLES = (
    "chair", "moderator", "keynote", "speaker", "panellist", "discussant", "lecturer",
    "rapporteur", "master_of_ceremonies",
)  # fmt: skip
ACCESS = ("open", "pass_holders", "by_invitation", "closed", "private")
HIDDEN = frozenset({"private"})
"""Access levels that public pages and feeds leave out (R3.2)."""
TITLE_ONLY = frozenset({"closed"})
"""Access levels of which the public sees the title, the time and the room only (R3.2)."""
QUIET_KINDS = frozenset({"break", "logistics"})
"""Kinds that a programme shows without weight."""
LISTED_ONLY = frozenset({"by_invitation", "closed", "private"})
"""Access levels at which the categories listed count."""
ROLE_ORDER = {role: place for place, role in enumerate(ROLES)}


def is_public(access: str) -> bool:
    """Tell whether everybody may know of the session."""
    return access not in HIDDEN


def shows_content(access: str) -> bool:
    """Tell whether everybody may read what the session is about and who speaks."""
    return access not in HIDDEN and access not in TITLE_ONLY


def admits(
    access: str,
    admit: Collection[str],
    category: str,
    *,
    is_accredited: bool,
    opens_zone: bool = True,
) -> bool:
    """Tell whether somebody of the category is admitted, so that it is in their calendar (R3.2).

    An open session admits all whose badge opens the zone of its room. The others admit the
    accredited: of every category where none is listed, else of those listed; a private one only
    of those listed.
    """
    if access == "open":
        return opens_zone
    if not is_accredited:
        return False
    if access not in LISTED_ONLY:
        return True
    return category in admit if admit else access not in HIDDEN
