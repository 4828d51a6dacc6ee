"""What R3.4 warns of in the rooms: double use, hours, booths, layouts, change-over."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from eventhub.agenda.rules.clashes import Use, clashes
from eventhub.agenda.rules.plan import Finding, Plan, Planned, Severity

SHORTEST_CHANGE_OVER = timedelta(minutes=15)
_DAY = timedelta(days=1)


def room_twice(plan: Plan) -> Iterator[Finding]:
    """Find rooms that two sessions use at once."""
    uses = (Use(s.ref, s.room, s.starts_at, s.ends_at) for s in plan.sessions if s.room)
    for one, other in clashes(uses):
        yield Finding("room_twice", Severity.ERROR, (one.session, other.session), one.resource)


def no_booth(plan: Plan) -> Iterator[Finding]:
    """Find interpretation into languages for which the room has no booth."""
    for session in plan.sessions:
        if session.room is None or not session.interpretation:
            continue
        booths = plan.booths.get(session.room, ())
        missing = [code for code in session.interpretation if code not in booths]
        if missing:
            said = {"languages": ",".join(missing)}
            yield Finding("no_booth", Severity.ERROR, (session.ref,), session.room, said)


def room_closed(plan: Plan) -> Iterator[Finding]:
    """Find sessions before their room opens or after it closes."""
    for session in plan.sessions:
        room = session.room or ""
        if room in plan.hours and session.starts and session.ends:
            opens, closes = plan.hours[room]
            windows = (_window(session, opens, closes, days) for days in (0, -1))
            if not any(a <= session.starts and session.ends <= b for a, b in windows):
                said = {"opens": opens, "closes": closes}
                yield Finding("room_closed", Severity.WARNING, (session.ref,), room, said)


def _window(session: Planned, opens: str, closes: str, days: int) -> tuple[datetime, datetime]:
    """Return when the room is open on the session's day or a day before it, as wall times."""
    day = session.day + days * _DAY
    first, last = (datetime.fromisoformat(f"{day}T{hour}") for hour in (opens, closes))
    return first, last if last > first else last + _DAY


def not_so_set(plan: Plan) -> Iterator[Finding]:
    """Find sessions that want their room as it cannot be set, as far as anybody said (R3.21)."""
    for session in plan.sessions:
        known = plan.seats.get(session.room or "", {})
        if len(known) > 1 and session.layout not in known and not session.is_quiet:
            said = {"layout": session.layout}
            yield Finding("not_so_set", Severity.WARNING, (session.ref,), session.room or "", said)


def short_change_over(plan: Plan) -> Iterator[Finding]:
    """Find rooms that are to be set otherwise in less than a quarter of an hour."""
    last: dict[str, Planned] = {}
    for session in plan.sessions:
        if session.room is None or session.is_quiet:
            continue
        before = last.get(session.room)
        if before is None or session.ends_at > before.ends_at:
            last[session.room] = session
        if before is None or before.layout == session.layout:
            continue
        between = session.starts_at - before.ends_at
        if timedelta() <= between < SHORTEST_CHANGE_OVER:
            said = {
                "minutes": str(int(between.total_seconds()) // 60),
                "before": before.layout,
                "after": session.layout,
            }
            refs = (before.ref, session.ref)
            yield Finding("short_change_over", Severity.WARNING, refs, session.room, said)


ROOM_CHECKS = (room_twice, no_booth, room_closed, not_so_set, short_change_over)
