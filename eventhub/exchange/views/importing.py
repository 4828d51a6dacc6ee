"""The programme by spreadsheet: a table to edit, sent back, tried, carried out, undone."""

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda.models import Session
from eventhub.agenda.queries import Draft, load_draft
from eventhub.events.models import Event
from eventhub.events.queries import categories_of, get_event
from eventhub.exchange import services
from eventhub.exchange.columns import Called, Field, fields_of, names_by_field, said, whole_of
from eventhub.exchange.forms import MAKES, ReadingForm
from eventhub.exchange.models import ImportedSession, ProgrammeImport
from eventhub.exchange.queries import get_import, imports_of
from eventhub.exchange.reading import lines_of
from eventhub.exchange.rules import Line, Outcome, Planned
from eventhub.exchange.views.blueprint import bp
from eventhub.i18n import _, lazy_gettext, lazy_pgettext, ngettext
from eventhub.i18n.times import moment
from eventhub.sheets.importing import find_head, place_columns
from eventhub.sheets.writing import Column, Sheet
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
from eventhub.web.importing import SheetForm
from eventhub.web.table_answer import send_xlsx

SHORTENED = 120
"""Characters of a long text that a change shows."""

OUTCOMES = {
    Outcome.FAULTY: lazy_gettext("Error"),
    Outcome.CREATED: lazy_pgettext("session", "New"),
    Outcome.UPDATED: lazy_gettext("Changed"),
    Outcome.UNCHANGED: lazy_gettext("As before"),
}
Table = Opened[Field, Line]


@bp.route("/manage/<slug>/programme/import", methods=["GET", "POST"])
@requires("agenda.edit")
def import_programme(slug: str) -> ResponseReturnValue:
    """Offer the programme as a table to edit, and take it back."""
    event, form = get_event(slug), SheetForm()

    def keep(data: bytes, name: str) -> str:
        return services.keep_import(event.id, data=data, name=name, actor=current_actor()).ref

    if ref := take_in(form, f"exchange.import:{event.id}", keep):
        return redirect(_url(event, ref))
    earlier = [
        (row, moment(row.created_at, event.zone), str(STATES[row.state]), _url(event, row.ref))
        for row in imports_of(event.id)
    ]
    page = render_template("exchange/import.html", event=event, form=form, earlier=earlier)
    return page, form.status


@bp.get("/manage/<slug>/programme/table.xlsx")
@requires("agenda.view")
def table(slug: str) -> ResponseReturnValue:
    """Answer with the draft as a workbook that can be edited and sent back."""
    event = get_event(slug)
    draft = load_draft(event.id)
    return send_xlsx(f"{slug}-programme.xlsx", workbook(event, draft))


@bp.route("/manage/<slug>/programme/import/<ref>", methods=["GET", "POST"])
@requires("agenda.edit")
def check_import(slug: str, ref: str) -> ResponseReturnValue:
    """Show what would become of each row, and carry it out; or what became of it."""
    event = get_event(slug)
    row = get_import(event.id, ref)
    if row.state != "sent" or row.file_id is None:
        return _show_result(event, row)
    file, form = opened(event, row), ApplyForm()
    if is_sent():
        return _apply(event, row, file, form)
    return _show_plan(event, row, file, form)


@bp.post("/manage/<slug>/programme/import/<ref>/columns")
@requires("agenda.edit")
def columns_of_import(slug: str, ref: str) -> ResponseReturnValue:
    """Say which column of the file is which field, and what is made."""
    event = get_event(slug)
    row, form = get_import(event.id, ref), ReadingForm()
    chosen = form.chosen()
    if form.is_good() and not form.form_errors:

        def act() -> str:
            encoding, makes = form.encoding.data or "", form.makes.data or ()
            services.read_as(row, encoding=encoding, columns=chosen, makes=makes)
            return row.ref

        once_or_say(form, f"exchange.columns:{row.id}", act)
        return redirect(_url(event, ref))
    return _show_plan(event, row, opened(event, row), ApplyForm(), columns_form=form)


@bp.post("/manage/<slug>/programme/import/<ref>/undo")
@requires("agenda.edit")
def undo_import(slug: str, ref: str) -> ResponseReturnValue:
    """Take back what an import did to sessions that nobody touched since."""
    event = get_event(slug)
    row, form = get_import(event.id, ref), BaseForm()

    def act() -> str:
        removed, restored = services.undo_import(event, row, actor=current_actor())
        return f"{removed} {restored}"

    if counts := once_or_say(form, f"exchange.undo:{row.id}", act):
        removed, restored = (int(one) for one in counts.split())
        say(
            _(
                "The import is undone: sessions removed: %(removed)s, again as before: "
                "%(restored)s.",
                removed=removed,
                restored=restored,
            )
        )
    return redirect(_url(event, ref))


