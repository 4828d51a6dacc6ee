"""Making the papers of a version: the worker's part, which knows WeasyPrint and Word."""

from collections.abc import Callable

from eventhub.agenda.made import Source
from eventhub.papers.kinds import PAPERS
from eventhub.papers.pdf import booklet_pdf, posters_pdf, programme_pdf, signs_pdf
from eventhub.papers.word import programme_docx
from eventhub.web.made_once import keep_made

MAKERS: dict[str, Callable[[Source], bytes]] = {
    "programme.pdf": programme_pdf,
    "booklet.pdf": booklet_pdf,
    "programme.docx": programme_docx,
    "posters.pdf": posters_pdf,
    "door-signs.pdf": signs_pdf,
}


def make(source: Source) -> None:
    """Make those papers of the present language that are not there yet."""
    for paper in PAPERS:
        if paper.find(source) is None:
            keep_made(paper.key(source), MAKERS[paper.filename](source))
