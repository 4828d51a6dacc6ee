"""A programme as pages show it: in the present language, in the event's time or the reader's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from eventhub.agenda.rules import (
    QUIET_KINDS,
    ROLE_ORDER,
    FrozenSession,
    Grid,
    Programme,
    Spot,
    is_public,
    lay_out,
    shows_content,
)
from eventhub.agenda.words import ACCESS, KINDS, ROLES, language_names
from eventhub.events.models import Event
from eventhub.i18n import Translated, _, current, times
from eventhub.web.markdown import markdown


@dataclass(frozen=True, slots=True)
class Words:
    """A text, and the language it is in where that is not the page's."""

    text: str
    language: str | None = None

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def html(self) -> Markup:
        """Return the text, written as Markdown, as HTML."""
        return markdown(self.text)


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker as printed."""

    ref: str
    name: str
    post: Words
    entity: Words
    biography: Words
    portrait: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One session. Times are those of `zone`; `day_note` names the day where it is another one."""

    ref: str
    code: str
    title: Words
    kind: str
    track: Words
    room: Words
    starts: str
    ends: str
    starts_iso: str
    ends_iso: str
    day_note: str
    access: str
    floor: str
    interpretation: str
    description: Words
    people: tuple[tuple[str, tuple[Person, ...]], ...]
    is_cancelled: bool
    css: str
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a room in the grid."""

    name: Words
    css: str


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the programme: its lines in the order of time, and its grid."""

    date: date
    label: str
    short: str
    lines: tuple[Line, ...]
    columns: tuple[Column, ...] = ()
    hours: tuple[tuple[str, str], ...] = ()
    css: str = ""

    @property
    def iso(self) -> str:
        """Return the day as addresses have it."""
        return self.date.isoformat()


@dataclass(frozen=True, slots=True)
class View:
    """How to show: whose eyes, whose clock, what is wrong with which session (by ref)."""

    event: Event
    zone: str
    is_public: bool = True
    faults: Mapping[str, list[str]] = field(default_factory=dict)

    def words(self, texts: Mapping[str, str]) -> Words:
        """Return the text in the reader's language or as the event's languages fall back."""
        given = Translated(texts)
        found = given.language(None, self.event.languages)
        if found is None:
            return Words("")
        return Words(given[found], None if found == current() else found)


def days_of(programme: Programme) -> list[date]:
    """Return the days on which anything begins, in order; private sessions count too."""
    return sorted({_day_of(session) for session in programme.sessions})


def seen(programme: Programme) -> tuple[FrozenSession, ...]:
    """Return the sessions that the public may know of, in the order of time."""
    return tuple(session for session in programme.sessions if is_public(session.access))


def show_day(programme: Programme, day: date, view: View) -> Day:
    """Return one day, the event's day, whatever clock is shown."""
    sessions = seen(programme) if view.is_public else programme.sessions
    mine = [session for session in sessions if _day_of(session) == day]
    order = sorted(programme.rooms, key=lambda ref: (programme.rooms[ref]["place"], ref))
    place = {ref: number for number, ref in enumerate(order)}
    mine.sort(key=lambda s: (s.starts_at, place.get(s.room or "", -1), s.ends_at, s.code))
    grid = lay_out([Spot(s.ref, s.room, s.starts_at, s.ends_at) for s in mine], order)
    drawn = grid.is_drawn
    return Day(
        date=day,
        label=times.day(day),
        short=times.day(day, year=False),
        lines=tuple(
            show_session(programme, s, view, css=_css(grid, s.ref) if drawn else "") for s in mine
        ),
        columns=_columns(programme, grid, view) if drawn else (),
        hours=tuple(
            (f"from-{row}", f"{time.astimezone(ZoneInfo(view.zone)):%H:%M}")
            for row, time in grid.hours
        )
        if drawn
        else (),
        css=f"grid rooms-{grid.columns}" if drawn else "",
    )


