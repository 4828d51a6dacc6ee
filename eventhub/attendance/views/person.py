"""One person: each session with its evidence, corrections, the test."""

from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda.models import Session
from eventhub.agenda.queries import get_session
from eventhub.attendance import services
from eventhub.attendance.forms import CorrectionForm, ScoreForm
from eventhub.attendance.models import AttendanceCorrection
from eventhub.attendance.permissions import CORRECT, VIEW
from eventhub.attendance.queries import (
    Ledger,
    corrections_of,
    get_correction,
    ledger_of,
    policy_of,
    standing_of,
)
from eventhub.attendance.queries.evidence import scans_by_session
from eventhub.attendance.queries.standings import category_of
from eventhub.attendance.rules import Credited
from eventhub.attendance.rules.credit import NOTHING
from eventhub.attendance.views.blueprint import SWITCH, bp
from eventhub.attendance.words import MISSING, SOURCES, WHY, level_word
from eventhub.checkin.models import Scan
from eventhub.core import clock
from eventhub.core.errors import DomainError, Invalid
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.i18n import _
from eventhub.i18n.times import clock_time, moment
from eventhub.registration.models import Registration
from eventhub.registration.queries import get_registration, name_of
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, show_error
from eventhub.web.once import once


@dataclass(frozen=True, slots=True)
class Row:
    """A session as the page of a person shows it."""

    session: Session
    had: Credited
    worth: int
    when: str
    scans: list[tuple[str, bool]]
    """What was seen, in words, and whether it was undone."""
    by_hand: AttendanceCorrection | None
    by_hand_when: str
    is_over: bool


@bp.get("/manage/<slug>/attendance/<ref>")
@requires(VIEW, switch=SWITCH)
def show_person(slug: str, ref: str) -> ResponseReturnValue:
    """Show one person: level, each session with what was seen, what hands wrote."""
    event = get_event(slug)
    return _page(event, get_registration(event.id, ref, current_actor().scope(VIEW)))


@bp.route("/manage/<slug>/attendance/<ref>/sessions/<session_ref>", methods=["GET", "POST"])
@requires(CORRECT, switch=SWITCH)
def correct(slug: str, ref: str, session_ref: str) -> ResponseReturnValue:
    """Set the minutes of one session by hand, or excuse an absence, with the reason."""
    event = get_event(slug)
    person = get_registration(event.id, ref, current_actor().scope(CORRECT))
    session, form = get_session(event.id, session_ref), CorrectionForm()
    if form.is_good():

        def act() -> str:
            minutes = form.minutes.data if form.kind.data == "minutes" else None
            if form.kind.data == "minutes" and minutes is None:
                raise Invalid(_("Write the minutes."), "minutes")
            reason = form.reason.data or ""
            services.correct(
                event, session, [person], minutes=minutes, reason=reason, actor=current_actor()
            )
            return person.ref

        try:
            once(form.key.data, f"attendance.correct:{person.id}:{session.id}", act)
            say(_("Saved. It counts from now on, and can be undone below."))
            return redirect(url_for("attendance.show_person", slug=slug, ref=ref))
        except DomainError as error:
            show_error(form, error)
    ledger = ledger_of(event, policy_of(event), person.id)
    known = session.id in ledger.credits
    had = (ledger.had(session.id, person.id) if known else None) or NOTHING
    page = render_template(
        "attendance/correct.html", event=event, person=person, session=session, form=form,
        had=had, worth=ledger.credits[session.id].minutes if known else 0, why=WHY,
        name=name_of(person).full,
    )  # fmt: skip
    return page, form.status


@bp.post("/manage/<slug>/attendance/<ref>/corrections/<correction_ref>/undo")
@requires(CORRECT, switch=SWITCH)
def undo(slug: str, ref: str, correction_ref: str) -> ResponseReturnValue:
    """Take a correction back."""
    event, form = get_event(slug), BaseForm()
    person = get_registration(event.id, ref, current_actor().scope(CORRECT))
    row = get_correction(event.id, person.id, correction_ref)

    def act() -> str:
        services.undo_correction(event, person, row, actor=current_actor())
        return row.ref

    try:
        once(form.key.data, f"attendance.undo:{row.id}", act)
        say(_("Undone. What counted before counts again."))
    except DomainError as error:
        say(error.message, "stop")
    return redirect(url_for("attendance.show_person", slug=slug, ref=ref))


@bp.post("/manage/<slug>/attendance/<ref>/score")
@requires(CORRECT, switch=SWITCH)
def score(slug: str, ref: str) -> ResponseReturnValue:
    """Write the score of the test by hand."""
    event, form = get_event(slug), ScoreForm()
    person = get_registration(event.id, ref, current_actor().scope(CORRECT))
    if not form.is_good():
        return _page(event, person, form)
    given = form.score.data

    def act() -> str:
        value = None if given is None else float(given) / 100
        services.write_scores(event.id, {person.id: value}, actor=current_actor())
        return person.ref

    once(form.key.data, f"attendance.score:{person.id}", act)
    say(_("Saved."))
    return redirect(url_for("attendance.show_person", slug=slug, ref=ref))


def _page(event: Event, person: Registration, form: ScoreForm | None = None) -> ResponseReturnValue:
    ledger = ledger_of(event, policy_of(event), person.id)
    category = category_of(person).code
    standing = standing_of(ledger, person, category)
    known = standing.record.post_test
    shown = None if known is None else Decimal(str(round(known * 100, 2))).normalize()
    rows = _rows(event, person, category, ledger)
    older = [
        (row, moment(row.made_at, event.zone), moment(row.undone_at, event.zone))
        for row in corrections_of(event.id, person.id)
        if row.undone_at is not None
    ]
    codes = {one.id: one.code for one in ledger.sessions}
    page = render_template(
        "attendance/show_person.html", event=event, person=person, name=name_of(person).full,
        standing=standing, record=standing.record, policy=ledger.policy, rows=rows,
        score_form=form or ScoreForm(data={"score": shown}), form=BaseForm(), older=older,
        codes=codes, why=WHY, level_word=level_word, missing=MISSING,
        may_correct=current_actor().may(CORRECT),
    )  # fmt: skip
    return page, form.status if form else 200


def _rows(event: Event, person: Registration, category: str, ledger: Ledger) -> list[Row]:
    scans, now = scans_by_session(event.id, person.id), clock.now()
    found = []
    for session in ledger.sessions_for(person.id, category):
        by_hand = ledger.corrections.get((session.id, person.id))
        found.append(
            Row(
                session=session,
                had=ledger.had(session.id, person.id) or NOTHING,
                worth=ledger.credits[session.id].minutes,
                when=moment(session.starts_at, event.zone),
                scans=[(_said(one, event.zone), one.undone_at is not None)
                       for one in scans.get(session.id, ())],
                by_hand=by_hand,
                by_hand_when=moment(by_hand.made_at, event.zone) if by_hand else "",
                is_over=session.ends_at <= now,
            )
        )  # fmt: skip
    return found


def _said(scan: Scan, zone: str) -> str:
    at = clock_time(scan.device_at.astimezone(ZoneInfo(zone)))
    way = _("in at %(time)s", time=at) if scan.direction == "in" else _("out at %(time)s", time=at)
    return _("%(way)s, %(how)s", way=way, how=str(SOURCES.get(scan.source, SOURCES["scan"])))
