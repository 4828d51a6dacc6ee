"""The sheet of a delegation and the list of heads as PDFs, made by the worker."""

from collections.abc import Collection
from typing import Any

from eventhub.arrivals.queries.heads import heads_of
from eventhub.arrivals.queries.sheet import sheet_of
from eventhub.arrivals.queries.travel import KEY, officers_of, travellers_of
from eventhub.arrivals.words import whole
from eventhub.core import clock
from eventhub.core.actor import EVERYTHING, Scope
from eventhub.core.db import db
from eventhub.delegations.queries import get_delegation, get_delegation_by_id
from eventhub.events.models import Event
from eventhub.events.queries import get_event_by_id
from eventhub.events.words import where_of
from eventhub.files.services import store_file
from eventhub.i18n import _, direction, use
from eventhub.i18n.times import moment, span
from eventhub.institutions.models import Institution
from eventhub.printing.html_pdf import render_pdf
from eventhub.registration.queries import setup_of
from eventhub.web.site import rendered


def sheet_paper(
    event_id: int, delegation_id: int, categories: Collection[int] | None, language: str
) -> tuple[bytes, str]:
    """Return the PDF of a delegation's sheet in a language, and the name of its file.

    `categories` are those that whoever asked may see; None is all.
    """
    setup = setup_of(event_id)
    scope = Scope(frozenset(categories)) if categories is not None else EVERYTHING
    delegation = get_delegation_by_id(event_id, delegation_id)
    with use(language):
        sent = get_delegation(event_id, delegation.ref, EVERYTHING)
        title = _("Arrivals of %(entity)s", entity=sent.name)
        values = _values(setup.event, language, title)
        sheet = sheet_of(setup, scope, sent)
        html = rendered("print/arrivals/sheet.html", entity=sent.name, sheet=sheet, **values)
    pdf = render_pdf(html, lang=language, title=title, created_at=clock.now())
    return pdf, f"{setup.event.slug}-arrivals-{sent.entity.code.lower()}-{language}.pdf"


def heads_paper(
    event_id: int, shown: Collection[int], language: str, *, has_arrivals: bool
) -> tuple[bytes, str]:
    """Return the PDF of the list of heads in a language, and the name of its file.

    Arrivals stand there for the registrations in `shown` only.
    """
    event = get_event_by_id(event_id)
    with use(language):
        title = _("Heads of delegation")
        values = _values(event, language, title)
        arrivals = arrivals_of_heads(event, EVERYTHING) if has_arrivals else {}
        html = rendered(
            "print/arrivals/heads.html",
            heads=heads_of(event_id),
            arrivals={key: said for key, said in arrivals.items() if key in shown},
            officers=officers_of(event_id) if has_arrivals else {},
            has_arrivals=has_arrivals,
            **values,
        )
    pdf = render_pdf(html, lang=language, title=title, created_at=clock.now())
    return pdf, f"{event.slug}-heads-{language}.pdf"


def arrivals_of_heads(event: Event, scope: Scope) -> dict[int, str]:
    """Return in words when people within the scope arrive, by registration id."""
    return {
        one.row.id: whole(one.travel.arrival, event.zone)
        for one in travellers_of(event.id, scope)
        if one.travel.arrival.is_there
    }


def keep_paper(event_id: int, pdf: bytes, name: str) -> int:
    """Keep a PDF under the key of journeys, so that it goes with them; return the file's id."""
    file = store_file(
        pdf, event_id=event_id, data_class=KEY, name=name, media_type="application/pdf"
    )
    return file.id


def _values(event: Event, language: str, title: str) -> dict[str, Any]:
    institution = db.session.get_one(Institution, event.institution_id)
    return {
        "lang": language,
        "dir": direction(language),
        "institution": institution.names.pick(language, event.languages),
        "reference": event.code,
        "data_time": _("As of %(time)s", time=moment(clock.now(), event.zone)),
        "title": title,
        "event": event.title(language),
        "days": span(event.starts_on, event.ends_on),
        "place": where_of(event),
    }
