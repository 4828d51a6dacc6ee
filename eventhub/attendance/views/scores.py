"""Test scores by spreadsheet: a table to fill, sent back, tried, carried out, undone."""

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.attendance.models import ImportedScore, ScoreImport
from eventhub.attendance.permissions import CORRECT
from eventhub.attendance.queries import participants_of
from eventhub.attendance.queries.imports import get_import, imports_of, rows_of_import, scores_of
from eventhub.attendance.reading import Field, fields_of, lines_of, names_by_field
from eventhub.attendance.rules.scores import Line, Outcome, Planned
from eventhub.attendance.services import importing as services
from eventhub.attendance.views.blueprint import SWITCH, bp
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.i18n import _, lazy_gettext, lazy_pgettext, ngettext
from eventhub.i18n.times import moment
from eventhub.registration.models import Registration
from eventhub.registration.queries import name_of, printed_name
from eventhub.sheets.importing import find_head, place_columns
from eventhub.sheets.writing import Column
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, is_sent
from eventhub.web.import_desk import (
    KINDS,
    STATES,
    ApplyForm,
    LineShown,
    Opened,
    carry_out,
    once_or_say,
    plan_page,
    result_page,
    row_faults,
    stored_table,
    table_to_fill,
    take_in,
)
from eventhub.web.importing import ColumnsForm, SheetForm
from eventhub.web.table_answer import send_xlsx

OUTCOMES = {
    Outcome.FAULTY: lazy_gettext("Error"),
    Outcome.CREATED: lazy_pgettext("score", "New"),
    Outcome.UPDATED: lazy_gettext("Changed"),
    Outcome.UNCHANGED: lazy_gettext("As before"),
}
Table = Opened[Field, Line]


@bp.route("/manage/<slug>/attendance-scores", methods=["GET", "POST"])
@requires(CORRECT, switch=SWITCH)
def import_scores(slug: str) -> ResponseReturnValue:
    """Offer the table of scores to fill, and take it back."""
    event, form = get_event(slug), SheetForm()

    def keep(data: bytes, name: str) -> str:
        return services.keep_import(event.id, data=data, name=name, actor=current_actor()).ref

    if ref := take_in(form, f"attendance.import:{event.id}", keep):
        return redirect(_url(event, ref))
    earlier = [
        (row, moment(row.created_at, event.zone), str(STATES[row.state]), _url(event, row.ref))
        for row in imports_of(event.id)
    ]
    page = render_template("attendance/import.html", event=event, form=form, earlier=earlier)
    return page, form.status


@bp.get("/manage/<slug>/attendance-scores.xlsx")
@requires(CORRECT, switch=SWITCH)
def score_table(slug: str) -> ResponseReturnValue:
    """Answer with a workbook of the participants and their scores, to fill and send back."""
    event = get_event(slug)
    scores = scores_of(event.id)
    fields = fields_of()
    columns = [Column(one.heading, one.note, (), one.width) for one in fields]
    people = participants_of(event.id, current_actor().scope(CORRECT))
    rows = [
        [one.ref, name_of(one).full, one.email or "", _per_cent(scores.get(one.id))]
        for one, _category in people
    ]
    sheets = table_to_fill(_("Test"), columns, rows, [one.note for one in fields])
    return send_xlsx(f"{slug}-scores.xlsx", sheets)


@bp.route("/manage/<slug>/attendance-scores/<ref>", methods=["GET", "POST"])
@requires(CORRECT, switch=SWITCH)
def check_import(slug: str, ref: str) -> ResponseReturnValue:
    """Show what would become of each row, and carry it out; or what became of it."""
    event = get_event(slug)
    row = get_import(event.id, ref)
    if row.state != "sent" or row.file_id is None:
        return _show_result(event, row)
    file, form = _opened(event, row), ApplyForm()
    if is_sent() and carry_out(form, f"attendance.apply:{row.id}", _applying(event, row, file)):
        return redirect(_url(event, ref))
    return _show_plan(event, get_import(event.id, ref), file, form)


