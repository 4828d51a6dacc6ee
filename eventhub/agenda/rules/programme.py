"""A published programme, and what one changes of another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from eventhub.agenda.rules.codes import TITLE_ONLY


@dataclass(frozen=True, slots=True)
class FrozenSession:
    """A session as published. Texts are by language; `room` and `track` are refs.

    starts and ends are wall times in `zone`, ISO to the minute; starts_at and ends_at the same
    as instants in UTC. `sequence` rises with every change of time, place or status.
    """

    uid: str
    ref: str
    code: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    kind: str
    track: str | None
    room: str | None
    place_note: Mapping[str, str]
    zone: str
    starts: str
    ends: str
    starts_at: datetime
    ends_at: datetime
    access: str
    admit: tuple[str, ...]
    floor_languages: tuple[str, ...]
    interpretation: tuple[str, ...]
    status: str
    speakers: tuple[tuple[str, str], ...]
    """(ref of the speaker, role), in the order of the page."""
    sequence: int = 0
    changed_at: datetime | None = None
    part_minutes: tuple[int, ...] = ()
    """For each of `speakers` the minutes agreed, 0 where none are; empty where none are at all."""
    hides_title: bool = False
    """The public reads "Closed meeting" in place of the title, where the session is closed."""
    items: tuple[str, ...] = ()
    """Refs of the agenda items that it takes up."""
    documents: tuple[str, ...] = ()
    """Refs of the documents that it carries."""

    @property
    def is_untold(self) -> bool:
        """Tell whether the public learns no more than that there is a closed meeting (R3.2)."""
        return self.hides_title and self.access in TITLE_ONLY


@dataclass(frozen=True, slots=True)
class Programme:
    """All that a published version says. `rooms`, `tracks` and `speakers` are by ref."""

    number: int
    published_at: datetime
    sessions: tuple[FrozenSession, ...]
    rooms: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """ref -> {"names": {...}, "place": n, "badge_zone": code or None}."""
    tracks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """ref -> {"code": ..., "titles": {...}}."""
    speakers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """ref -> {"name": ..., "sort": ..., "posts": {...}, "entity": {...}}."""
    items: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """ref -> {"number", "is_below", "titles", "annotations", "place"} of each agenda item."""
    documents: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """ref -> {"file" (id), "titles", "language", "visibility", "media_type", "size"}."""
    is_adopted: bool = False
    """Whether the agenda is adopted; until then it is provisional."""

    def standing(self) -> tuple[FrozenSession, ...]:
        """Return the sessions that take place or may, without the cancelled ones."""
        return tuple(s for s in self.sessions if s.status != "cancelled")


MOVES_CALENDAR = ("starts_at", "ends_at", "room", "place_note", "status")
SHOWN = (
    "code",
    "titles", "descriptions", "kind", "track", "access", "admit", "floor_languages",
    "interpretation", "speakers", "part_minutes", "hides_title", "items", "documents", "zone",
    *MOVES_CALENDAR,
)  # fmt: skip


NEWER = frozenset({"badge_zone"})
"""What older versions do not say of a room; that it is said now is no change."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is different: of a session, `kind` is added, cancelled, moved, edited or removed.

    `fields` names what changed, of SHOWN; kind is agenda, without uid, where items or is_adopted
    of the programme did. Of what sessions refer to, `kind` is room, track or
    speaker, `uid` its ref, and `fields` names what is printed anew.
    """

    uid: str
    kind: str
    fields: tuple[str, ...] = ()


def changes_between(before: Programme | None, after: Programme) -> list[Change]:
    """Return all that the later programme says anew: sessions first, then what they refer to."""
    if before is None:
        return changes((), after.sessions)
    found = changes(before.sessions, after.sessions)
    for kind in ("room", "track", "speaker", "document"):
        old, new = getattr(before, f"{kind}s"), getattr(after, f"{kind}s")
        for ref in sorted(new.keys() & old.keys()):
            names = sorted((new[ref].keys() | old[ref].keys()) - (NEWER - old[ref].keys()))
            fields = tuple(
                n for n in names if (new[ref].get(n) or None) != (old[ref].get(n) or None)
            )
            if fields and fields != ("place",):
                found.append(Change(ref, kind, fields))
    agenda = tuple(n for n in ("items", "is_adopted") if getattr(after, n) != getattr(before, n))
    return [*found, Change("", "agenda", agenda)] if agenda else found


def changes(old: Sequence[FrozenSession], new: Sequence[FrozenSession]) -> list[Change]:
    """Return what the new sessions change of the old ones, in the order of the new ones."""
    before = {session.uid: session for session in old}
    found = []
    for session in new:
        other = before.get(session.uid)
        if other is None:
            if session.status != "cancelled":
                found.append(Change(session.uid, "added"))
            continue
        fields = tuple(n for n in SHOWN if getattr(session, n) != getattr(other, n))
        if session.status == "cancelled" and other.status != "cancelled":
            found.append(Change(session.uid, "cancelled", fields))
        elif any(name in MOVES_CALENDAR for name in fields):
            found.append(Change(session.uid, "moved", fields))
        elif fields:
            found.append(Change(session.uid, "edited", fields))
    kept = {session.uid for session in new}
    gone = [one for one in old if one.uid not in kept and one.status != "cancelled"]
    return [*found, *(Change(session.uid, "removed") for session in gone)]
