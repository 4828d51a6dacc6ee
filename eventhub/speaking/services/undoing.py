"""Taking back what the operator did last, one act after the other."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict
from eventhub.i18n import _
from eventhub.speaking.models import SpeakerList, SpeakingRequest, SpeakingTurn
from eventhub.speaking.services.shared import arrange, get_request, lock, say, waiting_of

MOST = 10
"""How many acts can be taken back."""
_OF_REQUEST = ("state", "queued_at", "is_moved", "reason", "passed")
_OF_TURN = (
    "request_id", "is_running", "started_at", "limit_s", "extra_s", "stopped_at", "stopped_ms",
    "ended_at", "seconds",
)  # fmt: skip


def as_it_stands(
    one: SpeakerList, act: str, requests: list[SpeakingRequest], turns: list[SpeakingTurn]
) -> dict[str, Any]:
    """Return how things stand before an act, for `remember`."""
    order = [row.id for row in waiting_of(one)]
    return {
        "act": act,
        "requests": [[row.id, _plain(row, _OF_REQUEST), _index(order, row.id)] for row in requests],
        "turns": [[turn.id, _plain(turn, _OF_TURN)] for turn in turns],
    }


def remember(one: SpeakerList, before: dict[str, Any], made: SpeakingTurn | None = None) -> None:
    """Keep how things stood before an act, and the turn that the act made, if it made one."""
    one.acts = [*one.acts, {**before, "made": made.id if made else None}][-MOST:]


def undo(one: SpeakerList, live: int, *, actor: Actor) -> str:
    """Take the last act back, the clock running on as if it had not been; return its name.

    Conflict where nothing is left to take back, or somebody else worked the list meanwhile.
    """
    one = lock(one, live=live)
    if not one.acts:
        raise Conflict(_("There is nothing to take back."))
    *before, kept = one.acts
    one.acts = before
    _restore_turns(one, kept)
    order = [row.id for row in waiting_of(one)]
    for id_, values, index in kept["requests"]:
        row = get_request(one, id_)
        _write(row, values)
        row.version += 1
        order = [other for other in order if other != id_]
        if index is not None:
            order.insert(index, id_)
    arrange(one, order)
    say(actor, "speaker_list.undo", one, {"act": kept["act"]})
    return str(kept["act"])


def last_act(one: SpeakerList) -> str:
    """Return the name of the act that undo would take back; empty where there is none."""
    return str(one.acts[-1]["act"]) if one.acts else ""


def _restore_turns(one: SpeakerList, kept: dict[str, Any]) -> None:
    if kept["made"] is not None:
        query = select(SpeakingTurn).where(
            SpeakingTurn.list_id == one.id, SpeakingTurn.id == kept["made"]
        )
        for made in db.session.scalars(query):
            db.session.delete(made)
        db.session.flush()
    for id_, values in kept["turns"]:
        turn = db.session.get(SpeakingTurn, id_)
        if turn is None:
            turn = SpeakingTurn(id=id_, event_id=one.event_id, list_id=one.id)
            db.session.add(turn)
        _write(turn, values)
    db.session.flush()


def _plain(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in names}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }


def _write(row: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        is_time = name.endswith("_at") and value is not None
        setattr(row, name, datetime.fromisoformat(value) if is_time else value)


def _index(order: list[int], id_: int) -> int | None:
    return order.index(id_) if id_ in order else None
