"""Forms of the programme's editor."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    TimeField,
)
from wtforms.validators import InputRequired, NumberRange, Optional

from eventhub.agenda import services
from eventhub.agenda.models import Session, Speaker, Track
from eventhub.agenda.services import SessionValues
from eventhub.agenda.words import ACCESS, KINDS, ROLES, language_name
from eventhub.core.errors import Invalid
from eventhub.events.forms import fold_field
from eventhub.events.models import Category, Event, EventRoom
from eventhub.events.rules import is_ambiguous
from eventhub.i18n import LANGUAGES, Translated, _, lazy_gettext, pgettext
from eventhub.venues.words import LAYOUTS
from eventhub.web.fields import (
    TicksField,
    day_field,
    in_languages,
    line_in,
    said,
    said_in,
    shown_in,
    text_in,
)
from eventhub.web.forms import (
    FILL_IN,
    BaseForm,
    select_field,
    text_field,
)

MOST_CREDIT_MINUTES = 24 * 60
NOON = time(12)
"""Where a session without a time stands in the table: no clock is ever changed at noon."""
DEFAULT_MINUTES = 60
SPARE_PARTS = 3
"""Empty lines for speakers that a form offers beyond those already named."""
_BREAK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\s*(?:-|–|—|to)\s*([01]\d|2[0-3]):([0-5]\d)")


def spoken() -> dict[str, str]:
    """Return the languages that floors and booths may speak, by their names in the present one."""
    return {code: language_name(code) for code in LANGUAGES}


class BaseSessionForm(BaseForm):
    """One session; titles, descriptions and notes on the place come per language."""

    version = HiddenField()
    code = text_field(
        lazy_gettext("Code"),
        longest=40,
        description=lazy_gettext("A short reference, like 2.1."),
    )
    kind = select_field(lazy_gettext("Kind"), choices=said(KINDS))
    no_time = BooleanField(
        lazy_gettext("No time yet"),
        description=lazy_gettext("It waits in the tray of the editor, and nobody else sees it."),
    )
    minutes = IntegerField(
        lazy_gettext("Length in minutes"),
        validators=[Optional(), NumberRange(1, MOST_CREDIT_MINUTES)],
        description=lazy_gettext("Counts as long as it has no time."),
    )
    day = day_field(lazy_gettext("Day"))
    starts = TimeField(lazy_gettext("Starts"), validators=[InputRequired(FILL_IN)])
    starts_fold = fold_field()
    ends = TimeField(lazy_gettext("Ends"), validators=[InputRequired(FILL_IN)])
    ends_fold = fold_field()
    last_day = DateField(
        lazy_gettext("Ends on"),
        validators=[Optional()],
        description=lazy_gettext("Only where it ends after midnight."),
    )
    room = select_field(lazy_gettext("Room"), optional=True)
    layout = select_field(
        lazy_gettext("How the room is set"),
        choices=said(LAYOUTS, empty=lazy_gettext("As it usually is")),
        optional=True,
    )
    track = select_field(lazy_gettext("Track"), optional=True)
    access = select_field(lazy_gettext("Who may come"), choices=said(ACCESS))
    admit = TicksField(
        lazy_gettext("Categories admitted"),
        choices={},
        description=lazy_gettext("Counts unless everybody may come. None ticked: all of them."),
    )
    items = TicksField(lazy_gettext("Agenda items"), choices={})
    hides_title = BooleanField(
        lazy_gettext("The public reads “Closed meeting” in place of the title"),
        description=lazy_gettext("Counts for a closed session only."),
    )
    floor_languages = TicksField(lazy_gettext("Languages of the floor"), choices=spoken)
    interpretation = TicksField(lazy_gettext("Interpretation into"), choices=spoken)
    breaks = text_field(
        lazy_gettext("Breaks"),
        optional=True,
        area=True,
        longest=500,
        description=lazy_gettext("One in each line, like 15:45-16:00."),
    )
    counts_for_certificate = BooleanField(lazy_gettext("Counts for the certificate"))
    is_mandatory = BooleanField(lazy_gettext("Must be attended for the certificate"))
    credit_minutes = IntegerField(
        lazy_gettext("Minutes that count"),
        default=0,
        validators=[Optional(), NumberRange(0, MOST_CREDIT_MINUTES)],
        description=lazy_gettext("0: as long as it lasts without its breaks."),
    )


def session_form(
    event: Event,
    *,
    rooms: Sequence[EventRoom],
    tracks: Sequence[Track],
    categories: Sequence[Category],
    items: Mapping[str, str] | None = None,
    given: dict[str, Any] | None = None,
) -> Any:
    """Return the form of a session with the choices of its event; `given` fills it at first."""
    kind = in_languages(
        BaseSessionForm,
        event.languages,
        titles=line_in(lazy_gettext("Title")),
        descriptions=text_in(lazy_gettext("Description")),
        place_note=line_in(lazy_gettext("Place outside the rooms"), required=False),
    )
    form: Any = kind(data=given or {})
    if form.no_time.data:
        form.starts.validators = form.ends.validators = [Optional()]
    form.room.choices = {"": _("No room yet")} | {r.ref: r.names.pick() for r in rooms}
    form.track.choices = {"": pgettext("track", "None")} | {
        t.ref: f"{t.code} {t.titles.pick()}" for t in tracks
    }
    form.admit.choices = {one.code: one.name() for one in categories}
    form.items.choices = dict(items or {})
    return form


def given_of(
    session: Session, rooms: Sequence[EventRoom], tracks: Sequence[Track]
) -> dict[str, Any]:
    """Return what the form of this session shows at first."""
    same = ("code", "kind", "layout", "access", "admit", "floor_languages", "interpretation")
    plain = ("hides_title", "counts_for_certificate", "is_mandatory", "credit_minutes")
    values = {name: getattr(session, name) for name in (*same, *plain)}
    first, last = session.starts.date(), session.ends.date()
    return {
        **values,
        "version": session.version,
        "day": first,
        "no_time": not session.is_placed,
        "minutes": None if session.is_placed else _minutes_of(session),
        "starts": session.starts.time() if session.is_placed else None,
        "ends": session.ends.time() if session.is_placed else None,
        "last_day": last if last != first and session.is_placed else None,
        "starts_fold": _fold(session.starts, session.starts_fold, session.zone),
        "ends_fold": _fold(session.ends, session.ends_fold, session.zone),
        "room": next((room.ref for room in rooms if room.id == session.room_id), ""),
        "track": next((track.ref for track in tracks if track.id == session.track_id), ""),
        "breaks": "\n".join(f"{start}-{end}" for start, end in session.breaks),
        **shown_in("titles", session.titles),
        **shown_in("descriptions", session.descriptions),
        **shown_in("place_note", session.place_note),
    }


def values_of(
    form: Any,
    *,
    rooms: Sequence[EventRoom],
    tracks: Sequence[Track],
    session: Session | None = None,
) -> SessionValues:
    """Return what the form says of a session; Invalid where the breaks cannot be read."""
    day: date = form.day.data
    same = ("code", "kind", "access", "hides_title", "counts_for_certificate", "is_mandatory")
    kept = session or Session(
        titles=Translated(), descriptions=Translated(), place_note=Translated()
    )
    return SessionValues(
        **{name: form[name].data for name in same},
        titles=said_in(form, "titles", kept.titles),
        descriptions=said_in(form, "descriptions", kept.descriptions),
        place_note=said_in(form, "place_note", kept.place_note),
        **_times(form, day, session),
        room_id=next(
            (room.id for room in rooms if room.ref == form.room.data and not form.no_time.data),
            None,
        ),
        track_id=next((track.id for track in tracks if track.ref == form.track.data), None),
        admit=tuple(form.admit.data or ()),
        floor_languages=tuple(form.floor_languages.data or ()),
        interpretation=tuple(form.interpretation.data or ()),
        layout=form.layout.data or "",
        credit_minutes=form.credit_minutes.data or 0,
        breaks=() if form.no_time.data else read_breaks(form.breaks.data or ""),
    )


def _times(form: Any, day: date, session: Session | None) -> dict[str, Any]:
    if not form.no_time.data:
        return {
            "starts": _at(day, form.starts.data),
            "ends": _at(form.last_day.data or day, form.ends.data),
            "starts_fold": _chosen(form.starts_fold.data),
            "ends_fold": _chosen(form.ends_fold.data),
        }
    starts = datetime.combine(day, NOON)
    minutes = form.minutes.data or (_minutes_of(session) if session else DEFAULT_MINUTES)
    return {"is_placed": False, "starts": starts, "ends": starts + timedelta(minutes=minutes)}


def _minutes_of(session: Session) -> int:
    return int((session.ends_at - session.starts_at).total_seconds()) // 60


def read_breaks(text: str) -> tuple[tuple[str, str], ...]:
    """Return the breaks of lines like 15:45-16:00; Invalid where a line says something else."""
    found = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        match = _BREAK.fullmatch(line)
        if match is None:
            raise Invalid(_("Write each break like 15:45-16:00, in a line of its own."), "breaks")
        hour, minute, end_hour, end_minute = match.groups()
        found.append((f"{hour}:{minute}", f"{end_hour}:{end_minute}"))
    return tuple(found)


def _at(day: date, when: time) -> datetime:
    return datetime.combine(day, when.replace(second=0, microsecond=0))


def _fold(wall: datetime, fold: int, zone: str) -> str:
    return str(fold) if is_ambiguous(wall, zone) else ""


def as_version(text: str | None) -> int:
    """Return the version a form was filled from; 0, which none has, where it is nonsense."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


