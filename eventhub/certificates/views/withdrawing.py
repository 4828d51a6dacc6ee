"""The page on which a certificate is withdrawn: one person proposes, a second one decides."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.certificates import queries, services
from eventhub.certificates.forms import RevokeForm
from eventhub.certificates.models import Certificate
from eventhub.certificates.views.blueprint import bp
from eventhub.core.db import db, transaction
from eventhub.core.errors import DomainError, NotFound
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.i18n import _
from eventhub.registration.models import Registration
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, show_error


@bp.route("/manage/<slug>/certificates/<ref>/revoke", methods=["GET", "POST"])
@requires("certificate.revoke", switch="certificates")
def revoke(slug: str, ref: str) -> ResponseReturnValue:
    """Propose to withdraw a certificate, with the reason; show what is proposed."""
    event, form = get_event(slug), RevokeForm()
    certificate = within_reach(event, ref, "certificate.revoke")
    if form.is_good():
        try:
            with transaction():
                services.propose_withdrawal(
                    certificate, form.reason.data or "", actor=current_actor()
                )
            say(_("Proposed. It is withdrawn when a second person confirms it."))
            return redirect(url_for("certificates.revoke", slug=slug, ref=ref))
        except DomainError as error:
            show_error(form, error)
    return _page(event, certificate, form)


@bp.post("/manage/<slug>/certificates/<ref>/decide")
@requires("certificate.revoke", switch="certificates")
def decide_withdrawal(slug: str, ref: str) -> ResponseReturnValue:
    """Confirm what somebody else proposed, or leave the certificate valid."""
    event, form = get_event(slug), BaseForm()
    certificate = within_reach(event, ref, "certificate.revoke")
    try:
        with transaction():
            if request.form.get("answer") == "confirm":
                services.confirm_withdrawal(certificate, actor=current_actor())
                done = _("The certificate is withdrawn. Its page says so from now on.")
            else:
                services.refuse_withdrawal(certificate, actor=current_actor())
                done = _("The certificate stays valid.")
        say(done)
        return redirect(url_for("certificates.show_certificates", slug=slug))
    except DomainError as error:
        show_error(form, error)
        return _page(event, certificate, form, error.status)


def within_reach(event: Event, ref: str, permission: str) -> Certificate:
    """Return a certificate of a person whom the actor's permission reaches; NotFound otherwise."""
    certificate = queries.get_certificate(event.id, ref)
    reach = current_actor().scope(permission).categories
    row = db.session.get(Registration, certificate.registration_id or 0)
    if reach is not None and (row is None or row.category_id not in reach):
        raise NotFound
    return certificate


def _page(
    event: Event, certificate: Certificate, form: BaseForm, status: int = 200
) -> ResponseReturnValue:
    pending = queries.pending_of(certificate.id)
    is_own = pending is not None and pending.proposed_by == current_actor().id
    page = render_template(
        "certificates/revoke.html", event=event, certificate=certificate, form=form,
        pending=pending, is_own=is_own,
    )  # fmt: skip
    return page, (422 if form.errors and status == 200 else status)
