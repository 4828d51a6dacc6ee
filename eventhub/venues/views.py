"""An institution's catalogue of venues."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.errors import DomainError
from eventhub.entities.queries import choices as entity_choices
from eventhub.entities.queries import get_entity
from eventhub.i18n import LANGUAGES, Translated, _, current, lazy_gettext
from eventhub.institutions.models import Institution
from eventhub.institutions.queries import get_institution
from eventhub.venues import forms, queries, services, words
from eventhub.venues.models import Venue
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.fields import in_languages, line_in, refuse, said_in, shown_in, text_in
from eventhub.web.once import once
from eventhub.web.zones import zone_choices

bp = Blueprint("venues", __name__)


@bp.route("/manage/institutions/<institution>/venues")
@requires("venue.edit")
def list_venues(institution: str) -> ResponseReturnValue:
    """List the venues of the institution."""
    owner = get_institution(institution)
    venues = queries.venues_of_all([owner.id])
    return render_template("venues/list_venues.html", owner=owner, venues=venues)


@bp.route("/manage/institutions/<institution>/venues/new", methods=["GET", "POST"])
@requires("venue.edit")
def add_venue(institution: str) -> ResponseReturnValue:
    """Add a venue."""
    return _venue_page(get_institution(institution), None)


@bp.route("/manage/institutions/<institution>/venues/<ref>", methods=["GET", "POST"])
@requires("venue.edit")
def show_venue(institution: str, ref: str) -> ResponseReturnValue:
    """Show a venue with its rooms, and change it."""
    owner = get_institution(institution)
    return _venue_page(owner, queries.get_venue(ref, institution_ids=[owner.id]))


def _venue_page(owner: Institution, venue: Venue | None) -> ResponseReturnValue:
    kind = in_languages(
        forms.VenueForm,
        owner.languages,
        name=line_in(lazy_gettext("Name")),
        address=text_in(lazy_gettext("Address"), longest=500),
    )
    given: dict[str, Any] = {"version": 0, "zone": owner.zone, "city": owner.city}
    if venue is not None:
        given = {"version": venue.version, "zone": venue.zone, "city": venue.city}
        given |= shown_in("name", venue.names) | shown_in("address", venue.address)
    form: Any = kind(data=given)
    form.zone.choices = dict(zone_choices()) | {given["zone"]: given["zone"].replace("_", " ")}
    groups = {title: dict(rows) for title, rows in entity_choices(current()).items()}
    form.country.choices = {"": _("Not said")} | groups
    if form.is_good():
        try:
            ref = once(form.key.data, "venues.save", lambda: _save(owner, venue, form))
            say(_("Saved."))
            return redirect(url_for("venues.show_venue", institution=owner.ref, ref=ref))
        except DomainError as error:
            refuse(form, error, owner.languages)
            if venue is not None:
                form.version.data = str(venue.version)
    page = render_template(
        "venues/show_venue.html",
        owner=owner,
        venue=venue,
        form=form,
        rooms=queries.rooms_of(venue.id) if venue else [],
        layouts=words.LAYOUTS,
        languages=LANGUAGES,
    )
    return page, form.status


def _save(owner: Institution, venue: Venue | None, form: Any) -> str:
    country = form.country.data
    values: dict[str, Any] = {
        "names": said_in(form, "name", venue.names if venue else Translated()),
        "address": said_in(form, "address", venue.address if venue else Translated()),
        "city": form.city.data,
        "zone": form.zone.data,
        "country_id": get_entity(country).id if country else None,
        "actor": current_actor(),
    }
    if venue is None:
        return services.create_venue(institution_id=owner.id, **values).ref
    raw = form.version.data or ""
    version = int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 9 else 0
    return services.change_venue(venue, version=version, **values).ref


@bp.route("/manage/institutions/<institution>/venues/<ref>/rooms/new", methods=["GET", "POST"])
@requires("venue.edit")
def add_room(institution: str, ref: str) -> ResponseReturnValue:
    """Add a room to a venue."""
    owner = get_institution(institution)
    venue = queries.get_venue(ref, institution_ids=[owner.id])
    kind = in_languages(forms.RoomForm, owner.languages, name=line_in(lazy_gettext("Name")))
    form: Any = kind()

    def act() -> str:
        return services.add_room(
            venue,
            code=form.code.data,
            names=said_in(form, "name", Translated()),
            capacity=form.capacity.data,
            layout=form.layout.data,
            booths=form.booths.data or [],
            actor=current_actor(),
        ).ref

    if form.is_good():
        try:
            once(form.key.data, "venues.add_room", act)
            say(_("Saved."))
            return redirect(url_for("venues.show_venue", institution=owner.ref, ref=ref))
        except DomainError as error:
            refuse(form, error, owner.languages)
    page = render_template("venues/add_room.html", owner=owner, venue=venue, form=form)
    return page, form.status
