"""Lists of an event: which sessions have one, its settings, who may see it, the log."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda.queries import get_session
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError
from eventhub.events.queries import get_event
from eventhub.i18n import _
from eventhub.speaking import queries, services, words
from eventhub.speaking.forms import ListForm
from eventhub.speaking.permissions import RUN, SWITCH
from eventhub.speaking.rules import words_in
from eventhub.speaking.services.lists import SETTINGS
from eventhub.speaking.showing import at_time, length, other_name, room_said, state_of
from eventhub.speaking.views.blueprint import bp
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, show_error
from eventhub.web.once import once
from eventhub.web.urls import absolute

SPOKEN_KINDS = ("floor", "high_level", "plenary", "opening", "closing")
"""Kinds of sessions that usually have a list: they stand first."""


@bp.get("/manage/<slug>/speaking")
@requires(RUN, switch=SWITCH)
def list_lists(slug: str) -> ResponseReturnValue:
    """List the lists of the event, and the sessions that could have one."""
    event = get_event(slug)
    lines = queries.list_lines(event.id)
    without = [one for one in lines if one.listed is None]
    without.sort(key=lambda one: one.session.kind not in SPOKEN_KINDS)
    return render_template(
        "speaking/list_lists.html",
        event=event,
        lines=[one for one in lines if one.listed is not None],
        without=without,
        form=BaseForm(),
    )


@bp.post("/manage/<slug>/speaking/new")
@requires(RUN, switch=SWITCH)
def add_list(slug: str) -> ResponseReturnValue:
    """Give the session chosen a list, and show it."""
    event, form = get_event(slug), BaseForm()
    session = get_session(event.id, request.form.get("session", ""))
    ref = once(
        form.key.data,
        f"speaking.add_list:{session.id}",
        lambda: services.make_list(event, session, actor=current_actor()).ref,
    )
    return redirect(url_for("speaking.show_list", slug=slug, ref=ref))


@bp.get("/manage/<slug>/speaking/<ref>")
@requires(RUN, switch=SWITCH)
def show_list(slug: str, ref: str) -> ResponseReturnValue:
    """Show who is on the list, whether there is time for all, and the ways on."""
    event = get_event(slug)
    floor = queries.floor_of(event, *queries.get_list(event.id, ref))
    key = queries.secret_key(floor.listed)
    lang = event.languages[0]
    wall: dict[str, Any] = {"lang": lang, "slug": slug}
    return render_template(
        "speaking/show_list.html",
        event=event,
        floor=floor,
        listed=floor.listed,
        states={one.ref: state_of(floor, one) for one in floor.entries},
        room=room_said(floor),
        is_short=bool(floor.forecast.over),
        words=words,
        length=length,
        other_name=other_name,
        wall_url=url_for("speaking.show_wall", key=key, **wall),
        wall_address=absolute("speaking.show_wall", key=key, **wall),
        public_url=url_for("speaking.show_order", key=floor.listed.ref, **wall),
        print_url=url_for("speaking.show_order", key=key, **wall),
        form=BaseForm(),
    )


@bp.post("/manage/<slug>/speaking/<ref>/state")
@requires(RUN, switch=SWITCH)
def set_state(slug: str, ref: str) -> ResponseReturnValue:
    """Open or close the list, show or hide it, or give the wall another address."""
    event, actor = get_event(slug), current_actor()
    one, _session = queries.get_list(event.id, ref)
    act = request.form.get("act")
    with transaction():
        if act in ("open", "close"):
            services.set_open(one, is_open=act == "open", actor=actor)
        elif act in ("show", "hide"):
            services.set_public(one, is_public=act == "show", actor=actor)
        elif act == "reset":
            services.reset_link(one, actor=actor)
    if act == "reset":
        say(_("The wall has a new address. The old one shows nothing any more."))
    else:
        say(_("Saved."))
    return redirect(url_for("speaking.show_list", slug=slug, ref=ref))


@bp.route("/manage/<slug>/speaking/<ref>/settings", methods=["GET", "POST"])
@requires(RUN, switch=SWITCH)
def change_list(slug: str, ref: str) -> ResponseReturnValue:
    """Change limits, order, and what is shown."""
    event = get_event(slug)
    one, session = queries.get_list(event.id, ref)
    form = ListForm(obj=one)
    if form.is_good():
        values = {name: form[name].data for name in SETTINGS}
        try:
            with transaction():
                services.change_list(
                    one, values, version=int(form.version.data or 0), actor=current_actor()
                )
            say(_("Saved."))
            return redirect(url_for("speaking.show_list", slug=slug, ref=ref))
        except DomainError as error:
            show_error(form, error)
    page = render_template(
        "speaking/change_list.html",
        event=event,
        listed=one,
        session=session,
        form=form,
        words_in=words_in,
    )
    return page, form.status


@bp.get("/manage/<slug>/speaking/<ref>/log")
@requires(RUN, switch=SWITCH)
def show_log(slug: str, ref: str) -> ResponseReturnValue:
    """Show who spoke when and for how long."""
    event = get_event(slug)
    one, session = queries.get_list(event.id, ref)
    lines = queries.log_of(event.id, one.id)
    return render_template(
        "speaking/show_log.html",
        event=event,
        listed=one,
        session=session,
        lines=lines,
        total=sum(line.seconds for line in lines),
        length=length,
        at_time=at_time,
    )
