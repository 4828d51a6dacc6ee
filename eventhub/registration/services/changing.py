"""Changing what was sent: at once, by a request that waits for approval (R1.4), or by staff."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor, Scope
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid, NotFound
from eventhub.i18n import _
from eventhub.registration import messages
from eventhub.registration.models import ChangeRequest, Registration
from eventhub.registration.permissions import DECIDE, ENTER
from eventhub.registration.queries import Setup, capacities, lock_registrations, setup_of
from eventhub.registration.rules import FIELDS, SEAT_STATES, State, split_changes
from eventhub.registration.services.drafts import check_event, check_name, lock_own
from eventhub.registration.services.heads import check_heads, head_to_swap
from eventhub.registration.services.seats import Seat, Seats
from eventhub.registration.services.writing import (
    SEATED_BY,
    ask,
    asked_values,
    drop_photos,
    write,
    write_and_ask,
)

CHANGEABLE = frozenset({State.SUBMITTED, State.NOMINATED, State.WAITLISTED, State.ACCREDITED})
"""States in which a registrant may ask for changes; a returned one is corrected instead."""


def request_change(
    registration: Registration,
    values: Mapping[str, Any],
    *,
    actor: Actor,
    version: int | None = None,
) -> ChangeRequest | None:
    """Change what changes at once, and ask for the rest; return the request, None without one.

    `values` are of `rules.FIELDS`. The old value stays in force until an officer agrees; a
    request that waits takes the new values in.
    """
    row = lock_own(registration, actor)
    setup = setup_of(row.event_id)
    check_event(setup.event)
    if row.state not in CHANGEABLE:
        raise Conflict(_("This registration cannot be changed now."))
    check_version(row, version)
    at_once, waits = split_changes(values_now(row), values)
    check_name_after(row, waits)
    return write_and_ask(setup, row, at_once, waits, actor=actor)


def withdraw_change(change: ChangeRequest, registration: Registration, *, actor: Actor) -> None:
    """Take a change request back, as the registrant who made it."""
    row = lock_own(registration, actor)
    if change.registration_id != row.id or change.state != "open":
        raise Conflict(_("This request was decided already."))
    change.state, change.decided_at = "withdrawn", clock.now()
    drop_photos([(row, change.new.get("photo_id"))], actor=actor)
    record(actor, "registration.withdraw_change", [Subject("registration", row.ref)],
           event_id=row.event_id)  # fmt: skip
    db.session.flush()


def decide_change(
    change_id: int,
    *,
    event_id: int,
    accept: bool,
    text: str = "",
    actor: Actor,
    tell: bool = True,
) -> ChangeRequest:
    """Agree to a change request or refuse it; what a badge shows then needs a new badge.

    Conflict where it was decided already, or where the new category has no free place.
    """
    _by, scopes = capacities(actor, DECIDE)
    setup = setup_of(event_id)
    check_event(setup.event)
    seats = Seats(setup)
    query = select(ChangeRequest).where(
        ChangeRequest.event_id == event_id, ChangeRequest.id == change_id
    )
    change = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if change is None:
        raise NotFound
    row = lock_registrations(event_id, [change.registration_id], scopes)[0]
    if change.state != "open":
        raise Conflict(_("Somebody decided on this change meanwhile. Look at it again."))
    if not accept and not text.strip():
        raise Invalid(_("Say why the change is refused."), "text")
    change.state = "accepted" if accept else "refused"
    change.text, change.decided_at = text.strip()[:250], clock.now()
    if accept:
        change_or_swap(setup, seats, row, asked_values(change), actor=actor, scopes=scopes)
    else:
        row.version += 1
        drop_photos([(row, change.new.get("photo_id"))], actor=actor)
    subject = Subject("registration", row.ref, hidden=tuple(sorted(change.new)))
    record(actor, f"registration.{change.state}_change", [subject], event_id=event_id)
    db.session.flush()
    if tell:
        messages.tell("change_decided", [row], change=change.id)
    return change


def edit(
    event_id: int,
    registration_id: int,
    values: Mapping[str, Any],
    *,
    version: int,
    swap: bool = False,
    actor: Actor,
) -> Registration:
    """Change fields of `rules.FIELDS` as staff, at once; Conflict since another version.

    A second head of a delegation is a Conflict, unless with `swap` the first takes the role that
    this one had (R1.10).
    """
    _by, scopes = capacities(actor, ENTER, DECIDE)
    setup = setup_of(event_id)
    check_event(setup.event)
    seats = Seats(setup)
    row = lock_registrations(event_id, [registration_id], scopes)[0]
    check_version(row, version)
    if row.erased_at is not None:
        raise Conflict(_("The data of this person were erased. Nothing can be changed any more."))
    old = values_now(row)
    changed = {name: value for name, value in values.items() if old.get(name) != value}
    check_name_after(row, changed)
    if changed:
        change_or_swap(setup, seats, row, changed, actor=actor, scopes=scopes, is_swap=swap)
    return row


def set_photo(registration: Registration, photo_id: int, *, actor: Actor) -> None:
    """Put a photo to a registration that was not accredited with one; else it is a request."""
    row = lock_own(registration, actor)
    if row.state == State.ACCREDITED and row.photo_id is not None:
        ask([(row, {"photo_id": photo_id})], actor=actor)
        return
    write(setup_of(row.event_id), [(row, {"photo_id": photo_id})], actor=actor)


def new_link(registration: Registration, *, actor: Actor) -> None:
    """Make every private link sent so far worthless, and send a new one."""
    row = lock_own(registration, actor)
    row.link_number += 1
    record(actor, "registration.new_link", [Subject("registration", row.ref)],
           event_id=row.event_id)  # fmt: skip
    db.session.flush()
    messages.tell("link_again", [row])


def send_link(registration: Registration) -> None:
    """Send the private link again, the one that is valid now."""
    messages.tell("link_again", [registration])


def values_now(row: Registration) -> dict[str, Any]:
    """Return the values of all fields as they stand."""
    return {name: getattr(row, name) for name in FIELDS}


def check_version(row: Registration, version: int | None) -> None:
    """Raise Conflict where the row is no longer the version that a page showed."""
    if version is not None and version != row.version:
        raise Conflict(
            _("Somebody changed this registration meanwhile. Look at it again."),
        )


def check_name_after(row: Registration, changed: Mapping[str, Any]) -> None:
    """Raise Invalid where the change would leave no name at all."""
    family = changed.get("family_name", row.family_name)
    given = changed.get("given_names", row.given_names)
    check_name(family, given)


def change_or_swap(
    setup: Setup,
    seats: Seats,
    row: Registration,
    changed: Mapping[str, Any],
    *,
    actor: Actor,
    scopes: Sequence[Scope],
    is_swap: bool = True,
) -> None:
    """Write what changed; who becomes head leaves the old role to who was head so far (R1.10).

    Together the two use the seats they had, so that a full pool is no hindrance.
    """
    stays = changed.get("entity_id", row.entity_id) == row.entity_id
    head = head_to_swap(setup, row, changed.get("category_id", 0)) if is_swap and stays else None
    both_seated = head is not None and {head.state, row.state} <= SEAT_STATES
    if head is None or not both_seated or head.mode != row.mode:
        _move_seat(seats, row, changed)
        write(setup, [(row, changed)], actor=actor)
        check_heads(setup, [row] if row.state in CHANGEABLE else [], actor=actor)
        return
    head = lock_registrations(setup.event.id, [head.id], scopes)[0]
    write(setup, [(head, {"category_id": row.category_id}), (row, changed)], actor=actor)


def _move_seat(seats: Seats, row: Registration, changed: Mapping[str, Any]) -> None:
    """Give the old seats back and take those of another category or entity; Conflict if full."""
    if row.state not in SEAT_STATES or changed.keys().isdisjoint(SEATED_BY):
        return
    seats.give_back(row)
    before = {name: getattr(row, name) for name in SEATED_BY}
    for name in before:
        setattr(row, name, changed.get(name, before[name]))
    seat = seats.take(row)
    for name, value in before.items():
        setattr(row, name, value)
    if seat not in (Seat.TAKEN, Seat.OVER):
        raise Conflict(_("No place is free in this category."), "category_id")
