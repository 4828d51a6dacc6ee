"""One person in place of another, who keeps the seat (R1.9)."""

from dataclasses import replace as replace_in

from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict
from eventhub.i18n import _
from eventhub.registration import messages, signals
from eventhub.registration.models import Registration
from eventhub.registration.permissions import VOUCH
from eventhub.registration.queries import capacities, lock_registrations, setup_of
from eventhub.registration.rules import State, Who
from eventhub.registration.services.drafts import Entry, check_complete, check_event, enter
from eventhub.registration.services.letters import inherit_letter
from eventhub.registration.services.moving import Verdict, move
from eventhub.registration.services.seats import Seats
from eventhub.registration.services.submitting import go_on, index, take_seats


def replace(
    event_id: int,
    registration_id: int,
    entry: Entry,
    *,
    actor: Actor,
    version: int | None = None,
    tell: bool = True,
) -> Registration:
    """Let the person entered take the seat of an accredited one, whose badge is void; return it.

    Until the event begins. The new registration needs its own photo and approval.
    """
    by, scopes = capacities(actor, VOUCH)
    setup = setup_of(event_id)
    check_event(setup.event)
    if clock.now() >= setup.event.starts_at:
        raise Conflict(_("The event has begun. Nobody can be replaced any more."))
    seats = Seats(setup)
    old = lock_registrations(event_id, [registration_id], scopes)[0]
    if version is not None and version != old.version:
        raise Conflict(_("Somebody changed this registration meanwhile. Look at it again."))
    move(setup, [old], Verdict(State.REPLACED, "replaced"), actor=actor, by=by)
    seats.give_back(old)
    sent = replace_in(entry, values={**entry.values, "entity_id": old.entity_id})
    new = enter(event_id, [sent], actor=actor, source="focal_point", setup=setup)[0]
    new.replaces_id = old.id
    check_complete(setup, new)
    if take_seats(setup, seats, [new], actor=actor, by={Who.FOCAL_POINT}):
        raise Conflict(_("No place is free in this category."), "category_id")
    index(setup, [new])
    if not setup.settings.replacement_needs_letter:
        inherit_letter(old, new)
    signals.submitted.send(event_id, registrations=[new])
    go_on(setup, [new], entered=[new])
    db.session.flush()
    if tell:
        messages.tell("replaced", [old])
        messages.tell("accredited" if new.state == State.ACCREDITED else "received", [new])
    return new
