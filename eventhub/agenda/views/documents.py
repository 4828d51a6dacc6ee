"""Documents of sessions: attached by organisers, read by everybody or by those admitted."""

from typing import Any

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda import queries
from eventhub.agenda.forms import as_version
from eventhub.agenda.forms.documents import document_form
from eventhub.agenda.models import Session
from eventhub.agenda.public_documents import public_documents
from eventhub.agenda.queries.documents import documents_of, find_published_file, get_document
from eventhub.agenda.rules.documents import KINDS
from eventhub.agenda.services import documents as services
from eventhub.agenda.views.blueprint import bp
from eventhub.agenda.words import VISIBILITIES, language_name
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.events.showing import public_event
from eventhub.i18n import Translated, _
from eventhub.web.access import PUBLIC, current_actor, requires
from eventhub.web.context import say
from eventhub.web.downloads import send_stored
from eventhub.web.fields import refuse, said_in, shown_in
from eventhub.web.once import once


@bp.get("/<lang>/<slug>/programme/documents/<ref>")
@requires(PUBLIC)
def public_document(lang: str, slug: str, ref: str) -> ResponseReturnValue:
    """Answer a document that the programme in force shows to everybody."""
    event, _host = public_event(slug)
    programme = queries.find_programme(event.id)
    said = public_documents(programme).get(ref) if programme else None
    file = find_published_file(event.id, said["file"]) if said else None
    if file is None:
        abort(404)
    etag = file.sha256[:32]
    response = (
        Response(status=304)
        if request.if_none_match.contains_weak(etag)
        else send_stored(file, inline=KINDS[file.media_type].is_shown)
    )
    response.set_etag(etag)
    response.headers["Cache-Control"] = "public, no-cache"
    return response


@bp.route("/manage/<slug>/programme/sessions/<ref>/documents", methods=["GET", "POST"])
@requires("agenda.edit")
def list_documents(slug: str, ref: str) -> ResponseReturnValue:
    """List the documents of a session, and take another one."""
    event, session = _find(slug, ref)
    form = document_form(event, with_file=True)
    if form.is_good():
        sent = request.files.get("file")
        data = sent.read() if sent else b""

        def act() -> str:
            return services.attach_document(
                event,
                session,
                data,
                name=(sent.filename if sent else "") or "",
                **_said(form, None),
                actor=current_actor(),
            ).ref

        try:
            once(form.key.data, f"agenda.attach:{session.id}", act)
            say(_("The document is attached. It is public once the programme is published."))
            return redirect(url_for("agenda.list_documents", slug=slug, ref=ref))
        except DomainError as error:
            refuse(form, error, event.languages)
    rows = [
        {
            "ref": document.ref,
            "title": document.titles.pick(),
            "language": language_name(document.language) if document.language else "",
            "visibility": VISIBILITIES[document.visibility],
            "kind": KINDS[file.media_type].ending.upper(),
            "kilobytes": max(1, file.size // 1000),
        }
        for document, file in documents_of(event.id).get(session.id, [])
    ]
    page = render_template(
        "agenda/list_documents.html", event=event, session=session, form=form, rows=rows
    )
    return page, form.status


@bp.route("/manage/<slug>/programme/sessions/<ref>/documents/<document>", methods=["GET", "POST"])
@requires("agenda.edit")
def change_document(slug: str, ref: str, document: str) -> ResponseReturnValue:
    """Change the title of a document, its language and who may read it."""
    event, session = _find(slug, ref)
    row, _file = get_document(event.id, session.id, document)
    given = {
        "version": row.version,
        "language": row.language,
        "visibility": row.visibility,
        **shown_in("titles", row.titles),
    }
    form = document_form(event, given=given)
    status = None
    if form.is_good():
        try:
            with transaction():
                services.change_document(
                    event,
                    session,
                    row,
                    **_said(form, row.titles),
                    version=as_version(form.version.data),
                    actor=current_actor(),
                )
            say(_("The document is saved."))
            return redirect(url_for("agenda.list_documents", slug=slug, ref=ref))
        except DomainError as error:
            refuse(form, error, event.languages)
            status = error.status
            form.version.data = str(row.version)
    page = render_template(
        "agenda/document_form.html", event=event, session=session, form=form, document=row
    )
    return page, status or form.status


@bp.get("/manage/<slug>/programme/sessions/<ref>/documents/<document>/file")
@requires("agenda.edit")
def show_document(slug: str, ref: str, document: str) -> ResponseReturnValue:
    """Answer the file of a document of the draft."""
    event, session = _find(slug, ref)
    _row, file = get_document(event.id, session.id, document)
    return send_stored(file, inline=KINDS[file.media_type].is_shown)


@bp.post("/manage/<slug>/programme/sessions/<ref>/documents/<document>/remove")
@requires("agenda.edit")
def remove_document(slug: str, ref: str, document: str) -> ResponseReturnValue:
    """Take a document off its session."""
    event, session = _find(slug, ref)
    row, _file = get_document(event.id, session.id, document)
    with transaction():
        services.remove_document(event, session, row, actor=current_actor())
    say(_("The document is taken off. It is no longer public once the programme is published."))
    return redirect(url_for("agenda.list_documents", slug=slug, ref=ref))


def _find(slug: str, ref: str) -> tuple[Event, Session]:
    event = get_event(slug)
    return event, queries.get_session(event.id, ref, or_in_tray=True)


def _said(form: Any, titles: Translated | None) -> dict[str, Any]:
    return {
        "titles": said_in(form, "titles", titles or Translated()),
        "language": form.language.data or "",
        "visibility": form.visibility.data,
    }
