"""Changing many registrations at once, each in its own way; one is a list of one.

The number of statements does not grow with the number of registrations.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.passes import services as passes
from eventhub.passes.rules import expires, zone_bits
from eventhub.registration import signals
from eventhub.registration.models import ChangeRequest, Registration
from eventhub.registration.queries import Setup
from eventhub.registration.rules import BADGE_FIELDS, State
from eventhub.registration.services.changing import LEGIBLE
from eventhub.registration.services.drafts import write_fields
from eventhub.registration.services.submitting import index

Change = tuple[Registration, Mapping[str, Any]]
"""A registration, locked, and the new values of its fields."""


def write_many(setup: Setup, changes: Sequence[Change], *, actor: Actor) -> None:
    """Write new values at once; what a badge shows then needs a new badge.

    Seats are the caller's.
    """
    changes = [(row, changed) for row, changed in changes if changed]
    if not changes:
        return
    subjects, bits = [], {}
    for row, changed in changes:
        legible = {name: (getattr(row, name), changed[name]) for name in changed if name in LEGIBLE}
        hidden = tuple(sorted(changed.keys() - legible.keys()))
        subjects.append(Subject("registration", row.ref, legible, hidden))
        write_fields(row, changed)
        row.version += 1
        is_accredited = row.state == State.ACCREDITED
        if is_accredited and not BADGE_FIELDS.isdisjoint(changed):
            row.needs_new_badge = True
        if is_accredited and "category_id" in changed and row.pass_id is not None:
            bits[row.pass_id] = zone_bits(setup.categories[row.category_id].zones)
    rows = [row for row, _changed in changes]
    event_id = setup.event.id
    if bits:
        passes.rezone(event_id, bits, expires_at=expires(setup.event.ends_at))
    index(setup, rows)
    record(actor, "registration.change", subjects, event_id=event_id)
    db.session.flush()
    fields = frozenset(name for _row, changed in changes for name in changed)
    signals.changed.send(event_id, registrations=rows, fields=fields)


def ask_many(setup: Setup, changes: Sequence[Change], *, actor: Actor) -> None:
    """Ask for new values that wait until an officer agrees; open requests take them in (R1.4)."""
    changes = [(row, waits) for row, waits in changes if waits]
    if not changes:
        return
    query = select(ChangeRequest).where(
        ChangeRequest.registration_id.in_([row.id for row, _waits in changes]),
        ChangeRequest.state == "open",
    )
    open_ = {one.registration_id: one for one in db.session.scalars(query.with_for_update())}
    subjects = []
    for row, waits in changes:
        old = {name: getattr(row, name) for name in waits}
        request = open_.get(row.id)
        if request is None:
            db.session.add(
                ChangeRequest(
                    event_id=row.event_id, registration_id=row.id, old=old, new=dict(waits)
                )
            )
        else:
            request.old, request.new = {**request.old, **old}, {**request.new, **waits}
        row.version += 1
        subjects.append(Subject("registration", row.ref, hidden=tuple(sorted(waits))))
    record(actor, "registration.request_change", subjects, event_id=setup.event.id)
    db.session.flush()
