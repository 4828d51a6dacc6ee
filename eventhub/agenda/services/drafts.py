"""A first draft of the programme: from a pasted timetable, or from a day pattern."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from eventhub.agenda.models import Session, Speaker
from eventhub.agenda.queries import sessions_of, speakers_of
from eventhub.agenda.rules import KINDS, Use, clashes
from eventhub.agenda.rules.pasted import PastedRow, brackets_in, read_timetable, speakers_in
from eventhub.agenda.rules.patterns import Piece
from eventhub.agenda.rules.written_times import days_between
from eventhub.agenda.services.sessions import SessionValues, add_session
from eventhub.agenda.services.speakers import Part, add_speaker, name_speakers
from eventhub.agenda.words import KINDS as KIND_WORDS
from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.errors import Invalid
from eventhub.core.text import fold
from eventhub.events.models import Event, EventRoom
from eventhub.events.queries import rooms_of
from eventhub.events.rules import is_ambiguous
from eventhub.events.services import add_room, instant_of
from eventhub.i18n import LANGUAGES, Translated, _, use


@dataclass(frozen=True, slots=True)
class Sketch:
    """A session as it would be added. `room` is one of the event, else `new_room` names it.

    faults keep it from being added; doubts are told and do not.
    """

    row: PastedRow
    kind: str
    room: EventRoom | None = None
    new_room: str = ""
    titles: Translated = field(default_factory=Translated)
    speakers: tuple[tuple[str, str, str], ...] = ()
    faults: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """Tell whether it can be added as it is."""
        return not self.faults


def sketch_timetable(event: Event, text: str) -> list[Sketch]:
    """Return what each row of a pasted timetable would become; nothing is written."""
    rooms = {fold(name): room for room in rooms_of(event.id) for name in _names_of(room)}
    rows = read_timetable(
        text,
        days=list(days_between(event.starts_on, event.ends_on)),
        rooms=list(rooms),
        kinds=kinds_by_name(),
    )
    sketches = [_sketch(event, row, rooms) for row in rows]
    return _with_clashes(event, sketches)


def kinds_by_name() -> dict[str, str]:
    """Return the kinds of sessions by their names in every language, folded."""
    found = {fold(kind.replace("_", " ")): kind for kind in KINDS}
    for language in LANGUAGES:
        with use(language):
            found |= {fold(str(word)): kind for kind, word in KIND_WORDS.items()}
    return found


def add_sketches(
    event: Event,
    sketches: Sequence[Sketch],
    *,
    language: str,
    new_rooms: Collection[str] = (),
    actor: Actor,
) -> list[Session]:
    """Add the sessions to the draft, with the rooms named in new_rooms (folded) and the speakers.

    All or none; Invalid where one has a fault, or where there is none.
    """
    if not sketches:
        raise Invalid(_("There is nothing to add."), "text")
    if not all(sketch.is_good for sketch in sketches):
        raise Invalid(_("Some rows cannot be added as they are."), "text")
    made = _make_rooms(event, sketches, language, new_rooms, actor)
    codes = _codes(event, [sketch.row.starts for sketch in sketches])
    people = {fold(one.printed_name): one for one in speakers_of(event.id)}
    added = []
    for sketch, code in zip(sketches, codes, strict=True):
        room = sketch.room or made.get(fold(sketch.new_room))
        values = SessionValues(
            code=code,
            titles=sketch.titles or Translated({language: sketch.row.title}),
            kind=sketch.kind,
            starts=_given(sketch.row.starts),
            ends=_given(sketch.row.ends),
            room_id=room.id if room else None,
            floor_languages=tuple(event.working_languages),
            interpretation=tuple(event.interpretation),
        )
        session = add_session(event, values, actor=actor)
        _name(event, session, sketch.speakers, people, language, actor)
        added.append(session)
    subject = Subject("event", event.ref, {"sessions": (None, len(added))})
    record(actor, "agenda.sketch", [subject], event_id=event.id)
    return added


def sketch_pattern(
    event: Event, pieces: Sequence[Piece], rooms: Sequence[EventRoom], *, with_breaks: bool
) -> list[Sketch]:
    """Return a session for each meeting and room, with breaks one for each break."""
    sketches = []
    for number, piece in enumerate(pieces, start=1):
        if piece.is_break and not with_breaks:
            continue
        kind = "break" if piece.is_break else "parallel" if len(rooms) > 1 else "plenary"
        places: list[EventRoom | None] = [*rooms] or [None]
        for room in places[:1] if piece.is_break else places:
            titles = _titles(event, piece, room if len(rooms) > 1 else None)
            row = PastedRow(number, piece.starts.date(), piece.starts, piece.ends, titles.pick())
            faults = tuple(filter(None, (_clock_fault(event, row),)))
            sketches.append(Sketch(row, kind, room, titles=titles, faults=faults))
    return _with_clashes(event, sketches)


def _titles(event: Event, piece: Piece, room: EventRoom | None) -> Translated:
    titles = {}
    for language in event.languages:
        with use(language):
            if piece.is_break:
                titles[language] = _("Lunch break") if piece.is_lunch else _("Break")
            elif room is None:
                titles[language] = _("Meeting %(number)s", number=piece.number)
            else:
                titles[language] = _(
                    "Meeting %(number)s, %(room)s",
                    number=piece.number,
                    room=room.names.pick(language, event.languages),
                )
    return Translated(titles)


def _names_of(room: EventRoom) -> list[str]:
    return [room.code, *room.names.values()]


def _sketch(event: Event, row: PastedRow, rooms: Mapping[str, EventRoom]) -> Sketch:
    room = rooms.get(fold(row.room)) if row.room else None
    faults = [_faults()[code] for code in row.faults]
    doubts = []
    if not faults and (wrong := _clock_fault(event, row)):
        faults.append(wrong)
    if row.ends_guessed:
        doubts.append(_("No end is written: it ends when the next one begins."))
    if row.day and not event.starts_on <= row.day <= event.ends_on:
        doubts.append(_("The day lies outside the event."))
    if row.starts and row.ends and row.ends.date() > row.starts.date() and row.ends.time() > time():
        doubts.append(_("It ends after midnight, on the next day."))
    if any(wall and is_ambiguous(wall, event.zone) for wall in (row.starts, row.ends)):
        doubts.append(_("Clocks show this time twice on that day: the first one is taken."))
    if row.room and room is None:
        doubts.append(_("The event has no room of this name."))
    for text in brackets_in(row.speakers):
        doubts.append(_("“%(text)s” in brackets is no role: it stays as it is.", text=text))
    return Sketch(
        row,
        row.kind or "plenary",
        room,
        "" if room else row.room,
        speakers=tuple(speakers_in(row.speakers)),
        faults=tuple(faults),
        doubts=tuple(doubts),
    )


def _clock_fault(event: Event, row: PastedRow) -> str:
    """Return what is wrong with the times by the clocks of the event's zone."""
    instants = []
    for wall in (row.starts, row.ends):
        if wall is None:
            return ""
        try:
            instants.append(instant_of(wall, event.zone))
        except Invalid as error:
            return error.message
    return "" if instants[0] < instants[1] else _("The session must end after it starts.")


