"""Floor cards for protocol and desk: how many, handed out, taken back, printed."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda.queries import get_session, sessions_of
from eventhub.agenda.rules import QUIET_KINDS
from eventhub.core.db import db, transaction
from eventhub.core.errors import DomainError, Invalid, NotFound
from eventhub.events.queries import get_event
from eventhub.files.models import StoredFile
from eventhub.floor_cards import queries, services
from eventhub.floor_cards.forms import CardsForm
from eventhub.floor_cards.jobs import SHEET
from eventhub.i18n import _
from eventhub.jobs.queries import find_job
from eventhub.jobs.services import queue
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.downloads import send_stored
from eventhub.web.forms import BaseForm, show_error
from eventhub.web.once import once

HAND = "floor_card.hand"
bp = Blueprint("floor_cards", __name__)


@bp.get("/manage/<slug>/floor-cards")
@requires(HAND, switch="delegations")
def list_sessions(slug: str) -> ResponseReturnValue:
    """List the sessions with how many cards each has."""
    event = get_event(slug)
    sessions = [one for one in sessions_of(event.id) if one.kind not in QUIET_KINDS]
    counts = queries.count_by_session(event.id)
    return render_template(
        "floor_cards/list_sessions.html", event=event, sessions=sessions, counts=counts
    )


@bp.route("/manage/<slug>/floor-cards/<ref>", methods=["GET", "POST"])
@requires(HAND, switch="delegations")
def show_cards(slug: str, ref: str) -> ResponseReturnValue:
    """Show the cards of a session by delegation; make, hand out or take back those ticked."""
    event, form = get_event(slug), CardsForm()
    session = get_session(event.id, ref)
    lines = queries.card_lines(event.id, session.id)
    if form.is_good():
        chosen = set(request.form.getlist("who"))
        ids = [one.sent.delegation.id for one in lines if one.sent.delegation.ref in chosen]
        try:
            with transaction():
                if not ids:
                    raise Invalid(_("Tick at least one delegation."))
                act = request.form.get("act")
                actor = current_actor()
                if act == "hand":
                    services.hand_out(event, session, ids, actor=actor)
                elif act == "back":
                    services.take_back(event, session, ids, actor=actor)
                else:
                    services.set_cards(event, session, ids, form.count.data or 0, actor=actor)
            say(_("Saved."))
            return redirect(url_for("floor_cards.show_cards", slug=slug, ref=ref))
        except DomainError as error:
            show_error(form, error)
    page = render_template(
        "floor_cards/show_cards.html", event=event, session=session, lines=lines, form=form
    )
    return page, form.status


@bp.post("/manage/<slug>/floor-cards/<ref>/sheet")
@requires(HAND, switch="delegations")
def print_sheet(slug: str, ref: str) -> ResponseReturnValue:
    """Ask the worker for the sheet."""
    event, form = get_event(slug), BaseForm()
    session = get_session(event.id, ref)
    job = once(
        form.key.data,
        f"floor_cards.sheet:{session.id}",
        lambda: queue(SHEET, event_id=event.id, session_id=session.id).ref,
    )
    return redirect(url_for("floor_cards.show_sheet", slug=slug, ref=ref, job=job))


@bp.get("/manage/<slug>/floor-cards/<ref>/sheet/<job>")
@requires(HAND, switch="delegations")
def show_sheet(slug: str, ref: str, job: str) -> ResponseReturnValue:
    """Answer with the PDF, or show that it is being made; the page loads itself again."""
    event = get_event(slug)
    session = get_session(event.id, ref)
    work = find_job(job, event_id=event.id)
    if work is None or work.name != SHEET or work.args["session_id"] != session.id:
        raise NotFound
    file = db.session.get(StoredFile, work.result.get("file", 0)) if work.result else None
    if file is not None and file.event_id == event.id:
        return send_stored(file)
    page = render_template("floor_cards/show_sheet.html", event=event, session=session, job=work)
    again: dict[str, str] = {"Refresh": "2"} if work.state in ("waiting", "running") else {}
    return page, 200, again
