"""Decisions of people: vouch, accredit, reject, return, put on the waiting list, end, reinstate.

An officer's decision is held for two minutes, so that it can be undone before anybody is told;
`at_once` is for the desk, the loader and whatever no person decides (the job carries it out).
"""

from collections.abc import Sequence
from typing import Unpack

from eventhub.core.actor import Actor
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.rules import EventState
from eventhub.i18n import _
from eventhub.registration import messages
from eventhub.registration.models import Registration
from eventhub.registration.permissions import DECIDE, REINSTATE, VOUCH
from eventhub.registration.queries import (
    capacities,
    in_preparation,
    lock_registrations,
    setup_of,
)
from eventhub.registration.rules import REASONS, RETURNABLE, State, Who
from eventhub.registration.services.drafts import check_event
from eventhub.registration.services.heads import check_heads
from eventhub.registration.services.holding import (
    Manner,
    Terms,
    Versions,
    carry_out_with_seats,
    decide,
)
from eventhub.registration.services.moving import (
    Verdict,
    cancel_held,
    changed_meanwhile,
    check_moves,
    check_versions,
    move,
    write_decisions,
)
from eventhub.registration.services.seats import Seats
from eventhub.registration.services.submitting import confirm_by_itself, entering


def vouch(
    event_id: int,
    registration_ids: Sequence[int],
    *,
    actor: Actor,
    versions: Versions = None,
    tell: bool = True,
) -> list[Registration]:
    """Say as focal point that these people are sent; where nobody approves they are confirmed."""
    by, scopes = capacities(actor, VOUCH)
    setup = setup_of(event_id)
    check_event(setup.event)
    rows = lock_registrations(event_id, registration_ids, scopes)
    check_versions(rows, versions)
    check_moves(rows, State.NOMINATED, by & {Who.FOCAL_POINT})
    if ended := [row for row in rows if row.state != State.SUBMITTED]:
        raise changed_meanwhile(ended[0])
    if in_preparation(event_id, {row.delegation_id for row in rows}):
        raise Conflict(
            _(
                "The letter of this delegation is not confirmed yet. "
                "Names can be entered and count once it is."
            )
        )
    move(setup, rows, Verdict(State.NOMINATED), actor=actor, by=by)
    confirmed = confirm_by_itself(setup, rows)
    if tell:
        messages.tell("accredited", confirmed)
    return rows


def accredit(
    event_id: int, registration_ids: Sequence[int], *, actor: Actor, **how: Unpack[Terms]
) -> list[Registration]:
    """Accredit nominated registrations: pass, confirmation by mail. The seat is theirs already."""
    verdict = Verdict(State.ACCREDITED)
    return decide(event_id, registration_ids, verdict, Manner(actor, (DECIDE,), **how))


def reject(
    event_id: int,
    registration_ids: Sequence[int],
    *,
    reason: str,
    text: str = "",
    actor: Actor,
    **how: Unpack[Terms],
) -> list[Registration]:
    """Refuse registrations, with a reason of `rules.REASONS`; their seats become free."""
    verdict = _reasoned(State.REJECTED, reason, text)
    return decide(event_id, registration_ids, verdict, Manner(actor, (DECIDE, VOUCH), **how))


def return_(
    event_id: int,
    registration_ids: Sequence[int],
    *,
    fields: Sequence[str],
    reason: str = "unclear",
    text: str = "",
    actor: Actor,
    **how: Unpack[Terms],
) -> list[Registration]:
    """Ask for a correction of these fields of `rules.RETURNABLE`; seats are kept for some days."""
    wanted = [name for name in RETURNABLE if name in fields]
    if not wanted:
        raise Invalid(_("Tick what is to be corrected."), "fields")
    verdict = _reasoned(State.RETURNED, reason, text, wanted)
    return decide(event_id, registration_ids, verdict, Manner(actor, (DECIDE, VOUCH), **how))


def waitlist(
    event_id: int,
    registration_ids: Sequence[int],
    *,
    reason: str = "no_place",
    text: str = "",
    actor: Actor,
    **how: Unpack[Terms],
) -> list[Registration]:
    """Put registrations on the waiting list; their seats go to others who wait."""
    verdict = _reasoned(State.WAITLISTED, reason, text)
    return decide(event_id, registration_ids, verdict, Manner(actor, (DECIDE,), **how))


def revoke(
    event_id: int,
    registration_ids: Sequence[int],
    *,
    reason: str,
    text: str = "",
    actor: Actor,
    versions: Versions = None,
    tell: bool = True,
) -> list[Registration]:
    """Take back accreditations; the passes are void at once, without a hold."""
    verdict = _reasoned(State.REVOKED, reason, text)
    how = Manner(actor, (DECIDE,), versions, at_once=True, tell=tell)
    return decide(event_id, registration_ids, verdict, how)


def withdraw(
    event_id: int,
    registration_ids: Sequence[int],
    *,
    reason: str = "cannot_come",
    text: str = "",
    actor: Actor,
    versions: Versions = None,
    tell: bool = True,
) -> list[Registration]:
    """Withdraw, as the registrant or the focal point; seats become free, passes void."""
    by, scopes = entering(actor, registration_ids)
    setup = setup_of(event_id)
    if setup.event.state == EventState.ARCHIVED:
        raise Conflict(_("The event is archived: nothing of it changes any more."))
    seats = Seats(setup)
    rows = lock_registrations(event_id, registration_ids, scopes)
    check_versions(rows, versions)
    verdict = _reasoned(State.WITHDRAWN, reason, text)
    sent = [row for row in rows if row.state != State.DRAFT]
    check_moves(rows, verdict.to, by)
    cancel_held([row.id for row in rows])
    write_decisions(rows, verdict, actor=actor)
    carry_out_with_seats(setup, seats, rows, verdict, tell=tell)
    if tell:
        messages.tell("withdrawn", sent)
    return rows


def reinstate(
    event_id: int,
    registration_ids: Sequence[int],
    *,
    text: str = "",
    actor: Actor,
    versions: Versions = None,
    tell: bool = True,
) -> list[Registration]:
    """Take ended registrations up again as nominated, if seats are free; else Conflict."""
    _by, scopes = capacities(actor, REINSTATE)
    setup = setup_of(event_id)
    check_event(setup.event)
    seats = Seats(setup)
    rows = lock_registrations(event_id, registration_ids, scopes)
    check_versions(rows, versions)
    check_moves(rows, State.NOMINATED, {Who.OFFICER})
    for row in rows:
        if not seats.has_room(row):
            raise Conflict(_("All places are taken."))
        seats.take(row)
        row.pass_id = None
    check_heads(setup, rows, actor=actor)
    verdict = Verdict(State.NOMINATED, "reinstated", text)
    move(setup, rows, verdict, actor=actor, by={Who.OFFICER})
    confirmed = confirm_by_itself(setup, rows)
    if tell:
        messages.tell("accredited", confirmed)
        messages.tell("reinstated", [row for row in rows if row not in confirmed])
    return rows


def _reasoned(to: State, reason: str, text: str, fields: Sequence[str] = ()) -> Verdict:
    if reason not in REASONS[to]:
        raise Invalid(_("Choose a reason."), "reason")
    if reason == "other" and not text.strip():
        raise Invalid(_("Say what the reason is."), "text")
    return Verdict(to, reason, text.strip(), fields)
