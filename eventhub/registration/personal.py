"""What registrations hold of a person: whose it is, the copy of it, and forgetting it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from eventhub.agenda.models import Session, Speaker
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict
from eventhub.delegations.models import OfficialLetter
from eventhub.entities.models import Entity, RankLevel
from eventhub.events.models import Category, Event
from eventhub.files.models import StoredFile
from eventhub.files.services import erase_files
from eventhub.i18n import LANGUAGES, _
from eventhub.people.models import Account
from eventhub.people.seams import Held, PersonalData, Row, Whose
from eventhub.registration.models import (
    ChangeRequest,
    Consent,
    Decision,
    ImportedRow,
    LetterCover,
    PeopleImport,
    PhotoOffer,
    Registration,
    RemoteSession,
)
from eventhub.registration.queries import reason_word, reference, state_word
from eventhub.registration.queries.session_seats import seats_and_waits
from eventhub.registration.queries.words import field_word
from eventhub.registration.rules import ENDED
from eventhub.registration.services.importing import forget_files_with
from eventhub.registration.services.moving import cancel_held
from eventhub.registration.services.paper import PAPER_CLASS

BLANK: Mapping[str, Any] = {
    "honorific": "",
    "family_name": "",
    "given_names": "",
    "name_order": "given_first",
    "display_name": "",
    "display_caps": "",
    "passport_latin": "",
    "name_local": "",
    "name_local_language": "",
    "gender": "undisclosed",
    "functional_title": "",
    "title_en": "",
    "salutation": "",
    "organisation": "",
    "email": "",
    "phone": "",
    "admission": "official_delegation",
}
"""What somebody typed or chose, under the names it has in the copy, and what is left of it."""

CLEARED: Mapping[str, Any] = {
    "rank_level_id": None,
    "order_number": None,
    "in_office_since": None,
    "language": "en",
    "draft": {},
    "returned_fields": [],
    "return_until": None,
    "needs_new_badge": False,
    "photo_id": None,
    "speaker_id": None,
    "account_id": None,
    "search": "",
}
"""What else is cleared."""

KEPT = frozenset(
    {
        "id", "ref", "event_id", "category_id", "entity_id", "delegation_id", "person_id",
        "pass_id", "replaces_id", "number", "state", "source", "mode", "is_late", "is_over_quota",
        "link_number", "ask_number", "feed_number",
        "submitted_at", "accredited_at", "state_since", "erased_at",
        "version", "created_at",
    }
)  # fmt: skip
"""What stays, so that figures stay as they were: no name, no address, no word of the person. The
bare link to the person of a series lets a series count everybody once (R6.7)."""


def may_be_erased(row: Registration, event: Event) -> bool:
    """Tell whether the data may be erased: the registration has ended, or the event is over."""
    is_over = row.state in ENDED or clock.now() >= event.ends_at
    return row.erased_at is None and is_over


def check_erasable(row: Registration, event: Event) -> None:
    """Raise Conflict where the registration still leads to the event, or nothing is left of it."""
    if not may_be_erased(row, event):
        said = _(
            "Data can be erased once the registration has ended or the event is over. Withdraw or "
            "revoke it first."
        )
        raise Conflict(said)


def whose_of(row: Registration, event: Event, *, certificates_too: bool = False) -> Whose:
    """Return the human being of a registration, as every feature is asked about them."""
    return Whose(
        ref=row.ref,
        event_id=row.event_id,
        registration_id=row.id,
        speaker_id=row.speaker_id,
        pass_id=row.pass_id,
        photo_ids=frozenset(_photos(row)),
        addresses=_own_addresses(row),
        zone=event.zone,
        certificates_too=certificates_too,
    )


def whose_of_speaker(speaker: Speaker, event: Event) -> Whose:
    """Return the human being who speaks: of their registration where there is one."""
    query = select(Registration).where(
        Registration.event_id == event.id, Registration.speaker_id == speaker.id
    )
    row = db.session.scalar(query.order_by(Registration.id.desc()).limit(1))
    if row is not None:
        return whose_of(row, event)
    address = (speaker.email or "").lower()
    return Whose(
        ref=speaker.ref,
        event_id=event.id,
        speaker_id=speaker.id,
        addresses=_unshared(address, speaker_id=speaker.id),
        zone=event.zone,
    )


def held(whose: Whose) -> Held:
    """Return the registration with its decisions, change requests and consents."""
    row = db.session.get(Registration, whose.registration_id) if whose.registration_id else None
    if row is None:
        return Held()
    seated, waiting = seats_and_waits(row.id)
    return Held(
        {
            "registration": [_registration(row, whose)],
            "decision": [_decision(one, whose) for one in _rows(Decision, row)],
            "change_request": [_change(one, whose) for one in _rows(ChangeRequest, row)],
            "consent": [_consent(one, whose) for one in _rows(Consent, row)],
            "letter_cover": _letters(row),
            "imported_row": _imports(row),
            "remote_session": _remote_sessions(row),
            "session_seat": [{"session": one.title()} for one in seated],
            "session_wait": [{"session": one.title()} for one in waiting],
        }
    )


def erase(whose: Whose, *, actor: Actor) -> None:
    """Blank the registration; its ref takes the place of the name. Decisions keep no words."""
    row = db.session.get(Registration, whose.registration_id) if whose.registration_id else None
    if row is None:
        return
    cancel_held([row.id])
    for name, value in {**BLANK, **CLEARED}.items():
        setattr(row, name, value)
    row.family_name, row.erased_at = row.ref, clock.now()
    row.link_number += 1
    row.ask_number += 1
    row.feed_number += 1
    row.version += 1
    for decision in _rows(Decision, row):
        decision.text = ""
    _remove_papers(row)
    for offer in _rows(PhotoOffer, row):
        db.session.delete(offer)
    forget_files_with(row.event_id, row.id)
    for change in _rows(ChangeRequest, row):
        change.old, change.new, change.text = {}, {}, ""
        if change.state == "open":
            change.state, change.decided_at = "withdrawn", clock.now()
    db.session.flush()


def _remove_papers(row: Registration) -> None:
    """Remove printed lists of the event's delegations: they name people, and are made anew."""
    if row.delegation_id is None:
        return
    papers = select(StoredFile.id).where(
        StoredFile.event_id == row.event_id, StoredFile.data_class == PAPER_CLASS
    )
    erase_files(db.session.scalars(papers).all())


