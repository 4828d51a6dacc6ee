"""Forms that ask for a print run, and that write down who took which badges."""

from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from eventhub.i18n import lazy_gettext
from eventhub.web.fields import said
from eventhub.web.forms import BaseForm, text_field

STATES = {
    "changed": lazy_gettext("Not printed yet, or changed since they were printed"),
    "new": lazy_gettext("Not printed yet"),
    "all": lazy_gettext("All of them, again"),
}
CODES = {
    "signed": lazy_gettext("Signed: doors check it without a network"),
    "short": lazy_gettext("Short, with larger squares: doors must be online"),
}


class RunForm(BaseForm):
    """Whose badges, and how; what is left empty limits nothing."""

    state = RadioField(lazy_gettext("Which badges"), choices=said(STATES), default="changed")
    kinds = SelectMultipleField(
        lazy_gettext("Only these categories"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    entity = SelectField(lazy_gettext("Only one State or organization"), validators=[Optional()])
    group = SelectField(lazy_gettext("Only one group of States"), validators=[Optional()])
    people = text_field(
        lazy_gettext("Only these people"), optional=True, area=True, longest=4000,
        description=lazy_gettext("Their numbers, such as ZMB-07, separated by blanks or commas."),
    )  # fmt: skip
    covers = BooleanField(
        lazy_gettext("With cover sheets for envelopes"),
        description=lazy_gettext(
            "One sheet for each delegation: the badges inside, and a line to sign."
        ),
    )
    code = RadioField(lazy_gettext("Code on the badge"), choices=said(CODES), default="signed")


class PrintOneForm(BaseForm):
    """The wish for one badge; it carries its key alone."""


class HandOverForm(BaseForm):
    """Who takes which badges of an envelope, and signs for them."""

    badges = SelectMultipleField(
        lazy_gettext("Badges"), widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(), validate_choice=False,
    )  # fmt: skip
    taken_by = text_field(
        lazy_gettext("Taken by"),
        description=lazy_gettext("The name of whoever signs the cover sheet."),
        missing=lazy_gettext("Write the name of whoever signs for the badges."),
    )


class HandOneForm(BaseForm):
    """Who takes one badge at the desk, and the sticker on it."""

    taken_by = text_field(
        lazy_gettext("Taken by"),
        missing=lazy_gettext("Write the name of whoever signs for the badges."),
    )
    sticker = text_field(lazy_gettext("Serial of the hologram sticker"), optional=True, longest=40)


PLATES = {
    "confirmed": lazy_gettext("Those with people confirmed"),
    "invited": lazy_gettext("All that are invited, without those who sent regrets"),
}


class PlatesForm(BaseForm):
    """Whose name plates, and what stands on them."""

    who = RadioField(
        lazy_gettext("Which States and organizations"), choices=said(PLATES), default="confirmed"
    )
    entity = SelectField(lazy_gettext("Only one State or organization"), validators=[Optional()])
    group = SelectField(lazy_gettext("Only one group of States"), validators=[Optional()])
    language = SelectField(lazy_gettext("Second language"), validators=[Optional()])
    formal = BooleanField(
        lazy_gettext("Formal names"),
        description=lazy_gettext("The usual name stands where there is no formal one."),
    )
    heads = BooleanField(
        lazy_gettext("With the name of the head of delegation"),
        description=lazy_gettext("Only of heads who are confirmed."),
    )
