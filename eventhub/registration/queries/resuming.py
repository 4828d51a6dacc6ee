"""Links that open a draft on another device for some days (R1.28)."""

from datetime import date

from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.keys import links
from eventhub.registration.models import Registration


def resume_token(registration: Registration, until: date) -> str:
    """Return the token of a link that is good up to and including the day, in UTC."""
    return links.token(_kind(until), registration.ref, registration.link_number)


def by_resume_token(token: str, until: str) -> Registration:
    """Return whose draft the link opens; NotFound where it is wrong or its last day is past.

    `until` is the day as YYYYMMDD.
    """
    try:
        day = date.fromisoformat(until)
    except ValueError:
        raise NotFound from None
    found = db.session.scalar(select(Registration).where(Registration.ref == links.ref_in(token)))
    is_good = found is not None and links.holds(token, _kind(day), found.ref, found.link_number)
    if found is None or not is_good or clock.now().date() > day:
        raise NotFound
    return found


def _kind(until: date) -> str:
    return f"resume {until.isoformat()}"
