"""All invitations of an event: who replied, what is to be prepared, cleared, sent, reminded."""

from collections.abc import Callable, Sequence

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core import clock
from eventhub.core.errors import DomainError, NotFound
from eventhub.delegations import permissions, services, words
from eventhub.delegations.forms import OWN_LANGUAGE, InviteMoreForm, PrepareForm
from eventhub.delegations.models import LetterRun
from eventhub.delegations.queries import Line, get_run, invitation_lines, runs_of
from eventhub.delegations.rules import SENT, SILENT, STANDINGS, WAYS
from eventhub.delegations.views.blueprint import bp
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.i18n import _, current, ngettext
from eventhub.jobs.models import Job
from eventhub.protocol.belonging import groups_at
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.downloads import send_stored
from eventhub.web.forms import BaseForm, show_error
from eventhub.web.once import once

FILES = ("pdf", "zip", "docx", "clearance")
REMINDERS = ("mail", "pdf", "docx")


@bp.get("/manage/<slug>/invitations")
@requires(permissions.EDIT, switch="letters")
def list_invitations(slug: str) -> ResponseReturnValue:
    """List every delegation with reply, invitation, last letter and next step."""
    return _page(slug, _prepare_form()), 200


@bp.post("/manage/<slug>/invitations")
@requires(permissions.EDIT, switch="letters")
def act_on_invitations(slug: str) -> ResponseReturnValue:
    """Do what the button says to the delegations ticked."""
    event, form = get_event(slug), _prepare_form()
    act, key = request.form.get("act", ""), form.key.data or ""
    chosen = _chosen(event)
    if not chosen:
        say(_("Choose at least one delegation."), "attention")
        return redirect(url_for("delegations.list_invitations", slug=slug))
    if act == "prepare" and not form.validate():
        return _page(slug, form), 422
    ways: dict[str, Callable[[], str]] = {
        "prepare": lambda: _prepare(event, chosen, form),
        "clear": lambda: _clear(chosen),
        "reply": lambda: _reply(event, chosen),
        "sent": lambda: _sent(chosen),
    }
    if act in (*FILES, "mail"):
        ways[act] = lambda: _make(event, chosen, act)
    if act not in ways:
        raise NotFound
    try:
        answer = once(key, f"delegations.{act}:{event.id}", ways[act])
    except DomainError as error:
        if act == "prepare" and error.field:
            show_error(form, error)
            return _page(slug, form), error.status
        say(error.message, "stop")
        return redirect(url_for("delegations.list_invitations", slug=slug))
    if act in (*FILES, "mail"):
        return redirect(url_for("delegations.show_run", slug=slug, ref=answer))
    say(answer)
    return redirect(url_for("delegations.list_invitations", slug=slug))


@bp.post("/manage/<slug>/invitations/more")
@requires(permissions.EDIT, switch="letters")
def invite_more(slug: str) -> ResponseReturnValue:
    """Open the delegations of a group or of a pasted list."""
    event = get_event(slug)
    form = InviteMoreForm().offer(groups_at(event.id))
    if not form.is_good():
        return _page(slug, _prepare_form(), form), form.status

    def act() -> str:
        opened, unknown = services.open_many(
            event, (form.names.data or "").splitlines(), form.group.data or "",
            actor=current_actor(),
        )  # fmt: skip
        said = ngettext("%(n)s delegation was added.", "%(n)s delegations were added.", opened)
        if unknown:
            said += " " + _("Not found: %(names)s", names="; ".join(unknown)[:150])
        return said

    say(once(form.key.data, f"delegations.invite_more:{event.id}", act))
    return redirect(url_for("delegations.list_invitations", slug=slug))


@bp.post("/manage/<slug>/invitations/remind")
@requires(permissions.EDIT, switch="letters")
def remind(slug: str) -> ResponseReturnValue:
    """Make reminders to all who were invited and have not replied, to nobody else (R1.34).

    They go by mail, or become a file for those who get letters by hand, by post or by bag.
    """
    event, form = get_event(slug), BaseForm()
    way = request.form.get("act", "mail")
    if way not in REMINDERS:
        raise NotFound
    silent = [line.invitation for line in _silent(_lines(event)) if line.invitation]

    def act() -> str:
        return services.start_run(
            event, silent, form=way, kind="reminder", actor=current_actor()
        ).ref

    try:
        ref = once(form.key.data, f"delegations.remind:{way}:{event.id}", act)
    except DomainError as error:
        say(error.message, "stop")
        return redirect(url_for("delegations.list_invitations", slug=slug))
    return redirect(url_for("delegations.show_run", slug=slug, ref=ref))


