"""Badges: asking for runs, following them, fetching the file."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.badges import queries, services
from eventhub.badges.forms import RunForm
from eventhub.badges.models import PrintRun
from eventhub.badges.rules import Choice
from eventhub.badges.words import reason, run_state
from eventhub.core.db import db
from eventhub.core.errors import DomainError, NotFound
from eventhub.events.queries import categories_of, get_event
from eventhub.files.models import StoredFile
from eventhub.i18n import _
from eventhub.jobs.models import Job
from eventhub.registration.queries import get_registration
from eventhub.web.access import current_actor, requires
from eventhub.web.downloads import send_stored
from eventhub.web.forms import show_error
from eventhub.web.once import once

bp = Blueprint("badges", __name__)

MOST_HELD_BACK = 200


@bp.route("/manage/<slug>/badges", methods=["GET", "POST"])
@requires("badge.print", switch="badges")
def show_runs(slug: str) -> ResponseReturnValue:
    """Show who is ready and who is held back, and start a run."""
    event, form = get_event(slug), RunForm()
    categories = categories_of(event.id)
    form.what.choices = {
        "new": _("Everybody whose badge is not printed yet"),
        "all": _("Everybody, again"),
        **{c.ref: _("Only: %(category)s", category=c.name()) for c in categories if c.is_on},
    }
    if form.is_good():
        chosen = form.what.data
        what = Choice(chosen) if chosen in ("new", "all") else Choice(kinds=(chosen,))
        try:
            ref = once(
                form.key.data, "badges.show_runs",
                lambda: services.start_run(event, what, actor=current_actor()).ref,
            )  # fmt: skip
            return redirect(url_for("badges.show_run", slug=slug, ref=ref))
        except DomainError as error:
            show_error(form, error)
    gate = queries.gate_of(event, current_actor().scope("badge.print"))
    held = [(one.registration, one.reasons) for one in gate if one.reasons]
    status = 422 if form.errors else 200
    return render_template(
        "badges/show_runs.html", event=event, form=form, runs=_runs(event.id),
        ready=len(gate) - len(held), held=held[:MOST_HELD_BACK], held_count=len(held),
        reason=reason, run_state=run_state, printed=queries.count_printed(event.id),
    ), status  # fmt: skip


@bp.post("/manage/<slug>/people/<ref>/badge")
@requires("badge.print", switch="badges")
def print_one(slug: str, ref: str) -> ResponseReturnValue:
    """Make one badge; answer with the file where it is ready within two seconds."""
    event, form, actor = get_event(slug), RunForm(), current_actor()
    row = get_registration(event.id, ref, actor.scope("badge.print"))
    run_ref = once(
        form.key.data, f"badges.print_one:{ref}",
        lambda: services.start_run(event, Choice(refs=(row.ref,)), actor=actor).ref,
    )  # fmt: skip
    if services.wait_for(event.id, run_ref):
        return redirect(url_for("badges.fetch", slug=slug, ref=run_ref))
    return redirect(url_for("badges.show_run", slug=slug, ref=run_ref))


@bp.get("/manage/<slug>/badges/<ref>")
@requires("badge.print", switch="badges")
def show_run(slug: str, ref: str) -> ResponseReturnValue:
    """Show how far a run is; the page loads itself again until it has ended."""
    event = get_event(slug)
    run = _run(event.id, ref)
    job = db.session.get(Job, run.job_id) if run.job_id else None
    state = job.state if job and job.state in ("failed", "cancelled") else run.state
    page = render_template(
        "badges/show_run.html", event=event, run=run, job=job, state=state, reason=reason,
        run_state=run_state,
    )  # fmt: skip
    headers: dict[str, Any] = {"Refresh": "2"} if state in ("waiting", "running") else {}
    return page, 200, headers


@bp.get("/manage/<slug>/badges/<ref>.pdf")
@requires("badge.print", switch="badges")
def fetch(slug: str, ref: str) -> ResponseReturnValue:
    """Answer with the file of a run."""
    event = get_event(slug)
    run = _run(event.id, ref)
    file = db.session.get(StoredFile, run.file_id) if run.file_id else None
    if file is None:
        raise NotFound
    return send_stored(file, name=f"{event.slug}-badges-{run.ref}.pdf")


def _runs(event_id: int) -> list[PrintRun]:
    scope = current_actor().scope("badge.print")
    return [run for run in queries.runs_of(event_id) if queries.reaches(scope, run)]


def _run(event_id: int, ref: str) -> PrintRun:
    """Return a run whose people the actor may all see; NotFound otherwise."""
    run = queries.get_run(event_id, ref)
    if not queries.reaches(current_actor().scope("badge.print"), run):
        raise NotFound
    return run
