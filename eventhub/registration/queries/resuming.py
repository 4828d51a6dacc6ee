"""Links that open a draft on another device for some days (R1.28)."""

from datetime import date

from eventhub.registration.models import Registration
from eventhub.registration.queries.dated import by_dated_token, dated_token

KIND = "resume"


def resume_token(registration: Registration, until: date) -> str:
    """Return the token of a link that is good up to and including the day, in UTC."""
    return dated_token(KIND, registration, registration.link_number, until)


def by_resume_token(token: str, until: str) -> Registration:
    """Return whose draft the link opens; NotFound where it is wrong or its last day is past."""
    return by_dated_token(KIND, lambda row: row.link_number, token, until)
