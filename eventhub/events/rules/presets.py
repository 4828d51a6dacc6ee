"""Presets and switches: what an event starts from, and what is absent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

SWITCHES = (
    "delegations",
    "letters",
    "seats",
    "arrivals",
    "badges",
    "doors",
    "states_in_room",
    "roll_call",
    "certificates",
    "speakers",
    "floor",
)
"""What can be turned on or off, in the order in which people meet it. A switch is here only once
its feature is."""

VOUCHERS = ("focal_point", "organiser", "none")
APPROVERS = (
    "secretariat",
    "protocol",
    "media_desk",
    "civil_society_desk",
    "programme_desk",
    "host_security",
    "organiser",
    "none",
)
CATALOGUE_SIZE = 21
"""How many categories the catalogue offers."""


@dataclass(frozen=True, slots=True)
class CategoryRule:
    """Who vouches for a category's people, who approves them, whether a letter must name them."""

    vouched_by: str
    approver: str
    needs_letter: bool


@dataclass(frozen=True, slots=True)
class Preset:
    """What an event of one kind starts from.

    `rule` replaces the catalogue's rules for every category; `fields` are the core fields of the
    registration form; `reply_days` and `reply_time` propose the deadline, counted back from the
    first day; `extra_languages` join the host's own; `minutes` is how long registering takes.
    """

    code: str
    switches: frozenset[str]
    categories: tuple[str, ...]
    fields: tuple[str, ...]
    extra_languages: tuple[str, ...]
    host_language: bool
    places: int
    reply_days: int
    reply_time: time
    accent: str
    minutes: int
    rule: CategoryRule | None = None


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


PRESETS: dict[str, Preset] = {
    preset.code: preset
    for preset in (
        Preset(
            code="forum",
            switches=frozenset(
                {"delegations", "letters", "seats", "arrivals", "badges", "doors"}
                | {"certificates", "floor"}
            ),
            categories=_words("HOD DHOD DEL ADV OBSST IGO UNS SPK PRESS INT STF"),
            fields=_words(
                "category entity honorific names gender rank functional_title organisation "
                "email phone language photo needs consents"
            ),
            extra_languages=("en", "fr"),
            host_language=True,
            places=300,
            reply_days=30,
            reply_time=time(23, 59),
            accent="harbour",
            minutes=6,
        ),
        Preset(
            code="side_event",
            switches=frozenset({"speakers", "states_in_room", "floor"}),
            categories=("DEL", "IGO", "SPK", "STF"),
            fields=("names", "entity", "email", "grounds_pass"),
            extra_languages=("en",),
            host_language=False,
            places=150,
            reply_days=4,
            reply_time=time(18, 0),
            accent="indigo",
            minutes=1,
            rule=CategoryRule("none", "none", needs_letter=False),
        ),
        Preset(
            code="seminar",
            switches=frozenset({"badges", "roll_call", "certificates"}),
            categories=("TRN", "FAC", "STF"),
            fields=_words(
                "entity honorific names gender functional_title organisation email phone "
                "language photo needs consents"
            ),
            extra_languages=("en",),
            host_language=True,
            places=50,
            reply_days=28,
            reply_time=time(23, 59),
            accent="pine",
            minutes=5,
        ),
    )
}


def effective_category(
    *, vouched_by: str, approver: str, needs_letter: bool, switches: Collection[str]
) -> CategoryRule:
    """Return what counts for a category where these switches are on.

    Without delegations there is no focal point: the organiser vouches instead. Without letters
    none is needed.
    """
    if vouched_by == "focal_point" and "delegations" not in switches:
        vouched_by = "organiser"
    return CategoryRule(vouched_by, approver, needs_letter and "letters" in switches)


def propose_languages(preset: Preset, *, title: str, host: Sequence[str]) -> list[str]:
    """Return the languages of the pages: the title's, the host's first, the preset's, once each."""
    hosts = host[:1] if preset.host_language else ()
    return list(dict.fromkeys((title, *hosts, *preset.extra_languages)))


def propose_reply_deadline(preset: Preset, *, starts_on: date, today: date) -> datetime:
    """Return the wall time until which people may reply; the day before where time is short."""
    day = starts_on - timedelta(days=preset.reply_days)
    if day <= today:
        day = max(starts_on - timedelta(days=1), min(today, starts_on))
    return datetime.combine(day, preset.reply_time)
