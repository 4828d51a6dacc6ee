"""The form of an import of the programme: how it is read, what is made of what is not known."""

from eventhub.i18n import lazy_gettext
from eventhub.web.fields import TicksField, said
from eventhub.web.importing import ColumnsForm

MAKES = {
    "rooms": lazy_gettext("Rooms that the event does not have"),
    "tracks": lazy_gettext("Tracks that the event does not have"),
    "speakers": lazy_gettext("Speakers whom the event does not have"),
}


class ReadingForm(ColumnsForm):
    """How the file is read, and what is made where the event has none of that name."""

    makes = TicksField(lazy_gettext("Make what is missing"), choices=said(MAKES))
