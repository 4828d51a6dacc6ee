"""What the formats contribute to lower packages: a way from the programme, files made with it."""

from flask import url_for

from eventhub.agenda.seams import PROGRAMME_FILES, PROGRAMME_WAYS, Way
from eventhub.events.models import Event
from eventhub.exchange.files import make_files
from eventhub.i18n import _, current


def connect() -> None:
    """Fill the seams of lower packages; twice is harmless."""
    if to_apps not in PROGRAMME_WAYS:
        PROGRAMME_WAYS.append(to_apps)
    if make_files not in PROGRAMME_FILES:
        PROGRAMME_FILES.append(make_files)


def to_apps(event: Event) -> Way:
    """Lead from the programme to its files for conference apps."""
    url = url_for("exchange.apps", lang=current(), slug=event.slug)
    return Way(_("Read the programme in a conference app"), url)
