"""What a focal point corrects of its people, and what a person adds by the link that asks for it.

Before somebody is accredited a focal point changes what it likes; afterwards the old value stays
until an officer agrees (R1.4).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict
from eventhub.i18n import _
from eventhub.registration.models import ChangeRequest, Registration
from eventhub.registration.permissions import ENTER, VOUCH
from eventhub.registration.queries import capacities, lock_registrations, setup_of
from eventhub.registration.rules import (
    ENDED,
    State,
    reopened,
    split_changes,
)
from eventhub.registration.services.changing import (
    change_or_swap,
    check_name_after,
    check_version,
    values_now,
)
from eventhub.registration.services.drafts import check_event, lock_own
from eventhub.registration.services.seats import Seats
from eventhub.registration.services.writing import write, write_and_ask

ADDED = frozenset(
    {"family_name", "given_names", "functional_title", "organisation", "email", "phone"}
    | {"passport_latin", "honorific", "photo_id"}
)
"""What a person may add by the link that asks for what is missing, where it is empty."""


def amend(
    event_id: int,
    registration_id: int,
    values: Mapping[str, Any],
    *,
    version: int | None,
    actor: Actor,
) -> ChangeRequest | None:
    """Change fields of somebody of the own delegation; return the request where one waits.

    Conflict where somebody changed the person since `version`, or the registration has ended.
    """
    _by, scopes = capacities(actor, ENTER, VOUCH)
    setup = setup_of(event_id)
    check_event(setup.event)
    seats = Seats(setup)
    row = lock_registrations(event_id, [registration_id], scopes)[0]
    check_version(row, version)
    if row.state in ENDED:
        raise Conflict(_("This registration has ended and cannot be changed."))
    old = values_now(row)
    changed = {name: value for name, value in values.items() if old.get(name) != value}
    check_name_after(row, changed)
    if not changed:
        return None
    if row.state != State.ACCREDITED:
        change_or_swap(setup, seats, row, changed, actor=actor, scopes=scopes)
        return None
    at_once, waits = split_changes(old, changed)
    return write_and_ask(setup, row, at_once, waits, actor=actor)


def fill_in(
    registration: Registration, values: Mapping[str, Any], *, actor: Actor
) -> Sequence[str]:
    """Add what is empty, or was returned for correction; return the names of what was written.

    What is there already stays as it is: the link that asks for more gives no right over it.
    """
    row = lock_own(registration, actor)
    setup = setup_of(row.event_id)
    check_event(setup.event)
    if row.state in ENDED:
        raise Conflict(_("This registration has ended and cannot be changed."))
    may = reopened(row.returned_fields) if row.state == State.RETURNED else frozenset[str]()
    old = values_now(row)
    written = {
        name: value
        for name, value in values.items()
        if value and old.get(name) != value and (name in may or (name in ADDED and not old[name]))
    }
    write(setup, [(row, written)], actor=actor)
    return sorted(written)


def renew_asking(
    event_id: int, registration_ids: Sequence[int], *, actor: Actor
) -> list[Registration]:
    """Make the links that ask these people for what is missing worthless, so that new ones go."""
    _by, scopes = capacities(actor, ENTER, VOUCH)
    rows = lock_registrations(event_id, registration_ids, scopes)
    for row in rows:
        row.ask_number += 1
    subjects = [Subject("registration", row.ref) for row in rows]
    record(actor, "registration.renew_asking", subjects, event_id=event_id)
    db.session.flush()
    return rows
