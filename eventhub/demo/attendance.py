"""Who came to which session of a demo event, and when they passed its door.

Every person who counts as a participant came to something: a country count is a count of
those who attended.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from eventhub.demo.content.shapes import DemoEvent, DemoSession
from eventhub.events import catalogue
from eventhub.rehearsals import chance

EVERYTHING = "everything"
"""The way of attending of all who are in none of a seminar's named ways."""

PLENARY_ZONE = "Z2"


@dataclass(frozen=True, slots=True)
class DemoCheckIn:
    """One passage through the door of a session, in the event's local time."""

    session: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Attendance:
    """What a person did at the event: passages, test result (0 to 1), survey sent."""

    check_ins: tuple[DemoCheckIn, ...] = ()
    post_test: float | None = None
    survey: bool = False


ABSENT = Attendance()


def attendance_of(event: DemoEvent, categories: Mapping[str, str]) -> dict[str, Attendance]:
    """Return the attendance of each registration, given its category by its id."""
    if event.preset == "seminar":
        return _at_seminar(event, list(categories))
    if event.preset == "forum":
        return {who: _at_forum(event, who, code) for who, code in categories.items()}
    return {who: Attendance((_on_time(event.sessions[0], who),)) for who in categories}


def _at_forum(event: DemoEvent, who: str, category: str) -> Attendance:
    by_code = {session.code: session for session in event.sessions}
    zones = {row.code: row.zones for row in catalogue.categories()}
    enters_plenary = PLENARY_ZONE in zones[category]
    speaks = {session.code for session in event.sessions if who in sum(session.roles.values(), ())}

    def came(code: str, probability: float) -> bool:
        return code in speaks or chance.share(event.slug, code, who) < probability

    if category == "PRESS":
        codes = ["3.4"]
    elif category in ("SEC", "INT"):
        codes = ["1.1"]
    else:
        codes = [_track_session(event, who, speaks)]
        if enters_plenary:
            if not came(codes[0], 0.85):
                codes.clear()
            plenary = (("1.3", 0.88), ("3.1", 0.8), ("3.3", 0.85))
            codes += [code for code, probability in plenary if came(code, probability)]
            if came("1.1", 0.92) or not codes:
                codes.append("1.1")
            if category in ("HOD", "DHOD"):
                codes.append("2.6")
            if category == "HOD":
                codes += ["1.2", "3.0"]
    return Attendance(_ordered(_on_time(by_code[code], who) for code in codes))


def _track_session(event: DemoEvent, who: str, speaks: Collection[str]) -> str:
    """Return the parallel session a person went to: where they spoke, else larger rooms more."""
    codes = [session.code for session in event.sessions if session.type == "parallel"]
    where_they_spoke = [code for code in codes if code in speaks]
    if where_they_spoke:
        return where_they_spoke[0]
    return chance.pick([*codes, *codes[:4], *codes[:2]], event.slug, "track", who)


def _at_seminar(event: DemoEvent, people: list[str]) -> dict[str, Attendance]:
    ways = [way for way, count in event.attendance.items() for _ in range(count)]
    ways += [EVERYTHING] * (len(people) - len(ways))
    drawn = chance.shuffled(people, event.slug, "way")
    return {who: _in_this_way(event, who, way) for who, way in zip(drawn, ways, strict=True)}


def _in_this_way(event: DemoEvent, who: str, way: str) -> Attendance:
    """Return the attendance of one participant of a seminar who attended in a named way."""
    codes = [session.code for session in event.sessions]
    free = [code for code in codes if code not in ("O", "M1", "M5", "Z")]
    missed: set[str] = set()
    late: set[str] = set()
    if way == "missed_one":
        missed = {chance.pick(free, event.slug, way, who)}
    elif way == "came_late":
        late = set(
            chance.shuffled((code for code in free if code != "X"), event.slug, way, who)[:2]
        )
    elif way == "missed_first_day":
        missed = {"O", "M1"}
    elif way == "half_the_week":
        missed = set(codes[codes.index("M3") + 1 :])
    elif way == "left_early":
        missed = set(codes[codes.index("W1") + 1 :])
    sat_the_test = "Z" not in missed
    result = (45 if way == "failed_test" else 62 + chance.below(38, event.slug, "test", who)) / 100
    return Attendance(
        check_ins=_ordered(
            _late(session, who) if session.code in late else _on_time(session, who)
            for session in event.sessions
            if session.code not in missed
        ),
        post_test=result if sat_the_test else None,
        survey=sat_the_test and way != "no_survey",
    )


def _on_time(session: DemoSession, who: str) -> DemoCheckIn:
    """Return a passage from 20 minutes before the start to 10 minutes after it."""
    seconds = chance.below(30 * 60, session.start, session.code, who) - 20 * 60
    return DemoCheckIn(session.code, session.start + timedelta(seconds=seconds))


def _late(session: DemoSession, who: str) -> DemoCheckIn:
    """Return a passage 20 to 50 minutes after the start, before the middle."""
    seconds = 20 * 60 + chance.below(30 * 60, session.start, session.code, who)
    return DemoCheckIn(session.code, session.start + timedelta(seconds=seconds))


def _ordered(check_ins: Iterable[DemoCheckIn]) -> tuple[DemoCheckIn, ...]:
    return tuple(sorted(check_ins, key=lambda one: (one.at, one.session)))
