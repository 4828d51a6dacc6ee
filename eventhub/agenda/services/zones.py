"""Sessions by other clocks: wall times are the truth, and the instants follow them (decision 5)."""

from datetime import datetime, timedelta

from eventhub.agenda.models import Session
from eventhub.agenda.queries import sessions_of
from eventhub.core import clock
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.events.rules import InGap, wall_to_instant

NO_DAYS = timedelta(0)


def placed(session: Session, zone: str, *, days: timedelta = NO_DAYS) -> dict[str, datetime]:
    """Return wall times and instants of a session in a zone, so many days later.

    A time that no clock of the zone shows is the first one after it.
    """
    starts, starts_at = _shift(session.starts + days, zone, session.starts_fold)
    ends, ends_at = _shift(session.ends + days, zone, session.ends_fold)
    if ends_at <= starts_at:  # the clock was put forward over the whole session
        ends = starts + (session.ends - session.starts)
        ends_at = starts_at + (session.ends_at - session.starts_at)
    return {"starts": starts, "starts_at": starts_at, "ends": ends, "ends_at": ends_at}


def follow_zone(event: Event, fields: frozenset[str] = frozenset(), **_more: object) -> None:
    """Let the draft's sessions keep their wall times in the event's new time zone (a reaction)."""
    if "zone" not in fields:
        return
    for session in sessions_of(event.id):
        if session.zone == event.zone:
            continue
        for name, value in placed(session, event.zone).items():
            setattr(session, name, value)
        session.zone, session.changed_at = event.zone, clock.now()
        session.version += 1
    db.session.flush()


def _shift(wall: datetime, zone: str, fold: int) -> tuple[datetime, datetime]:
    try:
        return wall, wall_to_instant(wall, zone, fold)
    except InGap as gap:
        return gap.after, wall_to_instant(gap.after, zone)
