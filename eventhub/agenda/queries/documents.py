"""Asking for the documents of sessions."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select

from eventhub.agenda.models.documents import SessionDocument
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.files.models import StoredFile

Documents = Mapping[int, list[tuple[SessionDocument, StoredFile]]]
"""By id of the session, each list in the order in which they came."""


def documents_of(event_id: int) -> Documents:
    """Return the documents of the draft with their files; one statement."""
    query = (
        select(SessionDocument, StoredFile)
        .join(StoredFile, StoredFile.id == SessionDocument.file_id)
        .where(SessionDocument.event_id == event_id)
        .order_by(SessionDocument.id)
    )
    found: dict[int, list[tuple[SessionDocument, StoredFile]]] = defaultdict(list)
    for document, file in db.session.execute(query):
        found[document.session_id].append((document, file))
    return found


def get_document(event_id: int, session_id: int, ref: str) -> tuple[SessionDocument, StoredFile]:
    """Return a document of a session and its file; NotFound where it has none of that ref."""
    query = (
        select(SessionDocument, StoredFile)
        .join(StoredFile, StoredFile.id == SessionDocument.file_id)
        .where(
            SessionDocument.event_id == event_id,
            SessionDocument.session_id == session_id,
            SessionDocument.ref == ref,
        )
    )
    row = db.session.execute(query).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


def find_published_file(event_id: int, file_id: int) -> StoredFile | None:
    """Return a file that a version of the programme names; None where it was erased."""
    query = select(StoredFile).where(StoredFile.event_id == event_id, StoredFile.id == file_id)
    return db.session.scalar(query)
