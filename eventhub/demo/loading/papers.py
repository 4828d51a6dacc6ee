"""The agenda's items and the documents of sessions."""

import io
from datetime import datetime, time

from docx import Document

from eventhub.agenda.models.items import AgendaItem
from eventhub.agenda.queries import sessions_of
from eventhub.agenda.queries.items import agenda_of
from eventhub.agenda.rules.items import Move
from eventhub.agenda.services.documents import attach_document
from eventhub.agenda.services.items import add_item, move_item, take_up
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.demo.content import papers
from eventhub.demo.content.papers import DemoDocument
from eventhub.demo.loading.steps import instant
from eventhub.events.models import Event

LANGUAGE = "en"
"""In which the papers are written."""


def write_items(event: Event, actor: Actor) -> None:
    """Write the provisional agenda, and tie the sessions to its items."""
    given = papers.items_of(event.slug)
    made: list[AgendaItem] = []
    for item in given:
        made.append(add_item(event, item.title, item.annotation, actor=actor))
        if item.is_below:
            move_item(event, made[-1], Move.IN, actor=actor)
    for session in sessions_of(event.id):
        pairs = zip(given, made, strict=True)
        refs = [row.ref for item, row in pairs if session.code in item.sessions]
        take_up(event, session, refs, actor=actor)


def attach_papers(event: Event, actor: Actor, *, since: datetime, until: datetime) -> None:
    """Attach the documents of the days between two instants, each at its noon."""
    sessions = {session.code: session for session in sessions_of(event.id)}
    for paper in papers.documents_of(event.slug):
        noon = instant(datetime.combine(paper.on, time(12)), event)
        if not since < noon <= until:
            continue
        with clock.at(noon):
            attach_document(
                event,
                sessions[paper.session],
                _written(event, paper),
                name=f"{paper.symbol.replace('/', '-')}.docx",
                titles=paper.title,
                language=LANGUAGE,
                visibility=paper.visibility,
                actor=actor,
            )


def _written(event: Event, paper: DemoDocument) -> bytes:
    """Return the paper as a Word file: symbol, title, date, what it says."""
    document = Document()
    document.add_paragraph(f"{paper.symbol}\n{paper.on.isoformat()}")
    document.add_paragraph(event.title(LANGUAGE))
    document.add_heading(paper.title.pick(LANGUAGE), level=1)
    document.add_paragraph(paper.text)
    if paper.lists_items:
        agenda = agenda_of(event.id)
        for item in agenda.items:
            document.add_paragraph(f"{agenda.numbers[item.id]}  {item.titles.pick(LANGUAGE)}")
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()
