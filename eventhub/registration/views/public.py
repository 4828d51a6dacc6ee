"""Beginning a registration, and the page that acknowledges it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.db import transaction
from eventhub.core.errors import DomainError
from eventhub.core.ids import new_uuid
from eventhub.i18n import current
from eventhub.registration import services
from eventhub.registration.forms.choices import entity_names
from eventhub.registration.forms.delegate import DelegateForm, tell
from eventhub.registration.forms.stamps import stamp, stamped_at
from eventhub.registration.models import Registration
from eventhub.registration.queries import standing, state_and_token
from eventhub.registration.queries.places import when_full
from eventhub.registration.rules import State
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.fields import ONE_PAGE, STEPS, fields_for, make_form, values_of
from eventhub.registration.views.frame import Frame, frame_of, private_url
from eventhub.registration.views.path import (
    check_pace,
    check_url,
    closed_page,
    draft_at,
    full_page,
    said_close,
    why_closed,
)
from eventhub.registration.views.status import status_of
from eventhub.web.access import BY_LINK, PUBLIC, current_actor, requires
from eventhub.web.drawn import find_drawn, keep_drawn
from eventhub.web.forms import is_sent
from eventhub.web.once import once
from eventhub.web.urls import absolute


@bp.route("/<lang>/<slug>/register", methods=["GET", "POST"])
@requires(PUBLIC)
def start(lang: str, slug: str) -> ResponseReturnValue:
    """Begin a registration: the first step, or the one page where little is asked."""
    if is_sent():
        return _take(slug)
    if (page := find_drawn()) is not None:
        return page
    frame = frame_of(slug)
    if closed := why_closed(frame, None):
        return closed_page(frame, closed)
    full = when_full(frame.event, frame.categories)
    if full == "refuse":
        return full_page(frame)
    form = _form(frame)
    handed_out = partial(stamp, frame.event.id)
    form.issued.data = handed_out()
    renewed: dict[str, Callable[[], str]] = {
        form.key.data or "": new_uuid,
        form.issued.data: handed_out,
    }
    return keep_drawn(_page(frame, form, full), renewed)


def _take(slug: str) -> ResponseReturnValue:
    """Take what was sent, in one transaction: what is read of the event holds for what is written.

    What is refused comes back with all that was typed.
    """
    closed, form = None, None
    try:
        with transaction():
            frame = frame_of(slug)
            begun_at = stamped_at(request.form.get("issued", ""), frame.event.id)
            form = _form(frame)
            if begun_at is None:
                form.issued.data = stamp(frame.event.id)
            if closed := why_closed(frame, begun_at):
                raise closed
            if form.is_good():
                return redirect(_begin(frame, form, begun_at))
    except DomainError as error:
        if form is None:
            raise
        tell(form, error)
    frame = frame_of(slug)  # what the transaction read went with it
    return _page(frame, form, None, is_closed=bool(closed)), form.status


def _form(frame: Frame) -> DelegateForm:
    wanted = ONE_PAGE if frame.is_one_page else STEPS[0].fields
    return make_form(frame, fields_for(frame, wanted))


def _begin(frame: Frame, form: DelegateForm, begun_at: datetime | None) -> str:
    """Make the draft, and send it where nothing more is asked; return where it goes on."""
    event_id, values, where = frame.event.id, values_of(frame, form), frame.where
    made: list[Registration] = []

    def act() -> str:
        check_pace()
        begin = services.register if frame.is_one_page else services.start_draft
        made.append(
            begin(
                frame.setup(),
                category_id=values["category_id"],
                language=current(),
                actor=current_actor(),
                values=values,
                begun_at=begun_at,
            )
        )
        return made[0].ref

    ref = once(form.key.data or "", f"registration.start:{event_id}", act)
    state, token = standing(made[0]) if made else state_and_token(event_id, ref)
    if state != State.DRAFT:
        return url_for("registration.show_sent", token=token, **where)
    return url_for("registration.fill_step", token=token, step=STEPS[1].code, **where)


def _page(frame: Frame, form: DelegateForm, full: str | None, *, is_closed: bool = False) -> str:
    if full is None:
        full = when_full(frame.event, frame.categories)
    around = {
        "here_url": url_for("registration.start", **frame.where),
        "closes": said_close(frame),
        "when_full": bool(full),
        "is_closed": is_closed,
    }
    if frame.is_one_page:
        return render_template(
            "registration/one_page.html",
            **frame.page(),
            **around,
            form=form,
            entity_names=entity_names(),
        )
    return render_template(
        "registration/step.html",
        **frame.page(),
        **around,
        form=form,
        step=STEPS[0],
        number=1,
        count=len(STEPS),
        row=None,
        back_url=url_for("events.show", **frame.where),
    )


@bp.get("/<lang>/<slug>/register/<token>/sent")
@requires(BY_LINK)
def show_sent(lang: str, slug: str, token: str) -> ResponseReturnValue:
    """Acknowledge: what happened, what happens next, where to come back to."""
    row, frame = draft_at(slug, token)
    if row.state == State.DRAFT:
        return redirect(check_url(frame, row))
    return render_template(
        "registration/sent.html",
        **frame.page(),
        row=row,
        status=status_of(frame, row),
        private_url=private_url(row),
        private_address=absolute("registration.show_own", token=token),
        asks_photo="photo" in frame.fields and row.photo_id is None,
        again_url=url_for("registration.start", **frame.where),
    )
