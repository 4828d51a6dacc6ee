"""The link that asks a person for what is missing: good for some days, renewed at will."""

from datetime import date, timedelta

from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.keys import links
from eventhub.registration.models import Registration

ASKING_DAYS = 14


def asking_until() -> date:
    """Return the last day, in UTC, of a link made now."""
    return (clock.now() + timedelta(days=ASKING_DAYS)).date()


def asking_token(registration: Registration, until: date) -> str:
    """Return the token of a link that is good up to and including the day, in UTC."""
    return links.token(_kind(until), registration.ref, registration.ask_number)


def by_asking_token(token: str, until: str) -> Registration:
    """Return whom the link asks; NotFound where it is wrong, was renewed, or its last day is past.

    `until` is the day as YYYYMMDD.
    """
    try:
        day = date.fromisoformat(until)
    except ValueError:
        raise NotFound from None
    found = db.session.scalar(select(Registration).where(Registration.ref == links.ref_in(token)))
    is_good = found is not None and links.holds(token, _kind(day), found.ref, found.ask_number)
    if found is None or not is_good or clock.now().date() > day:
        raise NotFound
    return found


def _kind(until: date) -> str:
    return f"missing {until.isoformat()}"
