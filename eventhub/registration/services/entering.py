"""Entering the people of a delegation, many at once; one is a list of one.

As long as a delegation is in preparation its names are sent and not nominated; all go on at once
when its letter is confirmed (R1.33).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import DomainError
from eventhub.delegations.models import Delegation
from eventhub.i18n import _
from eventhub.registration.models import Registration
from eventhub.registration.permissions import ENTER
from eventhub.registration.queries import Setup, capacities, setup_of
from eventhub.registration.services.drafts import Entry, check_complete, check_event, enter
from eventhub.registration.services.seats import Seat, Seats
from eventhub.registration.services.submitting import submit


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one of the entries: its place in the list, the field, the sentence."""

    at: int
    field: str
    sentence: str


class Faulty(DomainError):
    """Some entries cannot be kept; none of them was."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults[0].sentence, faults[0].field)
        self.faults = faults


def enter_people(
    delegation: Delegation,
    entries: Sequence[Entry],
    *,
    actor: Actor,
    source: str = "focal_point",
    override: str = "",
    begun_at: datetime | None = None,
    is_informed: bool = False,
    tell: bool = True,
) -> list[Registration]:
    """Enter people of a delegation and send them, in the order given; all or none.

    Raises Faulty with every entry that cannot be sent: no name, no place left. After the deadline
    staff say why (`override`, R1.15); `begun_at` is when the form was handed out (R1.14);
    `is_informed` is that the actor told these people what is kept of them (R7.5), which the audit
    log keeps.
    """
    setup = setup_of(delegation.event_id)
    check_event(setup.event)
    placed = [
        Entry(
            category_id=entry.category_id,
            values={**entry.values, "entity_id": delegation.entity_id},
            person_id=entry.person_id,
            account_id=entry.account_id,
            speaker_id=entry.speaker_id,
        )
        for entry in entries
    ]
    rows = enter(delegation.event_id, placed, actor=actor, source=source, setup=setup)
    _check_each(setup, rows)
    probe = Seats(setup)
    full = [at for at, row in enumerate(rows) if probe.take(row) == Seat.NONE]
    if full:
        sentence = _("The delegation is full: no place is left in this category.")
        raise Faulty([Fault(at, "category_id", sentence) for at in full])
    if is_informed:
        subjects = [Subject("registration", row.ref) for row in rows]
        record(actor, "registration.declare_informed", subjects, event_id=setup.event.id)
    ids = [row.id for row in rows]
    return submit(setup.event.id, ids, actor=actor, override=override, begun_at=begun_at, tell=tell)


def invite_by_link(event_id: int, entry: Entry, *, actor: Actor) -> Registration:
    """Open a registration for somebody invited directly, who fills it in by a private link.

    The category is fixed; what it waives (a photo) is not asked.
    """
    setup = setup_of(event_id)
    check_event(setup.event)
    capacities(actor, ENTER)
    row = enter(event_id, [entry], actor=actor, source="invited", setup=setup)[0]
    subject = Subject("registration", row.ref, {"category": (None, entry.category_id)})
    record(actor, "registration.invite", [subject], event_id=event_id)
    db.session.flush()
    return row


def _check_each(setup: Setup, rows: Sequence[Registration]) -> None:
    faults = []
    for at, row in enumerate(rows):
        try:
            check_complete(setup, row)
        except DomainError as error:
            faults.append(Fault(at, error.field or "family_name", error.message))
    if faults:
        raise Faulty(faults)
