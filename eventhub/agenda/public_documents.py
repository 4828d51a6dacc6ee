"""Documents of a published programme, as everybody may read them or those who are admitted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eventhub.agenda.rules import FrozenSession, Programme, shows_content
from eventhub.agenda.rules.documents import ADMITTED, KINDS, PUBLIC
from eventhub.agenda.words import language_name

if TYPE_CHECKING:
    from eventhub.agenda.showing import View, Words


@dataclass(frozen=True, slots=True)
class Document:
    """A document as a page names it: its title, the language of the file, kind and size."""

    ref: str
    title: "Words"
    language: str
    kind: str
    kilobytes: int


def show_documents(
    programme: Programme, session: FrozenSession, view: "View"
) -> tuple[Document, ...]:
    """Return the documents of a session that the page may name."""
    readable = readable_documents(programme, session, is_public=view.is_public)
    return tuple(
        Document(
            ref=ref,
            title=view.words(said["titles"]),
            language=language_name(said["language"]) if said["language"] else "",
            kind=KINDS[said["media_type"]].ending.upper(),
            kilobytes=max(1, said["size"] // 1000),
        )
        for ref, said in readable.items()
    )


def readable_documents(
    programme: Programme, session: FrozenSession, *, is_public: bool
) -> dict[str, Mapping[str, Any]]:
    """Return by ref the documents of a session that everybody may read, or who is admitted.

    Of a closed session everybody reads none (R3.2).
    """
    if is_public and not shows_content(session.access):
        return {}
    wanted = (PUBLIC,) if is_public else (PUBLIC, ADMITTED)
    return {
        ref: programme.documents[ref]
        for ref in session.documents
        if ref in programme.documents and programme.documents[ref]["visibility"] in wanted
    }


def public_documents(programme: Programme) -> dict[str, Mapping[str, Any]]:
    """Return by ref all documents that everybody may read."""
    return {
        ref: said
        for session in programme.sessions
        for ref, said in readable_documents(programme, session, is_public=True).items()
    }
