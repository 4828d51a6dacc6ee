"""Runs: asking for them, following, stopping, taking up again; fetching their files."""

import re
from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.badges import queries, services
from eventhub.badges.forms import PrintOneForm, RunForm
from eventhub.badges.models import PrintRun
from eventhub.badges.rules import Choice
from eventhub.badges.views.blueprint import PRINT, bp
from eventhub.badges.views.told import told
from eventhub.badges.words import reason, run_state
from eventhub.core.db import db, transaction
from eventhub.core.errors import DomainError, Invalid, NotFound
from eventhub.events.models import Category, Event
from eventhub.events.queries import categories_of, get_event, get_event_by_id
from eventhub.files.models import StoredFile
from eventhub.i18n import _, ngettext
from eventhub.protocol.belonging import groups_at
from eventhub.registration.queries import get_registration
from eventhub.web.access import current_actor, current_place, requires
from eventhub.web.context import say
from eventhub.web.downloads import send_stored
from eventhub.web.forms import show_error
from eventhub.web.once import once

GOES_ON = ("waiting", "running")


@bp.route("/manage/<slug>/badges", methods=["GET", "POST"])
@requires(PRINT, switch="badges")
def show_runs(slug: str) -> ResponseReturnValue:
    """Show who is ready and who is held back, and start a run."""
    event, actor = get_event_by_id(current_place().event_id or 0), current_actor()
    scope = actor.scope(PRINT)
    kinds = categories_of(event.id)
    gate = queries.gate_of(event, scope, kinds)
    form = _form(event, gate, kinds)
    if form.is_good():
        try:
            choice = _choice(event, form)
            ref = once(
                form.key.data, "badges.show_runs",
                lambda: services.start_run(event, choice, actor=actor).ref,
            )  # fmt: skip
            return redirect(url_for("badges.show_run", slug=slug, ref=ref))
        except DomainError as error:
            show_error(form, error)
    counts = queries.count_reasons(gate)
    held = sum(bool(one.reasons) for one in gate)
    here = url_for("badges.list_held", slug=slug)
    return render_template(
        "badges/show_runs.html", event=event, form=form, runs=_runs(event.id),
        ready=len(gate) - held, held=held, printed=queries.count_printed(event.id),
        waiting=queries.count_waiting(event.id, scope), run_state=run_state,
        groups=[(reason(code), f"{here}?why={code}", n) for code, n in counts.items()],
    ), form.status  # fmt: skip


def _form(event: Event, gate: Sequence[queries.Printable], kinds: Sequence[Category]) -> RunForm:
    form, scope = RunForm(), current_actor().scope(PRINT)
    form.kinds.choices = {
        one.ref: one.name()
        for one in kinds
        if one.is_on and (scope.categories is None or one.id in scope.categories)
    }
    entities = queries.entities_among(event, [one.registration for one in gate])
    form.entity.choices = {"": _("All")} | {
        code: _("%(name)s (%(n)s)", name=name, n=n) for code, name, n in entities
    }
    form.group.choices = {"": _("All")} | dict(groups_at(event.id))
    return form


def _choice(event: Event, form: RunForm) -> Choice:
    """Return what the form asks for; Invalid, beside its field, for a number of nobody."""
    typed = list(dict.fromkeys(re.split(r"[\s,;]+", (form.people.data or "").strip())))
    typed = [one for one in typed if one]
    found = queries.find_refs(event.id, typed) if typed else {}
    if unknown := [one for one in typed if one not in found]:
        said = ngettext(
            "Nobody has the number %(numbers)s.", "Nobody has these numbers: %(numbers)s.",
            len(unknown), numbers=", ".join(unknown[:20]),
        )  # fmt: skip
        raise Invalid(said, "people")
    return Choice(
        state=form.state.data,
        refs=tuple(found[one] for one in typed),
        kinds=tuple(form.kinds.data or ()),
        entity=form.entity.data or "",
        group=form.group.data or "",
        covers=bool(form.covers.data),
        code=form.code.data,
    )


