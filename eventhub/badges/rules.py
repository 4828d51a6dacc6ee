"""Who may have a badge printed, and what stands on it. Pure."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Readiness:
    """What the print gate looks at (R4.3)."""

    is_accredited: bool
    photo_state: str | None
    """pending, ok, redo; None where there is no photo."""
    photo_waived: bool = False
    needs_photo: bool = True
    lacks_letter: bool = False
    """An official letter must name the person, and no verified one does."""
    has_open_change: bool = False


def needs_photo(preset: str, switches: Collection[str]) -> bool:
    """Tell whether an event of this kind prints no badge without a photo."""
    return preset == "forum" and "badges" in switches


def held_back(ready: Readiness) -> tuple[str, ...]:
    """Return why the badge cannot be printed yet, as codes; empty where it can (R4.3)."""
    reasons = []
    if not ready.is_accredited:
        reasons.append("not_accredited")
    if ready.needs_photo and not ready.photo_waived:
        missing = {None: "photo_missing", "pending": "photo_pending", "redo": "photo_redo"}
        if ready.photo_state in missing:
            reasons.append(missing[ready.photo_state])
    if ready.lacks_letter:
        reasons.append("letter_missing")
    if ready.has_open_change:
        reasons.append("change_open")
    return tuple(reasons)


@dataclass(frozen=True, slots=True)
class Kind:
    """What all badges of one category have in common: `words` in one or two languages, zones."""

    name: str
    words: tuple[str, ...]
    mark: str
    colour: str
    text_colour: str
    zones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Face:
    """All that stands on one badge beyond its kind, ready to be set.

    `names` are the lines of the name in their printed order, the family name in capitals;
    `entity` is in one or two languages (`entity_language` is that of the second); `number` is
    what people say on the telephone (ZMB-07).
    """

    kind: str
    ref: str
    names: tuple[str, ...]
    local_name: str
    local_language: str
    post: str
    entity: tuple[str, ...]
    entity_language: str
    number: str
    issue: int
    qr: str
    photo: bytes | None = None
