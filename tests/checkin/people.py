"""People with real passes, and gates, for tests of doors."""

from datetime import datetime, timedelta
from typing import Any

from eventhub.agenda.models import Session
from eventhub.checkin import services
from eventhub.checkin.models import Gate, Scan
from eventhub.checkin.queries import (
    Holder,
    holder_of_ref,
)
from eventhub.core.db import db, transaction
from eventhub.core.ids import new_uuid
from eventhub.events.models import Category, Event, EventZone
from eventhub.i18n import Translated
from eventhub.passes.queries import find_pass
from eventhub.passes.tokens import qr_text
from eventhub.people.models import Account
from eventhub.registration.models import Registration
from eventhub.registration.services import Entry, register_and_accredit
from tests.browser import Browser
from tests.factories import (
    actor_with,
    give,
    keep,
    make_account,
    make_category,
    make_event,
)

DESK = actor_with("checkin.desk", "registration.enter", "registration.decide", "badge.print")
GUARD = actor_with("checkin.scan", "checkin.view")
OWNER = actor_with("checkin.scan", "checkin.undo", "checkin.supervise", "gate.edit")
SWITCHES = ["badges", "roll_call", "states_in_room", "doors"]
Room = tuple[Event, Category, Session]
Stage = tuple[Event, Category, Gate]


def make_forum(**given: Any) -> tuple[Event, Category]:
    """Return a forum with zones, and its delegates, whose badges need no photo."""
    if db.session.get(Account, GUARD.id) is None:
        make_account()  # whoever the actors of these tests are
    event = make_event(**given)
    for place, code in enumerate(("Z0", "Z1", "Z2", "Z3")):
        keep(EventZone(event_id=event.id, code=code, names=Translated(en=code), place=place))
    return event, make_category(event, photo_waived=True, zones=["Z1", "Z2"])


def admit(event: Event, category: Category, **values: Any) -> Registration:
    """Register and accredit one person through the services."""
    typed = {"family_name": "Mwila", "given_names": "Chanda", **values}
    with transaction():
        entries = [Entry(category.id, typed)]
        [row] = register_and_accredit(event.id, entries, actor=DESK, tell=False)
    return row


def make_gate(event: Event, name: str = "Gate A", **given: Any) -> Gate:
    """Add a gate through the service."""
    with transaction():
        return services.add_gate(event, Translated(en=name), actor=OWNER, **given)


def qr_of(row: Registration) -> str:
    """Return what the QR code of a person's badge holds now."""
    held = find_pass(row.event_id, row.pass_id or 0)
    assert held is not None
    return qr_text(held, "localhost", is_https=True)


def scan(event: Event, gate: Gate, text: str, *, uid: str = "", **given: Any) -> services.Answer:
    """Scan at a gate, in a transaction of its own."""
    with transaction():
        held = services.hold_gate(event.id, gate.ref)
        answer = services.scan_text(
            event, held, text, uid=uid or new_uuid(), actor=given.pop("actor", GUARD), **given
        )
    assert answer is not None
    return answer


def said(event: Event, gate: Gate, text: str, **given: Any) -> tuple[str, str]:
    """Return the answer and the reason."""
    found = scan(event, gate, text, **given)
    return found.answer, found.reason


def holder(row: Registration) -> Holder:
    """Return the person as a door sees them."""
    found = holder_of_ref(row.event_id, row.ref)
    assert found is not None
    return found


def scans(event: Event) -> list[Scan]:
    """Return all scans of the event in the order in which they were written."""
    query = db.select(Scan).where(Scan.event_id == event.id).order_by(Scan.id)
    return list(db.session.scalars(query))


def reissue(event: Event, row: Registration) -> None:
    """Print the badge again because it was lost."""
    with transaction():
        services.reissue(event, row, reason="lost", document="passport", actor=DESK)


def lecture(event: Event, code: str, hour: int, **given: object) -> Session:
    """Add a session of two hours on the first day, from this hour."""
    wall = datetime.combine(event.starts_on, datetime.min.time()) + timedelta(hours=hour)
    starts_at = event.starts_at + timedelta(hours=hour)
    values = {
        "event_id": event.id, "code": code, "titles": Translated(en=f"Lecture {code}"),
        "descriptions": Translated(), "place_note": Translated(), "kind": "lecture",
        "zone": event.zone, "starts": wall, "ends": wall + timedelta(hours=2),
        "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2),
    }  # fmt: skip
    session: Session = keep(Session(**{**values, **given}))
    return session


def worker(browser: Browser, event: Event, role: str = "door_staff") -> Browser:
    """Sign in somebody who works at the event."""
    account = make_account()
    give(account, role, event)
    return browser.sign_in(account)


def roll_gate(event: Event, session: Session | None) -> Gate:
    """Return the gate of a roll call."""
    with transaction():
        return services.ensure_gate(event, "roll_call", session, actor=GUARD)
