"""Saying that registrations are of one and the same person (R1.30)."""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from sqlalchemy import select

from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db, insert_unless_there
from eventhub.core.errors import Conflict, NotFound
from eventhub.i18n import _
from eventhub.people.models import Person
from eventhub.registration.models import NotTwins, Registration


def part_twins(event_id: int, registration_ids: Sequence[int], *, actor: Actor) -> None:
    """Remember that two registrations of an event are not the same person (R1.30).

    NotFound where they are not two of the event.
    """
    query = select(Registration.id, Registration.ref).where(
        Registration.event_id == event_id, Registration.id.in_(registration_ids)
    )
    refs = dict(db.session.execute(query).all())
    if len(refs) != 2:
        raise NotFound
    first, second = sorted(refs)
    pair = {"event_id": event_id, "first_id": first, "second_id": second}
    said = {"said_by": actor.label[:250], "at": clock.now()}
    if insert_unless_there(NotTwins, {**pair, **said}):
        subjects = [Subject("registration", ref, hidden=("twin",)) for ref in refs.values()]
        record(actor, "registration.not_same_person", subjects, event_id=event_id)


def confirm_same_person(registration_ids: Sequence[int], *, actor: Actor) -> Person:
    """Link registrations of different events to one person, as confirmed by the actor.

    Never done by itself: equal names and addresses are no proof. Who is linked already keeps that
    person. Conflict where two are linked to different persons, or two are of one event.
    """
    query = select(Registration).where(Registration.id.in_(registration_ids))
    rows = list(
        db.session.scalars(query.order_by(Registration.event_id, Registration.id).with_for_update())
    )
    if len({row.event_id for row in rows}) < len(rows):
        raise Conflict(_("One person is registered for an event once. Merge the two first."))
    known = {row.person_id for row in rows if row.person_id is not None}
    if len(known) > 1:
        raise Conflict(_("These were confirmed as two different persons."))
    person = db.session.get_one(Person, known.pop()) if known else Person(confirmed_by=actor.label)
    db.session.add(person)
    db.session.flush()
    new = [row for row in rows if row.person_id is None]
    for row in new:
        row.person_id = person.id
    db.session.flush()
    for event_id, some in groupby(new, attrgetter("event_id")):
        subjects = [Subject("registration", row.ref, hidden=("person",)) for row in some]
        record(actor, "registration.confirm_same_person", subjects, event_id=event_id)
    return person
