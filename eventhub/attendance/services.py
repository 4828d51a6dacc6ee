"""Saying what attendance takes, and writing what scans do not tell."""

from typing import Any

from sqlalchemy import select

from eventhub.attendance.models import CourseResult
from eventhub.attendance.rules import SETTING
from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Invalid
from eventhub.events.models import Event
from eventhub.events.services import change_setting
from eventhub.i18n import _


def change_policy(event: Event, changes: dict[str, Any], *, actor: Actor) -> None:
    """Change what the event asks of attendance: fields of Policy, JSON values."""
    change_setting(event, SETTING, changes, actor=actor)


def write_results(
    event_id: int, results: dict[int, tuple[float | None, bool]], *, actor: Actor
) -> None:
    """Write test score (0 to 1) and survey sent, by registration id."""
    known = {
        row.registration_id: row
        for row in db.session.scalars(select(CourseResult).filter_by(event_id=event_id))
    }
    for registration_id, (score, survey) in results.items():
        if score is not None and not 0 <= score <= 1:
            raise Invalid(_("A score is between 0 and 100 per cent."), "post_test")
        row = known.get(registration_id)
        if row is None:
            row = CourseResult(event_id=event_id, registration_id=registration_id)
            db.session.add(row)
        row.post_test, row.survey_sent = score, survey
    db.session.flush()
    subject = Subject("course_results", str(len(results)))
    record(actor, "certificate.results", [subject], event_id=event_id)
