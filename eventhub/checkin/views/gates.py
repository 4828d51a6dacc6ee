"""Setting up gates, and their printed lists."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda.queries import sessions_of
from eventhub.checkin import queries, services, words
from eventhub.checkin.forms import desk_place_form, gate_form
from eventhub.checkin.models import Gate
from eventhub.checkin.permissions import EDIT
from eventhub.checkin.views.blueprint import bp
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError
from eventhub.events.models import Event
from eventhub.events.queries import get_event, zones_of
from eventhub.events.services import change_setting
from eventhub.i18n import Translated, _
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.fields import refuse, said_in, shown_in
from eventhub.web.forms import BaseForm
from eventhub.web.once import once


@bp.route("/manage/<slug>/gates", methods=["GET", "POST"])
@requires(EDIT, switch="doors")
def list_gates_of_event(slug: str) -> ResponseReturnValue:
    """List the gates; say where the registration desk is."""
    event = get_event(slug)
    kept = queries.settings_of(event.id)
    desk = words.desk_of(kept)
    data = {"supervisor": kept.supervisor, **shown_in("desk", desk)}
    form: Any = desk_place_form(event.languages)(data=data)
    if form.is_good():
        with transaction():
            event = get_event(slug)
            place = said_in(form, "desk", desk)
            said = {"desk": dict(place), "supervisor": form.supervisor.data or ""}
            change_setting(event, "checkin", said, actor=current_actor())
        say(_("The desk and the supervisor are kept."))
        return redirect(url_for("checkin.list_gates_of_event", slug=slug))
    gates = queries.gates_of(event.id)
    return render_template(
        "checkin/gates.html", event=event, gates=gates, form=form,
        busy=queries.busy_gates(event.id, [gate.id for gate in gates]),
        zones={zone.code: zone.names for zone in zones_of(event.id)},
        sessions={session.id: session for session in sessions_of(event.id)},
        gate_name=words.gate_name, kinds=words.GATE_KINDS, directions=words.DIRECTIONS,
    ), form.status  # fmt: skip


@bp.route("/manage/<slug>/gates/new", methods=["GET", "POST"])
@requires(EDIT, switch="doors")
def new_gate(slug: str) -> ResponseReturnValue:
    """Add a door."""
    event = get_event(slug)
    form = _form(event)
    if form.is_good():
        try:
            once(form.key.data or "", "checkin.new_gate", lambda: _add(slug, form))
            say(_("The gate is added."))
            return redirect(url_for("checkin.list_gates_of_event", slug=slug))
        except DomainError as error:
            event = get_event(slug)
            refuse(form, error, event.languages)
    return render_template("checkin/gate.html", event=event, form=form, gate=None), form.status


@bp.route("/manage/<slug>/gates/<ref>", methods=["GET", "POST"])
@requires(EDIT, switch="doors")
def edit_gate(slug: str, ref: str) -> ResponseReturnValue:
    """Change a gate."""
    event = get_event(slug)
    gate = queries.get_gate(event.id, ref)
    form = _form(event, gate)
    if form.is_good():
        try:
            with transaction():
                event = get_event(slug)
                gate = queries.get_gate(event.id, ref)
                version = _number(form["version"].data)
                services.change_gate(
                    event, gate, version=version, actor=current_actor(),
                    names=said_in(form, "names", gate.names), **_values(event, form, gate),
                )  # fmt: skip
            say(_("The gate is changed."))
            return redirect(url_for("checkin.list_gates_of_event", slug=slug))
        except DomainError as error:
            event = get_event(slug)
            gate = queries.get_gate(event.id, ref)
            refuse(form, error, event.languages)
    return render_template("checkin/gate.html", event=event, form=form, gate=gate), form.status


@bp.post("/manage/<slug>/gates/<ref>/open")
@requires(EDIT, switch="doors")
def open_gate(slug: str, ref: str) -> ResponseReturnValue:
    """Open or close a gate."""
    with transaction():
        gate = queries.get_gate(get_event(slug).id, ref)
        is_open = request.form.get("open") == "yes"
        services.open_gate(gate, is_open=is_open, actor=current_actor())
    say(_("The gate is open.") if is_open else _("The gate is closed."))
    return redirect(url_for("checkin.list_gates_of_event", slug=slug))


@bp.post("/manage/<slug>/gates/<ref>/remove")
@requires(EDIT, switch="doors")
def remove_gate(slug: str, ref: str) -> ResponseReturnValue:
    """Remove a gate at which nothing happened."""
    with transaction():
        gate = queries.get_gate(get_event(slug).id, ref)
        services.remove_gate(gate, actor=current_actor())
    say(_("The gate is removed."))
    return redirect(url_for("checkin.list_gates_of_event", slug=slug))


def _add(slug: str, form: BaseForm) -> str:
    event = get_event(slug)
    names = said_in(form, "names", Translated())
    return services.add_gate(
        event, names, actor=current_actor(), **_values(event, form, None)
    ).ref  # fmt: skip


def _form(event: Event, gate: Gate | None = None) -> Any:
    sessions = sessions_of(event.id)
    data: dict[str, object] = {}
    if gate is not None:
        chosen = next((s.ref for s in sessions if s.id == gate.session_id), "")
        data = {
            "version": gate.version, "direction": gate.direction,
            "zone_code": gate.zone_code or "", "session": chosen,
        } | shown_in("names", gate.names)  # fmt: skip
    form: Any = gate_form(event.languages)(data=data)
    form.zone_code.choices = {"": _("No zone")} | {
        zone.code: f"{zone.code} {zone.names.pick()}" for zone in zones_of(event.id)
    }
    form.session.choices = {"": _("No session: it leads into the house")} | {
        session.ref: f"{session.code} {session.title()}" for session in sessions
    }
    return form


def _values(event: Event, form: BaseForm, gate: Gate | None) -> dict[str, Any]:
    found = {session.ref: session.id for session in sessions_of(event.id)}
    values: dict[str, Any] = {
        "direction": form["direction"].data,
        "zone_code": form["zone_code"].data or None,
    }
    if gate is None or gate.kind == "door":
        values["session_id"] = found.get(form["session"].data)
    return values


def _number(text: str | None) -> int:
    """Return the version that a form carries; 0, which none has, for nonsense."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
