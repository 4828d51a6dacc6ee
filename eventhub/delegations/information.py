"""The information note: what delegations must know, from event data, frozen in numbered issues.

INF.1 is the first issue, INF.1/Rev.1 the next (R1.35).
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus

from babel.numbers import get_currency_name, get_territory_currencies
from sqlalchemy import select

from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db, dumps, transaction
from eventhub.core.errors import Conflict
from eventhub.core.rows import one_of_event
from eventhub.core.text import fold
from eventhub.delegations.letter_text import INFORMATION, paragraphs
from eventhub.delegations.letters import language_names, values_for_all
from eventhub.delegations.models import InformationNote
from eventhub.delegations.practical import HEADINGS, practical_of
from eventhub.delegations.rules import note_symbol
from eventhub.delegations.seams import DEADLINES
from eventhub.delegations.wordings import Owner, texts_of
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.events.queries import get_event_by_id, info_pages_of
from eventhub.events.words import city_of, where_of
from eventhub.files.services import store_file
from eventhub.i18n import Translated, _, current, direction, use
from eventhub.i18n.times import day, event_time, offset, plain_day, span, zone_city
from eventhub.institutions.models import Institution
from eventhub.jobs.services import queue
from eventhub.printing.html_pdf import render_pdf
from eventhub.venues.models import Venue
from eventhub.web.markdown import markdown
from eventhub.web.site import rendered
from eventhub.web.urls import absolute

MAP = "https://www.openstreetmap.org/search?query="
"""Where a map of a place is found; printed, never fetched."""


def symbol(event: Event, revision: int) -> str:
    """Return the symbol of an issue: XIAMEN-2024/INF.1/Rev.2."""
    return note_symbol(event.code, revision)


def content_of(event: Event) -> dict[str, list[dict[str, Any]]]:
    """Return what the note would say now, by language: sections with heading and facts or HTML.

    The first section has the note's opening words too, as the institution or the event wrote them.
    """
    pages, text = info_pages_of(event.id), texts_of(Owner.of(event))[INFORMATION]
    practical = practical_of(event.id)
    institution = db.session.get_one(Institution, event.institution_id)
    venue = db.session.get(Venue, event.venue_id) if event.venue_id else None
    country = db.session.get(Entity, event.country_id) if event.country_id else None
    deadlines = [one for tell in DEADLINES for one in tell(event)]
    found: dict[str, list[dict[str, Any]]] = {}
    for language in event.languages:
        with use(language):
            spoken = text.language(language) or "en"
            with use(spoken):
                values = values_for_all(event, institution, spoken)
                opening = paragraphs(text[spoken], values, spoken)
            facts = _facts(event, venue, country, deadlines)
            glance = {"heading": _("The event at a glance"), "facts": facts}
            rows: list[dict[str, Any]] = [{**glance, "opening": opening, "language": spoken}]
            rows += [
                _section(str(HEADINGS[code]), body, language, event)
                for code, body in practical.items()
                if body
            ]
            rows += [
                _section(page.titles.pick(language, event.languages), page.bodies, language, event)
                for page in pages
                if page.is_public and page.bodies
            ]
            found[language] = rows
    return found


def _section(heading: str, body: Translated, language: str, event: Event) -> dict[str, Any]:
    return {
        "heading": heading,
        "html": str(markdown(body.pick(language, event.languages))),
        "language": body.language(language, event.languages),
    }


def _facts(
    event: Event,
    venue: Venue | None,
    country: Entity | None,
    deadlines: Sequence[tuple[object, datetime]],
) -> list[list[str]]:
    languages = language_names(event.working_languages or event.languages)
    spoken = language_names(event.interpretation)
    facts = [
        [_("Event"), event.title()],
        [_("Days"), span(event.starts_on, event.ends_on)],
        [_("First day"), day(event.starts_on)],
        [_("Venue"), where_of(event)],
        [_("Address"), _address_of(venue, event)],
        [_("Map"), _map_of(event)],
        [
            _("Time zone"),
            f"{zone_city(event.zone)} ({offset(event.starts_at, event.zone)})",
        ],
        [
            _("Registration opens"),
            event_time(event.registration_opens_at, event.zone, city_of(event))
            if event.registration_opens_at
            else "",
        ],
        [
            _("Names are awaited until"),
            event_time(event.registration_closes_at, event.zone, city_of(event)),
        ],
        *([str(label), event_time(at, event.zone, city_of(event))] for label, at in deadlines),
        [_("Working languages"), languages],
        [_("Interpretation"), spoken],
        [_("Money"), _money_of(country, event)],
        [_("Programme"), absolute("events.show", lang=current(), slug=event.slug)],
        [_("Contact"), event.contact_email],
    ]
    return [fact for fact in facts if fact[1]]


def _address_of(venue: Venue | None, event: Event) -> str:
    """Return the venue's address in one line, "" where none is known."""
    address = venue.address.pick(None, event.languages) if venue else ""
    return ", ".join(line.strip(" ,") for line in address.splitlines() if line.strip())


