"""What the event decides about deadlines, waiting lists and replacements (R1.9, R1.12, R1.15)."""

from datetime import datetime
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.db import transaction
from eventhub.core.errors import DomainError, Invalid
from eventhub.events.models import Event
from eventhub.events.queries import categories_of, get_event
from eventhub.events.services import change_setting, instant_of
from eventhub.events.words import city_of
from eventhub.i18n import _, pgettext
from eventhub.i18n.times import event_time
from eventhub.places import forms
from eventhub.places.permissions import EDIT
from eventhub.places.views.blueprint import bp
from eventhub.registration.permissions import VIEW
from eventhub.registration.queries import settings_of
from eventhub.registration.rules.settings import DEADLINES
from eventhub.registration.services import promote_waiting
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import show_error
from eventhub.web.zones import reader_zone


@bp.route("/manage/<slug>/places/rules", methods=["GET", "POST"])
@requires(VIEW, to_send=EDIT)
def change_rules(slug: str) -> ResponseReturnValue:
    """Change the rules of places."""
    event = get_event(slug)
    form = _form(event)
    if form.is_good():
        try:
            with transaction():
                change_setting(event, "registration", _values(form, event), actor=current_actor())
                promote_waiting(event.id)
            say(_("Saved."))
            return redirect(url_for("places.list_pools", slug=slug))
        except DomainError as error:
            show_error(form, error)
    closes = event_time(
        event.registration_closes_at, event.zone, city_of(event), reader_zone=reader_zone()
    )
    page = render_template(
        "places/rules.html", event=event, form=form, closes=closes,
        may_edit=current_actor().may(EDIT),
    )  # fmt: skip
    return page, form.status


def _form(event: Event) -> Any:
    kept = settings_of(event.id)
    walls = {name: _wall(getattr(kept, name)) for name in DEADLINES}
    form = forms.RulesForm(
        data={
            **walls,
            "equity": kept.equity,
            "overflow_category": kept.overflow_category,
            "grace_minutes": kept.grace_minutes,
            "replacement_needs_letter": kept.replacement_needs_letter,
        }
    )
    on = {one.code: one.name() for one in categories_of(event.id, only_on=True)}
    form.overflow_category.choices = {"": pgettext("category", "None")} | on
    if event.mode != "hybrid":
        del form.mode_until
    return form


def _wall(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _values(form: Any, event: Event) -> dict[str, Any]:
    """Return the settings as they are kept; Invalid for a time that no clock of the event shows."""
    walls = {}
    for name in DEADLINES:
        if name in form:
            wall = form[name].data
            if wall is not None:
                instant_of(wall, event.zone, field=name)
            walls[name] = wall.isoformat(timespec="minutes") if wall else ""
    if walls["hard_closes"]:
        hard = instant_of(form.hard_closes.data, event.zone, field="hard_closes")
        if hard < event.registration_closes_at:
            raise Invalid(_("Choose a time after registration closes."), "hard_closes")
    return {
        **walls,
        "equity": bool(form.equity.data),
        "overflow_category": form.overflow_category.data or "",
        "grace_minutes": form.grace_minutes.data,
        "replacement_needs_letter": bool(form.replacement_needs_letter.data),
    }