def show_session(
    programme: Programme, session: FrozenSession, view: View, *, css: str = ""
) -> Line:
    """Return one session; of a closed one only what everybody may know."""
    zone = ZoneInfo(view.zone)
    starts, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    moved_day = starts.date() != _day_of(session)
    content = not view.is_public or shows_content(session.access)
    cancelled = session.status == "cancelled"
    marks = {"break": session.kind in QUIET_KINDS, "cancelled": cancelled}
    faults = tuple(view.faults.get(session.ref, ()))
    track = programme.tracks[session.track]["titles"] if session.track else {}
    return Line(
        ref=session.ref,
        code=session.code,
        title=view.words(session.titles),
        kind=str(KINDS[session.kind]),
        track=view.words(track),
        room=where(programme, session, view.words),
        starts=f"{starts:%H:%M}",
        ends=f"{ends:%H:%M}",
        starts_iso=starts.isoformat(timespec="minutes"),
        ends_iso=ends.isoformat(timespec="minutes"),
        day_note=times.day(starts.date(), year=False) if moved_day else "",
        access="" if session.access == "open" else str(ACCESS[session.access]),
        floor=language_names(session.floor_languages),
        interpretation=language_names(session.interpretation),
        description=view.words(session.descriptions) if content else Words(""),
        people=_people(programme, session, view) if content else (),
        is_cancelled=cancelled,
        css=" ".join([css, *(name for name, on in {**marks, "fault": faults}.items() if on)]),
        faults=faults,
    )


def where(
    programme: Programme,
    session: FrozenSession,
    words: Callable[[Mapping[str, str]], Words],
) -> Words:
    """Return the room's name, or the note on the place."""
    if session.room:
        return words(programme.rooms[session.room]["names"])
    return words(session.place_note)


def show_people(programme: Programme, view: View) -> list[tuple[Person, list[Line]]]:
    """Return everybody whom the public programme names, by sort name, with their sessions."""
    spoken: dict[str, list[Line]] = {}
    for session in seen(programme):
        if shows_content(session.access) and session.status != "cancelled":
            for ref in dict.fromkeys(ref for ref, _role in session.speakers):
                spoken.setdefault(ref, []).append(show_session(programme, session, view))
    refs = sorted(spoken, key=lambda ref: (programme.speakers[ref]["sort"], ref))
    return [(_person(programme, ref, view), spoken[ref]) for ref in refs]


def clock_sentence(programme: Programme, day: date, view: View) -> str:
    """Return what clock the times are of, with one example in UTC."""
    starts = [s.starts_at for s in programme.sessions if _day_of(s) == day]
    instant = min(starts, default=datetime.combine(day, datetime.min.time(), UTC))
    there = instant.astimezone(ZoneInfo(view.zone))
    city = view.event.cities.pick(None, view.event.languages) or view.event.city
    if view.zone != view.event.zone or not city:
        city = times.zone_city(view.zone)
    return _(
        "Times are those of %(city)s (%(offset)s): %(time)s there is %(utc)s UTC.",
        city=city,
        offset=times.offset(instant, view.zone),
        time=f"{there:%H:%M}",
        utc=f"{instant.astimezone(UTC):%H:%M}",
    )


def revision(number: int) -> str:
    """Return how the programme's version is called."""
    return _("Rev.%(number)s", number=number) if number else _("First version")


def _day_of(session: FrozenSession) -> date:
    return date.fromisoformat(session.starts[:10])


def _css(grid: Grid, ref: str) -> str:
    cell = grid.cells[ref]
    column = f"room-{cell.column}" if cell.column else "all-rooms"
    return f"from-{cell.start} to-{cell.end} {column}"


def _columns(programme: Programme, grid: Grid, view: View) -> tuple[Column, ...]:
    return tuple(
        Column(
            view.words(programme.rooms[head.room]["names"]) if head.room else Words(_("Elsewhere")),
            f"room-{head.column} wide-{head.width}",
        )
        for head in grid.heads
    )


def _people(
    programme: Programme, session: FrozenSession, view: View
) -> tuple[tuple[str, tuple[Person, ...]], ...]:
    by_role: dict[str, list[Person]] = {}
    for ref, role in session.speakers:
        by_role.setdefault(role, []).append(_person(programme, ref, view))
    return tuple(
        (str(ROLES[role]), tuple(by_role[role]))
        for role in sorted(by_role, key=lambda role: ROLE_ORDER[role])
    )


def _person(programme: Programme, ref: str, view: View) -> Person:
    speaker = programme.speakers[ref]
    return Person(
        ref=ref,
        name=speaker["name"],
        post=view.words(speaker["posts"]),
        entity=view.words(speaker["entity"]),
        biography=view.words(speaker.get("biographies", {})),
        portrait=speaker.get("portrait"),
    )
