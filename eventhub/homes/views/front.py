"""The front page of whoever is signed in."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from eventhub.access.words import role_name
from eventhub.core import clock
from eventhub.events.models import Event
from eventhub.events.words import STATE_KINDS, STATES, city_of
from eventhub.homes.queries import Mine, Sent, delegations_of, mine
from eventhub.homes.views.blueprint import bp
from eventhub.homes.views.ways import start_of
from eventhub.homes.words import how_far
from eventhub.i18n import _
from eventhub.i18n.times import moment, span
from eventhub.web.access import SIGNED_IN, current_actor, requires


@dataclass(frozen=True, slots=True)
class Line:
    """An event as the front page lists it."""

    event: Event
    url: str | None
    days: str
    city: str
    how_far: str
    roles: Sequence[str]
    state: tuple[str, str] | None
    """Phrase and kind, where the event is not simply published."""


@dataclass(frozen=True, slots=True)
class Delegation:
    """A delegation as the front page lists it."""

    entity: str
    event: str
    url: str
    days: str
    how_far: str
    closes: str | None
    people: int
    to_vouch: int


@bp.get("/manage")
@requires(SIGNED_IN)
def show_home() -> ResponseReturnValue:
    """Show the events and delegations of the person, what is still to come first."""
    events = mine(current_user.id)
    now = clock.now()
    coming = [one for one in reversed(events) if one.event.ends_at > now]
    past = [one for one in events if one.event.ends_at <= now]
    return render_template(
        "homes/show_home.html",
        coming=[line(one) for one in coming],
        past=[line(one) for one in past],
        delegations=[delegation(one) for one in delegations_of(current_user.id)],
        may_create=current_actor().may("event.create"),
        may_list=current_actor().may("event.list"),
    )


def line(one: Mine) -> Line:
    """Return how the list shows an event."""
    event = one.event
    state = None
    if event.rehearsal_of_id:
        state = (_("Rehearsal"), "note")
    elif event.state != "published":
        state = (str(STATES[event.state]), STATE_KINDS[event.state])
    return Line(
        event=event,
        url=start_of(one),
        days=span(event.starts_on, event.ends_on),
        city=city_of(event),
        how_far=how_far(event, clock.now()),
        roles=[role_name(role) for role in one.roles],
        state=state,
    )


def delegation(one: Sent) -> Delegation:
    """Return how the list shows a delegation; the deadline only as long as it is ahead."""
    event = one.event
    closes = event.registration_closes_at
    return Delegation(
        entity=one.name,
        event=event.title(),
        url=url_for("registration.show_delegation", slug=event.slug, ref=one.delegation.ref),
        days=span(event.starts_on, event.ends_on),
        how_far=how_far(event, clock.now()),
        closes=moment(closes, event.zone) if closes > clock.now() else None,
        people=one.people,
        to_vouch=one.to_vouch,
    )
