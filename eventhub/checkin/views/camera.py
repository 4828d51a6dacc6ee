"""The QR code of a badge, opened by a phone's own camera.

A request to look changes nothing: the guard sees the person and one button. Everybody else sees
that it is an entry pass, and of which event, and nothing of the person.
"""

from flask import make_response, render_template, session
from flask.typing import ResponseReturnValue
from flask_login import current_user

from eventhub.checkin import queries, words
from eventhub.checkin.permissions import SCAN
from eventhub.checkin.views.blueprint import bp
from eventhub.checkin.views.door import LAST_GATE
from eventhub.core.actor import Actor
from eventhub.core.ids import new_uuid
from eventhub.events.models import Event
from eventhub.events.queries import find_event_by_id
from eventhub.passes.tokens import BadToken, read
from eventhub.web.access import BY_LINK, actor_for, nobody, requires
from eventhub.web.seams import PLACES


@bp.get("/d/<path:token>")
@bp.get("/D/<path:token>")
@requires(BY_LINK)
def show_pass(token: str) -> ResponseReturnValue:
    """Show a guard who the holder is; show anybody else that this is a pass."""
    try:
        claims = read(token)
    except BadToken:
        return neutral(None, 404)
    event = find_event_by_id(claims.event_id)
    if event is None:
        return neutral(None, 404)
    actor = guard_of(event)
    if not actor.may(SCAN) or "doors" not in event.switches:
        return neutral(event)
    gates = [
        gate
        for gate in queries.gates_of(event.id, only_open=True, scope=actor.scope(SCAN))
        if gate.kind != "states"
    ]
    holder = queries.holder_of_pass(event.id, claims.pass_id)
    if not gates or holder is None:
        return neutral(event)
    last = session.get(LAST_GATE)
    chosen = next((gate for gate in gates if [event.slug, gate.ref] == last), None)
    return render_template(
        "checkin/show_pass.html", event=event, card=queries.card_of(holder), token=token,
        gates=[(gate.ref, words.check_at(gate)) for gate in gates], uid=new_uuid(),
        chosen=(chosen.ref, words.check_at(chosen)) if chosen else None,
        photo_gate=(chosen or gates[0]).ref,
    )  # fmt: skip


def neutral(event: Event | None, status: int = 200) -> ResponseReturnValue:
    """Answer without a word about any person, and not for search engines."""
    page = make_response(render_template("checkin/neutral.html", event=event), status)
    page.headers["X-Robots-Tag"] = "noindex, nofollow"
    return page


def guard_of(event: Event) -> Actor:
    """Return the signed-in account as it may act at this event, or nobody."""
    place = PLACES["slug"](event.slug) if current_user.is_authenticated else None
    return actor_for(current_user, place) if place else nobody()
