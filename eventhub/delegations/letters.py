"""Letters whole: head, reference, addressee, paragraphs, closing, from the data of the event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from babel import Locale
from babel.lists import format_list
from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.db import db
from eventhub.delegations.codes import code_of
from eventhub.delegations.letter_text import default_texts, paragraphs
from eventhub.delegations.models import Delegation, Invitation, LetterText
from eventhub.delegations.rules import shown_code
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.events.words import city_of, where_of
from eventhub.i18n import LANGUAGES, Translated, _, current, direction, use
from eventhub.i18n.times import event_time, plain_day, span
from eventhub.institutions.letterheads import Head, head_of
from eventhub.institutions.models import Institution
from eventhub.web.urls import absolute

LEFT_TO_RIGHT, END = "\u2066", "\u2069"


@dataclass(frozen=True, slots=True)
class LetterOut:
    """One letter that goes out, in one language, ready to be drawn."""

    language: str
    direction: str
    form: str
    """letter, note_verbale, reminder."""
    title: str
    subject: str
    head: Head
    reference: str
    day: str
    addressee: str
    paragraphs: Sequence[str]
    code: str
    """The paragraph that stands alone as the code, "" for none."""
    is_signed: bool
    words: Mapping[str, str] = field(default_factory=dict)
    file_stem: str = "letter"


def texts_for(event: Event) -> dict[str, Translated]:
    """Return the texts of each kind as they count for an event: its own, its host's, ours."""
    query = select(LetterText).where(
        (LetterText.event_id == event.id) | (LetterText.institution_id == event.institution_id)
    )
    found = dict(default_texts())
    rows = sorted(db.session.scalars(query), key=lambda row: row.event_id is not None)
    for row in rows:
        found[row.kind] = Translated({**found.get(row.kind, Translated()), **row.texts})
    return found


def letters_out(
    event: Event, invitations: Sequence[Invitation], *, kind: str = "invitation"
) -> list[LetterOut]:
    """Return the letters of these invitations in their languages, in the order given.

    `kind` is invitation or reminder.
    """
    institution = db.session.get_one(Institution, event.institution_id)
    texts = texts_for(event)
    entities = _entities(event.id)
    heads: dict[str, Head] = {}
    found = []
    for one in invitations:
        form = "reminder" if kind == "reminder" else one.form
        language = texts[form].language(one.language) or "en"
        if language not in heads:
            heads[language] = head_of(institution, language)
        entity = entities[one.delegation_id]
        found.append(
            _letter(
                event,
                one,
                entity,
                texts[form][language],
                form,
                language,
                heads[language],
                institution,
            )
        )
    return found


def _letter(
    event: Event,
    invitation: Invitation,
    entity: Entity,
    text: str,
    form: str,
    language: str,
    head: Head,
    institution: Institution,
) -> LetterOut:
    code = shown_code(code_of(invitation))
    with use(language):
        values = _values(event, invitation, entity, language, institution) | {"code": code}
        return LetterOut(
            language=language,
            direction=direction(),
            form=form,
            title=f"{event.title(language)}: {entity.names.pick(language)}",
            subject=event.title(language),
            head=head,
            reference=invitation.reference_no,
            day=plain_day(invitation.dated_on),
            addressee=entity.names.pick(language),
            paragraphs=paragraphs(text, values),
            code=code,
            is_signed=form == "letter",
            words=said(),
            file_stem=f"{entity.code}-{form}-{language}".lower(),
        )


def said() -> dict[str, str]:
    """Return the fixed words of a letter in the present language."""
    return {
        "reference": _("Reference"),
        "stamp": _("Stamp and initials"),
        "clearance": _("DRAFT FOR CLEARANCE"),
        "note": _("Note verbale"),
    }


def _values(
    event: Event, invitation: Invitation, entity: Entity, language: str, institution: Institution
) -> dict[str, str]:
    values = {
        "entity": entity.names.pick(language),
        "event": event.title(language),
        "dates": span(event.starts_on, event.ends_on),
        "place": where_of(event),
        "purpose": " ".join(event.summary.get(language, "").split()),
        "languages": language_names(event.working_languages or event.languages),
        "deadline": event_time(event.registration_closes_at, event.zone, city_of(event)),
        "address": absolute("delegations.claim", lang=language, slug=event.slug),
        "contact": event.contact_email,
        "host": institution.names.pick(language, institution.languages),
        "reference": invitation.reference_no,
        "date": plain_day(invitation.dated_on),
    }
    if direction() == "rtl":  # what reads from the left keeps its order inside the line
        for name in ("address", "contact", "reference"):
            values[name] = f"{LEFT_TO_RIGHT}{values[name]}{END}"
    return values


def sample_values(event: Event, language: str) -> dict[str, str]:
    """Return what fields become in a preview, for an entity that stands for any."""
    institution = db.session.get_one(Institution, event.institution_id)
    invitation = Invitation(reference_no="1/2026", dated_on=clock.now().date())
    with use(language):
        entity = Entity(names=Translated({language: _("Name of the State")}))
        values = _values(event, invitation, entity, language, institution)
        return {**values, "code": "XXXXX-XXXXX"}


def language_names(codes: Sequence[str]) -> str:
    """Return the names of languages in the present language, as its sentences list them."""
    locale = Locale.parse(current())
    names = [locale.languages[code] for code in codes if code in LANGUAGES]
    return str(format_list(names, locale=locale)) if names else ""


def _entities(event_id: int) -> dict[int, Entity]:
    query = (
        select(Delegation.id, Entity)
        .join(Entity, Entity.id == Delegation.entity_id)
        .where(Delegation.event_id == event_id)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}
