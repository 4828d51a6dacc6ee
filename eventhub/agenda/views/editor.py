"""The editor's first page: a day of the draft, its faults, what has no place yet."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda.lint import faults_of, look_over
from eventhub.agenda.made import GRID_DIGEST
from eventhub.agenda.queries import load_draft
from eventhub.agenda.rules import Programme
from eventhub.agenda.services import what_would_change
from eventhub.agenda.showing import View, days_of, show_day, show_session
from eventhub.agenda.views.blueprint import bp
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.i18n import times
from eventhub.web.access import current_actor, requires


@bp.get("/manage/<slug>/programme")
@requires("agenda.view")
def show(slug: str) -> ResponseReturnValue:
    """Show one day of the draft with its faults, and count what would be published."""
    event = get_event(slug)
    draft = load_draft(event.id)
    pending = what_would_change(event, draft)
    told = [one for one in look_over(event, draft) if one.accepted is None]
    faults = faults_of(told)
    days = _days(event, pending.programme)
    day = _asked(event, days)
    view = View(event, event.zone, is_public=False, faults=faults)
    unplaced = [s for s in pending.programme.standing() if not s.room and not s.place_note]
    tray = [
        (show_session(pending.programme, s, view), times.day(date.fromisoformat(s.starts[:10])))
        for s in unplaced
    ]
    placed = tuple(s for s in pending.programme.sessions if s not in unplaced)
    return render_template(
        "agenda/show.html",
        event=event,
        day=show_day(replace(pending.programme, sessions=placed), day, view),
        tabs=_tabs(event, days, day, pending.programme, faults),
        tray=tray,
        faults=faults,
        findings=len(told),
        pending=pending,
        is_first=pending.before is None,
        grid_css=url_for("agenda.grid_stylesheet", digest=GRID_DIGEST),
        may_edit=current_actor().may("agenda.edit"),
        may_publish=current_actor().may("agenda.publish"),
    )


def _days(event: Event, programme: Programme) -> list[date]:
    """Return the event's own days and all others on which anything begins."""
    count = (event.ends_on - event.starts_on).days + 1
    own = {event.starts_on + timedelta(days=number) for number in range(count)}
    return sorted(own | set(days_of(programme)))


def _asked(event: Event, days: list[date]) -> date:
    asked = request.args.get("day", "")
    return next((day for day in days if day.isoformat() == asked), event.starts_on)


def _tabs(
    event: Event,
    days: list[date],
    here: date,
    programme: Programme,
    faults: dict[str, list[str]],
) -> list[dict[str, Any]]:
    wrong = [s.starts[:10] for s in programme.sessions if s.ref in faults]
    return [
        {
            "label": times.day(day, year=False),
            "url": url_for("agenda.show", slug=event.slug, day=day.isoformat()),
            "current": day == here,
            "count": wrong.count(day.isoformat()) or None,
        }
        for day in days
    ]
