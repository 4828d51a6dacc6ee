"""Forms of the wizard, the settings and an event's life."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, TimeField
from wtforms.validators import InputRequired, Optional

from eventhub.events import rules, words
from eventhub.events.models import EventRoom
from eventhub.i18n import lazy_gettext
from eventhub.venues.words import LAYOUTS
from eventhub.web.fields import (
    TicksField,
    count_field,
    day_field,
    every_language,
    in_languages,
    line_in,
    said,
    wall_field,
)
from eventhub.web.forms import CHOOSE, BaseForm, email_field, select_field, text_field

FOLDS = {
    "0": lazy_gettext("The first time, before clocks go back"),
    "1": lazy_gettext("The second time, after clocks went back"),
}


def fold_field() -> SelectField:
    """Return the choice between the two times that a clock shows twice."""
    return SelectField(
        lazy_gettext("Which of the two times?"),
        choices=said(FOLDS, empty=lazy_gettext("Choose")),
        validators=[Optional()],
    )


class NewEventForm(BaseForm):
    """First screen: what. Kind, title, days, city."""

    preset = RadioField(
        lazy_gettext("What kind of event is it?"),
        choices=said(words.PRESETS),
        validators=[InputRequired(CHOOSE)],
    )
    institution = select_field(lazy_gettext("Who holds it?"))
    title = text_field(lazy_gettext("Title"), missing=lazy_gettext("Write the title of the event."))
    language = select_field(lazy_gettext("The title is written in"))
    starts_on = day_field(lazy_gettext("First day"))
    ends_on = day_field(lazy_gettext("Last day"))
    city = text_field(
        lazy_gettext("City"),
        longest=120,
        missing=lazy_gettext("Write the city in which it takes place."),
    )
    zone = select_field(lazy_gettext("Time zone"), optional=True)


class WhoForm(BaseForm):
    """Second screen: who may come. Places, deadline, contact address."""

    version = HiddenField()
    places = count_field(lazy_gettext("How many people can come?"))
    closes = wall_field(lazy_gettext("Reply deadline"))
    closes_fold = fold_field()
    contact_email = email_field(lazy_gettext("E-mail address for questions"))


class PublishForm(BaseForm):
    """Third screen: nothing but a button."""


class BasicsForm(BaseForm):
    """How the event is called, reached and coloured."""

    version = HiddenField()
    contact_email = email_field(lazy_gettext("E-mail address for questions"))
    slug = text_field(
        lazy_gettext("Address of the page"),
        longest=rules.LONGEST_SLUG,
        optional=True,
        description=lazy_gettext("Small letters, digits and hyphens, with the year."),
    )
    code = text_field(
        lazy_gettext("Short code"),
        longest=rules.LONGEST_CODE,
        optional=True,
        description=lazy_gettext("It stands on certificates, and the rosette is drawn from it."),
    )
    accent = select_field(lazy_gettext("Accent"), choices=said(words.ACCENTS))
    series = select_field(lazy_gettext("Series"), optional=True)


class DatesForm(BaseForm):
    """When and where the event is."""

    version = HiddenField()
    starts_on = day_field(lazy_gettext("First day"))
    ends_on = day_field(lazy_gettext("Last day"))
    zone = select_field(lazy_gettext("Time zone"))
    country = select_field(lazy_gettext("Country"), optional=True)
    mode = select_field(lazy_gettext("How people take part"), choices=said(words.MODES))
    online_url = text_field(
        lazy_gettext("Address at which people join online"), longest=500, optional=True
    )


class WindowForm(BaseForm):
    """How many may come, and when people can register."""

    version = HiddenField()
    places = count_field(lazy_gettext("How many people can come?"))
    confirmed = BooleanField(lazy_gettext("Keep this number although more places are used"))
    opens = wall_field(
        lazy_gettext("Registration opens"),
        optional=True,
        description=lazy_gettext("Empty: as soon as the page is public."),
    )
    closes = wall_field(lazy_gettext("Reply deadline"))
    closes_fold = fold_field()


class LanguagesForm(BaseForm):
    """The languages of the pages and of the hall."""

    version = HiddenField()
    first = select_field(
        lazy_gettext("First language of the pages"),
        description=lazy_gettext("What is not written in a reader's language is shown in this."),
    )
    languages = TicksField(
        lazy_gettext("Languages of the pages"),
        choices=every_language,
        validate_choice=False,
    )
    working = TicksField(
        lazy_gettext("Working languages"), choices=every_language, validate_choice=False
    )
    interpretation = TicksField(
        lazy_gettext("Interpretation into"),
        choices=every_language,
        validate_choice=False,
    )


class SwitchesForm(BaseForm):
    """What the event has, and what is absent."""

    version = HiddenField()
    on = TicksField(
        lazy_gettext("This event has"),
        choices=said(words.SWITCHES),
        validate_choice=False,
    )


class CategoriesForm(BaseForm):
    """Which categories are on."""

    categories = TicksField(lazy_gettext("Categories"), choices={}, validate_choice=False)


class CategoryForm(BaseForm):
    """One category."""

    version = HiddenField()
    mark = text_field(
        lazy_gettext("Mark"), longest=2, description=lazy_gettext("Two capital letters.")
    )
    colour = text_field(
        lazy_gettext("Colour"),
        longest=7,
        description=lazy_gettext("Like #1F5FA8; white or black must be readable on it."),
    )
    vouched_by = select_field(lazy_gettext("Who vouches"), choices=said(words.VOUCHERS))
    approver = select_field(lazy_gettext("Who approves"), choices=said(words.APPROVERS))
    default_quota = count_field(
        lazy_gettext("People for each delegation"),
        optional=True,
        description=lazy_gettext("0: by invitation."),
    )
    zones = TicksField(lazy_gettext("Zones its badge opens"), choices={}, validate_choice=False)
    is_public = BooleanField(lazy_gettext("People choose it themselves on the public form"))
    needs_letter = BooleanField(lazy_gettext("An official letter must name them"))
    photo_waived = BooleanField(lazy_gettext("No photo is needed"))
    counts_as_participant = BooleanField(lazy_gettext("Counts as participants"))
    in_list_of_participants = BooleanField(lazy_gettext("Stands in the list of participants"))


class HostForm(BaseForm):
    """One more host: a State or organization, or a name of its own."""

    entity = select_field(lazy_gettext("State or organization"), optional=True)
    name = text_field(
        lazy_gettext("Name, as it is printed"),
        optional=True,
        description=lazy_gettext("Empty: the name of the State or organization."),
    )


class RoomForm(BaseForm):
    """One room of the event."""

    version = HiddenField()
    code = text_field(lazy_gettext("Short code"), longest=40)
    capacity = count_field(lazy_gettext("Seats"), optional=True)
    layout = select_field(
        lazy_gettext("How it is set"),
        choices=said(LAYOUTS),
    )
    opens = TimeField(lazy_gettext("Opens"), validators=[Optional()])
    closes = TimeField(lazy_gettext("Closes"), validators=[Optional()])
    zone_code = select_field(lazy_gettext("Zone"), optional=True)
    booths = TicksField(
        lazy_gettext("Interpretation booths"),
        choices=every_language,
        validate_choice=False,
    )

    def seats(self) -> list[Any]:
        """Return the fields of the seats in each layout."""
        return [field for field in self if field.name.startswith(SEATS)]

    def has_seats(self) -> bool:
        """Tell whether any of them is filled in."""
        return any(field.data is not None for field in self.seats())


SEATS = "seats_"


def room_form_in(languages: Sequence[str]) -> type[BaseForm]:
    """Return the form of a room: its name in these languages, its seats in each layout."""
    named = in_languages(RoomForm, languages, name=line_in(lazy_gettext("Name")))
    fields = {f"{SEATS}{code}": count_field(word, optional=True) for code, word in LAYOUTS.items()}
    return type(RoomForm.__name__, (named,), fields)


def use_of(form: Any) -> dict[str, Any]:
    """Return what the form says of when the room may be used, and of its seats by layout."""
    hours = {name: form[name].data for name in ("opens", "closes")}
    return {
        "seats": {code: n for code in LAYOUTS if (n := form[f"{SEATS}{code}"].data) is not None},
        **{name: f"{hour:%H:%M}" if hour else None for name, hour in hours.items()},
    }


def shown_use(room: EventRoom) -> dict[str, Any]:
    """Return what the form of a room shows at first of its hours and its seats by layout."""
    hours = {"opens": room.opens, "closes": room.closes}
    return {
        **{f"{SEATS}{code}": count for code, count in room.seats.items()},
        **{name: time.fromisoformat(hour) if hour else None for name, hour in hours.items()},
    }


class VenueForm(BaseForm):
    """Which venue of the catalogue the event uses."""

    venue = select_field(lazy_gettext("Venue"))


class PageForm(BaseForm):
    """One page of practical information."""

    version = HiddenField()
    slug = text_field(
        lazy_gettext("Address of the page"),
        longest=60,
        description=lazy_gettext("Small letters, digits and hyphens, like arrival."),
    )
    is_public = BooleanField(lazy_gettext("Everybody may see it"), default=True)


class LifeForm(BaseForm):
    """A postponement or cancellation: the words that stand first on the page."""


class CopyForm(BaseForm):
    """A copy: its first day, and its title where that differs."""

    starts_on = day_field(lazy_gettext("First day of the copy"))
    title = text_field(
        lazy_gettext("Title"), optional=True, description=lazy_gettext("Empty: the same title.")
    )


class AddressForm(BaseForm):
    """Another address for an event that is public already."""

    slug = text_field(lazy_gettext("New address"), longest=rules.LONGEST_SLUG)
