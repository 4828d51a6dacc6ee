"""People by spreadsheet: a table to fill in, sent back, tried, carried out, undone (R1.32).

Each page exists twice: for one delegation, whose focal point may open it, and for staff who enter
people of any delegation within their reach.
"""

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from eventhub.i18n import _, lazy_gettext, lazy_pgettext, ngettext
from eventhub.i18n.times import moment
from eventhub.registration import queries, services
from eventhub.registration.forms.importing import ApplyForm
from eventhub.registration.models import ImportedRow, PeopleImport, Registration
from eventhub.registration.permissions import ENTER, VOUCH
from eventhub.registration.queries.imports import imports_of, rows_of_import
from eventhub.registration.rules.importing import Outcome, Planned, digest_of, tally
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.import_desk import Desk, File, desk_of, opened, prefilled
from eventhub.registration.views.path import CONSENT_TEXT_VERSION
from eventhub.web.access import requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, is_sent
from eventhub.web.import_desk import (
    KINDS,
    STATES,
    LineShown,
    carry_out,
    once_or_say,
    plan_page,
    result_page,
    row_faults,
    take_in,
)
from eventhub.web.importing import ColumnsForm, SheetForm
from eventhub.web.table_answer import send_xlsx

OUTCOMES = {
    Outcome.FAULTY: lazy_gettext("Error"),
    Outcome.CREATED: lazy_pgettext("person", "New"),
    Outcome.UPDATED: lazy_gettext("Changed"),
    Outcome.ASKED: lazy_gettext("Waits for an officer"),
    Outcome.UNCHANGED: lazy_gettext("As before"),
}


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

    def keep(data: bytes, name: str) -> str:
        event_id, actor = desk.event.id, desk.actor
        return services.keep_import(
            event_id, desk.delegation, data=data, name=name, actor=actor
        ).ref

    if ref := take_in(form, f"registration.import:{desk.event.id}:{desk.delegation_id}", keep):
        return redirect(desk.url("check", import_ref=ref))
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


def _apply(desk: Desk, row: PeopleImport, file: File, form: ApplyForm) -> ResponseReturnValue:
    def act(only_good: bool, seen: str) -> str:
        services.apply_import(
            row,
            file.lines,
            delegation=desk.delegation,
            only_good=only_good,
            is_informed=bool(form.informed.data),
            seen=seen,
            text_version=CONSENT_TEXT_VERSION,
            override=form.override.data or "",
            actor=desk.actor,
        )
        return row.ref

    ref = row.ref
    if carry_out(form, f"registration.apply_import:{row.id}", act):
        return redirect(desk.url("check", import_ref=ref))
    return _show_plan(desk, desk.find(ref), file, form)


def _choose(desk: Desk, import_ref: str) -> ResponseReturnValue:
    row, form = desk.find(import_ref), ColumnsForm()
    chosen = form.chosen()
    if form.is_good() and not form.form_errors:

        def act() -> str:
            services.read_as(row, encoding=form.encoding.data or "", columns=chosen)
            return row.ref

        once_or_say(form, f"registration.import_columns:{row.id}", act)
        return redirect(desk.url("check", import_ref=row.ref))
    return _show_plan(desk, row, opened(desk, row), ApplyForm(), columns_form=form)


def _undo(desk: Desk, import_ref: str) -> ResponseReturnValue:
    row, form = desk.find(import_ref), BaseForm()

    def act() -> str:
        return str(len(services.undo_import(row, actor=desk.actor)))

    if number := once_or_say(form, f"registration.undo_import:{row.id}", act):
        say(
            ngettext(
                "The import is undone: %(n)s person is withdrawn.",
                "The import is undone: %(n)s people are withdrawn.",
                int(number),
            )
        )
    return redirect(desk.url("check", import_ref=row.ref))


def _show_plan(
    desk: Desk,
    row: PeopleImport,
    file: File,
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
    form.offer(counts)
    form.ask(counts, is_late=services.needs_reason(setup, desk.actor, row.created_at))
    form.seen.data = digest_of(plan)
    status = columns_form.status if columns_form else form.status
    return render_template(
        "registration/import_check.html",
        event=desk.event,
        desk=desk,
        row=row,
        form=form,
        columns_form=columns_form or ColumnsForm(data={"encoding": row.encoding}),
        **plan_page(file, plan, counts, OUTCOMES, lambda one: _shown(file, one)),
    ), status


def _shown(file: File, planned: Planned) -> LineShown:
    fields = {one.code: one for one in file.fields}
    line = planned.line
    changes = [
        (fields[code].heading, fields[code].said(old), fields[code].said(new))
        for code, (old, new) in planned.changes.items()
        if code in fields
    ]
    if planned.waits:
        changes.append((_("Place"), "", _("on the waiting list")))
    return LineShown(
        number=line.number,
        name=line.name,
        ref=planned.ref,
        outcome=str(OUTCOMES[planned.outcome]),
        kind=KINDS[planned.outcome],
        changes=changes,
        faults=row_faults(file, line.number, planned.faults),
    )


def _show_result(desk: Desk, row: PeopleImport) -> ResponseReturnValue:
    done = rows_of_import(row.id)
    untouched = sum(services.is_untouched(*pair) for pair in done)
    shown = result_page(row, desk.event.zone, done, untouched, OUTCOMES, _done)
    shown["may_undo"] = shown["may_undo"] and desk.actor.may(VOUCH)
    return render_template(
        "registration/import_result.html",
        event=desk.event,
        desk=desk,
        **shown,
        stays=len(done) - untouched,
    ), 200


def _done(part: Sequence[tuple[ImportedRow, Registration]]) -> list[dict[str, Any]]:
    references = queries.numbers_of([one for _done, one in part])
    return [
        {
            "number": one.number,
            "name": queries.printed_name(registration),
            "reference": references[registration.id],
            "outcome": str(OUTCOMES[Outcome(one.outcome)]),
            "kind": KINDS[one.outcome],
            "state": queries.state_word(registration.state),
            "state_kind": queries.kind_of(registration.state),
        }
        for one, registration in part
    ]
