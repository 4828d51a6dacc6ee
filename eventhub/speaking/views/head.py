"""What a head of delegation does by the private link: ask for the floor, withdraw (R3.7)."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.db import db, transaction
from eventhub.core.errors import NotFound
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.events.queries import categories_of, get_event_by_id
from eventhub.events.showing import languages_of, layout
from eventhub.i18n import _
from eventhub.institutions.models import Institution
from eventhub.registration.models import Registration
from eventhub.registration.queries import by_token, registrant
from eventhub.speaking import queries, services, words
from eventhub.speaking.permissions import SWITCH
from eventhub.speaking.rules import WAITING
from eventhub.speaking.showing import length
from eventhub.speaking.views.blueprint import bp
from eventhub.speaking.views.own import ask, own_form, own_of
from eventhub.web.access import BY_LINK, requires
from eventhub.web.context import say
from eventhub.web.language import prefer, switch


@bp.route("/my/<token>/speaking", methods=["GET", "POST"])
@requires(BY_LINK)
def show_own_as_head(token: str) -> ResponseReturnValue:
    """Show what the delegation asked for, and ask for the floor."""
    row, event, entity = _head(token)
    lists, form = own_form(event)
    if form.is_good() and ask(lists, form, entity, registrant(row)):
        return redirect(url_for("speaking.show_own_as_head", token=token))
    page = render_template(
        "speaking/show_own_as_head.html",
        **_frame(event),
        own=queries.own_requests(event.id, entity.id),
        has_lists=bool(lists),
        waiting=WAITING,
        form=form,
        words=words,
        length=length,
        token=token,
    )
    return page, form.status


@bp.post("/my/<token>/speaking/<request_ref>/withdraw")
@requires(BY_LINK)
def withdraw_as_head(token: str, request_ref: str) -> ResponseReturnValue:
    """Take the delegation's request off the list."""
    row, event, entity = _head(token)
    own = own_of(event, entity.id, request_ref)
    with transaction():
        services.take_off(
            own.listed, own.request, state="withdrawn", reason="", actor=registrant(row)
        )
    say(_("The request is withdrawn."))
    return redirect(url_for("speaking.show_own_as_head", token=token))


def _head(token: str) -> tuple[Registration, Event, Entity]:
    """Return whose link it is; NotFound for whoever heads no delegation."""
    row = by_token(token)
    event = get_event_by_id(row.event_id)
    if SWITCH not in event.switches or not queries.may_ask(row):
        raise NotFound
    prefer(row.language)
    return row, event, db.session.get_one(Entity, row.entity_id)


def _frame(event: Event) -> dict[str, Any]:
    host = db.session.get_one(Institution, event.institution_id)
    return {
        **layout(event, host.names, categories_of(event.id), reference=event.title()),
        "page_languages": switch(languages_of(event)),
    }
