"""Giving the floor, stopping the clock, skipping: what the operator does (R3.12, R3.14).

Each act takes the count of acts that the operator saw (`live`), and is refused where somebody else
has worked the list since.
"""

from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict
from eventhub.i18n import _
from eventhub.speaking import rules
from eventhub.speaking.models import SpeakerList, SpeakingRequest, SpeakingTurn
from eventhub.speaking.queries import limit_for
from eventhub.speaking.services.shared import arrange, get_request, head_of, lock, say
from eventhub.speaking.services.undoing import as_it_stands, remember


def speak(one: SpeakerList, request_id: int, live: int, *, actor: Actor) -> None:
    """Give the floor to somebody who waits, the clock running; whoever has it has spoken."""
    one = lock(one, live=live)
    row = get_request(one, request_id)
    if row.state not in rules.WAITING:
        raise Conflict(_("This request no longer waits for the floor."))
    turn, current = _running(one)
    head = head_of(one, row) if one.ordering == "balanced" else None
    touched = [row, *([current] if current else []), *([head] if head and head is not row else [])]
    before = as_it_stands(one, "speak", touched, [turn] if turn else [])
    if turn and current:
        _end(turn, current)
    if head is not None and head is not row:
        head.passed += 1
    row.state, row.passed = "speaking", 0
    row.version += 1
    made = SpeakingTurn(
        event_id=one.event_id,
        list_id=one.id,
        request_id=row.id,
        started_at=clock.now(),
        limit_s=limit_for(one, row),
    )
    db.session.add(made)
    arrange(one)
    remember(one, before, made)
    say(actor, "speaking_request.speak", row, {})


def finish(one: SpeakerList, live: int, *, actor: Actor) -> None:
    """End the statement: how long it took goes to the log."""
    one = lock(one, live=live)
    turn, current = _must_run(one)
    remember(one, as_it_stands(one, "finish", [current], [turn]))
    _end(turn, current)
    say(actor, "speaking_request.done", current, {"seconds": turn.seconds})


def skip(one: SpeakerList, request_id: int, live: int, *, actor: Actor) -> None:
    """Put whoever is not in the room at the end of the tier; a turn that ran is not logged."""
    one = lock(one, live=live)
    row = get_request(one, request_id)
    if row.state not in (*rules.WAITING, "speaking"):
        raise Conflict(_("This request no longer waits for the floor."))
    turn, current = _running(one)
    runs = [turn] if turn and current is row else []
    remember(one, as_it_stands(one, "skip", [row], runs))
    for mine in runs:
        db.session.delete(mine)
    row.state, row.queued_at, row.is_moved, row.passed = "skipped", clock.now(), False, 0
    row.version += 1
    arrange(one)
    say(actor, "speaking_request.skip", row, {})


def pause(one: SpeakerList, live: int, *, actor: Actor) -> None:
    """Stop the clock."""
    one = lock(one, live=live)
    turn, current = _must_run(one)
    if turn.stopped_at is not None:
        raise Conflict(_("The clock stands still already."))
    remember(one, as_it_stands(one, "pause", [], [turn]))
    turn.stopped_at = clock.now()
    say(actor, "speaking_request.pause", current, {})


def resume(one: SpeakerList, live: int, *, actor: Actor) -> None:
    """Let the clock run on from where it was stopped."""
    one = lock(one, live=live)
    turn, current = _must_run(one)
    if turn.stopped_at is None:
        raise Conflict(_("The clock is running already."))
    remember(one, as_it_stands(one, "resume", [], [turn]))
    turn.stopped_ms += int((clock.now() - turn.stopped_at).total_seconds() * 1000)
    turn.stopped_at = None
    say(actor, "speaking_request.resume", current, {})


def give_more(one: SpeakerList, live: int, *, actor: Actor, seconds: int = rules.EXTRA_S) -> None:
    """Give whoever has the floor more time."""
    one = lock(one, live=live)
    turn, current = _must_run(one)
    remember(one, as_it_stands(one, "more", [], [turn]))
    turn.extra_s += seconds
    say(actor, "speaking_request.more", current, {"seconds": seconds})


def _running(one: SpeakerList) -> tuple[SpeakingTurn | None, SpeakingRequest | None]:
    query = select(SpeakingTurn).where(
        SpeakingTurn.list_id == one.id, SpeakingTurn.is_running.is_(True)
    )
    turn = db.session.scalar(query.execution_options(populate_existing=True))
    return turn, get_request(one, turn.request_id) if turn else None


def _must_run(one: SpeakerList) -> tuple[SpeakingTurn, SpeakingRequest]:
    turn, current = _running(one)
    if turn is None or current is None:
        raise Conflict(_("Nobody has the floor."))
    return turn, current


def _end(turn: SpeakingTurn, current: SpeakingRequest) -> None:
    """Write down how long was spoken; one whose clock stands still ends where it stopped."""
    now = clock.now()
    turn.seconds = round(turn.clock.spoken_s(now))
    turn.ended_at, turn.is_running = now, None
    current.state = "done"
    current.version += 1
    db.session.flush()
