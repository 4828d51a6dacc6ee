"""Registering and accrediting in one go: walk-ins at the desk, people of a list, the loader."""

from collections.abc import Sequence

from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict
from eventhub.i18n import _
from eventhub.registration import messages, signals
from eventhub.registration.models import Registration
from eventhub.registration.queries import setup_of
from eventhub.registration.rules import State, Who
from eventhub.registration.services.deadlines import check_hard_deadline
from eventhub.registration.services.drafts import Entry, check_complete, check_event, enter
from eventhub.registration.services.letters import check_covered
from eventhub.registration.services.moving import Verdict, move, move_by_itself
from eventhub.registration.services.seats import Seats
from eventhub.registration.services.submitting import index, take_seats


def register_and_accredit(
    event_id: int,
    entries: Sequence[Entry],
    *,
    actor: Actor,
    source: str = "desk",
    tell: bool = True,
) -> list[Registration]:
    """Register these people and accredit them at once, in the order given, all or none.

    For whoever may admit at the desk: each step has its own decision, nothing is held. Conflict
    where no place is free, even where others would wait, or a letter is needed.
    """
    setup = setup_of(event_id)
    check_event(setup.event)
    if source != "desk" and actor.kind != "system":
        check_hard_deadline(setup)
    seats = Seats(setup)
    rows = enter(event_id, entries, actor=actor, source=source, setup=setup)
    for row in rows:
        check_complete(setup, row)
        row.is_late = clock.now() > setup.event.registration_closes_at
    if take_seats(setup, seats, rows, actor=actor, by={Who.STAFF}):
        raise Conflict(_("All places are taken."), "category_id")
    index(setup, rows)
    signals.submitted.send(event_id, registrations=rows)
    check_covered(setup, rows)
    move_by_itself(setup, rows, Verdict(State.NOMINATED, "desk"))
    move(setup, rows, Verdict(State.ACCREDITED, "desk"), actor=actor, by={Who.OFFICER})
    db.session.flush()
    if tell:
        messages.tell("accredited", rows)
    return rows
