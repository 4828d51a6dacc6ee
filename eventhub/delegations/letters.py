"""Letters whole: head, reference, addressee, paragraphs, closing, from the data of the event."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from babel import Locale
from babel.lists import format_list
from sqlalchemy import func, select

from eventhub.core import clock
from eventhub.core.db import db
from eventhub.delegations.codes import code_of
from eventhub.delegations.letter_text import paragraphs
from eventhub.delegations.models import Delegation, InformationNote, Invitation
from eventhub.delegations.rules import note_symbol, shown_code
from eventhub.delegations.seams import SEATS
from eventhub.delegations.wordings import Owner, texts_of
from eventhub.entities.articles import body_in_text, in_text
from eventhub.entities.models import Entity
from eventhub.entities.rules import STATES
from eventhub.events.models import Event
from eventhub.events.words import city_of, where_of
from eventhub.i18n import LANGUAGES, Translated, _, current, direction, use
from eventhub.i18n.times import event_time, plain_day, span
from eventhub.institutions.letterheads import Head, head_of
from eventhub.institutions.models import Institution
from eventhub.protocol.models import EventEntity
from eventhub.protocol.queries import formally_named, named, own_at, settings_of
from eventhub.web.urls import absolute

SAMPLE_CODE, SAMPLE_NUMBER = "XXXXX-XXXXX", "1"
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


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a letter invites: its code, and its names as lists and as sentences have them."""

    code: str
    names: Translated
    own: Translated
    """Names that the event wrote itself; they are printed as they were written (R2.1)."""
    is_state: bool
    formal: Translated = field(default_factory=Translated)
    """Formal names, which go before the others where there is one in the language."""

    def on_paper(self, language: str) -> str:
        """Return the name above the letter: the formal one where there is one (R2.1)."""
        return self.formal.get(language) or self.names.pick(language)

    def in_text(self, language: str) -> str:
        """Return the name as a sentence has it (R2.2), formally where it can be (R2.1)."""
        if formal := self.formal.get(language):
            return body_in_text(formal, language)
        name = self.names.pick(language)
        if self.own.get(language):
            return name
        return in_text(self.code, name, language) if self.is_state else body_in_text(name, language)


def letters_out(
    event: Event, invitations: Sequence[Invitation], *, kind: str = "invitation"
) -> list[LetterOut]:
    """Return the letters of these invitations in their languages, in the order given.

    `kind` is invitation or reminder.
    """
    texts = texts_of(Owner.of(event))
    addressees = _addressees(event.id)
    frames: dict[str, Frame] = {}
    ids = [one.delegation_id for one in invitations]
    found = []
    for one in invitations:
        form = "reminder" if kind == "reminder" else one.form
        language = texts[form].language(one.language) or "en"
        if language not in frames:
            frames[language] = frame_of(event, language, ids)
        found.append(letter_out(one, addressees[one.delegation_id], texts[form][language], form,
                                frames[language]))  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class Frame:
    """What all letters of an event in one language share."""

    event: Event
    language: str
    institution: Institution
    head: Head
    seats: Mapping[int, str]
    """The seats of delegations in words, by delegation id."""
    enclosures: str


def frame_of(event: Event, language: str, delegation_ids: Collection[int] = ()) -> Frame:
    """Return what the letters of an event in this language share."""
    institution = db.session.get_one(Institution, event.institution_id)
    with use(language):
        seats: dict[int, str] = {}
        for told in SEATS if delegation_ids else ():
            seats |= told(event, delegation_ids)
        head = head_of(institution, language)
        return Frame(event, language, institution, head, seats, _enclosures(event, language))


def letter_out(
    invitation: Invitation, entity: Addressee, text: str, form: str, frame: Frame
) -> LetterOut:
    """Return one letter with this text, whoever wrote it."""
    event, language = frame.event, frame.language
    code = shown_code(code_of(invitation)) if invitation.code_key else SAMPLE_CODE
    with use(language):
        values = _values(invitation, entity, frame) | {"code": code}
        return LetterOut(
            language=language,
            direction=direction(),
            form=form,
            title=f"{event.title(language)}: {entity.names.pick(language)}",
            subject=event.title(language),
            head=frame.head,
            reference=invitation.reference_no,
            day=plain_day(invitation.dated_on),
            addressee=entity.on_paper(language),
            paragraphs=paragraphs(text, values, language),
            code=code,
            is_signed=form == "letter",
            words=said(invitation.reference_no),
            file_stem=f"{entity.code}-{form}-{language}".lower(),
        )


