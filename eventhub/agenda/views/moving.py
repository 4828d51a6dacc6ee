"""Moving, copying and undoing: for the board's module, and as plain forms."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug import Response as Answer

from eventhub.agenda import forms, queries, services
from eventhub.agenda.forms import moving as move_forms
from eventhub.agenda.models import Session
from eventhub.agenda.services import Move, Place, Refused
from eventhub.agenda.views.blueprint import bp
from eventhub.agenda.views.editor import Editor, note_presence, render_board, state_of
from eventhub.core.actor import Actor
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict, DomainError, Invalid
from eventhub.events.models import Event, EventRoom
from eventhub.events.queries import get_event, rooms_of
from eventhub.i18n import _, ngettext, pgettext, times
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.fields import refuse


@bp.post("/manage/<slug>/programme/board")
@requires("agenda.edit")
def change_board(slug: str) -> ResponseReturnValue:
    """Do what the board's module asks, and answer with the board as it is then.

    `act` is move, copy, undo or redo. Of each session: s (ref), v (version), starts (empty: the
    tray), minutes, room (ref, may be empty). 409 or 422 with the reasons where nothing was done.
    """
    event = get_event(slug)
    status, said, reasons, may_again = 200, "", {}, False
    try:
        said, is_done = _act(event, request.form.get("act", "move"))
        status = 200 if is_done else 409
    except Refused as error:
        status, reasons = error.status, dict(error.reasons)
        may_again = error.may_again
        said = error.message
    except DomainError as error:
        status, said = error.status, error.message
    editor = Editor.of(get_event(slug))
    body = render_board(editor)
    answer = render_template(
        "agenda/_answer.html",
        body=Markup(body),  # noqa: S704 - what the template made
        said=said,
        reasons=reasons,
        may_again=may_again,
    )
    response = Response(answer, status)
    response.set_etag(state_of(editor, body))
    response.headers["Cache-Control"] = "private, no-store"
    note_presence(editor.standing)
    return response


@bp.route("/manage/<slug>/programme/move", methods=["GET", "POST"])
@requires("agenda.edit")
def move(slug: str) -> ResponseReturnValue:
    """Move, copy or put into the tray the sessions that ?s= names, one or several, by a form."""
    event = get_event(slug)
    rooms = rooms_of(event.id)
    refs = list(dict.fromkeys(request.args.getlist("s")))[: services.MOST_AT_ONCE]
    chosen = [queries.get_session(event.id, ref, or_in_tray=True) for ref in refs]
    if not chosen:
        say(_("Choose sessions first: tick them, then choose what to do with them."), "attention")
        return redirect(url_for("agenda.show", slug=slug, day=request.args.get("day")))
    form = move_forms.move_form(event, chosen, rooms, request.args.get("day"))
    if form.is_good() or move_forms.is_to_tray():
        try:
            said, session = _by_form(event, form, chosen, rooms)
            say(said)
            return _to_board(event, session)
        except DomainError as error:
            refuse(form, error, event.languages)
            if error.status == Conflict.status:
                form.versions.data = move_forms.versions_of(chosen)
            page = _move_page(event, form, chosen)
            return page, error.status
    return _move_page(event, form, chosen), form.status


@bp.post("/manage/<slug>/programme/undo")
@requires("agenda.edit")
def undo(slug: str) -> ResponseReturnValue:
    """Undo what this editor did last, and show the day again."""
    return _step(slug, services.undo)


@bp.post("/manage/<slug>/programme/redo")
@requires("agenda.edit")
def redo(slug: str) -> ResponseReturnValue:
    """Do again what this editor undid last, and show the day again."""
    return _step(slug, services.redo)


def _step(slug: str, act: Callable[..., services.Outcome]) -> ResponseReturnValue:
    event = get_event(slug)
    try:
        with transaction():
            outcome = act(event, actor=current_actor())
        say(outcome.sentence, "good" if outcome.is_done else "attention")
    except Conflict as error:
        say(error.message, "attention")
    return redirect(url_for("agenda.show", slug=slug, day=request.form.get("day") or None))


def _act(event: Event, act: str) -> tuple[str, bool]:
    actor = current_actor()
    if act in ("undo", "redo"):
        with transaction():
            step = services.undo if act == "undo" else services.redo
            outcome = step(event, actor=actor)
        return outcome.sentence, outcome.is_done
    rooms = rooms_of(event.id)
    moves, names = _moves_sent(rooms), names_of(rooms)
    with transaction():
        return _said(_do(event, act, moves, actor), act, names), True


def _do(event: Event, act: str, moves: Sequence[Move], actor: Actor) -> list[Session]:
    if act == "copy":
        return services.copy_sessions(event, moves, actor=actor)
    return services.move_sessions(event, moves, actor=actor)


def _moves_sent(rooms: Sequence[EventRoom]) -> list[Move]:
    """Return what the module asks for; Invalid where it makes no sense."""
    ids = {room.ref: room.id for room in rooms} | {"": None}
    columns = [request.form.getlist(name) for name in ("s", "v", "starts", "minutes", "room")]
    try:
        return [
            Move(
                ref,
                forms.as_version(version),
                Place(_wall(starts), int(minutes), ids[room]),
            )
            for ref, version, starts, minutes, room in zip(*columns, strict=True)
        ]
    except (ValueError, KeyError):
        raise Invalid(_("Somebody changed the rooms meanwhile. Try it again.")) from None


def _wall(text: str) -> datetime | None:
    try:
        wall = datetime.fromisoformat(text) if text else None
    except ValueError:
        raise _no_time(text) from None
    if wall is not None and wall.tzinfo is not None:
        raise _no_time(text)
    return wall


def _no_time(text: str) -> Invalid:
    return Invalid(_("“%(text)s” is no time at which a session can start.", text=text[:40]))


def _by_form(
    event: Event, form: Any, chosen: Sequence[Session], rooms: Sequence[EventRoom]
) -> tuple[str, Session]:
    act = request.form.get("act", "move")
    moves = move_forms.moves_of(form, chosen, rooms, to_tray=act == "tray")
    names = names_of(rooms)
    with transaction():
        done = _do(event, act, moves, current_actor())
        return _said(done, act, names), done[0] if done else chosen[0]


def names_of(rooms: Sequence[EventRoom]) -> dict[int | None, str]:
    """Return what rooms are called, by id; None is outside all rooms."""
    return {room.id: room.names.pick() for room in rooms} | {None: pgettext("session", "No room")}


def _said(sessions: Sequence[Session], act: str, names: Mapping[int | None, str]) -> str:
    """Return in a sentence where the sessions are now."""
    if not sessions:
        return _("Nothing was to be moved: it stands there already.")
    if len(sessions) > 1:
        count = len(sessions)
        if act == "copy":
            return ngettext("%(n)s session is copied.", "%(n)s sessions are copied.", count)
        return ngettext("%(n)s session is moved.", "%(n)s sessions are moved.", count)
    (session,) = sessions
    if not session.is_placed:
        return _("%(session)s is in the tray: it has no time.", session=session.code)
    return _(
        "%(session)s: %(day)s, %(start)s–%(end)s, %(room)s.",
        session=session.code,
        day=times.day(session.starts.date(), year=False),
        start=f"{session.starts:%H:%M}",
        end=f"{session.ends:%H:%M}",
        room=names[session.room_id],
    )


def _move_page(event: Event, form: Any, chosen: Sequence[Session]) -> str:
    refs = [session.ref for session in chosen]
    action = url_for("agenda.move", slug=event.slug, s=refs, day=request.args.get("day"))
    return render_template("agenda/move.html", event=event, form=form, chosen=chosen, action=action)


def _to_board(event: Event, session: Session) -> Answer:
    day = session.starts.date().isoformat() if session.is_placed else request.args.get("day")
    return redirect(url_for("agenda.show", slug=event.slug, day=day, _anchor=f"s-{session.ref}"))
