"""Days and times at which a place rests or prays, as the organiser entered them (R3.4)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from eventhub.agenda.rules.plan import Finding, Plan, Planned, Rest, Severity

FEATURE = "observances"


@dataclass(frozen=True, slots=True)
class Observances:
    """What an event keeps: holidays and times of prayer, as JSON has them."""

    holidays: Sequence[dict[str, Any]] = field(default_factory=tuple)
    """{"day": "2026-04-05", "name": ...}."""
    prayers: Sequence[dict[str, Any]] = field(default_factory=tuple)
    """{"name": ..., "starts": "12:45", "ends": "13:30", "day": "2026-04-03" or ""}; without a day
    it is meant for each day of the event."""

    def days(self) -> dict[date, str]:
        """Return the names of the holidays by day."""
        return {date.fromisoformat(one["day"]): one["name"] for one in self.holidays}

    def times(self, days: Sequence[date]) -> list[tuple[str, datetime, datetime]]:
        """Return name, start and end of the prayers on these days, as wall times."""
        return [
            (one["name"], _at(day, one["starts"]), _at(day, one["ends"]))
            for day in days
            for one in self.prayers
            if not one["day"] or date.fromisoformat(one["day"]) == day
        ]


def on_holiday(plan: Plan) -> Iterator[Finding]:
    """Advise of holidays on which sessions are held, once for each day."""
    first: dict[date, Planned] = {}
    for session in plan.sessions:
        if session.day in plan.holidays and not session.is_quiet:
            first.setdefault(session.day, session)
    for day, session in first.items():
        said = {"day": day.isoformat(), "holiday": plan.holidays[day]}
        yield Finding("on_holiday", Severity.ADVICE, (session.ref,), "", said, day.isoformat())


def during_prayer(plan: Plan) -> Iterator[Finding]:
    """Advise of times of prayer across which sessions go on, once for each time."""
    for rest in plan.prayers:
        across = [one for one in plan.sessions if _goes_on(one, rest)]
        if across:
            said = {
                "prayer": rest.name,
                "from": rest.starts.strftime("%H:%M"),
                "to": rest.ends.strftime("%H:%M"),
                "day": rest.starts.date().isoformat(),
                "sessions": str(len(across)),
            }
            name = rest.starts.strftime("%Y-%m-%dT%H%M")
            refs = tuple(one.ref for one in across[:3])
            yield Finding("during_prayer", Severity.ADVICE, refs, "", said, name)


def _goes_on(session: Planned, rest: Rest) -> bool:
    """Tell whether a session goes on through the rest, with no break of its own that covers it."""
    if session.is_quiet or session.starts_at >= rest.ends_at or session.ends_at <= rest.starts_at:
        return False
    return not any(
        begins <= rest.starts_at and ends >= rest.ends_at for begins, ends in session.breaks
    )


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock))
