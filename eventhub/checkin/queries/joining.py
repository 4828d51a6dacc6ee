"""Asking who takes part from afar, and what the logs of meetings say of them (R1.27)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from eventhub.agenda.models import Session
from eventhub.agenda.queries import sessions_of
from eventhub.checkin.join_logs import Known
from eventhub.checkin.models import Gate, Scan
from eventhub.checkin.queries.attendance import session_marks
from eventhub.checkin.rules import REMOTE, stays
from eventhub.core.db import db
from eventhub.entities.models import Entity
from eventhub.events.models import Category, Event
from eventhub.files.models import StoredFile
from eventhub.registration.models import Registration
from eventhub.registration.queries import name_of, printed_name, reference
from eventhub.registration.queries.remote import expected_remotely
from eventhub.registration.rules import State, screen_name

LOG_CLASS = "join_log"
"""The class of files that hold logs: each names whoever was in a meeting."""


def known_to_logs(event_id: int, languages: Collection[str]) -> list[Known]:
    """Return the confirmed people as logs name them, once for each language: one statement.

    The name on screen follows the language in which the person read the private page.
    """
    query = (
        select(Registration, Category, Entity)
        .join(Category, Category.id == Registration.category_id)
        .outerjoin(Entity, Entity.id == Registration.entity_id)
        .where(Registration.event_id == event_id, Registration.state == State.ACCREDITED)
        .order_by(Registration.id)
    )
    found = []
    for row, category, entity in db.session.execute(query):
        number = reference(row, entity.code if entity else None)
        for language in dict.fromkeys([row.language, *languages]):
            lead = entity.name(language) if entity else row.organisation
            said = screen_name(lead, name_of(row).on_screen, "")
            found.append(Known(row.id, row.ref, number, row.email, said, category.name(language)))
    return found


@dataclass(frozen=True, slots=True)
class OnScreen:
    """A session, how many mean to follow it remotely, how many did, for how many minutes in all."""

    session: Session
    expected: int
    seen: int
    minutes: int


def on_screen(event: Event) -> list[OnScreen]:
    """Return the sessions that take place, with who follows them remotely: four statements."""
    sessions = [one for one in sessions_of(event.id) if one.status != "cancelled"]
    expected = expected_remotely(event.id, sessions)
    marks = session_marks(event.id)
    found = []
    for session in sessions:
        people = [
            [stay for stay in stays(mark for mark in seen if mark.is_remote) if stay.until]
            for seen in marks.get(session.id, {}).values()
        ]
        there = [some for some in people if some]
        seconds = sum(
            max(
                (min(stay.until, session.ends_at) - max(stay.since, session.starts_at))
                .total_seconds(), 0,
            )
            for some in there for stay in some if stay.until is not None
        )  # fmt: skip
        found.append(OnScreen(session, expected[session.id], len(there), round(seconds / 60)))
    return found


def remote_scans(gate: Gate, registration_ids: Collection[int] | None = None) -> list[Scan]:
    """Return what the logs of a meeting said that still counts, of all or of these people."""
    query = select(Scan).where(Scan.gate_id == gate.id, Scan.undone_at.is_(None))
    if registration_ids is not None:
        query = query.where(Scan.registration_id.in_(registration_ids))
    return list(db.session.scalars(query))


def find_meeting(event_id: int, session_id: int) -> Gate | None:
    """Return the meeting online of a session, if a log of it was ever read."""
    return db.session.scalar(
        select(Gate).where(
            Gate.event_id == event_id, Gate.session_id == session_id, Gate.kind == REMOTE
        )
    )


def find_log(event_id: int, ref: str) -> StoredFile | None:
    """Return a log of the event that waits for being counted."""
    return db.session.scalar(
        select(StoredFile).where(
            StoredFile.event_id == event_id,
            StoredFile.ref == ref,
            StoredFile.data_class == LOG_CLASS,
        )
    )


def names_by_id(event_id: int, ids: Collection[int]) -> Mapping[int, tuple[str, str]]:
    """Return (name, reference) of registrations by id: one statement."""
    query = (
        select(Registration, Entity.code)
        .outerjoin(Entity, Entity.id == Registration.entity_id)
        .where(Registration.event_id == event_id, Registration.id.in_(ids))
    )
    return {
        row.id: (printed_name(row), reference(row, code)) for row, code in db.session.execute(query)
    }
