"""Forms of one's own calendar."""

from eventhub.i18n import lazy_gettext
from eventhub.web.fields import TicksField
from eventhub.web.forms import BaseForm


class ChooseForm(BaseForm):
    """Which sessions shall stand in one's own calendar."""

    sessions = TicksField(lazy_gettext("Sessions"), choices={}, validate_choice=False)
