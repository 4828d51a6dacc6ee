"""What hands wrote of a person beside the scans: corrections, test, survey."""

from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select

from eventhub.agenda.models import Session
from eventhub.attendance.models import (
    AttendanceCorrection,
    CourseResult,
    ImportedScore,
    SurveyAnswer,
    SurveyReceipt,
)
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.people.seams import Held, PersonalData, Whose

TABLES = (AttendanceCorrection, CourseResult, ImportedScore, SurveyReceipt, SurveyAnswer)


def held(whose: Whose) -> Held:
    """Return corrections, test and survey; what was said without a name is nobody's."""
    query = (
        select(AttendanceCorrection, Session)
        .join(Session, Session.id == AttendanceCorrection.session_id)
        .where(_of(AttendanceCorrection, whose))
        .order_by(AttendanceCorrection.id)
    )
    corrections = [
        {
            "session": dict(session.titles),
            "minutes": row.minutes,
            "excused": row.minutes is None,
            "reason": row.reason,
            "made_by": row.made_by,
            "made_at": whose.time(row.made_at),
            "undone_at": whose.time(row.undone_at),
        }
        for row, session in db.session.execute(query)
    ]
    results = [
        {"post_test": result.post_test, "survey_sent": result.survey_sent}
        for result in db.session.scalars(select(CourseResult).where(_of(CourseResult, whose)))
    ]
    scores = [
        {"score": row.score, "before": row.before}
        for row in db.session.scalars(select(ImportedScore).where(_of(ImportedScore, whose)))
    ]
    receipts = db.session.scalars(select(SurveyReceipt).where(_of(SurveyReceipt, whose)))
    answers = db.session.scalars(select(SurveyAnswer.answers).where(_of(SurveyAnswer, whose)))
    return Held(
        {
            "attendance_correction": corrections,
            "course_result": results,
            "imported_score": scores,
            "survey_receipt": [{"sent": True} for _row in receipts],
            "survey_answer": [dict(row) for row in answers],
        }
    )


def erase(whose: Whose, *, actor: Actor) -> None:
    """Remove it all."""
    for model in TABLES:
        db.session.execute(delete(model).where(_of(model, whose)))


def _of(model: Any, whose: Whose) -> ColumnElement[bool]:
    return and_(model.event_id == whose.event_id, model.registration_id == whose.registration_id)


PERSONAL = PersonalData(
    "attendance", frozenset(model.__tablename__ for model in TABLES), held, erase
)
