"""Opening delegations, giving numbers, naming focal points."""

from sqlalchemy import select

from eventhub.access.models import Grant
from eventhub.access.services import give_role
from eventhub.audit.services import Subject, record
from eventhub.core import clock, ids
from eventhub.core.actor import Actor
from eventhub.core.db import db, insert_unless_there
from eventhub.core.errors import Conflict, NotFound
from eventhub.delegations.models import Delegation
from eventhub.delegations.queries import FOCAL_POINT
from eventhub.entities.models import Entity
from eventhub.i18n import _
from eventhub.people.models import Account
from eventhub.people.services import invite

ROLES = ("participant", "host", "co_host", "observer")


def get_or_open(
    event_id: int, entity_id: int, *, actor: Actor, role: str = "participant"
) -> Delegation:
    """Return the delegation of an entity at an event, opened if this is the first anybody asks."""
    values = {
        "ref": ids.new_ref(),
        "event_id": event_id,
        "entity_id": entity_id,
        "role": role,
        "last_number": 0,
        "version": 1,
        "created_at": clock.now(),
    }
    opened = insert_unless_there(Delegation, values)
    found = db.session.scalars(
        select(Delegation).where(Delegation.event_id == event_id, Delegation.entity_id == entity_id)
    ).one()
    if opened:
        changes = {"entity": (None, entity_id), "role": (None, role)}
        subject = Subject("delegation", found.ref, changes)
        record(actor, "delegation.open", [subject], event_id=event_id)
    return found


def next_number(delegation: Delegation, count: int = 1) -> range:
    """Return that many display numbers nobody of the delegation had before; locks its row."""
    query = select(Delegation).where(Delegation.id == delegation.id).with_for_update()
    row = db.session.scalars(query.execution_options(populate_existing=True)).one()
    first = row.last_number + 1
    row.last_number += count
    db.session.flush()
    return range(first, first + count)


def name_focal_point(delegation: Delegation, account: Account, *, actor: Actor) -> Grant:
    """Let the account see the delegation and vouch for its people."""
    return give_role(
        account.id,
        FOCAL_POINT,
        event_id=delegation.event_id,
        scope={"delegations": [delegation.id]},
        actor=actor,
    )


def invite_focal_point(
    delegation: Delegation, *, email: str, name: str, language: str, slug: str, actor: Actor
) -> Grant:
    """Make the owner of an address focal point, with an account where there is none, and tell."""
    return invite(
        email,
        name,
        FOCAL_POINT,
        place=slug,
        event_id=delegation.event_id,
        scope={"delegations": [delegation.id]},
        language=language,
        actor=actor,
    )


def set_role(delegation: Delegation, role: str, *, version: int, actor: Actor) -> Delegation:
    """Say whether the delegation takes part, observes, or is host or co-host."""
    if role not in ROLES:
        raise NotFound
    if delegation.version != version:
        raise Conflict(_("Somebody changed this delegation meanwhile. Look at it again."))
    changes = {"role": (delegation.role, role)}
    delegation.role = role
    delegation.version += 1
    subject = Subject("delegation", delegation.ref, changes)
    record(actor, "delegation.change", [subject], event_id=delegation.event_id)
    db.session.flush()
    return delegation


def open_for(event_id: int, entity_code: str, *, actor: Actor) -> Delegation:
    """Open the delegation of the entity with this code; NotFound where no entity has it."""
    entity_id = db.session.scalar(select(Entity.id).where(Entity.code == entity_code))
    if entity_id is None:
        raise NotFound(_("Choose a State or organization from the list."), "entity")
    return get_or_open(event_id, entity_id, actor=actor)
