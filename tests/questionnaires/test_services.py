"""Ready questionnaires, kept answers, and the key without which they are nothing."""

import pytest
from flask import Flask
from sqlalchemy import select

from eventhub.audit.models import AuditEntry
from eventhub.core.db import db, transaction
from eventhub.core.errors import Invalid
from eventhub.events.models import Event
from eventhub.events.seams import CLONE_STEPS, PRIVACY_FIELDS
from eventhub.i18n import LANGUAGES, use
from eventhub.keys.ring import ring
from eventhub.questionnaires import parts
from eventhub.questionnaires.models import AnswerSet, Questionnaire
from eventhub.questionnaires.queries import (
    answers_by_registration,
    answers_of,
    questions_of,
    said,
)
from eventhub.questionnaires.services import copy_questionnaires, make_ready, save_answers
from eventhub.registration.models import Registration
from tests.factories import actor_with, make_category, make_event, make_registration

NEEDS = {"diet": ["nut_allergy", "vegan"], "access_other": "A seat near the door"}


def asked_of(preset: str) -> Event:
    event = make_event(preset=preset)
    with transaction():
        make_ready(event.id, preset)
    return event


def answered(event: Event, **given: object) -> Registration:
    row = make_registration(event, make_category(event))
    save(event, row, **given)
    return row


def save(event: Event, row: Registration, **given: object) -> None:
    with transaction():
        save_answers(event.id, row.id, given, ref=row.ref, actor=actor_with())


@pytest.mark.parametrize(("preset", "count"), [("forum", 4), ("seminar", 4), ("side_event", 0)])
def test_presets_ask_what_they_need(app: Flask, preset: str, count: int) -> None:
    event = asked_of(preset)
    assert sum(len(asked.questions) for asked in questions_of(event.id)) == count


def test_ready_questionnaires_are_made_once(app: Flask) -> None:
    event = asked_of("forum")
    with transaction():
        assert make_ready(event.id, "forum") == []
    assert len(questions_of(event.id)) == 1


def test_every_word_of_the_ready_questionnaires_is_there_in_every_language(app: Flask) -> None:
    for asked in questions_of(asked_of("forum").id):
        assert set(asked.title) == set(LANGUAGES)
        for question in asked.questions:
            texts = [question.labels, question.purposes, *(o.labels for o in question.options)]
            for text in texts:
                assert set(text) == set(LANGUAGES), text


def test_r7_2_sensitive_answers_are_enciphered_and_read_back(app: Flask) -> None:
    event = asked_of("forum")
    row = answered(event, **NEEDS)
    stored = db.session.scalars(select(AnswerSet)).one()
    assert stored.answers == {}
    assert stored.sealed
    assert b"vegan" not in stored.sealed
    assert answers_of(event.id, row.id) == {
        "diet": ["vegan", "nut_allergy"],
        "access_other": "A seat near the door",
    }


def test_answers_are_gone_with_their_key(app: Flask) -> None:
    event = asked_of("forum")
    row = answered(event, **NEEDS)
    ring().destroy_event_key(event.id, "sensitive")
    assert answers_of(event.id, row.id) == {}


def test_answers_moved_to_another_row_cannot_be_read(app: Flask) -> None:
    event = asked_of("forum")
    row = answered(event, **NEEDS)
    other = make_registration(event, make_category(event, "ADV"))
    with transaction():
        db.session.scalars(select(AnswerSet)).one().registration_id = other.id
    assert answers_of(event.id, row.id) == {}
    with pytest.raises(ValueError, match="context"):
        answers_of(event.id, other.id)


def test_answers_are_replaced_and_emptied(app: Flask) -> None:
    event = asked_of("forum")
    row = answered(event, **NEEDS)
    save(event, row, diet=["halal"])
    assert answers_of(event.id, row.id) == {"diet": ["halal"]}
    save(event, row)
    assert answers_of(event.id, row.id) == {}
    assert db.session.scalars(select(AnswerSet)).one().sealed is None


def test_nothing_answered_makes_no_row(app: Flask) -> None:
    answered(asked_of("forum"), diet=[], access_other="")
    assert db.session.scalar(select(AnswerSet)) is None


def test_unknown_option_is_refused_at_its_field(app: Flask) -> None:
    event = asked_of("forum")
    with pytest.raises(Invalid) as caught:
        answered(event, diet=["bricks"])
    assert caught.value.field == "answer_diet"


def test_decision_13_audit_log_learns_names_of_fields_only(app: Flask) -> None:
    answered(asked_of("forum"), **NEEDS)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "answers.save")).one()
    assert entry.fields == ["access", "access_other", "diet", "diet_other"]
    assert entry.sealed is None


def test_answers_stay_in_their_event_and_many_are_read_at_once(app: Flask) -> None:
    mine, other = asked_of("forum"), asked_of("forum")
    row = answered(mine, **NEEDS)
    assert answers_of(other.id, row.id) == {}
    assert list(answers_by_registration(mine.id, [row.id, 4711])) == [row.id]


def test_answers_are_said_in_the_readers_language(app: Flask) -> None:
    event = asked_of("forum")
    with use("fr"):
        lines = said(questions_of(event.id), {"diet": ["vegan", "halal"], "access": []})
    assert lines == [("Régime alimentaire", "Végétalien, Halal")]


def test_copy_of_an_event_asks_the_same_and_knows_no_answer(app: Flask) -> None:
    event, copy = asked_of("forum"), make_event()
    answered(event, **NEEDS)
    with transaction():
        copies = copy_questionnaires(event.id, copy.id)
    assert questions_of(copy.id)[0].questions == questions_of(event.id)[0].questions
    assert set(copies) == {questions_of(event.id)[0].questionnaire_id}
    assert not db.session.scalars(select(AnswerSet).where(AnswerSet.event_id == copy.id)).all()


def test_copying_onto_an_event_that_asks_already_adds_nothing(app: Flask) -> None:
    event, copy = asked_of("forum"), asked_of("forum")
    with transaction():
        copy_questionnaires(event.id, copy.id)
    query = select(Questionnaire).where(Questionnaire.event_id == copy.id)
    assert len(db.session.scalars(query).all()) == 1


def test_r7_1_privacy_notice_says_purpose_ground_and_time(app: Flask) -> None:
    lines = parts.privacy_lines(asked_of("forum").id)
    assert [line.what for line in lines][:2] == ["What you do not eat", "Other food you must avoid"]
    assert all(line.purpose and "consent" in line.basis for line in lines)
    assert {line.kept for line in lines} == {"until 7 days after the event"}


def test_parts_are_connected_once(app: Flask) -> None:
    parts.connect()
    parts.connect()
    assert CLONE_STEPS.count(parts.copy) == 1
    assert PRIVACY_FIELDS.count(parts.privacy_lines) == 1
