"""The survey: opened and read by the staff, sent by those who were there."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.attendance.forms import SurveyForm
from eventhub.attendance.own import may_answer
from eventhub.attendance.permissions import DECIDE, VIEW
from eventhub.attendance.queries import policy_of
from eventhub.attendance.queries.survey import (
    FEWEST,
    count_sent,
    find_survey,
    results_of,
    sent_by,
    survey_asked,
)
from eventhub.attendance.services import survey as services
from eventhub.attendance.views.blueprint import SWITCH, bp
from eventhub.core.db import db
from eventhub.core.errors import DomainError, NotFound
from eventhub.events.models import Event
from eventhub.events.queries import categories_of, get_event, get_event_by_id
from eventhub.events.showing import languages_of, layout
from eventhub.i18n import _
from eventhub.institutions.models import Institution
from eventhub.questionnaires.forms import given, names_of, with_questions
from eventhub.registration.queries import by_token, registrant
from eventhub.web.access import BY_LINK, current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, show_error
from eventhub.web.language import prefer, switch
from eventhub.web.once import once


@bp.get("/manage/<slug>/attendance-survey")
@requires(VIEW, switch=SWITCH)
def show_survey(slug: str) -> ResponseReturnValue:
    """Show how many sent the survey and what they said together."""
    return _survey_page(get_event(slug))


@bp.post("/manage/<slug>/attendance-survey")
@requires(DECIDE, switch=SWITCH)
def open_survey(slug: str) -> ResponseReturnValue:
    """Open the survey to those who were there."""
    event, form = get_event(slug), SurveyForm()

    def act() -> str:
        services.open_survey(event, is_anonymous=form.is_anonymous.data, actor=current_actor())
        return event.slug

    if form.is_good():
        try:
            once(form.key.data, f"survey.open:{event.id}", act)
            say(_("The survey is open. Whoever was checked in finds it on the private page."))
            return redirect(url_for("attendance.show_survey", slug=slug))
        except DomainError as error:
            show_error(form, error)
    return _survey_page(event, form)


@bp.post("/manage/<slug>/attendance-survey/close")
@requires(DECIDE, switch=SWITCH)
def close_survey(slug: str) -> ResponseReturnValue:
    """Take no more answers."""
    event, form = get_event(slug), BaseForm()

    def act() -> str:
        services.close_survey(event, actor=current_actor())
        return event.slug

    try:
        once(form.key.data, f"survey.close:{event.id}", act)
        say(_("The survey is closed."))
    except DomainError as error:
        say(error.message, "stop")
    return redirect(url_for("attendance.show_survey", slug=slug))


@bp.route("/my/<token>/survey", methods=["GET", "POST"])
@requires(BY_LINK)
def answer(token: str) -> ResponseReturnValue:
    """Let somebody who was there send the survey, once."""
    person = by_token(token)
    event = get_event_by_id(person.event_id)
    prefer(person.language)
    asked = survey_asked(event.id)
    if SWITCH not in event.switches or asked is None:
        raise NotFound
    form: Any = with_questions(BaseForm, [asked])()
    was_there, is_sent = may_answer(person), bool(sent_by(event.id, person.id))
    if was_there and not is_sent and form.is_good():

        def act() -> str:
            services.send_survey(event, person, given(form, [asked]), actor=registrant(person))
            return person.ref

        try:
            once(form.key.data, f"survey.send:{person.id}", act)
            say(_("Thank you. The survey is sent."))
            return redirect(url_for("registration.show_own", token=token))
        except DomainError as error:
            show_error(form, error)
    page = render_template(
        "attendance/answer.html", **_frame(event), form=form, names=names_of([asked]),
        heading=asked.title.pick(), was_there=was_there, is_sent=is_sent, token=token,
        is_anonymous=policy_of(event).survey_is_anonymous,
    )  # fmt: skip
    return page, form.status


def _survey_page(event: Event, form: SurveyForm | None = None) -> ResponseReturnValue:
    survey, policy = find_survey(event.id), policy_of(event)
    open_form = form or SurveyForm(data={"is_anonymous": policy.survey_is_anonymous})
    page = render_template(
        "attendance/show_survey.html", event=event, survey=survey, policy=policy,
        sent=count_sent(event.id), results=results_of(event.id), fewest=FEWEST,
        open_form=open_form, form=BaseForm(), may_decide=current_actor().may(DECIDE),
    )  # fmt: skip
    return page, form.status if form else 200


def _frame(event: Event) -> dict[str, Any]:
    host = db.session.get_one(Institution, event.institution_id)
    return {
        **layout(event, host.names, categories_of(event.id), reference=event.title()),
        "page_languages": switch(languages_of(event)),
    }
