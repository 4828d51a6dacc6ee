"""Sending changes by mail to those who asked for it (decision 15)."""

from collections.abc import Container
from dataclasses import replace
from datetime import timedelta
from typing import Any

from eventhub.agenda.queries import latest_number
from eventhub.agenda.rules import DIGEST
from eventhub.agenda.seams import News, Reader
from eventhub.calendars import rules
from eventhub.calendars.feeds import personal_entries, programme_of, source_of
from eventhub.calendars.messages import BEGUN, UPDATED, told_of
from eventhub.calendars.models import CalendarChoice
from eventhub.calendars.queries import (
    Person,
    find_person,
    mailed_people,
)
from eventhub.core import clock
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.i18n import use
from eventhub.jobs.services import queue
from eventhub.mail.services import Addressed, send
from eventhub.registration.models import Registration
from eventhub.web.urls import addresses

TELL = "calendars.tell"


def queue_news(event: Event, **_more: Any) -> None:
    """Let the worker tell what changed, in half an hour; what changes until then goes along.

    A minute after the letters about a new version, which take the same files with them.
    """
    run_at = clock.now() + DIGEST + timedelta(minutes=1)
    queue(TELL, event_id=event.id, run_at=run_at, once=f"{TELL}:{event.id}")


def add_files(news: News, readers: list[Reader]) -> list[Reader]:
    """Name in letters about a new version the entries whose files go along, and remember them.

    Who wants files alone is left out where none would go.
    """
    written_to = {one.ids["registration"] for one in readers if "registration" in one.ids}
    behind = _news(news.event.id, written_to)
    found = {person.registration.id: uids for person, uids in behind}
    given = [
        replace(one, ids={**one.ids, "uids": found[one.ids["registration"]]})
        if one.ids.get("registration") in found
        else one
        for one in readers
    ]
    return [one for one in given if one.message != UPDATED or "uids" in one.ids]


def begin(registration: Registration, choice: CalendarChoice) -> None:
    """Send the whole programme of the person once, and remember that it was told."""
    person = find_person(registration.ref)
    if person is None or latest_number(registration.event_id) is None:
        choice.told = {}
        return
    source = source_of(person)
    with addresses(), use(person.language):
        entries = personal_entries(person, source.event, programme_of(source))
    choice.told = rules.stored(told_of(entries))
    db.session.flush()
    ids = {"registration": registration.id}
    send(BEGUN, [Addressed(registration.email, registration.language, ids)],
         event_id=registration.event_id)  # fmt: skip


def tell_news(event_id: int) -> int:
    """Put one mail into the outbox for each whose calendar is behind; return how many."""
    mails = [
        Addressed(row.email, row.language, {"registration": row.id, "uids": uids})
        for row, uids in ((person.registration, uids) for person, uids in _news(event_id))
    ]
    send(UPDATED, mails, event_id=event_id)
    return len(mails)


def _news(event_id: int, only: Container[int] | None = None) -> list[tuple[Person, list[str]]]:
    """Return the people whose calendars are behind, with the uids of what they are told now.

    All, or only those of whose registrations the ids are given. It counts as told from here on.
    Three statements, and one for each who is told.
    """
    people = mailed_people(event_id)
    if not people or latest_number(event_id) is None:
        return []
    programme = programme_of(source_of(people[0]))
    at, behind = clock.now().isoformat(), []
    with addresses():
        for person in people:
            row, choice = person.registration, person.choice
            if choice is None or (only is not None and row.id not in only):
                continue
            with use(person.language):
                entries = personal_entries(person, person.event, programme)
            told = rules.told_before(choice.told)
            if found := rules.news(told, told_of(entries), at=at):
                choice.told = rules.stored(told | found)
                behind.append((person, list(found)))
    db.session.flush()
    return behind