@bp.post("/manage/<slug>/attendance-scores/<ref>/columns")
@requires(CORRECT, switch=SWITCH)
def columns_of_import(slug: str, ref: str) -> ResponseReturnValue:
    """Say which column of the file is which field."""
    event = get_event(slug)
    row, form = get_import(event.id, ref), ColumnsForm()
    chosen = form.chosen()
    if form.is_good() and not form.form_errors:

        def act() -> str:
            services.read_as(row, encoding=form.encoding.data or "", columns=chosen)
            return row.ref

        once_or_say(form, f"attendance.columns:{row.id}", act)
        return redirect(_url(event, ref))
    return _show_plan(event, row, _opened(event, row), ApplyForm(), columns_form=form)


@bp.post("/manage/<slug>/attendance-scores/<ref>/undo")
@requires(CORRECT, switch=SWITCH)
def undo_import(slug: str, ref: str) -> ResponseReturnValue:
    """Put back the scores that were there before, where nobody wrote others since."""
    event = get_event(slug)
    row, form = get_import(event.id, ref), BaseForm()

    def act() -> str:
        return str(services.undo_import(event, row, actor=current_actor()))

    if count := once_or_say(form, f"attendance.undo_import:{row.id}", act):
        n = int(count)
        say(ngettext("%(n)s score is as before.", "%(n)s scores are as before.", n))
    return redirect(_url(event, ref))


def _opened(event: Event, row: ScoreImport) -> Table:
    read = stored_table(event.id, row.file_id, row.encoding)
    names = names_by_field()
    head = find_head(read, names)
    columns = place_columns(head, names, row.columns)
    return Opened(read, head, fields_of(), columns, lines_of(read, head, columns))


def _applying(event: Event, row: ScoreImport, file: Table) -> Any:
    def act(only_good: bool, seen: str) -> str:
        services.apply_import(
            event, row, file.lines, only_good=only_good, seen=seen, actor=current_actor()
        )
        return row.ref

    return act


def _show_plan(
    event: Event, row: ScoreImport, file: Table, form: ApplyForm,
    columns_form: ColumnsForm | None = None,
) -> ResponseReturnValue:  # fmt: skip
    outlook = services.look(event, file.lines, actor=current_actor())
    form.offer(outlook.counts)
    form.seen.data = outlook.digest
    reading = columns_form or ColumnsForm(data={"encoding": row.encoding})
    page = render_template(
        "attendance/import_check.html", event=event, row=row, form=form, columns_form=reading,
        **plan_page(file, outlook.rows, outlook.counts, OUTCOMES, lambda one: _shown(file, one)),
    )  # fmt: skip
    return page, reading.status if columns_form else form.status


def _shown(file: Table, one: Planned) -> LineShown:
    changes = []
    if one.outcome in (Outcome.CREATED, Outcome.UPDATED):
        before, after = (_said(score) for score in (one.before, one.line.score))
        changes = [(file.headings["score"], before, after)]
    return LineShown(
        number=one.line.number, name=one.name, ref=one.ref, outcome=str(OUTCOMES[one.outcome]),
        kind=KINDS[one.outcome], changes=changes,
        faults=row_faults(file, one.line.number, one.faults),
    )  # fmt: skip


def _show_result(event: Event, row: ScoreImport) -> ResponseReturnValue:
    done = rows_of_import(row)
    untouched = sum(services.is_untouched(one, now) for one, _person, now in done)
    page = render_template(
        "attendance/import_result.html", event=event,
        **result_page(row, event.zone, done, untouched, OUTCOMES, _done),
    )  # fmt: skip
    return page, 200


def _done(part: Sequence[tuple[ImportedScore, Registration, float | None]]) -> list[dict[str, Any]]:
    return [
        {
            "number": one.number, "name": printed_name(person), "ref": person.ref,
            "score": _said(one.score), "outcome": str(OUTCOMES[Outcome(one.outcome)]),
            "kind": KINDS[one.outcome],
        }
        for one, person, _now in part
    ]  # fmt: skip


def _per_cent(score: float | None) -> float | None:
    return None if score is None else round(score * 100, 2)


def _said(score: float | None) -> str:
    return "" if score is None else f"{score * 100:.2f}".rstrip("0").rstrip(".") + " %"


def _url(event: Event, ref: str) -> str:
    return url_for("attendance.check_import", slug=event.slug, ref=ref)
