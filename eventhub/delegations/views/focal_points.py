"""What the secretariat decides on focal points: confirmed, replaced, first or backup, ended."""

from collections.abc import Callable

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.errors import DomainError, NotFound
from eventhub.delegations import permissions, queries, services
from eventhub.delegations.models import FocalPoint
from eventhub.delegations.views.blueprint import bp
from eventhub.events.queries import get_event
from eventhub.i18n import _
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm
from eventhub.web.once import once


@bp.post("/manage/<slug>/focal-points/<ref>")
@requires(permissions.EDIT, switch="delegations")
def decide_on_focal_point(slug: str, ref: str) -> ResponseReturnValue:
    """Do what the button says to a focal point of a delegation."""
    event = get_event(slug)
    point = queries.get_focal_point(event.id, ref)
    delegation = queries.get_delegation_by_id(event.id, point.delegation_id)
    act = request.form.get("act", "")
    ways = _ways(point, slug)
    if act not in ways:
        raise NotFound
    try:
        say(once(BaseForm().key.data, f"delegations.focal_point.{act}:{point.id}", ways[act]))
    except DomainError as error:
        say(error.message, "stop")
    letters = "letters" in event.switches
    page = "delegations.show_invitation" if letters else "registration.show_delegation"
    return redirect(url_for(page, slug=slug, ref=delegation.ref))


def _ways(point: FocalPoint, slug: str) -> dict[str, Callable[[], str]]:
    actor, reason = current_actor(), request.form.get("reason", "")

    def confirm(*, replacing: bool) -> str:
        services.confirm_focal_point(point, actor=actor, replacing=replacing, slug=slug)
        return _("The focal point is confirmed.")

    def primary() -> str:
        services.make_primary(point, actor=actor)
        return _("This focal point is asked first from now on.")

    def end() -> str:
        services.end_focal_point(point, reason=reason, actor=actor)
        return _("This person looks after the delegation no more. The names stay as they are.")

    return {
        "confirm": lambda: confirm(replacing=False),
        "replace": lambda: confirm(replacing=True),
        "primary": primary,
        "end": end,
    }
