"""The days of an event and after: gates, passages, results, certificates."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import select

from eventhub.agenda.queries import sessions_of
from eventhub.attendance.services import write_results
from eventhub.badges.rules import Choice
from eventhub.badges.services import start_run
from eventhub.certificates import services as certificates
from eventhub.checkin.models import Gate
from eventhub.checkin.queries import gates_of
from eventhub.checkin.services import (
    add_gate,
    ensure_gate,
    enter_passages,
    open_gate,
    tick_entities,
)
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.demo import content
from eventhub.demo.content.shapes import DemoEvent
from eventhub.demo.loading.crew import Crew, acting
from eventhub.demo.loading.registering import Ids, find_ids
from eventhub.demo.loading.steps import instant
from eventhub.demo.people import DemoRegistration, registrations_of
from eventhub.entities.models import Entity
from eventhub.entities.rules import STATES
from eventhub.events.models import Event
from eventhub.events.queries import categories_of, get_event, rooms_of
from eventhub.events.services import change_setting
from eventhub.i18n import Translated
from eventhub.registration.models import Registration
from eventhub.registration.queries import accredited_of
from eventhub.registration.services import confirm_same_person
from eventhub.rehearsals import chance

Passages = Mapping[int, datetime]
"""The instant of a passage by registration id."""

ENTRANCE = Translated(
    en="Main entrance", fr="Entrée principale", es="Entrada principal", pt="Entrada principal",
    ru="Главный вход", zh="主入口", ar="المدخل الرئيسي",
)  # fmt: skip
PRINTED_BEFORE = timedelta(days=5)
GATES_BEFORE = timedelta(days=2)
WITHOUT_DOOR = ("break", "logistics", "bilateral")
DESK = {
    "en": "Hall A, beside the entrance",
    "fr": "hall A, à côté de l'entrée",
    "zh": "A厅入口旁",
    "ar": "القاعة A، بجوار المدخل",
}
SUPERVISOR = "+86 592 555 0100"
FROM_ENTRANCE = timedelta(minutes=4)
CONFIRMED_AFTER = timedelta(days=14)
TICKED_EVERY = timedelta(minutes=5)
ASKED_FOR_CERTIFICATE = 0.06
"""How many of those who came to a forum ask for a certificate, which is on request there."""


def print_badges(event: Event, crew: Crew) -> None:
    """Ask for the badges of all some days before, then of the speakers alone."""
    actor = acting(crew["organiser"], event)
    with clock.at(event.starts_at - PRINTED_BEFORE):
        start_run(event, Choice(), actor=actor)
        for row in categories_of(event.id):
            if row.code == "SPK" and event.preset == "forum":
                start_run(event, Choice(kinds=(row.ref,)), actor=actor)


def set_up_gates(one: DemoEvent, event: Event, crew: Crew) -> None:
    """Make the gates at which people are checked, some days before: doors, or lists to tick."""
    actor = acting(crew["organiser"], event)
    with clock.at(event.starts_at - GATES_BEFORE):
        if one.preset == "side_event":
            ensure_gate(event, "states", None, actor=actor)
            ensure_gate(event, "roll_call", None, actor=actor)
        elif one.preset == "seminar":
            for session in sessions_of(event.id):
                ensure_gate(event, "roll_call", session, actor=actor)
        else:
            _set_up_doors(event, actor)


def _set_up_doors(event: Event, actor: Actor) -> None:
    """Make the entrance, and a door for each session that people choose to go to."""
    open_entrance(event, actor)
    zones = {room.id: room.zone_code for room in rooms_of(event.id)}
    for session in sessions_of(event.id):
        if session.kind not in WITHOUT_DOOR:
            zone = zones[session.room_id] if session.room_id else None
            add_gate(event, session.titles, zone_code=zone, session_id=session.id, actor=actor)


def open_entrance(event: Event, actor: Actor) -> None:
    """Make the entrance, and say where the desk is and whom its guards call."""
    add_gate(event, ENTRANCE, actor=actor)
    change_setting(event, "checkin", {"desk": DESK, "supervisor": SUPERVISOR}, actor=actor)


def check_in_people(one: DemoEvent, event: Event, crew: Crew) -> None:
    """Let everybody through the doors, or tick them, at the real times; then close the gates."""
    actor = acting(crew["door"], event)
    gates = {(gate.kind, gate.session_id): gate for gate in gates_of(event.id)}
    ids = find_ids(event, registrations_of(one.slug))
    passages = passages_of(one, event, ids)
    if one.preset == "side_event":
        arrived = next(iter(passages.values()))
        _tick_states(event, gates["states", None], arrived, actor)
        _enter(event, gates["roll_call", None], arrived, "tick", actor)
    else:
        kind, source = ("door", "scan") if one.preset == "forum" else ("roll_call", "tick")
        by_code = {session.code: session for session in sessions_of(event.id)}
        if one.preset == "forum":
            _enter(event, gates[kind, None], _first_of_all(passages), source, actor)
        for code, each in passages.items():
            _enter(event, gates[kind, by_code[code].id], each, source, actor)
    with clock.at(event.ends_at):
        for gate in gates.values():
            open_gate(gate, is_open=False, actor=actor)


def passages_of(one: DemoEvent, event: Event, ids: Ids) -> dict[str, dict[int, datetime]]:
    """Return who came to each session and when, sessions in the order of time."""
    found: dict[str, dict[int, datetime]] = {session.code: {} for session in one.sessions}
    for row in registrations_of(one.slug):
        for check_in in row.attendance.check_ins:
            found[check_in.session][ids[row.id]] = instant(check_in.at, event)
    return {code: passages for code, passages in found.items() if passages}


def _first_of_all(passages: Mapping[str, Passages]) -> Passages:
    """Return when each came through the entrance: shortly before the first session door."""
    first: dict[int, datetime] = {}
    for each in passages.values():
        for who, at in each.items():
            first[who] = min(at - FROM_ENTRANCE, first.get(who, at))
    return first


def _enter(event: Event, gate: Gate, passages: Passages, source: str, actor: Actor) -> None:
    with clock.at(max(passages.values())):
        enter_passages(event, gate, passages, source=source, actor=actor)


def _tick_states(event: Event, gate: Gate, arrived: Passages, actor: Actor) -> None:
    """Tick each State when its first person sits, every few minutes."""
    seated: dict[int, datetime] = {}
    for row, kind in _with_kind(event):
        if row.id in arrived and row.entity_id is not None and kind in STATES:
            at = arrived[row.id]
            seated[row.entity_id] = min(at, seated.get(row.entity_id, at))
    start = min(seated.values())
    for number, group in groupby(
        sorted(seated, key=lambda state: seated[state]),
        key=lambda state: (seated[state] - start) // TICKED_EVERY,
    ):
        with clock.at(start + (number + 1) * TICKED_EVERY):
            tick_entities(event, gate, list(group), actor=actor)


def _with_kind(event: Event) -> Iterator[tuple[Registration, str]]:
    """Yield the accredited whom an entity sent, each with the kind of that entity."""
    rows = accredited_of(event.id)
    kinds = select(Entity.id, Entity.kind).where(Entity.id.in_({row.entity_id for row in rows}))
    kind_of = {row.id: row.kind for row in db.session.execute(kinds)}
    for row in rows:
        if row.entity_id is not None:
            yield row, kind_of[row.entity_id]


def certify(one: DemoEvent, event: Event, crew: Crew) -> None:
    """Write results and issue certificates: by a run after a seminar, to who asks after a forum."""
    actor = acting(crew["organiser"], event)
    people = registrations_of(one.slug)
    ids = find_ids(event, people)
    after = max(session.end for session in one.sessions) + timedelta(minutes=15)
    with clock.at(instant(after, event)):
        if one.preset == "seminar":
            results = {
                ids[row.id]: (row.attendance.post_test, row.attendance.survey) for row in people
            }
            write_results(event.id, results, actor=actor)
            run = certificates.start_run(event, {"all": True}, tell=False, actor=actor)
            certificates.issue_at_once(event, run, actor=actor)
        else:
            asked = [
                ids[row.id]
                for row in people
                if chance.share(row.id, "certificate") < ASKED_FOR_CERTIFICATE
            ]
            certificates.issue_certificates(event, asked, tell=False, actor=actor)


def is_later_of_series(one: DemoEvent) -> bool:
    """Tell whether some of the people came to an earlier event of the series, too."""
    return any(one.slug in series.events[1:] for series in content.series())


def confirm_persons(one: DemoEvent, event: Event, crew: Crew) -> None:
    """Confirm who came to an earlier event of the series, too, once registration has closed."""
    actor = acting(crew["organiser"], event)
    for series in content.series():
        if one.slug not in series.events:
            continue
        earlier = series.events[: series.events.index(one.slug)]
        events = [*map(get_event, earlier), event]
        with clock.at(event.registration_closes_at + CONFIRMED_AFTER):
            for who in series.same_person_in_both:
                rows = [find_ids(each, _called(each, who))[who] for each in events]
                confirm_same_person(rows, actor=actor)


def _called(event: Event, who: str) -> list[DemoRegistration]:
    return [row for row in registrations_of(event.slug) if row.id == who]
