"""Which grants an account holds."""

from sqlalchemy import ColumnElement, or_, select

from eventhub.access.models import Grant
from eventhub.core.db import db


def grants_of(
    account_id: int, *, event_id: int | None = None, institution_id: int | None = None
) -> list[Grant]:
    """Return the account's grants at the installation, and at the event or institution named."""
    places: list[ColumnElement[bool]] = [Grant.event_id.is_(None) & Grant.institution_id.is_(None)]
    if event_id is not None:
        places.append(Grant.event_id == event_id)
    if institution_id is not None:
        places.append(Grant.institution_id == institution_id)
    query = select(Grant).where(Grant.account_id == account_id, or_(*places)).order_by(Grant.id)
    return list(db.session.scalars(query))


def all_grants_of(account_id: int) -> list[Grant]:
    """Return every grant of the account, at all places."""
    query = select(Grant).where(Grant.account_id == account_id).order_by(Grant.id)
    return list(db.session.scalars(query))


def team_of(*, event_id: int | None = None, institution_id: int | None = None) -> list[Grant]:
    """Return the grants at one place, oldest first; without a place, the installation's."""
    query = (
        select(Grant)
        .where(Grant.event_id == event_id, Grant.institution_id == institution_id)
        .order_by(Grant.id)
    )
    return list(db.session.scalars(query))


def find_grant(
    ref: str, *, event_id: int | None = None, institution_id: int | None = None
) -> Grant | None:
    """Return one grant of the place by its ref."""
    query = select(Grant).where(
        Grant.ref == ref, Grant.event_id == event_id, Grant.institution_id == institution_id
    )
    return db.session.scalar(query)


KEPT_BY_SOMEBODY = ("event_owner", "site_administrator", "institution_administrator")
"""Roles without whose last holder nobody could help any more."""


def is_sole(grant: Grant) -> bool:
    """Tell whether nobody else holds at this place a role that somebody must keep."""
    if grant.role not in KEPT_BY_SOMEBODY:
        return False
    query = select(Grant.id).where(
        Grant.role == grant.role,
        Grant.event_id == grant.event_id,
        Grant.institution_id == grant.institution_id,
        Grant.account_id != grant.account_id,
    )
    return db.session.scalar(query) is None
