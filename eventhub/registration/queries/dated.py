"""Links to a registration that are good for some days; the last one stands in the address."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.keys import links
from eventhub.registration.models import Registration


def dated_token(kind: str, registration: Registration, number: int, until: date) -> str:
    """Return the token of a link that is good up to and including the day, in UTC."""
    return links.token(_named(kind, until), registration.ref, number)


def by_dated_token(
    kind: str, number_of: Callable[[Registration], int], token: str, until: str
) -> Registration:
    """Return whose link of this kind it is; NotFound where it is wrong or its last day is past.

    `until` is the day as YYYYMMDD; `number_of` tells the number that makes older links worthless.
    """
    try:
        day = date.fromisoformat(until)
    except ValueError:
        raise NotFound from None
    found = db.session.scalar(select(Registration).where(Registration.ref == links.ref_in(token)))
    if found is None or clock.now().date() > day:
        raise NotFound
    if not links.holds(token, _named(kind, day), found.ref, number_of(found)):
        raise NotFound
    return found


def _named(kind: str, until: date) -> str:
    return f"{kind} {until.isoformat()}"
