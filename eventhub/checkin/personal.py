"""When a person passed which gate. What is counted stays; it names nobody."""

from sqlalchemy import select

from eventhub.checkin.models import Gate, Scan
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.people.seams import Held, PersonalData, Whose


def held(whose: Whose) -> Held:
    """Return the passages of a registration; of an account, the scans that it made."""
    if whose.account_id is not None:
        mine = Scan.account_id == whose.account_id
    else:
        mine = (Scan.event_id == whose.event_id) & (Scan.registration_id == whose.registration_id)
    query = select(Scan, Gate.names).join(Gate, Gate.id == Scan.gate_id).where(mine)
    rows = [
        {
            "gate": names.pick(),
            "direction": scan.direction,
            "answer": scan.answer,
            "reason": scan.reason,
            "how": scan.source,
            "at": whose.time(scan.device_at),
            "undone_at": whose.time(scan.undone_at),
        }
        for scan, names in db.session.execute(query.order_by(Scan.id))
    ]
    return Held({"scan": rows})


def erase(whose: Whose, *, actor: Actor) -> None:
    """Leave the passages: headcount and attendance are made of them, and they hold no name."""


PERSONAL = PersonalData("checkin", frozenset({"scan"}), held, erase)