@bp.post("/manage/<slug>/people/<ref>/badge")
@requires(PRINT, switch="badges")
def print_one(slug: str, ref: str) -> ResponseReturnValue:
    """Make one badge; answer with the file where it is ready within two seconds."""
    event, form, actor = get_event(slug), PrintOneForm(), current_actor()
    row = get_registration(event.id, ref, actor.scope(PRINT))
    run_ref = once(
        form.key.data, f"badges.print_one:{ref}",
        lambda: services.start_run(event, Choice(refs=(row.ref,)), actor=actor).ref,
    )  # fmt: skip
    if services.wait_for(event.id, run_ref):
        return redirect(url_for("badges.fetch", slug=slug, ref=run_ref))
    return redirect(url_for("badges.show_run", slug=slug, ref=run_ref))


@bp.get("/manage/<slug>/badges/<ref>")
@requires(PRINT, switch="badges")
def show_run(slug: str, ref: str) -> ResponseReturnValue:
    """Show how far a run is; the page loads itself again until it has ended."""
    event = get_event(slug)
    run = _run(event.id, ref)
    job, state = services.job_of(run), _state(run)
    page = render_template(
        "badges/show_run.html", event=event, run=run, job=job, state=state, reason=reason,
        run_state=run_state, told=told(event, run), kept_until=services.kept_until(run),
    )  # fmt: skip
    headers: dict[str, Any] = {"Refresh": "2"} if state in GOES_ON else {}
    return page, 200, headers


@bp.post("/manage/<slug>/badges/<ref>/cancel")
@requires(PRINT, switch="badges")
def cancel_run(slug: str, ref: str) -> ResponseReturnValue:
    """Stop a run."""
    event_id = _run(get_event(slug).id, ref).event_id
    try:
        with transaction():
            services.cancel_run(queries.get_run(event_id, ref), actor=current_actor())
        say(_("The run is stopped. Nothing of it counts as printed."))
    except DomainError as error:
        say(error.message, "stop")
    return redirect(url_for("badges.show_run", slug=slug, ref=ref), 303)


@bp.post("/manage/<slug>/badges/<ref>/again")
@requires(PRINT, switch="badges")
def retry_run(slug: str, ref: str) -> ResponseReturnValue:
    """Take up a run that failed or was stopped."""
    event_id = _run(get_event(slug).id, ref).event_id
    try:
        with transaction():
            services.retry_run(queries.get_run(event_id, ref), actor=current_actor())
    except DomainError as error:
        say(error.message, "stop")
    return redirect(url_for("badges.show_run", slug=slug, ref=ref), 303)


@bp.get("/manage/<slug>/badges/<ref>.pdf")
@requires(PRINT, switch="badges")
def fetch(slug: str, ref: str) -> ResponseReturnValue:
    """Answer with the badges of a run."""
    event = get_event(slug)
    run = _run(event.id, ref)
    return send_stored(_file(run.file_id), name=f"{event.slug}-badges-{run.ref}.pdf")


@bp.get("/manage/<slug>/badges/<ref>/envelopes.pdf")
@requires(PRINT, switch="badges")
def fetch_covers(slug: str, ref: str) -> ResponseReturnValue:
    """Answer with the cover sheets of a run."""
    event = get_event(slug)
    run = _run(event.id, ref)
    return send_stored(_file(run.covers_id), name=f"{event.slug}-envelopes-{run.ref}.pdf")


def _file(file_id: int | None) -> StoredFile:
    file = db.session.get(StoredFile, file_id) if file_id else None
    if file is None:
        raise NotFound
    return file


def _state(run: PrintRun) -> str:
    """Return how far a run is; that it failed or was stopped, its work says."""
    job = services.job_of(run)
    if run.state != "done" and job is not None and job.state in ("failed", "cancelled"):
        return str(job.state)
    return run.state


def _runs(event_id: int) -> list[tuple[PrintRun, str]]:
    scope = current_actor().scope(PRINT)
    found = [run for run in queries.runs_of(event_id) if queries.reaches(scope, run)]
    states = queries.job_states(found)
    return [(run, states.get(run.id, run.state)) for run in found]


def _run(event_id: int, ref: str) -> PrintRun:
    """Return a run whose people the actor may all see; NotFound otherwise."""
    run = queries.get_run(event_id, ref)
    if not queries.reaches(current_actor().scope(PRINT), run):
        raise NotFound
    return run
