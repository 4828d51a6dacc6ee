"""The people of an event whose badges are hardest to set, for whoever designs them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from eventhub.core.actor import Scope
from eventhub.core.db import db
from eventhub.designs.occasions import other_language, two
from eventhub.designs.rules import Face
from eventhub.events.queries import categories_of
from eventhub.protocol.queries import texts_at
from eventhub.registration.models import Registration
from eventhub.registration.queries import name_of

ALIVE = ("submitted", "nominated", "waitlisted", "accredited")
EACH = 2


def hardest(event: Any, scope: Scope) -> Sequence[Face]:
    """Return the longest names and organisations, and names in other scripts; six at most.

    Five statements, however many are registered.
    """
    length = func.length(Registration.given_names) + func.length(Registration.family_name)
    one_word = func.length(Registration.family_name)
    base = select(Registration).where(
        Registration.event_id == event.id, Registration.state.in_(ALIVE), length > 0
    )
    if scope.categories is not None:
        base = base.where(Registration.category_id.in_(scope.categories))
    asked = (
        base.order_by(length.desc(), Registration.id),
        base.order_by(one_word.desc(), Registration.id),
        base.where(Registration.organisation != "").order_by(
            func.length(Registration.organisation).desc(), Registration.id
        ),
        base.where(Registration.name_local != "").order_by(
            func.length(Registration.name_local).desc(), Registration.id
        ),
    )
    rows: dict[int, Registration] = {}
    for query in asked:
        rows.update((row.id, row) for row in db.session.scalars(query.limit(EACH)))
    chosen = list(rows.values())[:6]
    kinds = {category.id: category.ref for category in categories_of(event.id)}
    entities = texts_at(event.id, [row.entity_id for row in chosen])
    faces = []
    for row in chosen:
        entity = entities.get(row.entity_id or 0)
        faces.append(
            Face(
                kind=kinds[row.category_id],
                ref=row.ref,
                names=tuple(line for line in name_of(row).lines if line),
                local_name=row.name_local,
                local_language=row.name_local_language,
                post=row.functional_title,
                entity=two(entity, event.languages) if entity else (row.organisation,),
                entity_language=other_language(entity, event.languages) if entity else "",
                number="ZMB-07",
                issue=1,
            )
        )
    return faces
