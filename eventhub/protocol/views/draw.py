"""Drawing the State that sits first."""

from datetime import datetime
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.errors import DomainError, Invalid
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.events.services import instant_of
from eventhub.i18n import _
from eventhub.protocol import forms, queries, services
from eventhub.protocol.permissions import ORDER
from eventhub.protocol.rules import Method
from eventhub.protocol.views.blueprint import bp
from eventhub.protocol.views.order import drawing
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import show_error
from eventhub.web.once import once


@bp.route("/manage/<slug>/order/draw", methods=["GET", "POST"])
@requires(ORDER)
def draw_first_seat(slug: str) -> ResponseReturnValue:
    """Draw the first seat, or write down what was drawn by hand."""
    event = get_event(slug)
    lots = services.lots_of(event.id)
    draws = queries.draws_of(event.id)
    form: Any = forms.DrawForm(data={"method": str(Method.SYSTEM)})
    form.entity.choices = {"": _("Choose")} | {one.entity.code: one.name for one in lots}
    if not draws:
        del form.reason
    if form.is_good():
        try:
            once(form.key.data, f"protocol.draw:{event.id}", lambda: _draw(event, form))
            say(_("The first seat is drawn and on record."))
            return redirect(url_for("protocol.show_order", slug=slug, _anchor="seats"))
        except DomainError as error:
            show_error(form, error)
    names = {one.id: one.name for one in lots}
    return render_template(
        "protocol/draw_first_seat.html",
        event=event,
        form=form,
        lots=lots,
        draws=[drawing(event, one, names) for one in draws],
    ), form.status


def _draw(event: Event, form: Any) -> str:
    said: dict[str, Any] = {
        "drawn_by": form.drawn_by.data or "",
        "witness": form.witness.data or "",
        "reason": form.reason.data or "" if "reason" in form else "",
        "actor": current_actor(),
    }
    if form.method.data == Method.SYSTEM:
        return services.draw_first_seat(event, **said).ref
    if not form.entity.data:
        raise Invalid(_("Choose one of the States in the urn."), "entity")
    wall: datetime | None = form.drawn_at.data
    if wall is None:
        raise Invalid(_("Write when it was drawn."), "drawn_at")
    at = instant_of(wall, event.zone, field="drawn_at")
    return services.record_first_seat(event, form.entity.data, drawn_at=at, **said).ref
