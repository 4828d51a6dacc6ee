"""Work that follows a publication."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from flask import current_app

from eventhub.agenda import services
from eventhub.agenda.made import Source, make_usual
from eventhub.agenda.queries import find_coming, latest_number
from eventhub.agenda.queries.versions import PAPERS
from eventhub.agenda.seams import PROGRAMME_PAPERS
from eventhub.core.db import transaction
from eventhub.events.models import Event
from eventhub.events.queries import get_event_by_id, host_names
from eventhub.i18n import use
from eventhub.jobs.runner import Work, handles
from eventhub.web.made_once import forget_others

Made = TypeVar("Made")


@handles("agenda.render")
def render_pages(work: Work, *, number: int) -> dict[str, Any]:
    """Make the public pages of a version in every language, before anybody asks for them.

    Nothing is lost where this fails: a page that is missing is made when it is asked for.
    """
    return _render(work, number)


@handles(PAPERS)
def print_papers(work: Work, *, number: int) -> dict[str, Any]:
    """Make the papers of a version in every language, as far as features make any."""
    source = _source(work.event_id or 0, number)
    if source is None:
        return {}
    _in_each_language(work, source.event, lambda: [make(source) for make in PROGRAMME_PAPERS])
    return {"languages": len(source.event.languages)}


def _render(work: Work, number: int) -> dict[str, Any]:
    event_id = work.event_id or 0
    source = _source(event_id, number)
    if source is None:
        return {"pages": 0}
    pages = _in_each_language(work, source.event, lambda: make_usual(source))
    with current_app.test_request_context():
        kept = {replace(source, number=one).key("").stamp for one in _wanted(event_id)}
    forget_others(source.event.ref, kept)
    return {"pages": sum(pages)}


def _source(event_id: int, number: int) -> Source | None:
    """Return what the pages of a version are made from; None where nobody reads it any more."""
    if number not in _wanted(event_id):
        return None
    event = get_event_by_id(event_id)
    return Source(event, host_names({event.institution_id})[event.institution_id], number)


def _wanted(event_id: int) -> set[int]:
    """Return the numbers of the version in force and of the one that is coming."""
    coming = find_coming(event_id)
    numbers = (latest_number(event_id), coming.number if coming else None)
    return {number for number in numbers if number is not None}


def _in_each_language(work: Work, event: Event, make: Callable[[], Made]) -> list[Made]:
    """Return what is made in each language of the event, telling how far it is."""
    made = []
    with current_app.test_request_context():
        for language in event.languages:
            with use(language):
                made.append(make())
            work.progress(len(made), len(event.languages))
    return made


@handles("agenda.appear")
def appear(work: Work, *, number: int) -> dict[str, Any]:
    """End the embargo of a version: tell who listens, and drop the pages of the former one.

    Readers need no worker for it: which version is in force they see by the clock.
    """
    with transaction():
        event = get_event_by_id(work.event_id or 0)
        if not services.appear(event, number):
            return {}
    return _render(work, number)


@handles("agenda.tell")
def tell(work: Work) -> dict[str, Any]:
    """Tell those whom the latest versions concern what changed for them (R3.5)."""
    with transaction():
        return {"letters": services.tell_readers(get_event_by_id(work.event_id or 0))}
