"""The floor: who came, who is in the house, what happens at each gate; alive, without reloading."""

from dataclasses import dataclass
from typing import Any

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from eventhub.agenda.models import Session
from eventhub.agenda.queries import sessions_of
from eventhub.checkin import queries, words
from eventhub.checkin.models import Gate
from eventhub.checkin.permissions import VIEW
from eventhub.checkin.rules import lamp
from eventhub.checkin.views.blueprint import bp
from eventhub.checkin.views.door import live, midnight
from eventhub.events.models import Event
from eventhub.events.queries import get_event, rooms_of
from eventhub.web.access import requires

LAMPS = {"good": words.ROOM_FREE, "attention": words.ROOM_NEARLY_FULL, "stop": words.ROOM_FULL}


@dataclass(frozen=True, slots=True)
class GateRow:
    """A gate of the floor: how many passed today, and how full its session's room is."""

    ref: str
    name: str
    kind: str
    direction: str
    is_open: bool
    passed: int
    last_at: Any
    inside: int | None
    places: int | None
    lamp: str


@bp.get("/manage/<slug>/floor")
@requires(VIEW)
def show_floor(slug: str) -> ResponseReturnValue:
    """Show the day: figures and gates."""
    event = get_event(slug)
    return render_template("checkin/floor.html", event=event, **figures(event))


@bp.get("/manage/<slug>/floor/figures")
@requires(VIEW)
def floor_figures(slug: str) -> Response:
    """Answer with the figures alone; 304 while they stay the same."""
    event = get_event(slug)
    return live(Response(render_template("checkin/_figures.html", event=event, **figures(event))))


def figures(event: Event) -> dict[str, Any]:
    """Return what the floor shows: seven statements, however many gates."""
    since = midnight(event)
    gates = queries.gates_of(event.id)
    passed = queries.figures_of_gates(event.id, since)
    within = queries.inside_sessions(event.id)
    sessions = {session.id: session for session in sessions_of(event.id)}
    places = {room.id: room.capacity for room in rooms_of(event.id)}
    return {
        "house": queries.headcount(event.id, since),
        "states": len(queries.entities_present(event.id)),
        "rows": [
            _row(gate, passed.get(gate.id, queries.NOTHING_YET), sessions, places, within)
            for gate in gates
        ],
        "directions": words.DIRECTIONS,
        "kinds": words.GATE_KINDS,
        "lamps": LAMPS,
    }


def _row(
    gate: Gate,
    passed: queries.GateFigures,
    sessions: dict[int, Session],
    places: dict[int, int | None],
    within: dict[int, int],
) -> GateRow:
    session = sessions.get(gate.session_id or 0)
    room = places.get(session.room_id or 0) if session else None
    inside = within.get(session.id, 0) if session and gate.kind == "door" else None
    return GateRow(
        ref=gate.ref,
        name=words.gate_name(gate),
        kind=gate.kind,
        direction=gate.direction,
        is_open=gate.is_open,
        passed=passed.passed,
        last_at=passed.last_at,
        inside=inside,
        places=room,
        lamp=lamp(inside, room) if inside is not None else "",
    )
