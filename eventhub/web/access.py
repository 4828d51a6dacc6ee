"""The access rule that every view carries, and the one place that enforces it.

`@requires(PUBLIC)`, `@requires(BY_LINK)` (the view proves a private token itself),
`@requires(SIGNED_IN)` or `@requires("feature.verb")`. A view without a rule is refused. A
signed-in person who may not is told 404, so that existence is not revealed (R1.36); a signed-out
one is sent to the sign-in page, whether the address exists or not.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from flask import abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from eventhub.access.models import Grant
from eventhub.access.queries import all_grants_of, grants_of
from eventhub.access.rules import BEYOND_DESK, ENDS_WITH_EVENT, ROLES, holds_at
from eventhub.core import clock
from eventhub.core.actor import EVERYTHING, Actor, Scope
from eventhub.core.errors import NotFound
from eventhub.i18n import LANGUAGES
from eventhub.web.seams import PLACES, Place

PUBLIC = "public"
BY_LINK = "by link"
SIGNED_IN = "signed in"
OPEN_TO_ALL = frozenset({PUBLIC, BY_LINK})

PRIVATE_ROOTS = frozenset({"manage", "door", "account"})
"""First parts of addresses that only signed-in people see."""

View = TypeVar("View", bound=Callable[..., Any])


def requires(
    rule: str, *, switch: str | None = None, to_send: str | None = None
) -> Callable[[View], View]:
    """Let the view be reached only by the rule, and only where the event's switch is on.

    Where `to_send` is given, the rule opens the page for reading; its form is sent by that one.
    """

    def mark(view: View) -> View:
        view.access_rule = rule  # type: ignore[attr-defined]
        view.access_switch = switch  # type: ignore[attr-defined]
        view.access_to_send = to_send  # type: ignore[attr-defined]
        return view

    return mark


def rule_of(endpoint: str, method: str = "GET") -> str | None:
    """Return the access rule of an endpoint, None where it carries none."""
    view = current_app.view_functions[endpoint]
    to_send = getattr(view, "access_to_send", None)
    if to_send and method not in ("GET", "HEAD"):
        return str(to_send)
    return getattr(view, "access_rule", None)


def enforce() -> ResponseReturnValue | None:
    """Refuse, redirect or let pass the present request; sets g.place and g.actor."""
    g.place, g.actor = None, nobody()
    speaks_no_language = (request.view_args or {}).get("lang", "en") not in LANGUAGES
    if request.endpoint is None or speaks_no_language:
        first = request.path.split("/", 2)[1]
        hidden = first in PRIVATE_ROOTS and not current_user.is_authenticated
        if hidden:
            return to_sign_in()
        if speaks_no_language:
            abort(404)
        return None
    rule = rule_of(request.endpoint, request.method)
    if rule is None:
        abort(404)
    if rule in OPEN_TO_ALL:
        return None
    if not current_user.is_authenticated:
        return to_sign_in()
    g.place = _place()
    g.actor = actor_for(current_user, g.place)
    if rule != SIGNED_IN and not g.actor.may(rule):
        raise NotFound
    switch = getattr(current_app.view_functions[request.endpoint], "access_switch", None)
    if switch and (g.place is None or switch not in g.place.switches):
        raise NotFound
    return None


def to_sign_in() -> ResponseReturnValue:
    """Send the person to the sign-in page, to come back to this address afterwards."""
    back = request.full_path.rstrip("?") if request.method == "GET" else "/manage"
    return redirect(url_for("people.sign_in", next=back))


def current_actor() -> Actor:
    """Return who acts in the present request."""
    actor: Actor = g.actor
    return actor


def current_place() -> Place:
    """Return the event or institution that the present address names."""
    place: Place | None = g.place
    if place is None:
        raise NotFound
    return place


def nobody() -> Actor:
    """Return the actor who has not said who they are."""
    return Actor("visitor", None, "Visitor")


def _place() -> Place | None:
    arguments = request.view_args or {}
    for name, find in PLACES.items():
        if name in arguments:
            place = find(arguments[name])
            if place is None:
                raise NotFound
            return place
    return None


def actor_for(account: Any, place: Place | None) -> Actor:
    """Return the account as an actor at a place; without one, with all its rights anywhere."""
    if place is None:
        grants = all_grants_of(account.id)
    else:
        grants = grants_of(account.id, event_id=place.event_id, institution_id=place.institution_id)
    return Actor("account", account.id, account.label, reach(grants, place))


def reach(grants: Iterable[Grant], place: Place | None) -> Mapping[str, Scope]:
    """Return each permission that the grants give at this place and moment, and how far."""
    found: dict[str, Scope] = {}
    for grant in grants:
        role = ROLES.get(grant.role)
        ends = place.ends_at if place else None
        if role is None or not holds_at(
            role,
            ends_at=grant.ends_at,
            event_ends_at=ends,
            lasting=grant.lasting,
            instant=clock.now(),
        ):
            continue
        limited, whole = scope_of(grant, place), scope_of(grant, None)
        is_archived = place is not None and place.state == "archived"
        for permission in role.permissions - (ENDS_WITH_EVENT if is_archived else frozenset()):
            scope = whole if permission in BEYOND_DESK else limited
            found[permission] = found[permission] | scope if permission in found else scope
    return found


def scope_of(grant: Grant, place: Place | None) -> Scope:
    """Return how far a grant reaches; a desk at a place only the categories it approves (R1.7)."""
    ids = {kind: frozenset(some) for kind, some in grant.scope.items()}
    categories = ids.get("categories")
    if ROLES[grant.role].is_desk and place is not None:
        of_desk = place.desk_categories(grant.role)
        categories = of_desk if categories is None else categories & of_desk
    if not ids and categories is None:
        return EVERYTHING
    return Scope(categories, ids.get("delegations"), ids.get("gates"))
