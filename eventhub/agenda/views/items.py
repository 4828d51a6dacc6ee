"""The agenda: its items as organisers write them, and as everybody reads them."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda.forms import as_version
from eventhub.agenda.forms.items import item_form
from eventhub.agenda.models.items import AgendaItem
from eventhub.agenda.queries.items import agenda_of, get_item
from eventhub.agenda.rules.items import Move, moves_of
from eventhub.agenda.services import items as services
from eventhub.agenda.views.blueprint import bp
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict, DomainError, NotFound
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.i18n import Translated, _, lazy_gettext
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.fields import refuse, said_in, shown_in
from eventhub.web.once import once

MOVES = {
    Move.UP: lazy_gettext("Up"),
    Move.DOWN: lazy_gettext("Down"),
    Move.IN: lazy_gettext("Make it a sub-item"),
    Move.OUT: lazy_gettext("Make it an item"),
}


@bp.get("/manage/<slug>/programme/agenda")
@requires("agenda.view")
def list_items(slug: str) -> ResponseReturnValue:
    """List the items with their numbers, and where each may go."""
    event = get_event(slug)
    agenda = agenda_of(event.id)
    taken = [item for items in agenda.taken_up.values() for item in items]
    rows = [
        {
            "ref": item.ref,
            "number": agenda.numbers[item.id],
            "title": item.titles.pick(),
            "sessions": taken.count(item.id),
            "moves": [(move.value, MOVES[move]) for move in moves_of(agenda.tree, item.id)],
        }
        for item in agenda.items
    ]
    return render_template(
        "agenda/list_items.html",
        event=event,
        rows=rows,
        is_adopted=agenda.is_adopted,
        may_edit=current_actor().may("agenda.edit"),
    )


@bp.route("/manage/<slug>/programme/agenda/new", methods=["GET", "POST"])
@requires("agenda.edit")
def add_item(slug: str) -> ResponseReturnValue:
    """Add an item behind the others."""
    event = get_event(slug)
    form = item_form(event, {"version": 0})
    if form.is_good():

        def act() -> str:
            titles, annotations = _said(form, None)
            return services.add_item(event, titles, annotations, actor=current_actor()).ref

        try:
            once(form.key.data, "agenda.add_item", act)
            say(_("The item is added at the end of the agenda."))
            return redirect(url_for("agenda.list_items", slug=slug))
        except DomainError as error:
            refuse(form, error, event.languages)
    return _page(event, form, None, form.status)


@bp.route("/manage/<slug>/programme/agenda/<ref>", methods=["GET", "POST"])
@requires("agenda.edit")
def change_item(slug: str, ref: str) -> ResponseReturnValue:
    """Change the title and the annotation of an item."""
    event = get_event(slug)
    item = get_item(event.id, ref)
    given = {
        "version": item.version,
        **shown_in("titles", item.titles),
        **shown_in("annotations", item.annotations),
    }
    form = item_form(event, given)
    status = None
    if form.is_good():
        try:
            with transaction():
                titles, annotations = _said(form, item)
                services.change_item(
                    event,
                    item,
                    titles,
                    annotations,
                    version=as_version(form.version.data),
                    actor=current_actor(),
                )
            say(_("The item is saved."))
            return redirect(url_for("agenda.list_items", slug=slug))
        except DomainError as error:
            refuse(form, error, event.languages)
            status = error.status
            form.version.data = str(item.version)
    return _page(event, form, item, status or form.status)


@bp.post("/manage/<slug>/programme/agenda/<ref>/<move>")
@requires("agenda.edit")
def move_item(slug: str, ref: str, move: str) -> ResponseReturnValue:
    """Move an item up, down, below the item before it, or out again."""
    event = get_event(slug)
    item = get_item(event.id, ref)
    if move not in list(Move):
        raise NotFound
    return _act(event, lambda: services.move_item(event, item, Move(move), actor=current_actor()))


@bp.post("/manage/<slug>/programme/agenda/<ref>/remove")
@requires("agenda.edit")
def remove_item(slug: str, ref: str) -> ResponseReturnValue:
    """Take an item off the agenda."""
    event = get_event(slug)
    item = get_item(event.id, ref)
    return _act(event, lambda: services.remove_item(event, item, actor=current_actor()))


@bp.post("/manage/<slug>/programme/agenda/adopted")
@requires("agenda.edit")
def adopt(slug: str) -> ResponseReturnValue:
    """Say that the agenda is adopted."""
    event = get_event(slug)
    return _act(event, lambda: services.say_adopted(event, True, actor=current_actor()))


@bp.post("/manage/<slug>/programme/agenda/provisional")
@requires("agenda.edit")
def make_provisional(slug: str) -> ResponseReturnValue:
    """Say that the agenda is provisional again."""
    event = get_event(slug)
    return _act(event, lambda: services.say_adopted(event, False, actor=current_actor()))


def _act(event: Event, act: Any) -> ResponseReturnValue:
    try:
        with transaction():
            act()
    except Conflict as error:
        say(error.message, "stop")
    return redirect(url_for("agenda.list_items", slug=event.slug))


def _said(form: Any, item: AgendaItem | None) -> tuple[Translated, Translated]:
    titles = said_in(form, "titles", item.titles if item else Translated())
    annotations = said_in(form, "annotations", item.annotations if item else Translated())
    return titles, annotations


def _page(event: Event, form: Any, item: AgendaItem | None, status: int) -> ResponseReturnValue:
    return render_template("agenda/item_form.html", event=event, form=form, item=item), status
