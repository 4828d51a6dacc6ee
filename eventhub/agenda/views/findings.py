"""What is found in the draft, and what of it may stay as it is."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda import queries, services
from eventhub.agenda.forms import AcceptForm
from eventhub.agenda.lint import Told, look_over
from eventhub.agenda.views.blueprint import bp
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError, NotFound
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.i18n import _
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.fields import refuse


@bp.get("/manage/<slug>/programme/checks")
@requires("agenda.view")
def check(slug: str) -> ResponseReturnValue:
    """List what is found in the draft, the gravest first, and what was accepted."""
    event = get_event(slug)
    draft = queries.load_draft(event.id)
    told = look_over(event, draft)
    return render_template(
        "agenda/check.html",
        event=event,
        open_findings=[one for one in told if one.accepted is None],
        accepted=[one for one in told if one.accepted is not None],
        names={one.ref: f"{one.code} {one.title()}" for one in (*draft.sessions, *draft.tray)},
        may_edit=current_actor().may("agenda.edit"),
    )


@bp.route("/manage/<slug>/programme/checks/<key>", methods=["GET", "POST"])
@requires("agenda.edit")
def accept(slug: str, key: str) -> ResponseReturnValue:
    """Accept one finding, with the reason why it may stay."""
    event = get_event(slug)
    told = _find(event, key)
    form = AcceptForm()
    if form.is_good():
        try:
            with transaction():
                services.accept_finding(
                    event, told.finding, form.reason.data or "", actor=current_actor()
                )
            say(_("It is accepted, and listed below with its reason."))
            return redirect(url_for("agenda.check", slug=slug))
        except DomainError as error:
            refuse(form, error)
    page = render_template("agenda/accept.html", event=event, form=form, told=told, key=key)
    return page, form.status


@bp.post("/manage/<slug>/programme/checks/<key>/reopen")
@requires("agenda.edit")
def reopen_finding(slug: str, key: str) -> ResponseReturnValue:
    """Let an accepted finding count again."""
    event = get_event(slug)
    with transaction():
        services.withdraw_acceptance(event, key, actor=current_actor())
    say(_("It counts again."))
    return redirect(url_for("agenda.check", slug=slug))


def _find(event: Event, key: str) -> Told:
    for told in look_over(event, queries.load_draft(event.id)):
        if told.finding.key == key:
            return told
    raise NotFound