def _registration(row: Registration, whose: Whose) -> Row:
    event = db.session.get_one(Event, row.event_id)
    entity = db.session.get(Entity, row.entity_id) if row.entity_id else None
    rank = db.session.get(RankLevel, row.rank_level_id) if row.rank_level_id else None
    language = LANGUAGES.get(row.language)
    return {
        "event": event.title(),
        "reference": reference(row, entity.code if entity else None),
        "category": db.session.get_one(Category, row.category_id).name(),
        "represents": entity.name() if entity else "",
        **{name: getattr(row, name) for name in BLANK},
        "in_office_since": row.in_office_since.isoformat() if row.in_office_since else None,
        "takes_part": row.mode,
        "rank": rank.name() if rank else "",
        "language_of_letters": language.own_name if language else row.language,
        "state": state_word(row.state),
        "state_since": whose.time(row.state_since),
        "entered_by": row.source,
        "typed_before_sending": row.draft,
        "to_be_corrected": [field_word(name) for name in row.returned_fields],
        "is_late": row.is_late,
        "begun_at": whose.time(row.created_at),
        "sent_at": whose.time(row.submitted_at),
        "accredited_at": whose.time(row.accredited_at),
    }


def _decision(one: Decision, whose: Whose) -> Row:
    return {
        "from": state_word(one.from_state) if one.from_state else "",
        "to": state_word(one.to_state),
        "reason": reason_word(one.reason),
        "words": one.text,
        "to_be_corrected": [field_word(name) for name in one.fields],
        "by": {"registrant": "you", "system": "a rule"}.get(one.actor_kind, "the organiser"),
        "at": whose.time(one.at),
        "outcome": one.outcome,
    }


def _change(one: ChangeRequest, whose: Whose) -> Row:
    return {
        "before": _in_words(one.old),
        "asked_for": _in_words(one.new),
        "state": one.state,
        "words": one.text,
        "asked_at": whose.time(one.created_at),
        "decided_at": whose.time(one.decided_at),
    }


