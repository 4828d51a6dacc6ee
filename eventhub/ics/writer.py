"""Entries, and the calendar file that holds them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from eventhub.ics.lines import fold, parameter, text_value, uri_value
from eventhub.ics.zones import zone_lines

Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
Method = Literal["PUBLISH", "REQUEST", "CANCEL"]

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODID = "-//EventHub//EventHub//EN"
_UTC_NAMES = {"UTC", "Etc/UTC"}


class Mailbox(NamedTuple):
    """A name and the e-mail address that goes with it; the name may be empty."""

    name: str
    mail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a calendar.

    starts_at and ends_at are aware instants, the end exclusive; they are written as local time
    of `zone` (an IANA name). With all_day only the local dates are written. created_at and
    changed_at are aware instants; the file says nothing of the time at which it is made.
    Raises ValueError for a naive instant, an end before the start, a negative sequence, an
    address without @.
    """

    uid: str
    sequence: int
    status: Status
    starts_at: datetime
    ends_at: datetime
    zone: str
    summary: str
    created_at: datetime
    changed_at: datetime
    description: str = ""
    location: str = ""
    url: str = ""
    online_url: str | None = None
    organizer: Mailbox | None = None
    attendees: tuple[Mailbox, ...] = ()
    categories: tuple[str, ...] = ()
    language: str = ""
    transparency: Literal["OPAQUE", "TRANSPARENT"] = "OPAQUE"
    access: Literal["PUBLIC", "PRIVATE"] = "PUBLIC"
    alarms_minutes: tuple[int, ...] = ()
    all_day: bool = False

    def __post_init__(self) -> None:
        for name in ("starts_at", "ends_at", "created_at", "changed_at"):
            if getattr(self, name).utcoffset() is None:
                raise ValueError(f"{name} has no time zone")
        # Python compares times of one zone by the clock on the wall, which goes back in autumn.
        if self.ends_at.astimezone(UTC) < self.starts_at.astimezone(UTC):
            raise ValueError("the entry ends before it starts")
        if not self.uid or self.sequence < 0:
            raise ValueError("an entry needs a UID and a sequence of 0 or more")
        if any("@" not in who.mail for who in (*self.attendees, self.organizer) if who):
            raise ValueError("an organizer or attendee has no e-mail address")


def calendar(
    entries: Sequence[Entry],
    *,
    name: str = "",
    method: Method | None = None,
    prodid: str = PRODID,
    language: str = "",
    refresh_minutes: int | None = None,
    home: tuple[str, int] | None = None,
) -> bytes:
    """Return a calendar file of the entries in the order given; equal input gives equal bytes.

    name and refresh_minutes are for files that a calendar subscribes to. home is a zone and a
    year, defined where no entry needs a zone: a file must hold something, even of nothing.
    Attendees are written only with the methods REQUEST and CANCEL, since PUBLISH must not name
    them. Raises ValueError for a repeated UID, and for a REQUEST or CANCEL that is not about one
    entry with an organizer and attendees, or that contradicts the entry's status.
    """
    _check(entries, method)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{text_value(prodid)}", "CALSCALE:GREGORIAN"]
    if method:
        lines.append(f"METHOD:{method}")
    if name:
        lines.append(f"NAME{_language(language)}:{text_value(name)}")
        lines.append(f"X-WR-CALNAME:{text_value(name)}")
    if refresh_minutes:
        lines.append(f"REFRESH-INTERVAL;VALUE=DURATION:PT{refresh_minutes}M")
        lines.append(f"X-PUBLISHED-TTL:PT{refresh_minutes}M")
    zones = _zones(entries) or ({home[0]: {home[1]}} if home else {})
    for zone, years in sorted(zones.items()):
        lines.extend(zone_lines(zone, min(years), max(years)))
    for entry in entries:
        lines.extend(_event(entry, addressed=method in ("REQUEST", "CANCEL")))
    lines.append("END:VCALENDAR")
    return b"".join(map(fold, lines))


def _check(entries: Sequence[Entry], method: Method | None) -> None:
    if len({entry.uid for entry in entries}) != len(entries):
        raise ValueError("two entries have the same UID")
    if method not in ("REQUEST", "CANCEL"):
        return
    if len(entries) != 1 or not entries[0].organizer or not entries[0].attendees:
        raise ValueError(f"{method} is about one entry with an organizer and attendees")
    if (entries[0].status == "CANCELLED") != (method == "CANCEL"):
        raise ValueError(f"{method} does not fit the status {entries[0].status}")


