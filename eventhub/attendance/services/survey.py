"""Opening the survey, closing it, and sending it: that it was sent apart from what it says."""

from collections.abc import Mapping

from eventhub.attendance.models import SurveyAnswer, SurveyReceipt
from eventhub.attendance.queries.ledger import policy_of
from eventhub.attendance.queries.survey import count_sent, find_survey, survey_asked
from eventhub.attendance.rules import SETTING
from eventhub.audit.services import Subject, record
from eventhub.core import ids
from eventhub.core.actor import Actor
from eventhub.core.db import db, insert_unless_there
from eventhub.core.errors import Conflict
from eventhub.events.models import Event
from eventhub.events.services import change_setting
from eventhub.i18n import _
from eventhub.questionnaires.services import accepted_answers, make_survey
from eventhub.registration.models import Registration


def open_survey(event: Event, *, is_anonymous: bool, actor: Actor) -> None:
    """Let those who were checked in send the survey; the ready one where there is none yet.

    Raises Conflict where somebody sent it already and the promise of anonymity would change.
    """
    if is_anonymous != policy_of(event).survey_is_anonymous and count_sent(event.id):
        raise Conflict(
            _("Some have sent it already: what they were promised cannot change."), "is_anonymous"
        )
    survey = find_survey(event.id) or make_survey(event.id)
    survey.is_on = True
    db.session.flush()
    change_setting(event, SETTING, {"survey_is_anonymous": is_anonymous}, actor=actor)
    record(actor, "survey.open", [Subject("questionnaire", survey.ref)], event_id=event.id)


def close_survey(event: Event, *, actor: Actor) -> None:
    """Take no more answers; those that came stay."""
    survey = find_survey(event.id)
    if survey is None or not survey.is_on:
        raise Conflict(_("The survey is not open."))
    survey.is_on = False
    db.session.flush()
    record(actor, "survey.close", [Subject("questionnaire", survey.ref)], event_id=event.id)


def send_survey(
    event: Event, person: Registration, given: Mapping[str, object], *, actor: Actor
) -> None:
    """Keep that somebody sent the survey, and apart from it what was answered.

    Of an anonymous survey nothing joins the two: the answers carry no person, no time and a random
    key by which they are stored. Conflict where it is not open, or was sent before.
    """
    asked = survey_asked(event.id)
    if asked is None:
        raise Conflict(_("The survey is not open."))
    answers = accepted_answers(asked, given)
    receipt = {"registration_id": person.id, "event_id": event.id}
    if not insert_unless_there(SurveyReceipt, receipt):
        raise Conflict(_("You have sent the survey already."))
    named = not policy_of(event).survey_is_anonymous
    db.session.add(
        SurveyAnswer(
            ref=ids.new_uuid(), event_id=event.id, questionnaire_id=asked.questionnaire_id,
            registration_id=person.id if named else None, answers=answers,
        )
    )  # fmt: skip
    db.session.flush()
    record(actor, "survey.send", [Subject("registration", person.ref)], event_id=event.id)
