"""Lists of people to tick: the roll call of a session, or a door's list when scanning fails."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda.models import Session
from eventhub.agenda.queries import get_session, sessions_of
from eventhub.checkin import queries, services, words
from eventhub.checkin.forms import TickForm
from eventhub.checkin.models import Gate
from eventhub.checkin.permissions import SCAN
from eventhub.checkin.queries.gates import reaches
from eventhub.checkin.rules import ticked_at
from eventhub.checkin.views.blueprint import bp
from eventhub.core import clock
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict, DomainError, NotFound
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.events.rules import day_begins, local
from eventhub.i18n import _, ngettext
from eventhub.printing.qr import qr_svg
from eventhub.registration.queries import seatless
from eventhub.registration.queries.remote import remote_in_session
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import show_error

WHOLE_EVENT = "event"
"""In place of a session's ref: the list of the event as a whole."""

QR_MM = 14


@dataclass(frozen=True, slots=True)
class ListOf:
    """What a list is of: the gate where it was used before, its session if it has one."""

    event: Event
    gate: Gate | None
    session: Session | None
    heading: str
    cards: list[queries.Card]
    present: dict[int, str]
    remote: frozenset[int]
    """Ids of those who follow it from afar."""
    without_seat: int = 0
    """How many are left out, because the session gives its seats by name and they have none."""


@bp.get("/manage/<slug>/roll-call")
@requires(SCAN, switch="roll_call")
def choose_session(slug: str) -> str:
    """Show the sessions of a day, today's where there are any, with how many are ticked."""
    event = get_event(slug)
    sessions = [one for one in sessions_of(event.id) if one.status != "cancelled"]
    days = sorted({one.starts.date() for one in sessions})
    day = _day(event, days)
    figures = queries.figures_of_gates(event.id)
    ticked = {
        gate.session_id: figures.get(gate.id, queries.NOTHING_YET).passed
        for gate in queries.gates_of(event.id, kind="roll_call")
    }
    return render_template(
        "checkin/choose_session.html", event=event, days=days, chosen=day, ticked=ticked,
        sessions=[one for one in sessions if one.starts.date() == day],
        whole_event=WHOLE_EVENT,
    )  # fmt: skip


@bp.route("/manage/<slug>/roll-call/<ref>", methods=["GET", "POST"])
@requires(SCAN, switch="roll_call")
def roll_call(slug: str, ref: str) -> ResponseReturnValue:
    """Tick who is present in a session; all ticks are kept at once."""
    here = url_for("checkin.roll_call", slug=slug, ref=ref)
    return _tick_list(
        lambda: _session_list(slug, ref), here, url_for("checkin.choose_session", slug=slug),
        sheet_url=url_for("checkin.attendance_sheet", slug=slug, ref=ref), source="tick",
    )  # fmt: skip


@bp.get("/manage/<slug>/roll-call/<ref>/sheet")
@requires(SCAN, switch="roll_call")
def attendance_sheet(slug: str, ref: str) -> str:
    """Show the attendance sheet of a session, to be printed and signed (R3.41)."""
    found = _session_list(slug, ref)
    codes = {c.id: qr_svg(c.number, label=c.number, size_mm=QR_MM) for c in found.cards}
    return render_template("checkin/sheet.html", event=found.event, found=found, codes=codes)


@bp.route("/manage/<slug>/gates/<ref>/list", methods=["GET", "POST"])
@requires(SCAN, switch="doors")
def door_list(slug: str, ref: str) -> ResponseReturnValue:
    """Show a door's list, to be printed with boxes and entered later (R4.11)."""
    return _tick_list(
        lambda: _gate_list(slug, ref), url_for("checkin.door_list", slug=slug, ref=ref),
        url_for("checkin.show_floor", slug=slug), sheet_url="", source="manual",
    )  # fmt: skip


