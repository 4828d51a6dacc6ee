"""People by spreadsheet: a table to fill in, sent back, tried, carried out, undone (R1.32).

Each page exists twice: for one delegation, whose focal point may open it, and for staff who enter
people of any delegation within their reach.
"""

from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from eventhub.core.errors import Conflict, DomainError
from eventhub.i18n import _, lazy_gettext, lazy_pgettext, ngettext
from eventhub.i18n.times import moment
from eventhub.registration import queries, services
from eventhub.registration.forms.importing import COLUMN, ApplyForm, ColumnsForm, SheetForm
from eventhub.registration.models import PeopleImport
from eventhub.registration.permissions import ENTER, VOUCH
from eventhub.registration.queries.imports import imports_of, rows_of_import
from eventhub.registration.rules.importing import Outcome, Planned, digest_of, tally
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.import_desk import Desk, Opened, desk_of, opened, prefilled
from eventhub.registration.views.path import CONSENT_TEXT_VERSION
from eventhub.sheets.reading import read_table
from eventhub.sheets.rules import ENCODINGS, address
from eventhub.web.access import requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, is_sent, show_error
from eventhub.web.once import once
from eventhub.web.pages import PageOf, page_asked
from eventhub.web.table_answer import send_xlsx

PER_PAGE = 100
MOST_COLUMNS = 60

OUTCOMES = {
    Outcome.FAULTY: lazy_gettext("Error"),
    Outcome.CREATED: lazy_pgettext("person", "New"),
    Outcome.UPDATED: lazy_gettext("Changed"),
    Outcome.ASKED: lazy_gettext("Waits for an officer"),
    Outcome.UNCHANGED: lazy_gettext("As before"),
}
KINDS = {
    Outcome.FAULTY: "stop",
    Outcome.CREATED: "good",
    Outcome.UPDATED: "note",
    Outcome.ASKED: "attention",
    Outcome.UNCHANGED: "quiet",
}
STATES = {
    "sent": lazy_gettext("Not imported yet"),
    "applied": lazy_gettext("Imported"),
    "undone": lazy_gettext("Undone"),
}


@dataclass(frozen=True, slots=True)
class FaultShown:
    """What is wrong in a cell: its address, what its column is called, what stands there, why."""

    cell: str
    heading: str
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class LineShown:
    """One row as the dry run shows it."""

    number: int
    name: str
    ref: str
    outcome: str
    kind: str
    changes: list[tuple[str, str, str]]
    faults: list[FaultShown]


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """A column of the file: its letter and heading, an example, and the field it is."""

    name: str
    letter: str
    heading: str
    example: str
    code: str


@bp.route("/manage/<slug>/delegations/<ref>/import", methods=["GET", "POST"])
@requires(VOUCH, switch="delegations")
def import_people(slug: str, ref: str) -> ResponseReturnValue:
    """Offer the table of a delegation to fill in, and take it back."""
    return _send(desk_of(ref))


@bp.route("/manage/<slug>/people/import", methods=["GET", "POST"])
@requires(ENTER)
def import_all(slug: str) -> ResponseReturnValue:
    """Offer the table of all people within reach, and take it back."""
    return _send(desk_of(None))


@bp.get("/manage/<slug>/delegations/<ref>/import/table.xlsx")
@requires(VOUCH, switch="delegations")
def table_people(slug: str, ref: str) -> ResponseReturnValue:
    """Answer with the table of a delegation, who is there filled in."""
    desk = desk_of(ref)
    code = desk.entity.code if desk.entity else ref
    return send_xlsx(f"{slug}-{code}.xlsx", prefilled(desk))


@bp.get("/manage/<slug>/people/import/table.xlsx")
@requires(ENTER)
def table_all(slug: str) -> ResponseReturnValue:
    """Answer with the table of all people within reach."""
    return send_xlsx(f"{slug}.xlsx", prefilled(desk_of(None)))


@bp.route("/manage/<slug>/delegations/<ref>/import/<import_ref>", methods=["GET", "POST"])
@requires(VOUCH, switch="delegations")
def check_people(slug: str, ref: str, import_ref: str) -> ResponseReturnValue:
    """Show what would become of each row, and carry it out; or what became of it."""
    return _check(desk_of(ref), import_ref)


@bp.route("/manage/<slug>/people/import/<import_ref>", methods=["GET", "POST"])
@requires(ENTER)
def check_all(slug: str, import_ref: str) -> ResponseReturnValue:
    """Show what would become of each row, and carry it out; or what became of it."""
    return _check(desk_of(None), import_ref)


