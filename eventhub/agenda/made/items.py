"""The page of the agenda's items."""

from eventhub.agenda.agenda_page import show_agenda
from eventhub.agenda.made.source import NOTHING, Source, values
from eventhub.core.errors import NotFound
from eventhub.web.made_once import render


def agenda_page(source: Source) -> bytes:
    """Return the page of the agenda's items; NotFound where the programme has none."""
    programme = source.programme()
    if not programme.items:
        raise NotFound
    return render(
        "agenda/public_agenda.html",
        **values(source, programme, "agenda.public_agenda"),
        items=show_agenda(programme, NOTHING.view(source.event)),
        is_adopted=programme.is_adopted,
    )