def _chosen(text: str | None) -> int | None:
    return int(text) if text else None


class PartForm(Form):
    """One part in a session: who, as what, in which place of the order."""

    speaker = SelectField(lazy_gettext("Speaker"), validators=[Optional()])
    role = SelectField(lazy_gettext("Role"), choices=said(ROLES), validators=[Optional()])
    place = IntegerField(lazy_gettext("Order"), validators=[Optional()])
    minutes = IntegerField(
        lazy_gettext("Minutes"), validators=[Optional(), NumberRange(1, services.MOST_MINUTES)]
    )


class PartsForm(BaseForm):
    """Who speaks in a session."""

    version = HiddenField()
    parts = FieldList(FormField(PartForm))


def parts_form(session: Session, speakers: Sequence[Speaker], given: list[dict[str, Any]]) -> Any:
    """Return the form of a session's parts, a few empty lines at its end."""
    spare: list[dict[str, Any]] = [{"speaker": "", "role": "speaker"}] * SPARE_PARTS
    form: Any = PartsForm(data={"version": session.version, "parts": [*given, *spare]})
    names = {"": _("Nobody")} | {one.ref: one.printed_name for one in speakers}
    for part in form.parts:
        part.speaker.choices = names
    return form


def parts_of(form: Any, speakers: Sequence[Speaker]) -> list[services.Part]:
    """Return the parts as the form orders them; lines without a speaker are left out."""
    ids = {speaker.ref: speaker.id for speaker in speakers}
    lines = [
        (part.place.data if part.place.data is not None else number + len(ids) + 1, number, part)
        for number, part in enumerate(form.parts, start=1)
        if part.speaker.data
    ]
    lines.sort(key=lambda line: line[:2])
    return [
        services.Part(ids[part.speaker.data], part.role.data, part.minutes.data)
        for _place, _number, part in lines
    ]


class TrackForm(BaseForm):
    """One track; its title comes per language."""

    code = text_field(lazy_gettext("Code"), longest=40)


def track_form(event: Event, given: dict[str, Any] | None = None) -> Any:
    """Return the form of a track in the event's languages."""
    kind = in_languages(TrackForm, event.languages, titles=line_in(lazy_gettext("Title")))
    return kind(data=given or {})


class RoomForm(BaseForm):
    """A further room, with what the programme needs of it."""

    room_code = text_field(lazy_gettext("Short code"), longest=40)
    capacity = IntegerField(lazy_gettext("Seats"), validators=[Optional()])


def room_form(event: Event) -> Any:
    """Return the form of a further room in the event's languages."""
    return in_languages(RoomForm, event.languages, names=line_in(lazy_gettext("Name")))()


class AcceptForm(BaseForm):
    """Accepting what was found in the programme."""

    reason = text_field(lazy_gettext("Why it may stay as it is"), longest=250)
