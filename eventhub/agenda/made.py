"""The public pages of the programme, made once for each version, language and form."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from flask import url_for

from eventhub.agenda.queries import find_programme
from eventhub.agenda.rules import FrozenSession, Programme, stylesheet
from eventhub.agenda.seams import PROGRAMME_FILES, PROGRAMME_WAYS, SESSION_WAYS, Way
from eventhub.agenda.showing import (
    View,
    clock_sentence,
    revision,
    seen,
    show_day,
    show_people,
    show_session,
)
from eventhub.core.errors import NotFound
from eventhub.core.ids import digest
from eventhub.core.text import apart
from eventhub.events.models import Event
from eventhub.events.queries import categories_of
from eventhub.events.rules import local
from eventhub.events.showing import languages_of, layout
from eventhub.i18n import LANGUAGES, Translated, _, current, direction, times
from eventhub.web.made_once import Key, keep, render
from eventhub.web.urls import absolute

ALL = "all"
"""In an address, in place of a day: every day on one page."""
GRID = stylesheet()
GRID_DIGEST = digest(GRID)[:12]


@dataclass(frozen=True, slots=True)
class Source:
    """What the pages of one event are made from, but for the programme itself."""

    event: Event
    host: Translated
    number: int

    def key(self, form: str) -> Key:
        """Return under what a form is kept in the present language.

        The stamp names the version and all that the pages say of the event and its host.
        """
        event = self.event
        said = f"{event.slug}:{event.version}:{event.state}:{dict(self.host)}"
        return Key(event.ref, f"{self.number}-{digest(said)[:12]}", f"{current()}-{form}")

    def file_key(self, form: str) -> Key:
        """Return under what a file is kept that names full addresses."""
        return self.key(f"{form}-{digest(absolute('events.front'))[:8]}")

    def programme(self) -> Programme:
        """Return the version in force."""
        found = find_programme(self.event.id, self.number)
        if found is None:
            raise NotFound
        return found


def frame_values(event: Event, host: Translated, reference: str | None) -> dict[str, Any]:
    """Return what the layout of a page of the event reads, but for its languages."""
    return {
        "lang": current(),
        "dir": direction(),
        **layout(event, host, categories_of(event.id), reference=reference),
        "grid_css": url_for("agenda.grid_stylesheet", digest=GRID_DIGEST),
    }


def page_values(
    event: Event, host: Translated, endpoint: str, reference: str | None, **where: Any
) -> dict[str, Any]:
    """Return what the layout of a public page reads: nothing of the reader or the request."""
    return {
        **frame_values(event, host, reference),
        "page_languages": [
            (code, LANGUAGES[code].own_name, url_for(endpoint, lang=code, slug=event.slug, **where))
            for code in languages_of(event)
        ],
    }


def day_page(source: Source, day: str, zone: str | None = None) -> bytes:
    """Return the page of a day (ISO) or of all days; NotFound for another one.

    With a zone, times are those of its clocks.
    """
    programme = source.programme()
    days = _days(programme)
    shown = [one for one in days if day in (ALL, one.isoformat())]
    if not shown:
        raise NotFound
    return _day_page(source, programme, days, shown, zone, is_all=day == ALL)


def first_page(source: Source, today: date | None, zone: str | None = None) -> bytes:
    """Return the page of today where there is one, else of the day on which the event begins."""
    programme = source.programme()
    days = _days(programme)
    first = today if today in days else source.event.starts_on
    shown = [one for one in days if one == first] or days[:1]
    return _day_page(source, programme, days, shown, zone, is_all=False)


def _day_page(
    source: Source,
    programme: Programme,
    days: list[date],
    shown: list[date],
    zone: str | None,
    *,
    is_all: bool,
) -> bytes:
    view = View(source.event, zone or source.event.zone)
    name = shown[0].isoformat() if shown and not is_all else ALL
    return render(
        "agenda/public.html",
        **_values(source, programme, "agenda.public_day", day=name),
        days=[show_day(programme, one, view) for one in shown],
        clock=clock_sentence(programme, shown[0], view) if shown else "",
        tabs=_tabs(source.event, days, [] if is_all else shown, zone),
        ways=_ways(source.event, bool(programme.speakers)),
        reader_zone=zone,
    )


def _ways(event: Event, has_speakers: bool) -> list[Way]:
    ways = [way(event) for way in PROGRAMME_WAYS]
    if has_speakers:
        url = url_for("agenda.public_speakers", lang=current(), slug=event.slug)
        ways.insert(0, Way(_("Speakers"), url))
    return ways


def session_page(source: Source, ref: str, zone: str | None = None) -> bytes:
    """Return the page of one session; NotFound where the public has none of that ref."""
    programme = source.programme()
    session = public_session(programme, ref)
    here = View(source.event, source.event.zone)
    line = show_session(programme, session, View(source.event, zone) if zone else here)
    return render(
        "agenda/public_session.html",
        **_values(source, programme, "agenda.public_session", ref=ref),
        line=line,
        day=date.fromisoformat(session.starts[:10]),
        when=when(session, source.event, zone),
        ways=[way(source.event, ref) for way in SESSION_WAYS],
        reader_zone=zone,
    )


def speakers_page(source: Source) -> bytes:
    """Return the page of everybody whom the programme names."""
    programme = source.programme()
    return render(
        "agenda/public_speakers.html",
        **_values(source, programme, "agenda.public_speakers"),
        people=show_people(programme, View(source.event, source.event.zone)),
    )


def public_session(programme: Programme, ref: str) -> FrozenSession:
    """Return a session that the public may know of; NotFound where there is none of that ref."""
    for session in seen(programme):
        if session.ref == ref:
            return session
    raise NotFound


def when(session: FrozenSession, event: Event, zone: str | None) -> list[str]:
    """Return start and end in full: in the event's time with its offset, and in UTC."""
    city = event.cities.pick(None, event.languages) or event.city or times.zone_city(event.zone)
    return [
        times.event_time(instant, event.zone, city, reader_zone=zone or "UTC")
        for instant in (session.starts_at, session.ends_at)
    ]


