"""The link that asks a person for what is missing: good for some days, renewed at will."""

from datetime import date, timedelta

from eventhub.core import clock
from eventhub.registration.models import Registration
from eventhub.registration.queries.dated import by_dated_token, dated_token

KIND = "missing"
ASKING_DAYS = 14


def asking_until() -> date:
    """Return the last day, in UTC, of a link made now."""
    return (clock.now() + timedelta(days=ASKING_DAYS)).date()


def asking_token(registration: Registration, until: date) -> str:
    """Return the token of a link that is good up to and including the day, in UTC."""
    return dated_token(KIND, registration, registration.ask_number, until)


def by_asking_token(token: str, until: str) -> Registration:
    """Return whom the link asks; NotFound where it is wrong, was renewed, or its last day is past.

    `until` is the day as YYYYMMDD.
    """
    return by_dated_token(KIND, lambda row: row.ask_number, token, until)
