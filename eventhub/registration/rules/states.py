"""The ten states and every move between them (R1.1)."""

from collections.abc import Collection, Mapping
from enum import StrEnum


class State(StrEnum):
    """Where a registration stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    NOMINATED = "nominated"
    RETURNED = "returned"
    WAITLISTED = "waitlisted"
    ACCREDITED = "accredited"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    REVOKED = "revoked"


class Who(StrEnum):
    """In what capacity somebody moves a registration.

    `staff` enters people by hand, `officer` decides on them (secretariat, protocol, a desk,
    security), `system` acts by a rule and by nobody's wish.
    """

    REGISTRANT = "registrant"
    FOCAL_POINT = "focal_point"
    STAFF = "staff"
    OFFICER = "officer"
    SYSTEM = "system"


_S, _W = State, Who
_ENTERS = frozenset({_W.REGISTRANT, _W.FOCAL_POINT, _W.STAFF})
_OWN = frozenset({_W.REGISTRANT, _W.FOCAL_POINT})
_JUDGES = frozenset({_W.FOCAL_POINT, _W.OFFICER})
_QUEUES = frozenset({_W.OFFICER, _W.SYSTEM})
_OFFICER = frozenset({_W.OFFICER})

TRANSITIONS: Mapping[tuple[State | None, State], frozenset[Who]] = {
    (None, _S.DRAFT): _ENTERS,
    (_S.DRAFT, _S.SUBMITTED): _ENTERS,
    (_S.DRAFT, _S.WAITLISTED): _OWN,
    (_S.DRAFT, _S.WITHDRAWN): _OWN,
    (_S.SUBMITTED, _S.NOMINATED): frozenset({_W.FOCAL_POINT, _W.SYSTEM}),
    (_S.SUBMITTED, _S.RETURNED): _JUDGES,
    (_S.SUBMITTED, _S.WAITLISTED): _QUEUES,
    (_S.SUBMITTED, _S.REJECTED): _JUDGES,
    (_S.SUBMITTED, _S.WITHDRAWN): _OWN,
    (_S.NOMINATED, _S.ACCREDITED): _QUEUES,
    (_S.NOMINATED, _S.RETURNED): _JUDGES,
    (_S.NOMINATED, _S.WAITLISTED): _QUEUES,
    (_S.NOMINATED, _S.REJECTED): _JUDGES,
    (_S.NOMINATED, _S.WITHDRAWN): _OWN,
    (_S.RETURNED, _S.SUBMITTED): _OWN,
    (_S.RETURNED, _S.REJECTED): _JUDGES,
    (_S.RETURNED, _S.WITHDRAWN): _OWN | {_W.SYSTEM},
    (_S.WAITLISTED, _S.SUBMITTED): _QUEUES,
    (_S.WAITLISTED, _S.NOMINATED): _QUEUES,
    (_S.WAITLISTED, _S.REJECTED): _JUDGES,
    (_S.WAITLISTED, _S.WITHDRAWN): _OWN,
    (_S.ACCREDITED, _S.WITHDRAWN): _OWN,
    (_S.ACCREDITED, _S.REPLACED): frozenset({_W.FOCAL_POINT}),
    (_S.ACCREDITED, _S.REVOKED): _OFFICER,
    (_S.REJECTED, _S.NOMINATED): _OFFICER,
    (_S.WITHDRAWN, _S.NOMINATED): _OFFICER,
    (_S.REVOKED, _S.NOMINATED): _OFFICER,
}
"""Each possible move and who may make it; None is before there is anything.

A registration that waited is moved to nominated only where it was vouched for before, and
nominated to accredited by the system only where the category needs no approver.
"""

ENDED = frozenset({_S.REJECTED, _S.WITHDRAWN, _S.REPLACED, _S.REVOKED})
OPEN = frozenset(State) - ENDED
SEAT_STATES = frozenset({_S.SUBMITTED, _S.NOMINATED, _S.RETURNED, _S.ACCREDITED})
"""States that take a place (R1.8); a returned registration keeps the one it has."""

HELD = frozenset({_S.ACCREDITED, _S.REJECTED, _S.RETURNED, _S.WAITLISTED})
"""Moves of an officer that wait for the hold; revoking does not, because a door must know."""

VOID_PASS = frozenset({_S.WITHDRAWN, _S.REPLACED, _S.REVOKED})

REASONS: Mapping[State, tuple[str, ...]] = {
    _S.REJECTED: ("not_eligible", "not_nominated", "no_place", "duplicate", "incomplete", "other"),
    _S.RETURNED: ("unclear", "missing", "name_differs", "photo", "other"),
    _S.WAITLISTED: ("no_place", "other"),
    _S.REVOKED: ("no_longer_sent", "security", "misuse", "other"),
    _S.WITHDRAWN: ("cannot_come", "no_answer", "other"),
}
"""Codes of reasons that may be given for a move."""


def may_move(start: State | None, end: State, by: Collection[Who]) -> bool:
    """Tell whether somebody who acts in one of these capacities may make the move."""
    return not TRANSITIONS.get((start, end), frozenset()).isdisjoint(by)