def _in_words(values: Mapping[str, Any]) -> Row:
    """Return values of fields by the names they have in the copy, ids as what they stand for."""
    names = {"category_id": "category", "entity_id": "represents", "rank_level_id": "rank"}
    models = {"category_id": Category, "entity_id": Entity, "rank_level_id": RankLevel}
    found: Row = {}
    for name, value in values.items():
        if name == "photo_id":
            found["photo"] = "a photo" if value else ""
        elif name in models:
            row: Any = db.session.get(models[name], value) if value else None
            found[names[name]] = row.name() if row else ""
        else:
            found[name] = value
    return found


def _consent(one: Consent, whose: Whose) -> Row:
    return {
        "purpose": one.purpose,
        "is_given": one.is_given,
        "text_version": one.text_version,
        "language": one.language,
        "declared_by": one.declared_by,
        "at": whose.time(one.at),
    }


def _letters(row: Registration) -> list[Row]:
    """Return the official letters that name the person."""
    query = (
        select(OfficialLetter)
        .join(LetterCover, LetterCover.letter_id == OfficialLetter.id)
        .where(LetterCover.event_id == row.event_id, LetterCover.registration_id == row.id)
        .order_by(OfficialLetter.id)
    )
    return [
        {
            "kind": letter.kind,
            "reference": letter.reference_no,
            "dated_on": letter.dated_on.isoformat() if letter.dated_on else None,
            "state": letter.state,
        }
        for letter in db.session.scalars(query)
    ]


def _imports(row: Registration) -> list[Row]:
    """Return the spreadsheets that brought or changed the person."""
    query = (
        select(PeopleImport.name, ImportedRow.number)
        .join(ImportedRow, ImportedRow.import_id == PeopleImport.id)
        .where(ImportedRow.event_id == row.event_id, ImportedRow.registration_id == row.id)
    )
    return [{"file": name, "row": number} for name, number in db.session.execute(query)]


def _remote_sessions(row: Registration) -> list[Row]:
    """Return the single sessions that the person follows remotely."""
    query = (
        select(Session.code)
        .join(RemoteSession, RemoteSession.session_id == Session.id)
        .where(RemoteSession.event_id == row.event_id, RemoteSession.registration_id == row.id)
        .order_by(Session.starts_at)
    )
    return [{"session": code} for code in db.session.scalars(query)]


def _rows(model: Any, row: Registration) -> list[Any]:
    query = select(model).where(model.event_id == row.event_id, model.registration_id == row.id)
    return list(db.session.scalars(query.order_by(model.id)))


def _photos(row: Registration) -> set[int]:
    """Return the ids of all portraits: the one in force, those asked for, those offered."""
    found = {row.photo_id, *(offer.photo_id for offer in _rows(PhotoOffer, row))}
    for change in _rows(ChangeRequest, row):
        found |= {change.old.get("photo_id"), change.new.get("photo_id")}
    return {number for number in found if number is not None}


def _own_addresses(row: Registration) -> frozenset[str]:
    """Return the address unless somebody else here uses it too: another person, or an account."""
    return _unshared(row.email.lower(), registration_id=row.id, speaker_id=row.speaker_id or 0)


def _unshared(address: str, *, registration_id: int = 0, speaker_id: int = 0) -> frozenset[str]:
    if not address:
        return frozenset()
    others = select(Registration.id).where(
        func.lower(Registration.email) == address, Registration.id != registration_id
    )
    speakers = select(Speaker.id).where(
        func.lower(Speaker.email) == address, Speaker.id != speaker_id
    )
    accounts = select(Account.id).where(Account.email == address)
    asked = (others.limit(1), speakers.limit(1), accounts)
    shared = any(db.session.scalar(query) for query in asked)
    return frozenset() if shared else frozenset({address})


PERSONAL = PersonalData(
    "registration",
    frozenset(
        {
            "registration",
            "decision",
            "change_request",
            "consent",
            "letter_cover",
            "delegation_reminder",
            "photo_offer",
            "people_import",
            "imported_row",
            "not_twins",
            "remote_session",
            "session_seat",
            "session_wait",
        }
    ),
    held,
    erase,
)
