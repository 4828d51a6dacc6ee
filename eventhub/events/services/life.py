"""An event's life: published, postponed, cancelled, archived."""

from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.errors import Conflict
from eventhub.events import rules, seams, signals
from eventhub.events.models import Event
from eventhub.events.rules import EventState
from eventhub.events.services.shared import apply, note
from eventhub.i18n import Translated, _
from eventhub.mail.services import Addressed, send


def publish_event(event: Event, *, actor: Actor) -> Event:
    """Make the event's page public; its address and code never change from then on.

    Who was told that it is postponed is told that it is on again, with its days.
    Raises Conflict where the event is not a draft or postponed.
    """
    again = event.state == EventState.POSTPONED
    _move(event, EventState.PUBLISHED, actor=actor, action="event.publish", notice=Translated())
    if event.published_at is None:
        event.published_at = clock.now()
    if again:
        note(event, "resumed", str(_tell(event, "events.resumed")))
    else:
        note(event, "published")
    signals.published.send(event)
    return event


def postpone_event(event: Event, *, notice: Translated, actor: Actor) -> int:
    """Say that the event will not take place on its days; return how many people are told.

    The notice stands first on the page and in the mail. Registration stops; passes stay good.
    """
    _move(event, EventState.POSTPONED, actor=actor, action="event.postpone", notice=notice)
    count = _tell(event, "events.postponed")
    note(event, "postponed", str(count))
    signals.postponed.send(event)
    return count


def cancel_event(event: Event, *, notice: Translated, actor: Actor) -> int:
    """Call the event off for good; return how many people are told.

    Calendars show it as cancelled and passes become void, by who listens to the signal.
    """
    _move(event, EventState.CANCELLED, actor=actor, action="event.cancel", notice=notice)
    count = _tell(event, "events.cancelled")
    note(event, "cancelled", str(count))
    signals.cancelled.send(event)
    return count


def archive_event(event: Event, *, actor: Actor) -> Event:
    """Close the event: its pages stay, nothing of it changes any more.

    Raises Conflict where it is not over yet and not cancelled.
    """
    if event.state == EventState.PUBLISHED and clock.now() < event.ends_at:
        raise Conflict(_("The event is not over yet. It can be archived after its last day."))
    _move(event, EventState.ARCHIVED, actor=actor, action="event.archive", notice=event.notice)
    note(event, "archived")
    signals.archived.send(event)
    return event


def audience(event_id: int) -> list[Addressed]:
    """Return everybody who is told when the event is postponed, on again or cancelled."""
    return [one for audience_of in seams.AUDIENCES for one in audience_of(event_id)]


def _move(event: Event, to: EventState, *, actor: Actor, action: str, notice: Translated) -> None:
    if not rules.may_move(event.state, to):
        raise Conflict(_("The event's state changed meanwhile. Look at it again."))
    apply(event, {"state": str(to), "notice": notice}, action=action, actor=actor)


def _tell(event: Event, message: str) -> int:
    told = audience(event.id)
    send(message, told, event_id=event.id)
    return len(told)
