"""Forms of pools, of their rules, of heads and of who comes instead."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange, Optional

from eventhub.i18n import lazy_gettext
from eventhub.places import words
from eventhub.web.fields import (
    TicksField,
    count_field,
    in_languages,
    line_in,
    said,
    wall_field,
)
from eventhub.web.forms import CHOOSE, BaseForm, email_field, phone_field, select_field, text_field

_NO_OWN = lazy_gettext("On clocks of the event. Empty: no deadline of its own.")
_ON_CLOCKS = lazy_gettext("On clocks of the event. Empty: until the event starts.")


class PoolForm(BaseForm):
    """One pool: whom it counts, how many seats there are, what happens when they are taken."""

    version = HiddenField()
    code = text_field(
        lazy_gettext("Short code"),
        longest=40,
        description=lazy_gettext("Letters, digits and hyphens, like press or delegates."),
    )
    scope = select_field(lazy_gettext("Whose seats"), choices=said(words.SCOPES))
    session = select_field(
        lazy_gettext("Session"),
        description=lazy_gettext("Only for the seats of one session, which are given by name."),
        optional=True,
    )
    categories = TicksField(
        lazy_gettext("Categories"),
        choices={},
        description=lazy_gettext(
            "None ticked: all that count as participants; close protection stays outside the "
            "total of a delegation."
        ),
        validate_choice=False,
    )
    modes = TicksField(
        lazy_gettext("Ways of taking part"),
        choices=said(words.MODES),
        description=lazy_gettext("None ticked: both."),
        validators=[Optional()],
    )
    seats = count_field(lazy_gettext("Seats"))
    each = count_field(
        lazy_gettext("Of them for each delegation"),
        description=lazy_gettext("Only for the seats of one session. Empty: no limit of its own."),
        optional=True,
    )
    exemptions = text_field(
        lazy_gettext("Other numbers for some"),
        description=lazy_gettext(
            "One line each: the code or name, then the seats, like ZMB 9. Without a number there "
            "is no limit."
        ),
        longest=10_000,
        optional=True,
        area=True,
    )
    when_full = RadioField(
        lazy_gettext("When all are taken"),
        choices=said(words.WHEN_FULL),
        validators=[InputRequired(CHOOSE)],
    )
    lock = RadioField(
        lazy_gettext("How strict"), choices=said(words.LOCKS), validators=[InputRequired(CHOOSE)]
    )
    confirmed = BooleanField(lazy_gettext("Keep this number although more seats are used"))


class RulesForm(BaseForm):
    """What the event decides about deadlines, waiting and coming instead of somebody."""

    equity = BooleanField(
        lazy_gettext("Promote least developed, landlocked and small island States first"),
        description=lazy_gettext(
            "On the waiting list they stand after delegations of whom nobody is accredited, and "
            "before everybody else."
        ),
    )
    overflow_category = select_field(
        lazy_gettext("Overflow category"),
        description=lazy_gettext("For people for whom no seat is left."),
        optional=True,
    )
    grace_minutes: Any = IntegerField(
        lazy_gettext("Grace after the deadline, in minutes"),
        description=lazy_gettext("For forms begun before the deadline on a slow link."),
        validators=[InputRequired(CHOOSE), NumberRange(min=0, max=120)],
    )
    hard_closes = wall_field(
        lazy_gettext("After this only the desk registers people"),
        description=lazy_gettext("On clocks of the event. Empty: never."),
        optional=True,
    )
    photos_until = wall_field(lazy_gettext("Photos until"), description=_NO_OWN, optional=True)
    letters_until = wall_field(
        lazy_gettext("Official letters until"), description=_NO_OWN, optional=True
    )
    visa_until = wall_field(
        lazy_gettext("Data for visa letters until"), description=_NO_OWN, optional=True
    )
    check_until = wall_field(
        lazy_gettext("Delegations check names and titles until"),
        description=_NO_OWN,
        optional=True,
    )
    replacement_until = wall_field(
        lazy_gettext("One person may replace another until"),
        description=_ON_CLOCKS,
        optional=True,
    )
    replacement_needs_letter = BooleanField(lazy_gettext("Who comes instead needs a new letter"))
    mode_until = wall_field(
        lazy_gettext("People switch between in person and remote until"),
        description=_ON_CLOCKS,
        optional=True,
    )


class RemoteForm(BaseForm):
    """What the event decides about taking part from afar."""

    per_session = BooleanField(
        lazy_gettext("People in the hall may follow single sessions remotely"),
        description=lazy_gettext("They choose them on their private page."),
    )
    is_marked = BooleanField(lazy_gettext("Lists of participants mark who takes part remotely"))
    phone = phone_field(lazy_gettext("Telephone number if the link fails"))


def remote_form(languages: Sequence[str]) -> type[BaseForm]:
    """Return the form with what to know of the platform in each language of the event."""
    hint = line_in(lazy_gettext("What to know of the platform"), required=False, longest=300)
    return in_languages(RemoteForm, languages, platform=hint)


class HeadForm(BaseForm):
    """Who is to be head of the delegation."""

    person = select_field(lazy_gettext("Head of delegation"))


class SeatedForm(BaseForm):
    """Who of a delegation sits in a session; `seen` is who did when the page was shown."""

    seen = HiddenField()
    who = TicksField(lazy_gettext("Who has a seat"), choices={}, validators=[Optional()])


class AbsenceForm(BaseForm):
    """From when on the head is away."""

    since = wall_field(lazy_gettext("The head is away from"))


class InsteadForm(BaseForm):
    """Who comes instead of somebody."""

    version = HiddenField()
    category = select_field(lazy_gettext("Category"))
    honorific = text_field(lazy_gettext("Form of address"), longest=60, optional=True)
    given_names = text_field(lazy_gettext("Given names"), optional=True)
    family_name = text_field(
        lazy_gettext("Family name"),
        description=lazy_gettext("Only one name? Leave one of the two empty."),
        optional=True,
    )
    functional_title = text_field(lazy_gettext("Title of the post"), optional=True)
    email = email_field(lazy_gettext("E-mail address"), optional=True)


class EndForm(BaseForm):
    """Taking a pool away, as the page showed it."""

    version = HiddenField()
