"""Writing test scores and surveys sent, as hands know them."""

from collections.abc import Mapping
from typing import TypeVar

from sqlalchemy import select

from eventhub.attendance.models import CourseResult
from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Invalid
from eventhub.i18n import _

Given = TypeVar("Given")


def write_results(
    event_id: int, results: Mapping[int, tuple[float | None, bool]], *, actor: Actor
) -> None:
    """Write test score (0 to 1) and survey sent, by registration id."""
    for row, (score, survey) in _rows(event_id, results):
        row.post_test, row.survey_sent = _checked(score), survey
    _done(event_id, len(results), actor)


def write_scores(event_id: int, scores: Mapping[int, float | None], *, actor: Actor) -> None:
    """Write test scores (0 to 1; None removes one) by registration id; surveys stay as they are."""
    for row, score in _rows(event_id, scores):
        row.post_test = _checked(score)
    _done(event_id, len(scores), actor)


def _rows(event_id: int, given: Mapping[int, Given]) -> list[tuple[CourseResult, Given]]:
    query = select(CourseResult).where(
        CourseResult.event_id == event_id, CourseResult.registration_id.in_(list(given))
    )
    known = {row.registration_id: row for row in db.session.scalars(query)}
    for registration_id in given:
        if registration_id not in known:
            row = CourseResult(event_id=event_id, registration_id=registration_id)
            db.session.add(row)
            known[registration_id] = row
    return [(known[one], value) for one, value in given.items()]


def _checked(score: float | None) -> float | None:
    if score is not None and not 0 <= score <= 1:
        raise Invalid(_("A score is between 0 and 100 per cent."), "post_test")
    return score


def _done(event_id: int, count: int, actor: Actor) -> None:
    db.session.flush()
    subject = Subject("course_results", str(count))
    record(actor, "certificate.results", [subject], event_id=event_id)
