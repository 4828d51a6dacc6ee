"""Calendar files as the icalendar library reads them."""

from datetime import UTC, datetime
from typing import Any

import icalendar

from tests.browser import Browser

FEED = "/en/xiamen-2026/calendar.ics"


def entries(data: bytes) -> dict[str, Any]:
    """Return the entries of a calendar file by their titles."""
    calendar = icalendar.Calendar.from_ical(data)
    return {str(entry["SUMMARY"]): entry for entry in calendar.walk("VEVENT")}


def fetched(browser: Browser, url: str = FEED) -> dict[str, Any]:
    """Return the entries of the calendar file at an address."""
    page = browser.get(url)
    assert page.status == 200, url
    assert page.response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return entries(page.response.data)


def walk(entry: Any, name: str) -> datetime:
    """Return an instant of an entry in UTC."""
    moment: datetime = entry[name].dt
    return moment.astimezone(UTC)
