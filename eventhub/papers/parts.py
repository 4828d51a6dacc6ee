"""What papers contribute to lower packages: a way from the programme, the making by the worker."""

from flask import url_for

from eventhub.agenda.made import Source
from eventhub.agenda.seams import PROGRAMME_PAPERS, PROGRAMME_WAYS, Way
from eventhub.events.models import Event
from eventhub.i18n import _, current


def connect() -> None:
    """Fill the seams of lower packages; twice is harmless."""
    if to_papers not in PROGRAMME_WAYS:
        PROGRAMME_WAYS.append(to_papers)
    if make_papers not in PROGRAMME_PAPERS:
        PROGRAMME_PAPERS.append(make_papers)


def to_papers(event: Event) -> Way:
    """Lead from the programme to its papers."""
    url = url_for("papers.show_papers", lang=current(), slug=event.slug)
    return Way(_("Programme to print"), url)


def make_papers(source: Source) -> None:
    """Make the papers of the present language."""
    from eventhub.papers.making import make  # noqa: PLC0415  (heavy: only the worker makes papers)

    make(source)
