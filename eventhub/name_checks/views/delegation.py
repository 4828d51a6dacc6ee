"""The names of a delegation, confirmed by its focal point: one by one, or all."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.errors import DomainError
from eventhub.delegations.queries import get_delegation
from eventhub.events.queries import get_event
from eventhub.i18n import _, ngettext
from eventhub.name_checks import services
from eventhub.name_checks.queries import SWITCH, checks_of, is_over, people_to_check
from eventhub.name_checks.views.blueprint import bp
from eventhub.name_checks.words import freeze_sentence
from eventhub.registration.permissions import ENTER, VOUCH
from eventhub.registration.queries import open_changes
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, is_sent
from eventhub.web.once import once


@bp.route("/manage/<slug>/delegations/<ref>/names", methods=["GET", "POST"])
@requires(VOUCH, switch=SWITCH)
def check_delegation(slug: str, ref: str) -> ResponseReturnValue:
    """Show how everybody of the delegation will be printed; confirm those ticked."""
    event, actor = get_event(slug), current_actor()
    sent = get_delegation(event.id, ref, actor.scope(VOUCH))
    people = people_to_check(event, actor.scope(VOUCH), delegations=[sent.delegation.id])
    form = BaseForm()
    if is_sent():
        seen = dict(part.split(".", 1) for part in request.form.getlist("who") if "." in part)
        rows = [row for row in people if row.ref in seen]
        if not rows:
            say(_("Choose somebody first."), "attention")
            return redirect(request.path)
        by = "staff" if actor.may(ENTER) else "focal_point"

        def act() -> str:
            digests = {row.id: seen[row.ref] for row in rows}
            return str(services.confirm(event, rows, digests, by=by, actor=actor))

        try:
            purpose = f"name_checks.delegation:{sent.delegation.id}"
            n = int(once(form.key.data, purpose, act) or 0)
            say(ngettext("%(n)s name is confirmed.", "%(n)s names are confirmed.", n))
        except DomainError as error:
            say(error.message, "stop")
        return redirect(request.path)
    return render_template(
        "name_checks/delegation.html",
        event=event,
        sent=sent,
        form=form,
        checks=checks_of(event, people),
        is_over=is_over(event),
        waiting=open_changes(event.id, [row.id for row in people]),
        until=freeze_sentence(event),
        back_url=url_for("registration.show_delegation", slug=slug, ref=ref),
    )