def _map_of(event: Event) -> str:
    """Return an address on a map for the venue, "" for an event without a place."""
    if event.mode == "online" or not event.venue_names:
        return ""
    name = event.venue_names.pick("en")
    says_city = fold(event.city) in fold(name)
    return MAP + quote_plus(name if says_city else f"{name}, {event.city}")


def _money_of(country: Entity | None, event: Event) -> str:
    """Return the currency of the event's country on its first day, by name and code."""
    if country is None or not country.iso2:
        return ""
    day = event.starts_on
    codes = get_territory_currencies(country.iso2, day, day, tender=True, non_tender=False)
    return ", ".join(f"{get_currency_name(code, locale=current())} ({code})" for code in codes)


def notes_of_event(event_id: int) -> list[InformationNote]:
    """Return the issues so far, the newest first."""
    query = select(InformationNote).where(InformationNote.event_id == event_id)
    return list(db.session.scalars(query.order_by(InformationNote.revision.desc())))


def get_note(event_id: int, ref: str) -> InformationNote:
    """Return an issue by its ref; else NotFound."""
    return one_of_event(InformationNote, event_id, InformationNote.ref == ref)


def issue_note(event: Event, *, actor: Actor) -> InformationNote:
    """Freeze what the note says now as the next issue; Conflict where nothing changed."""
    content = content_of(event)
    digest = hashlib.sha256(dumps(content).encode()).hexdigest()
    issued = notes_of_event(event.id)
    if issued and issued[0].sha256 == digest:
        raise Conflict(_("Nothing has changed since the last issue."))
    note = InformationNote(
        event_id=event.id,
        revision=issued[0].revision + 1 if issued else 0,
        content=content,
        sha256=digest,
        issued_by=actor.label,
        issued_at=clock.now(),
    )
    db.session.add(note)
    db.session.flush()
    changes = {"symbol": (None, symbol(event, note.revision))}
    subject = Subject("information_note", note.ref, changes)
    record(actor, "information_note.issue", [subject], event_id=event.id)
    queue("delegations.information_note", event_id=event.id, note_id=note.id)
    return note


def make_note_files(note_id: int) -> None:
    """Make the PDF of each language of an issue, once."""
    note = db.session.get_one(InformationNote, note_id)
    event = get_event_by_id(note.event_id)
    institution = db.session.get_one(Institution, event.institution_id)
    made = {
        language: _pdf(event, institution, note, language, sections)
        for language, sections in note.content.items()
        if language not in note.files
    }
    with transaction():
        files = dict(note.files)
        for language, pdf in made.items():
            stem = symbol(event, note.revision).replace("/", "-")
            files[language] = store_file(
                pdf,
                event_id=event.id,
                data_class="information_note",
                name=f"{stem}-{language}.pdf",
                media_type="application/pdf",
            ).id
        note.files = files


def _pdf(
    event: Event,
    institution: Institution,
    note: InformationNote,
    language: str,
    sections: Sequence[dict[str, Any]],
) -> bytes:
    with use(language):
        title = _("Information note")
        html = rendered(
            "print/letters/information_note.html",
            lang=language,
            dir=direction(),
            institution=institution.names.pick(language, institution.languages),
            reference=symbol(event, note.revision),
            data_time=plain_day(note.issued_at.date()),
            title=title,
            event_title=event.title(language),
            sections=sections,
        )
        return render_pdf(html, lang=language, title=title, created_at=note.issued_at)
