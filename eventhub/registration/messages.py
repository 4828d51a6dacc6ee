"""The letters about registrations: to whom, and in what words.

Each says only what is still so when it leaves: a registration that moved on meanwhile has a
letter of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.lists import format_list
from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.db import db
from eventhub.delegations.models import Delegation
from eventhub.entities.models import Entity
from eventhub.events.models import Category, Event
from eventhub.events.queries import get_event_by_id, zones_of
from eventhub.events.rules import PRESETS
from eventhub.events.words import city_of, where_of
from eventhub.i18n import _, current
from eventhub.i18n.times import day, event_time, span
from eventhub.institutions.models import Institution
from eventhub.mail.seams import Attachment, Letter, Message
from eventhub.mail.services import Addressed, send
from eventhub.mail.wording import letter
from eventhub.passes.queries import find_pass
from eventhub.passes.tokens import qr_text
from eventhub.people.models import Account
from eventhub.photos.queries import find_photo
from eventhub.photos.rules import PhotoState
from eventhub.printing.qr import qr_png
from eventhub.protocol.queries import name_at
from eventhub.registration.models import ChangeRequest, Decision, Pool, Registration
from eventhub.registration.queries import (
    decisions_of,
    name_of,
    phrase,
    places_of,
    printed_name,
    reason_word,
    reference,
    resume_token,
    seats_given_to,
    setup_of,
    token_of,
    turn_word,
)
from eventhub.registration.queries.asking import asking_token
from eventhub.registration.queries.due import deadline_in_words, deadlines_of
from eventhub.registration.queries.lacking import lacking_in
from eventhub.registration.queries.words import field_word, lacking_sentence
from eventhub.registration.rules import ENDED, OPEN, SEAT_STATES, State
from eventhub.registration.seams import CONFIRMATION_ATTACHMENTS
from eventhub.web.urls import absolute, host
from eventhub.web.zones import zone_of_country

RECEIVED = frozenset({State.SUBMITTED, State.NOMINATED})


def tell(name: str, registrations: Sequence[Registration], **ids: Any) -> None:
    """Put one letter for each registration that has an address into the outbox."""
    addressed = [
        Addressed(row.email, row.language, {"registration": row.id, **ids})
        for row in registrations
        if row.email
    ]
    if addressed:
        send(f"registration.{name}", addressed, event_id=registrations[0].event_id)


@dataclass(frozen=True, slots=True)
class _About:
    """What every letter about a registration knows."""

    row: Registration
    event: Event
    words: dict[str, Any]

    def letter(self, name: str, *attachments: Attachment, **more: Any) -> Letter:
        """Word the letter of this name."""
        return letter(
            f"registration/{name}",
            attachments=attachments,
            reply_to=self.event.contact_email,
            **self.words,
            **more,
        )


def received(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Say that it arrived and is not yet a confirmation."""
    about = _about(event_id, ids, RECEIVED)
    return about.letter("received") if about else None


