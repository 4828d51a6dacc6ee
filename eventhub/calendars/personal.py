"""A person's starred sessions."""

from sqlalchemy import delete, select

from eventhub.agenda.models import Session
from eventhub.calendars.models import Star
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.people.seams import Held, PersonalData, Whose


def held(whose: Whose) -> Held:
    """Return the sessions that the person chose."""
    query = (
        select(Session)
        .join(Star, Star.session_id == Session.id)
        .where(Star.event_id == whose.event_id, Star.registration_id == whose.registration_id)
        .order_by(Session.starts_at, Session.id)
    )
    rows = [{"session": row.code, "title": row.title()} for row in db.session.scalars(query)]
    return Held({"star": rows})


def erase(whose: Whose, *, actor: Actor) -> None:
    """Remove the choice."""
    db.session.execute(
        delete(Star).where(
            Star.event_id == whose.event_id, Star.registration_id == whose.registration_id
        )
    )


PERSONAL = PersonalData("calendars", frozenset({"star"}), held, erase)
