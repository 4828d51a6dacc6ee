"""The copy of an event's public pages: made by the worker, fetched as a ZIP."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.errors import Conflict, NotFound
from eventhub.events.queries import get_event
from eventhub.exchange import services
from eventhub.exchange.queries import find_copy
from eventhub.exchange.services.copying import MAKE_COPY
from eventhub.exchange.views.blueprint import bp
from eventhub.i18n.times import moment, number
from eventhub.jobs.queries import find_live
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.downloads import send_stored
from eventhub.web.forms import BaseForm
from eventhub.web.once import once

MB = 1024 * 1024


@bp.route("/manage/<slug>/kept-copy", methods=["GET", "POST"])
@requires("event.copy")
def keep_copy(slug: str) -> ResponseReturnValue:
    """Say when the copy was made and how large it is; have it made anew."""
    event, form = get_event(slug), BaseForm()
    if form.is_good():
        try:
            once(
                form.key.data,
                f"exchange.copy:{event.id}",
                lambda: services.ask_for_copy(event, actor=current_actor()).ref,
            )
        except Conflict as error:
            say(error.message, "stop")
        return redirect(url_for("exchange.keep_copy", slug=slug))
    found = find_copy(event.id)
    job = find_live(f"{MAKE_COPY}:{event.id}")
    page = render_template(
        "exchange/keep_copy.html",
        event=event,
        form=form,
        job=job,
        copy=found[0] if found else None,
        made=moment(found[0].made_at, event.zone) if found else "",
        megabytes=number(max(1, round(found[1].size / MB))) if found else "",
    )
    return page, 200, {"Refresh": "5"} if job else {}


@bp.get("/manage/<slug>/kept-copy.zip")
@requires("event.copy")
def fetch_copy(slug: str) -> ResponseReturnValue:
    """Answer with the copy."""
    found = find_copy(get_event(slug).id)
    if found is None:
        raise NotFound
    return send_stored(found[1])
