"""What the public pages of a programme are made from, and what stands on all of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import url_for

from eventhub.agenda.queries import find_programme, latest_number
from eventhub.agenda.rules import Choice, FrozenSession, Programme, stylesheet
from eventhub.agenda.showing import View, revision, seen
from eventhub.core.errors import NotFound
from eventhub.core.ids import digest
from eventhub.core.text import apart
from eventhub.events.models import Event
from eventhub.events.queries import categories_of
from eventhub.events.rules import local
from eventhub.events.showing import languages_of, layout, public_event
from eventhub.i18n import LANGUAGES, Translated, _, current, direction, times
from eventhub.web.made_once import Key
from eventhub.web.urls import absolute, base_url

GRID = stylesheet()
GRID_DIGEST = digest(GRID)[:12]


NO_CHOICE = Choice()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks of a page beside its address: whose clock, and which sessions are chosen.

    A page of which nothing is asked is made once.
    """

    zone: str | None = None
    choice: Choice = NO_CHOICE
    words: str = ""
    """What was searched for."""

    def __bool__(self) -> bool:
        return bool(self.zone or self.choice)

    @property
    def query(self) -> dict[str, Any]:
        """Return what an address carries so that the next page is asked the same."""
        return {"tz": self.zone, "s": self.choice.text or None}

    def turned(self, ref: str) -> str:
        """Return the query by which the present page shows a session chosen, or not any more."""
        given = {"q": self.words, "tz": self.zone, "s": self.choice.turned(ref)}
        return "?" + urlencode({name: value for name, value in given.items() if value}, safe="/")

    def view(self, event: Event) -> View:
        """Return how everybody sees the programme by this clock."""
        return View(event, self.zone or event.zone)


NOTHING = Asked()


@dataclass(frozen=True, slots=True)
class Source:
    """What the pages of one event are made from, but for the programme itself."""

    event: Event
    host: Translated
    number: int

    def key(self, form: str) -> Key:
        """Return under what a form is kept in the present language.

        The stamp names the version, all that the pages say of the event and its host, and where
        they stand.
        """
        event = self.event
        said = f"{event.slug}:{event.version}:{event.state}:{dict(self.host)}:{base_url()}"
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


def published_source(slug: str) -> Source:
    """Return what the pages of the public event at this address are made from.

    Ends the request as `public_event` does; NotFound where no programme is published.
    """
    event, institution = public_event(slug)
    number = latest_number(event.id)
    if number is None:
        raise NotFound
    return Source(event, institution.names, number)


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


def values(
    source: Source, programme: Programme, endpoint: str, asked: Asked = NOTHING, **where: Any
) -> dict[str, Any]:
    """Return what every page of a published programme reads; `where` completes its address."""
    event = source.event
    published = times.plain_day(local(programme.published_at, event.zone).date())
    reference = _(
        "%(revision)s · %(day)s", revision=apart(revision(programme.number)), day=apart(published)
    )
    return {
        **page_values(event, source.host, endpoint, reference, **where, **asked.query),
        "revision": revision(programme.number),
        "published": published,
        "asked": asked,
        "reading": _reading(event, endpoint, asked),
    }


def _reading(event: Event, endpoint: str, asked: Asked) -> list[dict[str, Any]]:
    """Return the ways to read the programme, the present one marked."""
    ways = {
        "agenda.public": _("Programme"),
        "agenda.show_now": _("Now and next"),
        "agenda.show_choice": _("My choice"),
        "agenda.search": _("Search and filter"),
    }
    here = "agenda.public" if endpoint == "agenda.public_day" else endpoint
    return [
        {
            "label": label,
            "url": url_for(name, lang=current(), slug=event.slug, **asked.query),
            "current": name == here,
            "count": len(asked.choice) or None if name == "agenda.show_choice" else None,
            "name": name.partition(".")[2],
        }
        for name, label in ways.items()
    ]


def public_session(programme: Programme, ref: str) -> FrozenSession:
    """Return a session that the public may know of; NotFound where there is none of that ref."""
    for session in seen(programme):
        if session.ref == ref:
            return session
    raise NotFound


def days_seen(programme: Programme) -> list[date]:
    """Return the days of which the public knows anything."""
    return sorted({date.fromisoformat(session.starts[:10]) for session in seen(programme)})
