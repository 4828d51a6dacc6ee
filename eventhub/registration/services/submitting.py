"""Sending registrations: the seat, the number, and what follows by itself."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import func, select

from eventhub.core import clock
from eventhub.core.actor import EVERYTHING, Actor, Scope
from eventhub.core.db import db
from eventhub.core.errors import Conflict, NotFound
from eventhub.core.rows import rows_by_id
from eventhub.core.text import searchable
from eventhub.delegations import services as delegations
from eventhub.entities.models import Entity
from eventhub.i18n import _
from eventhub.registration import messages, signals
from eventhub.registration.models import Registration
from eventhub.registration.permissions import DECIDE, ENTER, VOUCH
from eventhub.registration.queries import (
    Setup,
    capacities,
    in_preparation,
    lock_registrations,
    reference,
    registrant,
    setup_of,
    without_letter,
)
from eventhub.registration.rules import State, Who, may_move
from eventhub.registration.services.deadlines import check_deadlines
from eventhub.registration.services.drafts import check_complete, check_event, start_draft
from eventhub.registration.services.heads import check_heads
from eventhub.registration.services.moving import (
    Verdict,
    changed_meanwhile,
    check_versions,
    move,
    move_by_itself,
    written_together,
)
from eventhub.registration.services.seats import Seat, Seats

FEW_ENTITIES = 3
"""Seats of so many delegations are counted one by one, of more all at once."""


def submit(
    event_id: int,
    registration_ids: Sequence[int],
    *,
    actor: Actor,
    versions: Mapping[int, int] | None = None,
    override: str = "",
    begun_at: datetime | None = None,
    tell: bool = True,
    setup: Setup | None = None,
) -> list[Registration]:
    """Send drafts, or returned registrations that were corrected, in the order given.

    A draft takes its seat now (R1.8), gets its number, and moves on by itself where nobody has to
    vouch or to approve. With a full pool it waits, or Conflict, as the pool says. All or none.
    Invalid with the field where something is missing; NotFound outside the actor's reach.
    `override` is why staff send one after the deadline (R1.15), `begun_at` when the form was
    handed out, where that was before the draft was begun (R1.14). With `tell` each registrant is
    told by mail. `setup` is the event's, where the transaction has read it.
    """
    setup = setup or setup_of(event_id)
    check_event(setup.event)
    seats = Seats(setup)
    by, scopes = entering(actor, registration_ids)
    rows = lock_registrations(event_id, registration_ids, scopes)
    check_versions(rows, versions)
    for row in rows:
        if row.state not in (State.DRAFT, State.RETURNED):
            raise changed_meanwhile(row)
        check_complete(setup, row)
    with written_together(event_id):
        _send(setup, seats, rows, actor=actor, by=by, override=override, begun_at=begun_at)
    if tell:
        tell_where_they_stand(rows)
    return rows


def register(
    setup: Setup,
    *,
    category_id: int,
    language: str,
    actor: Actor,
    values: Mapping[str, Any],
    begun_at: datetime | None = None,
) -> Registration:
    """Begin a registration and send it at once, where one page asks all: see both for refusals."""
    check_event(setup.event)
    with written_together(setup.event.id):
        row = start_draft(
            setup,
            category_id=category_id,
            language=language,
            actor=actor,
            values=values,
            begun_at=begun_at,
        )
        check_complete(setup, row)
        _send(setup, Seats(setup), [row], actor=registrant(row), by={Who.REGISTRANT})
    tell_where_they_stand([row])
    return row


def _send(
    setup: Setup,
    seats: Seats,
    rows: Sequence[Registration],
    *,
    actor: Actor,
    by: Collection[Who],
    override: str = "",
    begun_at: datetime | None = None,
) -> None:
    drafts = [row for row in rows if row.state == State.DRAFT]
    corrected = [row for row in rows if row.state == State.RETURNED]
    for row in drafts:
        row.is_late = check_deadlines(
            setup, row, actor=actor, by=by, override=override, begun_at=begun_at
        )
    waiting = take_seats(setup, seats, drafts, actor=actor, by=by, text=override)
    if waiting and not may_move(State.DRAFT, State.WAITLISTED, by):
        raise Conflict(_("All places are taken."), "category_id")
    move(setup, waiting, Verdict(State.WAITLISTED, "pool_full", override), actor=actor, by=by)
    move(setup, corrected, Verdict(State.SUBMITTED, "corrected"), actor=actor, by=by)
    for row in corrected:
        row.draft = {}
    index(setup, rows)
    signals.submitted.send(setup.event.id, registrations=rows)
    sent = [row for row in rows if row.state == State.SUBMITTED]
    go_on(setup, sent, entered=[row for row in sent if _entered_by_focal_point(row, by)])


def entering(actor: Actor, registration_ids: Sequence[int]) -> tuple[Collection[Who], list[Scope]]:
    """Return in what capacity the actor sends or withdraws these; NotFound for somebody else's."""
    if actor.kind == "registrant":
        if set(registration_ids) != {actor.id}:
            raise NotFound
        return {Who.REGISTRANT}, [EVERYTHING]
    return capacities(actor, ENTER, VOUCH, DECIDE)


