"""What is on at an instant, and what follows: it changes only when a session starts or ends."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from eventhub.agenda.rules.programme import FrozenSession


@dataclass(frozen=True, slots=True)
class Place:
    """One room (None is elsewhere): what is on there, and the next session of the same day."""

    room: str | None
    running: tuple[FrozenSession, ...]
    following: FrozenSession | None


@dataclass(frozen=True, slots=True)
class Now:
    """The programme at an instant: places in their order, or what comes first on a later day.

    Before the first session and between two days there are only `coming` ones; after the last one
    there is nothing.
    """

    places: tuple[Place, ...] = ()
    coming: tuple[FrozenSession, ...] = ()
    has_begun: bool = False


def turns(sessions: Sequence[FrozenSession]) -> tuple[datetime, ...]:
    """Return the instants at which anything starts or ends, in order."""
    return tuple(sorted({t for s in sessions for t in (s.starts_at, s.ends_at)}))


def turn_at(turns: Sequence[datetime], instant: datetime) -> int:
    """Return how many turns have passed, those at the very instant included."""
    return bisect_right(turns, instant)


def at_turn(sessions: Sequence[FrozenSession], number: int, rooms: Sequence[str]) -> Now:
    """Return what is on after so many turns of these sessions; `rooms` gives their order.

    What follows in a room is the next session that starts on the day of the last turn.
    """
    passed = turns(sessions)[:number]
    if not passed:
        return Now(coming=_first(sessions), has_begun=False)
    instant = passed[-1]
    ahead = [session for session in sessions if session.starts_at > instant]
    running = [s for s in sessions if s.starts_at <= instant < s.ends_at]
    today = max(s.starts[:10] for s in sessions if s.starts_at <= instant)
    later = [session for session in ahead if session.starts[:10] == today]
    places = []
    for room in (*rooms, None):
        here = tuple(session for session in running if session.room == room)
        following = next((session for session in later if session.room == room), None)
        if here or following:
            places.append(Place(room, here, following))
    return Now(tuple(places), () if places else _first(ahead), has_begun=True)


def _first(sessions: Sequence[FrozenSession]) -> tuple[FrozenSession, ...]:
    """Return the sessions that start first, all together."""
    start = min((session.starts_at for session in sessions), default=None)
    return tuple(session for session in sessions if session.starts_at == start)
