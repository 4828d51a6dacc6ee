"""Who comes and goes, day by day: for the staff, for a liaison officer on a phone."""

from dataclasses import dataclass
from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue

from eventhub.arrivals import words
from eventhub.arrivals.permissions import ARRANGE, EDIT, SWITCH, VIEW
from eventhub.arrivals.queries import travel
from eventhub.arrivals.queries.travel import Movement
from eventhub.arrivals.views.blueprint import bp
from eventhub.delegations.queries import Sent, delegations_of
from eventhub.events.queries import get_event
from eventhub.i18n import current
from eventhub.i18n.times import day
from eventhub.registration.queries import printed_name
from eventhub.web.access import current_actor, requires


@dataclass(frozen=True, slots=True)
class Line:
    """One arrival or departure, in words."""

    move: Movement
    time: str
    by: str
    name: str
    sent: Sent | None
    officers: str


@bp.get("/manage/<slug>/arrivals")
@requires(VIEW, switch=SWITCH)
def list_arrivals(slug: str) -> ResponseReturnValue:
    """List who comes and goes today and tomorrow, or on all days (?show=all)."""
    event, actor = get_event(slug), current_actor()
    everything = request.args.get("show") == "all"
    scope = actor.scope(VIEW)
    travellers = travel.travellers_of(event.id, scope)
    officers = travel.officers_of(event.id)
    sent = {one.delegation.id: one for one in delegations_of(event.id, scope, current())}
    shown = travel.soon(event)
    days: dict[date, list[Line]] = {}
    for move in travel.movements(travellers):
        if everything or move.day in shown:
            row = move.who.row
            days.setdefault(move.day, []).append(
                Line(
                    move,
                    words.time_of(move.leg, event.zone),
                    words.by(move.leg),
                    printed_name(row, current()) or row.ref,
                    sent.get(row.delegation_id or 0),
                    ", ".join(one.label for one in travel.meeting(move.who, officers)),
                )
            )
    return render_template(
        "arrivals/list_arrivals.html",
        event=event,
        days=[(day(one), lines) for one, lines in sorted(days.items())],
        everything=everything,
        silent=sum(one.travel.arrival.wall is None for one in travellers),
        people=len(travellers),
        delegations=list(sent.values()),
        has_others=any(one.row.delegation_id is None for one in travellers),
        may_edit=actor.may(EDIT),
        may_arrange=actor.may(ARRANGE),
    )
