"""Finding one's certificates: by a code to the e-mail address, never by an account.

Whether an address is known is told nowhere: each page answers alike.
"""

from datetime import timedelta

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from eventhub.certificates import messages, queries
from eventhub.certificates.forms import AddressForm, DigitsForm
from eventhub.certificates.views.blueprint import answer_file, bp
from eventhub.core import clock
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError, NotFound
from eventhub.i18n import Translated, current
from eventhub.people.services import check_code, send_code
from eventhub.web.access import PUBLIC, requires
from eventhub.web.forms import show_error
from eventhub.web.throttle import throttle

PURPOSE = "find_certificate"
ASKED, FOUND = "certificates_asked", "certificates_found"
"""Where the session keeps the address that was asked for, and the one that was proved."""

PROOF_LASTS = timedelta(minutes=15)
MINUTES = 15


@bp.route("/c/find", methods=["GET", "POST"])
@requires(PUBLIC)
def find_own() -> ResponseReturnValue:
    """Ask for the address, and send it a code where a certificate belongs to it."""
    form = AddressForm()
    if form.is_good():
        email = form.email.data or ""
        throttle("certificates.find", limit=60, minutes=MINUTES)
        throttle("certificates.find", limit=6, minutes=MINUTES, who=email)
        with transaction():
            known = bool(queries.certificates_of_address(email))
            send_code(email, PURPOSE, language=current(), known=known)
        session[ASKED] = email
        return redirect(url_for("certificates.find_by_code"))
    return render_template("certificates/find.html", form=form), form.status


@bp.route("/c/find/code", methods=["GET", "POST"])
@requires(PUBLIC)
def find_by_code() -> ResponseReturnValue:
    """Take the code that was sent."""
    form, email = DigitsForm(), session.get(ASKED)
    if not email:
        return redirect(url_for("certificates.find_own"))
    if form.is_good():
        throttle("certificates.find_code", limit=60, minutes=MINUTES)
        try:
            check_code(email, PURPOSE, form.digits())
        except DomainError as error:
            show_error(form, error)
        else:
            session.pop(ASKED)
            session[FOUND] = [email, (clock.now() + PROOF_LASTS).timestamp()]
            return redirect(url_for("certificates.show_found"))
    return render_template("certificates/find_code.html", form=form, email=email), form.status


@bp.get("/c/find/list")
@requires(PUBLIC)
def show_found() -> ResponseReturnValue:
    """Show every certificate of the address: a mission may share one."""
    email = _proved()
    if not email:
        return redirect(url_for("certificates.find_own"))
    lines = [
        {
            "certificate": one,
            "title": messages.title_of(one.level),
            "event": Translated(one.shown["event"]).pick(None, one.shown["fallback"]),
        }
        for one in queries.certificates_of_address(email)
    ]
    return render_template("certificates/found.html", lines=lines, email=email)


@bp.get("/c/find/<ref>.pdf")
@requires(PUBLIC)
def fetch_found(ref: str) -> ResponseReturnValue:
    """Answer a certificate of the address that was proved."""
    email = _proved()
    if not email:
        return redirect(url_for("certificates.find_own"))
    for one in queries.certificates_of_address(email):
        if one.ref == ref and one.state == "valid":
            return answer_file(one)
    raise NotFound


def _proved() -> str:
    """Return the address that was proved a short while ago; "" for none."""
    email, until = session.get(FOUND) or ("", 0)
    return str(email) if clock.now().timestamp() <= until else ""
