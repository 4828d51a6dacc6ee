"""Moving and swapping those who wait, against the rule, with the reason kept (R3.8, R3.14)."""

from eventhub.core.actor import Actor
from eventhub.core.errors import Conflict, Invalid
from eventhub.i18n import _
from eventhub.speaking import rules
from eventhub.speaking.models import SpeakerList, SpeakingRequest
from eventhub.speaking.services.shared import arrange, lock, say, waiting_of


def move(
    one: SpeakerList, request: SpeakingRequest, place: int, *, reason: str, actor: Actor
) -> None:
    """Put a request at a place among those who wait, from 1; it stays there until it speaks.

    Too far is the end. Invalid without a reason.
    """
    one = lock(one)
    rows = {row.id: row for row in waiting_of(one)}
    row = _held(rows, request)
    if not reason:
        raise Invalid(_("Say why: the reason is kept with the list."), "reason")
    if place < 1:
        raise Invalid(_("Write a place from 1."), "place")
    before = list(rows).index(row.id) + 1
    row.is_moved, row.reason = True, reason
    row.version += 1
    arrange(one, rules.moved_to(list(rows), row.id, place - 1))
    say(actor, "speaking_request.move", row, {"from": before, "to": row.place + 1, "why": reason})


def let_go(one: SpeakerList, request: SpeakingRequest, *, actor: Actor) -> None:
    """Let a request that was moved stand again where the rule puts it."""
    one = lock(one)
    row = _held({row.id: row for row in waiting_of(one)}, request)
    row.is_moved, row.reason = False, ""
    row.version += 1
    arrange(one)
    say(actor, "speaking_request.let_go", row, {})


def swap(
    one: SpeakerList,
    request: SpeakingRequest,
    other: SpeakingRequest,
    *,
    reason: str,
    actor: Actor,
) -> None:
    """Let two who wait change places, as both agreed."""
    one = lock(one)
    rows = {row.id: row for row in waiting_of(one)}
    first, second = _held(rows, request), _held(rows, other)
    if first is second:
        raise Invalid(_("Choose another one to swap with."), "other")
    order = list(rows)
    a, b = order.index(first.id), order.index(second.id)
    order[a], order[b] = order[b], order[a]
    for row in (first, second):
        row.is_moved, row.reason = True, reason or _("Swapped, as both agreed")
        row.version += 1
    arrange(one, order)
    say(actor, "speaking_request.swap", first, {"with": second.ref, "why": first.reason})


def _held(rows: dict[int, SpeakingRequest], request: SpeakingRequest) -> SpeakingRequest:
    if request.id not in rows:
        raise Conflict(_("This request no longer waits for the floor."))
    return rows[request.id]