def make_usual(source: Source) -> int:
    """Make the pages and files of the present language that most readers ask for.

    Return how many pages.
    """
    days = [day.isoformat() for day in _days(source.programme())]
    forms: dict[str, Callable[[], bytes]] = {
        f"day-{day}": partial(day_page, source, day) for day in [*days, ALL]
    }
    forms["first"] = partial(first_page, source, None)
    forms["speakers"] = partial(speakers_page, source)
    for form, make in forms.items():
        keep(source.key(form), make)
    for make_file in PROGRAMME_FILES:
        make_file(source)
    return len(forms)


def _values(source: Source, programme: Programme, endpoint: str, **where: Any) -> dict[str, Any]:
    published = times.plain_day(local(programme.published_at, source.event.zone).date())
    reference = _(
        "%(revision)s · %(day)s", revision=apart(revision(programme.number)), day=apart(published)
    )
    return {
        **page_values(source.event, source.host, endpoint, reference, **where),
        "revision": revision(programme.number),
        "published": published,
    }


def _days(programme: Programme) -> list[date]:
    """Return the days of which the public knows anything."""
    return sorted({date.fromisoformat(session.starts[:10]) for session in seen(programme)})


def _tabs(
    event: Event, days: list[date], shown: list[date], zone: str | None
) -> list[dict[str, Any]]:
    names = {day.isoformat(): times.day(day, year=False) for day in days}
    if len(days) > 1:
        names[ALL] = _("All days")
    here = shown[0].isoformat() if shown else ALL
    return [
        {
            "label": label,
            "url": url_for("agenda.public_day", lang=current(), slug=event.slug, day=name, tz=zone),
            "current": name == here,
            "count": None,
        }
        for name, label in names.items()
    ]