@bp.post("/manage/<slug>/delegations/<ref>/import/<import_ref>/columns")
@requires(VOUCH, switch="delegations")
def columns_people(slug: str, ref: str, import_ref: str) -> ResponseReturnValue:
    """Say which column of the file is which field."""
    return _choose(desk_of(ref), import_ref)


@bp.post("/manage/<slug>/people/import/<import_ref>/columns")
@requires(ENTER)
def columns_all(slug: str, import_ref: str) -> ResponseReturnValue:
    """Say which column of the file is which field."""
    return _choose(desk_of(None), import_ref)


@bp.post("/manage/<slug>/delegations/<ref>/import/<import_ref>/undo")
@requires(VOUCH, switch="delegations")
def undo_people(slug: str, ref: str, import_ref: str) -> ResponseReturnValue:
    """Withdraw those whom an import brought and nobody touched since."""
    return _undo(desk_of(ref), import_ref)


@bp.post("/manage/<slug>/people/import/<import_ref>/undo")
@requires(ENTER)
def undo_all(slug: str, import_ref: str) -> ResponseReturnValue:
    """Withdraw those whom an import brought and nobody touched since."""
    return _undo(desk_of(None), import_ref)


def _send(desk: Desk) -> ResponseReturnValue:
    form = SheetForm()
    if form.is_good():
        sent = form.table.data
        data, name = sent.read(), sent.filename or ""
        try:
            read_table(data)

            def act() -> str:
                row = services.keep_import(
                    desk.event.id, desk.delegation, data=data, name=name, actor=desk.actor
                )
                return row.ref

            purpose = f"registration.import:{desk.event.id}:{desk.delegation_id}"
            ref = once(form.key.data or "", purpose, act)
            return redirect(desk.url("check", import_ref=ref))
        except DomainError as error:
            show_error(form, type(error)(error.message, "table"))
    return render_template(
        "registration/import_people.html",
        event=desk.event,
        desk=desk,
        form=form,
        earlier=[
            (row, moment(row.created_at, desk.event.zone), str(STATES[row.state]))
            for row in imports_of(desk.event.id, desk.delegation_id, desk.actor.id)
        ],
    ), form.status


def _check(desk: Desk, import_ref: str) -> ResponseReturnValue:
    row = desk.find(import_ref)
    if row.state != "sent" or row.file_id is None:
        return _show_result(desk, row)
    file = opened(desk, row)
    form = ApplyForm()
    if is_sent():
        return _apply(desk, row, file, form)
    return _show_plan(desk, row, file, form)


def _apply(desk: Desk, row: PeopleImport, file: Opened, form: ApplyForm) -> ResponseReturnValue:
    form.which.choices = {"all": "", "good": ""}
    if not form.is_good():
        return _show_plan(desk, row, file, form)

    def act() -> str:
        services.apply_import(
            row,
            file.lines,
            delegation=desk.delegation,
            only_good=form.which.data == "good",
            is_informed=bool(form.informed.data),
            seen=form.seen.data or "",
            text_version=CONSENT_TEXT_VERSION,
            override=form.override.data or "",
            actor=desk.actor,
        )
        return row.ref

    try:
        once(form.key.data or "", f"registration.apply_import:{row.id}", act)
    except DomainError as error:
        show_error(form, error)
        return _show_plan(desk, desk.find(row.ref), file, form)
    return redirect(desk.url("check", import_ref=row.ref))


def _choose(desk: Desk, import_ref: str) -> ResponseReturnValue:
    row, form = desk.find(import_ref), ColumnsForm()
    chosen = form.chosen()
    if form.is_good() and not form.form_errors:
        purpose = f"registration.import_columns:{row.id}"

        def act() -> str:
            services.read_as(row, encoding=form.encoding.data or "", columns=chosen)
            return row.ref

        once(form.key.data or "", purpose, act)
        return redirect(desk.url("check", import_ref=row.ref))
    return _show_plan(desk, row, opened(desk, row), ApplyForm(), columns_form=form)


def _undo(desk: Desk, import_ref: str) -> ResponseReturnValue:
    row, form = desk.find(import_ref), BaseForm()

    def act() -> str:
        return str(len(services.undo_import(row, actor=desk.actor)))

    try:
        number = int(once(form.key.data or "", f"registration.undo_import:{row.id}", act))
        say(
            ngettext(
                "The import is undone: %(n)s person is withdrawn.",
                "The import is undone: %(n)s people are withdrawn.",
                number,
            )
        )
    except Conflict as error:
        say(error.message, "stop")
    return redirect(desk.url("check", import_ref=row.ref))


