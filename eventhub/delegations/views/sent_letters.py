"""Official letters: listed, opened."""

from flask import render_template
from flask.typing import ResponseReturnValue

from eventhub.delegations import permissions, queries, services, words
from eventhub.delegations.rules import RECEIVED
from eventhub.delegations.views.blueprint import bp
from eventhub.events.queries import get_event
from eventhub.i18n import current
from eventhub.web.access import current_actor, requires
from eventhub.web.downloads import send_stored


@bp.get("/manage/<slug>/letters")
@requires(permissions.EDIT, switch="letters")
def list_letters(slug: str) -> ResponseReturnValue:
    """List all official letters, those to be looked at first."""
    event = get_event(slug)
    sent = {
        one.delegation.id: one
        for one in queries.delegations_of(
            event.id, current_actor().scope(permissions.EDIT), current()
        )
    }
    rows = queries.all_letters(event.id)
    rows.sort(key=lambda row: row.state != RECEIVED)
    return render_template(
        "delegations/list_letters.html",
        event=event,
        letters=[
            (row, sent[row.delegation_id].entity) for row in rows if row.delegation_id in sent
        ],
        waiting=sum(row.state == RECEIVED for row in rows),
        words=words,
    )


@bp.get("/manage/<slug>/letters/<ref>/file")
@requires(permissions.VIEW, switch="letters")
def open_letter(slug: str, ref: str) -> ResponseReturnValue:
    """Answer with the file of an official letter, as what it is by its content."""
    event = get_event(slug)
    row = queries.get_letter(event.id, ref, current_actor().scope(permissions.VIEW))
    return send_stored(services.file_of(event.id, row.file_id), inline=True)
