"""Attaching documents to sessions, and taking them off."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select

from eventhub.agenda.models import Session
from eventhub.agenda.models.documents import SessionDocument
from eventhub.agenda.queries import programme_in, versions_of
from eventhub.agenda.rules.documents import VISIBILITIES, kind_of
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import Event
from eventhub.events.services.shared import check_open, check_version
from eventhub.files.services import erase_files, store_file
from eventhub.i18n import Translated, _

DATA_CLASS = "session_document"
MOST_BYTES = 20 * 1024 * 1024
MOST_OF_A_SESSION = 30


def attach_document(
    event: Event,
    session: Session,
    data: bytes,
    *,
    name: str,
    titles: Translated,
    language: str,
    visibility: str,
    actor: Actor,
) -> SessionDocument:
    """Keep a file with a session; Invalid where it is none of the kinds that may be attached."""
    check_open(event)
    kind = kind_of(data)
    if kind is None:
        raise Invalid(
            _("Choose a PDF, Word, PowerPoint or Excel file without macros, or a picture."), "file"
        )
    if len(data) > MOST_BYTES:
        raise Invalid(_("Choose a file of at most %(size)s MB.", size=MOST_BYTES >> 20), "file")
    _check(titles, visibility)
    there = select(SessionDocument.id).where(SessionDocument.session_id == session.id)
    if len(db.session.scalars(there).all()) >= MOST_OF_A_SESSION:
        raise Conflict(_("A session carries %(n)s documents at most.", n=MOST_OF_A_SESSION))
    stem = name.rpartition(".")[0] or name or "document"
    file = store_file(
        data,
        event_id=event.id,
        data_class=DATA_CLASS,
        name=f"{stem[:200]}.{kind.ending}",
        media_type=kind.media_type,
    )
    document = SessionDocument(
        event_id=event.id,
        session_id=session.id,
        file_id=file.id,
        titles=titles,
        language=language,
        visibility=visibility,
    )
    db.session.add(document)
    session.changed_at = clock.now()
    db.session.flush()
    changes: dict[str, tuple[Any, Any]] = {
        "document": (None, document.ref),
        "visibility": (None, visibility),
    }
    _record(event, session, "session.attach", changes, actor)
    return document


def change_document(
    event: Event,
    session: Session,
    document: SessionDocument,
    *,
    titles: Translated,
    language: str,
    visibility: str,
    version: int | None,
    actor: Actor,
) -> None:
    """Change title, language and visibility; Conflict where somebody else did meanwhile."""
    check_open(event)
    check_version(document, version, event_id=event.id)
    _check(titles, visibility)
    changes: dict[str, tuple[Any, Any]] = {"visibility": (document.visibility, visibility)}
    document.titles, document.language, document.visibility = titles, language, visibility
    document.version += 1
    session.changed_at = clock.now()
    db.session.flush()
    _record(event, session, "session.change_document", changes, actor)


def remove_document(
    event: Event, session: Session, document: SessionDocument, *, actor: Actor
) -> None:
    """Take a document off its session; it is public until the programme is published again.

    The file stays as long as a published version names it, so that one can go back to that.
    """
    check_open(event)
    changes: dict[str, tuple[Any, Any]] = {"document": (document.ref, None)}
    session.changed_at = clock.now()
    _forget(event.id, [document])
    _record(event, session, "session.detach", changes, actor)


def forget_documents(session: Session) -> None:
    """Remove the documents of a session that is removed."""
    query = select(SessionDocument).where(SessionDocument.session_id == session.id)
    _forget(session.event_id, db.session.scalars(query).all())


def _forget(event_id: int, documents: Sequence[SessionDocument]) -> None:
    if not documents:
        return
    files = {document.file_id for document in documents}
    ids = [document.id for document in documents]
    db.session.execute(delete(SessionDocument).where(SessionDocument.id.in_(ids)))
    db.session.flush()
    kept = {
        said["file"]
        for version in versions_of(event_id)
        for said in programme_in(version).documents.values()
    }
    erase_files(files - kept)


def _check(titles: Translated, visibility: str) -> None:
    if not titles:
        raise Invalid(_("Write a title in at least one language."), "titles")
    if visibility not in VISIBILITIES:
        raise Invalid(_("Choose who may read it."), "visibility")


def _record(
    event: Event,
    session: Session,
    action: str,
    changes: dict[str, tuple[Any, Any]],
    actor: Actor,
) -> None:
    record(actor, action, [Subject("session", session.ref, changes)], event_id=event.id)
