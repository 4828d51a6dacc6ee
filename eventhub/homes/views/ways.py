"""Which page of an event is whose, worked out from the menu and the access rules."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, url_for
from werkzeug.exceptions import HTTPException

from eventhub.checkin.permissions import SCAN
from eventhub.core.actor import Actor
from eventhub.homes.queries import Mine
from eventhub.web.access import OPEN_TO_ALL, PUBLIC, SIGNED_IN, rule_of
from eventhub.web.seams import NAV

SECRETS = frozenset({"token", "code"})
"""Parts of addresses that open what only one person may."""


def start_of(mine: Mine) -> str | None:
    """Return the first page of the event's menu that the person may open; the door for its staff.

    Where there is none, it is the public page; None for a draft, which has none either.
    """
    event = mine.event
    if SCAN in mine.permissions and "event.view" not in mine.permissions:
        return url_for("checkin.list_gates")
    for entry in sorted(NAV, key=lambda entry: entry.order):
        is_on = entry.switch is None or entry.switch in event.switches
        if entry.level == "event" and is_on and entry.permission in mine.permissions:
            return url_for(entry.endpoint, slug=event.slug)
    if event.state == "draft":
        return None
    return url_for("events.to_language", slug=event.slug)


def may_open(url: str, actor: Actor) -> bool:
    """Tell whether the actor may open a page of the event at hand, by the page's own rule."""
    endpoint, _values = _page_at(urlsplit(url).path)
    rule = rule_of(endpoint) if endpoint else None
    return rule in OPEN_TO_ALL or rule == SIGNED_IN or (rule is not None and actor.may(rule))


def is_public(path: str) -> bool:
    """Tell whether a page is for everybody, without a secret in its address."""
    endpoint, values = _page_at(path)
    return bool(endpoint) and rule_of(endpoint) == PUBLIC and not SECRETS & values.keys()


def _page_at(path: str) -> tuple[str, Mapping[str, Any]]:
    """Return the endpoint at a path and what the path gives it; "" where there is no page."""
    try:
        return current_app.url_map.bind("localhost").match(path, method="GET")
    except HTTPException:
        return "", {}
