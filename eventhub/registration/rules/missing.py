"""What is still missing of somebody, as the focal point and the secretariat see it."""

from collections.abc import Collection
from enum import StrEnum

from eventhub.registration.rules.states import ENDED


class Missing(StrEnum):
    """One thing without which somebody is not complete."""

    PHOTO = "photo"
    NEW_PHOTO = "new_photo"
    """There is one, but an officer asked for another."""
    LETTER = "letter"
    CONSENT = "consent"
    """Nobody told yet whether the person agrees to be photographed, listed and so on."""
    EMAIL = "email"
    POST = "post"
    CORRECTION = "correction"
    """The registration was returned, and the fields named are not corrected yet."""


THE_PERSON_CAN = frozenset(
    {Missing.PHOTO, Missing.NEW_PHOTO, Missing.CONSENT, Missing.EMAIL, Missing.POST}
    | {Missing.CORRECTION}
)
"""What the person can add by the link that asks for it; a letter comes from the ministry."""


def what_is_missing(
    *,
    state: str,
    asked: Collection[str],
    photo: str | None,
    photo_waived: bool,
    has_consents: bool,
    needs_letter: bool = False,
    has_letter: bool = True,
    email: str = "",
    post: str = "",
) -> list[Missing]:
    """Return what is missing, the most urgent first; of whoever has ended, nothing.

    `asked` are the words of the preset's fields; `photo` is its state, None for no photo.
    """
    if state in ENDED:
        return []
    asks_photo = "photo" in asked and not photo_waived
    found = {
        Missing.CORRECTION: state == "returned",
        Missing.PHOTO: asks_photo and photo is None,
        Missing.NEW_PHOTO: asks_photo and photo == "redo",
        Missing.LETTER: needs_letter and not has_letter,
        Missing.CONSENT: "consents" in asked and not has_consents,
        Missing.POST: "functional_title" in asked and not post,
        Missing.EMAIL: "email" in asked and not email,
    }
    return [one for one, is_so in found.items() if is_so]
