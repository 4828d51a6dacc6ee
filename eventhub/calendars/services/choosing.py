"""Choosing what the own calendar shows."""

from collections.abc import Collection

from sqlalchemy import delete, select

from eventhub.agenda.models import Session
from eventhub.audit.services import Subject, record
from eventhub.calendars.models import CalendarChoice, Star
from eventhub.calendars.rules import ALARMS_MINUTES
from eventhub.calendars.services.telling import begin, queue_news
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.events.queries import get_event_by_id
from eventhub.registration.models import Registration


def choose_sessions(registration: Registration, refs: Collection[str], *, actor: Actor) -> int:
    """Star these sessions and no others; return how many. Refs of other events are left out."""
    event_id = registration.event_id
    query = select(Session.id).where(Session.event_id == event_id, Session.ref.in_(set(refs)))
    chosen = list(db.session.scalars(query))
    db.session.execute(delete(Star).where(Star.registration_id == registration.id))
    db.session.add_all(
        Star(registration_id=registration.id, session_id=session_id, event_id=event_id)
        for session_id in chosen
    )
    db.session.flush()
    subject = Subject("registration", registration.ref, hidden=("starred",))
    record(actor, "calendar.choose", [subject], event_id=event_id)
    choice = db.session.get(CalendarChoice, registration.id)
    if choice and choice.by_mail:
        queue_news(get_event_by_id(event_id))
    return len(chosen)


def choose_calendar(
    registration: Registration,
    *,
    language: str,
    alarm_minutes: int | None,
    shows_all: bool,
    by_mail: bool = False,
    actor: Actor,
) -> CalendarChoice:
    """Write down what the own calendar shows, in which language, with which reminder.

    Whoever begins to have changes by mail is sent the whole programme first.
    """
    row = db.session.get(CalendarChoice, registration.id)
    if row is None:
        row = CalendarChoice(registration_id=registration.id, event_id=registration.event_id)
        db.session.add(row)
    row.language, row.shows_all = language, shows_all
    row.alarm_minutes = alarm_minutes if alarm_minutes in ALARMS_MINUTES else None
    begins, row.by_mail = by_mail and not row.by_mail, by_mail
    db.session.flush()
    if begins:
        begin(registration, row)
    subject = Subject("registration", registration.ref, hidden=("calendar",))
    record(actor, "calendar.settle", [subject], event_id=registration.event_id)
    return row


def reset_feed(registration: Registration, *, actor: Actor) -> None:
    """Give the feed a new secret address; the old one shows nothing any more."""
    registration.feed_number += 1
    db.session.flush()
    subject = Subject("registration", registration.ref, hidden=("feed",))
    record(actor, "calendar.reset", [subject], event_id=registration.event_id)


def want_letters(registration: Registration, *, wanted: bool, actor: Actor) -> None:
    """Write down whether a letter shall say what changes in the own programme."""
    row = db.session.get(CalendarChoice, registration.id)
    if row is None:
        row = CalendarChoice(registration_id=registration.id, event_id=registration.event_id)
        db.session.add(row)
    row.by_letter = wanted
    db.session.flush()
    subject = Subject("registration", registration.ref, hidden=("letters",))
    record(actor, "calendar.letters", [subject], event_id=registration.event_id)
