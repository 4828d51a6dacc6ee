"""Rows for tests of figures; each names only what the test is about."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from eventhub.checkin.models import Gate, Scan
from eventhub.entities.models import Entity
from eventhub.events.models import Event, Series
from eventhub.i18n import Translated
from eventhub.people.models import Person
from eventhub.registration.models import Registration
from tests.factories import keep, make_entity


def make_gate(event: Event, **given: Any) -> Gate:
    """Return an open door."""
    gate: Gate = keep(Gate(**{"event_id": event.id, "names": Translated(en="Gate A"), **given}))
    return gate


def came(gate: Gate, registration: Registration, **given: Any) -> Scan:
    """Let somebody in at a gate."""
    values = {
        "uid": str(uuid4()),
        "event_id": gate.event_id,
        "gate_id": gate.id,
        "registration_id": registration.id,
        "direction": "in",
        "answer": "enter",
        "device_at": datetime(2026, 3, 1, 9, tzinfo=UTC),
    }
    scan: Scan = keep(Scan(**{**values, **given}))
    return scan


def tick(gate: Gate, entity: Entity) -> Scan:
    """Tick a State as present."""
    scan: Scan = keep(
        Scan(
            uid=str(uuid4()), event_id=gate.event_id, gate_id=gate.id, entity_id=entity.id,
            direction="in", answer="enter", source="tick",
            device_at=datetime(2026, 3, 1, 9, tzinfo=UTC),
        )
    )  # fmt: skip
    return scan


def make_person() -> Person:
    """Return an identity that registrations of several events share."""
    person: Person = keep(Person(confirmed_by="Data officer"))
    return person


def make_series(event: Event, **given: Any) -> Series:
    """Return a series of the event's institution; the event is not of it yet."""
    values = {
        "institution_id": event.institution_id,
        "slug": f"series-{event.slug}",
        "titles": Translated(en="Seminars on artificial intelligence"),
    }
    series: Series = keep(Series(**{**values, **given}))
    return series


def make_states() -> dict[str, Entity]:
    """Return three States and a university, by code."""
    return {
        "ZMB": make_entity(
            "ZMB", "Zambia", region="002", un_group="AFR", lldc=True, ranks={"en": 194, "fr": 192}
        ),
        "EGY": make_entity(
            "EGY", "Egypt", region="002", un_group="AFR", ranks={"en": 54, "fr": 50},
            names=Translated(en="Egypt", fr="Égypte"),
        ),
        "FRA": make_entity(
            "FRA", "France", region="150", un_group="WEOG", ranks={"en": 61, "fr": 62}
        ),
        "UNZA": make_entity("UNZA", "University of Zambia", kind="academia"),
    }  # fmt: skip
