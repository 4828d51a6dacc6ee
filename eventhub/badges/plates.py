"""Name plates: what stands before a delegation, from the event's design into one file."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, BinaryIO

from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.db import db
from eventhub.designs.occasions import occasion_of, other_language, two
from eventhub.designs.queries import plate_for
from eventhub.designs.rules import Face, Kind
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.i18n import _, use
from eventhub.printing.values import Sheet
from eventhub.protocol.models import EventEntity
from eventhub.protocol.queries import formally_named, named, own_at

if TYPE_CHECKING:
    from eventhub.printing.sheets import Report

_KIND = Kind("plate", (), "", "#17212B", "#FFFFFF", ())

CHUNK = 25
"""How many plates are set between two tellings of how far the file is."""


def plates_of(
    event: Event,
    entity_ids: Sequence[int],
    *,
    formal: bool = False,
    heads: Mapping[int, str] | None = None,
    languages: Sequence[str] | None = None,
) -> list[Face]:
    """Return the name plates of States and organizations in the order given: one statement.

    formal asks for formal names (R2.1), the usual one where there is none; heads are the names
    of heads of delegation by entity id. languages are those of which the first that has the name
    stands under English; without them, those of the event.
    """
    spoken = event.languages if languages is None else languages
    query = select(Entity, EventEntity).outerjoin(EventEntity, own_at(event.id))
    rows = {row[0].id: row for row in db.session.execute(query.where(Entity.id.in_(entity_ids)))}
    faces = []
    for entity_id in entity_ids:
        if entity_id not in rows:
            continue
        entity, own = rows[entity_id]
        usual, said = named(entity, own), formally_named(entity, own)
        names = said if formal and any(said.values()) else usual
        faces.append(
            Face(
                kind=_KIND.name,
                ref=entity.code,
                names=two(usual, spoken),
                local_name="",
                local_language="",
                post=(heads or {}).get(entity_id, ""),
                entity=two(names, spoken),
                entity_language=other_language(names, spoken),
                number=entity.code,
                issue=1,
                short_entity=two(usual, spoken),
            )
        )
    return faces


def print_plates(
    event: Event,
    faces: Sequence[Face],
    out: BinaryIO,
    progress: Callable[[int, int], None] | None = None,
) -> "Report":
    """Write one PDF with these name plates by the event's design; out must be seekable.

    progress is told how many of all plates are set, after each CHUNK and at the end.
    """
    from eventhub.designs.decks import (  # noqa: PLC0415  (heavy: only the worker makes PDFs)
        deck_of,
        print_deck,
    )

    deck = deck_of({_KIND.name: plate_for(event)}, [_KIND], occasion_of(event))

    def sheets() -> Iterator[Sheet]:
        for number, face in enumerate(faces, start=1):
            yield from deck.sheets_of(face)
            if progress is not None and (number % CHUNK == 0 or number == len(faces)):
                progress(number, len(faces))

    with use("en"):
        title = str(_("Name plates: %(event)s", event=event.title("en")))
    return print_deck(deck, sheets(), out, title=title, lang="en", created_at=clock.now())
