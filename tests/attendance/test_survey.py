"""The survey: open to those who were there, sent once, and apart from who sent it."""

import pytest
from sqlalchemy import select

from eventhub.attendance import queries, services
from eventhub.attendance.models import SurveyAnswer, SurveyReceipt
from eventhub.attendance.queries.survey import FEWEST, results_of
from eventhub.attendance.services.survey import close_survey, open_survey, send_survey
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import Event
from eventhub.i18n import LANGUAGES
from eventhub.questionnaires.queries import SURVEY, questions_of
from eventhub.registration.models import Registration
from eventhub.registration.queries import registrant, token_of
from tests.attendance.people import participant
from tests.browser import Browser
from tests.factories import actor_with, give, make_account

OFFICER = actor_with("attendance.decide")


def begin(event: Event, *, is_anonymous: bool = True) -> None:
    """Open the survey, which completion asks for."""
    with transaction():
        open_survey(event, is_anonymous=is_anonymous, actor=OFFICER)
        services.change_policy(event, {"survey": True}, actor=OFFICER)


def send(event: Event, person: Registration, **given: object) -> None:
    with transaction():
        send_survey(event, person, given, actor=registrant(person))


def level_of(event: Event, person: Registration) -> str:
    found = queries.standings_of(event, queries.policy_of(event))
    return next(one.verdict.level for one in found if one.registration.id == person.id)


def test_r6_10_sending_counts_and_content_does_not(event: Event) -> None:
    person = participant(event, "M1", "M2")
    begin(event)
    assert level_of(event, person) == "participation"
    send(event, person)
    assert level_of(event, person) == "completion"


def test_r6_9_anonymous_answers_are_joined_to_nobody(event: Event) -> None:
    people = [participant(event, "M1") for _number in range(3)]
    begin(event)
    for person in people:
        send(event, person, relevance="agree")
    rows = list(db.session.scalars(select(SurveyAnswer)))
    assert {row.registration_id for row in rows} == {None}
    assert set(SurveyReceipt.__table__.columns.keys()) == {"registration_id", "event_id"}
    names = set(SurveyAnswer.__table__.columns.keys())
    assert names == {"ref", "event_id", "questionnaire_id", "registration_id", "answers"}


def test_survey_with_names_keeps_them(event: Event) -> None:
    person = participant(event, "M1")
    begin(event, is_anonymous=False)
    send(event, person, use="agree")
    row = db.session.scalars(select(SurveyAnswer)).one()
    assert (row.registration_id, row.answers) == (person.id, {"use": "agree"})


def test_promise_of_anonymity_cannot_change_once_somebody_sent(event: Event) -> None:
    person = participant(event, "M1")
    begin(event)
    send(event, person)
    with transaction():
        close_survey(event, actor=OFFICER)
    with pytest.raises(Conflict):
        begin(event, is_anonymous=False)


def test_survey_is_sent_once_and_only_while_open(event: Event) -> None:
    person, late = participant(event, "M1"), participant(event, "M1")
    with pytest.raises(Conflict):
        send(event, person)
    begin(event)
    with pytest.raises(Invalid):
        send(event, person, use="perhaps")
    send(event, person)
    with pytest.raises(Conflict):
        send(event, person)
    with transaction():
        close_survey(event, actor=OFFICER)
    with pytest.raises(Conflict):
        send(event, late)


def test_r6_9_figures_of_few_are_not_shown(event: Event) -> None:
    begin(event)
    for _number in range(FEWEST - 1):
        send(event, participant(event, "M1"), relevance="agree", comment="b")
    assert results_of(event.id) == []
    send(event, participant(event, "M1"), relevance="disagree", comment="a")
    first, *_others, last = results_of(event.id)
    assert dict(first.bars)["Agree"] == FEWEST - 1
    assert dict(first.bars)["Disagree"] == 1
    assert last.texts == ["a", *["b"] * (FEWEST - 1)]


def test_survey_is_not_asked_at_registration_and_speaks_every_language(event: Event) -> None:
    begin(event)
    assert questions_of(event.id) == []
    (asked,) = questions_of(event.id, SURVEY)
    for question in asked.questions:
        texts = [question.labels, question.purposes, *(o.labels for o in question.options)]
        assert all(set(text) == set(LANGUAGES) for text in texts)


def test_private_page_leads_to_the_survey_once_checked_in(event: Event, browser: Browser) -> None:
    person, absent = participant(event, "M1"), participant(event)
    account = make_account()
    give(account, "event_owner", event)
    browser.sign_in(account).get(f"/manage/{event.slug}/attendance-survey")
    page = browser.submit()
    assert "The survey is open" in page.text
    with transaction():
        services.change_policy(event, {"survey": True}, actor=OFFICER)
    assert "Answer the survey" not in browser.get(f"/my/{token_of(absent)}").text
    page = browser.get(f"/my/{token_of(absent)}/survey")
    assert "once you were checked in" in page.text
    own = f"/my/{token_of(person)}"
    assert "Answer the survey" in browser.get(own).text
    browser.get(f"{own}/survey")
    page = browser.submit(answer_relevance="agree", answer_comment="x" * 300)
    assert page.status == 422
    assert page.errors()
    page = browser.submit(answer_relevance="agree", answer_comment="More time")
    assert "You sent the survey. Thank you." in page.text
    assert "sent the survey already" in browser.get(f"{own}/survey").text
    assert "Sent so far" in browser.get(f"/manage/{event.slug}/attendance-survey").text