def promoted(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Say that a place became free, and that this is not yet a confirmation."""
    about = _about(event_id, ids, RECEIVED)
    return about.letter("promoted") if about else None


def session_seat(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Say that a seat in a session became free; nothing where it was given up again (R1.12)."""
    about = _about(event_id, ids, SEAT_STATES)
    pool = db.session.get(Pool, ids["pool"])
    if about is None or pool is None or pool.session_id is None:
        return None
    seats = seats_given_to(about.row.id)
    session = next((one for one in seats if one.id == pool.session_id), None)
    if session is None:
        return None
    event = about.event
    when = event_time(session.starts_at, event.zone, city_of(event))
    return about.letter("session_seat", session=session.title(), when=when)


def reinstated(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Say that the registration is taken up again."""
    about = _about(event_id, ids, RECEIVED)
    return about.letter("reinstated") if about else None


def waitlisted(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Say the place on the waiting list, and why there."""
    about = _about(event_id, ids, {State.WAITLISTED})
    if about is None:
        return None
    place = places_of(about.event.id)[about.row.id]
    return about.letter("waitlisted", place=place.number, turn=turn_word(place.turn))


def returned(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """List what is to be corrected, and until when the place is kept."""
    about = _about(event_id, ids, {State.RETURNED})
    if about is None:
        return None
    row, event = about.row, about.event
    until = event_time(row.return_until, event.zone, event.city) if row.return_until else ""
    fields = [field_word(name) for name in row.returned_fields]
    return about.letter("returned", fields=fields, until=until, **_why(row))


def accredited(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Confirm: where one may enter, the pass as a picture, the calendar entry."""
    about = _about(event_id, ids, {State.ACCREDITED})
    if about is None:
        return None
    row, event = about.row, about.event
    made = (part(event.id, row.id, current()) for part in CONFIRMATION_ATTACHMENTS)
    others = [one for one in made if one is not None]
    is_remote, has_doors = row.mode == "remote", "doors" in event.switches
    entry_pass = None if is_remote else _pass_picture(row)
    passes = [entry_pass] if entry_pass else []
    return about.letter(
        "accredited",
        *passes,
        *others,
        phrase=phrase(row.state, event.preset),
        is_remote=is_remote,
        opens=_opens(row) if has_doors and not is_remote else "",
        has_doors=has_doors,
        has_pass=bool(passes),
        calendar=bool(others),
        photo_missing=row.photo_id is None and not is_remote and _needs_photo(row, event),
    )


def rejected(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Say that it is not confirmed, and why."""
    about = _about(event_id, ids, {State.REJECTED})
    return about.letter("rejected", **_why(about.row)) if about else None


def withdrawn(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Say that it is withdrawn and no longer valid."""
    about = _about(event_id, ids, {State.WITHDRAWN})
    return about.letter("withdrawn", **_why(about.row)) if about else None


def replaced(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Say that another person comes instead."""
    about = _about(event_id, ids, {State.REPLACED})
    return about.letter("replaced") if about else None


def revoked(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Say that the accreditation is taken back, and why."""
    about = _about(event_id, ids, {State.REVOKED})
    return about.letter("revoked", **_why(about.row)) if about else None


def link_again(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Bring the private link."""
    about = _about(event_id, ids, frozenset(State))
    return about.letter("link_again") if about else None


def change_decided(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Say whether a change was agreed to."""
    about = _about(event_id, ids, frozenset(State))
    change = db.session.get(ChangeRequest, ids["change"])
    if about is None or change is None or change.state not in ("accepted", "refused"):
        return None
    fields = [field_word(name) for name in change.new]
    is_accepted = change.state == "accepted"
    return about.letter("change_decided", fields=fields, is_accepted=is_accepted, text=change.text)


def photo_again(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Ask for another photo and say why; nothing where one came meanwhile (R1.24)."""
    about = _about(event_id, ids, frozenset(State) - ENDED - {State.DRAFT})
    photo = find_photo(about.event.id, about.row.photo_id) if about else None
    if about is None or photo is None or photo.state != PhotoState.REDO:
        return None
    return about.letter("photo_again", reason=photo.reason)


def resume(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Bring the link that opens a draft for some days; nothing where it was sent meanwhile."""
    about = _about(event_id, ids, {State.DRAFT})
    if about is None:
        return None
    row, event, until = about.row, about.event, date.fromisoformat(ids["until"])
    return about.letter(
        "resume",
        until=day(until),
        closes=event_time(event.registration_closes_at, event.zone, event.city),
        resume_url=absolute(
            "registration.resume",
            lang=current(),
            slug=event.slug,
            until=f"{until:%Y%m%d}",
            token=resume_token(row, until),
        ),
    )


def ask(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Bring the link by which a person adds what is missing; nothing once it was renewed."""
    about = _about(event_id, ids, OPEN)
    if about is None:
        return None
    row, until = about.row, date.fromisoformat(ids["until"])
    token = asking_token(row, until)
    url = absolute("registration.add_missing", token=token, until=f"{until:%Y%m%d}")
    return about.letter("ask", until=day(until), ask_url=url)


def invited(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Bring the personal link of somebody invited directly; nothing once it was used."""
    about = _about(event_id, ids, {State.DRAFT})
    if about is None:
        return None
    event = about.event
    return about.letter(
        "invited", closes=event_time(event.registration_closes_at, event.zone, event.city)
    )


def digest(_event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Tell a focal point what each delegation has and lacks; nothing where none lacks (R1.16)."""
    account = db.session.get(Account, ids["account"])
    query = select(Delegation).where(Delegation.id.in_(ids["delegations"])).order_by(Delegation.id)
    lines = [_digest_line(one, account) for one in db.session.scalars(query)] if account else []
    return letter("registration/digest", account=account, lines=lines) if lines else None


def _digest_line(delegation: Delegation, account: Account) -> dict[str, Any]:
    setup = setup_of(delegation.event_id)
    entity, event = db.session.get_one(Entity, delegation.entity_id), setup.event
    missing = lacking_in(setup, {delegation.id: delegation.entity_id})[delegation.id]
    where = {"slug": event.slug, "ref": delegation.ref}
    home = zone_of_country(entity.iso2) if entity.iso2 else None
    zone = account.zone or home or "UTC"
    return {
        "entity": name_at(event.id, entity),
        "title": event.title(),
        "sentence": lacking_sentence(missing),
        "deadlines": [
            _("%(what)s: %(when)s. %(left)s.", what=what, when=when, left=left)
            for what, when, left in (
                deadline_in_words(setup, one, zone)
                for one in deadlines_of(setup.event, setup.settings)
                if not one.is_over(clock.now())
            )
        ],
        "url": absolute("registration.show_delegation", **where),
    }


WORDED: dict[str, Message] = {
    "registration.received": received,
    "registration.promoted": promoted,
    "registration.session_seat": session_seat,
    "registration.reinstated": reinstated,
    "registration.waitlisted": waitlisted,
    "registration.returned": returned,
    "registration.accredited": accredited,
    "registration.rejected": rejected,
    "registration.withdrawn": withdrawn,
    "registration.replaced": replaced,
    "registration.revoked": revoked,
    "registration.link_again": link_again,
    "registration.change_decided": change_decided,
    "registration.photo_again": photo_again,
    "registration.resume": resume,
    "registration.ask": ask,
    "registration.invited": invited,
    "registration.digest": digest,
}
"""Every letter by its name."""


def _about(
    event_id: int | None, ids: Mapping[str, Any], states: frozenset[State] | set[State]
) -> _About | None:
    """Return what the letter speaks of; None where it is gone or in another state by now."""
    row = db.session.get(Registration, ids["registration"])
    if row is None or row.event_id != event_id or row.state not in states:
        return None
    event = get_event_by_id(row.event_id)
    institution = db.session.get(Institution, event.institution_id)
    entity = db.session.get(Entity, row.entity_id) if row.entity_id else None
    category = db.session.get(Category, row.category_id)
    words = {
        "institution": institution.names.pick(None, event.languages) if institution else "",
        "title": event.title(),
        "where": where_of(event),
        "days": span(event.starts_on, event.ends_on),
        "name": printed_name(row, current()) or name_of(row).full,
        "salutation": row.salutation,
        "entity": name_at(event.id, entity) if entity else row.organisation,
        "category": category.names.pick(None, event.languages) if category else "",
        "reference": reference(row, entity.code if entity else None),
        "url": absolute("registration.show_own", token=token_of(row)),
        "event_url": absolute("events.show", lang=current(), slug=event.slug),
        "contact": event.contact_email,
    }
    return _About(row, event, words)


def _why(row: Registration) -> dict[str, str]:
    """Return the reason and the words of the decision that brought it where it is."""
    done = [one for one in decisions_of(row.event_id, row.id) if one.outcome == "done"]
    last: Decision | None = next((one for one in reversed(done) if one.to_state == row.state), None)
    return {"reason": reason_word(last.reason) if last and last.reason != "other" else "",
            "text": last.text if last else ""}  # fmt: skip


def _opens(row: Registration) -> str:
    """Return in plain words where the pass lets one in (R1.5)."""
    category = db.session.get(Category, row.category_id)
    codes = category.zones if category else []
    names = [zone.names.pick() for zone in zones_of(row.event_id) if zone.code in codes]
    return str(format_list(names, locale=current())) if names else ""


def _pass_picture(row: Registration) -> Attachment | None:
    entry = find_pass(row.event_id, row.pass_id) if row.pass_id else None
    if entry is None or entry.state == "void":
        return None
    where, is_https = host()
    picture = qr_png(qr_text(entry, where, is_https=is_https))
    return Attachment(f"pass-{row.ref}.png", "image/png", picture)


def _needs_photo(row: Registration, event: Event) -> bool:
    category = db.session.get(Category, row.category_id)
    asked = "photo" in PRESETS[event.preset].fields
    return asked and category is not None and not category.photo_waived
