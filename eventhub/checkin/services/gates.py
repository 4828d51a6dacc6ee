"""Setting up gates, opening, closing and holding them."""

from typing import Any

from sqlalchemy import func, or_, select

from eventhub.agenda.models import Session
from eventhub.audit.services import Subject, record
from eventhub.checkin.models import Gate
from eventhub.checkin.queries import busy_gates, find_session_gate
from eventhub.checkin.queries.gates import reaches
from eventhub.checkin.rules import DIRECTIONS, KINDS, REMOTE
from eventhub.core.actor import Actor, Scope
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid, NotFound
from eventhub.events.models import Event, EventZone
from eventhub.i18n import Translated, _


def add_gate(
    event: Event,
    names: Translated,
    *,
    kind: str = "door",
    direction: str = "in",
    zone_code: str | None = None,
    session_id: int | None = None,
    place: int | None = None,
    actor: Actor,
) -> Gate:
    """Add a gate: a door, or the list of a session or of the whole event; last by default."""
    if place is None:
        last = select(func.max(Gate.place)).where(Gate.event_id == event.id)
        place = (db.session.scalar(last) or 0) + 1
    gate = Gate(event_id=event.id, kind=kind, place=place)
    values = {
        "names": names,
        "direction": direction,
        "zone_code": zone_code,
        "session_id": session_id,
    }
    _write(event, gate, values)
    db.session.add(gate)
    db.session.flush()
    record(actor, "gate.add", [Subject("gate", gate.ref)], event_id=event.id)
    return gate


def change_gate(
    event: Event, gate: Gate, *, version: int | None = None, actor: Actor, **values: Any
) -> Gate:
    """Change names, direction, zone, session or place of a gate; scans keep what they were."""
    if version is not None and version != gate.version:
        raise Conflict(_("Somebody changed this gate meanwhile. Look at it again."))
    before = {name: getattr(gate, name) for name in values}
    _write(event, gate, values)
    changes = {
        name: (_plain(before[name]), _plain(value))
        for name, value in values.items()
        if before[name] != value
    }
    if changes:
        gate.version += 1
        db.session.flush()
        record(actor, "gate.change", [Subject("gate", gate.ref, changes)], event_id=event.id)
    return gate


def open_gate(gate: Gate, *, is_open: bool, actor: Actor) -> None:
    """Open or close a gate; a closed one takes no scans."""
    if gate.is_open == is_open:
        return
    changed = {"is_open": (gate.is_open, is_open)}
    gate.is_open = is_open
    gate.version += 1
    db.session.flush()
    action = "gate.open" if is_open else "gate.close"
    record(actor, action, [Subject("gate", gate.ref, changed)], event_id=gate.event_id)


def remove_gate(gate: Gate, *, actor: Actor) -> None:
    """Remove a gate at which nothing happened; Conflict where something did."""
    if busy_gates(gate.event_id, [gate.id]):
        raise Conflict(_("People were checked at this gate, so it stays. Close it instead."))
    record(actor, "gate.remove", [Subject("gate", gate.ref)], event_id=gate.event_id)
    db.session.delete(gate)
    db.session.flush()


def ensure_gate(event: Event, kind: str, session: Session | None, *, actor: Actor) -> Gate:
    """Return the gate at which a list is ticked, made when it is first needed.

    `kind` is roll_call or states; without a session the list is the whole event's.
    """
    db.session.execute(select(Event.id).where(Event.id == event.id).with_for_update())
    found = find_session_gate(event.id, session.id if session else None, kind)
    if found is not None:
        return found
    names = session.titles if session else event.titles
    session_id = session.id if session else None
    return add_gate(event, names, kind=kind, session_id=session_id, actor=actor)


def hold_gate(event_id: int, ref: str, scope: Scope | None = None) -> Gate:
    """Return a gate within the scope, held until the transaction ends so that scans queue up.

    The gates of the same session are held too, in the order of their ids: its places are counted
    over all of them. NotFound outside the scope; Conflict where it is closed.
    """
    mine = select(Gate.session_id).where(Gate.event_id == event_id, Gate.ref == ref)
    query = (
        select(Gate)
        .where(
            Gate.event_id == event_id,
            Gate.kind != REMOTE,
            or_(Gate.ref == ref, Gate.session_id == mine.scalar_subquery()),
        )
        .order_by(Gate.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    gate = next((gate for gate in db.session.scalars(query) if gate.ref == ref), None)
    if gate is None or not reaches(scope, gate):
        raise NotFound
    if not gate.is_open:
        raise Conflict(_("This gate is closed."))
    return gate


def _write(event: Event, gate: Gate, values: dict[str, Any]) -> None:
    if "names" in values and not values["names"]:
        raise Invalid(_("Write a name for the gate."), "names")
    if gate.kind not in KINDS or values.get("direction", "in") not in DIRECTIONS:
        raise ValueError(f"no gate is {gate.kind}, {values.get('direction')}")
    zone, session_id = values.get("zone_code"), values.get("session_id")
    if zone is not None:
        known = select(EventZone.id).where(EventZone.event_id == event.id, EventZone.code == zone)
        if db.session.scalar(known) is None:
            raise Invalid(_("Choose one from the list."), "zone_code")
    if session_id is not None:
        found = select(Session.id).where(Session.event_id == event.id, Session.id == session_id)
        if db.session.scalar(found) is None:
            raise NotFound
    for name, value in values.items():
        setattr(gate, name, value)


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Translated) else value
