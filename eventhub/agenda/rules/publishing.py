"""How a programme is published: by whom, brought back from an older version, told to whom."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from eventhub.agenda.rules.programme import (
    MOVES_CALENDAR,
    SHOWN,
    Change,
    FrozenSession,
    Programme,
    changes_between,
)

DIGEST = timedelta(minutes=30)
"""So long changes are gathered before people are told of them (R3.5)."""


@dataclass(frozen=True, slots=True)
class PublishingSettings:
    """What an event decides about publishing its programme."""

    two_persons: bool = False
    """Whether one person proposes what another one publishes."""


def numbered(programme: Programme, before: Programme | None) -> Programme:
    """Return the programme with each session's SEQUENCE and the time of its last change (R3.6).

    `before` is the version published last: numbers only rise from it.
    """
    old = {session.uid: session for session in before.sessions} if before else {}
    told = []
    for session in programme.sessions:
        was = old.get(session.uid)
        if was is None or before is None:
            told.append(replace(session, sequence=0, changed_at=programme.published_at))
            continue
        moved = any(getattr(session, name) != getattr(was, name) for name in MOVES_CALENDAR)
        moved = moved or _place(programme, session) != _place(before, was)
        edited = any(getattr(session, name) != getattr(was, name) for name in SHOWN)
        edited = edited or _people(programme, session) != _people(before, was)
        told.append(
            replace(
                session,
                sequence=was.sequence + 1 if moved else was.sequence,
                changed_at=programme.published_at if moved or edited else was.changed_at,
            )
        )
    return replace(programme, sessions=tuple(told))


def brought_back(wanted: Programme, newest: Programme) -> Programme:
    """Return what an older version said as the version after the newest, not yet `numbered`.

    What was added since stays as cancelled, so that calendars are told (R3.6).
    """
    kept = {session.uid for session in wanted.sessions}
    added = [
        replace(
            session,
            status="cancelled",
            items=tuple(ref for ref in session.items if ref in wanted.items),
            documents=(),
        )
        for session in newest.sessions
        if session.uid not in kept
    ]
    sessions = sorted((*wanted.sessions, *added), key=lambda s: (s.starts_at, s.ends_at, s.code))
    referred: dict[str, Any] = {
        name: {**getattr(newest, name), **getattr(wanted, name)}
        for name in ("rooms", "tracks", "speakers")
    }
    return replace(wanted, number=newest.number + 1, sessions=tuple(sessions), **referred)


def concerned(before: Programme | None, after: Programme) -> dict[str, tuple[Change, ...]]:
    """Return by a session's uid what changed of it, of its room, its track and its speakers."""
    found: dict[str, list[Change]] = {}
    referred: dict[tuple[str, str], Change] = {}
    for change in changes_between(before, after):
        if change.kind in ("room", "track", "speaker", "document"):
            referred[change.kind, change.uid] = change
        elif change.kind != "agenda":
            found.setdefault(change.uid, []).append(change)
    for session in after.sessions if referred else ():
        named = [("room", session.room), ("track", session.track)]
        named += [("speaker", ref) for ref, _role in session.speakers]
        named += [("document", ref) for ref in session.documents]
        for kind, ref in dict.fromkeys(named):
            if ref is not None and (kind, ref) in referred and session.status != "cancelled":
                found.setdefault(session.uid, []).append(referred[kind, ref])
    return {uid: tuple(some) for uid, some in found.items()}


def parts_of(ref: str, *programmes: Programme) -> set[str]:
    """Return the uids of the sessions in which these programmes name the speaker of this ref."""
    return {
        session.uid
        for programme in programmes
        for session in programme.sessions
        if any(ref == named for named, _role in session.speakers)
    }


def of_sessions(changed: Mapping[str, tuple[Change, ...]], uids: frozenset[str]) -> list[Change]:
    """Return what `concerned` found of some sessions, each thing once, in its order."""
    return list(dict.fromkeys(c for uid, some in changed.items() if uid in uids for c in some))


def _place(programme: Programme, session: FrozenSession) -> Any:
    return programme.rooms[session.room]["names"] if session.room else None


def _people(programme: Programme, session: FrozenSession) -> list[Any]:
    return [programme.speakers[ref] for ref, _role in session.speakers]
