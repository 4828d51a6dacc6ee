"""Taking a delegation by its one-time code (R1.33): code, proof of the address, then the letter.

A code that is wrong, unknown, expired or used gets one and the same answer. Behind a used one the
claim is kept for the secretariat to look at.
"""

from typing import Any

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user
from structlog import get_logger

from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.core.errors import DomainError, Invalid
from eventhub.delegations import services
from eventhub.delegations.codes import find_by_code
from eventhub.delegations.forms import ClaimForm, ProveForm
from eventhub.delegations.models import Invitation
from eventhub.delegations.queries import get_delegation_by_id
from eventhub.delegations.rules import REVIEW
from eventhub.delegations.views.blueprint import bp
from eventhub.delegations.views.frame import public_event
from eventhub.events.models import Event
from eventhub.i18n import _, current
from eventhub.people import services as people
from eventhub.people.models import Account
from eventhub.people.queries import find_account
from eventhub.web.access import PUBLIC, requires
from eventhub.web.context import say
from eventhub.web.forms import show_error
from eventhub.web.throttle import throttle, within_limit

log = get_logger()

PURPOSE = "claim_delegation"
KEPT = "claim"
"""Where the session keeps what was typed until the address is proved."""


@bp.route("/<lang>/<slug>/delegation", methods=["GET", "POST"])
@requires(PUBLIC)
def claim(lang: str, slug: str) -> ResponseReturnValue:
    """Ask for the code of a delegation and who claims it."""
    event, values = public_event(slug)
    form = ClaimForm()
    if form.is_good():
        throttle("claim", limit=10, minutes=15)
        throttle("claim_event", limit=200, minutes=15, who=event.slug)
        invitation = find_by_code(event.id, form.code.data or "")
        email = form.email.data or ""
        if invitation is not None and _is_free(invitation, email):
            throttle(f"code:{PURPOSE}", limit=5, minutes=15, who=email)
            with transaction():
                people.send_code(email, PURPOSE, language=current())
            session[KEPT] = {
                "event": event.id,
                "invitation": invitation.id,
                "number": invitation.code_number,
                "email": email,
                "name": form.name.data,
                "phone": form.phone.data,
            }
            return redirect(url_for("delegations.prove_claim", lang=lang, slug=slug))
        if invitation is not None:
            _keep_for_review(invitation, form)
        log.info("claim refused", slug=event.slug)
        show_error(form, Invalid(_refusal(event), "code"))
    page = render_template("delegations/claim.html", form=form, **values)
    return page, form.status


@bp.route("/<lang>/<slug>/delegation/code", methods=["GET", "POST"])
@requires(PUBLIC)
def prove_claim(lang: str, slug: str) -> ResponseReturnValue:
    """Check the code sent to the address; then the delegation is open to its focal point."""
    event, values = public_event(slug)
    form, kept = ProveForm(), session.get(KEPT)
    if not kept or kept.get("event") != event.id:
        return redirect(url_for("delegations.claim", lang=lang, slug=slug))
    if form.is_good():
        throttle("try_code", limit=60, minutes=15)
        throttle(f"try_code:{PURPOSE}", limit=20, minutes=15, who=kept["email"])
        try:
            people.check_code(kept["email"], PURPOSE, form.code.data or "")
            return _take(event, kept, values)
        except DomainError as error:
            show_error(form, error)
    page = render_template("delegations/prove_claim.html", form=form, email=kept["email"], **values)
    return page, form.status


def _take(event: Event, kept: dict[str, Any], values: dict[str, Any]) -> ResponseReturnValue:
    with transaction():
        invitation = db.session.get(Invitation, kept["invitation"], with_for_update=True)
        if invitation is None or not _is_good(invitation, kept["number"]):
            raise Invalid(_refusal(event), "code")
        point = services.claim(
            invitation,
            email=kept["email"],
            name=kept["name"] or "",
            phone=kept["phone"] or "",
            language=current(),
        )
        account = db.session.get_one(Account, point.account_id)
        if account.closed_at:
            raise Invalid(_refusal(event), "code")
        people.note_sign_in(account)
        state = point.state
        ref = get_delegation_by_id(event.id, invitation.delegation_id).ref
    if state == REVIEW:
        session.pop(KEPT, None)
        return render_template("delegations/claim_in_review.html", **values)
    session.clear()
    login_user(account)
    say(
        _(
            "The page of your delegation is open. Upload the letter that names you now or later; "
            "names can be entered at once and count when it is confirmed."
        )
    )
    return redirect(url_for("registration.send_letter", slug=event.slug, ref=ref))


def _is_good(invitation: Invitation, number: int) -> bool:
    """Tell whether the code is neither renewed nor expired since it was typed."""
    return invitation.code_number == number and invitation.code_expires_at > clock.now()


def _is_free(invitation: Invitation, email: str) -> bool:
    """Tell whether nobody has claimed yet; whoever has may come back with the same address."""
    if invitation.claimed_at is None:
        return True
    account = find_account(email)
    return account is not None and services.is_focal_point(invitation, account.id)


def _keep_for_review(invitation: Invitation, form: ClaimForm) -> None:
    """Keep the claim for the secretariat; beyond five in an hour silently, so that a code that
    exists is never answered otherwise than one that does not."""
    with transaction():
        if not within_limit("claim_review", limit=5, minutes=60, who=invitation.ref):
            return
        services.ask_for_review(
            invitation,
            email=form.email.data or "",
            name=form.name.data or "",
            phone=form.phone.data or "",
            language=current(),
        )


def _refusal(event: Event) -> str:
    return _(
        "This code opens no delegation. Compare it with the letter. If it is the same, somebody "
        "may have used it already: then the secretariat looks at it and writes to you. "
        "Questions: %(contact)s",
        contact=event.contact_email,
    )