@bp.get("/manage/<slug>/invitations/runs/<ref>")
@requires(permissions.EDIT, switch="letters")
def show_run(slug: str, ref: str) -> ResponseReturnValue:
    """Show how far a run of letters is; the page loads itself again until it has ended."""
    event = get_event(slug)
    return run_page(
        event,
        get_run(event.id, ref),
        file_url=url_for("delegations.fetch_run", slug=slug, ref=ref),
        back_url=url_for("delegations.list_invitations", slug=slug),
    )


@bp.get("/manage/<slug>/invitations/runs/<ref>/file")
@requires(permissions.EDIT, switch="letters")
def fetch_run(slug: str, ref: str) -> ResponseReturnValue:
    """Answer with the file of a run."""
    event = get_event(slug)
    return send_stored(services.file_of(event.id, get_run(event.id, ref).file_id))


def run_page(event: Event, run: LetterRun, *, file_url: str, back_url: str) -> ResponseReturnValue:
    """Return the page of a run, which loads itself again until the run has ended."""
    job = services.job_of(run)
    state = job.state if job and job.state in ("failed", "cancelled") else run.state
    page = render_template(
        "delegations/show_run.html", event=event, run=run, job=job or Job(done=0, total=0),
        state=state, words=words, file_url=file_url, back_url=back_url,
    )  # fmt: skip
    return page, 200, {"Refresh": "2"} if state in ("waiting", "running") else {}


def _page(slug: str, form: PrepareForm, more: InviteMoreForm | None = None) -> str:
    event = get_event(slug)
    lines = _lines(event)
    shown = [line for line in lines if _is_asked(line)]
    return render_template(
        "delegations/list_invitations.html",
        event=event,
        lines=shown,
        all_lines=lines,
        silent=_silent(lines),
        counts={code: sum(one.standing == code for one in lines) for code in STANDINGS},
        form=form,
        more=more or InviteMoreForm().offer(groups_at(event.id)),
        remind_form=BaseForm(),
        runs=runs_of(event.id),
        words=words,
        asked=request.args,
    )


def _lines(event: Event) -> list[Line]:
    return invitation_lines(event, current_actor().scope(permissions.EDIT), current())


def _is_asked(line: Line) -> bool:
    """Tell whether the address asks for this line: ?reply=none&state=sent."""
    reply, state = request.args.get("reply", ""), request.args.get("state", "")
    has = line.invitation.state if line.invitation else "missing"
    return (not reply or line.standing == reply) and (not state or has == state)


def _silent(lines: Sequence[Line]) -> list[Line]:
    return [
        line
        for line in lines
        if line.delegation.reply == SILENT
        and line.invitation is not None
        and line.invitation.state == SENT
    ]


def _chosen(event: Event) -> list[Line]:
    refs = set(request.form.getlist("who"))
    return [line for line in _lines(event) if line.delegation.ref in refs]


def _prepare_form() -> PrepareForm:
    given = {
        "form": "note_verbale",
        "language": OWN_LANGUAGE,
        "numbering": "{n}/{year}",
        "dated_on": clock.now().date(),
    }
    return PrepareForm(data=given)


def _prepare(event: Event, chosen: Sequence[Line], form: PrepareForm) -> str:
    rows = services.prepare_invitations(
        event,
        [line.delegation for line in chosen],
        form=form.form.data,
        language=None if form.language.data == OWN_LANGUAGE else form.language.data,
        numbering=form.numbering.data or "",
        dated_on=form.dated_on.data,
        actor=current_actor(),
    )
    return ngettext("%(n)s invitation was prepared.", "%(n)s invitations were prepared.", len(rows))


def _clear(chosen: Sequence[Line]) -> str:
    rows = [line.invitation for line in chosen if line.invitation]
    cleared = services.clear_invitations(rows, actor=current_actor())
    return ngettext(
        "%(n)s invitation was cleared.", "%(n)s invitations were cleared.", len(cleared)
    )


def _sent(chosen: Sequence[Line]) -> str:
    how = request.form.get("how", "")
    rows = [line.invitation for line in chosen if line.invitation and line.invitation.state != SENT]
    if how not in WAYS:
        how = "by_hand"
    sent = services.mark_sent(rows, how=how, actor=current_actor())
    return ngettext(
        "%(n)s invitation is marked as sent.", "%(n)s invitations are marked as sent.", len(sent)
    )


def _reply(event: Event, chosen: Sequence[Line]) -> str:
    ids = [line.delegation.id for line in chosen]
    rows = services.set_reply(event.id, ids, request.form.get("reply", ""), actor=current_actor())
    return ngettext(
        "The reply of %(n)s delegation was written down.",
        "The replies of %(n)s delegations were written down.",
        len(rows),
    )


def _make(event: Event, chosen: Sequence[Line], form: str) -> str:
    rows = [line.invitation for line in chosen if line.invitation]
    if form == "mail":
        rows = [row for row in rows if row.state != SENT]
    return services.start_run(event, rows, form=form, actor=current_actor()).ref
