"""The own account: name, language, time zone, e-mail address, password."""

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from eventhub.core.db import transaction
from eventhub.core.errors import DomainError, Invalid
from eventhub.i18n import LANGUAGES, _
from eventhub.people import personal, services
from eventhub.people.forms import CodeForm, DetailsForm, EmailForm, FirstPasswordForm, PasswordForm
from eventhub.people.holding import whose_account
from eventhub.people.passwords import is_password
from eventhub.people.queries import find_account
from eventhub.people.views.blueprint import bp
from eventhub.people.views.sign_in import enter
from eventhub.web import language
from eventhub.web.access import SIGNED_IN, current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, show_error
from eventhub.web.throttle import throttle
from eventhub.web.zip_answer import send_zip

NEW_EMAIL = "new_email"
"""Where the session keeps the address that waits for its code."""


@bp.get("/account")
@requires(SIGNED_IN)
def show_account() -> ResponseReturnValue:
    """Show what we know of the account."""
    own = LANGUAGES[current_user.language].own_name
    return render_template("people/show_account.html", account=current_user, own_language=own)


@bp.route("/account/copy", methods=["GET", "POST"])
@requires(SIGNED_IN)
def copy_account() -> ResponseReturnValue:
    """Hand over everything held about the account."""
    form = BaseForm()
    if form.is_good():
        throttle("account.copy", limit=10, minutes=15, who=current_user.email)
        with transaction():
            whose = whose_account(current_user)
            told, files = personal.export_of(whose, actor=current_actor())
        return send_zip(f"account-{whose.ref}.zip", personal.pieces_of(told, files))
    return render_template("people/copy_account.html", form=form), form.status


@bp.route("/account/details", methods=["GET", "POST"])
@requires(SIGNED_IN)
def change_details() -> ResponseReturnValue:
    """Change name, language and time zone."""
    form = DetailsForm(obj=current_user)
    if form.is_good():
        values = form.values()
        with transaction():
            services.change_details(
                current_user,
                name=values["name"],
                language=values["language"],
                zone=values["zone"] or None,
                actor=current_actor(),
            )
        language.choose_now(values["language"])
        say(_("Your account is changed."))
        return redirect(url_for("people.show_account"))
    return render_template("people/change_details.html", form=form), form.status


@bp.route("/account/password", methods=["GET", "POST"])
@requires(SIGNED_IN)
def change_password() -> ResponseReturnValue:
    """Set the first password, or a new one with the present one."""
    has_one = current_user.password_hash is not None
    form = PasswordForm() if has_one else FirstPasswordForm()
    if form.is_good():
        try:
            if isinstance(form, PasswordForm):
                throttle("present_password", limit=10, minutes=15, who=current_user.email)
                if not is_password(form.present.data or "", current_user.password_hash):
                    raise Invalid(_("This is not your present password."), field="present")
            account = current_user._get_current_object()
            with transaction():
                services.set_password(account, form.password.data or "", actor=current_actor())
            enter(account)
            say(_("Your new password is set. You are signed out everywhere else."))
            return redirect(url_for("people.show_account"))
        except DomainError as error:
            show_error(form, error)
    return render_template("people/change_password.html", form=form, has_one=has_one), form.status


@bp.route("/account/e-mail", methods=["GET", "POST"])
@requires(SIGNED_IN)
def change_email() -> ResponseReturnValue:
    """Send a code to the address that the account shall have."""
    form = EmailForm()
    if form.is_good():
        email = form.email.data or ""
        throttle("code:change_email", limit=5, minutes=15, who=current_user.email)
        with transaction():
            services.send_code(
                email,
                "change_email",
                language=current_user.language,
                known=find_account(email) is None,
                account_id=current_user.id,
            )
        session[NEW_EMAIL] = email
        return redirect(url_for("people.confirm_email"))
    return render_template("people/change_email.html", form=form, account=current_user), form.status


@bp.route("/account/e-mail/confirm", methods=["GET", "POST"])
@requires(SIGNED_IN)
def confirm_email() -> ResponseReturnValue:
    """Take the new address over once its code was typed."""
    form, email = CodeForm(), session.get(NEW_EMAIL)
    if not email:
        return redirect(url_for("people.change_email"))
    if form.is_good():
        throttle("try_code:change_email", limit=20, minutes=15, who=current_user.email)
        try:
            code = services.check_code(email, "change_email", form.code.data or "")
            if code.account_id != current_user.id:
                raise Invalid(_("This code is not right, or no longer good."), field="code")
            with transaction():
                services.change_email(current_user, email, actor=current_actor())
            del session[NEW_EMAIL]
            say(_("Your new e-mail address is set. We told the old one."))
            return redirect(url_for("people.show_account"))
        except DomainError as error:
            show_error(form, error)
    return render_template("people/confirm_email.html", form=form, email=email), form.status
