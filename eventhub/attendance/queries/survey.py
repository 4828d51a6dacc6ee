"""Asking for the survey of an event, who sent it, and what all answered together."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Exists, exists, func, select

from eventhub.attendance.models import SurveyAnswer, SurveyReceipt
from eventhub.core.db import db
from eventhub.i18n import Translated
from eventhub.questionnaires.models import Questionnaire
from eventhub.questionnaires.queries import SURVEY, Asked, asked_in, questions_of
from eventhub.questionnaires.rules import Kind

FEWEST = 5
"""From how many answers their figures are shown: fewer would tell who said what (R6.9)."""


def survey_asked(event_id: int) -> Asked | None:
    """Return the survey that is open now: one statement."""
    return next(iter(questions_of(event_id, SURVEY)), None)


def find_survey(event_id: int) -> Questionnaire | None:
    """Return the newest survey of the event, open or closed."""
    query = select(Questionnaire).where(
        Questionnaire.event_id == event_id, Questionnaire.purpose == SURVEY
    )
    return db.session.scalar(query.order_by(Questionnaire.number.desc()).limit(1))


def sent_by(event_id: int, registration_id: int | None = None) -> frozenset[int]:
    """Return the ids of the registrations that sent the survey, of all or of one: one statement."""
    query = select(SurveyReceipt.registration_id).where(SurveyReceipt.event_id == event_id)
    if registration_id is not None:
        query = query.where(SurveyReceipt.registration_id == registration_id)
    return frozenset(db.session.scalars(query))


def has_sent(event_id: int, registration_id: int) -> Exists:
    """Return the condition that somebody sent the survey."""
    return exists().where(
        SurveyReceipt.event_id == event_id, SurveyReceipt.registration_id == registration_id
    )


def count_sent(event_id: int) -> int:
    """Return how many sent the survey."""
    query = select(func.count()).select_from(SurveyReceipt)
    return db.session.scalar(query.where(SurveyReceipt.event_id == event_id)) or 0


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with how often each option was chosen, or the texts in no order of sending."""

    label: str
    bars: list[tuple[str, int]]
    texts: list[str]


def results_of(event_id: int) -> list[Answered]:
    """Return what all answered together: two statements; nothing below FEWEST answers."""
    asked = survey_asked(event_id) or _asked(find_survey(event_id))
    query = select(SurveyAnswer.answers).where(SurveyAnswer.event_id == event_id)
    rows = list(db.session.scalars(query.order_by(SurveyAnswer.ref)))
    if asked is None or len(rows) < FEWEST:
        return []
    found = []
    for question in asked.questions:
        given = [row[question.code] for row in rows if row.get(question.code)]
        label = Translated(question.labels).pick()
        if question.kind == Kind.LINE:
            found.append(Answered(label, [], sorted(given)))
            continue
        counts = Counter(code for one in given for code in ([one] if isinstance(one, str) else one))
        bars = [(Translated(one.labels).pick(), counts[one.code]) for one in question.options]
        found.append(Answered(label, bars, []))
    return found


def _asked(row: Questionnaire | None) -> Asked | None:
    return None if row is None else asked_in(row)
