"""Who needs a ticket, whose name went out, and when and where the event is."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from eventhub.agenda.queries import sessions_of
from eventhub.agenda.rules import QUIET_KINDS
from eventhub.core.actor import Scope
from eventhub.core.db import db
from eventhub.core.rows import one_of_event
from eventhub.events.models import Event
from eventhub.registration.models import Registration
from eventhub.registration.queries import within
from eventhub.registration.rules import State
from eventhub.tickets.models import TicketLine, TicketList


def lists_of(event_id: int) -> Sequence[TicketList]:
    """Return the lists of the event, the first one first."""
    query = select(TicketList).where(TicketList.event_id == event_id)
    return list(db.session.scalars(query.order_by(TicketList.number)))


def get_list(event_id: int, ref: str) -> TicketList:
    """Return a list of the event by its ref; else NotFound."""
    return one_of_event(TicketList, event_id, TicketList.ref == ref)


def waiting_for_ticket(event_id: int, scope: Scope) -> Sequence[Registration]:
    """Return the accredited who need a ticket and stand in no list yet, by name."""
    listed = select(TicketLine.registration_id).where(TicketLine.event_id == event_id)
    query = select(Registration).where(
        Registration.event_id == event_id,
        Registration.state == State.ACCREDITED,
        Registration.admission == "needs_ticket",
        Registration.id.not_in(listed),
        within([scope]),
    )
    by_name = (Registration.family_name, Registration.given_names, Registration.id)
    return list(db.session.scalars(query.order_by(*by_name)))


def gone_since(event_id: int, scope: Scope) -> Sequence[Registration]:
    """Return who stands in a list and does not come, or needs no ticket, any more."""
    query = (
        select(Registration)
        .join(TicketLine, TicketLine.registration_id == Registration.id)
        .where(
            TicketLine.event_id == event_id,
            (Registration.state != State.ACCREDITED) | (Registration.admission != "needs_ticket"),
            within([scope]),
        )
    )
    return list(db.session.scalars(query.order_by(Registration.family_name, Registration.id)))


def begins(event: Event) -> tuple[datetime, str]:
    """Return when the first session begins, as an instant and as "13:15 - 14:30" on its clocks.

    Without a programme the first day, and no time.
    """
    sessions = [
        one
        for one in sessions_of(event.id)
        if one.kind not in QUIET_KINDS and one.status != "cancelled"
    ]
    if not sessions:
        return event.starts_at, ""
    first_day = [one for one in sessions if one.starts.date() == sessions[0].starts.date()]
    ends = max(one.ends for one in first_day)
    return sessions[0].starts_at, f"{sessions[0].starts:%H:%M} - {ends:%H:%M}"
