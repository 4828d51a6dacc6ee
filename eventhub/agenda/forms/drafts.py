"""Forms of a first draft: a pasted timetable, a day pattern."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from wtforms import BooleanField, HiddenField, IntegerField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from eventhub.agenda.rules.patterns import WORKING_HOURS, Hours
from eventhub.agenda.rules.written_times import days_between
from eventhub.core.errors import Invalid
from eventhub.events.models import Event, EventRoom
from eventhub.i18n import LANGUAGES, _, current, lazy_gettext, times
from eventhub.web.fields import TicksField, said
from eventhub.web.forms import FILL_IN, BaseForm, no_control_characters, select_field

LONGEST_TEXT = 60_000
MOST_MEETINGS = 6

HOURS = {
    "un": lazy_gettext("10:00 to 13:00 and 15:00 to 18:00, as at the United Nations"),
    "who": lazy_gettext("9:00 to 12:00 and 14:30 to 17:30, as at the World Health Organization"),
    "own": lazy_gettext("Other hours"),
}


class TimetableForm(BaseForm):
    """A pasted timetable; what was seen of it is stamped, so that nothing unseen is added."""

    seen = HiddenField()
    text = TextAreaField(
        lazy_gettext("Timetable"),
        validators=[no_control_characters, InputRequired(FILL_IN), Length(max=LONGEST_TEXT)],
        description=lazy_gettext(
            "Copy the rows in Excel or Word and paste them here, with or without column titles."
        ),
        render_kw={"rows": 14},
    )
    language = select_field(lazy_gettext("Language of the titles"))
    new_rooms = TicksField(lazy_gettext("Rooms to be added to the event"), choices={})


def timetable_form(event: Event) -> Any:
    """Return the form of a pasted timetable with the languages of the event."""
    own = current() if current() in event.languages else event.languages[0]
    form: Any = TimetableForm(data={"language": own})
    form.language.choices = {code: LANGUAGES[code].own_name for code in event.languages}
    return form


class PatternForm(BaseForm):
    """Working hours, days, meetings, breaks and rooms."""

    seen = HiddenField()
    hours = select_field(lazy_gettext("Working hours"), choices=said(HOURS))
    morning_starts = TimeField(lazy_gettext("Morning from"), validators=[Optional()])
    morning_ends = TimeField(lazy_gettext("Morning to"), validators=[Optional()])
    afternoon_starts = TimeField(lazy_gettext("Afternoon from"), validators=[Optional()])
    afternoon_ends = TimeField(lazy_gettext("Afternoon to"), validators=[Optional()])
    days = TicksField(lazy_gettext("Days"), choices={}, validators=[InputRequired(FILL_IN)])
    meetings = IntegerField(
        lazy_gettext("Meetings in each half of the day"),
        default=1,
        validators=[InputRequired(FILL_IN), NumberRange(1, MOST_MEETINGS)],
    )
    break_minutes = IntegerField(
        lazy_gettext("Minutes of break between them"),
        default=15,
        validators=[InputRequired(FILL_IN), NumberRange(0, 120)],
    )
    with_breaks = BooleanField(lazy_gettext("Write the breaks into the programme"), default=True)
    rooms = TicksField(
        lazy_gettext("Rooms"),
        choices={},
        description=lazy_gettext("In several rooms meetings are held at the same time."),
    )


def pattern_form(event: Event, rooms: Sequence[EventRoom]) -> Any:
    """Return the form of a day pattern with the days and rooms of the event."""
    days = {day.isoformat(): times.day(day) for day in days_between(event.starts_on, event.ends_on)}
    form: Any = PatternForm(data={"days": list(days), "hours": "un"})
    form.days.choices = days
    form.rooms.choices = {room.ref: room.names.pick() for room in rooms}
    return form


def days_of(form: Any) -> list[date]:
    """Return the days that were ticked."""
    return [date.fromisoformat(day) for day in form.days.data]


def hours_of(form: Any) -> Hours:
    """Return the working hours; Invalid where other ones are wanted and not in order."""
    if form.hours.data in WORKING_HOURS:
        return WORKING_HOURS[form.hours.data]
    names = (("morning_starts", "morning_ends"), ("afternoon_starts", "afternoon_ends"))
    given: list[tuple[time, time]] = []
    for first, last in names:
        start, end = form[first].data, form[last].data
        if start is None and end is None:
            continue
        if start is None or end is None or start >= end or (given and start < given[-1][1]):
            raise Invalid(_("Write from when to when, the earlier time first."), last)
        given.append((start, end))
    if not given:
        raise Invalid(_("Write the working hours."), "morning_starts")
    return tuple(given)
