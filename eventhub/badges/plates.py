"""Name plates: what stands before a delegation, from the event's design into one file."""

from collections.abc import Mapping, Sequence
from typing import BinaryIO

from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.db import db
from eventhub.designs.decks import deck_of, print_deck
from eventhub.designs.occasions import occasion_of, other_language, two
from eventhub.designs.queries import plate_for
from eventhub.designs.rules import Face, Kind
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.i18n import _, use
from eventhub.printing.sheets import Report
from eventhub.protocol.models import EventEntity
from eventhub.protocol.queries import formally_named, named, own_at

_KIND = Kind("plate", (), "", "#17212B", "#FFFFFF", ())


def plates_of(
    event: Event,
    entity_ids: Sequence[int],
    *,
    formal: bool = False,
    heads: Mapping[int, str] | None = None,
) -> list[Face]:
    """Return the name plates of States and organizations in the order given: one statement.

    formal asks for formal names (R2.1), the usual one where there is none; heads are the names
    of heads of delegation by entity id.
    """
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
                names=two(usual, event.languages),
                local_name="",
                local_language="",
                post=(heads or {}).get(entity_id, ""),
                entity=two(names, event.languages),
                entity_language=other_language(names, event.languages),
                number=entity.code,
                issue=1,
                short_entity=two(usual, event.languages),
            )
        )
    return faces


def print_plates(event: Event, faces: Sequence[Face], out: BinaryIO) -> Report:
    """Write one PDF with these name plates by the event's design; out must be seekable."""
    deck = deck_of({_KIND.name: plate_for(event)}, [_KIND], occasion_of(event))
    with use("en"):
        title = str(_("Name plates: %(event)s", event=event.title("en")))
    sheets = (sheet for face in faces for sheet in deck.sheets_of(face))
    return print_deck(deck, sheets, out, title=title, lang="en", created_at=clock.now())
