"""What time alone does: old drafts go, and what was returned and never corrected."""

from datetime import timedelta

from sqlalchemy import delete, or_, select

from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.photos.services import erase_photos
from eventhub.questionnaires.models import AnswerSet
from eventhub.registration import messages
from eventhub.registration.models import Consent, Decision, Registration
from eventhub.registration.queries import settings_of, setup_of
from eventhub.registration.rules import State
from eventhub.registration.services.holding import carry_out_with_seats
from eventhub.registration.services.moving import Verdict, cancel_held, write_decisions
from eventhub.registration.services.seats import Seats


def events_to_tidy() -> list[int]:
    """Return the ids of events that have drafts, or returned registrations past their time."""
    query = select(Registration.event_id).where(
        (Registration.state == State.DRAFT)
        | ((Registration.state == State.RETURNED) & (Registration.return_until <= clock.now()))
    )
    return list(db.session.scalars(query.distinct().order_by(Registration.event_id)))


def delete_old_drafts(event_id: int) -> int:
    """Delete drafts that are older than the event keeps them; return how many.

    Names that a focal point prepares, and invitations by link, stay until the event is over.
    """
    now = clock.now()
    before = now - timedelta(days=settings_of(event_id).draft_days)
    is_over = select(Event.id).where(Event.id == event_id, Event.ends_at < now).exists()
    query = select(Registration.id, Registration.photo_id).where(
        Registration.event_id == event_id,
        Registration.state == State.DRAFT,
        Registration.created_at < before,
        or_(Registration.source == "self", is_over),
    )
    photos = dict(db.session.execute(query.with_for_update()).all())
    ids = list(photos)
    if ids:
        for model in (Decision, Consent, AnswerSet):
            db.session.execute(delete(model).where(model.registration_id.in_(ids)))
        db.session.execute(delete(Registration).where(Registration.id.in_(ids)))
        erase_photos(event_id, {one for one in photos.values() if one}, actor=SYSTEM)
    return len(ids)


def withdraw_unanswered(event_id: int, *, tell: bool = True) -> list[Registration]:
    """Withdraw returned registrations that nobody corrected in time; their seats become free."""
    setup = setup_of(event_id)
    seats = Seats(setup)
    query = (
        select(Registration)
        .where(
            Registration.event_id == event_id,
            Registration.state == State.RETURNED,
            Registration.return_until <= clock.now(),
        )
        .order_by(Registration.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    rows = list(db.session.scalars(query))
    if not rows:
        return []
    verdict = Verdict(State.WITHDRAWN, "no_answer")
    cancel_held([row.id for row in rows])
    write_decisions(rows, verdict, actor=SYSTEM)
    carry_out_with_seats(setup, seats, rows, verdict, tell=tell)
    if tell:
        messages.tell("withdrawn", rows)
    return rows
