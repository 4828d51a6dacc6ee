"""What can be done with accounts: made, signed in to, changed; codes sent and checked."""

import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from eventhub.access.models import Grant
from eventhub.access.rules import ROLES, SCOPED
from eventhub.access.services import give_role
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db, transaction
from eventhub.core.errors import Invalid
from eventhub.i18n import _
from eventhub.keys.links import digits as digits_of
from eventhub.mail.services import Addressed, send
from eventhub.people import rules
from eventhub.people.models import Account, MailCode
from eventhub.people.passwords import hash_password, is_outdated, is_password
from eventhub.people.queries import find_account


def create_account(
    email: str,
    name: str,
    *,
    language: str = "en",
    password: str | None = None,
    actor: Actor,
    is_demo: bool = False,
) -> Account:
    """Make an account; without a password its owner signs in by a code. Invalid where it exists."""
    email = rules.normal_email(email)
    if find_account(email):
        raise Invalid(_("There is an account with this e-mail address already."), field="email")
    account = Account(email=email, name=name.strip(), language=language, is_demo=is_demo)
    if password is not None:
        check_password(password, email)
        account.password_hash = hash_password(password)
    db.session.add(account)
    db.session.flush()
    record(actor, "account.create", [Subject("account", account.ref)], event_id=None)
    return account


def account_for(email: str, name: str, *, language: str, actor: Actor) -> Account:
    """Return the account of the address, made where there is none; an existing name stays."""
    found = find_account(email)
    return found or create_account(email, name, language=language, actor=actor)


def check_password(password: str, email: str) -> None:
    """Raise Invalid where the password may not be chosen."""
    if rules.is_too_short(password):
        said = _(
            "Use at least %(n)s characters. Four words in a row are easy to remember.",
            n=rules.SHORTEST_PASSWORD,
        )
        raise Invalid(said, field="password")
    if rules.is_easy_to_guess(password, email):
        said = _("This password is easy to guess. Four words in a row are easy to remember.")
        raise Invalid(said, field="password")


def find_by_password(email: str, password: str) -> Account | None:
    """Return the account that this address and password open; as slow where there is none."""
    account = find_account(email)
    kept = account.password_hash if account and not account.closed_at else None
    return account if is_password(password, kept) else None


def note_sign_in(account: Account, password: str | None = None) -> None:
    """Write down when the account was last used; hash the password anew where that is due."""
    account.last_sign_in_at = clock.now()
    if account.confirmed_at is None and password is None:
        account.confirmed_at = clock.now()
    if password and account.password_hash and is_outdated(account.password_hash):
        account.password_hash = hash_password(password)


def change_details(
    account: Account, *, name: str, language: str, zone: str | None, actor: Actor
) -> None:
    """Change how the account is called, its language and time zone (None: the event's)."""
    before = {"name": account.name, "language": account.language, "zone": account.zone}
    after: dict[str, Any] = {"name": name, "language": language, "zone": zone}
    account.name, account.language, account.zone = name, language, zone
    changed = tuple(sorted(key for key in after if before[key] != after[key]))
    if changed:
        subject = Subject("account", account.ref, hidden=changed)
        record(actor, "account.change", [subject], event_id=None)


def set_password(account: Account, password: str, *, actor: Actor) -> None:
    """Set the password, end every session of the account and tell its owner."""
    check_password(password, account.email)
    account.password_hash = hash_password(password)
    account.epoch += 1
    _forget_codes(account.email)
    subject = Subject("account", account.ref, hidden=("password",))
    record(actor, "account.set_password", [subject], event_id=None)
    _tell(account, "people.password_changed")


def change_email(account: Account, email: str, *, actor: Actor) -> None:
    """Move the account to a new address, already proved by a code; tell the old address."""
    email = rules.normal_email(email)
    if find_account(email):
        raise Invalid(_("There is an account with this e-mail address already."), field="email")
    _tell(account, "people.email_changed")
    _forget_codes(account.email)
    account.email, account.confirmed_at = email, clock.now()
    db.session.flush()
    subject = Subject("account", account.ref, hidden=("email",))
    record(actor, "account.change_email", [subject], event_id=None)


def ask_erasure(account: Account, *, actor: Actor) -> None:
    """Ask a site administrator to erase the account; once asked it stays asked."""
    if account.erasure_asked_at is None:
        account.erasure_asked_at = clock.now()
        record(actor, "account.ask_erasure", [Subject("account", account.ref)], event_id=None)


