"""Issuing: to all, by a filter or to one, and how far that is."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.attendance.words import level_word
from eventhub.certificates import queries, services
from eventhub.certificates.forms import RunForm
from eventhub.certificates.models import CertificateRun
from eventhub.certificates.views.blueprint import bp
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.events.models import Event
from eventhub.events.queries import categories_of, get_event
from eventhub.i18n import _
from eventhub.jobs.models import Job
from eventhub.registration.queries import get_registration
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm
from eventhub.web.once import once


@bp.route("/manage/<slug>/certificates/issue", methods=["GET", "POST"])
@requires("certificate.issue", switch="certificates")
def issue(slug: str) -> ResponseReturnValue:
    """Choose to whom certificates are issued, and start the run that makes them."""
    event, form, actor = get_event(slug), RunForm(), current_actor()
    form.what.choices = _choices(event)
    if form.is_good():
        what, tell = _what(form.what.data), bool(form.tells.data)
        ref = once(
            form.key.data, "certificates.issue",
            lambda: services.start_run(event, what, tell=tell, actor=actor).ref,
        )  # fmt: skip
        return redirect(url_for("certificates.show_run", slug=slug, ref=ref))
    page = render_template(
        "certificates/issue.html", event=event, form=form, runs=_runs(event.id),
        entitled=len(services.entitled(event)),
    )  # fmt: skip
    return page, form.status


@bp.post("/manage/<slug>/certificates/people/<person>/issue")
@requires("certificate.issue", switch="certificates")
def issue_one(slug: str, person: str) -> ResponseReturnValue:
    """Issue to one person by name, also after a withdrawal."""
    event, form, actor = get_event(slug), BaseForm(), current_actor()
    row = get_registration(event.id, person, actor.scope("certificate.issue"))

    def act() -> str:
        return str(len(services.issue_certificates(event, [row.id], actor=actor)))

    if once(form.key.data, f"certificates.issue_one:{row.ref}", act) == "0":
        say(_("Nothing new to issue: what there is says the same, or no level is reached."), "note")
    else:
        say(_("The certificate is being made."))
    return redirect(url_for("certificates.show_person", slug=slug, person=row.ref))


@bp.get("/manage/<slug>/certificates/runs/<ref>")
@requires("certificate.issue", switch="certificates")
def show_run(slug: str, ref: str) -> ResponseReturnValue:
    """Show how far a run is; the page loads itself again each second until it has ended."""
    event = get_event(slug)
    run = queries.get_run(event.id, ref)
    if not _reaches(run):
        raise NotFound
    job = db.session.get(Job, run.job_id) if run.job_id else None
    has_failed = job is not None and job.state in ("failed", "cancelled")
    page = render_template(
        "certificates/show_run.html", event=event, run=run, job=job, has_failed=has_failed
    )
    goes_on = run.state != "done" and not has_failed
    return page, 200, {"Refresh": "1"} if goes_on else {}


def _choices(event: Event) -> dict[str, str]:
    reach = current_actor().scope("certificate.issue").categories
    levels = ("completion", "participation", "attendance")
    return {
        "all": _("Everybody who reached a level and has none yet"),
        **{f"level:{code}": _("Only: %(level)s", level=level_word(code)) for code in levels},
        **{
            f"category:{one.ref}": _("Only: %(category)s", category=one.name())
            for one in categories_of(event.id)
            if one.is_on and (reach is None or one.id in reach)
        },
        "speakers": _("Speakers, with the titles of their sessions"),
    }


def _what(chosen: str) -> dict[str, object]:
    kind, _colon, name = chosen.partition(":")
    return {kind: name or True}


def _runs(event_id: int) -> list[CertificateRun]:
    return [run for run in queries.runs_of(event_id) if _reaches(run)]


def _reaches(run: CertificateRun) -> bool:
    """Tell whether the actor may see all people of a run."""
    reach = current_actor().scope("certificate.issue").categories
    asked = run.what.get("categories")
    return reach is None or (asked is not None and set(asked) <= reach)
