"""Two persons publish: looking at a proposal, confirming or dropping it; the rule itself."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda import queries, services
from eventhub.agenda.forms.publishing import ConfirmForm, RuleForm
from eventhub.agenda.showing import revision
from eventhub.agenda.telling import tell
from eventhub.agenda.views.blueprint import bp
from eventhub.agenda.views.publishing import carried_out, published, seen_before
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError
from eventhub.events.queries import get_event
from eventhub.i18n import _, times
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.fields import refuse


@bp.route("/manage/<slug>/programme/proposal", methods=["GET", "POST"])
@requires("agenda.publish")
def show_proposal(slug: str) -> ResponseReturnValue:
    """Show what was proposed and what the draft says otherwise by now; confirm it."""
    event = get_event(slug)
    waiting = services.what_waits(event)
    if waiting is None:
        return redirect(url_for("agenda.publish", slug=slug))
    proposal, programme = waiting.proposal, waiting.pending.programme
    form = ConfirmForm(data={"ref": proposal.ref, "sha256": proposal.sha256})
    if form.is_good():

        def act() -> str:
            ref, sha256 = form.ref.data or "", form.sha256.data or ""
            return published(
                services.confirm_proposal(event, ref, sha256=sha256, actor=current_actor())
            )

        if answer := carried_out(form, f"agenda.confirm:{event.id}", act, event):
            return answer
        form.ref.data, form.sha256.data = proposal.ref, proposal.sha256
    page = render_template(
        "agenda/proposal.html",
        event=event,
        form=form,
        proposal=proposal,
        may_confirm=services.may_confirm(proposal, current_actor()),
        back_name="" if proposal.back_to is None else revision(proposal.back_to),
        proposed_at=times.moment(proposal.proposed_at, event.zone),
        public_from=times.moment(proposal.public_from, event.zone) if proposal.public_from else "",
        since=list(tell(waiting.draft_changes, programme, waiting.draft)),
        **seen_before(event, waiting.pending),
    )
    return page, form.status


@bp.post("/manage/<slug>/programme/proposal/drop")
@requires("agenda.publish")
def drop_proposal(slug: str) -> ResponseReturnValue:
    """Let the proposal go."""
    event, form = get_event(slug), ConfirmForm()
    try:
        with transaction():
            services.drop_proposal(event, form.ref.data or "", actor=current_actor())
        say(_("The proposal is dropped. Nothing was published."))
    except DomainError as error:
        say(error.message, "stop")
    return redirect(url_for("agenda.publish", slug=slug))


@bp.route("/manage/<slug>/programme/two-persons", methods=["GET", "POST"])
@requires("agenda.view", to_send="event.edit")
def rule_two_persons(slug: str) -> ResponseReturnValue:
    """Decide whether two persons publish the programme."""
    event = get_event(slug)
    settings = queries.publishing_settings(event.id)
    form = RuleForm(data={"two_persons": settings.two_persons})
    if form.is_good():
        try:
            with transaction():
                services.ask_two_persons(
                    event, wanted=bool(form.two_persons.data), actor=current_actor()
                )
            say(_("Saved."))
            return redirect(url_for("agenda.list_versions", slug=slug))
        except DomainError as error:
            refuse(form, error)
    may_edit = current_actor().may("event.edit")
    page = render_template("agenda/two_persons.html", event=event, form=form, may_edit=may_edit)
    return page, form.status
