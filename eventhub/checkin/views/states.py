"""States in the room: ticked from the list of States, counted, ready for the cable."""

from itertools import groupby

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.checkin import queries, services
from eventhub.checkin.forms import TickForm, without
from eventhub.checkin.permissions import SCAN, VIEW
from eventhub.checkin.queries.gates import reaches
from eventhub.checkin.views.blueprint import bp
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict, DomainError, NotFound
from eventhub.entities.rules import STATES, Kind
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.i18n import _, ngettext, use
from eventhub.i18n.times import span
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import show_error


@bp.route("/manage/<slug>/states-in-the-room", methods=["GET", "POST"])
@requires(SCAN, switch="states_in_room")
def states_in_room(slug: str) -> ResponseReturnValue:
    """Tick the States whose people are in the room; all ticks are kept at once."""
    event, form = get_event(slug), without(TickForm(), "came")
    if form.is_good():
        try:
            with transaction():
                event = get_event(slug)
                _keep(event, form)
            say(_("The list is kept."))
            return redirect(url_for("checkin.states_in_room", slug=slug))
        except DomainError as error:
            event = get_event(slug)
            show_error(form, error)
    rows, present = queries.states_for(event.id), _present(event)
    shown = [row.code for row in rows if row.id in present]
    ticked = form.present.data or () if form.errors else shown
    members = [row for row in rows if row.kind == Kind.MEMBER_STATE]
    observers = [row for row in rows if row.kind == Kind.OBSERVER_STATE]
    others = [row for row in rows if Kind(row.kind) not in STATES]
    if not form.errors:
        form.shown.data = " ".join(shown)
    return render_template(
        "checkin/states.html", event=event, form=form, ticked=frozenset(ticked), present=present,
        observers=observers, others=others,
        letters=[(letter, list(of)) for letter, of in groupby(members, lambda row: row.initial)],
        count=sum(row.id in present for row in [*members, *observers]),
        others_count=sum(row.id in present for row in others),
        cable=cable_text(event),
    ), form.status  # fmt: skip


@bp.get("/manage/<slug>/states-in-the-room.txt")
@requires(VIEW, switch="states_in_room")
def cable(slug: str) -> Response:
    """Answer with the list in English alphabetical order, as text."""
    event = get_event(slug)
    answer = Response(cable_text(event), mimetype="text/plain")
    answer.headers["Content-Disposition"] = f'attachment; filename="{event.slug}-states.txt"'
    return answer


def cable_text(event: Event) -> str:
    """Return who was in the room, in English alphabetical order, a name a line."""
    with use("en"):
        present = _present(event)
        rows = [row for row in queries.states_for(event.id, "en") if row.id in present]
        states = [row.name for row in rows if Kind(row.kind) in STATES]
        others = [row.name for row in rows if Kind(row.kind) not in STATES]
        lines = [
            event.title("en"),
            span(event.starts_on, event.ends_on),
            "",
            ngettext("%(n)s State was represented:", "%(n)s States were represented:", len(states)),
            *states,
        ]
        if others:
            lines += ["", _("Also represented:"), *others]
    return "\n".join(lines) + "\n"


def _keep(event: Event, form: TickForm) -> None:
    """Tick and untick what this form changed, and nothing that others changed meanwhile."""
    actor = current_actor()
    ids = {row.code: row.id for row in queries.states_for(event.id)}
    before = {ids[code] for code in (form.shown.data or "").split() if code in ids}
    now = {ids[code] for code in form.present.data or () if code in ids}
    if before == now:
        return
    gate = services.ensure_gate(event, "states", None, actor=actor)
    if not reaches(actor.scope(SCAN), gate):
        raise NotFound
    if not gate.is_open:
        raise Conflict(_("This list is closed."))
    services.tick_entities(event, gate, sorted(now - before), actor=actor)
    services.untick_entities(event, gate, sorted(before - now), actor=actor)


def _present(event: Event) -> frozenset[int]:
    gate = queries.find_states_gate(event.id)
    return queries.ticked_entities(event.id, gate.id) if gate else frozenset()