def _with_clashes(event: Event, sketches: Sequence[Sketch]) -> list[Sketch]:
    """Tell rows that use a room at one time with another row, or with a session of the draft."""
    uses, names = [], {}
    for place, one in enumerate(sketches):
        where = one.room.ref if one.room else fold(one.new_room)
        if where and one.is_good and one.row.starts and one.row.ends:
            key = f"row {place}"
            names[key] = f"{one.row.starts:%H:%M} {one.row.title}"
            starts, ends = (instant_of(w, event.zone) for w in (one.row.starts, one.row.ends))
            uses.append(Use(key, where, starts, ends))
    refs = {one.room.id: one.room.ref for one in sketches if one.room}
    for session in sessions_of(event.id):
        if session.room_id in refs and session.status != "cancelled":
            names[session.ref] = f"{session.code} {session.title()}"
            where = refs[session.room_id]
            uses.append(Use(session.ref, where, session.starts_at, session.ends_at))
    told: dict[str, list[str]] = {}
    for one_use, other in clashes(uses):
        for mine, theirs in ((one_use, other), (other, one_use)):
            said = _(
                "The room is used at the same time: %(session)s.", session=names[theirs.session]
            )
            told.setdefault(mine.session, []).append(said)
    return [
        Sketch(
            one.row, one.kind, one.room, one.new_room, one.titles, one.speakers, one.faults,
            (*one.doubts, *told.get(f"row {place}", ())),
        )
        for place, one in enumerate(sketches)
    ]  # fmt: skip


def _make_rooms(
    event: Event, sketches: Sequence[Sketch], language: str, wanted: Collection[str], actor: Actor
) -> dict[str, EventRoom]:
    names = {fold(one.new_room): one.new_room for one in sketches if one.new_room}
    codes = {room.code for room in rooms_of(event.id)}
    made = {}
    for folded, name in names.items():
        if folded not in wanted:
            continue
        number = len(codes) + 1
        while f"R{number}" in codes:
            number += 1
        codes.add(f"R{number}")
        made[folded] = add_room(
            event, code=f"R{number}", names=Translated({language: name}), actor=actor
        )
    return made


def _codes(event: Event, starts: Sequence[datetime | None]) -> list[str]:
    """Return a free code for each session: the number of its day, a dot, a number on that day."""
    taken = {session.code for session in sessions_of(event.id, or_in_tray=True)}
    found = []
    for at in starts:
        day = max((_given(at).date() - event.starts_on).days + 1, 0)
        number = 1
        while f"{day}.{number}" in taken:
            number += 1
        taken.add(f"{day}.{number}")
        found.append(f"{day}.{number}")
    return found


def _name(
    event: Event,
    session: Session,
    said: Sequence[tuple[str, str, str]],
    people: dict[str, Speaker],
    language: str,
    actor: Actor,
) -> None:
    parts: dict[tuple[int, str], Part] = {}
    for role, name, post in said:
        person = people.get(fold(name))
        if person is None:
            posts = Translated({language: post}) if post else Translated()
            person = add_speaker(event.id, printed_name=name, posts=posts, actor=actor)
            people[fold(name)] = person
        parts.setdefault((person.id, role), Part(person.id, role))
    if parts:
        name_speakers(session, list(parts.values()), actor=actor)


def _given(wall: datetime | None) -> datetime:
    if wall is None:
        raise ValueError("a good row has its times")
    return wall


def _faults() -> dict[str, str]:
    return {
        "no_day": _("It names no day, and no day stands above it."),
        "no_start": _("No time is written at which it starts."),
        "no_end": _("No end is written, and nothing follows on that day."),
        "no_length": _("It ends when it starts."),
        "ends_first": _("It ends before it starts."),
        "no_title": _("It has no title."),
    }
