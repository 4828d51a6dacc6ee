"""Entering a person by hand, and changing one: staff, at once."""

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.core.errors import DomainError
from eventhub.entities.models import Entity
from eventhub.entities.queries import get_entity, rank_levels
from eventhub.events.models import Category, Event
from eventhub.events.queries import categories_of
from eventhub.events.rules import PRESETS
from eventhub.i18n import _, current
from eventhub.protocol.queries import extras_at
from eventhub.registration import queries, services
from eventhub.registration.forms.choices import honorifics
from eventhub.registration.forms.staff import (
    FIRST,
    MORE,
    PLAIN,
    SECOND,
    PersonForm,
    plain_values,
)
from eventhub.registration.permissions import ENTER
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.queue import event_here
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import show_error
from eventhub.web.once import once


@bp.route("/manage/<slug>/people/new", methods=["GET", "POST"])
@requires(ENTER)
def new_person(slug: str) -> ResponseReturnValue:
    """Enter a person by hand; it is sent at once."""
    event, actor = event_here(), current_actor()
    categories = _open_to(actor.scope(ENTER).categories, categories_of(event.id, only_on=True))
    form = PersonForm(data={"language": current(), "name_order": "given_first"})
    form.offer(categories, rank_levels())
    form.entity.also_offer(extras_at(event.id))
    _leave_out(form, event)
    if clock.now() <= event.registration_closes_at:
        del form.override
    is_proposed = form.proposes(rank_levels())
    if not is_proposed and form.is_good():
        override = form.override.data or "" if "override" in form else ""
        try:
            ref = once(
                form.key.data or "",
                f"registration.new_person:{event.id}",
                lambda: _enter(event.id, _values(form, categories), override),
            )
            say(_("The person is entered and told by mail."))
            return redirect(url_for("registration.show_person", slug=slug, ref=ref))
        except DomainError as error:
            _show_error(form, error)
    back = url_for("registration.list_people", slug=slug)
    return _page(event, form, _("Enter a person"), back, is_proposed=is_proposed)


@bp.route("/manage/<slug>/people/<ref>/edit", methods=["GET", "POST"])
@requires(ENTER)
def edit_person(slug: str, ref: str) -> ResponseReturnValue:
    """Change a registration by hand, at once."""
    event, actor = event_here(), current_actor()
    row = queries.get_registration(event.id, ref, actor.scope(ENTER))
    categories = _open_to(actor.scope(ENTER).categories, categories_of(event.id))
    ranks = rank_levels()
    entity = db.session.get(Entity, row.entity_id) if row.entity_id else None
    form = PersonForm(
        data={
            **{name: getattr(row, name) for name in PLAIN if name != "rank"},
            "version": str(row.version),
            "mode": row.mode,
            "admission": row.admission,
            "category": next((c.ref for c in categories if c.id == row.category_id), ""),
            "entity": entity.code if entity else "",
            "rank": next((one.code for one in ranks if one.id == row.rank_level_id), ""),
        }
    )
    form.offer(categories, ranks)
    form.entity.also_offer(extras_at(event.id))
    _leave_out(form, event)
    del form.override
    is_proposed = form.proposes(ranks)
    if not is_proposed and form.is_good():
        seen = form.version.data or ""
        version = int(seen) if seen.isdigit() else 0
        try:
            with transaction():
                services.edit(
                    event.id, row.id, _values(form, categories), version=version, actor=actor
                )
            say(_("The registration is changed."))
            return redirect(url_for("registration.show_person", slug=slug, ref=ref))
        except DomainError as error:
            _show_error(form, error)
    heading = _("Change %(name)s", name=queries.printed_name(row, current()))
    back = url_for("registration.show_person", slug=slug, ref=ref)
    return _page(event, form, heading, back, is_proposed=is_proposed)


def _page(
    event: Event, form: PersonForm, heading: str, back_url: str, *, is_proposed: bool
) -> ResponseReturnValue:
    page = render_template(
        "registration/person_form.html",
        event=event,
        form=form,
        is_proposed=is_proposed,
        honorifics=honorifics(),
        first=FIRST,
        second=SECOND,
        more=MORE,
        heading=heading,
        action=request.script_root + request.path,
        back_url=back_url,
    )
    return page, form.status


def _open_to(reach: frozenset[int] | None, categories: Sequence[Category]) -> list[Category]:
    return [one for one in categories if reach is None or one.id in reach]


def _enter(event_id: int, values: dict[str, Any], override: str) -> str:
    actor = current_actor()
    category_id = values.pop("category_id")
    rows = services.enter(
        event_id, [services.Entry(category_id, values)], actor=actor, source="organiser"
    )
    services.submit(event_id, [rows[0].id], actor=actor, override=override)
    return rows[0].ref


def _leave_out(form: PersonForm, event: Event) -> None:
    """Ask how one takes part only where there are two ways (R1.27), as for passes (R1.25)."""
    if event.mode != "hybrid":
        del form.mode
    if "grounds_pass" not in PRESETS[event.preset].fields:
        del form.admission


def _values(form: PersonForm, categories: Sequence[Category]) -> dict[str, Any]:
    ranks = {one.code: one.id for one in rank_levels()} if form.rank.data else {}
    return {
        **plain_values(form),
        **({"mode": form.mode.data} if "mode" in form else {}),
        **_admission(form),
        "category_id": next(one.id for one in categories if one.ref == form.category.data),
        "entity_id": get_entity(form.entity.data).id if form.entity.data else None,
        "rank_level_id": ranks.get(form.rank.data or ""),
    }


def _admission(form: PersonForm) -> dict[str, str]:
    """Return the pass that was chosen; who takes part remotely needs none."""
    is_remote = "mode" in form and form.mode.data == "remote"
    chosen = form.admission.data if "admission" in form and not is_remote else ""
    return {"admission": chosen} if chosen else {}


def _show_error(form: PersonForm, error: DomainError) -> None:
    field = {"category_id": "category", "entity_id": "entity"}.get(error.field or "", error.field)
    show_error(form, type(error)(error.message, field))
