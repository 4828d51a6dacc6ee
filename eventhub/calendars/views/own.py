"""A person's own programme and calendar, behind private links."""

from dataclasses import replace
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda.made import Source, frame_values
from eventhub.agenda.queries import latest_number
from eventhub.agenda.rules import Programme
from eventhub.agenda.showing import Day, View, clock_sentence, days_of, show_day
from eventhub.calendars import feeds, services
from eventhub.calendars.forms import ChooseForm
from eventhub.calendars.queries import (
    Person,
    feed_token,
    person_of_feed,
    person_of_link,
    starred_by,
)
from eventhub.calendars.views.blueprint import bp
from eventhub.calendars.views.public import webcal
from eventhub.core.db import transaction
from eventhub.core.ids import digest
from eventhub.events.showing import languages_of
from eventhub.i18n import _, use
from eventhub.i18n.locale import known
from eventhub.ics.writer import MEDIA_TYPE
from eventhub.registration.queries import registrant
from eventhub.web.access import BY_LINK, requires
from eventhub.web.context import say
from eventhub.web.language import prefer, switch
from eventhub.web.made_once import build
from eventhub.web.urls import absolute


@bp.get("/my/<token>/calendar.ics")
@requires(BY_LINK)
def personal(token: str) -> ResponseReturnValue:
    """Answer the person's own feed; its address is a secret of its own, and can be reset."""
    person = person_of_feed(token)
    row, source = person.registration, _source(person)
    with use(known(row.language)):
        starred = starred_by(row)
        said = (build(), source.key("").stamp, person.category, row.state, row.language)
        etag = digest(f"{said}:{sorted(starred)}:{absolute('events.front')}")[:32]
        if request.if_none_match.contains_weak(etag):
            response = Response(status=304)
        else:
            response = Response(
                feeds.personal_feed(person, source, starred), content_type=MEDIA_TYPE
            )
            response.headers["Content-Disposition"] = f'inline; filename="{source.event.slug}.ics"'
    response.set_etag(etag, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@bp.route("/my/<token>/programme", methods=["GET", "POST"])
@requires(BY_LINK)
def my_programme(token: str) -> ResponseReturnValue:
    """Show the sessions that the person is admitted to, and let them choose some."""
    person = _person(token)
    row, source = person.registration, _source(person)
    form = ChooseForm(data={"sessions": sorted(starred_by(row))})
    if form.is_good():
        with transaction():
            count = services.choose_sessions(row, form.sessions.data or [], actor=registrant(row))
        say(
            _("Your calendar now shows the sessions you chose.")
            if count
            else _("Your calendar now shows every session that is open to you.")
        )
        return redirect(url_for("calendars.my_programme", token=token))
    programme = feeds.programme_of(source)
    days = _days(person, programme) if programme else []
    return render_template(
        "calendars/my_programme.html",
        **_frame(person),
        form=form,
        token=token,
        days=[(day.label, day.lines) for day in days],
        clock=_clock(person, programme, days) if programme and days else "",
        chosen=set(form.sessions.data or ()),
    )


def _days(person: Person, programme: Programme) -> list[Day]:
    """Return the days with the sessions to which the person is admitted."""
    mine = replace(programme, sessions=tuple(feeds.admitted(person, programme)))
    view = View(person.event, person.event.zone, is_public=False)
    return [show_day(mine, day, view) for day in days_of(mine)]


def _clock(person: Person, programme: Programme, days: list[Day]) -> str:
    return clock_sentence(programme, days[0].date, View(person.event, person.event.zone))


@bp.get("/my/<token>/calendar")
@requires(BY_LINK)
def my_calendar(token: str) -> ResponseReturnValue:
    """Say how to subscribe to the own calendar, at its secret address."""
    person = _person(token)
    secret = feed_token(person.registration)
    address = absolute("calendars.personal", token=secret)
    return render_template(
        "calendars/my_calendar.html",
        **_frame(person),
        address=address,
        webcal=webcal(address),
        download=url_for("calendars.personal", token=secret),
        token=token,
    )


@bp.post("/my/<token>/calendar/reset")
@requires(BY_LINK)
def reset_feed(token: str) -> ResponseReturnValue:
    """Give the own calendar a new secret address."""
    row = _person(token).registration
    with transaction():
        services.reset_feed(row, actor=registrant(row))
    say(_("Your calendar has a new address. The old one shows nothing any more."))
    return redirect(url_for("calendars.my_calendar", token=token))


def _person(token: str) -> Person:
    """Return whose private link it is; the page speaks the language of that person's letters."""
    person = person_of_link(token)
    prefer(person.registration.language)
    return person


def _source(person: Person) -> Source:
    number = latest_number(person.event.id)
    return Source(person.event, person.host, feeds.NOTHING_PUBLISHED if number is None else number)


def _frame(person: Person) -> dict[str, Any]:
    event = person.event
    return {
        **frame_values(event, person.host, event.title()),
        "page_languages": switch(languages_of(event)),
    }