def go_on(
    setup: Setup, rows: Sequence[Registration], *, entered: Sequence[Registration] = ()
) -> None:
    """Let registrations just submitted move on where nobody has to vouch or to approve (1.3).

    `entered` are those that the focal point entered itself; each step has its own decision. In
    a delegation whose letter is not confirmed yet they wait (R1.33).
    """
    waiting = in_preparation(setup.event.id, {row.delegation_id for row in entered})
    entered = [row for row in entered if row.delegation_id not in waiting]
    named = {row.id for row in entered}
    others = [row for row in rows if row.id not in named]
    free = [row for row in others if not _must_be_vouched_for(setup, row)]
    move_by_itself(setup, entered, Verdict(State.NOMINATED, "entered_by_focal_point"))
    move_by_itself(setup, free, Verdict(State.NOMINATED, "no_vouching"))
    confirm_by_itself(setup, [*entered, *free])


def confirm_by_itself(setup: Setup, rows: Sequence[Registration]) -> list[Registration]:
    """Accredit at once those nominated in a category that nobody approves; return them.

    Where a letter must name them they wait until one does.
    """
    free = [
        row
        for row in rows
        if row.state == State.NOMINATED and setup.rule(row.category_id).approver == "none"
    ]
    unnamed = {row.id for row in without_letter(setup, free)}
    free = [row for row in free if row.id not in unnamed]
    move_by_itself(setup, free, Verdict(State.ACCREDITED, "no_approver"))
    return free


def tell_where_they_stand(rows: Sequence[Registration]) -> None:
    """Tell each registrant the one thing that is so now: received, waiting or confirmed."""
    names = {State.ACCREDITED: "accredited", State.WAITLISTED: "waitlisted"}

    def message(row: Registration) -> str:
        return names.get(State(row.state), "received")

    for name, some in groupby(sorted(rows, key=message), message):
        messages.tell(name, list(some))


def _must_be_vouched_for(setup: Setup, row: Registration) -> bool:
    """Tell whether a focal point has to say first that the person is sent."""
    return row.source != "invited" and setup.rule(row.category_id).vouched_by == "focal_point"


def _entered_by_focal_point(row: Registration, by: Collection[Who]) -> bool:
    """Tell whether it was the focal point who sent it; the loader says so by the source."""
    return Who.FOCAL_POINT in by and (Who.OFFICER not in by or row.source == "focal_point")


