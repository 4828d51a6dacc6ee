"""The full list of "when X happens, Y follows" (effects upward, in the same transaction)."""

from typing import Any

from eventhub.access import signals as access
from eventhub.agenda import services as agenda_services
from eventhub.agenda import signals as agenda
from eventhub.arrivals.services import liaison, travel
from eventhub.delegations import services as delegation_services
from eventhub.delegations import signals as delegations
from eventhub.events import signals as events
from eventhub.events.models import Event
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
    agenda.published.connect(agenda_services.queue_render)
    events.cancelled.connect(void_passes)


def void_passes(event: Event, **_more: Any) -> None:
    """A cancelled event opens no door: all its passes are void."""
    passes.void_all(event.id, reason="event_cancelled")
