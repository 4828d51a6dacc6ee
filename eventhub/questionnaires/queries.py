"""Asking for questions and answers."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from eventhub.core.db import db
from eventhub.i18n import Translated
from eventhub.keys.ring import KeyDestroyed, ring
from eventhub.questionnaires.models import AnswerSet, Questionnaire
from eventhub.questionnaires.rules import Answer, Question, read_question

Answers = dict[str, Answer]
"""By question code; questions left unanswered are absent."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The version of a questionnaire that an event asks now."""

    questionnaire_id: int
    code: str
    number: int
    title: Translated
    questions: tuple[Question, ...]


REGISTRATION, SURVEY = "registration", "survey"
"""What a questionnaire is for."""


def questionnaires_of(event_id: int, purpose: str = REGISTRATION) -> list[Questionnaire]:
    """Return the newest version of each questionnaire that the event asks, in order of making."""
    query = (
        select(Questionnaire)
        .where(
            Questionnaire.event_id == event_id,
            Questionnaire.purpose == purpose,
            Questionnaire.is_on,
        )
        .order_by(Questionnaire.number, Questionnaire.id)
    )
    newest = {row.code: row for row in db.session.scalars(query)}
    return list(newest.values())


def questions_of(event_id: int, purpose: str = REGISTRATION) -> list[Asked]:
    """Return what the event asks now; one statement."""
    return [asked_in(row) for row in questionnaires_of(event_id, purpose)]


def asked_in(row: Questionnaire) -> Asked:
    """Return what a questionnaire asks."""
    questions = tuple(read_question(question) for question in row.questions)
    return Asked(row.id, row.code, row.number, row.titles, questions)


def answers_of(event_id: int, registration_id: int) -> Answers:
    """Return what one person answered; enciphered answers are absent once their key is gone."""
    return answers_by_registration(event_id, [registration_id]).get(registration_id, {})


def answers_by_registration(event_id: int, registration_ids: Collection[int]) -> dict[int, Answers]:
    """Return the answers of many by registration id, those who answered nothing left out."""
    query = select(AnswerSet).where(
        AnswerSet.event_id == event_id, AnswerSet.registration_id.in_(set(registration_ids))
    )
    found: dict[int, Answers] = defaultdict(dict)
    for row in db.session.scalars(query.order_by(AnswerSet.id)):
        found[row.registration_id].update({**row.answers, **_opened(row)})
    return dict(found)


def said(asked: Collection[Asked], answers: Mapping[str, Answer]) -> list[tuple[str, str]]:
    """Return label and words of each question answered, in the present language."""
    lines = []
    for question in (question for one in asked for question in one.questions):
        answer = answers.get(question.code)
        if not answer:
            continue
        names = {option.code: Translated(option.labels).pick() for option in question.options}
        if isinstance(answer, str):
            words = names.get(answer, answer)
        else:
            words = ", ".join(names.get(code, code) for code in answer)
        lines.append((Translated(question.labels).pick(), words))
    return lines


def seal_context(registration_id: int, questionnaire_id: int) -> bytes:
    """Return what binds enciphered answers to their row."""
    return f"answers:{registration_id}:{questionnaire_id}".encode()


def _opened(row: AnswerSet) -> Answers:
    if row.sealed is None:
        return {}
    try:
        key = ring().event_key(row.event_id, "sensitive")
    except KeyDestroyed:
        return {}
    context = seal_context(row.registration_id, row.questionnaire_id)
    found: Answers = json.loads(ring().decipher(key, row.sealed, context))
    return found
