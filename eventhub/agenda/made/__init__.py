"""The public pages of the programme, made once for each version, language and form."""

from eventhub.agenda.made.days import ALL, day_page, first_page
from eventhub.agenda.made.items import agenda_page
from eventhub.agenda.made.people import speaker_page, speakers_page
from eventhub.agenda.made.session import session_page
from eventhub.agenda.made.source import (
    GRID,
    GRID_DIGEST,
    NOTHING,
    Asked,
    Source,
    frame_values,
    page_values,
    public_session,
    published_source,
    values,
)
from eventhub.agenda.made.usual import make_usual

__all__ = [
    "ALL",
    "GRID",
    "GRID_DIGEST",
    "NOTHING",
    "Asked",
    "Source",
    "agenda_page",
    "day_page",
    "first_page",
    "frame_values",
    "make_usual",
    "page_values",
    "public_session",
    "published_source",
    "session_page",
    "speaker_page",
    "speakers_page",
    "values",
]
