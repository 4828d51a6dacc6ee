"""Where everybody stands, and who contributed what."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from eventhub.agenda.models import Session, Slot
from eventhub.attendance.queries.ledger import Ledger, ledger_of
from eventhub.attendance.rules import Policy, Record, Verdict, level
from eventhub.core import clock
from eventhub.core.actor import EVERYTHING, Scope
from eventhub.core.db import db
from eventhub.events.models import Category, Event
from eventhub.i18n import Translated
from eventhub.registration.models import Registration
from eventhub.registration.queries import within
from eventhub.registration.rules import State

GONE = ("declined", "withdrawn")
"""Answers of speakers who take no part after all."""

ATTENDED, APPRECIATION = "attended", "appreciation"
"""Kinds of standing."""


@dataclass(frozen=True, slots=True)
class SpokenIn:
    """A session in which somebody had a part, and which one."""

    code: str
    titles: Translated
    role: str
    starts_at: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one person stands: what was credited, the level, what is missing.

    Of kind "appreciation" it is what somebody contributed: `sessions` names where (R5.3).
    """

    registration: Registration
    record: Record
    verdict: Verdict
    category: str = ""
    kind: str = ATTENDED
    sessions: tuple[SpokenIn, ...] = field(default=())


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


def appreciations_of(event: Event, ids: Collection[int] | None = None) -> list[Standing]:
    """Return what those registered contributed, of all or of these registrations: one statement.

    Who has a part in a session that takes place, and did not decline it, earns the appreciation
    once one such session is over; before that it is missing (R5.3).
    """
    query = (
        select(Registration, Category.code, Session, Slot.role)
        .join(Slot, Slot.speaker_id == Registration.speaker_id)
        .join(Session, Session.id == Slot.session_id)
        .join(Category, Category.id == Registration.category_id)
        .where(
            Registration.event_id == event.id,
            Registration.state == State.ACCREDITED,
            Slot.event_id == event.id,
            Slot.answer.not_in(GONE),
            Session.status != "cancelled",
            Session.is_placed,
        )
        .order_by(Registration.id, Session.starts_at, Slot.place)
    )
    if ids is not None:
        query = query.where(Registration.id.in_(ids))
    now = clock.now()
    found: dict[int, tuple[Registration, str, list[tuple[bool, SpokenIn]]]] = {}
    for person, category, session, role in db.session.execute(query):
        parts = found.setdefault(person.id, (person, category, []))[2]
        is_over = session.ends_at <= now
        part = SpokenIn(session.code, session.titles, role, session.starts_at, session.zone)
        parts.append((is_over, part))
    return [
        _appreciation(person, category, tuple(part for is_over, part in parts if is_over))
        for person, category, parts in found.values()
    ]


def _appreciation(person: Registration, category: str, spoken: tuple[SpokenIn, ...]) -> Standing:
    verdict = Verdict(APPRECIATION) if spoken else Verdict("none", ("session",))
    return Standing(person, Record({}, 0), verdict, category, APPRECIATION, spoken)
