"""The steps of a draft, each kept on the server, and the page that sends it."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.db import transaction
from eventhub.core.errors import DomainError, NotFound
from eventhub.photos.portrait import Portrait
from eventhub.photos.queries import find_photo
from eventhub.photos.services import keep_photo, remove_photo
from eventhub.questionnaires import services as questionnaires
from eventhub.questionnaires.forms import filled, given
from eventhub.questionnaires.queries import Asked, answers_of, questions_of
from eventhub.registration import services
from eventhub.registration.forms.choices import honorifics
from eventhub.registration.forms.consents import ConsentForm
from eventhub.registration.forms.delegate import DelegateForm, tell
from eventhub.registration.models import Registration
from eventhub.registration.queries import name_lines, registrant, token_of
from eventhub.registration.rules import CONSENTS, NEEDS, State
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.fields import STEPS, Step, fields_for, make_form, values_of
from eventhub.registration.views.frame import Frame, private_url
from eventhub.registration.views.path import (
    check_pace,
    check_url,
    closed_page,
    draft_at,
    keep_portrait,
    next_url,
    said_close,
    save_consents,
    sent_portrait,
    step_url,
    unprintable,
    version_in,
    why_closed,
)
from eventhub.registration.views.shown import lacking, shown
from eventhub.web.access import BY_LINK, requires
from eventhub.web.forms import is_sent, show_error
from eventhub.web.once import once


@bp.route("/<lang>/<slug>/register/<token>/<step>", methods=["GET", "POST"])
@requires(BY_LINK)
def fill_step(lang: str, slug: str, token: str, step: str) -> ResponseReturnValue:
    """Fill in one step of a draft; what is good is kept at once, a photo in any case."""
    row, frame = draft_at(slug, token)
    this = next((one for one in STEPS if one.code == step), None)
    if this is None:
        raise NotFound
    if row.state != State.DRAFT:
        return redirect(private_url(row))
    if is_fixed(row, this):
        return redirect(next_url(frame, row))
    closed = why_closed(frame, row.created_at)
    if closed and not is_sent():
        return closed_page(frame, closed)
    form = step_form(frame, row, this.fields)
    if is_sent() and (goes_on_at := _kept(frame, row, this, form, closed)):
        return redirect(goes_on_at)
    return _page(frame, row, this, form), form.status


def _kept(
    frame: Frame, row: Registration, step: Step, form: DelegateForm, closed: DomainError | None
) -> str:
    """Keep what was sent and return where it goes on; "" where something is wrong with it.

    A photo is kept then too, unless the registration is closed.
    """
    portrait, refused = (None, closed) if closed else sent_portrait(form)
    good, goes_on_at = form.is_good(), _after(frame, row, step)
    try:
        if refused is not None:
            raise refused
        if good:
            _save(frame, row, step, form, portrait)
            return goes_on_at
    except DomainError as error:
        refused = error
        tell(form, error)
    if portrait is not None:
        keep_portrait(form, row, portrait)
    if refused is not None:
        form.version.data = str(row.version)
    return ""


def step_form(frame: Frame, row: Registration, fields: Sequence[str]) -> DelegateForm:
    """Return the form of some fields, the event's questions among them, filled as it stands."""
    wanted = [name for name in fields_for(frame, fields) if name not in waived(frame, row)]
    asked: list[Asked] = questions_of(frame.event.id) if "answers" in wanted else []
    more: dict[str, Any] = {}
    if asked:
        answers = answers_of(frame.event.id, row.id)
        more = {**filled(answers), "needs_consent": bool(answers)}
    else:
        wanted = [name for name in wanted if name not in ("answers", "needs_consent")]
    return make_form(frame, wanted, row, asked=asked, **more)


def is_fixed(row: Registration, step: Step) -> bool:
    """Tell whether the step is decided already: who is invited represents whom staff said."""
    return row.source == "invited" and step.code == "who"


def waived(frame: Frame, row: Registration) -> tuple[str, ...]:
    """Return the fields that are not asked of somebody invited, since the category waives them."""
    category = next((one for one in frame.categories if one.id == row.category_id), None)
    is_waived = category is not None and category.photo_waived and row.source == "invited"
    return ("photo",) if is_waived else ()


def save_needs(row: Registration, form: DelegateForm) -> None:
    """Keep the answers of a form, and the consent to use them."""
    answers = given(form, form.asked)
    actor, asked = registrant(row), form.asked
    questionnaires.save_answers(
        row.event_id, row.id, answers, ref=row.ref, actor=actor, asked=asked
    )
    save_consents(row, {NEEDS: bool(form.needs_consent.data)})


