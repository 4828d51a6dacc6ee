"""What hands wrote of attendance."""

from sqlalchemy import select

from eventhub.attendance.models import AttendanceCorrection, CourseResult
from eventhub.core.db import db
from eventhub.core.rows import one_of_event


def corrections_of(event_id: int, registration_id: int) -> list[AttendanceCorrection]:
    """Return what was ever corrected of somebody, undone or not, the newest first."""
    query = select(AttendanceCorrection).where(
        AttendanceCorrection.event_id == event_id,
        AttendanceCorrection.registration_id == registration_id,
    )
    return list(db.session.scalars(query.order_by(AttendanceCorrection.id.desc())))


def get_correction(event_id: int, registration_id: int, ref: str) -> AttendanceCorrection:
    """Return a correction of somebody by its ref; NotFound where there is none."""
    return one_of_event(
        AttendanceCorrection,
        event_id,
        AttendanceCorrection.ref == ref,
        AttendanceCorrection.registration_id == registration_id,
    )


def score_of(event_id: int, registration_id: int) -> float | None:
    """Return the score of somebody's test, 0 to 1; None where none is known."""
    query = select(CourseResult.post_test).where(
        CourseResult.event_id == event_id, CourseResult.registration_id == registration_id
    )
    return db.session.scalar(query)
