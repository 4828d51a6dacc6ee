"""Who may have a badge printed, and what stands on it. Pure."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import timedelta
from typing import Any

from eventhub.designs.rules import Face


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


def digest_of(face: Face, *, photo: str, zones: int) -> str:
    """Return the digest of all that a badge shows of its holder: equal while none of it changes.

    `photo` is the digest of the picture, "" for none; `zones` the bits of the pass.
    """
    shown = replace(face, qr="", photo=None)
    text = json.dumps([asdict(shown), photo, zones], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Printed:
    """One badge as it was drawn: its face without picture and code, and the face's digest."""

    face: Face
    pass_id: int
    digest: str


FILES_KEPT = timedelta(days=7)
"""How long after a run its files can be fetched: they show names and faces."""

STATES = ("new", "changed", "all")
"""Which badges: not printed in their present issue; these, and those on which something has
changed since; all, again."""

CODES = ("signed", "short")
"""Which QR code: signed, which doors check without a network; or shorter, for doors online."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Whose badges a run makes; what is left empty limits nothing.

    Kept in the run as a mapping. `refs` are people, `kinds` refs of categories, `entity` and
    `group` codes; `covers` asks for the cover sheets of envelopes (R4.12).
    """

    state: str = "all"
    refs: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    entity: str = ""
    group: str = ""
    covers: bool = False
    code: str = "signed"

    def kept(self) -> dict[str, Any]:
        """Return what differs from "everybody", to be stored."""
        plain = Choice()
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if value != getattr(plain, name)
        }


def choice_in(kept: Mapping[str, Any]) -> Choice:
    """Return the choice that `kept` stored."""
    given: dict[str, Any] = {}
    for one in fields(Choice):
        if one.name in kept:
            value = kept[one.name]
            given[one.name] = tuple(value) if isinstance(value, list) else value
    return Choice(**given)


@dataclass(frozen=True, slots=True)
class PlateChoice:
    """Which name plates are made; kept as a mapping in the arguments of the work.

    `who` is one of PLATES_FOR; `entity` and `group` are codes, "" limits nothing; `language`
    stands under English, "" for English alone; `heads` asks for the names of heads.
    """

    who: str = "confirmed"
    entity: str = ""
    group: str = ""
    language: str = ""
    formal: bool = False
    heads: bool = False


PLATES_FOR = ("confirmed", "invited")
"""States and organizations with people confirmed; those and all that are invited."""