def _save(
    frame: Frame, row: Registration, step: Step, form: DelegateForm, portrait: Portrait | None
) -> None:
    values = values_of(frame, form)
    event_id, ref, before, actor = row.event_id, row.ref, row.photo_id, registrant(row)

    def act() -> str:
        if portrait is not None:
            values["photo_id"] = keep_photo(event_id, portrait, actor=actor).id
        services.save_step(row, step.code, values, version=version_in(form), actor=actor)
        if portrait is not None and (old := find_photo(event_id, before)) is not None:
            remove_photo(old, actor=actor)
        if form.asked:
            save_needs(row, form)
        return ""

    once(form.key.data or "", f"registration.step:{ref}:{step.code}", act)


def _after(frame: Frame, row: Registration, step: Step) -> str:
    if "later" in request.form:
        return url_for("registration.continue_later", token=token_of(row), **frame.where)
    place = STEPS.index(step)
    is_last = place + 1 == len(STEPS) or "check" in request.args
    return check_url(frame, row) if is_last else step_url(frame, row, STEPS[place + 1])


def _page(frame: Frame, row: Registration, step: Step, form: DelegateForm) -> str:
    place = STEPS.index(step)
    return render_template(
        "registration/step.html",
        **frame.page(),
        form=form,
        here_url=request.full_path.rstrip("?"),
        step=step,
        number=place + 1,
        count=len(STEPS),
        row=row,
        closes=said_close(frame),
        back_url=(
            step_url(frame, row, STEPS[place - 1])
            if place and not is_fixed(row, STEPS[place - 1])
            else None
        ),
        badge_name=" ".join(part for part in name_lines(row) if part),
        honorifics=honorifics() if step.code == "names" else [],
        hint=unprintable(row) if step.code == "contact" else "",
        photo_url=photo_url(row) if step.code == "needs" else "",
    )


def photo_url(row: Registration) -> str:
    """Return the address of the small photo, for its owner; "" while there is none."""
    if row.photo_id is None:
        return ""
    return url_for("registration.own_photo", token=token_of(row), small=1, v=row.photo_id)


@bp.route("/<lang>/<slug>/register/<token>/check", methods=["GET", "POST"])
@requires(BY_LINK)
def check(lang: str, slug: str, token: str) -> ResponseReturnValue:
    """Show all answers and ask for consents, then send the registration."""
    form = ConsentForm()
    if is_sent() and _is_sent_now(slug, token, form):
        return redirect(url_for("registration.show_sent", token=token, lang=lang, slug=slug))
    row, frame = draft_at(slug, token)
    if row.state != State.DRAFT:
        return redirect(url_for("registration.show_sent", token=token, **frame.where))
    if not is_sent() and (closed := why_closed(frame, row.created_at)):
        return closed_page(frame, closed)
    return render_template(
        "registration/check.html",
        **frame.page(),
        form=form,
        consents=[form[purpose] for purpose in CONSENTS] if "consents" in frame.fields else [],
        row=row,
        missing=lacking(frame, row),
        lines=shown(frame, row),
        asked_fields=frame.fields,
        change_url=partial(_change_url, frame, row),
        photo_url=photo_url(row),
        here_url=check_url(frame, row),
        back_url=step_url(frame, row, STEPS[-1]),
        count=len(STEPS),
        hint=unprintable(row),
        closes=said_close(frame),
    ), form.status


def _change_url(frame: Frame, row: Registration, code: str) -> str:
    """Return the address of a step from which one comes back to the check."""
    return url_for("registration.fill_step", token=token_of(row), step=code, check=1, **frame.where)


def _is_sent_now(slug: str, token: str, form: ConsentForm) -> bool:
    """Send a draft in one transaction: what is read of the event holds for what is written.

    Return whether it is sent; what is wrong stands on the form.
    """
    try:
        with transaction():
            row, frame = draft_at(slug, token)
            if row.state == State.DRAFT:
                if closed := why_closed(frame, row.created_at):
                    raise closed
                if not form.is_good() or lacking(frame, row):
                    return False
                _send(frame, row, form)
    except NotFound:
        raise
    except DomainError as error:
        show_error(form, error)
        return False
    return True


def _send(frame: Frame, row: Registration, form: ConsentForm) -> None:
    def act() -> str:
        check_pace()
        actor = registrant(row)
        sent = services.submit(row.event_id, [row.id], actor=actor, setup=frame.setup())
        if "consents" in frame.fields:
            save_consents(sent[0], {one: bool(form[one].data) for one in CONSENTS})
        return ""

    once(form.key.data or "", f"registration.submit:{row.ref}", act)
