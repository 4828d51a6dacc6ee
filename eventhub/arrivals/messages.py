"""The digest for liaison officers: how many journeys of which delegation changed, no values."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from eventhub.core.db import db
from eventhub.delegations.models import Delegation
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.i18n import ngettext
from eventhub.mail.seams import Letter, Message
from eventhub.mail.wording import letter
from eventhub.people.models import Account
from eventhub.protocol.queries import name_at
from eventhub.web.urls import absolute


def changed(_event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Say of how many people of each delegation something changed, with a link to its sheet."""
    account = db.session.get(Account, ids["account"])
    counts = {int(delegation_id): int(count) for delegation_id, count in ids["lines"]}
    query = (
        select(Delegation, Entity, Event)
        .join(Entity, Entity.id == Delegation.entity_id)
        .join(Event, Event.id == Delegation.event_id)
        .where(Delegation.id.in_(counts))
        .order_by(Delegation.id)
    )
    lines = [
        {
            "entity": name_at(event.id, entity),
            "title": event.title(),
            "sentence": ngettext(
                "The arrival or departure of %(n)s person changed.",
                "The arrivals or departures of %(n)s people changed.",
                counts[delegation.id],
            ),
            "url": absolute("arrivals.show_sheet", slug=event.slug, ref=delegation.ref),
        }
        for delegation, entity, event in db.session.execute(query)
    ]
    if account is None or not lines:
        return None
    return letter("arrivals/changed", account=account, lines=lines)


WORDED: dict[str, Message] = {"arrivals.changed": changed}
"""Every letter by its name."""