def _show_plan(
    desk: Desk,
    row: PeopleImport,
    file: Opened,
    form: ApplyForm,
    columns_form: ColumnsForm | None = None,
) -> ResponseReturnValue:
    setup = queries.setup_of(desk.event.id)
    plan = services.plan_import(
        setup,
        file.lines,
        delegation=desk.delegation,
        begun_at=row.created_at,
        actor=desk.actor,
    )
    counts = tally(plan)
    is_late = services.needs_reason(setup, desk.actor, row.created_at)
    form.which.data = form.offer(counts, is_late=is_late)
    form.seen.data = digest_of(plan)
    ordered = sorted(plan, key=lambda one: one.outcome != Outcome.FAULTY)
    number = page_asked()
    part = ordered[(number - 1) * PER_PAGE : number * PER_PAGE]
    pages = max(1, -(-len(plan) // PER_PAGE))
    status = columns_form.status if columns_form else form.status
    return render_template(
        "registration/import_check.html",
        event=desk.event,
        desk=desk,
        row=row,
        file=file,
        form=form,
        columns_form=columns_form or ColumnsForm(data={"encoding": row.encoding}),
        columns=_columns(file),
        field_words=[("", _("Do not use")), *((one.code, one.heading) for one in file.fields)],
        encoding=ENCODINGS.get(file.table.encoding, ""),
        counts=[(str(OUTCOMES[outcome]), counts[outcome]) for outcome in OUTCOMES],
        has_work=counts["created"] + counts["updated"] + counts["asked"] > 0,
        faulty=counts["faulty"],
        lines=[_shown(file, one) for one in part],
        page=PageOf(part, number, pages, len(plan)),
    ), status


def _columns(file: Opened) -> list[ColumnShown]:
    by_column = {at: code for code, at in file.columns.items()}
    width = max(len(one.cells) for one in file.table.rows[:PER_PAGE])
    below = [one for one in file.table.rows if one.number > file.head.number][:PER_PAGE]
    found = []
    for at in range(min(width, MOST_COLUMNS)):
        heading = file.head.cells[at] if at < len(file.head.cells) else ""
        example = next(
            (one.cells[at] for one in below if at < len(one.cells) and one.cells[at]), ""
        )
        if heading or example:
            letter = address(at, 1).rstrip("1")
            code = by_column.get(at, "")
            found.append(ColumnShown(f"{COLUMN}{at}", letter, heading, example[:60], code))
    return found


def _shown(file: Opened, planned: Planned) -> LineShown:
    fields = {one.code: one for one in file.fields}
    line = planned.line
    changes = [
        (fields[code].heading, fields[code].said(old), fields[code].said(new))
        for code, (old, new) in planned.changes.items()
        if code in fields
    ]
    if planned.waits:
        changes.append((_("Place"), "", _("on the waiting list")))
    faults = [
        FaultShown(
            address(file.columns[one.field], line.number)
            if one.field in file.columns
            else _("Row %(row)s", row=line.number),
            fields[one.field].heading if one.field in fields else "",
            file.cell(line.number, one.field)[:80],
            one.sentence,
        )
        for one in planned.faults
    ]
    return LineShown(
        number=line.number,
        name=line.name,
        ref=planned.ref,
        outcome=str(OUTCOMES[planned.outcome]),
        kind=KINDS[planned.outcome],
        changes=changes,
        faults=faults,
    )


def _show_result(desk: Desk, row: PeopleImport) -> ResponseReturnValue:
    done = rows_of_import(row.id)
    number = page_asked()
    part = done[(number - 1) * PER_PAGE : number * PER_PAGE]
    references = queries.numbers_of([one for _done, one in part])
    lines: list[dict[str, Any]] = [
        {
            "number": one.number,
            "name": queries.printed_name(registration),
            "reference": references[registration.id],
            "outcome": str(OUTCOMES[Outcome(one.outcome)]),
            "kind": KINDS[Outcome(one.outcome)],
            "state": queries.state_word(registration.state),
            "state_kind": queries.kind_of(registration.state),
        }
        for one, registration in part
    ]
    untouched = sum(services.is_untouched(*pair) for pair in done)
    return render_template(
        "registration/import_result.html",
        event=desk.event,
        desk=desk,
        row=row,
        when=moment(row.applied_at, desk.event.zone) if row.applied_at else "",
        undone=moment(row.undone_at, desk.event.zone) if row.undone_at else "",
        counts=[(str(OUTCOMES[outcome]), row.counts.get(outcome, 0)) for outcome in OUTCOMES],
        lines=lines,
        page=PageOf(part, number, max(1, -(-len(done) // PER_PAGE)), len(done)),
        untouched=untouched,
        stays=len(done) - untouched,
        may_undo=row.state == "applied" and untouched > 0 and desk.actor.may(VOUCH),
        form=BaseForm(),
    ), 200
