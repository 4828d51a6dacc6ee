"""Making a list of tickets, or a supplement to those that went out (R1.25)."""

import io
from collections.abc import Sequence

from sqlalchemy import insert

from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict
from eventhub.events.models import Event
from eventhub.events.queries import hosts_of
from eventhub.events.words import where_of
from eventhub.files.services import store_file
from eventhub.i18n import _
from eventhub.i18n.locale import use
from eventhub.registration.models import Registration
from eventhub.registration.services.seats import lock_pools
from eventhub.sheets.writing import XLSX, Column, Sheet, write_xlsx
from eventhub.tickets.models import TicketLine, TicketList
from eventhub.tickets.queries import begins, lists_of, waiting_for_ticket
from eventhub.tickets.rules import is_late

MAKE = "ticket.make"


def make_list(event: Event, *, actor: Actor) -> TicketList:
    """Make a file with everybody who needs a ticket and stands in none yet; remember who.

    The file is in English, as security of the United Nations reads it. Conflict where nobody
    is left.
    """
    lock_pools(event)
    rows = waiting_for_ticket(event.id, actor.scope(MAKE))
    if not rows:
        raise Conflict(_("Everybody who needs a ticket stands in a list already."))
    number = len(lists_of(event.id)) + 1
    starts_at, time = begins(event)
    with use("en"):
        data = _workbook(event, rows, time, number)
    name = f"{event.slug}-tickets-{number}.xlsx"
    file = store_file(data, event_id=event.id, data_class="ticket_list", name=name, media_type=XLSX)
    made = TicketList(
        event_id=event.id,
        number=number,
        file_id=file.id,
        names=len(rows),
        is_late=is_late(starts_at, clock.now()),
        made_by=actor.label,
    )
    db.session.add(made)
    db.session.flush()
    lines = [{"event_id": event.id, "list_id": made.id, "registration_id": row.id} for row in rows]
    db.session.execute(insert(TicketLine), lines)
    changes = {"names": (None, len(rows)), "number": (None, number)}
    record(actor, "ticket.make", [Subject("ticket_list", made.ref, changes)], event_id=event.id)
    return made


def _workbook(event: Event, rows: Sequence[Registration], time: str, number: int) -> bytes:
    hosts = [host.names.pick("en", event.languages) for host in hosts_of(event.id)]
    venue = event.venue_names.pick("en", event.languages) or where_of(event)
    same = (event.starts_on, time, venue, event.title("en"), ", ".join(hosts))
    headings = ("First name", "Last name", "Date", "Time", "Venue", "Event name", "Sponsor")
    title = "Ticket list" if number == 1 else f"Supplement {number - 1}"
    sheet = Sheet(
        title,
        [Column(heading, width=24) for heading in headings],
        [(row.given_names, row.family_name, *same) for row in rows],
    )
    buffer = io.BytesIO()
    write_xlsx(buffer, [sheet])
    return buffer.getvalue()
