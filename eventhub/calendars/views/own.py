"""A person's own programme and calendar, behind private links."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda.made import Source, frame_values
from eventhub.agenda.rules import Programme, read_choice
from eventhub.agenda.showing import Day, View, clock_sentence, days_of, show_day
from eventhub.calendars import feeds, services
from eventhub.calendars.forms import CalendarForm, ChooseForm
from eventhub.calendars.queries import (
    Joining,
    Person,
    feed_token,
    joining_of,
    person_of_feed,
    person_of_link,
    ref_of_feed,
    starred_by,
)
from eventhub.calendars.subscribing import Subscription
from eventhub.calendars.views.blueprint import bp
from eventhub.calendars.words import ALL, CHOSEN
from eventhub.core.db import transaction
from eventhub.core.errors import NotFound
from eventhub.core.ids import digest
from eventhub.events.showing import languages_of
from eventhub.i18n import _, use
from eventhub.ics.writer import MEDIA_TYPE
from eventhub.registration.queries import registrant
from eventhub.web.access import BY_LINK, requires
from eventhub.web.context import say
from eventhub.web.language import prefer, switch
from eventhub.web.made_once import build
from eventhub.web.throttle import throttle
from eventhub.web.urls import absolute

OK, UNPROCESSABLE = 200, 422


@bp.get("/my/<token>/calendar.ics")
@requires(BY_LINK)
def personal(token: str) -> ResponseReturnValue:
    """Answer the person's own feed; its address is a secret of its own, and can be reset."""
    person = _subscriber(token)
    source = feeds.source_of(person)
    with use(person.language):
        joining = joining_of(person)
        stamp = _stamp(person, source, joining)
        if request.if_none_match.contains_weak(stamp):
            response = Response(status=304)
        else:
            response = Response(
                feeds.personal_feed(person, source, joining), content_type=MEDIA_TYPE
            )
            response.headers["Content-Disposition"] = f'inline; filename="{source.event.slug}.ics"'
    response.set_etag(stamp, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _subscriber(token: str) -> Person:
    """Return whose feed it is; whoever guesses, or fetches it whole again and again, has to wait.

    A client that names the version it has costs little, and is not counted.
    """
    ref = ref_of_feed(token)
    if ref is None:
        throttle("feed_guess", limit=60, minutes=10)
        raise NotFound
    if not request.if_none_match:
        throttle("feed", limit=60, minutes=10, who=ref)
    return person_of_feed(token)


def _stamp(person: Person, source: Source, joining: Joining | None) -> str:
    """Return the digest of all that the feed is made from."""
    own = person.own
    said = (
        build(), source.key("").stamp, person.category,
        sorted(person.group.zones), person.registration.state, person.language,
        person.alarms_minutes, sorted(own.starred), sorted(own.seated),
        sorted(own.limited), own.speaker, own.shows_all, absolute("events.front"),
        (joining.address, joining.refs and sorted(joining.refs)) if joining else None,
    )  # fmt: skip
    return digest(repr(said))[:32]


@bp.route("/my/<token>/programme", methods=["GET", "POST"])
@requires(BY_LINK)
def my_programme(token: str) -> ResponseReturnValue:
    """Show the sessions that the person is admitted to, and let them choose some."""
    person = _person(token)
    row, source = person.registration, feeds.source_of(person)
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
    given = request.args.get("choice", "")
    saved = set(form.sessions.data or ())
    taken = {line.ref for day in days for line in day.lines} & set(_choice_in(given)) - saved
    wrong = "" if taken or not saved.isdisjoint(_choice_in(given)) else given
    page = render_template(
        "calendars/my_programme.html",
        **_frame(person),
        form=form,
        token=token,
        days=[(day.label, day.lines) for day in days],
        clock=_clock(person, programme, days) if programme and days else "",
        chosen=saved | taken,
        taken=len(taken),
        wrong=wrong,
    )
    return page, UNPROCESSABLE if wrong else OK


def _days(person: Person, programme: Programme) -> list[Day]:
    """Return the days with the sessions to which the person is admitted."""
    mine = replace(programme, sessions=tuple(feeds.admitted(person, programme)))
    view = View(person.event, person.event.zone, is_public=False)
    return [show_day(mine, day, view) for day in days_of(mine)]


def _choice_in(given: str) -> tuple[str, ...]:
    """Return the refs in the address of a choice made without signing in, or in its text."""
    _address, _mark, carried = given.strip().partition("?")
    return read_choice(parse_qs(carried).get("s", [given.strip()])[0]).refs


def _clock(person: Person, programme: Programme, days: list[Day]) -> str:
    return clock_sentence(programme, days[0].date, View(person.event, person.event.zone))


@bp.route("/my/<token>/calendar", methods=["GET", "POST"])
@requires(BY_LINK)
def my_calendar(token: str) -> ResponseReturnValue:
    """Say how to subscribe to the own calendar, and let its owner choose what it shows."""
    person = _person(token)
    row, alarms = person.registration, person.alarms_minutes
    form = CalendarForm(
        data={
            "shows": ALL if person.own.shows_all else CHOSEN,
            "language": person.language,
            "alarm": str(alarms[0]) if alarms else "",
            "by_mail": person.by_mail,
        }
    )
    if not row.email:
        del form.by_mail
    form.offer(dict.fromkeys([*languages_of(person.event), person.language]))
    if form.is_good():
        with transaction():
            services.choose_calendar(
                row,
                language=form.language.data,
                alarm_minutes=int(form.alarm.data) if form.alarm.data else None,
                shows_all=form.shows.data == ALL,
                by_mail="by_mail" in form and bool(form.by_mail.data),
                actor=registrant(row),
            )
        say(_("Saved. Your calendar shows it the next time it looks."))
        return redirect(url_for("calendars.my_calendar", token=token))
    secret = feed_token(row)
    address = absolute("calendars.personal", token=secret)
    page = render_template(
        "calendars/my_calendar.html",
        **_frame(person),
        subscription=Subscription(
            address, url_for("calendars.personal", token=secret), person.event.title()
        ),
        token=token,
        form=form,
    )
    return page, form.status


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


def _frame(person: Person) -> dict[str, Any]:
    event = person.event
    return {
        **frame_values(event, person.host, event.title()),
        "page_languages": switch(languages_of(event)),
    }
