"""A person's starred sessions, and what they chose of the own calendar."""

from sqlalchemy import delete, select

from eventhub.agenda.models import Session
from eventhub.calendars.models import CalendarChoice, Star
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.people.seams import Held, PersonalData, Whose


def held(whose: Whose) -> Held:
    """Return the sessions that the person chose, and how the calendar shows them."""
    query = (
        select(Session)
        .join(Star, Star.session_id == Session.id)
        .where(Star.event_id == whose.event_id, Star.registration_id == whose.registration_id)
        .order_by(Session.starts_at, Session.id)
    )
    rows = [{"session": row.code, "title": row.title()} for row in db.session.scalars(query)]
    chosen = select(CalendarChoice).where(
        CalendarChoice.event_id == whose.event_id,
        CalendarChoice.registration_id == whose.registration_id,
    )
    choices = [
        {
            "language": row.language,
            "alarm_minutes": row.alarm_minutes,
            "shows_all": row.shows_all,
            "by_mail": row.by_mail,
            "told_of_changes": row.by_letter,
            "sessions_told_by_mail": len(row.told),
        }
        for row in db.session.scalars(chosen)
    ]
    return Held({"star": rows, "calendar_choice": choices})


def erase(whose: Whose, *, actor: Actor) -> None:
    """Remove the choice."""
    for table in (Star, CalendarChoice):
        db.session.execute(
            delete(table).where(
                table.event_id == whose.event_id, table.registration_id == whose.registration_id
            )
        )


PERSONAL = PersonalData("calendars", frozenset({"star", "calendar_choice"}), held, erase)
