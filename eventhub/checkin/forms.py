"""Forms of gates, lists and the desk."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, FileField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired, Optional

from eventhub.checkin.words import DIRECTIONS, LOST, SEEN
from eventhub.i18n import lazy_gettext
from eventhub.registration.forms.choices import EntityField
from eventhub.web.fields import TicksField, in_languages, line_in, said
from eventhub.web.forms import CHOOSE, BaseForm, email_field, phone_field, select_field, text_field


class GateForm(BaseForm):
    """A door: its direction, what it asks for, its session."""

    version = HiddenField()
    direction = RadioField(
        lazy_gettext("People go"), choices=said(DIRECTIONS), default="in",
        validators=[InputRequired(CHOOSE)],
    )  # fmt: skip
    zone_code = SelectField(
        lazy_gettext("Badges must open the zone"), validators=[Optional()], choices={}
    )
    session = SelectField(lazy_gettext("It leads to the session"), validators=[Optional()],
                          choices={})  # fmt: skip


def gate_form(languages: Sequence[str]) -> type[BaseForm]:
    """Return the form of a gate with a name in each language of the event."""
    name = line_in(lazy_gettext("Name of the gate"), longest=80)
    return in_languages(GateForm, languages, names=name)


class DeskPlaceForm(BaseForm):
    """Where the registration desk is, and whom guards call."""

    supervisor = phone_field(
        lazy_gettext("Telephone of the supervisor"),
        description=lazy_gettext("A guard who stops somebody can call it with one touch."),
    )


def desk_place_form(languages: Sequence[str]) -> type[BaseForm]:
    """Return the form that says in each language where the desk is."""
    place = line_in(lazy_gettext("Place of the registration desk"), required=False, longest=120)
    return in_languages(DeskPlaceForm, languages, desk=place)


class TickForm(BaseForm):
    """A list to tick: refs or codes that are present, those shown as present, and how they came."""

    shown = HiddenField()
    present = TicksField(lazy_gettext("Present"), validate_choice=False)
    came = RadioField(lazy_gettext("Those newly ticked"), default="in_time",
                      validators=[Optional()])  # fmt: skip


class LogForm(BaseForm):
    """The log of a meeting online, as its platform wrote it."""

    log = FileField(
        lazy_gettext("Log of the meeting"),
        description=lazy_gettext(
            "CSV, XLSX or ODS as the platform writes it, with who joined and left, up to 10 MB."
        ),
        validators=[InputRequired(lazy_gettext("Choose a file."))],
    )
    session = SelectField(lazy_gettext("Session"), choices={}, validators=[Optional()])
    clocks = RadioField(
        lazy_gettext("Times in the log are"), choices={}, default="event",
        description=lazy_gettext("Times that carry an offset are read by it."),
        validators=[InputRequired(CHOOSE)],
    )  # fmt: skip


class WalkInForm(BaseForm):
    """Somebody at the desk who is not registered yet."""

    category = select_field(lazy_gettext("Takes part as"))
    honorific = text_field(lazy_gettext("Form of address"), longest=60, optional=True)
    given_names = text_field(lazy_gettext("Given names"), optional=True)
    family_name = text_field(
        lazy_gettext("Family name"),
        description=lazy_gettext("Only one name? Leave one of the two empty."),
        optional=True,
    )
    entity = EntityField(lazy_gettext("State or organization"), validators=[Optional()], choices={})
    organisation = text_field(lazy_gettext("Ministry, institution or company"), optional=True)
    functional_title = text_field(lazy_gettext("Title or post"), optional=True)
    email = email_field(
        lazy_gettext("E-mail"), optional=True,
        description=lazy_gettext("If it is given, the confirmation is sent there."),
    )  # fmt: skip
    photo = FileField(lazy_gettext("Photo"), validators=[Optional()])
    print_badge = BooleanField(lazy_gettext("Print the badge now"), default=True)
    gate = SelectField(lazy_gettext("Check in at"), validators=[Optional()], choices={})


class CheckInForm(BaseForm):
    """A gate to check somebody in at."""

    gate = SelectField(lazy_gettext("Check in at"), choices={}, validators=[InputRequired(CHOOSE)])


class ReissueForm(BaseForm):
    """Why somebody gets a new badge, and what was seen of theirs."""

    reason = RadioField(
        lazy_gettext("What became of the old badge?"), choices=said(LOST),
        validators=[InputRequired(lazy_gettext("Say what became of the old badge."))],
    )  # fmt: skip
    document = RadioField(
        lazy_gettext("Which document did you see?"), choices=said(SEEN),
        validators=[InputRequired(lazy_gettext("Say which document the holder showed."))],
    )  # fmt: skip


class PhotoForm(BaseForm):
    """A portrait taken at the desk."""

    photo = FileField(lazy_gettext("Photo"), validators=[InputRequired(CHOOSE)])


def without(form: Any, *names: str) -> Any:
    """Return the form without these fields: what is off is absent."""
    for name in names:
        del form[name]
    return form
