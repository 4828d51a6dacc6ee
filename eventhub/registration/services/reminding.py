"""Reminding focal points before each deadline by one digest a day at most (R1.16)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from eventhub.core import clock
from eventhub.core.db import db, insert_unless_there
from eventhub.delegations.models import Delegation
from eventhub.delegations.queries import focal_points_of
from eventhub.events.models import Event
from eventhub.events.queries import is_rehearsal
from eventhub.mail.services import Addressed, send
from eventhub.people.models import Account
from eventhub.registration.models import Reminder
from eventhub.registration.queries import Setup, setup_of
from eventhub.registration.queries.due import deadlines_of, is_lacking
from eventhub.registration.queries.lacking import lacking_in
from eventhub.registration.rules import reminder_due
from eventhub.registration.rules.due import Due


@dataclass(frozen=True, slots=True)
class _Due:
    """A delegation of which somebody is to be reminded."""

    account: Account
    delegation: Delegation
    what: Due
    days: int


def remind_focal_points() -> int:
    """Put one digest for each focal point with a reminder due into the outbox; return how many.

    Safe to run at any time: nobody gets two on one day, or the same one twice. Each deadline of
    the event counts by itself; delegations of which nothing lacks for it are left out.
    """
    by_account: dict[tuple[int, int | None], list[_Due]] = {}
    for event in _coming_events():
        setup = setup_of(event.id)
        standing = {
            one.what: days
            for one in deadlines_of(setup.event, setup.settings)
            if (days := reminder_due(one.at, clock.now())) is not None
        }
        if not standing:
            continue
        alone = event.id if is_rehearsal(event.id) else None  # its mail is caught
        for due in _due(setup, standing):
            by_account.setdefault((due.account.id, alone), []).append(due)
    for (_account, alone), some in by_account.items():
        _send(some, event_id=alone)
    return len(by_account)


def _coming_events() -> Sequence[Event]:
    query = select(Event).where(Event.state == "published", Event.ends_at > clock.now())
    events = db.session.scalars(query.order_by(Event.registration_closes_at, Event.id))
    return [event for event in events if "delegations" in event.switches]


def _due(setup: Setup, standing: Mapping[Due, int]) -> list[_Due]:
    """Return whom to remind of which delegation: nobody twice a day, or twice of these days.

    `standing` has the days of the reminder that stands now, by deadline.
    """
    event = setup.event
    rows = db.session.scalars(
        select(Delegation).where(Delegation.event_id == event.id, Delegation.reply != "regrets")
    )
    delegations = {row.id: row for row in rows}
    points = focal_points_of(event.id, list(delegations))
    missing = lacking_in(setup, {row.id: row.entity_id for row in delegations.values()})
    accounts = {one.account.id for some in points.values() for one in some}
    today = clock.now().date()
    told_today = set(
        db.session.scalars(
            select(Reminder.account_id)
            .join(Event, Event.id == Reminder.event_id)
            .where(
                Reminder.account_id.in_(accounts),
                Reminder.on_day == today,
                _delivered_with(event),
            )
        )
    )
    query = select(Reminder.delegation_id, Reminder.account_id, Reminder.what, Reminder.days).where(
        Reminder.event_id == event.id
    )
    told = {tuple(row) for row in db.session.execute(query)}
    return [
        _Due(one.account, delegations[delegation_id], what, days)
        for delegation_id, some in points.items()
        for one in some
        for what, days in standing.items()
        if is_lacking(what, missing[delegation_id])
        and one.account.id not in told_today
        and (delegation_id, one.account.id, what, days) not in told
    ]


def _delivered_with(event: Event) -> ColumnElement[bool]:
    """Return the condition that a reminder reaches people as the event's own do.

    What a rehearsal sends is caught: it counts in that rehearsal alone.
    """
    if event.rehearsal_of_id is None:
        return Event.rehearsal_of_id.is_(None)
    return Event.id == event.id


def _send(some: Sequence[_Due], *, event_id: int | None) -> None:
    account = some[0].account
    for due in some:
        values = {
            "event_id": due.delegation.event_id,
            "delegation_id": due.delegation.id,
            "account_id": account.id,
            "what": str(due.what),
            "days": due.days,
            "on_day": clock.now().date(),
        }
        insert_unless_there(Reminder, values)
    ids = {
        "account": account.id,
        "delegations": list(dict.fromkeys(due.delegation.id for due in some)),
    }
    addressed = Addressed(account.email, account.language or "en", ids)
    send("registration.digest", [addressed], event_id=event_id)
