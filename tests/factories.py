"""Rows for tests; each names only what the test is about."""

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from eventhub.access.models import Grant
from eventhub.core.actor import EVERYTHING, Actor
from eventhub.core.db import Base, db, transaction
from eventhub.entities.models import Entity
from eventhub.events.models import Category, Event
from eventhub.i18n import Translated
from eventhub.institutions.models import Institution
from eventhub.people.models import Account
from eventhub.registration.models import Registration

_numbers = itertools.count(1)


def actor_with(*permissions: str) -> Actor:
    """Return an actor who holds these permissions without limits."""
    return Actor("account", 1, "Test officer", dict.fromkeys(permissions, EVERYTHING))


def keep(row: Base) -> Any:
    """Add the row and commit."""
    with transaction():
        db.session.add(row)
    return row


def make_account(**given: Any) -> Account:
    """Return an account."""
    n = next(_numbers)
    account: Account = keep(
        Account(**{"email": f"person{n}@example.org", "name": f"Person {n}", **given})
    )
    return account


def make_entity(code: str = "ZMB", name: str = "Zambia", **given: Any) -> Entity:
    """Return an entity, a Member State by default."""
    values = {"kind": "member_state", "names": Translated(en=name), "search": name.lower()}
    entity: Entity = keep(Entity(**{"code": code, **values, **given}))
    return entity


def make_institution(**given: Any) -> Institution:
    """Return an institution in Shanghai time."""
    values = {
        "names": Translated(en="Ministry of Digital Affairs"),
        "kind": "ministry",
        "zone": "Asia/Shanghai",
        "contact_email": "host@example.org",
    }
    institution: Institution = keep(Institution(**{**values, **given}))
    return institution


def make_event(**given: Any) -> Event:
    """Return a published forum of two days, a month ahead, with 100 places, without categories."""
    n = next(_numbers)
    zone = ZoneInfo(given.get("zone", "Asia/Shanghai"))
    starts_on: date = given.get("starts_on", (datetime.now(UTC) + timedelta(days=30)).date())
    ends_on: date = given.get("ends_on", starts_on + timedelta(days=1))
    first = datetime.combine(starts_on, datetime.min.time(), zone)
    last = datetime.combine(ends_on + timedelta(days=1), datetime.min.time(), zone)
    closes = datetime.combine(starts_on - timedelta(days=1), datetime.min.time())
    values: dict[str, Any] = {
        "slug": f"forum-{2026 + n}",
        "code": f"FORUM-{n}",
        "preset": "forum",
        "state": "published",
        "titles": Translated(en=f"Forum {n}", fr=f"Forum {n} fr"),
        "summary": Translated(),
        "notice": Translated(),
        "cities": Translated(en="Xiamen"),
        "venue_names": Translated(),
        "starts_on": starts_on,
        "ends_on": ends_on,
        "zone": str(zone),
        "starts_at": first,
        "ends_at": last,
        "city": "Xiamen",
        "languages": ["en", "fr", "zh"],
        "contact_email": "host@example.org",
        "places": 100,
        "registration_closes": closes,
        "registration_closes_at": closes.replace(tzinfo=zone),
        "switches": ["delegations", "seats", "badges", "doors", "certificates", "speakers"],
    }
    if "institution_id" not in given:
        values["institution_id"] = make_institution().id
    event: Event = keep(Event(**{**values, **given}))
    return event


def make_category(event: Event, code: str = "DEL", **given: Any) -> Category:
    """Return a category that a focal point vouches for and the secretariat approves."""
    values = {
        "event_id": event.id,
        "code": code,
        "names": Translated(en="Delegate", fr="Délégué(e)"),
        "colour": "#1F5FA8",
        "mark": code[:2],
        "zones": ["Z1"],
        "vouched_by": "focal_point",
        "approver": "secretariat",
    }
    category: Category = keep(Category(**{**values, **given}))
    return category


def make_registration(event: Event, category: Category, **given: Any) -> Registration:
    """Return a submitted registration."""
    n = next(_numbers)
    values = {
        "event_id": event.id,
        "category_id": category.id,
        "state": "submitted",
        "family_name": "MWILA",
        "given_names": f"Chanda {n}",
        "email": f"delegate{n}@example.org",
        "search": f"mwila chanda {n}",
    }
    registration: Registration = keep(Registration(**{**values, **given}))
    return registration


def give(account: Account, role: str, event: Event | None = None, **given: Any) -> Grant:
    """Give a role, at the event where one is named."""
    values = {"account_id": account.id, "role": role, "event_id": event.id if event else None}
    grant: Grant = keep(Grant(**{**values, **given}))
    return grant
