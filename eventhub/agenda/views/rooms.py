"""Rooms and tracks, as far as the programme needs them."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda import forms, queries, services
from eventhub.agenda.models import Track
from eventhub.agenda.views.blueprint import bp
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict, DomainError, Invalid
from eventhub.events.models import Event
from eventhub.events.queries import get_event, rooms_of
from eventhub.events.services import add_room as add_event_room
from eventhub.i18n import Translated, _
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.fields import refuse, said_in, shown_in
from eventhub.web.once import once


@bp.get("/manage/<slug>/programme/rooms")
@requires("agenda.view")
def list_rooms(slug: str) -> ResponseReturnValue:
    """List the rooms, which are the columns of the programme, and the tracks."""
    event = get_event(slug)
    return render_template(
        "agenda/list_rooms.html",
        event=event,
        rooms=rooms_of(event.id),
        tracks=queries.tracks_of(event.id),
        may_edit=current_actor().may("agenda.edit"),
        may_edit_event=current_actor().may("event.edit"),
    )


@bp.route("/manage/<slug>/programme/rooms/new", methods=["GET", "POST"])
@requires("agenda.edit")
def add_room(slug: str) -> ResponseReturnValue:
    """Add a room to the event."""
    event = get_event(slug)
    form = forms.room_form(event)
    if form.is_good():

        def act() -> str:
            return add_event_room(
                event,
                code=form.room_code.data,
                names=said_in(form, "names", Translated()),
                capacity=form.capacity.data,
                actor=current_actor(),
            ).ref

        try:
            once(form.key.data, "agenda.add_room", act)
            say(_("The room is added."))
            return redirect(url_for("agenda.list_rooms", slug=slug))
        except DomainError as error:
            field = {"code": "room_code", "name": "names"}.get(error.field or "", error.field)
            refuse(form, type(error)(error.message, field), event.languages)
    return render_template("agenda/room_form.html", event=event, form=form), form.status


@bp.route("/manage/<slug>/programme/tracks/new", methods=["GET", "POST"])
@requires("agenda.edit")
def add_track(slug: str) -> ResponseReturnValue:
    """Add a track after the others."""
    event = get_event(slug)
    form = forms.track_form(event)
    if form.is_good():

        def act() -> str:
            place = len(queries.tracks_of(event.id)) + 1
            titles = said_in(form, "titles", Translated())
            code = form.code.data
            actor = current_actor()
            return services.add_track(event.id, code, titles, place=place, actor=actor).ref

        try:
            once(form.key.data, "agenda.add_track", act)
            say(_("The track is added."))
            return redirect(url_for("agenda.list_rooms", slug=slug))
        except DomainError as error:
            refuse(form, error, event.languages)
    return _track_page(event, form, None)


@bp.route("/manage/<slug>/programme/tracks/<ref>", methods=["GET", "POST"])
@requires("agenda.edit")
def change_track(slug: str, ref: str) -> ResponseReturnValue:
    """Change the title of a track."""
    event = get_event(slug)
    track = queries.get_track(event.id, ref)
    form = forms.track_form(event, {"code": track.code, **shown_in("titles", track.titles)})
    if form.is_good():
        try:
            with transaction():
                if form.code.data != track.code:
                    raise Invalid(_("The code of a track stays, so that links to it hold."), "code")
                titles = said_in(form, "titles", track.titles)
                services.change_track(track, titles, actor=current_actor())
            say(_("The track is saved."))
            return redirect(url_for("agenda.list_rooms", slug=slug))
        except DomainError as error:
            refuse(form, error, event.languages)
    return _track_page(event, form, track)


@bp.post("/manage/<slug>/programme/tracks/<ref>/remove")
@requires("agenda.edit")
def remove_track(slug: str, ref: str) -> ResponseReturnValue:
    """Remove a track to which no session belongs."""
    track = queries.get_track(get_event(slug).id, ref)
    try:
        with transaction():
            services.remove_track(track, actor=current_actor())
        say(_("The track is removed."))
    except Conflict as error:
        say(error.message, "stop")
    return redirect(url_for("agenda.list_rooms", slug=slug))


def _track_page(event: Event, form: Any, track: Track | None) -> ResponseReturnValue:
    page = render_template("agenda/track_form.html", event=event, form=form, track=track)
    return page, form.status
