"""Erasing the own account: at once with the password, else by a site administrator (R7.7)."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, logout_user

from eventhub.access.words import role_name
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict, DomainError, Invalid
from eventhub.i18n import _
from eventhub.people import personal, queries, services
from eventhub.people.forms import EraseAccountForm
from eventhub.people.holding import whose_account
from eventhub.people.passwords import is_password
from eventhub.people.views.blueprint import bp
from eventhub.web import csrf
from eventhub.web.access import SIGNED_IN, current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, show_error
from eventhub.web.throttle import throttle


@bp.route("/account/erase", methods=["GET", "POST"])
@requires(SIGNED_IN)
def erase_account() -> ResponseReturnValue:
    """Say what goes and what stays, then erase the account, or ask for it without a password."""
    has_password = current_user.password_hash is not None
    form = EraseAccountForm() if has_password else BaseForm()
    if form.is_good():
        try:
            if current_user.is_demo:
                raise Conflict(_("The accounts of the demonstration stay."))
            if isinstance(form, EraseAccountForm):
                return _erase(form)
            with transaction():
                services.ask_erasure(current_user, actor=current_actor())
            say(_("A site administrator is asked to erase your account."))
            return redirect(url_for("people.show_account"))
        except DomainError as error:
            show_error(form, error)
    page = render_template(
        "people/erase_account.html",
        form=form,
        has_password=has_password,
        account=current_user,
        sole_roles=[role_name(role) for role in queries.sole_roles_of(current_user)],
    )
    return page, form.status


def _erase(form: EraseAccountForm) -> ResponseReturnValue:
    throttle("present_password", limit=10, minutes=15, who=current_user.email)
    if not is_password(form.password.data or "", current_user.password_hash):
        raise Invalid(_("This is not your present password."), field="password")
    with transaction():
        personal.erase(whose_account(current_user), actor=current_actor())
    logout_user()
    csrf.empty_session()
    say(_("Your account is erased for ever."))
    return redirect(url_for("people.sign_in"))


@bp.post("/account/erase/take-back")
@requires(SIGNED_IN)
def take_erasure_back() -> ResponseReturnValue:
    """Take back that the account is to be erased."""
    with transaction():
        services.take_erasure_back(current_user, actor=current_actor())
    say(_("Your account stays."))
    return redirect(url_for("people.show_account"))