def _tick_list(
    load: Callable[[], ListOf], here: str, back: str, *, sheet_url: str, source: str
) -> ResponseReturnValue:
    found, form = load(), TickForm()
    form.came.choices = {
        "in_time": _("came in time"),
        "late": _("come now, late"),
        "paper": _("signed on paper"),
    }
    if form.is_good():
        try:
            with transaction():
                added, taken = _keep(load(), form, source)
            say(_said(added, taken))
            return redirect(here)
        except DomainError as error:
            found = load()
            show_error(form, error)
    refs = [card.ref for card in found.cards if card.id in found.present]
    ticked = form.present.data if form.errors else refs
    if not form.errors:
        form.shown.data = " ".join(refs)
    return render_template(
        "checkin/tick_list.html", event=found.event, found=found, form=form, here=here, back=back,
        sheet_url=sheet_url, ticked=frozenset(ticked or ()),
        is_manual=source == "manual",
    ), form.status  # fmt: skip


def _keep(found: ListOf, form: TickForm, source: str) -> tuple[int, int]:
    """Tick and untick what this form changed, and nothing that others changed meanwhile."""
    actor, event = current_actor(), found.event
    ids = {card.ref: card.id for card in found.cards}
    before = {ids[ref] for ref in (form.shown.data or "").split() if ref in ids}
    now = {ids[ref] for ref in form.present.data or () if ref in ids}
    if before == now:
        return 0, 0
    gate = found.gate or services.ensure_gate(event, "roll_call", found.session, actor=actor)
    if not gate.is_open:
        raise Conflict(_("This list is closed."))
    at, session = clock.now(), found.session
    if session is not None:
        day = day_begins(local(session.starts_at, event.zone).date(), event.zone)
        if at < day:
            raise Conflict(_("This session is on another day. Its list opens on that day."))
        at = ticked_at(session.starts_at, late=form.came.data == "late", now=at)
    how = "paper" if form.came.data == "paper" and source == "tick" else source
    added = services.tick_persons(event, gate, now - before, at=at, source=how, actor=actor)
    return added, services.untick_persons(event, gate, before - now, actor=actor)


def _said(added: int, taken: int) -> str:
    if added and taken:
        return _("%(added)s ticked, %(taken)s taken back.", added=added, taken=taken)
    if taken:
        return ngettext("%(n)s tick is taken back.", "%(n)s ticks are taken back.", taken)
    return ngettext("%(n)s person is ticked.", "%(n)s people are ticked.", added)


def _session_list(slug: str, ref: str) -> ListOf:
    event = get_event(slug)
    session = None if ref == WHOLE_EVENT else get_session(event.id, ref)
    gate = queries.find_session_gate(event.id, session.id if session else None, "roll_call")
    scope = current_actor().scope(SCAN)
    if scope.gates is not None and (gate is None or not reaches(scope, gate)):
        raise NotFound
    heading = f"{session.code} {session.title()}" if session else event.title()
    return _list(event, gate, session, heading)


def _gate_list(slug: str, ref: str) -> ListOf:
    event = get_event(slug)
    gate = queries.get_gate(event.id, ref, current_actor().scope(SCAN))
    if gate.kind == "states" or gate.direction == "out":
        raise NotFound
    found = queries.session_of(gate)
    return _list(event, gate, found[0] if found else None, words.gate_name(gate))


def _list(event: Event, gate: Gate | None, session: Session | None, heading: str) -> ListOf:
    holders = queries.admitted_to(event, session, current_actor().scope(SCAN))
    if gate is not None and gate.kind == "door" and gate.zone_code is not None:
        holders = [one for one in holders if gate.zone_code in one.category.zones]
    present = queries.ticked_people(event.id, gate.id) if gate else {}
    without: set[int] = set()
    if session is not None:
        people = [(one.registration, one.category) for one in holders]
        without = seatless(event.id, session.id, people) - present.keys()
    holders = [one for one in holders if one.registration.id not in without]
    remote: frozenset[int] = frozenset()
    if event.mode != "in_person":
        remote = remote_in_session(event.id, session.id if session else None)
    cards = queries.cards_of(holders)
    return ListOf(event, gate, session, heading, cards, present, remote, len(without))


def _day(event: Event, days: list[date]) -> date | None:
    """Return the day asked for, else today, else the next one, else the last."""
    try:
        asked = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        asked = local(clock.now(), event.zone).date()
    if asked in days or not days:
        return asked if days else None
    return next((day for day in days if day > asked), days[-1])
