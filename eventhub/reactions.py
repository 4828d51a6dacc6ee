"""The full list of "when X happens, Y follows" (effects upward, in the same transaction)."""

from typing import Any

from eventhub.access import signals as access
from eventhub.agenda import services as agenda_services
from eventhub.agenda import signals as agenda
from eventhub.arrivals.services import liaison, travel
from eventhub.calendars import services as calendars
from eventhub.delegations import services as delegation_services
from eventhub.delegations import signals as delegations
from eventhub.events import signals as events
from eventhub.events.models import Event
from eventhub.events.services.shared import SEEN_IN_CALENDARS
from eventhub.exchange import services as exchange
from eventhub.passes import services as passes
from eventhub.questionnaires import parts as questionnaires
from eventhub.registration import parts as registration
from eventhub.registration import services as registration_services
from eventhub.registration import signals as registrations


def connect() -> None:
    """Connect every reaction; connecting a named function twice is harmless."""
    events.created.connect(questionnaires.event_created)
    events.created.connect(registration.event_created)
    events.changed.connect(registration.event_changed)
    events.changed.connect(delegation_services.follow_deadline)
    access.taken.connect(delegation_services.grant_taken)
    access.taken.connect(liaison.grant_taken)
    delegations.opened.connect(registration_services.delegation_opened)
    delegations.letter_verified.connect(registration_services.letter_counts)
    registrations.submitted.connect(registration_services.names_came)
    registrations.ended.connect(travel.people_ended)
    events.changed.connect(agenda_services.follow_zone)
    agenda.published.connect(agenda_services.queue_render)
    agenda.in_force.connect(agenda_services.queue_telling)
    agenda.in_force.connect(calendars.queue_news)
    events.changed.connect(follow_in_calendars)
    events.cancelled.connect(void_passes)
    events.archived.connect(exchange.copy_archived)


def void_passes(event: Event, **_more: Any) -> None:
    """A cancelled event opens no door: all its passes are void."""
    passes.void_all(event.id, reason="event_cancelled")


def follow_in_calendars(event: Event, *, fields: frozenset[str]) -> None:
    """What calendars show of an event is told to those who asked for mail."""
    if SEEN_IN_CALENDARS & fields:
        calendars.queue_news(event)
