"""What was seen of one person, session by session."""

from collections import defaultdict

from sqlalchemy import select

from eventhub.checkin.models import Gate, Scan
from eventhub.checkin.rules import ENTER
from eventhub.core.db import db


def scans_by_session(event_id: int, registration_id: int) -> dict[int, list[Scan]]:
    """Return the passages at the gates of sessions by session id, undone ones too: one statement.

    Scans of somebody who was refused are none.
    """
    query = (
        select(Gate.session_id, Scan)
        .join(Gate, Gate.id == Scan.gate_id)
        .where(
            Scan.event_id == event_id,
            Scan.registration_id == registration_id,
            Scan.answer == ENTER,
            Gate.session_id.is_not(None),
        )
        .order_by(Scan.device_at, Scan.id)
    )
    found: dict[int, list[Scan]] = defaultdict(list)
    for session_id, scan in db.session.execute(query):
        if session_id is not None:
            found[session_id].append(scan)
    return found
