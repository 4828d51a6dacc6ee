"""The people on the programme."""

from collections import Counter
from typing import Any

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda import forms, queries, services
from eventhub.agenda.models import Speaker
from eventhub.agenda.views.blueprint import bp
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict, DomainError
from eventhub.entities.queries import choices, get_entity
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.files.services import read_whole
from eventhub.i18n import Translated, _, current, pgettext
from eventhub.photos.portrait import Portrait, portrait_of
from eventhub.photos.services import keep_photo
from eventhub.protocol.queries import names_at
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.fields import refuse, said_in, shown_in
from eventhub.web.once import once


@bp.get("/manage/<slug>/programme/speakers")
@requires("agenda.view")
def list_speakers(slug: str) -> ResponseReturnValue:
    """List everybody on the programme, by name, with the number of their parts."""
    event = get_event(slug)
    speakers = queries.speakers_of(event.id)
    slots = queries.slots_of(event.id).values()
    parts = Counter(slot.speaker_id for session in slots for slot in session)
    entities = names_at(event.id, [speaker.entity_id for speaker in speakers])
    return render_template(
        "agenda/list_speakers.html",
        event=event,
        speakers=speakers,
        parts=parts,
        entities=entities,
        may_edit=current_actor().may("agenda.edit"),
    )


@bp.route("/manage/<slug>/programme/speakers/new", methods=["GET", "POST"])
@requires("agenda.edit")
def add_speaker(slug: str) -> ResponseReturnValue:
    """Add somebody to the people of the programme."""
    event = get_event(slug)
    form = _form(event, None)
    if form.is_good():

        def act() -> str:
            values = _values(event, form, portrait, None)
            return services.add_speaker(event.id, **values, actor=current_actor()).ref

        try:
            portrait = _portrait(form)
            once(form.key.data, "agenda.add_speaker", act)
            say(_("%(name)s is added.", name=form.printed_name.data))
            return redirect(url_for("agenda.list_speakers", slug=slug))
        except DomainError as error:
            _refuse(form, error, event)
    page = render_template("agenda/speaker_form.html", event=event, form=form, speaker=None)
    return page, form.status


@bp.route("/manage/<slug>/programme/speakers/<ref>", methods=["GET", "POST"])
@requires("agenda.edit")
def change_speaker(slug: str, ref: str) -> ResponseReturnValue:
    """Change how somebody is printed, and the portrait."""
    event = get_event(slug)
    speaker = queries.get_speaker(event.id, ref)
    form = _form(event, speaker)
    status = None
    if form.is_good():
        try:
            portrait = _portrait(form)
            with transaction():
                services.change_speaker(
                    speaker,
                    **_values(event, form, portrait, speaker),
                    version=forms.as_version(form.version.data),
                    actor=current_actor(),
                )
            say(_("%(name)s is saved.", name=speaker.printed_name))
            return redirect(url_for("agenda.list_speakers", slug=slug))
        except DomainError as error:
            _refuse(form, error, event)
            status = error.status
            form.version.data = str(speaker.version)
    page = render_template("agenda/speaker_form.html", event=event, form=form, speaker=speaker)
    return page, status or form.status


@bp.post("/manage/<slug>/programme/speakers/<ref>/remove")
@requires("agenda.edit")
def remove_speaker(slug: str, ref: str) -> ResponseReturnValue:
    """Remove somebody who has no part in any session."""
    speaker = queries.get_speaker(get_event(slug).id, ref)
    name = speaker.printed_name
    try:
        with transaction():
            services.remove_speaker(speaker, actor=current_actor())
        say(_("%(name)s is removed.", name=name))
    except Conflict as error:
        say(error.message, "stop")
    return redirect(url_for("agenda.list_speakers", slug=slug))


@bp.get("/manage/<slug>/programme/speakers/<ref>.jpg")
@requires("agenda.view")
def show_portrait(slug: str, ref: str) -> ResponseReturnValue:
    """Answer the portrait of a speaker of the draft."""
    event = get_event(slug)
    file = queries.find_portrait(event.id, queries.get_speaker(event.id, ref).portrait_id)
    if file is None:
        abort(404)
    return Response(read_whole(file), mimetype="image/jpeg")


def _form(event: Event, speaker: Speaker | None) -> Any:
    given: dict[str, Any] = {"version": 0}
    if speaker is not None:
        entity = queries.entity_of(speaker)
        given = {
            "version": speaker.version,
            "printed_name": speaker.printed_name,
            "sort_name": speaker.sort_name,
            "entity": entity.code if entity else "",
            "email": speaker.email,
            **shown_in("posts", speaker.posts),
            **shown_in("biographies", speaker.biographies),
        }
    form = forms.speaker_form(event, given)
    groups = {title: dict(rows) for title, rows in choices(current()).items()}
    form.entity.choices = {"": pgettext("State or organization", "None")} | groups
    return form


def _portrait(form: Any) -> Portrait | None:
    """Return the portrait that was sent, made before any transaction begins; it takes a while."""
    sent = request.files.get("portrait")
    data = sent.read() if sent else b""
    return portrait_of(data) if data else None


def _values(
    event: Event, form: Any, portrait: Portrait | None, speaker: Speaker | None
) -> dict[str, Any]:
    entity = get_entity(form.entity.data) if form.entity.data else None
    photo = keep_photo(event.id, portrait, actor=current_actor()) if portrait else None
    return {
        "printed_name": form.printed_name.data,
        "sort_name": form.sort_name.data or "",
        "posts": said_in(form, "posts", speaker.posts if speaker else Translated()),
        "biographies": said_in(
            form, "biographies", speaker.biographies if speaker else Translated()
        ),
        "entity_id": entity.id if entity else None,
        "email": form.email.data or None,
        "portrait_id": photo.file_id if photo else None,
    }


def _refuse(form: Any, error: DomainError, event: Event) -> None:
    if error.field == "photo":
        error = type(error)(error.message, "portrait")
    refuse(form, error, event.languages)
