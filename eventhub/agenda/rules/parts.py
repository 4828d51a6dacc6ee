"""Parts of a programme that readers follow: a room, a track, a language, a kind of session."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from eventhub.agenda.rules.programme import FrozenSession

PARTS = ("room", "track", "language", "kind")


def belongs(session: FrozenSession, part: str, ref: str) -> bool:
    """Tell whether everybody may know that a session is of the part of this kind.

    It is of a language that is spoken on the floor or into which is interpreted; of a closed one
    whose title is hidden, track and kind are hidden too.
    """
    return ref in _refs(session, part)


def count_parts(sessions: Iterable[FrozenSession]) -> Mapping[str, Counter[str]]:
    """Return by kind of part how many sessions each has."""
    counted: dict[str, Counter[str]] = {part: Counter() for part in PARTS}
    for session in sessions:
        for part in PARTS:
            counted[part].update(_refs(session, part))
    return counted


def _refs(session: FrozenSession, part: str) -> Sequence[str]:
    if part == "room":
        return (session.room,) if session.room else ()
    if part in ("track", "kind") and session.is_untold:
        return ()
    if part == "track":
        return (session.track,) if session.track else ()
    if part == "kind":
        return (session.kind,)
    return tuple(dict.fromkeys((*session.floor_languages, *session.interpretation)))
