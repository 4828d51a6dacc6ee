"""Forms of floor cards."""

from eventhub.i18n import lazy_gettext
from eventhub.web.fields import count_field
from eventhub.web.forms import BaseForm


class CardsForm(BaseForm):
    """What is done for the delegations ticked; the count only where cards are made."""

    count = count_field(lazy_gettext("Cards for each delegation"), optional=True)
