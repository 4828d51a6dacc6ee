"""Finding accounts, and who is on a team."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from eventhub.access.models import Grant
from eventhub.access.queries import KEPT_BY_SOMEBODY, all_grants_of, is_sole
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.people.models import Account, MailCode
from eventhub.people.rules import normal_email
from eventhub.web.seams import PLACES, Place
from eventhub.web.urls import addresses


@dataclass(frozen=True, slots=True)
class Member:
    """One role of one person on a team."""

    grant: Grant
    account: Account


def load_account(session_id: str) -> Account | None:
    """Return the account that a session remembers, None once it was ended everywhere."""
    number, _dot, epoch = session_id.partition(".")
    if not (_is_number(number) and _is_number(epoch)):
        return None
    account = db.session.get(Account, int(number))
    if account is None or account.closed_at or account.epoch != int(epoch):
        return None
    return account


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def find_account(email: str) -> Account | None:
    """Return the account of an e-mail address, however it is capitalized."""
    return db.session.scalar(select(Account).where(Account.email == normal_email(email)))


def get_account(ref: str) -> Account:
    """Return an account by its ref; NotFound where there is none."""
    account: Account | None = db.session.scalar(select(Account).where(Account.ref == ref))
    if account is None:
        raise NotFound
    return account


def erasures_asked() -> list[Account]:
    """Return the accounts whose holders asked for their erasure, the first who asked first."""
    query = select(Account).where(Account.erasure_asked_at.is_not(None))
    return list(db.session.scalars(query.order_by(Account.erasure_asked_at, Account.id)))


def count_erasures_asked() -> int:
    """Return how many holders wait for the erasure of their account."""
    query = select(func.count(Account.id)).where(Account.erasure_asked_at.is_not(None))
    return db.session.scalar(query) or 0


def sole_roles_of(account: Account) -> list[str]:
    """Return the roles that the account alone holds somewhere and somebody must keep, once each."""
    held = [grant for grant in all_grants_of(account.id) if grant.role in KEPT_BY_SOMEBODY]
    return list(dict.fromkeys(grant.role for grant in held if is_sole(grant)))


def accounts_by_id(ids: Sequence[int]) -> dict[int, Account]:
    """Return accounts by their id, in one statement."""
    rows = db.session.scalars(select(Account).where(Account.id.in_(ids)))
    return {account.id: account for account in rows}


def find_code(ref: str) -> MailCode | None:
    """Return a code sent by mail by its ref."""
    return db.session.scalar(select(MailCode).where(MailCode.ref == ref))


def get_grant(ref: str) -> Grant | None:
    """Return a grant of any place, None once it was taken away."""
    return db.session.scalar(select(Grant).where(Grant.ref == ref))


def place_of(grant: Grant, name: str | None) -> Place | None:
    """Return the place of a grant by its name in addresses; None for the installation."""
    kind = "slug" if grant.event_id else "institution"
    if not name or kind not in PLACES:
        return None
    with addresses():
        return PLACES[kind](name)


def team(*, event_id: int | None = None, institution_id: int | None = None) -> list[Member]:
    """Return everybody with a role at one place, by name; without a place, the installation's."""
    query = (
        select(Grant, Account)
        .join(Account, Account.id == Grant.account_id)
        .where(Grant.event_id == event_id, Grant.institution_id == institution_id)
        .order_by(Account.name, Account.id, Grant.id)
    )
    return [Member(grant, account) for grant, account in db.session.execute(query)]
