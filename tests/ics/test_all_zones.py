"""Every zone there is: instants beside each change of its clock, by the file's VTIMEZONE alone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import icalendar
import pytest

from eventhub.ics.writer import Entry, calendar
from eventhub.ics.zones import _changes

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
BESIDE = [timedelta(minutes=m) for m in (-61, -1, 0, 1, 29, 61)]


def _entry(zone: str, uid: str, starts_at: datetime) -> Entry:
    return Entry(
        uid=uid, sequence=0, status="CONFIRMED", starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=30), zone=zone, summary="Session",
        created_at=starts_at, changed_at=starts_at,
    )  # fmt: skip


def _beside_changes(zone: str, year: int) -> list[datetime]:
    """Return instants beside each change of the clock in a year, and two where there is none."""
    first, last = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    changes = list(_changes(ZoneInfo(zone), first, last))
    plain = [first + timedelta(days=40, hours=9), first + timedelta(days=200, hours=9)]
    return sorted({*plain, *(at + beside for at in changes for beside in BESIDE)})


def _unlike_most(zone: str, year: int) -> bool:
    """Tell whether the clock changes in another way than twice or not at all."""
    first, last = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    return len(list(_changes(ZoneInfo(zone), first, last))) not in (0, 2)


@pytest.mark.parametrize("year", [2011, 2026])
def test_instants_of_every_zone_survive_by_the_files_own_definition(year: int) -> None:
    zones = ZONES if year == 2026 else [zone for zone in ZONES if _unlike_most(zone, year)]
    assert "Pacific/Apia" in zones
    for zone in zones:
        instants = _beside_changes(zone, year)
        entries = [_entry(zone, f"{n}@x", at) for n, at in enumerate(instants)]
        data = calendar(entries)
        unknown = f"Nowhere/{year}/{zone}"  # so that only what the file says can be believed
        data = data.replace(f"TZID={zone}:".encode(), f"TZID={unknown}:".encode())
        data = data.replace(f"TZID:{zone}\r\n".encode(), f"TZID:{unknown}\r\n".encode())
        read = icalendar.Calendar.from_ical(data).walk("VEVENT")
        starts = [one.decoded("DTSTART").astimezone(UTC) for one in read]
        assert starts == instants, zone
        ends = [one.decoded("DTEND").astimezone(UTC) for one in read]
        assert ends == [at + timedelta(minutes=30) for at in instants], zone


def test_a_zone_without_changes_in_the_years_needed_is_one_line_of_history() -> None:
    data = calendar([_entry("Africa/Lusaka", "1@x", datetime(2026, 4, 2, 7, tzinfo=UTC))])
    assert data.count(b"BEGIN:STANDARD") == 1
    assert b"BEGIN:DAYLIGHT" not in data
    assert b"TZOFFSETTO:+0200" in data
