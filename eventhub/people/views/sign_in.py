"""Signing in by password or by a code, setting a forgotten password anew, signing out.

Whether an address has an account is told nowhere: each page answers alike, and takes as long.
"""

from typing import Any

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user
from structlog import get_logger

from eventhub.core.db import transaction
from eventhub.core.errors import DomainError, Invalid
from eventhub.i18n import _, current
from eventhub.people import services
from eventhub.people.forms import AskCodeForm, CodeForm, ResetForm, SignInForm
from eventhub.people.models import Account
from eventhub.people.queries import find_account
from eventhub.people.views.blueprint import bp
from eventhub.web import csrf
from eventhub.web.access import PUBLIC, SIGNED_IN, current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import show_error
from eventhub.web.throttle import allow_again, throttle
from eventhub.web.urls import safe_next

log = get_logger()

HOME = "/manage"
CODE_TO = "code_to"
"""Where the session keeps the address that a code was sent to."""


@bp.route("/sign-in", methods=["GET", "POST"])
@requires(PUBLIC)
def sign_in() -> ResponseReturnValue:
    """Sign in with e-mail address and password."""
    if current_user.is_authenticated:
        return redirect(safe_next(HOME))
    form = SignInForm()
    if form.is_good():
        email, password = form.email.data or "", form.password.data or ""
        throttle("sign_in", limit=60, minutes=15)
        throttle("sign_in", limit=10, minutes=15, who=email)
        account = services.find_by_password(email, password)
        if account is not None:
            allow_again("sign_in", who=email)
            return _enter(account, password)
        log.info("sign-in refused")
        show_error(form, Invalid(_("The e-mail address or the password is not right.")))
    return render_template("people/sign_in.html", form=form, **_ways()), form.status


@bp.route("/sign-in/code", methods=["GET", "POST"])
@requires(PUBLIC)
def ask_sign_in_code() -> ResponseReturnValue:
    """Send a code to sign in with."""
    return _ask("sign_in", "people.sign_in_code", "people/ask_sign_in_code.html")


@bp.route("/sign-in/code/enter", methods=["GET", "POST"])
@requires(PUBLIC)
def sign_in_code() -> ResponseReturnValue:
    """Sign in with the code that was sent."""
    form, email = CodeForm(), session.get(CODE_TO)
    if not email:
        return redirect(url_for("people.ask_sign_in_code", **_onward()))
    if form.is_good():
        try:
            _check_code(email, "sign_in", form.code.data or "")
            return _enter(_open_account(email))
        except DomainError as error:
            show_error(form, error)
    here = url_for("people.sign_in_code", **_onward())
    page = render_template(
        "people/sign_in_code.html", form=form, email=email, here_url=here, **_ways()
    )
    return page, form.status


@bp.route("/password", methods=["GET", "POST"])
@requires(PUBLIC)
def ask_reset_code() -> ResponseReturnValue:
    """Send a code to set a new password with."""
    return _ask("reset_password", "people.reset_password", "people/ask_reset_code.html")


@bp.route("/password/new", methods=["GET", "POST"])
@requires(PUBLIC)
def reset_password() -> ResponseReturnValue:
    """Set a new password with the code that was sent, and sign in."""
    form, email = ResetForm(), session.get(CODE_TO)
    if not email:
        return redirect(url_for("people.ask_reset_code"))
    if form.is_good():
        password = form.password.data or ""
        try:
            services.check_password(password, email)  # before the code is used up
            _check_code(email, "reset_password", form.code.data or "")
            account = _open_account(email)
            with transaction():
                services.set_password(account, password, actor=account.actor())
            say(_("Your new password is set. You are signed out everywhere else."))
            return _enter(account)
        except DomainError as error:
            show_error(form, error)
    page = render_template("people/reset_password.html", form=form, email=email)
    return page, form.status


@bp.post("/sign-out")
@requires(PUBLIC)
def sign_out() -> ResponseReturnValue:
    """End this session."""
    logout_user()
    csrf.empty_session()
    return redirect(url_for("people.sign_in"))


@bp.post("/account/end-sessions")
@requires(SIGNED_IN)
def sign_out_everywhere() -> ResponseReturnValue:
    """End all sessions of the account, this one too."""
    with transaction():
        services.sign_out_everywhere(current_user, actor=current_actor())
    return sign_out()


def enter(account: Account) -> None:
    """Start a new session of the account; what an older one held is forgotten."""
    said = session.get("_flashes", [])
    session.clear()
    login_user(account)
    session["_flashes"] = said


def _enter(account: Account, password: str | None = None) -> ResponseReturnValue:
    with transaction():
        services.note_sign_in(account, password)
    enter(account)
    log.info("signed in", account=account.ref)
    return redirect(safe_next(HOME))


def _ask(purpose: str, then: str, template: str) -> ResponseReturnValue:
    """Show the form for an address; send it a code, and go on alike whether it is known."""
    form = AskCodeForm(data={"email": request.args.get("email", "")})
    if form.is_good():
        email = form.email.data or ""
        throttle("code", limit=30, minutes=15)
        throttle(f"code:{purpose}", limit=5, minutes=15, who=email)
        account = find_account(email)
        known = account is not None and account.closed_at is None
        with transaction():
            services.send_code(
                email,
                purpose,
                language=account.language if account else current(),
                known=known,
                account_id=account.id if account else None,
            )
        session[CODE_TO] = email
        return redirect(url_for(then, **_onward()))
    return render_template(template, form=form, **_ways()), form.status


def _check_code(email: str, purpose: str, digits: str) -> None:
    throttle("try_code", limit=60, minutes=15)
    throttle(f"try_code:{purpose}", limit=20, minutes=15, who=email)
    services.check_code(email, purpose, digits)


def _open_account(email: str) -> Account:
    account = find_account(email)
    if account is None or account.closed_at:
        raise Invalid(_("This code is not right, or no longer good."), field="code")
    return account


def _ways() -> dict[str, Any]:
    """Return the addresses of the other ways to sign in, the page to go to kept."""
    return {
        "sign_in_url": url_for("people.sign_in", **_onward()),
        "code_url": url_for("people.ask_sign_in_code", **_onward()),
        "reset_url": url_for("people.ask_reset_code"),
    }


def _onward() -> dict[str, Any]:
    """Return the page to go to after signing in, for the next address."""
    target = safe_next("")
    return {"next": target} if target else {}