def take_erasure_back(account: Account, *, actor: Actor) -> None:
    """Take back that the account is to be erased."""
    if account.erasure_asked_at is not None:
        account.erasure_asked_at = None
        subject = Subject("account", account.ref)
        record(actor, "account.take_erasure_back", [subject], event_id=None)


def sign_out_everywhere(account: Account, *, actor: Actor) -> None:
    """End every session of the account, on all devices."""
    account.epoch += 1
    record(actor, "account.sign_out_everywhere", [Subject("account", account.ref)], event_id=None)


def send_code(
    email: str,
    purpose: str,
    *,
    language: str,
    known: bool = True,
    account_id: int | None = None,
) -> MailCode:
    """Mail a code of six digits, good for some minutes and five tries; older ones end.

    `purpose` is one of messages.PURPOSES. Where the address is not known for the purpose, say
    known=False: everything is done alike, so that nobody can tell, but no mail leaves the house.
    """
    email = rules.normal_email(email)
    _forget_codes(email, purpose)
    code = MailCode(
        purpose=purpose,
        email=email,
        account_id=account_id,
        expires_at=clock.now() + rules.code_life(purpose),
    )
    db.session.add(code)
    db.session.flush()
    ids = {"code": code.ref, "known": known}
    send("people.code", [Addressed(email, language, ids)], event_id=None)
    return code


def check_code(email: str, purpose: str, digits: str) -> MailCode:
    """Use up the code that was sent to the address; Invalid on field "code" where it is wrong.

    Call it outside transaction(): it commits by itself, since a wrong try must be counted even
    though it is refused.
    """
    email, given = rules.normal_email(email), rules.only_digits(digits)
    with transaction():
        code = _newest_code(email, purpose)
        good = code is not None and _try(code, given, clock.now())
    if code is None or not good:
        said = _("This code is not right, or no longer good. Check it, or ask for a new one.")
        raise Invalid(said, field="code")
    return code


def _try(code: MailCode, given: str, now: datetime) -> bool:
    code.tries += 1
    usable = code.tries <= rules.CODE_TRIES and now < code.expires_at
    wanted = digits_of("mail_code", code.ref, rules.CODE_DIGITS)
    if not usable or not hmac.compare_digest(given, wanted):
        return False
    code.used_at = now
    return True


def _newest_code(email: str, purpose: str) -> MailCode | None:
    query = (
        select(MailCode)
        .where(MailCode.email == email, MailCode.purpose == purpose, MailCode.used_at.is_(None))
        .order_by(MailCode.id.desc())
        .limit(1)
    )
    return db.session.scalar(query.with_for_update())


def _forget_codes(email: str, purpose: str | None = None) -> None:
    """Let the codes sent to the address be good no more."""
    ended = update(MailCode).where(MailCode.email == email, MailCode.used_at.is_(None))
    if purpose:
        ended = ended.where(MailCode.purpose == purpose)
    db.session.execute(ended.values(used_at=clock.now()))


def forget_old_codes() -> None:
    """Remove codes a day after they ended: an address that asked in vain is kept no longer."""
    ended = clock.now() - timedelta(days=1)
    db.session.execute(delete(MailCode).where(MailCode.expires_at < ended))


def _tell(account: Account, message: str) -> None:
    addressed = Addressed(account.email, account.language, {"account": account.ref})
    send(message, [addressed], event_id=None)


def invite(
    email: str,
    name: str,
    role: str,
    *,
    place: str | None = None,
    event_id: int | None = None,
    institution_id: int | None = None,
    scope: Mapping[str, Sequence[int]] | None = None,
    language: str = "en",
    actor: Actor,
) -> Grant:
    """Give a role to an address, its account made where there is none, and tell its owner.

    `place` is how addresses call the event or institution. Invalid where the role cannot be given
    for a part only.
    """
    if role not in ROLES:
        raise Invalid(_("Choose one from the list."), field="role")
    parts = {kind: list(ids) for kind, ids in (scope or {}).items() if ids}
    for kind in parts:
        if role not in SCOPED[kind]:
            said = _("This role is given for the whole event. Leave this empty.")
            raise Invalid(said, field=kind)
    account = account_for(email, name, language=language, actor=actor)
    grant = give_role(
        account.id,
        role,
        actor=actor,
        event_id=event_id,
        institution_id=institution_id,
        scope=parts,
    )
    ids = {"account": account.ref, "grant": grant.ref, "slug": place}
    addressed = Addressed(account.email, account.language, ids)
    send("people.invited", [addressed], event_id=event_id)
    return grant
