"""One delegation as it is invited: its letter, focal points, official letters."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.errors import DomainError, NotFound
from eventhub.delegations import permissions, queries, services, words
from eventhub.delegations.forms import ChangeInvitationForm
from eventhub.delegations.models import Invitation
from eventhub.delegations.queries import Sent
from eventhub.delegations.rules import standing
from eventhub.delegations.views.blueprint import bp
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.i18n import _
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, show_error
from eventhub.web.once import once


@bp.get("/manage/<slug>/invitations/<ref>")
@requires(permissions.EDIT, switch="letters")
def show_invitation(slug: str, ref: str) -> ResponseReturnValue:
    """Show how far the invitation of one delegation is."""
    return _page(slug, ref), 200


@bp.post("/manage/<slug>/invitations/<ref>")
@requires(permissions.EDIT, switch="letters")
def change_invitation(slug: str, ref: str) -> ResponseReturnValue:
    """Change form, language, number and date of the invitation."""
    event, sent = _sent(slug, ref)
    row, form = _invitation(event.id, sent), ChangeInvitationForm()
    if not form.is_good():
        return _page(slug, ref, change=form), form.status

    def act() -> str:
        shown = form.version.data or ""
        services.change_invitation(
            row,
            version=int(shown) if shown.isascii() and shown.isdigit() else 0,
            form=form.form.data,
            language=form.language.data,
            reference_no=form.reference_no.data or "",
            dated_on=form.dated_on.data or row.dated_on,
            actor=current_actor(),
        )
        return _("The invitation is changed. Clear it again before it is sent.")

    try:
        say(once(form.key.data, f"delegations.change:{row.id}", act))
    except DomainError as error:
        show_error(form, error)
        return _page(slug, ref, change=form), error.status
    return _back(slug, ref)


@bp.post("/manage/<slug>/invitations/<ref>/code")
@requires(permissions.EDIT, switch="letters")
def renew_code(slug: str, ref: str) -> ResponseReturnValue:
    """Make another code; the one on the letter sent opens nothing any more."""
    event, sent = _sent(slug, ref)
    row = _invitation(event.id, sent)

    def act() -> str:
        services.renew_code(row, event=event, actor=current_actor())
        return _("There is a new code. Send the letter again: the old code is worthless now.")

    say(once(BaseForm().key.data, f"delegations.renew_code:{row.id}", act))
    return _back(slug, ref)


@bp.post("/manage/<slug>/invitations/<ref>/preview")
@requires(permissions.EDIT, switch="letters")
def preview(slug: str, ref: str) -> ResponseReturnValue:
    """Make this one letter; answer with the file where it is ready within two seconds."""
    event, sent = _sent(slug, ref)
    row, form = _invitation(event.id, sent), request.form.get("form", "pdf")

    def act() -> str:
        return services.start_run(event, [row], form=form, actor=current_actor()).ref

    run = once(BaseForm().key.data, f"delegations.preview:{row.id}:{form}", act)
    if services.wait_for(event.id, run):
        return redirect(url_for("delegations.fetch_run", slug=slug, ref=run))
    return redirect(url_for("delegations.show_run", slug=slug, ref=run))


def _sent(slug: str, ref: str) -> tuple[Event, Sent]:
    event = get_event(slug)
    return event, queries.get_delegation(event.id, ref, current_actor().scope(permissions.EDIT))


def _invitation(event_id: int, sent: Sent) -> Invitation:
    row = queries.invitation_of(event_id, sent.delegation.id)
    if row is None:
        raise NotFound
    return row


def _back(slug: str, ref: str) -> ResponseReturnValue:
    return redirect(url_for("delegations.show_invitation", slug=slug, ref=ref))


def _page(slug: str, ref: str, *, change: ChangeInvitationForm | None = None) -> str:
    event, sent = _sent(slug, ref)
    delegation_id = sent.delegation.id
    row = queries.invitation_of(event.id, delegation_id)
    points = queries.focal_points_of(event.id, [delegation_id], waiting=True)
    return render_template(
        "delegations/show_invitation.html",
        event=event,
        sent=sent,
        invitation=row,
        change=change or (ChangeInvitationForm(obj=row) if row else None),
        refused=change,
        addresses=queries.addresses_of(event.id, [delegation_id]).get(delegation_id, []),
        points=points[delegation_id],
        standing=standing(
            sent.delegation.reply, is_complete=delegation_id in queries.complete_of(event)
        ),
        letters=queries.letters_of(event.id, delegation_id),
        plain=BaseForm(),
        words=words,
    )
