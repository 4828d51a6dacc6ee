"""What participation and completion take."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.attendance import services
from eventhub.attendance.forms import PolicyForm, typed
from eventhub.attendance.permissions import DECIDE
from eventhub.attendance.queries import policy_of
from eventhub.attendance.queries.ledger import counting_sessions
from eventhub.attendance.views.blueprint import SWITCH, bp
from eventhub.core.db import transaction
from eventhub.events.queries import get_event
from eventhub.i18n import _
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say


@bp.route("/manage/<slug>/attendance/policy", methods=["GET", "POST"])
@requires(DECIDE, switch=SWITCH)
def edit_policy(slug: str) -> ResponseReturnValue:
    """Say what participation and completion take."""
    event = get_event(slug)
    form = PolicyForm(data=typed(policy_of(event)))
    if form.is_good():
        with transaction():
            services.change_policy(event, form.stored(), actor=current_actor())
        say(_("Saved. Levels follow it at once; certificates issued before stay as they are."))
        return redirect(url_for("attendance.show_attendance", slug=slug))
    mandatory = [one for one in counting_sessions(event.id) if one.is_mandatory]
    page = render_template(
        "attendance/edit_policy.html", event=event, form=form, mandatory=mandatory
    )
    return page, form.status
