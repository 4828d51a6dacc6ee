"""Who takes part from afar, and the logs of meetings that say for how long (R1.27)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda.models import Session
from eventhub.agenda.queries import get_session, sessions_of
from eventhub.checkin import services, words
from eventhub.checkin.forms import LogForm
from eventhub.checkin.join_logs import Reading, book_of, head_of, reading_of, seen_in
from eventhub.checkin.permissions import EDIT
from eventhub.checkin.queries import joining
from eventhub.checkin.queries.joining import find_log
from eventhub.checkin.rules import Span
from eventhub.checkin.views.blueprint import bp
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError, Invalid, NotFound
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.events.rules import local
from eventhub.files.services import read_whole
from eventhub.i18n import _, ngettext
from eventhub.i18n.times import clock_range, clock_time, zone_city
from eventhub.sheets.reading import read_table
from eventhub.sheets.rules import Table
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, show_error
from eventhub.web.once import once

UTC = "utc"
SPARE = timedelta(days=1)
"""How far from the event a day may lie that a log with two readings means."""


@dataclass(frozen=True, slots=True)
class Line:
    """One person or row of a log as the dry run shows it."""

    row: str
    name: str
    reference: str
    times: str
    reason: str


@bp.route("/manage/<slug>/remote", methods=["GET", "POST"])
@requires(EDIT, switch="remote")
def show_remote(slug: str) -> ResponseReturnValue:
    """Show who follows each session remotely, and take the log of a meeting."""
    event = get_event(slug)
    form = _form(event)
    if form.is_good():
        try:
            return redirect(_send(event, form))
        except DomainError as error:
            event = get_event(slug)
            show_error(form, error)
    return render_template(
        "checkin/remote.html", event=event, form=form, rows=joining.on_screen(event)
    ), form.status


@bp.route("/manage/<slug>/remote/<ref>", methods=["GET", "POST"])
@requires(EDIT, switch="remote")
def check_log(slug: str, ref: str) -> ResponseReturnValue:
    """Show what a log says of whom, and count it."""
    event, form = get_event(slug), BaseForm()
    file = find_log(event.id, ref)
    if file is None:
        return _gone(slug, is_post=request.method == "POST")
    session = _session(event)
    sessions = services.served_by(_sessions(event), session)
    reading = _read(event, read_table(read_whole(file)), sessions)
    if form.is_good():

        def act() -> str:
            here = get_event(slug)
            found = services.apply_log(here, sessions, reading.stays, ref, actor=current_actor())
            return str(found)

        try:
            number = int(once(form.key.data or "", f"checkin.join_log:{event.id}:{ref}", act) or 0)
            say(
                ngettext(
                    "The minutes of %(n)s person are counted.",
                    "The minutes of %(n)s people are counted.",
                    number,
                )
            )
            return redirect(url_for("checkin.show_remote", slug=slug))
        except DomainError as error:
            event = get_event(slug)
            show_error(form, error)
    asked: dict[str, Any] = request.args.to_dict()
    return render_template(
        "checkin/check_log.html", event=event, form=form, file=file, session=session,
        people=_people(event, reading), left_out=_left_out(event, reading),
        here=url_for("checkin.check_log", slug=slug, ref=ref, **asked),
        skipped=len(_sessions(event)) - len(sessions) if session is None else 0,
    ), form.status  # fmt: skip


@bp.post("/manage/<slug>/remote/<ref>/take-back")
@requires(EDIT, switch="remote")
def take_back_logs(slug: str, ref: str) -> ResponseReturnValue:
    """Take back what logs said of a session."""
    with transaction():
        event = get_event(slug)
        number = services.take_back_logs(event, get_session(event.id, ref), actor=current_actor())
    say(
        ngettext(
            "The minutes of %(n)s person are taken back.",
            "The minutes of %(n)s people are taken back.",
            number,
        )
    )
    return redirect(url_for("checkin.show_remote", slug=slug))


def _form(event: Event) -> Any:
    form: Any = LogForm()
    form.session.choices = {"": _("All sessions, each by its time")} | {
        one.ref: f"{one.code} {one.title()}" for one in _sessions(event)
    }
    form.clocks.choices = {
        "event": _("on clocks of the event, %(city)s", city=zone_city(event.zone)),
        UTC: _("in UTC"),
    }
    return form


def _send(event: Event, form: Any) -> str:
    """Keep a log that can be read, and return the address of its dry run."""
    sent = form.log.data
    data = sent.read()
    try:
        if head_of(read_table(data)) is None:
            raise Invalid(
                _("No row has headings for who it was, when they joined and when they left.")
            )
    except DomainError as error:
        raise type(error)(error.message, "log") from None

    def act() -> str:
        name = sent.filename or "log"
        return services.keep_log(event, data, name, actor=current_actor()).ref

    ref = once(form.key.data or "", f"checkin.keep_log:{event.id}", act)
    asked = {"session": form.session.data, "clocks": form.clocks.data if form.clocks.data == UTC
             else ""}  # fmt: skip
    kept = {name: value for name, value in asked.items() if value}
    return url_for("checkin.check_log", slug=event.slug, ref=ref, **kept)


def _gone(slug: str, *, is_post: bool) -> ResponseReturnValue:
    """Answer where the log is not there: counted just now by the same button, or never."""
    if not is_post:
        raise NotFound
    say(_("This log was counted already, or removed."), "note")
    return redirect(url_for("checkin.show_remote", slug=slug))


def _sessions(event: Event) -> list[Session]:
    return [one for one in sessions_of(event.id) if one.status != "cancelled"]


def _session(event: Event) -> Session | None:
    ref = request.args.get("session", "")
    return get_session(event.id, ref) if ref else None


def _read(event: Event, table: Table, sessions: list[Session]) -> Reading:
    found = head_of(table)
    if found is None:
        raise NotFound
    head, columns = found
    zone = "UTC" if request.args.get("clocks") == UTC else event.zone
    days: Span = (event.starts_at - SPARE, event.ends_at + SPARE)
    book = book_of(joining.known_to_logs(event.id, event.languages))
    within = [(one.starts_at, one.ends_at) for one in sessions]
    return reading_of(seen_in(table, head, columns, zone, days), book, within)


def _people(event: Event, reading: Reading) -> list[Line]:
    names = joining.names_by_id(event.id, reading.stays)
    lines = []
    for person, spans in reading.stays.items():
        name, number = names[person]
        times = _(", ").join(_times(event, *span) for span in spans)
        lines.append(Line(str(reading.rows[person]), name, number, times, ""))
    return sorted(lines, key=lambda line: line.reference)


def _left_out(event: Event, reading: Reading) -> list[Line]:
    return [
        Line(
            str(one.row), one.name or one.email or one.id, one.email if one.name else "",
            _times(event, one.joined, one.left) if one.joined and one.left else "",
            str(words.LEFT_OUT[reason]),
        )
        for one, reason in reading.left_out
    ]  # fmt: skip


def _times(event: Event, since: Any, until: Any) -> str:
    first, last = local(since, event.zone), local(until, event.zone)
    return clock_range(clock_time(first), clock_time(last))
