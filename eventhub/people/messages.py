"""The words of the letters about accounts."""

from collections.abc import Mapping
from typing import Any

from eventhub.access.models import Grant
from eventhub.access.words import role_name, role_sentence
from eventhub.core import clock
from eventhub.i18n import lazy_gettext
from eventhub.keys.links import digits
from eventhub.mail.seams import Letter
from eventhub.mail.wording import HOUSE, letter
from eventhub.people import rules
from eventhub.people.queries import find_code, get_account, get_grant, place_of
from eventhub.web.urls import absolute

PURPOSES = {
    "sign_in": lazy_gettext("Use this code to sign in:"),
    "reset_password": lazy_gettext("Use this code to set a new password:"),
    "change_email": lazy_gettext("Use this code to confirm your new e-mail address:"),
    "find_registration": lazy_gettext("Use this code to find your registration:"),
    "find_certificate": lazy_gettext("Use this code to see your certificates:"),
    "claim_delegation": lazy_gettext("Use this code to open the page of your delegation:"),
    "resume": lazy_gettext("Use this code to continue your registration:"),
}
"""What codes are sent for, and the sentence above each."""


def code(_event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Bring a one-time code; nothing where it is no longer good or was asked for in vain."""
    row = find_code(ids["code"])
    if row is None or not ids["known"] or row.used_at or row.expires_at <= clock.now():
        return None
    return letter(
        "people/code",
        sentence=PURPOSES[row.purpose],
        digits=digits("mail_code", row.ref, rules.CODE_DIGITS),
        minutes=int(rules.code_life(row.purpose).total_seconds() // 60),
    )


def password_changed(_event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Tell that the password was changed."""
    account = get_account(ids["account"])
    return letter("people/password_changed", account=account, url=absolute("people.ask_reset_code"))


def email_changed(_event_id: int | None, _ids: Mapping[str, Any]) -> Letter | None:
    """Tell the old address that the account has moved to another one."""
    return letter("people/email_changed")


def invited(_event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Tell that a role was given, and how to sign in; nothing where it was taken away again."""
    grant: Grant | None = get_grant(ids["grant"])
    if grant is None:
        return None
    account, place = get_account(ids["account"]), place_of(grant, ids.get("slug"))
    return letter(
        "people/invited",
        institution=(place.institution_name.pick() if place else "") or HOUSE,
        account=account,
        role=role_name(grant.role),
        does=role_sentence(grant.role),
        place=place.title.pick() if place else "",
        url=absolute("people.ask_sign_in_code", email=account.email),
        has_password=account.password_hash is not None,
        sign_in_url=absolute("people.sign_in"),
    )
