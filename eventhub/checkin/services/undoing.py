"""Taking scans back. They stay in the log, and count no more."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from eventhub.audit.services import Subject, record
from eventhub.checkin.models import Gate, Scan
from eventhub.checkin.permissions import UNDO
from eventhub.checkin.queries import find_scan
from eventhub.checkin.rules import ENTER, UNDO_WITHIN
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, NotFound
from eventhub.floor_cards.models import FloorCard
from eventhub.i18n import _


def undo_last(gate: Gate, uid: str, *, actor: Actor) -> Scan:
    """Take back a scan of this gate: what a guard may do for ten minutes, others with the right.

    Once taken back it is so; asking again changes nothing.
    """
    scan = find_scan(gate.event_id, uid)
    if scan is None or scan.gate_id != gate.id:
        raise NotFound
    if clock.now() - scan.at > UNDO_WITHIN and not actor.may(UNDO):
        raise Conflict(_("This is too long ago. Ask the registration desk to take it back."))
    if scan.undone_at is None:
        undo([scan], actor=actor)
    return scan


def undo(scans: Sequence[Scan], *, actor: Actor) -> int:
    """Take scans of one event back, many at once; return how many were not taken back before."""
    counted = [scan for scan in scans if scan.undone_at is None]
    for scan in counted:
        scan.undone_at = clock.now()
    db.session.flush()
    _put_back(scan.floor_card_id for scan in counted if scan.floor_card_id is not None)
    subjects = [Subject("scan", scan.uid) for scan in counted]
    if counted:
        record(actor, "scan.undo", subjects, event_id=counted[0].event_id)
    return len(counted)


def _put_back(card_ids: Iterable[int]) -> None:
    """Say of floor cards whether somebody is inside with them, as the scans left tell (R1.13)."""
    cards = select(FloorCard).where(FloorCard.id.in_(sorted(set(card_ids)))).with_for_update()
    for card in db.session.scalars(cards).all():
        last = db.session.scalar(
            select(Scan)
            .where(
                Scan.floor_card_id == card.id,
                Scan.answer == ENTER,
                Scan.undone_at.is_(None),
                Scan.device_at >= (card.handed_at or card.created_at),
            )
            .order_by(Scan.device_at.desc(), Scan.id.desc())
            .limit(1)
        )
        is_inside = card.state == "handed" and last is not None and last.direction == "in"
        card.inside_since = last.device_at if last is not None and is_inside else None
    db.session.flush()
