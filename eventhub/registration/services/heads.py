"""One head for each delegation: naming, swapping roles, and who acts meanwhile (R1.10)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid, NotFound
from eventhub.delegations.models import Delegation
from eventhub.events.models import Event
from eventhub.events.rules import InGap, wall_to_instant
from eventhub.i18n import _, current
from eventhub.registration.models import HeadAbsence, Registration
from eventhub.registration.queries import Setup, printed_name
from eventhub.registration.queries.heads import (
    HEAD,
    LEADING,
    head_of_entity,
    heads_of_entities,
    leaders_of,
)


class HeadThere(Conflict):
    """The delegation has a head already; `head` is who, so that a swap can be offered."""

    def __init__(self, head: Registration, *, by_name: bool) -> None:
        if by_name:
            message = _(
                "%(name)s is head of this delegation already. Choose another category now; then "
                "swap their roles on the page of the delegation.",
                name=printed_name(head, current()),
            )
        else:
            message = _(
                "This delegation has a head already. Choose another category; its focal point can "
                "swap the roles."
            )
        super().__init__(message, "category_id")
        self.head = head


def check_heads(setup: Setup, rows: Sequence[Registration], *, actor: Actor) -> None:
    """Raise HeadThere where one of these would be the second head of its delegation.

    The pools are locked, so that no two heads come in at the same moment.
    """
    if "delegations" not in setup.event.switches:
        return
    new = {
        row.id: row.entity_id
        for row in rows
        if setup.categories[row.category_id].code == HEAD and row.entity_id is not None
    }
    if not new:
        return
    seen = heads_of_entities(setup.event.id, set(new.values()), but=set(new))
    for row in rows:
        if row.id in new and seen.setdefault(new[row.id], row) is not row:
            raise HeadThere(seen[new[row.id]], by_name=actor.kind != "registrant")


def head_to_swap(setup: Setup, row: Registration, category_id: int) -> Registration | None:
    """Return the head who gives the role up when `row` takes the category; None for nobody."""
    category = setup.categories.get(category_id)
    if category is None or category.code != HEAD or row.entity_id is None:
        return None
    if "delegations" not in setup.event.switches or row.state not in LEADING:
        return None
    return head_of_entity(setup.event.id, row.entity_id, but=[row.id])


def set_absence(event: Event, delegation: Delegation, since: datetime, *, actor: Actor) -> None:
    """Say that the head is away from this wall time on, so that the highest deputy acts."""
    if not leaders_of(event.id, [delegation.id])[delegation.id].deputies:
        raise Conflict(_("This delegation has no deputy head who could act."), "since")
    try:
        since_at = wall_to_instant(since, event.zone)
    except InGap:
        raise Invalid(_("No clock shows this time on that day. Choose another."), "since") from None
    end_absence(event, delegation, actor=actor, is_quiet=True)
    db.session.add(
        HeadAbsence(event_id=event.id, delegation_id=delegation.id, since=since, since_at=since_at)
    )
    changes = {"acting_since": (None, since.isoformat(timespec="minutes"))}
    subject = Subject("delegation", delegation.ref, changes)
    record(actor, "delegation.head_away", [subject], event_id=event.id)
    db.session.flush()


def end_absence(
    event: Event, delegation: Delegation, *, actor: Actor, is_quiet: bool = False
) -> None:
    """Say that the head is back; NotFound for a delegation of another event."""
    if delegation.event_id != event.id:
        raise NotFound
    result = db.session.execute(
        delete(HeadAbsence).where(
            HeadAbsence.event_id == event.id, HeadAbsence.delegation_id == delegation.id
        )
    )
    if getattr(result, "rowcount", 0) and not is_quiet:
        subject = Subject("delegation", delegation.ref)
        record(actor, "delegation.head_back", [subject], event_id=event.id)
    db.session.flush()
