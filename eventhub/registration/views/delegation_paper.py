"""Taking a delegation away: its paper for initials as a PDF, its people as a table."""

from collections.abc import Iterator, Sequence

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.delegations import permissions
from eventhub.files.models import StoredFile
from eventhub.i18n import LANGUAGES, _, current, pgettext
from eventhub.jobs.models import Job
from eventhub.jobs.queries import find_job
from eventhub.jobs.services import queue
from eventhub.jobs.waiting import wait_for_job
from eventhub.registration.queries import state_word
from eventhub.registration.queries.words import channel_word
from eventhub.registration.services.paper import LANGUAGES as PAPER_LANGUAGES
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.desk import Desk, desk_of
from eventhub.registration.views.workspace import missing_in_words
from eventhub.sheets.rules import Cell
from eventhub.sheets.writing import Column, Sheet
from eventhub.web.access import requires
from eventhub.web.downloads import send_stored
from eventhub.web.forms import BaseForm, is_sent
from eventhub.web.once import once
from eventhub.web.table_answer import send_xlsx

PAPER = "registration.print_delegation"


@bp.route("/manage/<slug>/delegations/<ref>/paper", methods=["GET", "POST"])
@requires(permissions.VIEW, switch="delegations")
def print_delegation(slug: str, ref: str) -> ResponseReturnValue:
    """Choose the language of the paper and ask the worker for it; wait two seconds at most."""
    desk, form = desk_of(ref), BaseForm()
    if is_sent():
        chosen = request.form.get("language", "")
        language = chosen if chosen in PAPER_LANGUAGES else "en"

        def ask() -> str:
            return queue(
                PAPER,
                event_id=desk.event.id,
                delegation_id=desk.sent.delegation.id,
                language=language,
            ).ref

        job = once(form.key.data, f"registration.print:{desk.sent.delegation.id}", ask)
        wait_for_job(job, event_id=desk.event.id)
        return redirect(desk.url("registration.show_paper", job=job))
    return render_template(
        "registration/print_delegation.html",
        event=desk.event,
        sent=desk.sent,
        form=form,
        languages=[(code, LANGUAGES[code].own_name) for code in PAPER_LANGUAGES],
        chosen=current() if current() in PAPER_LANGUAGES else "en",
    )


@bp.get("/manage/<slug>/delegations/<ref>/paper/<job>")
@requires(permissions.VIEW, switch="delegations")
def show_paper(slug: str, ref: str, job: str) -> ResponseReturnValue:
    """Answer with the PDF, or show that it is being made; the page loads itself again."""
    desk = desk_of(ref)
    work = _paper_job(desk, job)
    file = db.session.get(StoredFile, work.result.get("file", 0)) if work.result else None
    if file is not None and file.event_id == desk.event.id:
        return send_stored(file)
    page = render_template(
        "registration/show_paper.html", event=desk.event, sent=desk.sent, job=work
    )
    again: dict[str, str] = {"Refresh": "2"} if work.state in ("waiting", "running") else {}
    return page, 200, again


@bp.get("/manage/<slug>/delegations/<ref>/people.xlsx")
@requires(permissions.VIEW, switch="delegations")
def download_people(slug: str, ref: str) -> ResponseReturnValue:
    """Answer with the people, or those asked for, as a table that spreadsheets open."""
    desk, refs = desk_of(ref), request.args.getlist("who")
    name = f"{desk.event.slug}-{desk.sent.entity.code.lower()}.xlsx"
    heads = (
        pgettext("registration", "Number"), _("Category"), _("Form of address"), _("Given names"),
        _("Family name"),
        _("Title of the post"), _("Ministry, office or organization"), _("E-mail address"),
        _("Telephone"), _("Status"), _("Missing"), _("Came in by"),
    )  # fmt: skip
    columns = [Column(head) for head in heads]
    sheet = Sheet(desk.sent.name, columns, list(_table(desk, refs)))
    return send_xlsx(name, [sheet])


def _table(desk: Desk, refs: Sequence[str]) -> Iterator[Sequence[Cell]]:
    for at, one in enumerate(desk.members(), start=1):
        row = one.row
        if (refs and row.ref not in refs) or (not refs and one.has_ended):
            continue
        yield (
            at, desk.setup.categories[row.category_id].name(), row.honorific, row.given_names,
            row.family_name, row.functional_title, row.organisation, row.email, row.phone,
            state_word(row.state), missing_in_words(one), channel_word(row.source),
        )  # fmt: skip


def _paper_job(desk: Desk, ref: str) -> Job:
    job = find_job(ref, event_id=desk.event.id)
    is_ours = job is not None and job.name == PAPER
    if job is None or not is_ours or job.args["delegation_id"] != desk.sent.delegation.id:
        raise NotFound
    return job
