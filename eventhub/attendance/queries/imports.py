"""Asking for the tables of scores that were sent."""

from sqlalchemy import select

from eventhub.attendance.models import CourseResult, ImportedScore, ScoreImport
from eventhub.core.db import db
from eventhub.core.rows import one_of_event
from eventhub.registration.models import Registration


def get_import(event_id: int, ref: str) -> ScoreImport:
    """Return an import of the event by its ref; NotFound where there is none."""
    return one_of_event(ScoreImport, event_id, ScoreImport.ref == ref)


def imports_of(event_id: int, limit: int = 20) -> list[ScoreImport]:
    """Return the newest imports of the event."""
    query = select(ScoreImport).where(ScoreImport.event_id == event_id)
    return list(db.session.scalars(query.order_by(ScoreImport.id.desc()).limit(limit)))


def rows_of_import(row: ScoreImport) -> list[tuple[ImportedScore, Registration, float | None]]:
    """Return what each row wrote, for whom, and the score as it is now: one statement."""
    query = (
        select(ImportedScore, Registration, CourseResult.post_test)
        .join(Registration, Registration.id == ImportedScore.registration_id)
        .outerjoin(CourseResult, CourseResult.registration_id == Registration.id)
        .where(ImportedScore.import_id == row.id, ImportedScore.event_id == row.event_id)
        .order_by(ImportedScore.number)
    )
    return [(done, person, now) for done, person, now in db.session.execute(query)]


def scores_of(event_id: int) -> dict[int, float | None]:
    """Return the scores known by registration id: one statement."""
    query = select(CourseResult.registration_id, CourseResult.post_test).where(
        CourseResult.event_id == event_id
    )
    return dict(db.session.execute(query).all())
