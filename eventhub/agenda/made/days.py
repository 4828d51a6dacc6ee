"""The pages of the programme by its days."""

from datetime import date
from typing import Any

from flask import url_for

from eventhub.agenda.linked_data import day_data
from eventhub.agenda.made.source import NOTHING, Asked, Source, days_seen, values
from eventhub.agenda.rules import Programme
from eventhub.agenda.seams import PART_WAYS, PROGRAMME_WAYS, Way
from eventhub.agenda.showing import clock_sentence, revision, show_day
from eventhub.core.errors import NotFound
from eventhub.events.models import Event
from eventhub.i18n import _, current, times
from eventhub.web.made_once import render

ALL = "all"
"""In an address, in place of a day: every day on one page."""


def day_page(source: Source, day: str, asked: Asked = NOTHING) -> bytes:
    """Return the page of a day (ISO) or of all days; NotFound for another one.

    Times are those of the clock asked for, and the sessions chosen are marked.
    """
    programme = source.programme()
    days = days_seen(programme)
    shown = [one for one in days if day in (ALL, one.isoformat())]
    if not shown:
        raise NotFound
    return _day_page(source, programme, days, shown, asked, is_all=day == ALL)


def first_page(source: Source, today: date | None, asked: Asked = NOTHING) -> bytes:
    """Return the page of today where there is one, else of the day on which the event begins."""
    programme = source.programme()
    days = days_seen(programme)
    first = today if today in days else source.event.starts_on
    shown = [one for one in days if one == first] or days[:1]
    return _day_page(source, programme, days, shown, asked, is_all=False)


def _day_page(
    source: Source,
    programme: Programme,
    days: list[date],
    shown: list[date],
    asked: Asked,
    *,
    is_all: bool,
) -> bytes:
    view = asked.view(source.event)
    name = shown[0].isoformat() if shown and not is_all else ALL
    return render(
        "agenda/public.html",
        **values(source, programme, "agenda.public_day", asked, day=name),
        days=[show_day(programme, one, view) for one in shown],
        clock=clock_sentence(programme, shown[0], view) if shown else "",
        is_order_of_day=programme.is_adopted and len(shown) == 1,
        linked_data=day_data(source.event, source.host, programme, name)
        if name != ALL and not asked
        else "",
        tabs=_tabs(source.event, days, [] if is_all else shown, asked),
        ways=[
            *_ways(source.event, programme),
            *(way(source.event, "day", name) for way in PART_WAYS if name != ALL),
        ],
    )


def _ways(event: Event, programme: Programme) -> list[Way]:
    ways = [way(event) for way in PROGRAMME_WAYS]
    if programme.items:
        url = url_for("agenda.public_agenda", lang=current(), slug=event.slug)
        ways.insert(0, Way(_("Agenda") if programme.is_adopted else _("Provisional agenda"), url))
    if programme.number:
        url = url_for("agenda.public_changes", lang=current(), slug=event.slug)
        ways.append(Way(_("What changed"), url, revision(programme.number)))
    if programme.speakers:
        url = url_for("agenda.public_speakers", lang=current(), slug=event.slug)
        ways.insert(0, Way(_("Speakers"), url))
    return ways


def _tabs(event: Event, days: list[date], shown: list[date], asked: Asked) -> list[dict[str, Any]]:
    names = {day.isoformat(): times.day(day, year=False) for day in days}
    if len(days) > 1:
        names[ALL] = _("All days")
    here = shown[0].isoformat() if shown else ALL
    return [
        {
            "label": label,
            "url": url_for(
                "agenda.public_day", lang=current(), slug=event.slug, day=name, **asked.query
            ),
            "current": name == here,
            "count": None,
        }
        for name, label in names.items()
    ]