def workbook(event: Event, draft: Draft) -> list[Sheet]:
    """Return the programme as sheets: the sessions, and what each column takes."""
    fields = _fields(event, draft)
    called = Called.of(draft)

    def cells(session: Any) -> list[str]:
        written = {"ref": session.ref, **said(event, called, fields, whole_of(draft, session))}
        return [written[one.code] for one in fields]

    columns = [
        Column(
            one.heading,
            one.note,
            () if one.kind == "choices" else tuple(one.words.values()),
            one.width,
        )
        for one in fields
    ]
    rows = map(cells, (*draft.sessions, *draft.tray))
    return table_to_fill(_("Programme"), columns, rows, map(_note, fields))


def opened(event: Event, row: ProgrammeImport) -> Table:
    """Read the stored file of an import, its columns as chosen or guessed."""
    read = stored_table(event.id, row.file_id, row.encoding)
    fields = _fields(event, load_draft(event.id))
    names = names_by_field(fields)
    head = find_head(read, names)
    columns = place_columns(head, names, row.columns)
    return Opened(read, head, fields, columns, lines_of(event, read, head, fields, columns))


def _fields(event: Event, draft: Draft) -> list[Field]:
    return fields_of(
        event,
        rooms=draft.rooms.values(),
        tracks=draft.tracks.values(),
        categories=categories_of(event.id, only_on=True),
    )


def _apply(event: Event, row: ProgrammeImport, file: Table, form: ApplyForm) -> ResponseReturnValue:
    def act(only_good: bool, seen: str) -> str:
        services.apply_import(
            event, row, file.fields, file.lines,
            only_good=only_good, seen=seen, actor=current_actor(),
        )  # fmt: skip
        return row.ref

    ref = row.ref
    if carry_out(form, f"exchange.apply:{row.id}", act):
        return redirect(_url(event, ref))
    return _show_plan(event, get_import(event.id, ref), file, form)


def _show_plan(
    event: Event,
    row: ProgrammeImport,
    file: Table,
    form: ApplyForm,
    columns_form: ReadingForm | None = None,
) -> ResponseReturnValue:
    outlook = services.look(event, file.fields, file.lines, makes=row.makes)
    form.offer(outlook.counts)
    form.seen.data = outlook.digest
    reading = columns_form or ReadingForm(data={"encoding": row.encoding, "makes": row.makes})
    left = outlook.left_out
    page = render_template(
        "exchange/import_check.html",
        event=event,
        row=row,
        form=form,
        columns_form=reading,
        **plan_page(file, outlook.rows, outlook.counts, OUTCOMES, lambda one: _shown(file, one)),
        makes=[(str(MAKES[kind]), names) for kind, names in outlook.makes.items() if names],
        left_out=ngettext(
            "One session of the programme is not in the file and stays as it is.",
            "%(n)s sessions of the programme are not in the file and stay as they are.",
            left,
        )
        if left
        else "",
    )
    return page, reading.status if columns_form else form.status


def _shown(file: Table, planned: Planned) -> LineShown:
    headings = file.headings
    changes = [
        (headings[code], old[:SHORTENED], new[:SHORTENED])
        for code, (old, new) in planned.changes.items()
        if planned.outcome == Outcome.UPDATED or code in planned.line.values
    ]
    return LineShown(
        number=planned.line.number,
        name=planned.name,
        ref=planned.ref,
        outcome=str(OUTCOMES[planned.outcome]),
        kind=KINDS[planned.outcome],
        changes=changes,
        faults=row_faults(file, planned.line.number, planned.faults),
        notes=planned.notes,
    )


def _show_result(event: Event, row: ProgrammeImport) -> ResponseReturnValue:
    done = services.rows_of_import(row)
    untouched = sum(services.is_untouched(*pair) for pair in done)
    page = render_template(
        "exchange/import_result.html",
        event=event,
        **result_page(row, event.zone, done, untouched, OUTCOMES, _done),
    )
    return page, 200


def _done(part: Sequence[tuple[ImportedSession, Session | None]]) -> list[dict[str, Any]]:
    return [
        {
            "number": one.number,
            "name": f"{session.code} {session.title()}" if session else _("removed since"),
            "ref": session.ref if session else "",
            "outcome": str(OUTCOMES[Outcome(one.outcome)]),
            "kind": KINDS[one.outcome],
        }
        for one, session in part
    ]


def _note(one: Field) -> str:
    words = " · ".join(one.words.values()) if len(one.words) <= 20 else ""
    return f"{one.note} {words}".strip()


def _url(event: Event, ref: str) -> str:
    return url_for("exchange.check_import", slug=event.slug, ref=ref)
