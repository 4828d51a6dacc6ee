"""What the day contributes to pages around it: menu, stage, and gates when events are copied."""

from typing import Any

from flask import url_for
from sqlalchemy import select

from eventhub.agenda.seams import SESSION_HOLDS
from eventhub.checkin import queries
from eventhub.checkin.models import Gate
from eventhub.checkin.permissions import DESK, EDIT, SCAN, VIEW
from eventhub.checkin.personal import PERSONAL
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.events.seams import CLONE_STEPS, STAGES, IdMap, Stage, StageState, clones
from eventhub.i18n import _, ngettext
from eventhub.i18n.times import day
from eventhub.people.seams import PERSONAL_DATA, SCOPES, ScopeKind
from eventhub.web.seams import NAV, NavEntry

FLOOR = "checkin.show_floor"

MENU = (
    NavEntry("checkin.list_gates", lambda _place: _("Doors"), SCAN, 50, level="top"),
    NavEntry(
        FLOOR, lambda _place: _("On the day"), VIEW, 50, prefixes=("checkin.door_list",),
        tab=lambda _place: _("Who is here"),
    ),
    NavEntry("checkin.walk_in", lambda _place: _("Desk"), DESK, 53, prefixes=("checkin.desk_",),
             under=FLOOR),
    NavEntry(
        "checkin.choose_session", lambda _place: _("Roll call"), SCAN, 54, switch="roll_call",
        prefixes=("checkin.roll_call", "checkin.attendance_sheet"), under=FLOOR,
    ),
    NavEntry(
        "checkin.states_in_room", lambda _place: _("States in the room"), SCAN, 55,
        switch="states_in_room", under=FLOOR,
    ),
    NavEntry(
        "checkin.show_remote", lambda _place: _("Remote"), EDIT, 55, switch="remote",
        prefixes=("checkin.check_log",), under=FLOOR,
    ),
    NavEntry(
        "checkin.list_gates_of_event", lambda _place: _("Gates"), EDIT, 56, switch="doors",
        prefixes=("checkin.new_gate", "checkin.edit_gate"), under=FLOOR,
    ),
)  # fmt: skip


def connect() -> None:
    """Fill the seams of lower packages; twice is harmless."""
    for entry in MENU:
        if entry not in NAV:
            NAV.append(entry)
    SESSION_HOLDS[Gate] = lambda: _("a door")
    SCOPES["gates"] = ScopeKind("gates", lambda: _("Gates"), gate_names)
    if STAGE not in STAGES:
        STAGES.append(STAGE)
    if copy_gates not in CLONE_STEPS:
        CLONE_STEPS.append(copy_gates)
    if PERSONAL not in PERSONAL_DATA:
        PERSONAL_DATA.append(PERSONAL)


def gate_names(event_id: int) -> list[tuple[int, str]]:
    """Return the gates for which a role may be given."""
    query = select(Gate).where(Gate.event_id == event_id, Gate.kind == "door").order_by(Gate.id)
    return [(gate.id, gate.names.pick()) for gate in db.session.scalars(query)]


@clones("gate")
def copy_gates(from_event_id: int, to_event_id: int, ids: IdMap, *, actor: Actor) -> None:
    """Copy the gates of an event, those of sessions that were copied too; lists are made anew."""
    sessions = ids.get("session", {})
    query = select(Gate).where(Gate.event_id == from_event_id, Gate.kind == "door")
    for gate in db.session.scalars(query.order_by(Gate.id)):
        if gate.session_id is not None and gate.session_id not in sessions:
            continue
        copy = Gate(
            event_id=to_event_id,
            names=gate.names,
            kind=gate.kind,
            direction=gate.direction,
            zone_code=gate.zone_code,
            session_id=sessions.get(gate.session_id or 0),
            place=gate.place,
        )
        db.session.add(copy)
        db.session.flush()
        ids.setdefault("gate", {})[gate.id] = copy.id


def on_the_day(event: Any) -> StageState | None:
    """Say what the doors are ready for before the event, and how many came from its first day."""
    url = url_for("checkin.show_floor", slug=event.slug)
    now = clock.now()
    found = queries.arrivals(event.id)
    came, states = found.people, found.entities
    if came or states:
        people = ngettext("%(n)s person came.", "%(n)s people came.", came)
        rooms = ngettext(
            "%(n)s State or organization was in the room.",
            "%(n)s States and organizations were in the room.", states,
        )  # fmt: skip
        said = people if came else rooms
        return StageState(now >= event.ends_at, said, url, asks_nobody=True)
    if now >= event.starts_at:
        return StageState(False, _("Nobody is checked in yet."), url)
    if "doors" in event.switches and not found.gates:
        sentence = _("No gate is set up yet.")
        return StageState(False, sentence, url_for("checkin.list_gates_of_event", slug=event.slug))
    begins = _("It begins on %(day)s.", day=day(event.starts_on))
    return StageState(False, begins, url, asks_nobody=True)


STAGE = Stage("on_the_day", 70, lambda: _("On the day"), on_the_day)
