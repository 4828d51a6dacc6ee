"""Finding registrations: by ref, token, pass or id, and only within somebody's reach."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select

from eventhub.core.actor import EVERYTHING, Actor, Scope
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.keys import links
from eventhub.registration.models import Consent, Registration
from eventhub.registration.permissions import DECIDE, ENTER, REINSTATE, VOUCH
from eventhub.registration.rules import State, Who

LINK_KIND = "registration"

_CAPACITY = {
    DECIDE: Who.OFFICER,
    REINSTATE: Who.OFFICER,
    ENTER: Who.STAFF,
    VOUCH: Who.FOCAL_POINT,
}


def within(scopes: Collection[Scope]) -> ColumnElement[bool]:
    """Return the condition that a registration lies in one of the scopes; none reaches nothing."""
    return or_(*(_inside(scope) for scope in scopes)) if scopes else Registration.id.in_([])


def _inside(scope: Scope) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [Registration.id.is_not(None)]
    if scope.categories is not None:
        parts.append(Registration.category_id.in_(scope.categories))
    if scope.delegations is not None:
        parts.append(Registration.delegation_id.in_(scope.delegations))
    return and_(*parts)


def reaches(scope: Scope, category_id: int, delegation_id: int | None) -> bool:
    """Tell whether somebody of this category and delegation lies in the scope."""
    in_category = scope.categories is None or category_id in scope.categories
    return in_category and (scope.delegations is None or delegation_id in scope.delegations)


def capacities(actor: Actor, *permissions: str) -> tuple[frozenset[Who], list[Scope]]:
    """Return in what capacities the actor acts by these permissions, and how far they reach.

    NotFound where none of them is held. A registrant reaches nothing here: see `registrant`.
    """
    if actor.kind == "system":
        return frozenset(Who), [EVERYTHING]
    held = [permission for permission in permissions if actor.may(permission)]
    if not held:
        raise NotFound
    return frozenset(_CAPACITY[name] for name in held), [actor.scope(name) for name in held]


def registrant(registration: Registration) -> Actor:
    """Return who acts through the private link of this registration."""
    return Actor("registrant", registration.id, registration.ref)


def find_registration(event_id: int, ref: str, *scopes: Scope) -> Registration | None:
    """Return a registration of the event within one of the scopes (R1.7)."""
    query = select(Registration).where(
        Registration.event_id == event_id, Registration.ref == ref, within(scopes)
    )
    return db.session.scalar(query)


def get_registration(event_id: int, ref: str, *scopes: Scope) -> Registration:
    """Return a registration of the event within one of the scopes; else NotFound."""
    found = find_registration(event_id, ref, *scopes)
    if found is None:
        raise NotFound
    return found


def token_of(registration: Registration) -> str:
    """Return the token of the private link, as it is valid now."""
    return links.token(LINK_KIND, registration.ref, registration.link_number)


def standing(registration: Registration) -> tuple[str, str]:
    """Return where a registration stands, and the token of its private link."""
    return registration.state, token_of(registration)


_STATE = select(Registration.state, Registration.link_number).where(
    Registration.event_id == bindparam("event_id"), Registration.ref == bindparam("ref")
)


def state_and_token(event_id: int, ref: str) -> tuple[str, str]:
    """Return where a registration stands, and the token of its private link; NotFound for none."""
    found = db.session.execute(_STATE, {"event_id": event_id, "ref": ref}).first()
    if found is None:
        raise NotFound
    return found.state, links.token(LINK_KIND, ref, found.link_number)


def by_token(token: str) -> Registration:
    """Return the registration of a private link; NotFound where the link is not the valid one."""
    found = db.session.scalar(select(Registration).where(Registration.ref == links.ref_in(token)))
    if found is None or not links.holds(token, LINK_KIND, found.ref, found.link_number):
        raise NotFound
    return found


def by_pass(event_id: int, pass_id: int) -> Registration | None:
    """Return whose pass it is."""
    query = select(Registration).where(
        Registration.event_id == event_id, Registration.pass_id == pass_id
    )
    return db.session.scalar(query)


def by_email(event_id: int, email: str) -> list[Registration]:
    """Return all registrations with this address, newest first; several people may share it."""
    query = select(Registration).where(
        Registration.event_id == event_id, func.lower(Registration.email) == email.strip().lower()
    )
    return list(db.session.scalars(query.order_by(Registration.id.desc())))


def registrations_by_id(event_id: int, ids: Collection[int]) -> dict[int, Registration]:
    """Return the registrations of the event with these ids, by id."""
    if not ids:
        return {}
    query = select(Registration).where(
        Registration.event_id == event_id, Registration.id.in_(set(ids))
    )
    return {row.id: row for row in db.session.scalars(query)}


def lock_registrations(
    event_id: int, ids: Sequence[int], scopes: Collection[Scope]
) -> list[Registration]:
    """Return the registrations in the order given, locked until the transaction ends.

    NotFound where one is not of the event or not within the scopes. What was read of them before
    is read again, so that it is true now.
    """
    query = select(Registration).where(
        Registration.event_id == event_id, Registration.id.in_(set(ids)), within(scopes)
    )
    rows = db.session.scalars(_locked(query))
    found = {row.id: row for row in rows}
    if len(found) != len(set(ids)):
        raise NotFound
    return [found[one] for one in dict.fromkeys(ids)]


def _locked(query: Select[Registration]) -> Select[Registration]:
    query = query.order_by(Registration.id).with_for_update()
    return query.execution_options(populate_existing=True)


def accredited_of(
    event_id: int, *, category_ids: Collection[int] = (), entity_id: int | None = None
) -> list[Registration]:
    """Return the accredited registrations, of these categories or this entity, by their ids."""
    query = select(Registration).where(
        Registration.event_id == event_id, Registration.state == State.ACCREDITED
    )
    if category_ids:
        query = query.where(Registration.category_id.in_(set(category_ids)))
    if entity_id is not None:
        query = query.where(Registration.entity_id == entity_id)
    return list(db.session.scalars(query.order_by(Registration.id)))


def registrations_of_entity(event_id: int, entity_id: int, *scopes: Scope) -> list[Registration]:
    """Return the registrations of an entity that were sent, by their numbers."""
    query = select(Registration).where(
        Registration.event_id == event_id,
        Registration.entity_id == entity_id,
        Registration.state != State.DRAFT,
        within(scopes),
    )
    return list(db.session.scalars(query.order_by(Registration.number, Registration.id)))


def consents_of(event_id: int, registration_id: int) -> dict[str, Consent]:
    """Return what was agreed to or not, by purpose."""
    query = select(Consent).where(
        Consent.event_id == event_id, Consent.registration_id == registration_id
    )
    return {row.purpose: row for row in db.session.scalars(query)}


def photos_reach(event_id: int, photo_id: int, *scopes: Scope) -> bool:
    """Tell whether a photo belongs to a registration within one of the scopes."""
    query = select(Registration.id).where(
        Registration.event_id == event_id, Registration.photo_id == photo_id, within(scopes)
    )
    return db.session.scalar(query) is not None
