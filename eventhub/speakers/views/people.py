"""The team's list of speakers; adding, changing and removing one."""

from typing import Any

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda.forms import as_version
from eventhub.agenda.models import Speaker
from eventhub.agenda.queries import entity_of, find_portrait, get_speaker
from eventhub.agenda.services import add_speaker as add
from eventhub.agenda.services import change_speaker as change
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict, DomainError
from eventhub.core.text import fold
from eventhub.entities.queries import choices, get_entity
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.files.services import read_whole
from eventhub.i18n import Translated, _, current, pgettext
from eventhub.photos.portrait import Portrait, square_of
from eventhub.photos.services import keep_photo
from eventhub.protocol.queries import names_at
from eventhub.speakers import forms, queries, services, words
from eventhub.speakers.views.blueprint import bp
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.fields import refuse, said_in, shown_in
from eventhub.web.forms import BaseForm
from eventhub.web.once import once


@bp.get("/manage/<slug>/programme/speakers")
@requires("agenda.view")
def list_speakers(slug: str) -> ResponseReturnValue:
    """List everybody on the programme: state, confirmed parts, what is missing; filtered."""
    event = get_event(slug)
    every = queries.rows_of(event)
    asked = {name: request.args.get(name, "") for name in ("state", "missing", "q")}
    rows = [row for row in every if _fits(row, asked)]
    return render_template(
        "speakers/list_speakers.html",
        event=event,
        rows=rows,
        total=len(every),
        silent=[row for row in every if row.is_silent and row.speaker.email],
        news=sum(bool(row.invitation and row.invitation.news) for row in every),
        asked={name: value for name, value in asked.items() if value},
        entities=names_at(event.id, [row.speaker.entity_id for row in every]),
        form=BaseForm(),
        words=words,
        may_edit=current_actor().may("agenda.edit"),
    )


def _fits(row: queries.Row, asked: dict[str, str]) -> bool:
    name = fold(f"{row.speaker.printed_name} {row.speaker.sort_name}")
    return (
        asked["state"] in ("", row.state)
        and (not asked["missing"] or asked["missing"] in row.missing)
        and fold(asked["q"]) in name
    )


@bp.route("/manage/<slug>/programme/speakers/new", methods=["GET", "POST"])
@requires("agenda.edit")
def add_speaker(slug: str) -> ResponseReturnValue:
    """Add somebody to the people of the programme."""
    event = get_event(slug)
    form = _form(event, None)
    if form.is_good():

        def act() -> str:
            return add(event.id, **_values(event, form, portrait, None), actor=current_actor()).ref

        try:
            portrait = portrait_in(form)
            once(form.key.data, "speakers.add_speaker", act)
            say(_("%(name)s is added.", name=form.printed_name.data))
            return redirect(url_for("speakers.list_speakers", slug=slug))
        except DomainError as error:
            refuse_at(form, error, event)
    page = render_template("speakers/speaker_form.html", event=event, form=form, speaker=None)
    return page, form.status


@bp.route("/manage/<slug>/programme/speakers/<ref>/change", methods=["GET", "POST"])
@requires("agenda.edit")
def change_speaker(slug: str, ref: str) -> ResponseReturnValue:
    """Change how somebody is printed, and the portrait."""
    event = get_event(slug)
    speaker = get_speaker(event.id, ref)
    form = _form(event, speaker)
    status = None
    if form.is_good():
        try:
            portrait = portrait_in(form)
            with transaction():
                change(
                    speaker,
                    **_values(event, form, portrait, speaker),
                    version=as_version(form.version.data),
                    actor=current_actor(),
                )
            say(_("%(name)s is saved.", name=speaker.printed_name))
            return redirect(url_for("speakers.show_speaker", slug=slug, ref=ref))
        except DomainError as error:
            refuse_at(form, error, event)
            status = error.status
            form.version.data = str(speaker.version)
    page = render_template("speakers/speaker_form.html", event=event, form=form, speaker=speaker)
    return page, status or form.status


@bp.post("/manage/<slug>/programme/speakers/<ref>/remove")
@requires("agenda.edit")
def remove_speaker(slug: str, ref: str) -> ResponseReturnValue:
    """Remove somebody who has no part in any session."""
    speaker = get_speaker(get_event(slug).id, ref)
    name = speaker.printed_name
    try:
        with transaction():
            services.remove(speaker, actor=current_actor())
        say(_("%(name)s is removed.", name=name))
    except Conflict as error:
        say(error.message, "stop")
        return redirect(url_for("speakers.show_speaker", slug=slug, ref=ref))
    return redirect(url_for("speakers.list_speakers", slug=slug))


@bp.get("/manage/<slug>/programme/speakers/<ref>.jpg")
@requires("agenda.view")
def show_portrait(slug: str, ref: str) -> ResponseReturnValue:
    """Answer the portrait of a speaker of the draft."""
    event = get_event(slug)
    file = find_portrait(event.id, get_speaker(event.id, ref).portrait_id)
    if file is None:
        abort(404)
    return Response(read_whole(file), mimetype="image/jpeg")


def _form(event: Event, speaker: Speaker | None) -> Any:
    given: dict[str, Any] = {"version": 0}
    if speaker is not None:
        entity = entity_of(speaker)
        given = {
            "version": speaker.version,
            "printed_name": speaker.printed_name,
            "sort_name": speaker.sort_name,
            "entity": entity.code if entity else "",
            "email": speaker.email,
            "language": speaker.language,
            "links": "\n".join(speaker.links),
            **shown_in("posts", speaker.posts),
            **shown_in("biographies", speaker.biographies),
        }
    form = forms.speaker_form(event, given)
    groups = {title: dict(rows) for title, rows in choices(current()).items()}
    form.entity.choices = {"": pgettext("State or organization", "None")} | groups
    return form


def portrait_in(form: Any) -> Portrait | None:
    """Return the portrait that was sent, made before any transaction begins; it takes a while."""
    sent = request.files.get("portrait")
    data = sent.read() if sent else b""
    return square_of(data) if data else None


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
        "language": form.language.data or "",
        "links": forms.links_of(form),
        "portrait_id": photo.file_id if photo else None,
    }


def refuse_at(form: Any, error: DomainError, event: Event) -> None:
    """Show a refusal beside its field; that of a photo beside the portrait."""
    if error.field == "photo":
        error = type(error)(error.message, "portrait")
    refuse(form, error, event.languages)
