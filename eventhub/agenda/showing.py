"""A programme as pages show it: in the present language, in the event's time or the reader's."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from eventhub.agenda.models import Session
from eventhub.agenda.portraits import Picture
from eventhub.agenda.public_documents import Document, show_documents
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
from eventhub.events.rules import day_begins
from eventhub.i18n import Translated, _, current, times
from eventhub.web.markdown import markdown

FEW_COLUMNS = 6
"""Columns of a grid that stand side by side on a usual screen; more scroll in their own box."""


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
    portrait: Picture | None = None
    links: tuple[str, ...] = ()
    minutes: int = 0


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
    is_quiet: bool
    css: str
    faults: tuple[str, ...] = ()
    items: tuple[tuple[str, Words], ...] = ()
    """Number and title of each agenda item that it takes up."""
    documents: tuple[Document, ...] = ()
    goes_on: str = ""
    """Since which day it is on, where it stands on a later one."""
    hour: tuple[str, str] = ("", "")
    """The head of the hour that stands before it, as class and words."""

    @property
    def when(self) -> str:
        """Return from when until when."""
        return times.clock_range(self.starts, self.ends)


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
    css: str = ""

    @property
    def iso(self) -> str:
        """Return the day as addresses have it."""
        return self.date.isoformat()


@dataclass(frozen=True, slots=True)
class View:
    """How to show: whose eyes, whose clock, what is wrong with which session (by ref).

    Portraits are shown of those whose pictures (by file id) are given.
    """

    event: Event
    zone: str
    is_public: bool = True
    faults: Mapping[str, list[str]] = field(default_factory=dict)
    pictures: Mapping[int, Picture] = field(default_factory=dict)
    met: dict[tuple[int, str], Person] = field(default_factory=dict, compare=False, repr=False)
    """Speakers shown before, by (id of the programme, ref): one stands in many sessions."""

    def words(self, texts: Mapping[str, str]) -> Words:
        """Return the text in the reader's language or as the event's languages fall back."""
        text = texts.get(current(), "")
        if text.strip():
            return Words(text)
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
    """Return one day, the event's day, whatever clock is shown.

    What began before and ends after midnight stands first.
    """
    sessions = seen(programme) if view.is_public else programme.sessions
    mine = [session for session in sessions if _is_on(session, day)]
    midnight = day_begins(day, view.event.zone)
    order = sorted(programme.rooms, key=lambda ref: (programme.rooms[ref]["place"], ref))
    place = {ref: number for number, ref in enumerate(order)}
    mine.sort(key=lambda s: (s.starts_at, place.get(s.room or "", -1), s.ends_at, s.code))
    from_when = {s.ref: max(s.starts_at, midnight) for s in mine}
    grid = lay_out([Spot(s.ref, s.room, from_when[s.ref], s.ends_at) for s in mine], order)
    if not grid.is_drawn:
        lines = tuple(show_session(programme, session, view, day=day) for session in mine)
        return Day(day, times.day(day), times.day(day, year=False), lines)
    begin = Counter(from_when.values())
    rows = [row for row, _time in grid.hours]
    until = [*rows[1:], max(cell.end for cell in grid.cells.values())]
    hours = {
        time: (
            f"from-{row} to-{end}" + ("" if begin[time] > 1 else " one"),
            f"{time.astimezone(ZoneInfo(view.zone)):%H:%M}",
        )
        for (row, time), end in zip(grid.hours, until, strict=True)
    }
    lines = tuple(
        replace(
            show_session(programme, s, view, css=_css(grid, s.ref), day=day),
            hour=hours.pop(from_when[s.ref], ("", "")),
        )
        for s in mine
    )
    return Day(
        date=day,
        label=times.day(day),
        short=times.day(day, year=False),
        lines=lines,
        columns=_columns(programme, grid, view),
        css=f"grid rooms-{grid.columns}" + (" many" if grid.columns > FEW_COLUMNS else ""),
    )


def show_list(programme: Programme, sessions: Iterable[FrozenSession], view: View) -> list[Day]:
    """Return these sessions by the day on which they begin, in the order of time, without grids."""
    by_day: dict[date, list[Line]] = {}
    for session in sorted(sessions, key=lambda s: (s.starts_at, s.ends_at, s.code)):
        line = show_session(programme, session, view)
        by_day.setdefault(_day_of(session), []).append(line)
    return [
        Day(day, times.day(day), times.day(day, year=False), tuple(lines))
        for day, lines in sorted(by_day.items())
    ]


def show_session(
    programme: Programme,
    session: FrozenSession,
    view: View,
    *,
    css: str = "",
    day: date | None = None,
) -> Line:
    """Return one session; of a closed one only what everybody may know.

    On the page of a later `day` than its own it is marked as going on.
    """
    zone = ZoneInfo(view.zone)
    starts, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    moved_day = starts.date() != _day_of(session)
    content = not view.is_public or shows_content(session.access)
    cancelled = session.status == "cancelled"
    marks = {"break": session.kind in QUIET_KINDS, "cancelled": cancelled}
    faults = tuple(view.faults.get(session.ref, ()))
    untold = view.is_public and session.is_untold
    track = programme.tracks[session.track]["titles"] if session.track and not untold else {}
    return Line(
        ref=session.ref,
        code=session.code,
        title=Words(_("Closed meeting")) if untold else view.words(session.titles),
        kind=str(ACCESS[session.access] if untold else KINDS[session.kind]),
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
        is_quiet=session.kind in QUIET_KINDS,
        css=" ".join([css, *(name for name, on in {**marks, "fault": faults}.items() if on)]),
        faults=faults,
        items=tuple(
            (programme.items[ref]["number"], view.words(programme.items[ref]["titles"]))
            for ref in session.items
            if content and ref in programme.items
        ),
        documents=show_documents(programme, session, view),
        goes_on=since(_day_of(session)) if day and day > _day_of(session) else "",
    )


def since(day: date) -> str:
    """Return what is said of a session that began on an earlier day and is still on."""
    return _("Continued from %(day)s", day=times.day(day, year=False))


def when_of(session: Session) -> str:
    """Return from when until when a session of the draft is, on the clocks of the event."""
    return times.clock_range(times.clock_time(session.starts), times.clock_time(session.ends))


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
            line = show_session(programme, session, view)
            for ref in dict.fromkeys(ref for ref, _role in session.speakers):
                spoken.setdefault(ref, []).append(line)
    refs = sorted(spoken, key=lambda ref: (programme.speakers[ref]["sort"], ref))
    return [(show_person(programme, ref, view), spoken[ref]) for ref in refs]


def show_parts(programme: Programme, ref: str, view: View) -> list[tuple[Line, str]]:
    """Return the sessions in which the public sees somebody, with their roles in words."""
    return [
        (show_session(programme, session, view), roles)
        for session in seen(programme)
        if shows_content(session.access) and session.status != "cancelled"
        if (roles := _(", ").join(str(ROLES[role]) for who, role in session.speakers if who == ref))
    ]


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


def _is_on(session: FrozenSession, day: date) -> bool:
    """Tell whether it begins on the day, or is still on after the midnight before it."""
    begins = _day_of(session)
    return begins == day or (begins < day and session.ends > f"{day.isoformat()}T00:00")


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
    for place, (ref, role) in enumerate(session.speakers):
        minutes = session.part_minutes[place] if session.part_minutes else 0
        person = show_person(programme, ref, view)
        person = replace(person, minutes=minutes) if minutes else person
        by_role.setdefault(role, []).append(person)
    return tuple(
        (str(ROLES[role]), tuple(by_role[role]))
        for role in sorted(by_role, key=lambda role: ROLE_ORDER[role])
    )


def show_person(programme: Programme, ref: str, view: View) -> Person:
    """Return somebody whom the programme names."""
    key = (id(programme), ref)
    if key not in view.met:
        view.met[key] = _person(programme, ref, view)
    return view.met[key]


def _person(programme: Programme, ref: str, view: View) -> Person:
    speaker = programme.speakers[ref]
    return Person(
        ref=ref,
        name=speaker["name"],
        post=view.words(speaker["posts"]),
        entity=view.words(speaker["entity"]),
        biography=view.words(speaker.get("biographies", {})),
        portrait=view.pictures.get(speaker.get("portrait") or 0),
        links=tuple(speaker.get("links", ())),
    )
