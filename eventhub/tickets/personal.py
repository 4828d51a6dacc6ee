"""That somebody stood in a list of tickets; the file goes when one of its people is forgotten."""

from sqlalchemy import delete, select

from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.files.services import erase_files
from eventhub.people.seams import Held, PersonalData, Whose
from eventhub.tickets.models import TicketLine, TicketList


def held(whose: Whose) -> Held:
    """Return when lists with the person's name were made."""
    rows = [{"list": one.number, "made_at": whose.time(one.created_at)} for one in _lists(whose)]
    return Held({"ticket_list": rows})


def erase(whose: Whose, *, actor: Actor) -> None:
    """Remove the files that name the person, and that they stood there; what was counted stays."""
    gone = {one.file_id for one in _lists(whose) if one.file_id is not None}
    for one in _lists(whose):
        one.file_id = None
    db.session.execute(
        delete(TicketLine).where(
            TicketLine.event_id == whose.event_id,
            TicketLine.registration_id == whose.registration_id,
        )
    )
    db.session.flush()
    erase_files(gone)


def _lists(whose: Whose) -> list[TicketList]:
    query = (
        select(TicketList)
        .join(TicketLine, TicketLine.list_id == TicketList.id)
        .where(
            TicketLine.event_id == whose.event_id,
            TicketLine.registration_id == whose.registration_id,
        )
    )
    return list(db.session.scalars(query.order_by(TicketList.number)))


PERSONAL = PersonalData("tickets", frozenset({"ticket_list", "ticket_line"}), held, erase)
