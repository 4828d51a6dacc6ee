"""Looking a programme over: what R3.4 warns of, as far as the programme itself can tell."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from eventhub.agenda.rules.clashes import Use, clashes
from eventhub.agenda.rules.observances import during_prayer, on_holiday
from eventhub.agenda.rules.plan import Finding, Plan, Planned, Severity
from eventhub.agenda.rules.rooms import ROOM_CHECKS
from eventhub.agenda.rules.speeches import speeches_too_long

LONGEST_SITTING = timedelta(hours=3)
SHORTEST_BREAK = timedelta(minutes=10)
LED_KINDS = frozenset({"panel", "parallel", "high_level", "plenary"})
LEADERS = frozenset({"chair", "moderator"})
SMALLEST_PANEL = 3
OUTSIDE_KINDS = frozenset({"logistics", "social", "study_visit"})
"""What may take place before and after the event's days."""


def person_twice(plan: Plan) -> Iterator[Finding]:
    """Find people who are to be in two places at once."""
    uses = (
        Use(session.ref, speaker, session.starts_at, session.ends_at)
        for session in plan.sessions
        for speaker in dict.fromkeys(ref for ref, _role in session.speakers)
    )
    for one, other in clashes(uses):
        yield Finding("person_twice", Severity.ERROR, (one.session, other.session), one.resource)


def outside_event(plan: Plan) -> Iterator[Finding]:
    """Find sessions before the event's first day or after its last."""
    for session in plan.sessions:
        inside = plan.first_day <= session.day <= plan.last_day
        if not inside and session.kind not in OUTSIDE_KINDS:
            yield Finding("outside_event", Severity.WARNING, (session.ref,))


def no_break(plan: Plan) -> Iterator[Finding]:
    """Find sittings of more than three hours in one room, without ten minutes of rest."""
    rooms: dict[str, list[Planned]] = defaultdict(list)
    for session in plan.sessions:
        if session.room and not session.is_quiet:
            rooms[session.room].append(session)
    for room, sessions in rooms.items():
        yield from _sittings(room, sessions)


def _sittings(room: str, sessions: list[Planned]) -> Iterator[Finding]:
    first, begun, last = "", None, None
    told = ""
    for session in sessions:
        for starts, ends in _stretches(session):
            if begun is None or last is None or starts - last >= SHORTEST_BREAK:
                first, begun, last = session.ref, starts, ends
            else:
                last = max(last, ends)
            if last - begun > LONGEST_SITTING and told != first:
                told = first
                refs = (first,) if first == session.ref else (first, session.ref)
                yield Finding("no_break", Severity.WARNING, refs, room)


def _stretches(session: Planned) -> Iterator[tuple[datetime, datetime]]:
    """Yield the parts of a session between its breaks."""
    starts = session.starts_at
    for begins, ends in sorted(session.breaks):
        if ends - begins >= SHORTEST_BREAK:
            yield starts, begins
            starts = ends
    yield starts, session.ends_at


def nobody_leads(plan: Plan) -> Iterator[Finding]:
    """Find panels, and other meetings of several speakers, without chair or moderator."""
    for session in plan.sessions:
        if session.kind not in LED_KINDS or any(role in LEADERS for _ref, role in session.speakers):
            continue
        if session.kind == "panel" or len({ref for ref, _role in session.speakers}) > 1:
            yield Finding("nobody_leads", Severity.WARNING, (session.ref,))


def one_region(plan: Plan) -> Iterator[Finding]:
    """Find panels of three and more whose speakers all come from one region."""
    for session in plan.sessions:
        if session.kind != "panel":
            continue
        people = {ref for ref, _role in session.speakers}
        regions = {plan.regions[ref] for ref in people if ref in plan.regions}
        if len(people & plan.regions.keys()) >= SMALLEST_PANEL and len(regions) == 1:
            said = {"region": regions.pop()}
            yield Finding("one_region", Severity.ADVICE, (session.ref,), "", said)


def not_placed(plan: Plan) -> Iterator[Finding]:
    """Find sessions that have no time yet."""
    for ref in plan.unplaced:
        yield Finding("not_placed", Severity.ADVICE, (ref,))


CHECKS = (
    *ROOM_CHECKS, person_twice, outside_event, no_break, nobody_leads, one_region, on_holiday,
    during_prayer, speeches_too_long, not_placed,
)  # fmt: skip


def lint(plan: Plan) -> Iterator[Finding]:
    """Yield all that these checks find."""
    for check in CHECKS:
        yield from check(plan)