def _zones(entries: Sequence[Entry]) -> dict[str, set[int]]:
    """Return the years in which each zone's local time is written."""
    years: dict[str, set[int]] = {}
    for entry in entries:
        starts, ends = _local_times(entry)
        if not entry.all_day and starts.tzinfo is not UTC:
            years.setdefault(entry.zone, set()).update((starts.year, ends.year))
    return years


def _local_times(entry: Entry) -> tuple[datetime, datetime]:
    """Return start and end in the entry's zone, or in UTC where local time cannot say them.

    A local time in a file always means the first of two equal times, so the hour that a clock
    repeats when it is put back can only be written in UTC.
    """
    zone = ZoneInfo(entry.zone)
    starts = entry.starts_at.astimezone(UTC).astimezone(zone)
    ends = entry.ends_at.astimezone(UTC).astimezone(zone)
    if entry.all_day:
        return starts, ends
    if entry.zone in _UTC_NAMES or starts.fold or ends.fold:
        return starts.astimezone(UTC), ends.astimezone(UTC)
    return starts, ends


def _event(entry: Entry, *, addressed: bool) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{text_value(entry.uid)}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"DTSTAMP:{_stamp(entry.changed_at)}"
    yield f"CREATED:{_stamp(entry.created_at)}"
    yield f"LAST-MODIFIED:{_stamp(entry.changed_at)}"
    yield f"STATUS:{entry.status}"
    yield from _span(entry)
    yield from _words(entry)
    yield from _links(entry)
    if entry.organizer:
        yield f"ORGANIZER{_person(entry.organizer)}"
    if addressed:
        for attendee in entry.attendees:
            # Their place is confirmed already: no buttons, and no answers by the thousand.
            role = ";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE"
            yield f"ATTENDEE{role}{_person(attendee)}"
    yield f"CLASS:{entry.access}"
    yield f"TRANSP:{entry.transparency}"
    if entry.status != "CANCELLED":
        for minutes in entry.alarms_minutes:
            yield from _alarm(entry, minutes)
    yield "END:VEVENT"


def _words(entry: Entry) -> Iterator[str]:
    tongue = _language(entry.language)
    yield f"SUMMARY{tongue}:{text_value(entry.summary)}"
    if entry.description:
        yield f"DESCRIPTION{tongue}:{text_value(entry.description)}"
    if entry.location:
        yield f"LOCATION{tongue}:{text_value(entry.location)}"
    if entry.categories:
        yield f"CATEGORIES{tongue}:{','.join(map(text_value, entry.categories))}"


def _links(entry: Entry) -> Iterator[str]:
    if entry.url:
        yield f"URL:{uri_value(entry.url)}"
    if entry.online_url:
        yield f"CONFERENCE;VALUE=URI;FEATURE=VIDEO:{uri_value(entry.online_url)}"


def _span(entry: Entry) -> Iterator[str]:
    """Yield DTSTART and, unless the entry is a moment, DTEND."""
    starts, ends = _local_times(entry)
    if entry.all_day:
        first, last = starts.date(), (ends - timedelta(microseconds=1)).date()
        yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{max(first, last) + timedelta(days=1):%Y%m%d}"
        return
    starts_value, ends_value = _local_value(starts, entry.zone), _local_value(ends, entry.zone)
    yield f"DTSTART{starts_value}"
    if ends_value != starts_value:
        yield f"DTEND{ends_value}"


def _local_value(time: datetime, zone: str) -> str:
    if time.tzinfo is UTC:
        return f":{_stamp(time)}"
    return f";TZID={zone}:{time:%Y%m%dT%H%M%S}"


def _alarm(entry: Entry, minutes: int) -> Iterator[str]:
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"TRIGGER:-PT{minutes}M"
    yield f"DESCRIPTION{_language(entry.language)}:{text_value(entry.summary)}"
    yield "END:VALARM"


def _stamp(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _person(who: Mailbox) -> str:
    name = f";CN={parameter(who.name)}" if who.name else ""
    return f"{name}:{uri_value('mailto:' + who.mail)}"


def _language(tag: str) -> str:
    return f";LANGUAGE={tag}" if tag else ""
