"""Where the work of each demo account begins at an event."""

from collections.abc import Iterable, Sequence

from flask import current_app, url_for

from eventhub.events.models import Event
from eventhub.homes.queries import delegations_of
from eventhub.people.models import Account
from eventhub.web.access import actor_for, rule_of
from eventhub.web.seams import PLACES

PAGES: dict[str, Sequence[str]] = {
    "organiser": ("homes.show_event",),
    "officer": ("registration.list_people",),
    "protocol": ("arrivals.show_heads", "protocol.show_order", "registration.list_people"),
    "editor": ("agenda.show",),
    "observer": ("homes.show_event",),
    "liaison": ("arrivals.list_arrivals",),
}
"""By account: pages to begin with, the first that may be opened at the event. The door's page is
one for all events."""


def first_page(who: str, account: Account, event: Event) -> str | None:
    """Return the address of the page on which an account's work at an event begins.

    A focal point's is that of their delegation. None where nothing of the event is open to them.
    """
    if who == "door":
        return url_for("checkin.list_gates")
    if who == "focal-point":
        sent = [one for one in delegations_of(account.id) if one.event.id == event.id]
        refs = [one.delegation.ref for one in sent]
        return (
            url_for("registration.show_delegation", slug=event.slug, ref=refs[0]) if refs else None
        )
    place = PLACES["slug"](event.slug)
    actor = actor_for(account, place)
    for endpoint in PAGES.get(who, ()):
        switch = getattr(current_app.view_functions[endpoint], "access_switch", None)
        is_on = not switch or (place is not None and switch in place.switches)
        if is_on and actor.may(rule_of(endpoint) or ""):
            return url_for(endpoint, slug=event.slug)
    return None


def start_of(who: str, account: Account, events: Iterable[Event]) -> str:
    """Return the first page at the first of these events that has one for the account.

    Where none has, it is the account's own list of events and delegations.
    """
    pages = (first_page(who, account, event) for event in events)
    return next((page for page in pages if page), url_for("homes.show_home"))
