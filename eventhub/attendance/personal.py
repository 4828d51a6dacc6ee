"""What was written of a person beside the scans: test and survey."""

from sqlalchemy import ColumnElement, and_, delete, select

from eventhub.attendance.models import CourseResult
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.people.seams import Held, PersonalData, Whose


def held(whose: Whose) -> Held:
    """Return what was written of tests and surveys."""
    query = select(CourseResult).where(_of(CourseResult, whose))
    results = [
        {"post_test": result.post_test, "survey_sent": result.survey_sent}
        for result in db.session.scalars(query)
    ]
    return Held({"course_result": results})


def erase(whose: Whose, *, actor: Actor) -> None:
    """Remove it all."""
    db.session.execute(delete(CourseResult).where(_of(CourseResult, whose)))


def _of(model: type[CourseResult], whose: Whose) -> ColumnElement[bool]:
    return and_(model.event_id == whose.event_id, model.registration_id == whose.registration_id)


PERSONAL = PersonalData("attendance", frozenset({"course_result"}), held, erase)
