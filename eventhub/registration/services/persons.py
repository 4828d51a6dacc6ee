"""Saying that registrations are of one and the same person (R1.30)."""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from sqlalchemy import select

from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict
from eventhub.i18n import _
from eventhub.people.models import Person
from eventhub.registration.models import Registration


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
