"""The vehicles of the host: who drives, who rides in which."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.arrivals.forms import VehicleForm, version_in
from eventhub.arrivals.permissions import ARRANGE, SWITCH
from eventhub.arrivals.queries import travel
from eventhub.arrivals.services import vehicles as services
from eventhub.arrivals.views.blueprint import bp
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError
from eventhub.events.queries import get_event
from eventhub.i18n import _, current
from eventhub.registration.queries import printed_name
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, show_error
from eventhub.web.once import once


@bp.get("/manage/<slug>/arrivals/vehicles")
@requires(ARRANGE, switch=SWITCH)
def list_vehicles(slug: str) -> ResponseReturnValue:
    """List the vehicles with their drivers and how many ride in each."""
    event = get_event(slug)
    riders = travel.riders_of(event.id)
    lines = [(one, len(riders.get(one.id, []))) for one in travel.vehicles_of(event.id)]
    return render_template("arrivals/list_vehicles.html", event=event, lines=lines)


@bp.route("/manage/<slug>/arrivals/vehicles/new", methods=["GET", "POST"])
@requires(ARRANGE, switch=SWITCH)
def add_vehicle(slug: str) -> ResponseReturnValue:
    """Add a vehicle."""
    event, form = get_event(slug), VehicleForm()
    if form.is_good():
        try:
            once(
                form.key.data,
                f"arrivals.add_vehicle:{event.id}",
                lambda: services.add_vehicle(event, form.vehicle(), actor=current_actor()).ref,
            )
            say(_("%(name)s is added.", name=form.name.data))
            return redirect(url_for("arrivals.list_vehicles", slug=slug))
        except DomainError as error:
            show_error(form, error)
    page = render_template("arrivals/vehicle.html", event=event, form=form, vehicle=None, riders=[])
    return page, form.status


@bp.route("/manage/<slug>/arrivals/vehicles/<ref>", methods=["GET", "POST"])
@requires(ARRANGE, switch=SWITCH)
def change_vehicle(slug: str, ref: str) -> ResponseReturnValue:
    """Change a vehicle; show who rides in it."""
    event = get_event(slug)
    vehicle = travel.get_vehicle(event.id, ref)
    names = ("name", "seats", "plate", "driver", "driver_phone")
    given = {name: getattr(vehicle, name) for name in names}
    form = VehicleForm(data={**given, "version": str(vehicle.version)})
    status = None
    if form.is_good():
        try:
            with transaction():
                services.change_vehicle(
                    event,
                    vehicle,
                    form.vehicle(),
                    version=version_in(form),
                    actor=current_actor(),
                )
            say(_("Saved."))
            return redirect(url_for("arrivals.list_vehicles", slug=slug))
        except DomainError as error:
            show_error(form, error)
            status = error.status
    riders = travel.riders_of(event.id).get(vehicle.id, [])
    page = render_template(
        "arrivals/vehicle.html",
        event=event,
        form=form,
        vehicle=vehicle,
        riders=[printed_name(row, current()) or row.ref for row in riders],
    )
    return page, status or form.status


@bp.post("/manage/<slug>/arrivals/vehicles/<ref>/remove")
@requires(ARRANGE, switch=SWITCH)
def remove_vehicle(slug: str, ref: str) -> ResponseReturnValue:
    """Take a vehicle away."""
    event = get_event(slug)
    vehicle, form = travel.get_vehicle(event.id, ref), BaseForm()
    try:
        if form.is_good():
            with transaction():
                services.remove_vehicle(event, vehicle, actor=current_actor())
            say(_("The vehicle is taken away."))
    except DomainError as error:
        say(error.message, "stop")
    return redirect(url_for("arrivals.list_vehicles", slug=slug))
