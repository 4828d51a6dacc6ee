"""The form of a rehearsal."""

from wtforms import BooleanField

from eventhub.i18n import lazy_gettext
from eventhub.web.fields import day_field
from eventhub.web.forms import BaseForm


class RehearseForm(BaseForm):
    """The day on which the rehearsal starts, and whether invented people register in it."""

    starts_on = day_field(lazy_gettext("First day of the rehearsal"))
    stand_ins = BooleanField(
        lazy_gettext("Let about 40 invented people register in it"), default=True
    )
