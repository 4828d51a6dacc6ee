"""What designs contribute to the packages below."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import undefer

from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.designs.models import BadgeDesign
from eventhub.designs.permissions import EDIT
from eventhub.events.seams import CLONE_STEPS, IdMap, clones
from eventhub.i18n import _
from eventhub.web.seams import NAV, NavEntry


@clones("badge_design")
def copy_designs(from_event_id: int, to_event_id: int, ids: IdMap, *, actor: Actor) -> None:
    """Copy the designs of an event, each for the copies of its categories."""
    categories, now = ids.get("category", {}), clock.now()
    query = select(BadgeDesign).where(BadgeDesign.event_id == from_event_id)
    for design in db.session.scalars(
        query.options(undefer(BadgeDesign.layout)).order_by(BadgeDesign.id)
    ):
        copy = _copy(design, to_event_id, now)
        copy.category_ids = [categories[n] for n in design.category_ids if n in categories]
        db.session.add(copy)
        db.session.flush()
        ids.setdefault("badge_design", {})[design.id] = copy.id


def _copy(design: BadgeDesign, event_id: int, now: datetime) -> BadgeDesign:
    return BadgeDesign(
        event_id=event_id, kind=design.kind, name=design.name, size=design.size,
        layout=design.layout, is_default=design.is_default, changed_at=now,
    )  # fmt: skip


ENTRY = NavEntry(
    "designs.list_designs", lambda _place: _("Designs"), EDIT, 52, switch="badges",
    prefixes=("designs.",), under="checkin.show_floor",
)  # fmt: skip


def connect() -> None:
    """Fill the seams of lower packages; twice is harmless."""
    if ENTRY not in NAV:
        NAV.append(ENTRY)
    if copy_designs not in CLONE_STEPS:
        CLONE_STEPS.append(copy_designs)
