"""Figures of an event and of a series: pages to read, print and quote, and a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from eventhub.access.models import Grant
from eventhub.access.queries import all_grants_of
from eventhub.access.rules import ROLES
from eventhub.core import clock
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.events.models import Event, Series
from eventhub.events.queries import events_of_series, find_series, get_event_by_id
from eventhub.i18n import LANGUAGES, _, current, use
from eventhub.i18n.times import moment, number, span
from eventhub.reports import tables
from eventhub.reports.headline import quoted
from eventhub.reports.queries import Report, report_of
from eventhub.reports.rules import Basis, Figures
from eventhub.web.access import SIGNED_IN, current_actor, current_place, requires
from eventhub.web.table_answer import send_csv

bp = Blueprint("reports", __name__)

FEWEST_QUOTED = 2
"""People, and countries, from which on there is a sentence to quote."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One basis on which the figures can be seen."""

    label: str
    url: str
    current: bool
    count: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentence to quote, in one language."""

    language: str
    own_name: str
    text: str


@bp.get("/manage/<slug>/figures")
@requires("figures.view")
def show_figures(slug: str) -> ResponseReturnValue:
    """Show who takes part, from where: of one's own categories only, where one has a desk."""
    event, report = _of_event()
    quotes = quotes_of(report.figures, event.languages, event.preset)
    return render_template(
        "reports/show_figures.html",
        event=event,
        report=report,
        tabs=tabs(report, "reports.show_figures", slug=slug),
        quotes=quotes,
        is_part=_category_ids() is not None,
        series=_series_of(event),
        **_shown(report, event.zone),
    )


@bp.get("/manage/<slug>/figures.csv")
@requires("figures.view")
def fetch_figures(slug: str) -> ResponseReturnValue:
    """Answer with the same figures as a file for spreadsheets."""
    _event, report = _of_event()
    return send_csv(f"{slug}-{report.basis}.csv", tables.rows_of(report))


@bp.get("/manage/series/<series>/figures")
@requires(SIGNED_IN)
def show_series(series: str) -> ResponseReturnValue:
    """Show the figures of all events of a series together, each person and State once (R6.7)."""
    found, events = _series(series)
    report = _of_series(events)
    languages = list(dict.fromkeys(code for event in events for code in event.languages))
    presets = {event.preset for event in events}
    rows = [
        (event, span(event.starts_on, event.ends_on), report.by_event[event.id]) for event in events
    ]
    return render_template(
        "reports/show_series.html",
        series=found,
        title=found.titles.pick(None, languages),
        rows=rows,
        report=report,
        tabs=tabs(report, "reports.show_series", series=series),
        quotes=quotes_of(report.figures, languages, presets.pop() if len(presets) == 1 else ""),
        **_shown(report, events[-1].zone),
    )


@bp.get("/manage/series/<series>/figures.csv")
@requires(SIGNED_IN)
def fetch_series(series: str) -> ResponseReturnValue:
    """Answer with the figures of a series as a file for spreadsheets."""
    found, events = _series(series)
    report = _of_series(events)
    return send_csv(f"{found.slug}-{report.basis}.csv", tables.rows_of(report))


def quotes_of(figures: Figures, languages: Iterable[str], preset: str) -> list[Quote]:
    """Return the sentence in each of the languages, the reader's first; none for a handful."""
    if figures.participants < FEWEST_QUOTED or figures.states < FEWEST_QUOTED:
        return []
    quotes = []
    for code in dict.fromkeys((current(), *languages)):
        with use(code):
            sentence = quoted(preset, figures.participants, figures.states)
        quotes.append(Quote(code, LANGUAGES[code].own_name, sentence))
    return quotes


def tabs(report: Report, endpoint: str, **where: Any) -> list[Tab]:
    """Return the bases to choose from, each with its number of registrations."""
    labels = {
        Basis.REGISTERED: (_("Registered"), report.tally.registered),
        Basis.ACCREDITED: (_("Accredited"), report.tally.accredited),
        Basis.ATTENDED: (_("Attended"), report.tally.attended),
    }
    return [
        Tab(label, url_for(endpoint, basis=basis.value, **where), basis == report.basis, number(n))
        for basis, (label, n) in labels.items()
    ]


def reads_all(grants: Iterable[Grant], events: Sequence[Event]) -> bool:
    """Tell whether the grants show the figures of all these events whole.

    Somebody does who lists the events of the institutions that hold them, or has a role with the
    figures at each, without a desk or a scope.
    """
    events_read, institutions = set(), set()
    for grant in grants:
        role = ROLES.get(grant.role)
        if role is None or (grant.ends_at is not None and grant.ends_at <= clock.now()):
            continue
        if "event.list" in role.permissions and grant.institution_id is not None:
            institutions.add(grant.institution_id)
        if "figures.view" in role.permissions and not role.is_desk and not grant.scope:
            events_read.add(grant.event_id)
    return all(e.id in events_read or e.institution_id in institutions for e in events)


def _of_event() -> tuple[Event, Report]:
    event = get_event_by_id(current_place().event_id or 0)
    return event, report_of([event.id], _basis(), category_ids=_category_ids())


def _series(slug: str) -> tuple[Series, list[Event]]:
    """Return a series and its events; NotFound where the reader may not see all of them."""
    found = find_series(slug)
    events = _read_whole(found)
    if found is None or not events:
        raise NotFound
    return found, events


def _read_whole(series: Series | None) -> list[Event]:
    """Return the events of a series, none where the reader may not see all of them."""
    events = events_of_series(series.id) if series else []
    return events if events and reads_all(all_grants_of(current_user.id), events) else []


def _series_of(event: Event) -> Series | None:
    """Return the series whose figures the reader of an event's figures may see too."""
    series = db.session.get(Series, event.series_id) if event.series_id else None
    return series if len(_read_whole(series)) > 1 else None


def _of_series(events: Sequence[Event]) -> Report:
    return report_of([event.id for event in events], _basis())


def _basis() -> Basis | None:
    asked = request.args.get("basis", "")
    return Basis(asked) if asked in set(Basis) else None


def _category_ids() -> frozenset[int] | None:
    return current_actor().scope("figures.view").categories


def _shown(report: Report, zone: str) -> dict[str, object]:
    return {
        "tables": tables.tables_of(report),
        "lists": tables.lists_of(report),
        "definition": tables.definition(report.basis),
        "state_definition": tables.state_definition(),
        "people_word": tables.people_word(report.basis),
        "data_time": moment(clock.now(), zone),
        "number": number,
        "percent": tables.percent,
    }
