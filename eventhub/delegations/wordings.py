"""Whose words letters have: an event's own, its institution's, the ready ones, in this order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from sqlalchemy import select

from eventhub.core.db import db
from eventhub.delegations.letter_text import default_texts
from eventhub.delegations.models import LetterText
from eventhub.events.models import Event
from eventhub.i18n import Translated


@dataclass(frozen=True, slots=True)
class Owner:
    """Who words letters: an institution, or one event of it."""

    institution_id: int
    event_id: int | None = None

    @classmethod
    def of(cls, event: Event) -> Self:
        """Return the event as an owner of texts."""
        return cls(event.institution_id, event.id)


def texts_of(owner: Owner) -> dict[str, Translated]:
    """Return the text of each kind as it counts for the owner."""
    return _merged(standard_of(owner), own_texts(owner))


def standard_of(owner: Owner) -> dict[str, Translated]:
    """Return what counts where the owner says nothing: the institution's text, or the ready one."""
    if owner.event_id is None:
        return dict(default_texts())
    return _merged(default_texts(), own_texts(Owner(owner.institution_id)))


def own_texts(owner: Owner) -> dict[str, Translated]:
    """Return what the owner itself wrote, by kind and language."""
    query = select(LetterText)
    if owner.event_id is None:
        query = query.where(LetterText.institution_id == owner.institution_id)
    else:
        query = query.where(LetterText.event_id == owner.event_id)
    return {row.kind: row.texts for row in db.session.scalars(query)}


def text_row(owner: Owner, kind: str) -> LetterText | None:
    """Return the row with the owner's text of a kind, None where it has none."""
    query = select(LetterText).where(LetterText.kind == kind)
    if owner.event_id is None:
        query = query.where(LetterText.institution_id == owner.institution_id)
    else:
        query = query.where(LetterText.event_id == owner.event_id)
    return db.session.scalar(query)


def _merged(
    under: Mapping[str, Translated], over: Mapping[str, Translated]
) -> dict[str, Translated]:
    return {
        kind: Translated({**texts, **over.get(kind, Translated())}) for kind, texts in under.items()
    }
