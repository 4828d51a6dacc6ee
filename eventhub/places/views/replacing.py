"""One person instead of another, who keeps the seat (R1.9): focal points and officers."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.core import clock
from eventhub.core.db import db
from eventhub.core.errors import DomainError
from eventhub.delegations.models import Delegation
from eventhub.entities.models import Entity
from eventhub.events.queries import get_event
from eventhub.events.words import city_of
from eventhub.i18n import _, current
from eventhub.i18n.times import event_time
from eventhub.places import forms
from eventhub.places.views.blueprint import bp
from eventhub.registration import queries, services
from eventhub.registration.permissions import ENTER, VOUCH
from eventhub.registration.queries import Setup, setup_of
from eventhub.registration.rules import State
from eventhub.web.access import current_actor, current_place, requires
from eventhub.web.context import say
from eventhub.web.forms import show_error
from eventhub.web.once import once
from eventhub.web.zones import reader_zone

FIELDS = ("honorific", "given_names", "family_name", "functional_title", "email")


@bp.route("/manage/<slug>/people/<ref>/replace", methods=["GET", "POST"])
@requires(VOUCH)
def replace(slug: str, ref: str) -> ResponseReturnValue:
    """Ask who comes instead of an accredited person, and let them have the seat."""
    event, actor = get_event(slug), current_actor()
    row = queries.get_registration(event.id, ref, actor.scope(VOUCH))
    setup = setup_of(event.id)
    until = services.replaced_until(setup)
    form = _form(setup, row)
    if form.is_good():
        version = form.version.data or ""

        def act() -> str:
            entry = services.Entry(_category_id(setup, form), _values(form, row.language))
            new = services.replace(
                event.id,
                row.id,
                entry,
                actor=actor,
                version=int(version) if version.isdecimal() else 0,
            )
            return new.ref

        try:
            once(form.key.data, f"places.replace:{row.ref}", act)
            say(_("The seat has passed on. The new person needs a photo and an approval."))
            return redirect(_back(slug, row))
        except DomainError as error:
            show_error(form, error)
    page = render_template(
        "places/replace.html",
        event=event,
        form=form,
        row=row,
        name=queries.printed_name(row, current()),
        fields=FIELDS,
        back_url=_back(slug, row),
        until=event_time(until, event.zone, city_of(event), reader_zone=reader_zone()),
        is_open=row.state == State.ACCREDITED and clock.now() < until,
        needs_letter=setup.settings.replacement_needs_letter,
    )
    return page, form.status


def _form(setup: Setup, row: Any) -> Any:
    own = setup.categories[row.category_id]
    form = forms.InsteadForm(data={"version": str(row.version), "category": own.ref})
    actor = current_actor()
    reach = actor.scope(VOUCH).categories
    entity = db.session.get(Entity, row.entity_id) if row.entity_id else None
    offered = setup.of_focal_points(entity.kind if entity else None)
    entered = setup.categories.values() if actor.may(ENTER) else [own, *offered]
    form.category.choices = {
        one.ref: one.name()
        for one in sorted(entered, key=lambda one: (one.place, one.id))
        if one.is_on and (reach is None or one.id in reach)
    }
    return form


def _category_id(setup: Setup, form: Any) -> int:
    return next(one.id for one in setup.categories.values() if one.ref == form.category.data)


def _values(form: Any, language: str) -> dict[str, Any]:
    return {"language": language, **{name: form[name].data or "" for name in FIELDS}}


def _back(slug: str, row: Any) -> str:
    """Return where one came from: the delegation, or the list of people where there is none."""
    delegation = db.session.get(Delegation, row.delegation_id) if row.delegation_id else None
    if delegation is not None and "delegations" in current_place().switches:
        return url_for("registration.show_delegation", slug=slug, ref=delegation.ref)
    return url_for("registration.show_person", slug=slug, ref=row.ref)
