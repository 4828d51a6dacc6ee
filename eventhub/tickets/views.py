"""Ticket lists: who stands in which, one more, the files."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.core import clock
from eventhub.core.db import db
from eventhub.core.errors import DomainError, NotFound
from eventhub.events.queries import get_event
from eventhub.files.models import StoredFile
from eventhub.i18n import _, current
from eventhub.registration.queries import printed_name
from eventhub.tickets import queries, services
from eventhub.tickets.rules import is_late
from eventhub.tickets.services import MAKE
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.downloads import send_stored
from eventhub.web.forms import BaseForm, show_error
from eventhub.web.once import once

bp = Blueprint("tickets", __name__)


@bp.route("/manage/<slug>/tickets", methods=["GET", "POST"])
@requires(MAKE)
def show_lists(slug: str) -> ResponseReturnValue:
    """Show who still needs a ticket and the lists so far, and make one more."""
    event, actor, form = get_event(slug), current_actor(), BaseForm()
    if form.is_good():
        try:
            once(
                form.key.data,
                f"tickets.show_lists:{event.id}",
                lambda: services.make_list(event, actor=actor).ref,
            )
            say(_("The list is made. Send the file to security."))
            return redirect(url_for("tickets.show_lists", slug=slug))
        except DomainError as error:
            show_error(form, error)
    starts_at, _time = queries.begins(event)
    scope = actor.scope(MAKE)
    waiting = queries.waiting_for_ticket(event.id, scope)
    page = render_template(
        "tickets/show_lists.html",
        event=event,
        form=form,
        lists=queries.lists_of(event.id),
        waiting=[printed_name(row, current()) for row in waiting],
        gone=[printed_name(row, current()) for row in queries.gone_since(event.id, scope)],
        is_late=is_late(starts_at, clock.now()),
    )
    return page, form.status


@bp.get("/manage/<slug>/tickets/<ref>.xlsx")
@requires(MAKE)
def fetch(slug: str, ref: str) -> ResponseReturnValue:
    """Answer with the file of a list, as it went out."""
    found = queries.get_list(get_event(slug).id, ref)
    file = db.session.get(StoredFile, found.file_id) if found.file_id else None
    if file is None:
        raise NotFound
    return send_stored(file)
