"""Days and times as people write them in timetables, in several languages."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time, timedelta


def plain(text: str) -> str:
    """Return a text without case, accents and width, its signs kept."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in flat if not unicodedata.combining(sign))


def _names(*lists: str) -> Mapping[str, int]:
    """Return the number of each name, from 1, of lists that name the same things in order."""
    return {
        plain(name): number
        for names in lists
        for number, several in enumerate(names.split(), start=1)
        for name in several.split("/")
    }


_MONTHS = _names(
    "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug"
    " september/sep/sept october/oct november/nov december/dec",
    "janvier/janv février/févr/fév mars avril/avr mai juin juillet/juil août septembre"
    " octobre novembre décembre/déc",
    "enero/ene febrero marzo abril/abr mayo junio julio agosto/ago septiembre/setiembre octubre"
    " noviembre diciembre/dic",
    "janeiro fevereiro/fev março abril maio junho julho agosto setembro/set"
    " outubro/out novembro dezembro/dez",
    "января/янв февраля/фев марта/мар апреля/апр мая июня/июн июля/июл августа/авг"
    " сентября/сен/сент октября/окт ноября/ноя декабря/дек",
    "يناير فبراير مارس أبريل/ابريل مايو يونيو/يونيه يوليو/يوليه أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
)
_WEEKDAYS = _names(
    "monday/mon tuesday/tue/tues wednesday/wed thursday/thu/thur/thurs friday/fri saturday/sat"
    " sunday/sun",
    "lundi/lun mardi/mar mercredi/mer jeudi/jeu vendredi/ven samedi/sam dimanche/dim",
    "lunes martes miércoles/mié jueves/jue viernes/vie sábado/sáb domingo/dom",
    "segunda/segunda-feira terça/terça-feira quarta/quarta-feira quinta/quinta-feira"
    " sexta/sexta-feira sábado domingo",
    "понедельник/пн вторник/вт среда/ср четверг/чт пятница/пт суббота/сб воскресенье/вс",
    "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    "星期一/周一 星期二/周二 星期三/周三 星期四/周四 星期五/周五 星期六/周六 星期日/周日/星期天",
)
_CHINESE = {plain(sign): number for number, sign in enumerate("一二三四五六七八九十", start=1)}
_ORDINALS = ("st", "nd", "rd", "th", "er", "º", "ª")

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_SHORT = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})(?:\s*[-/.]\s*(\d{4}|\d{2}))?\.?")
_CJK = re.compile(r"(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月\s*(\d{1,2})\s*[日号號]?")
_NTH = re.compile(
    r"(?:day|jour|dia|день|дня|اليوم)\s*(\d{1,2})|第\s*(\d{1,2}|[一二三四五六七八九十])\s*天"
)
_SERIAL = re.compile(r"4\d{4}|5\d{4}")
_EXCEL_ZERO = date(1899, 12, 30)

_CLOCK = (
    r"(?:(上午|下午|早上|晚上|中午|am|pm)\s*)?"
    r"(?:(\d{1,2})(?:\s*[:.h]\s*(\d{2})|\s*[时時点點]\s*(?:(\d{1,2})\s*分?|(半))?|\s*h)?"
    r"(?:\s*:\s*\d{2})?|(noon|midi|midnight|minuit))"
    r"\s*(a\.?\s?m\.?|p\.?\s?m\.?|noon|hrs?\.?|hours|uhr|ч\.?)?"
)
_TIME = re.compile(_CLOCK)
_BARE = re.compile(r"([01]\d|2[0-4])([0-5]\d)(?:\s*(?:hrs?|hours|h))?")
_BETWEEN = re.compile(
    r"\s*(?:-+|–|—|‐|‑|~|〜|→|\bto\b|\btill\b|\buntil\b|\ba\b(?!\.)|\bau\b|至|到|\bдо\b|إلى|الى)\s*"
)


def read_day(text: str, days: Sequence[date]) -> date | None:
    """Return the day that a text names; None where it names none, or one that cannot be told.

    `days` are those of the event: they give the year where none is written, say which of day and
    month is which, and are what "Tuesday" and "Day 2" count among.
    """
    folded = plain(text).strip(" .,;:()")
    if not folded:
        return None
    if found := _ISO.search(folded):
        return _date(*map(int, found.groups()))
    if found := _CJK.search(folded):
        year, month, day = found.groups()
        return _in_year(int(month), int(day), year, days)
    if named := _named(folded, days):
        return named
    if found := _SHORT.fullmatch(_without_weekday(folded)):
        return _short(found, days)
    if found := _NTH.fullmatch(folded):
        number = found[1] or found[2]
        place = _CHINESE.get(number) or int(number)
        return days[place - 1] if 0 < place <= len(days) else None
    if _SERIAL.fullmatch(folded):
        return _EXCEL_ZERO + timedelta(days=int(folded))
    return _weekday(folded, days)


