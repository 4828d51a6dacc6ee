"""A published programme, and what one changes of another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


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


@dataclass(frozen=True, slots=True)
class Programme:
    """All that a published version says. `rooms`, `tracks` and `speakers` are by ref."""

    number: int
    published_at: datetime
    sessions: tuple[FrozenSession, ...]
    rooms: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """ref -> {"names": {...}, "place": n}."""
    tracks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """ref -> {"code": ..., "titles": {...}}."""
    speakers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """ref -> {"name": ..., "sort": ..., "posts": {...}, "entity": {...}}."""

    def standing(self) -> tuple[FrozenSession, ...]:
        """Return the sessions that take place or may, without the cancelled ones."""
        return tuple(s for s in self.sessions if s.status != "cancelled")


MOVES_CALENDAR = ("starts_at", "ends_at", "room", "place_note", "status")
SHOWN = (
    "code",
    "titles", "descriptions", "kind", "track", "access", "admit", "floor_languages",
    "interpretation", "speakers", "zone", *MOVES_CALENDAR,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """What is different: of a session, `kind` is added, cancelled, moved or edited.

    `fields` names what changed, of SHOWN. Of what sessions refer to, `kind` is room, track or
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
    for kind in ("room", "track", "speaker"):
        old, new = getattr(before, f"{kind}s"), getattr(after, f"{kind}s")
        for ref in sorted(new.keys() & old.keys()):
            fields = tuple(n for n in sorted(new[ref]) if new[ref][n] != old[ref].get(n))
            if fields and fields != ("place",):
                found.append(Change(ref, kind, fields))
    return found


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
    return found
