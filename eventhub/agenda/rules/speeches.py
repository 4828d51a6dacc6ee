"""Speeches of a ceremony against the time there is (R3.36)."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from eventhub.agenda.rules.plan import Finding, Plan, Severity

CEREMONIES = frozenset({"opening", "ceremony", "closing"})
CHANGE_MINUTES = 1
"""For each speech: one comes to the lectern, another leaves it."""
SLACK_MINUTES = 5


def minutes_needed(minutes: Sequence[int]) -> int:
    """Return how long speeches of so many minutes take with their changes and the slack."""
    return sum(minutes) + CHANGE_MINUTES * len(minutes) + SLACK_MINUTES


def speeches_too_long(plan: Plan) -> Iterator[Finding]:
    """Find ceremonies whose speeches do not fit; without agreed minutes nobody can tell."""
    for session in plan.sessions:
        if session.kind not in CEREMONIES or not session.minutes:
            continue
        lasts = session.ends_at - session.starts_at
        lasts -= sum((end - start for start, end in session.breaks), timedelta())
        there, needed = int(lasts.total_seconds()) // 60, minutes_needed(session.minutes)
        if needed > there:
            said = {"needed": str(needed), "there": str(there)}
            yield Finding("speeches_too_long", Severity.ERROR, (session.ref,), "", said)