def take_seats(
    setup: Setup,
    seats: Seats,
    rows: Sequence[Registration],
    *,
    actor: Actor,
    by: Collection[Who],
    text: str = "",
    take: Callable[[Registration], Seat] | None = None,
) -> list[Registration]:
    """Submit the drafts that get a seat, give all their numbers; return those that get none.

    `take` is how they get it, by default from the pools; `text` goes into the decision. Conflict
    where a full pool lets nobody wait, and for a second head of a delegation (R1.10).
    """
    check_heads(setup, rows, actor=actor)
    if len({row.entity_id for row in rows}) > FEW_ENTITIES:
        seats.count_all()
    now, take = clock.now(), take or seats.take
    taken: list[Registration] = []
    waiting: list[Registration] = []
    for row in rows:
        seat = take(row)
        if seat == Seat.OVERFLOW:
            seat = _overflow(setup, seats, row)
        if seat == Seat.NONE:
            raise Conflict(_refusal(setup, row), "category_id")
        row.is_over_quota = row.is_over_quota or seat == Seat.OVER
        (waiting if seat == Seat.WAIT else taken).append(row)
    _give_numbers(setup, rows, actor=actor)
    for row in rows:
        row.submitted_at, row.draft = now, {}
    verdict = Verdict(State.SUBMITTED, "late" if text else "", text)
    move(setup, taken, verdict, actor=actor, by=by)
    return waiting


def _refusal(setup: Setup, row: Registration) -> str:
    """Return why there is no seat, and the overflow category where the event offers one (R1.11)."""
    category = setup.category(setup.settings.overflow_category)
    if category is None or category.id == row.category_id:
        return _("All places are taken.")
    return _(
        "All places are taken. Registering as “%(category)s” is still possible: it is no part of "
        "the delegation and gives no right to speak.",
        category=category.name(),
    )


def _overflow(setup: Setup, seats: Seats, row: Registration) -> Seat:
    """Move the registration to the event's overflow category, if it has one with room (R1.11)."""
    category = setup.category(setup.settings.overflow_category)
    if category is None or category.id == row.category_id:
        return Seat.NONE
    row.category_id = category.id
    row.is_over_quota = True
    seat = seats.take(row)
    return Seat.NONE if seat == Seat.OVERFLOW else seat


def _give_numbers(setup: Setup, rows: Sequence[Registration], *, actor: Actor) -> None:
    """Give each the next number of its entity at this event (the pools are locked)."""
    by_entity: dict[int, list[Registration]] = {}
    for row in rows:
        if row.entity_id is not None and row.number is None:
            by_entity.setdefault(row.entity_id, []).append(row)
    if not by_entity:
        return
    event = setup.event
    if "delegations" in event.switches:
        wanted = {entity_id: len(some) for entity_id, some in by_entity.items()}
        numbers = delegations.next_numbers(event.id, wanted)
        if new := {one: count for one, count in wanted.items() if one not in numbers}:
            delegations.open_all(event.id, new, actor=actor)
            numbers |= delegations.next_numbers(event.id, new)
        for entity_id, some in by_entity.items():
            delegation_id, given = numbers[entity_id]
            for row, number in zip(some, given, strict=True):
                row.delegation_id, row.number = delegation_id, number
        return
    highest = (
        select(Registration.entity_id, func.max(Registration.number))
        .where(Registration.event_id == event.id, Registration.entity_id.in_(by_entity))
        .group_by(Registration.entity_id)
    )
    last = dict(db.session.execute(highest).all())
    for entity_id, some in by_entity.items():
        for number, row in enumerate(some, start=(last.get(entity_id) or 0) + 1):
            row.number = number


def index(setup: Setup, rows: Sequence[Registration]) -> None:
    """Write what the search finds: names in all scripts, the entity's names, number, address."""
    ids = {row.entity_id for row in rows if row.entity_id is not None}
    entities = rows_by_id(Entity, ids)
    for row in rows:
        entity = entities.get(row.entity_id or 0)
        category = setup.categories[row.category_id]
        row.search = searchable(
            [
                *(row.family_name, row.given_names, row.display_name, row.passport_latin),
                *(row.name_local, row.organisation, row.functional_title, row.email, row.ref),
                reference(row, entity.code if entity else None),
                *((entity.code, *entity.names.values()) if entity else ()),
                category.code,
            ]
        )
