"""Finding one's registrations again: by a code to the e-mail address, never by an account.

Whether an address is known is told nowhere: each page answers alike.
"""

from datetime import timedelta

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from eventhub.core import clock
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError, NotFound
from eventhub.events.queries import public_events
from eventhub.events.rules import EventState
from eventhub.i18n import current
from eventhub.people.services import check_code, send_code
from eventhub.protocol.queries import names_at
from eventhub.registration.forms.finding import CodeForm, EmailForm
from eventhub.registration.models import Registration
from eventhub.registration.queries import (
    by_email,
    by_resume_token,
    kind_of,
    name_of,
    numbers_of,
    phrase,
)
from eventhub.registration.rules import State
from eventhub.registration.services import send_resume_link
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.frame import Frame, LostLink, frame_of, private_url
from eventhub.registration.views.path import check_pace, draft_at, next_url
from eventhub.web.access import BY_LINK, PUBLIC, requires
from eventhub.web.forms import show_error
from eventhub.web.once import once
from eventhub.web.throttle import throttle

PURPOSE = "find_registration"
ASKED, FOUND = "find_asked", "find_found"
"""Where the session keeps the address that was asked for, and the one that was proved."""

PROOF_LASTS = timedelta(minutes=30)
EVENTS_SHOWN = 20
STILL_SHOWN = timedelta(days=90)
"""How long after an event people still look for its private page: the certificate is there."""


@bp.route("/<lang>/<slug>/find", methods=["GET", "POST"])
@requires(PUBLIC)
def find(lang: str, slug: str) -> ResponseReturnValue:
    """Ask for the address, and send it a code where it is known."""
    frame, form = frame_of(slug), EmailForm()
    if form.is_good():
        email = form.email.data or ""
        throttle("find", limit=60, minutes=15)
        throttle("find", limit=6, minutes=15, who=email)
        with transaction():
            known = bool(by_email(frame.event.id, email))
            send_code(email, PURPOSE, language=current(), known=known)
        session[ASKED] = email
        return redirect(url_for("registration.find_by_code", **frame.where))
    here = url_for("registration.find", **frame.where)
    page = render_template("registration/find.html", **frame.page(), form=form, here_url=here)
    return page, form.status


@bp.route("/<lang>/<slug>/find/code", methods=["GET", "POST"])
@requires(PUBLIC)
def find_by_code(lang: str, slug: str) -> ResponseReturnValue:
    """Take the code that was sent."""
    frame, form, email = frame_of(slug), CodeForm(), session.get(ASKED)
    if not email:
        return redirect(url_for("registration.find", **frame.where))
    if form.is_good():
        throttle("find_code", limit=60, minutes=15)
        try:
            check_code(email, PURPOSE, form.digits())
        except DomainError as error:
            show_error(form, error)
        else:
            session.pop(ASKED)
            session[FOUND] = [email, (clock.now() + PROOF_LASTS).timestamp()]
            return redirect(url_for("registration.show_found", **frame.where))
    page = render_template(
        "registration/find_code.html",
        **frame.page(),
        form=form,
        email=email,
        here_url=url_for("registration.find_by_code", **frame.where),
        again_url=url_for("registration.find", **frame.where),
    )
    return page, form.status


@bp.get("/<lang>/<slug>/find/list")
@requires(PUBLIC)
def show_found(lang: str, slug: str) -> ResponseReturnValue:
    """Show every registration of the address: a mission may share one."""
    frame = frame_of(slug)
    email, until = session.get(FOUND) or ("", 0)
    if not email or clock.now().timestamp() > until:
        return redirect(url_for("registration.find", **frame.where))
    rows = by_email(frame.event.id, email)
    return render_template(
        "registration/found.html",
        **frame.page(),
        lines=lines_of(frame, rows),
        email=email,
        start_url=url_for("registration.start", **frame.where),
    )


def lines_of(frame: Frame, rows: list[Registration]) -> list[dict[str, str]]:
    """Return the registrations as a list shows them."""
    numbers = numbers_of(rows)
    entities = names_at(frame.event.id, [row.entity_id for row in rows])
    return [
        {
            "name": name_of(row).full,
            "entity": entities.get(row.entity_id or 0, row.organisation),
            "reference": numbers[row.id],
            "phrase": phrase(row.state, frame.event.preset),
            "kind": kind_of(row.state),
            "url": private_url(row),
        }
        for row in rows
    ]


@bp.route("/<lang>/<slug>/register/<token>/later", methods=["GET", "POST"])
@requires(BY_LINK)
def continue_later(lang: str, slug: str, token: str) -> ResponseReturnValue:
    """Mail a link with which the draft goes on from another device."""
    row, frame = draft_at(slug, token)
    if row.state != State.DRAFT:
        return redirect(private_url(row))
    form, is_sent_now = EmailForm(email=row.email), False
    if form.is_good():
        try:
            check_pace()
            _send_resume_link(row, form)
            is_sent_now = True
        except DomainError as error:
            show_error(form, error)
    page = render_template(
        "registration/later.html",
        **frame.page(),
        form=form,
        is_sent_now=is_sent_now,
        here_url=url_for("registration.continue_later", token=token, **frame.where),
        back_url=next_url(frame, row),
    )
    return page, form.status


def _send_resume_link(row: Registration, form: EmailForm) -> None:
    email = form.email.data or ""

    def act() -> str:
        send_resume_link(row, email, language=current())
        return row.ref

    once(form.key.data or "", f"registration.resume:{row.ref}", act)


@bp.get("/<lang>/<slug>/resume/<until>/<token>")
@requires(BY_LINK)
def resume(lang: str, slug: str, until: str, token: str) -> ResponseReturnValue:
    """Open a draft by a link from an e-mail, for 14 days."""
    frame = frame_of(slug)
    try:
        row = by_resume_token(token, until)
    except NotFound:
        raise LostLink from None
    if row.event_id != frame.event.id:
        raise LostLink
    return redirect(next_url(frame, row) if row.state == State.DRAFT else private_url(row))


@bp.errorhandler(LostLink)
def show_lost_link(_error: LostLink) -> ResponseReturnValue:
    """Say that the link is not the valid one, and how to get a new one."""
    now = clock.now()
    coming = public_events(now, past=False, limit=EVENTS_SHOWN)
    recent = public_events(now, past=True, limit=EVENTS_SHOWN)
    events = [*coming, *(one for one in recent if one.ends_at > now - STILL_SHOWN)]
    links = [
        (event.title(), url_for("registration.find", lang=current(), slug=event.slug))
        for event in events
        if event.state != EventState.CANCELLED
    ]
    return render_template("registration/lost_link.html", events=links), 404
