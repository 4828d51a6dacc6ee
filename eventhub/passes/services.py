"""Issuing, re-issuing and voiding passes, many at a time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update

from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.i18n import _
from eventhub.passes.models import Pass, Reissue
from eventhub.passes.rules import DOCUMENTS, REISSUE_REASONS
from eventhub.passes.tokens import signing_key_id

MOST_ISSUES = 255


def issue(event_id: int, zone_bits: Sequence[int], *, expires_at: datetime) -> list[Pass]:
    """Make one pass for each set of zones, in the order given."""
    key_id = signing_key_id()
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


def reissue(entry: Pass, *, reason: str, document: str, actor: Actor) -> Pass:
    """Raise the issue, so that every badge printed before is refused, and log why (R4.5).

    `reason` is one of REISSUE_REASONS, `document` of DOCUMENTS: what the holder showed. The new
    issue is signed with the newest key.
    """
    if reason not in REISSUE_REASONS:
        raise Invalid(_("Say what became of the old badge."), "reason")
    if document not in DOCUMENTS:
        raise Invalid(_("Say which document the holder showed."), "document")
    if entry.state == "void":
        raise Conflict(_("This pass is no longer valid."))
    if entry.issue >= MOST_ISSUES:
        raise Conflict(_("This pass was re-issued too often. Withdraw it and register anew."))
    entry.issue += 1
    entry.reissued_at = clock.now()
    entry.key_id = signing_key_id()
    db.session.add(
        Reissue(
            event_id=entry.event_id, pass_id=entry.id, issue=entry.issue, reason=reason,
            document=document, made_by=actor.label, at=entry.reissued_at,
        )
    )  # fmt: skip
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
