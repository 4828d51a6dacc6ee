"""Forms of venues and their rooms."""

from wtforms import HiddenField

from eventhub.i18n import lazy_gettext
from eventhub.venues.words import LAYOUTS
from eventhub.web.fields import TicksField, count_field, every_language, said
from eventhub.web.forms import BaseForm, select_field, text_field


class VenueForm(BaseForm):
    """A venue, beside its name and address in each language."""

    version = HiddenField()
    city = text_field(lazy_gettext("City"), longest=120)
    country = select_field(lazy_gettext("Country"), optional=True)
    zone = select_field(lazy_gettext("Time zone"))


class RoomForm(BaseForm):
    """A room, beside its name in each language."""

    code = text_field(lazy_gettext("Short code"), longest=40)
    capacity = count_field(lazy_gettext("Seats"), optional=True)
    layout = select_field(lazy_gettext("How it is set"), choices=said(LAYOUTS))
    booths = TicksField(
        lazy_gettext("Interpretation booths"), choices=every_language, validate_choice=False
    )
