"""Where everybody stands."""

from dataclasses import dataclass

from sqlalchemy import select

from eventhub.attendance.queries.ledger import Ledger, ledger_of
from eventhub.attendance.rules import Policy, Record, Verdict, level
from eventhub.core.actor import EVERYTHING, Scope
from eventhub.core.db import db
from eventhub.events.models import Category, Event
from eventhub.registration.models import Registration
from eventhub.registration.queries import within
from eventhub.registration.rules import State


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one person stands: what was credited, the level, what is missing; category by code."""

    registration: Registration
    record: Record
    verdict: Verdict
    category: str = ""


def participants_of(event_id: int, scope: Scope = EVERYTHING) -> list[tuple[Registration, str]]:
    """Return everybody accredited in a category that counts, with its code: one statement."""
    query = (
        select(Registration, Category.code)
        .join(Category, Category.id == Registration.category_id)
        .where(
            Registration.event_id == event_id,
            Registration.state == State.ACCREDITED,
            Category.counts_as_participant,
            within([scope]),
        )
        .order_by(Registration.id)
    )
    return [(person, code) for person, code in db.session.execute(query)]


def category_of(person: Registration) -> Category:
    """Return somebody's category: one statement."""
    return db.session.get_one(Category, person.category_id)


def standings_of(event: Event, policy: Policy, scope: Scope = EVERYTHING) -> list[Standing]:
    """Return where everybody accredited in a category that counts stands: seven statements."""
    ledger = ledger_of(event, policy)
    return [standing_of(ledger, *one) for one in participants_of(event.id, scope)]


def standing_of(ledger: Ledger, person: Registration, category: str) -> Standing:
    """Return where one person of a category stands; no statement."""
    record = ledger.record(person.id, category)
    return Standing(person, record, level(record, ledger.policy), category)
