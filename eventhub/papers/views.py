"""The papers of the programme, and the page that leads to them."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda.made import Source, page_values, published_source
from eventhub.agenda.queries.versions import PAPERS as JOB
from eventhub.agenda.queries.versions import papers_wait
from eventhub.core.db import transaction
from eventhub.core.errors import NotFound
from eventhub.i18n import current
from eventhub.jobs.services import queue
from eventhub.papers.kinds import BY_FILENAME, PAPERS
from eventhub.web.access import PUBLIC, requires
from eventhub.web.made_once import respond

bp = Blueprint("papers", __name__)


@bp.get("/<lang>/<slug>/programme/papers")
@requires(PUBLIC)
def show_papers(lang: str, slug: str) -> ResponseReturnValue:
    """Say which papers there are; those that are missing are asked for now."""
    source = published_source(slug)
    papers = [(one, one.kilobytes(source)) for one in PAPERS]
    is_waiting = any(size is None for _paper, size in papers)
    if is_waiting and not papers_wait(source.event.id, source.number):
        _ask_for(source)
    values = page_values(source.event, source.host, "papers.show_papers", None)
    return render_template("papers/show.html", **values, papers=papers, is_waiting=is_waiting)


@bp.get("/<lang>/<slug>/programme/papers/<filename>")
@requires(PUBLIC)
def show_paper(lang: str, slug: str, filename: str) -> ResponseReturnValue:
    """Answer a paper of the version in force; lead back to the page while it is being made."""
    source = published_source(slug)
    paper = BY_FILENAME.get(filename)
    if paper is None:
        raise NotFound
    found = paper.find(source)
    if found is None:
        return redirect(url_for("papers.show_papers", lang=lang, slug=slug))
    name = f"{slug}-{current()}-{filename}"
    return respond(found, paper.media_type, filename=name)


def _ask_for(source: Source) -> None:
    """Let the worker make what is missing; asked for once, however many look."""
    event, number = source.event, source.number
    with transaction():
        queue(JOB, event_id=event.id, once=f"papers:{event.id}:{number}", number=number)
