"""Taking scans back. They stay in the log, and count no more."""

from collections.abc import Sequence

from eventhub.audit.services import Subject, record
from eventhub.checkin.models import Gate, Scan
from eventhub.checkin.permissions import UNDO
from eventhub.checkin.queries import find_scan
from eventhub.checkin.rules import UNDO_WITHIN
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, NotFound
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
    subjects = [Subject("scan", scan.uid) for scan in counted]
    if counted:
        record(actor, "scan.undo", subjects, event_id=counted[0].event_id)
    return len(counted)
