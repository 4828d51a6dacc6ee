"""Making questionnaires from ready ones, and keeping answers."""

import tomllib
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from sqlalchemy import insert, select

from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db, dumps
from eventhub.core.errors import Invalid
from eventhub.i18n import Translated, _
from eventhub.keys.ring import ring
from eventhub.questionnaires.models import AnswerSet, Questionnaire
from eventhub.questionnaires.queries import (
    SURVEY,
    Asked,
    questionnaires_of,
    questions_of,
    seal_context,
)
from eventhub.questionnaires.rules import (
    Answer,
    BadAnswer,
    Question,
    accepted,
    field_name,
    read_question,
)

READY = ("participation",)
"""Names of the files of ready questionnaires."""


def make_ready(event_id: int, preset: str) -> list[Questionnaire]:
    """Give a new event the ready questionnaires of its preset; one it has already stays."""
    there = {row.code for row in questionnaires_of(event_id)}
    made = []
    for ready in map(_ready, READY):
        if preset not in ready["presets"] or ready["code"] in there:
            continue
        for raw in ready["questions"]:
            read_question(raw)
        made.append(
            Questionnaire(
                event_id=event_id,
                code=ready["code"],
                titles=Translated(ready["titles"]),
                questions=ready["questions"],
            )
        )
    db.session.add_all(made)
    db.session.flush()
    return made


def make_survey(event_id: int) -> Questionnaire:
    """Give an event the ready survey, not open yet."""
    ready = _ready("survey")
    questions = [
        {**raw, "options": ready[raw["options"]]} if "options" in raw else raw
        for raw in ready["questions"]
    ]
    for raw in questions:
        read_question(raw)
    row = Questionnaire(
        event_id=event_id, code=ready["code"], titles=Translated(ready["titles"]),
        questions=questions, purpose=SURVEY, is_on=False,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def copy_questionnaires(from_event_id: int, to_event_id: int) -> dict[int, int]:
    """Copy what one event asks to another that lacks it, as first versions; ids old to new."""
    there = {row.code: row for row in questionnaires_of(to_event_id)}
    copies: dict[int, int] = {}
    for row in questionnaires_of(from_event_id):
        copy = there.get(row.code) or Questionnaire(event_id=to_event_id, code=row.code)
        copy.titles, copy.questions = row.titles, row.questions
        db.session.add(copy)
        db.session.flush()
        copies[row.id] = copy.id
    return copies


def save_answers(
    event_id: int,
    registration_id: int,
    given: Mapping[str, object],
    *,
    ref: str,
    actor: Actor,
    asked: Collection[Asked] | None = None,
) -> None:
    """Keep what one person answered, by question code; questions not in `given` become empty.

    Sensitive answers are enciphered; the audit log only learns that they changed. `ref` is the
    registration's, `asked` what the event asks, where that was read. Raises Invalid with the
    question's field.
    """
    refs = {registration_id: ref}
    save_many_answers(event_id, {registration_id: given}, refs=refs, actor=actor, asked=asked)


def save_many_answers(
    event_id: int,
    given: Mapping[int, Mapping[str, object]],
    *,
    refs: Mapping[int, str],
    actor: Actor,
    asked: Collection[Asked] | None = None,
) -> None:
    """Keep what many people answered, by registration id, as `save_answers` does for one."""
    query = select(AnswerSet).where(
        AnswerSet.event_id == event_id, AnswerSet.registration_id.in_(set(given))
    )
    kept = {(row.registration_id, row.questionnaire_id): row for row in db.session.scalars(query)}
    subjects, new = [], []
    for one in questions_of(event_id) if asked is None else asked:
        for registration_id, theirs in given.items():
            answers = accepted_answers(one, theirs)
            row = kept.get((registration_id, one.questionnaire_id))
            if row is None and not answers:
                continue
            written = _written(event_id, registration_id, one, answers)
            if row is None:
                key = {"registration_id": registration_id, "event_id": event_id}
                new.append({**key, "questionnaire_id": one.questionnaire_id, **written})
            else:
                for name, value in written.items():
                    setattr(row, name, value)
            hidden = tuple(q.code for q in one.questions)
            subjects.append(Subject("registration", refs[registration_id], hidden=hidden))
    if new:
        db.session.execute(insert(AnswerSet), new)
    if subjects:
        record(actor, "answers.save", subjects, event_id=event_id)
    db.session.flush()


def _written(
    event_id: int, registration_id: int, asked: Asked, answers: Mapping[str, Answer]
) -> dict[str, Any]:
    """Return the columns of answers, the sensitive ones enciphered."""
    sealed = {q.code: answers[q.code] for q in asked.questions if q.is_sealed and q.code in answers}
    open_ = {code: answer for code, answer in answers.items() if code not in sealed}
    text = None
    if sealed:
        key = ring().event_key(event_id, "sensitive")
        context = seal_context(registration_id, asked.questionnaire_id)
        text = ring().encipher(key, dumps(sealed).encode(), context)
    return {"answers": open_, "sealed": text, "changed_at": clock.now()}


def accepted_answers(asked: Asked, given: Mapping[str, object]) -> dict[str, Answer]:
    """Return the answers given, by question code, as they are kept; Invalid with the field."""
    answers: dict[str, Answer] = {}
    for question in asked.questions:
        answer = _answer(question, given.get(question.code))
        if answer:
            answers[question.code] = answer
    return answers


def _answer(question: Question, given: object) -> Answer:
    try:
        return accepted(question, given)
    except BadAnswer as error:
        words = {
            "option": _("Choose from the list."),
            "long": _("Write at most 250 characters."),
            "text": _("Write one line of text."),
        }
        raise Invalid(words[error.reason], field=field_name(question.code)) from None


@cache
def _ready(name: str) -> dict[str, Any]:
    text = files("eventhub.questionnaires").joinpath("data", f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)
