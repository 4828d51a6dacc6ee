"""The editor's board of one day: rooms as columns, its sessions placed, the tray beside it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from eventhub.agenda.models import Session
from eventhub.agenda.queries import Draft
from eventhub.agenda.rules import QUIET_KINDS, BoardPlace, Span, draw, hours_of
from eventhub.agenda.showing import View, Words, since, when_of
from eventhub.agenda.words import KINDS
from eventhub.core.text import fold
from eventhub.events.models import Event
from eventhub.i18n import pgettext, times

ZOOMS = ("1", "2", "3")


@dataclass(frozen=True, slots=True)
class Filter:
    """What somebody looks at; what does not match stands there without words."""

    track: str = ""
    kind: str = ""
    q: str = ""
    faults: bool = False

    def __bool__(self) -> bool:
        return bool(self.track or self.kind or self.q or self.faults)


@dataclass(frozen=True, slots=True)
class Block:
    """One session on the board. Times are wall times; `starts_iso` is to the minute."""

    ref: str
    name: str
    title: Words
    code: str
    version: int
    starts_iso: str
    minutes: int
    when: str
    about: str
    css: str
    faults: tuple[str, ...]
    note: str
    is_off: bool
    is_cancelled: bool
    goes_on: bool = False
    """It began the day before: drawn to be seen, moved where it begins."""


@dataclass(frozen=True, slots=True)
class Column:
    """A room with its sessions in the order of time; its ref is empty outside the rooms."""

    ref: str
    name: Words
    seats: int | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """One day for its editors."""

    date: date
    label: str
    columns: tuple[Column, ...]
    tray: tuple[Block, ...]
    hours: tuple[tuple[str, str], ...]
    css: str
    faults: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def iso(self) -> str:
        """Return the day as addresses have it."""
        return self.date.isoformat()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing begins on the day."""
        return not any(column.blocks for column in self.columns)


def days_of(event: Event, draft: Draft) -> list[date]:
    """Return the event's own days and all others on which anything begins."""
    own = {
        date.fromordinal(n)
        for n in range(event.starts_on.toordinal(), event.ends_on.toordinal() + 1)
    }
    return sorted(own | {session.starts.date() for session in draft.sessions})


def tabs_of(
    days: Sequence[date], draft: Draft, faults: Mapping[str, Sequence[str]]
) -> list[dict[str, Any]]:
    """Return each day's label, its date, and how many of its sessions have faults."""
    wrong = Counter(s.starts.date() for s in draft.sessions if s.ref in faults)
    return [
        {"label": times.day(day, year=False), "iso": day.isoformat(), "count": wrong[day] or None}
        for day in days
    ]


def lay_board(
    event: Event,
    draft: Draft,
    day: date,
    faults: Mapping[str, Sequence[str]],
    wanted: Filter,
    moving: Collection[str] = (),
) -> Board:
    """Return the board of a day, every room a column; no statement is made.

    `moving` are refs of sessions that others have in their hand.
    """
    view = View(event, event.zone, is_public=False)
    midnight = datetime.combine(day, datetime.min.time())
    mine = [
        session
        for session in draft.sessions
        if session.starts.date() == day or session.starts < midnight < _end(session)
    ]
    ref_of = {room.id: room.ref for room in draft.rooms.values()}
    spans = [Span(s.ref, ref_of.get(s.room_id or 0, ""), s.starts, _end(s)) for s in mine]
    places = draw(spans, day)
    hours = hours_of(places)
    inside: dict[str, list[Block]] = {}
    seen = _Seen(draft, view, faults, wanted, moving)
    for session in mine:
        block = seen.block(session, places[session.ref])
        inside.setdefault(ref_of.get(session.room_id or 0, ""), []).append(block)
    rooms = sorted(draft.rooms.values(), key=lambda room: (room.place, room.ref))
    columns = [
        Column(room.ref, view.words(room.names), room.capacity, tuple(inside.get(room.ref, ())))
        for room in rooms
    ]
    if inside.get("") or not rooms:
        name = Words(pgettext("session", "No room"))
        columns.append(Column("", name, None, tuple(inside.get("", ()))))
    return Board(
        date=day,
        label=times.day(day),
        columns=tuple(columns),
        tray=tuple(seen.block(session, None) for session in draft.tray),
        hours=tuple((f"at-{hour * 12}", f"{hour:02}:00") for hour in hours),
        css=f"first-{hours.start} hours-{len(hours)}",
        faults=faults,
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    draft: Draft
    view: View
    faults: Mapping[str, Sequence[str]]
    wanted: Filter
    moving: Collection[str]

    def block(self, session: Session, place: BoardPlace | None) -> Block:
        """Return the session as a block, of the tray where it has no place."""
        faults = tuple(self.faults.get(session.ref, ()))
        title = self.view.words(session.titles)
        is_off = bool(self.wanted) and not self._matches(session, faults)
        marks = {
            "fault": faults,
            "break": session.kind in QUIET_KINDS,
            "cancelled": session.status == "cancelled",
            "off": is_off,
            "held": session.ref in self.moving,
        }
        minutes = int((session.ends_at - session.starts_at).total_seconds()) // 60
        track = self.draft.tracks.get(session.track_id or 0)
        languages = dict.fromkeys([*session.floor_languages, *session.interpretation])
        about = [str(KINDS[session.kind]), track.code if track else "", " ".join(languages)]
        css = [f"at-{place.at} for-{place.slots}"] if place else []
        if place and place.lanes > 1:
            css.append(f"lane-{place.lane} of-{place.lanes}")
        return Block(
            ref=session.ref,
            name=f"{session.code} {title.text}",
            title=title,
            code=session.code,
            version=session.version,
            starts_iso=f"{session.starts:%Y-%m-%dT%H:%M}",
            minutes=minutes,
            when=when_of(session) if place else "",
            about=" · ".join(filter(None, about)),
            css=" ".join([*css, *(name for name, on in marks.items() if on)]),
            faults=faults,
            note=_note(session, place),
            goes_on=bool(place and place.goes_on),
            is_off=is_off,
            is_cancelled=session.status == "cancelled",
        )

    def _matches(self, session: Session, faults: Sequence[str]) -> bool:
        track = self.draft.tracks.get(session.track_id or 0)
        texts = [session.code, *session.titles.values()]
        return (
            (not self.wanted.track or (track is not None and track.ref == self.wanted.track))
            and (not self.wanted.kind or session.kind == self.wanted.kind)
            and (not self.wanted.faults or bool(faults))
            and (not self.wanted.q or any(fold(self.wanted.q) in fold(text) for text in texts))
        )


def _note(session: Session, place: BoardPlace | None) -> str:
    """Return on which day it ends where that is a later one, or since when it is on."""
    if place and place.goes_on:
        return since(session.starts.date())
    return times.day(session.ends.date(), year=False) if place and place.runs_on else ""


def _end(session: Session) -> Any:
    """Return the wall time to draw it to; its length where the clock is put back meanwhile."""
    return max(session.ends, session.starts + (session.ends_at - session.starts_at))
