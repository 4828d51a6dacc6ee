"""Who has which minutes and level, filtered, and the same as a table to save."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from flask import render_template, request
from flask.typing import ResponseReturnValue

from eventhub.agenda.models import Session
from eventhub.attendance.permissions import CORRECT, DECIDE, VIEW
from eventhub.attendance.queries import (
    Ledger,
    Standing,
    ledger_of,
    participants_of,
    policy_of,
    standing_of,
)
from eventhub.attendance.rules import ATTENDED_FROM, Credited, Why
from eventhub.attendance.views.blueprint import SWITCH, bp
from eventhub.attendance.words import MISSING, level_word
from eventhub.core.text import fold
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.i18n import _, pgettext
from eventhub.registration.queries import name_of
from eventhub.sheets.rules import Cell
from eventhub.sheets.writing import Column, Sheet
from eventhub.web.access import current_actor, requires
from eventhub.web.pages import PER_PAGE, PageOf, page_asked
from eventhub.web.table_answer import send_csv, send_xlsx

LEVELS = ("completion", "participation", "attendance", "none")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to, as its address says."""

    text: str = ""
    level: str = ""
    lacks: str = ""
    absent: str = ""
    """Code of a session that they did not attend."""

    def fits(self, one: Standing) -> bool:
        """Tell whether a standing belongs to the list."""
        had = one.record.sessions.get(self.absent)
        was_there = had is not None and (had.share >= ATTENDED_FROM or had.is_excused)
        return (
            self.level in ("", one.verdict.level)
            and (not self.lacks or self.lacks in one.verdict.missing)
            and (not self.absent or not was_there)
            and all(word in _searched(one) for word in fold(self.text).split())
        )


@bp.get("/manage/<slug>/attendance")
@requires(VIEW, switch=SWITCH)
def show_attendance(slug: str) -> ResponseReturnValue:
    """Show people by sessions: minutes, level, what is missing."""
    event, asked = get_event(slug), _asked()
    ledger, everybody = _standings(event)
    found = _found(everybody, asked)
    levels = {code: sum(one.verdict.level == code for one in everybody) for code in LEVELS}
    actor = current_actor()
    return render_template(
        "attendance/show_attendance.html", event=event, page=_page_of(found), asked=asked,
        is_filtered=asked != Asked(), sessions=ledger.sessions, policy=ledger.policy,
        levels={code: count for code, count in levels.items() if count}, total=len(everybody),
        level_options=[(code, level_word(code)) for code, count in levels.items() if count],
        session_options=[(one.code, f"{one.code} {one.title()}"[:60]) for one in ledger.sessions],
        level_word=level_word, missing=MISSING, by_hand=Why.BY_HAND,
        name_of=name_of, kept=request.args.to_dict(),
        may_decide=actor.may(DECIDE), may_correct=actor.may(CORRECT),
    )  # fmt: skip


@bp.get("/manage/<slug>/attendance.xlsx")
@requires(VIEW, switch=SWITCH)
def attendance_xlsx(slug: str) -> ResponseReturnValue:
    """Answer with the list as a workbook, narrowed as asked."""
    event = get_event(slug)
    ledger, everybody = _standings(event)
    columns = [Column(one, width=30 if number == 1 else 14)
               for number, one in enumerate(_heads(ledger.sessions))]  # fmt: skip
    rows = _rows(ledger.sessions, _found(everybody, _asked()))
    return send_xlsx(f"{slug}-attendance.xlsx", [Sheet(_("Attendance"), columns, rows)])


@bp.get("/manage/<slug>/attendance.csv")
@requires(VIEW, switch=SWITCH)
def attendance_csv(slug: str) -> ResponseReturnValue:
    """Answer with the list as CSV, narrowed as asked."""
    event = get_event(slug)
    ledger, everybody = _standings(event)
    rows = list(_rows(ledger.sessions, _found(everybody, _asked())))
    return send_csv(f"{slug}-attendance.csv", chain([_heads(ledger.sessions)], rows))


def _standings(event: Event) -> tuple[Ledger, list[Standing]]:
    ledger = ledger_of(event, policy_of(event))
    people = participants_of(event.id, current_actor().scope(VIEW))
    found = [standing_of(ledger, *one) for one in people]
    return ledger, sorted(found, key=lambda one: (_sorted(one), one.registration.id))


def _found(everybody: Sequence[Standing], asked: Asked) -> list[Standing]:
    return [one for one in everybody if asked.fits(one)]


def _asked() -> Asked:
    given: Mapping[str, str] = request.args
    return Asked(
        given.get("q", "")[:100], given.get("level", ""), given.get("lacks", ""),
        given.get("absent", ""),
    )  # fmt: skip


def _page_of(found: Sequence[Standing]) -> PageOf[Standing]:
    pages = max(1, -(-len(found) // PER_PAGE))
    number = min(page_asked(), pages)
    return PageOf(found[(number - 1) * PER_PAGE : number * PER_PAGE], number, pages, len(found))


def _sorted(one: Standing) -> str:
    person = one.registration
    return fold(f"{person.family_name or person.given_names} {person.given_names}")


def _searched(one: Standing) -> str:
    return one.registration.search


def _heads(sessions: Sequence[Session]) -> list[str]:
    return [
        _("Reference"), _("Name"), _("Level"), _("Missing"), _("Minutes"), _("Of"),
        _("Share, %"), _("Hours"), _("Test, %"), pgettext("survey", "Survey sent"),
        *(one.code for one in sessions),
    ]  # fmt: skip


def _rows(sessions: Sequence[Session], found: Sequence[Standing]) -> Iterator[list[Cell]]:
    for one in found:
        record = one.record
        score = None if record.post_test is None else round(record.post_test * 100, 1)
        minutes = [record.sessions.get(session.code) for session in sessions]
        yield [
            one.registration.ref, name_of(one.registration).full, level_word(one.verdict.level),
            "; ".join(str(MISSING[code]) for code in one.verdict.missing), record.minutes,
            record.possible, round(record.share * 100, 1), record.quarter_hours / 4, score,
            _("yes") if record.survey else _("no"),
            *(_minutes_cell(had) for had in minutes),
        ]  # fmt: skip


def _minutes_cell(had: Credited | None) -> Cell:
    if had is None:
        return 0
    return _("excused") if had.is_excused and not had.minutes else had.minutes
