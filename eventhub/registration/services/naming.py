"""Naming the head of a delegation, by its focal point or by staff (R1.10)."""

from eventhub.core.actor import Actor
from eventhub.core.errors import Conflict
from eventhub.i18n import _
from eventhub.registration.permissions import DECIDE, ENTER, VOUCH
from eventhub.registration.queries import capacities, lock_registrations, setup_of
from eventhub.registration.queries.heads import HEAD
from eventhub.registration.rules import State, Who
from eventhub.registration.services.changing import change_or_swap
from eventhub.registration.services.drafts import check_event
from eventhub.registration.services.heads import head_to_swap
from eventhub.registration.services.seats import Seats
from eventhub.registration.services.writing import ask


def name_head(event_id: int, registration_id: int, *, actor: Actor) -> bool:
    """Make somebody head; who is head already takes the role that this one had.

    A focal point asks for it where one of the two is accredited, because badges change (R1.4);
    tell whether it was only asked for. Conflict where the event has no heads.
    """
    by, scopes = capacities(actor, VOUCH, DECIDE, ENTER)
    setup = setup_of(event_id)
    check_event(setup.event)
    seats = Seats(setup)
    row = lock_registrations(event_id, [registration_id], scopes)[0]
    category = setup.category(HEAD)
    if category is None:
        raise Conflict(_("This event has no heads of delegation."), "person")
    head = head_to_swap(setup, row, category.id)
    confirmed = any(one is not None and one.state == State.ACCREDITED for one in (row, head))
    if confirmed and not by & {Who.OFFICER, Who.STAFF}:
        ask([(row, {"category_id": category.id})], actor=actor)
        return True
    change_or_swap(setup, seats, row, {"category_id": category.id}, actor=actor, scopes=scopes)
    return False
