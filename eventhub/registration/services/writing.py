"""Writing new values into registrations, or asking for them; many at once, each in its own way.

The number of statements does not grow with the number of registrations.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.passes import services as passes
from eventhub.passes.rules import expires, zone_bits
from eventhub.photos.services import erase_photos
from eventhub.registration import signals
from eventhub.registration.models import ChangeRequest, Registration
from eventhub.registration.queries import Setup
from eventhub.registration.rules import BADGE_FIELDS, DATES, State
from eventhub.registration.services.drafts import write_fields
from eventhub.registration.services.letters import check_covered
from eventhub.registration.services.seats import leave_sessions
from eventhub.registration.services.session_waiting import promote_in_sessions
from eventhub.registration.services.submitting import index

LEGIBLE = frozenset({"phone", "language", "organisation", "functional_title", "admission"})
"""Fields whose values may stand in the audit log; of all others only the names do."""

SEATED_BY = frozenset({"category_id", "entity_id", "mode"})
"""Fields that say which pools count somebody; a seat in a session is given anew."""

NEEDING = frozenset({"category_id", "entity_id"})
"""Fields that say whether a letter must name somebody."""

Change = tuple[Registration, Mapping[str, Any]]
"""A registration, locked, and the new values of its fields."""


def write(setup: Setup, changes: Sequence[Change], *, actor: Actor) -> None:
    """Write new values at once, with all that follows: badge, search, audit log, signal.

    Seats are the caller's. A portrait that another one follows is erased. Conflict where somebody
    accredited comes into a category that needs a letter, and none names the person.
    """
    changes = [(row, changed) for row, changed in changes if changed]
    if not changes:
        return
    subjects, bits, portraits = [], {}, []
    for row, changed in changes:
        legible = {name: (getattr(row, name), changed[name]) for name in changed if name in LEGIBLE}
        hidden = tuple(sorted(changed.keys() - legible.keys()))
        subjects.append(Subject("registration", row.ref, legible, hidden))
        if "photo_id" in changed:
            portraits.append((row, row.photo_id))
        write_fields(row, changed)
        row.version += 1
        is_accredited = row.state == State.ACCREDITED
        if is_accredited and not BADGE_FIELDS.isdisjoint(changed):
            row.needs_new_badge = True
        if is_accredited and "category_id" in changed and row.pass_id is not None:
            bits[row.pass_id] = zone_bits(setup.categories[row.category_id].zones)
    rows = [row for row, _changed in changes]
    check_covered(
        setup,
        [
            row
            for row, changed in changes
            if row.state == State.ACCREDITED and not NEEDING.isdisjoint(changed)
        ],
    )
    leaving = [row.id for row, changed in changes if not SEATED_BY.isdisjoint(changed)]
    leave_sessions(leaving)
    event_id = setup.event.id
    if bits:
        passes.rezone(event_id, bits, expires_at=expires(setup.event.ends_at))
    index(setup, rows)
    record(actor, "registration.change", subjects, event_id=event_id)
    db.session.flush()
    if leaving:
        promote_in_sessions(event_id)
    drop_photos(portraits, actor=actor)
    fields = frozenset(name for _row, changed in changes for name in changed)
    signals.changed.send(event_id, registrations=rows, fields=fields)


def write_and_ask(
    setup: Setup,
    row: Registration,
    at_once: Mapping[str, Any],
    waits: Mapping[str, Any],
    *,
    actor: Actor,
) -> ChangeRequest | None:
    """Write what changes at once and ask for the rest; return the request, None without one."""
    write(setup, [(row, at_once)], actor=actor)
    return next(iter(ask([(row, waits)], actor=actor)), None)


def ask(changes: Sequence[Change], *, actor: Actor) -> list[ChangeRequest]:
    """Ask for new values that wait until an officer agrees; open requests take them in (R1.4)."""
    changes = [(row, waits) for row, waits in changes if waits]
    if not changes:
        return []
    requests = _open_requests([row for row, _waits in changes])
    subjects, portraits = [], []
    for row, waits in changes:
        old = _plain({name: getattr(row, name) for name in waits})
        new = _plain(waits)
        request = requests.get(row.id)
        if request is None:
            request = requests[row.id] = ChangeRequest(
                event_id=row.event_id, registration_id=row.id, old=old, new=new
            )
            db.session.add(request)
        else:
            if "photo_id" in waits:
                portraits.append((row, request.new.get("photo_id")))
            request.old, request.new = {**request.old, **old}, {**request.new, **new}
        row.version += 1
        subjects.append(Subject("registration", row.ref, hidden=tuple(sorted(waits))))
    drop_photos(portraits, actor=actor)
    record(actor, "registration.request_change", subjects, event_id=changes[0][0].event_id)
    db.session.flush()
    return [requests[row.id] for row, _waits in changes]


def asked_values(request: ChangeRequest) -> dict[str, Any]:
    """Return the new values of a change request as a registration has them."""
    return {
        name: date.fromisoformat(value) if value and name in DATES else value
        for name, value in request.new.items()
    }


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as JSON keeps them."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def drop_photos(portraits: Collection[tuple[Registration, int | None]], *, actor: Actor) -> None:
    """Erase portraits that are not the one in force: nobody is to keep what nobody shows."""
    lost = [one for row, one in portraits if one is not None and one != row.photo_id]
    if lost:
        event_id = next(row.event_id for row, _one in portraits)
        erase_photos(event_id, lost, actor=actor)


def _open_requests(rows: Sequence[Registration]) -> dict[int, ChangeRequest]:
    query = select(ChangeRequest).where(
        ChangeRequest.registration_id.in_([row.id for row in rows]), ChangeRequest.state == "open"
    )
    return {one.registration_id: one for one in db.session.scalars(query.with_for_update())}
