"""Finding delegations and their focal points."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from eventhub.core.actor import Scope
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.core.rows import one_of_event
from eventhub.delegations import seams
from eventhub.delegations.models import (
    Delegation,
    DelegationContact,
    DelegationNote,
    FocalPoint,
    Invitation,
    LetterRun,
    OfficialLetter,
)
from eventhub.delegations.rules import CLAIMED, ENDED, REVIEW, standing
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.people.models import Account
from eventhub.protocol.queries import name_at, order_of

FOCAL_POINT = "focal_point"


@dataclass(frozen=True, slots=True)
class Sent:
    """A delegation, the entity that sends it, and its name at the event."""

    delegation: Delegation
    entity: Entity
    name: str


@dataclass(frozen=True, slots=True)
class LookingAfter:
    """Somebody who looks after a delegation, with the account."""

    point: FocalPoint
    account: Account


def delegation_of(event_id: int, entity_id: int) -> Delegation | None:
    """Return the delegation of an entity at an event, None where it has none yet."""
    query = select(Delegation).where(
        Delegation.event_id == event_id, Delegation.entity_id == entity_id
    )
    return db.session.scalar(query)


def delegations_of(event_id: int, scope: Scope, language: str) -> list[Sent]:
    """Return the delegations that the scope reaches, in the order of the event's lists."""
    query = select(Delegation).where(Delegation.event_id == event_id)
    if scope.delegations is not None:
        query = query.where(Delegation.id.in_(scope.delegations))
    found = {row.entity_id: row for row in db.session.scalars(query)}
    order = order_of(event_id, language, only=found.keys()) if found else ()
    return [Sent(found[one.id], one.entity, one.name) for one in order]


def get_delegation(event_id: int, ref: str, scope: Scope) -> Sent:
    """Return a delegation that the scope reaches by its ref; else NotFound."""
    query = (
        select(Delegation, Entity)
        .join(Entity, Entity.id == Delegation.entity_id)
        .where(Delegation.event_id == event_id, Delegation.ref == ref)
    )
    row = db.session.execute(query).first()
    if row is None or (scope.delegations is not None and row[0].id not in scope.delegations):
        raise NotFound
    return Sent(row[0], row[1], name_at(event_id, row[1]))


def get_delegation_by_id(event_id: int, delegation_id: int) -> Delegation:
    """Return a delegation of the event; NotFound where it is another event's."""
    return one_of_event(Delegation, event_id, Delegation.id == delegation_id)


def focal_points_of(
    event_id: int, delegation_ids: Collection[int], *, waiting: bool = False
) -> dict[int, list[LookingAfter]]:
    """Return the focal points of delegations, by delegation id, the primary one first.

    With `waiting` also those whose claim the secretariat has not decided on.
    """
    left_out = (ENDED,) if waiting else (ENDED, REVIEW)
    query = (
        select(FocalPoint, Account)
        .join(Account, Account.id == FocalPoint.account_id)
        .where(FocalPoint.event_id == event_id, FocalPoint.state.not_in(left_out))
        .order_by(FocalPoint.is_primary.desc(), FocalPoint.id)
    )
    found: dict[int, list[LookingAfter]] = {one: [] for one in delegation_ids}
    for point, account in db.session.execute(query):
        if point.delegation_id in found:
            found[point.delegation_id].append(LookingAfter(point, account))
    return found


def logged_about(event_id: int, delegation_id: int) -> dict[str, str]:
    """Return what the log tells of a delegation beside itself: refs of all who ever looked after
    it, with their names, and of its letters, with none.
    """
    points = (
        select(FocalPoint.ref, Account.name)
        .join(Account, Account.id == FocalPoint.account_id)
        .where(FocalPoint.event_id == event_id, FocalPoint.delegation_id == delegation_id)
    )
    named = dict(db.session.execute(points).all())
    return {**named, **{one.ref: "" for one in letters_of(event_id, delegation_id)}}


def get_focal_point(event_id: int, ref: str) -> FocalPoint:
    """Return a focal point of the event by its ref; else NotFound."""
    return one_of_event(FocalPoint, event_id, FocalPoint.ref == ref)


def letters_of(event_id: int, delegation_id: int) -> list[OfficialLetter]:
    """Return the official letters of a delegation, the newest version first."""
    query = select(OfficialLetter).where(
        OfficialLetter.event_id == event_id, OfficialLetter.delegation_id == delegation_id
    )
    return list(db.session.scalars(query.order_by(OfficialLetter.version.desc())))


def all_letters(event_id: int) -> list[OfficialLetter]:
    """Return all official letters of an event, the newest first."""
    query = select(OfficialLetter).where(OfficialLetter.event_id == event_id)
    return list(db.session.scalars(query.order_by(OfficialLetter.id.desc())))


def own_claim(event_id: int, delegation_id: int, account_id: int | None) -> FocalPoint | None:
    """Return the claim of an account that waits for its letter to be confirmed."""
    query = select(FocalPoint).where(
        FocalPoint.event_id == event_id,
        FocalPoint.delegation_id == delegation_id,
        FocalPoint.account_id == account_id,
        FocalPoint.state == CLAIMED,
    )
    return db.session.scalar(query)


