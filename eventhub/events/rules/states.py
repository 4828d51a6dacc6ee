"""The states of an event, and when its registration is open."""

from datetime import datetime
from enum import StrEnum


class EventState(StrEnum):
    """Where an event stands in its life."""

    DRAFT = "draft"
    PUBLISHED = "published"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"


TRANSITIONS: dict[str, frozenset[str]] = {
    EventState.DRAFT: frozenset({EventState.PUBLISHED}),
    EventState.PUBLISHED: frozenset(
        {EventState.POSTPONED, EventState.CANCELLED, EventState.ARCHIVED}
    ),
    EventState.POSTPONED: frozenset({EventState.PUBLISHED, EventState.CANCELLED}),
    EventState.CANCELLED: frozenset({EventState.ARCHIVED}),
    EventState.ARCHIVED: frozenset(),
}
"""A cancelled event stays cancelled: its passes are void, everybody was told. Hold it anew by
copying it."""


def may_move(state: str, to: str) -> bool:
    """Tell whether an event in the first state may go to the second."""
    return to in TRANSITIONS[state]


class Window(StrEnum):
    """Whether people can register now, and if not, why."""

    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED = "closed"
    STOPPED = "stopped"


def registration_window(
    state: str, *, opens_at: datetime | None, closes_at: datetime, instant: datetime
) -> Window:
    """Return whether registration is open at the instant; the closing instant is still open.

    STOPPED: the event is a draft, postponed, cancelled or archived.
    """
    if state != EventState.PUBLISHED:
        return Window.STOPPED
    if opens_at is not None and instant < opens_at:
        return Window.NOT_YET
    return Window.OPEN if instant <= closes_at else Window.CLOSED
