"""Days and times as people write them, in the present language.

The weekday always stands with the day, 24 hours, Western digits. A time at an event stands with
its city and offset, and the reader's own time beside it where the reader's zone is known.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_timezone_location
from babel.numbers import format_decimal

from eventhub.i18n.catalogue import gettext as _
from eventhub.i18n.locale import current, direction

_ENGLISH = "en_GB"
"""Day before month, as the United Nations write it."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """How one language writes a day, as CLDR date patterns.

    full: with weekday and year; short: with weekday; plain: without weekday; month: neither.
    """

    full: str
    short: str
    plain: str
    month: str


_PLAIN = _Shape("EEE d MMMM y", "EEE d MMMM", "d MMMM y", "d MMMM")
_IBERIAN = _Shape("EEE d 'de' MMMM 'de' y", "EEE d 'de' MMMM", "d 'de' MMMM 'de' y", "d 'de' MMMM")
_SHAPES = {
    "ar": _Shape("EEEE d MMMM y", "EEEE d MMMM", "d MMMM y", "d MMMM"),
    "en": _PLAIN,
    "es": _IBERIAN,
    "fr": _PLAIN,
    "pt": _IBERIAN,
    "ru": _Shape("EEE, d MMMM y 'г'.", "EEE, d MMMM", "d MMMM y 'г'.", "d MMMM"),
    "zh": _Shape("y年M月d日（EEE）", "M月d日（EEE）", "y年M月d日", "M月d日"),
}


def day(when: date, *, year: bool = True) -> str:
    """Return "Tue 2 April 2024", without the year where it is plain."""
    shape = _shape()
    return _date(when, shape.full if year else shape.short)


def plain_day(when: date) -> str:
    """Return "2 April 2024", for dates of papers rather than of meetings."""
    return _date(when, _shape().plain)


def span(first: date, last: date) -> str:
    """Return "2–3 April 2024", or one day with its weekday where both are the same."""
    if first == last:
        return day(first)
    shape = _shape()
    if current() == "zh":  # the year stands first and is said once
        same_year = first.year == last.year
        end = shape.plain if not same_year else shape.month if first.month != last.month else "d日"
        return f"{_date(first, shape.plain)}至{_date(last, end)}"
    if first.year != last.year:
        return f"{_date(first, shape.plain)} – {_date(last, shape.plain)}"
    if first.month != last.month:
        return f"{_date(first, shape.month)} – {_date(last, shape.plain)}"
    return f"{_date(first, 'd')}–{_date(last, shape.plain)}"


def clock_time(wall: datetime) -> str:
    """Return "09:00"."""
    return f"{wall:%H:%M}"


def clock_range(starts: str, ends: str) -> str:
    """Return "09:00–10:00", which runs as the language does, whatever stands around it.

    CLDR writes the start first in Arabic too, without a mark: so it is read from the right, as
    the line is. The isolates say so where nothing else gives a direction.
    """
    said = f"{starts}–{ends}"
    return f"\u2067{said}\u2069" if direction() == "rtl" else said


def moment(instant: datetime, zone: str) -> str:
    """Return "Tue 2 April 2024, 09:00" on the clocks of the zone, for lists of the staff."""
    wall = instant.astimezone(ZoneInfo(zone))
    return _("%(day)s, %(time)s", day=day(wall.date()), time=clock_time(wall))


def offset(instant: datetime, zone: str) -> str:
    """Return how far the zone is from UTC at the instant: "UTC+8", "UTC+5:45", "UTC"."""
    return _offset(instant.astimezone(ZoneInfo(zone)).utcoffset() or timedelta())


def zone_city(zone: str) -> str:
    """Return the city that stands for a zone: "Lusaka" for Africa/Lusaka."""
    return str(get_timezone_location(ZoneInfo(zone), locale=_locale(), return_city=True))


def event_time(
    instant: datetime, zone: str, city: str, *, reader_zone: str | None = None, year: bool = True
) -> str:
    """Return "Tue 2 April 2024, 09:00 in Xiamen (UTC+8; 03:00 in Lusaka)".

    The reader's time stands there where the reader's zone is given and its clocks differ; it is
    preceded by the day where that differs too.
    """
    there = instant.astimezone(ZoneInfo(zone))
    said = {
        "day": day(there.date(), year=year),
        "time": clock_time(there),
        "city": city,
        "offset": offset(instant, zone),
    }
    here = instant.astimezone(ZoneInfo(reader_zone)) if reader_zone else there
    if here.utcoffset() == there.utcoffset():
        return _("%(day)s, %(time)s in %(city)s (%(offset)s)", **said)
    said |= {"own_time": clock_time(here), "own_city": zone_city(reader_zone or zone)}
    if here.date() == there.date():
        return _("%(day)s, %(time)s in %(city)s (%(offset)s; %(own_time)s in %(own_city)s)", **said)
    said["own_day"] = day(here.date(), year=False)
    return _(
        "%(day)s, %(time)s in %(city)s (%(offset)s; %(own_day)s, %(own_time)s in %(own_city)s)",
        **said,
    )


def number(value: float) -> str:
    """Return a number as the language groups its digits: 1,000, in French 1 000."""
    return str(format_decimal(value, locale=_locale(), numbering_system="latn"))


def _shape() -> _Shape:
    return _SHAPES[current()]


def _locale() -> str:
    return _ENGLISH if current() == "en" else current()


def _date(when: date, pattern: str) -> str:
    if current() == "fr" and when.day == 1:
        pattern = pattern.replace("d", "d'er'")
    return str(format_date(when, pattern, locale=_locale()))


def _offset(away: timedelta) -> str:
    minutes = round(away.total_seconds() / 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "−"
    return f"UTC{sign}{hours}:{rest:02d}" if rest else f"UTC{sign}{hours}"