def _named(folded: str, days: Sequence[date]) -> date | None:
    """Return the day of a text that names its month, in any order of its parts."""
    words = [word for word in re.split(r"[\s,./()-]+|(?<=\d)(?=[^\W\d])", folded) if word]
    months = [number for word in words if (number := _MONTHS.get(word))]
    numbers = [int(digits) for word in words if (digits := _digits(word))]
    others = [word for word in words if not _digits(word) and word not in _MONTHS]
    known = {*_WEEKDAYS, *_ORDINALS, "de", "of", "the", "le", "el", "г", "года", "del", "do"}
    if not months or not numbers or not set(others) <= known:
        return None
    month = months[-1]  # "mar" is a weekday and a month
    year = next((str(number) for number in numbers if number > 1900), None)
    day = next((number for number in numbers if number <= 31), 0)
    return _in_year(month, day, year, days)


def _digits(word: str) -> str:
    for ending in _ORDINALS:
        if word.endswith(ending) and word[: -len(ending)].isdecimal():
            return word[: -len(ending)]
    return word if word.isdecimal() else ""


def _short(found: re.Match[str], days: Sequence[date]) -> date | None:
    """Return the day of 2/4 or 2.4.2024: the reading that the event knows, else day first."""
    one, other, year = int(found[1]), int(found[2]), found[3]
    if year and len(year) == 2:
        year = f"20{year}"
    read = [_in_year(other, one, year, days), _in_year(one, other, year, days)]
    return next((day for day in read if day in days), read[0] or read[1])


def _in_year(month: int, day: int, year: str | None, days: Sequence[date]) -> date | None:
    if year:
        return _date(int(year), month, day)
    years = sorted({one.year for one in days}) or [date.min.year]
    read = [_date(one, month, day) for one in years]
    return next((one for one in read if one in days), read[0])


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _without_weekday(folded: str) -> str:
    words = [word for word in re.split(r"[\s,]+", folded) if word not in _WEEKDAYS]
    return " ".join(words)


def _weekday(folded: str, days: Sequence[date]) -> date | None:
    """Return the one day of the event that is called so."""
    number = _WEEKDAYS.get(folded)
    named = [day for day in days if day.isoweekday() == number]
    return named[0] if len(named) == 1 else None


def read_span(text: str) -> tuple[time | None, time | None, bool] | None:
    """Return start, end, and whether the end is midnight; None where the text is no time.

    A single time is a start. "2-3 pm" is in the afternoon whole.
    """
    folded = plain(text).strip().rstrip(".,;")
    parts = [part for part in _BETWEEN.split(folded) if part.strip()]
    if not 1 <= len(parts) <= 2:
        return None
    clocks = [_clock(part.strip()) for part in parts]
    if any(clock is None for clock in clocks):
        return None
    (start, half), *rest = [clock for clock in clocks if clock is not None]
    if not rest:
        return (_at(start, half), None, False) if _is_clear(parts[0]) else None
    end, end_half = rest[0]
    if not half and end_half and start[0] <= 12:
        half = end_half if (start[0] % 12, start[1]) < (end[0] % 12, end[1]) else ""
        half = half or ("am" if end_half == "pm" and start[0] < 12 else half)
    if not any(_is_clear(part) for part in parts) and not _both_hours(parts):
        return None
    midnight = end[0] == 24 or (end == (0, 0))
    first, last = _at(start, half), time(0) if midnight else _at(end, end_half)
    return (first, last, midnight) if first is not None and last is not None else None


def _clock(part: str) -> tuple[tuple[int, int], str] | None:
    """Return hour and minute as written, and am or pm where it is said."""
    if found := _BARE.fullmatch(part):
        return (int(found[1]), int(found[2])), ""
    found = _TIME.fullmatch(part)
    if found is None:
        return None
    before, hour, minute, cjk_minute, half_past, word, after = found.groups()
    if word:
        return ((12, 0), "") if word in ("noon", "midi") else ((0, 0), "")
    minutes = 30 if half_past else int(minute or cjk_minute or 0)
    said = (after or "").replace(".", "").replace(" ", "")
    half = said if said in ("am", "pm") else ""
    if before in ("下午", "晚上", "pm") or (before == "中午" and int(hour) < 11):
        half = "pm"
    elif before in ("上午", "早上", "am"):
        half = "am"
    if int(hour) > 24 or minutes > 59 or (int(hour) == 24 and minutes):
        return None
    return (int(hour), minutes), half


def _at(clock: tuple[int, int], half: str) -> time | None:
    hour, minute = clock
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    return time(hour, minute) if hour < 24 else None


def _is_clear(part: str) -> bool:
    """Tell whether a text can be nothing but a time: "2" alone may be any number."""
    return not part.strip().isdecimal() or _BARE.fullmatch(part.strip()) is not None


def _both_hours(parts: Sequence[str]) -> bool:
    """Tell whether two bare numbers are hours of a day, like 9-10."""
    numbers = [int(part) for part in parts if part.strip().isdecimal()]
    return len(numbers) == len(parts) == 2 and 6 <= numbers[0] < numbers[1] <= 24


def leading_span(text: str) -> tuple[str, str]:
    """Return the time with which a line begins, and the rest: "9.00-9.30 Opening"."""
    words = text.split()
    for count in range(min(len(words) - 1, 5), 0, -1):
        before = " ".join(words[:count])
        if read_span(before) is not None:
            return before, " ".join(words[count:]).lstrip("-–—: ")
    return "", text


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield the days from the first to the last, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
