"""One speaker as the team sees it: parts and answers, availability, corrections, history."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda.queries import find_portrait
from eventhub.audit.queries import entries_of
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.core.errors import NotFound
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.i18n import Translated, _, ngettext
from eventhub.protocol.queries import name_at
from eventhub.speakers import forms, services, words
from eventhub.speakers.messages import own_zone, part_words, room_names
from eventhub.speakers.models import SpeakerInvitation
from eventhub.speakers.permissions import ERASE, SEE_NEEDS
from eventhub.speakers.queries import Row, get_row, needs_of, token_of, windows_of
from eventhub.speakers.views.blueprint import bp
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm
from eventhub.web.once import once
from eventhub.web.urls import absolute

HISTORY_SHOWN = 30


@bp.route("/manage/<slug>/programme/speakers/<ref>", methods=["GET"])
@requires("agenda.view")
def show_speaker(slug: str, ref: str) -> ResponseReturnValue:
    """Show where a speaker stands, in which parts, when they can, what they corrected."""
    event = get_event(slug)
    return _page(event, get_row(event, ref))


@bp.post("/manage/<slug>/programme/speakers/<ref>/needs")
@requires(SEE_NEEDS)
def show_needs(slug: str, ref: str) -> ResponseReturnValue:
    """Show what the speaker needs, and write down who saw it."""
    event = get_event(slug)
    row = get_row(event, ref)
    with transaction():
        subject = Subject("speaker", ref)
        record(current_actor(), "speaker.see_needs", [subject], event_id=event.id)
    return _page(event, row, needs=needs_of(row.invitation) or _("Nothing was asked for."))


@bp.post("/manage/<slug>/programme/speakers/<ref>/answer")
@requires("agenda.edit")
def answer_for(slug: str, ref: str) -> ResponseReturnValue:
    """Write down what the speaker answered by telephone or letter."""
    event = get_event(slug)
    row = get_row(event, ref)
    form = forms.answer_form(row.parts)
    if not form.is_good():
        return _page(event, row, form), form.status

    def act() -> str:
        said = forms.answers_of(form, row.parts)
        new = services.answer_parts(
            row.speaker, row.parts, said, invitation=row.invitation, actor=current_actor()
        )
        return str(len(new))

    count = int(once(form.key.data, f"speakers.answer_for:{ref}", act))
    say(ngettext("%(n)s answer is written down.", "%(n)s answers are written down.", count))
    return redirect(url_for("speakers.show_speaker", slug=slug, ref=ref))


@bp.post("/manage/<slug>/programme/speakers/<ref>/link")
@requires("agenda.edit")
def manage_link(slug: str, ref: str) -> ResponseReturnValue:
    """Make the link, make it anew, lock what is printed, or note that corrections were seen."""
    event, actor = get_event(slug), current_actor()
    row = get_row(event, ref)
    act = request.form.get("act", "")
    with transaction():
        invitation = row.invitation or services.arrange(event, row.speaker)
        if act == "renew":
            services.renew_link(invitation, row.speaker, actor=actor)
            say(_("The old link is worthless now. Pass on the new one."))
        elif act in ("lock", "unlock"):
            services.set_lock(invitation, row.speaker, is_locked=act == "lock", actor=actor)
            say(
                _("The speaker can no longer change what is printed.")
                if act == "lock"
                else _("The speaker can change what is printed again.")
            )
        elif act == "seen":
            services.see_news(invitation, row.speaker, actor=actor)
            say(_("Noted: the corrections are seen."))
        elif act != "make":
            raise NotFound
    return redirect(url_for("speakers.show_speaker", slug=slug, ref=ref))


def _page(event: Event, row: Row, form: Any = None, needs: str = "") -> str:
    speaker, invitation = row.speaker, row.invitation
    may_edit = current_actor().may("agenda.edit")
    entity = db.session.get(Entity, speaker.entity_id) if speaker.entity_id else None
    zone = own_zone(invitation, entity)
    rooms = room_names(event)
    link = ""
    if invitation is not None and may_edit:
        link = absolute("speakers.show_own", token=token_of(speaker, invitation))
    return render_template(
        "speakers/show_speaker.html",
        event=event,
        row=row,
        speaker=speaker,
        invitation=invitation,
        has_ended=invitation is not None and invitation.expires_at <= clock.now(),
        entity=name_at(event.id, entity) if entity else "",
        has_portrait=find_portrait(event.id, speaker.portrait_id) is not None,
        parts=[(part, part_words(event, part, rooms, zone)) for part in row.parts],
        form=form or forms.answer_form(row.parts),
        acting=BaseForm(),
        windows=windows_of(speaker),
        needs=needs,
        may_see_needs=current_actor().may(SEE_NEEDS) and invitation is not None,
        may_erase=current_actor().may(ERASE),
        news=_news(invitation),
        history=entries_of(event.id, subject_ref=speaker.ref, limit=HISTORY_SHOWN),
        link=link,
        words=words,
        may_edit=may_edit,
    )


def _news(invitation: SpeakerInvitation | None) -> list[tuple[str, str]]:
    """Return what the speaker changed: the field, and what stood there before in plain words."""
    news = invitation.news if invitation else {}
    return [(str(words.FIELDS[name]), _before(name, was)) for name, was in news.items()]


def _before(name: str, was: Any) -> str:
    if name == "portrait":
        return _("another picture") if was else ""
    if name == "publishes":
        return "" if was is None else _("yes") if was else _("no")
    if isinstance(was, dict):
        return Translated(was).pick()
    return "\n".join(was) if isinstance(was, list) else str(was or "")
