"""What goes to the delegations before the day: the first seat, floor cards, lists of tickets."""

from datetime import timedelta
from functools import partial

from sqlalchemy import select

from eventhub.agenda.queries import sessions_of
from eventhub.core import clock
from eventhub.core.db import db
from eventhub.delegations.models import Delegation
from eventhub.demo.content.shapes import DemoEvent
from eventhub.demo.loading.crew import Crew, acting
from eventhub.demo.loading.steps import instant
from eventhub.events.models import Event
from eventhub.floor_cards.services import hand_out, set_cards
from eventhub.protocol.services import record_first_seat
from eventhub.rehearsals.services import Happening
from eventhub.tickets.services import make_list

HANDED_BEFORE = timedelta(days=1, hours=9)
SUPPLEMENT_AFTER = timedelta(days=6)
CARDS = 2
"""One for the principal, one more."""

FULL_ROOMS = {"forum": ("opening", "high_level"), "side_event": ("opening",), "seminar": ()}
"""Kinds of sessions for which the room is too small, by preset."""

DRAWN = "TUR"
"""The State whose name was drawn: it sits first."""


def hand_cards(event: Event, crew: Crew) -> None:
    """Give each delegation cards for the fullest rooms; some fetch theirs only on the day."""
    actor = acting(crew["organiser"], event)
    query = select(Delegation.id).where(Delegation.event_id == event.id, Delegation.last_number > 0)
    ids = list(db.session.scalars(query.order_by(Delegation.id)))
    full = [one for one in sessions_of(event.id) if one.kind in FULL_ROOMS[event.preset]]
    with clock.at(min(event.starts_at - HANDED_BEFORE, clock.now())):
        for session in full:
            set_cards(event, session, ids, CARDS, actor=actor)
            hand_out(event, session, ids[: len(ids) * 3 // 4], actor=actor)


def draw_seat(event: Event, crew: Crew) -> None:
    """Write down the lot that was drawn for the first seat, two days before."""
    at = event.starts_at - HANDED_BEFORE
    with clock.at(at):
        record_first_seat(
            event,
            DRAWN,
            drawn_by="Secretary of the meeting",
            witness="Counsellors of both co-hosts",
            drawn_at=at - timedelta(hours=1),
            actor=acting(crew["protocol"], event),
        )


def ticket_lists(one: DemoEvent, event: Event, crew: Crew) -> list[Happening]:
    """Return when the lists of tickets go to security: one early, a supplement at the deadline."""
    if "ticket_list_to_security" not in one.deadlines:
        return []
    last = instant(one.moment("ticket_list_to_security"), event)
    make = partial(list_tickets, event, crew)
    return [(last - SUPPLEMENT_AFTER, make), (last - timedelta(hours=3), make)]


def list_tickets(event: Event, crew: Crew) -> None:
    """Make a list of those who need a ticket and are confirmed by now."""
    make_list(event, actor=acting(crew["organiser"], event))