def said(reference: str) -> dict[str, str]:
    """Return the fixed words of a letter with this number, in the present language."""
    number = _apart({"reference": reference})["reference"]
    return {
        "reference": _("Reference: %(reference)s", reference=number),
        "stamp": _("Stamp and initials"),
        "clearance": _("DRAFT FOR CLEARANCE"),
        "note": _("Note verbale"),
    }


def _values(invitation: Invitation, entity: Addressee, frame: Frame) -> dict[str, str]:
    values = {
        "entity": _typeset(entity.in_text(frame.language)),
        "seats": frame.seats.get(invitation.delegation_id, ""),
        "address": absolute("delegations.claim", lang=frame.language, slug=frame.event.slug),
        "reference": invitation.reference_no,
        "date": plain_day(invitation.dated_on),
        "enclosures": frame.enclosures,
    }
    return _apart(values) | values_for_all(frame.event, frame.institution, frame.language)


def values_for_all(event: Event, host_of: Institution, language: str) -> dict[str, str]:
    """Return the fields that are the same for every addressee, in the present language."""
    host = host_of.names.pick(language, host_of.languages)
    values = {
        "event": _typeset(event.title(language)),
        "dates": span(event.starts_on, event.ends_on),
        "place": where_of(event),
        "purpose": " ".join(event.summary.get(language, "").split()),
        "languages": language_names(event.working_languages or event.languages),
        "interpretation": language_names(event.interpretation),
        "deadline": event_time(event.registration_closes_at, event.zone, city_of(event)),
        "contact": event.contact_email,
        "host": _typeset(body_in_text(host, language)),
    }
    return _apart(values)


def _typeset(name: str) -> str:
    return name.replace("'", "’") if current() == "fr" else name


def _apart(values: dict[str, str]) -> dict[str, str]:
    """Let what reads from the left keep its order inside a line that reads from the right."""
    if direction() == "rtl":
        for name in {"address", "contact", "reference"} & set(values):
            values[name] = f"{LEFT_TO_RIGHT}{values[name]}{END}"
    return values


def _enclosures(event: Event, language: str) -> str:
    """Return what goes with a letter (R1.13): the newest information note, where the programme is.

    In the present language.
    """
    newest = select(func.max(InformationNote.revision)).where(InformationNote.event_id == event.id)
    revision = db.session.scalar(newest)
    address = absolute("events.show", lang=language, slug=event.slug)
    if direction() == "rtl":
        address = f"{LEFT_TO_RIGHT}{address}{END}"
    if revision is None:
        return _("provisional programme at %(address)s", address=address)
    return _(
        "information note %(symbol)s; provisional programme at %(address)s",
        symbol=note_symbol(event.code, revision),
        address=address,
    )


def sample_letter(
    event: Event, delegation_id: int, text: str, form: str, language: str
) -> LetterOut:
    """Return a letter with this text to a delegation of the event, its code and number made up."""
    invitation = Invitation(
        delegation_id=delegation_id,
        reference_no=f"{SAMPLE_NUMBER}/{clock.now().year}",
        dated_on=clock.now().date(),
        code_key="",
    )
    frame = frame_of(event, language, [delegation_id])
    return letter_out(invitation, _addressees(event.id)[delegation_id], text, form, frame)


def language_names(codes: Sequence[str]) -> str:
    """Return the names of languages in the present language, as its sentences list them."""
    locale = Locale.parse(current())
    names = [locale.languages[code] for code in codes if code in LANGUAGES]
    return str(format_list(names, locale=locale)) if names else ""


def _addressees(event_id: int) -> dict[int, Addressee]:
    query = (
        select(Delegation.id, Entity, EventEntity)
        .join(Entity, Entity.id == Delegation.entity_id)
        .outerjoin(EventEntity, own_at(event_id))
        .where(Delegation.event_id == event_id)
    )
    formal = settings_of(event_id).formal_names
    return {
        row[0]: addressee_of(row[1], row[2], formal=formal) for row in db.session.execute(query)
    }


def addressee_of(entity: Entity, own: EventEntity | None, *, formal: bool) -> Addressee:
    """Return an entity as letters of the event name it, with its formal names where wanted."""
    return Addressee(
        entity.code,
        named(entity, own),
        own.names if own else Translated(),
        entity.kind in STATES,
        formally_named(entity, own) if formal else Translated(),
    )