def get_letter(event_id: int, ref: str, scope: Scope) -> OfficialLetter:
    """Return an official letter of a delegation that the scope reaches; else NotFound."""
    query = select(OfficialLetter).where(
        OfficialLetter.event_id == event_id, OfficialLetter.ref == ref
    )
    row = db.session.scalar(query)
    if row is None or (
        scope.delegations is not None and row.delegation_id not in scope.delegations
    ):
        raise NotFound
    return row


def contacts_of(event_id: int, delegation_id: int) -> list[DelegationContact]:
    """Return whom to write to or call about a delegation."""
    query = select(DelegationContact).where(
        DelegationContact.event_id == event_id,
        DelegationContact.delegation_id == delegation_id,
    )
    return list(db.session.scalars(query.order_by(DelegationContact.id)))


def get_contact(event_id: int, ref: str) -> DelegationContact:
    """Return a contact of the event by its ref; else NotFound."""
    return one_of_event(DelegationContact, event_id, DelegationContact.ref == ref)


def notes_of(event_id: int, delegation_id: int) -> list[DelegationNote]:
    """Return notes and calls about a delegation, the newest first."""
    query = select(DelegationNote).where(
        DelegationNote.event_id == event_id, DelegationNote.delegation_id == delegation_id
    )
    return list(db.session.scalars(query.order_by(DelegationNote.id.desc())))


@dataclass(frozen=True, slots=True)
class Line:
    """A delegation as the invitations list shows it."""

    delegation: Delegation
    entity: Entity
    name: str
    """Of the entity, as the event names it."""
    invitation: Invitation | None
    letter: OfficialLetter | None
    """The newest official letter."""
    has_address: bool
    standing: str
    """How far the entity is, one of STANDINGS."""


def complete_of(event: Event) -> frozenset[int]:
    """Return the ids of the delegations whose people lack nothing (R1.34)."""
    return frozenset(one for ask in seams.COMPLETE for one in ask(event))


def invitation_lines(event: Event, scope: Scope, language: str) -> list[Line]:
    """Return all delegations in reach with invitation, newest letter and addresses; as
    many statements for one as for all."""
    event_id, complete = event.id, complete_of(event)
    sent = delegations_of(event_id, scope, language)
    invited = {
        row.delegation_id: row
        for row in db.session.scalars(select(Invitation).where(Invitation.event_id == event_id))
    }
    letters = {
        row.delegation_id: row
        for row in db.session.scalars(
            select(OfficialLetter)
            .where(OfficialLetter.event_id == event_id)
            .order_by(OfficialLetter.version)
        )
    }
    reachable = set(
        db.session.scalars(
            select(DelegationContact.delegation_id).where(
                DelegationContact.event_id == event_id, DelegationContact.email != ""
            )
        )
    )
    return [
        Line(
            one.delegation,
            one.entity,
            one.name,
            invited.get(one.delegation.id),
            letters.get(one.delegation.id),
            one.delegation.id in reachable,
            standing(one.delegation.reply, is_complete=one.delegation.id in complete),
        )
        for one in sent
    ]


def invitations_by_id(event_id: int, ids: Collection[int]) -> list[Invitation]:
    """Return these invitations of the event, in the order of their numbers."""
    query = select(Invitation).where(Invitation.event_id == event_id, Invitation.id.in_(ids))
    return list(db.session.scalars(query.order_by(Invitation.id)))


def get_run(event_id: int, ref: str) -> LetterRun:
    """Return a run of letters by its ref; else NotFound."""
    return one_of_event(LetterRun, event_id, LetterRun.ref == ref)


def get_preview(institution_id: int, ref: str) -> LetterRun:
    """Return the preview of a text at an event of the institution by its ref; else NotFound."""
    query = (
        select(LetterRun)
        .join(Event, Event.id == LetterRun.event_id)
        .where(Event.institution_id == institution_id, LetterRun.ref == ref)
    )
    row = db.session.scalar(query)
    if row is None or row.what["kind"] != "text":
        raise NotFound
    return row


def runs_of(event_id: int, *, limit: int = 10) -> list[LetterRun]:
    """Return the newest runs of letters."""
    query = select(LetterRun).where(LetterRun.event_id == event_id)
    return list(db.session.scalars(query.order_by(LetterRun.id.desc()).limit(limit)))


def addresses_of(event_id: int, delegation_ids: Collection[int]) -> dict[int, list[str]]:
    """Return the e-mail addresses of the contacts, by delegation id, each address once."""
    query = select(DelegationContact.delegation_id, DelegationContact.email).where(
        DelegationContact.event_id == event_id,
        DelegationContact.delegation_id.in_(delegation_ids),
        DelegationContact.email != "",
    )
    found: dict[int, list[str]] = {}
    for delegation_id, email in db.session.execute(query.order_by(DelegationContact.id)):
        some = found.setdefault(delegation_id, [])
        if email.lower() not in {one.lower() for one in some}:
            some.append(email)
    return found


def invitation_of(event_id: int, delegation_id: int) -> Invitation | None:
    """Return the invitation of a delegation, None where none was prepared."""
    query = select(Invitation).where(
        Invitation.event_id == event_id, Invitation.delegation_id == delegation_id
    )
    return db.session.scalar(query)
