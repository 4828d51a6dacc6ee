"""Speakers as people who register, who get a copy of what is held, and who are forgotten."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda.queries import get_speaker
from eventhub.core.actor import EVERYTHING
from eventhub.core.errors import DomainError, NotFound
from eventhub.events.queries import categories_of
from eventhub.i18n import _
from eventhub.registration import queries
from eventhub.registration.forms.staff import EraseForm
from eventhub.registration.permissions import ERASE
from eventhub.registration.personal import whose_of_speaker
from eventhub.registration.services.for_speakers import (
    register_speaker,
    registration_of,
    speaker_category,
)
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.frame import Frame, LostLink, private_url
from eventhub.registration.views.queue import event_here
from eventhub.registration.views.rights import forget, hand_over
from eventhub.speakers.queries import Own, by_token
from eventhub.speakers.rules import Answer
from eventhub.web.access import BY_LINK, current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm
from eventhub.web.language import prefer
from eventhub.web.once import once


@bp.route("/speaker/<token>/register", methods=["GET", "POST"])
@requires(BY_LINK)
def register_as_speaker(token: str) -> ResponseReturnValue:
    """Open the registration of a speaker who confirmed a part, once; then show it."""
    own = _own(token)
    event, speaker, form = own.event, own.speaker, BaseForm()
    there = registration_of(speaker)
    if there is not None:
        return redirect(private_url(there))
    comes = any(part.slot.answer == Answer.CONFIRMED for part in own.row.parts)
    if not comes or speaker_category(event) is None:
        raise NotFound
    if form.is_good():
        try:
            key = f"registration.register_as_speaker:{speaker.ref}"
            ref = once(form.key.data, key, lambda: register_speaker(event, speaker).ref)
            row = queries.find_registration(event.id, ref, EVERYTHING)
            return redirect(private_url(row) if row else url_for("speakers.show_own", token=token))
        except DomainError as error:
            say(error.message, "stop")
            return redirect(url_for("speakers.show_own", token=token))
    page = render_template(
        "registration/confirm.html",
        **Frame(event, own.institution, categories_of(event.id)).page(),
        form=form,
        here_url=request.path,
        back_url=url_for("speakers.show_own", token=token),
        heading=_("Register as a speaker"),
        effect=_(
            "You get a private page of your own. There you give what the pass needs; nobody else "
            "has to vouch for you."
        ),
        label=_("Register"),
        kind="primary",
    )
    return page, form.status


@bp.route("/speaker/<token>/copy", methods=["GET", "POST"])
@requires(BY_LINK)
def copy_as_speaker(token: str) -> ResponseReturnValue:
    """Hand over everything held about the speaker, and say whom to ask to be forgotten."""
    own = _own(token)
    return hand_over(
        own.event,
        own.speaker.ref,
        lambda: whose_of_speaker(own.speaker, own.event),
        Frame(own.event, own.institution, categories_of(own.event.id)).page(),
        back_url=url_for("speakers.show_own", token=token),
        actor=own.actor,
    )


@bp.route("/manage/<slug>/programme/speakers/<ref>/erase", methods=["GET", "POST"])
@requires(ERASE)
def erase_speaker(slug: str, ref: str) -> ResponseReturnValue:
    """Erase the data of a speaker without registration for ever, once the reference was typed."""
    event, actor = event_here(), current_actor()
    speaker = get_speaker(event.id, ref)
    there = registration_of(speaker)
    if there is not None:
        return redirect(url_for("registration.erase_person", slug=slug, ref=there.ref))
    back_url = url_for("speakers.show_speaker", slug=slug, ref=ref)
    form = EraseForm()
    if forget(form, [speaker.ref], lambda: whose_of_speaker(speaker, event), actor=actor):
        return redirect(back_url)
    page = render_template(
        "registration/erase_speaker.html",
        event=event,
        speaker=speaker,
        form=form,
        back_url=back_url,
        here_url=request.path,
    )
    return page, form.status


def _own(token: str) -> Own:
    try:
        own = by_token(token)
    except NotFound:
        raise LostLink from None
    prefer(own.speaker.language or own.event.languages[0])
    return own
