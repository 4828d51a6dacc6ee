"""All delegations of an event at once, as the secretariat looks at them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from eventhub.core import clock
from eventhub.core.actor import Scope
from eventhub.core.db import db
from eventhub.delegations.models import DelegationContact, Invitation
from eventhub.delegations.queries import Sent, delegations_of
from eventhub.events.rules import PRESETS
from eventhub.photos.models import Photo
from eventhub.registration.models import Consent, Registration
from eventhub.registration.queries.covered import is_covered
from eventhub.registration.queries.finding import within
from eventhub.registration.queries.setup import Setup
from eventhub.registration.rules import ENDED, SEAT_STATES, State
from eventhub.registration.rules.calling import Call, why_call
from eventhub.registration.rules.missing import Missing, what_is_missing


@dataclass(frozen=True, slots=True)
class Overview:
    """One delegation in figures."""

    sent: Sent
    people: int = 0
    seats: int = 0
    accredited: int = 0
    to_vouch: int = 0
    prepared: int = 0
    photos: int = 0
    incomplete: int = 0
    """People of whom anything is missing."""
    invited_at: datetime | None = None
    phones: Sequence[tuple[str, str]] = ()
    """Whom to call: name and number."""
    call: Call | None = None

    @property
    def is_complete(self) -> bool:
        """Tell whether there are people, all vouched for, and nothing is missing."""
        return bool(self.people) and not (self.to_vouch or self.incomplete or self.prepared)


def overview_of(setup: Setup, scope: Scope, language: str) -> list[Overview]:
    """Return the delegations within the scope, in the event's order, with their figures.

    Five statements for any number: people are read as the few columns that decide.
    """
    found = delegations_of(setup.event.id, scope, language)
    rows = _rows(setup.event.id, scope)
    invited, phones = _invited(setup.event.id), _phones(setup.event.id)
    by_delegation: dict[int, list[_Row]] = {}
    for row in rows:
        by_delegation.setdefault(row.delegation_id or 0, []).append(row)
    figures = [_figures(setup, sent, by_delegation.get(sent.delegation.id, [])) for sent in found]
    return [_to_call(setup, one, invited.get(one.sent.delegation.id), phones) for one in figures]


@dataclass(frozen=True, slots=True)
class _Row:
    delegation_id: int | None
    state: str
    category_id: int
    photo: str | None
    email: str
    post: str
    has_consents: bool
    has_letter: bool


def _rows(event_id: int, scope: Scope) -> Sequence[_Row]:
    told = select(Consent.id).where(Consent.registration_id == Registration.id).exists()
    query = (
        select(
            Registration.delegation_id,
            Registration.state,
            Registration.category_id,
            Photo.state,
            Registration.email,
            Registration.functional_title,
            told,
            is_covered(),
        )
        .outerjoin(Photo, Photo.id == Registration.photo_id)
        .where(
            Registration.event_id == event_id,
            Registration.delegation_id.is_not(None),
            Registration.state.not_in(ENDED),
            or_(Registration.state != State.DRAFT, Registration.source != "self"),
            within([scope]),
        )
    )
    return [_Row(*row) for row in db.session.execute(query)]


def _invited(event_id: int) -> Mapping[int, datetime]:
    query = select(Invitation.delegation_id, Invitation.sent_at).where(
        Invitation.event_id == event_id, Invitation.sent_at.is_not(None)
    )
    return {one: at for one, at in db.session.execute(query) if at is not None}


def _phones(event_id: int) -> Mapping[int, list[tuple[str, str]]]:
    query = select(
        DelegationContact.delegation_id, DelegationContact.name, DelegationContact.phone
    ).where(DelegationContact.event_id == event_id, DelegationContact.phone != "")
    found: dict[int, list[tuple[str, str]]] = {}
    for delegation_id, name, phone in db.session.execute(query.order_by(DelegationContact.id)):
        found.setdefault(delegation_id, []).append((name, phone))
    return found


def _to_call(
    setup: Setup,
    one: Overview,
    invited_at: datetime | None,
    phones: Mapping[int, list[tuple[str, str]]],
) -> Overview:
    """Add whether somebody should call, and whom."""
    delegation, now = one.sent.delegation, clock.now()
    today = now.astimezone(ZoneInfo(setup.event.zone)).date()
    call = why_call(
        reply=delegation.reply,
        people=one.people,
        incomplete=one.incomplete,
        invited_at=invited_at,
        closes_at=setup.event.registration_closes_at,
        step_is_due=delegation.next_step_on is not None and delegation.next_step_on <= today,
        now=now,
    )
    return replace(
        one, invited_at=invited_at, phones=tuple(phones.get(delegation.id, ())), call=call
    )


def _figures(setup: Setup, sent: Sent, rows: Sequence[_Row]) -> Overview:
    asked = PRESETS[setup.event.preset].fields
    missing = [
        what_is_missing(
            state=row.state,
            asked=asked,
            photo=row.photo,
            photo_waived=setup.categories[row.category_id].photo_waived,
            has_consents=row.has_consents,
            needs_letter=setup.rule(row.category_id).needs_letter,
            has_letter=row.has_letter,
            email=row.email,
            post=row.post,
        )
        for row in rows
    ]
    states = [row.state for row in rows]
    return Overview(
        sent=sent,
        people=len(rows),
        seats=sum(state in SEAT_STATES for state in states),
        accredited=states.count(State.ACCREDITED),
        to_vouch=states.count(State.SUBMITTED),
        prepared=states.count(State.DRAFT),
        photos=sum(bool({Missing.PHOTO, Missing.NEW_PHOTO} & set(one)) for one in missing),
        incomplete=sum(bool(one) for one in missing),
    )
