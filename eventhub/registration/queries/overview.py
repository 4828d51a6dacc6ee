"""All delegations of an event at once, as the secretariat looks at them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from eventhub.core import clock
from eventhub.core.actor import EVERYTHING, Scope
from eventhub.core.db import db
from eventhub.delegations.models import DelegationContact, Invitation
from eventhub.delegations.queries import Sent, delegations_of
from eventhub.delegations.rules import standing
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
    is_complete: bool = False
    """Whether the people, those whom the reader does not see among them, lack nothing."""

    @property
    def standing(self) -> str:
        """Return how far the delegation is, one of `delegations.rules.STANDINGS`."""
        return standing(self.sent.delegation.reply, is_complete=self.is_complete)


def overview_of(setup: Setup, scope: Scope, language: str) -> list[Overview]:
    """Return the delegations within the scope, in the event's order, with their figures.

    Six statements for any number: people are read as the few columns that decide.
    """
    found = delegations_of(setup.event.id, scope, language)
    rows = _rows(setup.event.id, scope)
    invited, phones = _invited(setup.event.id), _phones(setup.event.id)
    complete = complete_delegations(setup, rows if scope == EVERYTHING else None)
    by_delegation = _by_delegation(rows)
    figures = [
        replace(
            _figures(setup, sent, by_delegation.get(sent.delegation.id, [])),
            is_complete=sent.delegation.id in complete,
        )
        for sent in found
    ]
    return [_to_call(setup, one, invited.get(one.sent.delegation.id), phones) for one in figures]


def complete_delegations(setup: Setup, rows: Sequence["_Row"] | None = None) -> frozenset[int]:
    """Return the ids of the delegations whose people lack nothing (R1.34); the one place that says.

    There are people, all are sent and vouched for, and nothing is missing of anybody. `rows` are
    all people of the event, where they were read before.
    """
    rows = _rows(setup.event.id, EVERYTHING) if rows is None else rows
    return frozenset(
        delegation_id
        for delegation_id, some in _by_delegation(rows).items()
        if not any(
            row.state in (State.DRAFT, State.SUBMITTED) or _missing(setup, row) for row in some
        )
    )


def _by_delegation(rows: Sequence["_Row"]) -> Mapping[int, list["_Row"]]:
    found: dict[int, list[_Row]] = {}
    for row in rows:
        found.setdefault(row.delegation_id or 0, []).append(row)
    return found


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


def _missing(setup: Setup, row: _Row) -> Collection[Missing]:
    return what_is_missing(
        state=row.state,
        asked=PRESETS[setup.event.preset].fields,
        photo=row.photo,
        photo_waived=setup.categories[row.category_id].photo_waived,
        has_consents=row.has_consents,
        needs_letter=setup.rule(row.category_id).needs_letter,
        has_letter=row.has_letter,
        email=row.email,
        post=row.post,
    )


def _figures(setup: Setup, sent: Sent, rows: Sequence[_Row]) -> Overview:
    missing = [_missing(setup, row) for row in rows]
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
