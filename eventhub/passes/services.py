"""Issuing, re-issuing and voiding passes, many at a time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update

from eventhub.core import clock
from eventhub.core.db import db
from eventhub.core.errors import Conflict
from eventhub.i18n import _
from eventhub.keys.ring import ring
from eventhub.passes.models import Pass
from eventhub.passes.tokens import PURPOSE

MOST_ISSUES = 255


def issue(event_id: int, zone_bits: Sequence[int], *, expires_at: datetime) -> list[Pass]:
    """Make one pass for each set of zones, in the order given."""
    key_id = ring().newest(PURPOSE)
    rows = [
        {"event_id": event_id, "zone_bits": bits, "expires_at": expires_at, "key_id": key_id}
        for bits in zone_bits
    ]
    if not rows:
        return []
    made = insert(Pass).returning(Pass, sort_by_parameter_order=True)
    return list(db.session.scalars(made, rows))


def void(event_id: int, pass_ids: Sequence[int], *, reason: str) -> int:
    """Make passes worthless at every door; return how many were not void before."""
    result = db.session.execute(
        update(Pass)
        .where(Pass.event_id == event_id, Pass.id.in_(pass_ids), Pass.state != "void")
        .values(state="void", void_reason=reason, voided_at=clock.now())
    )
    return int(getattr(result, "rowcount", 0))


def void_all(event_id: int, *, reason: str) -> int:
    """Make every pass of an event worthless, because the event will not take place."""
    ids = list(db.session.scalars(select(Pass.id).where(Pass.event_id == event_id)))
    return void(event_id, ids, reason=reason)


def reissue(entry: Pass) -> Pass:
    """Raise the issue, so that every badge printed before is refused (R4.5)."""
    if entry.state == "void":
        raise Conflict(_("This pass is no longer valid."))
    if entry.issue >= MOST_ISSUES:
        raise Conflict(_("This pass was re-issued too often. Withdraw it and register anew."))
    entry.issue += 1
    entry.reissued_at = clock.now()
    db.session.flush()
    return entry


def rezone(event_id: int, zones: dict[int, int], *, expires_at: datetime) -> None:
    """Write new zones to passes, by their id; tokens printed before carry the old ones."""
    for bits in set(zones.values()):
        theirs = [pass_id for pass_id, wanted in zones.items() if wanted == bits]
        db.session.execute(
            update(Pass)
            .where(Pass.event_id == event_id, Pass.id.in_(theirs))
            .values(zone_bits=bits, expires_at=expires_at)
        )
