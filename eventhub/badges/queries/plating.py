"""For which States and organizations name plates are made, and who leads them."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, select

from eventhub.badges.rules import PlateChoice
from eventhub.core.actor import Scope
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.delegations.models import Delegation
from eventhub.events.models import Event
from eventhub.files.models import StoredFile
from eventhub.jobs.models import Job
from eventhub.jobs.queries import find_job
from eventhub.protocol.belonging import members_of_group
from eventhub.protocol.queries import Placed, order_of
from eventhub.registration.models import Registration
from eventhub.registration.queries import leaders_of, name_of

PLATES = "badges.print_plates"
"""The work that makes name plates."""

PLATES_CLASS = "name_plates"
"""The class of their files: they may name heads of delegation."""


def plate_entities(event: Event, choice: PlateChoice) -> list[Placed]:
    """Return whom a choice holds, in the order of the event's lists: one statement.

    Who sent regrets is left out, unless somebody of theirs is confirmed.
    """
    ids = _confirmed(event.id)
    if choice.who == "invited":
        invited = select(Delegation.entity_id).where(
            Delegation.event_id == event.id, Delegation.reply != "regrets"
        )
        ids = select(ids.union(invited).subquery().c.entity_id)
    order = list(order_of(event.id, "en", only=ids))
    if choice.entity:
        order = [one for one in order if one.entity.code == choice.entity]
    if choice.group and order:
        members = set(db.session.scalars(members_of_group(event.id, choice.group)))
        order = [one for one in order if one.id in members]
    return order


def plate_heads(
    event_id: int, entity_ids: Collection[int], categories: Collection[int] | None
) -> dict[int, str]:
    """Return the names of those who lead, or act for who is away, by entity id.

    Only of the confirmed, of these categories (None: all). Three statements for any number.
    """
    query = select(Delegation.id, Delegation.entity_id).where(
        Delegation.event_id == event_id, Delegation.entity_id.in_(entity_ids)
    )
    entities: dict[int, int] = dict(db.session.execute(query).all())
    found = {}
    for delegation_id, leaders in leaders_of(event_id, entities).items():
        row = leaders.acting or leaders.head
        if row is None or row.state != "accredited":
            continue
        if categories is None or row.category_id in categories:
            found[entities[delegation_id]] = name_of(row).printed("en")
    return found


def get_plates(event_id: int, ref: str, scope: Scope) -> Job:
    """Return the work that makes plates; NotFound where it reaches beyond the scope (R1.7)."""
    job = find_job(ref, event_id=event_id)
    if job is None or job.name != PLATES:
        raise NotFound
    made_for = job.args["categories"]
    if scope.categories is not None and (
        made_for is None or not scope.categories.issuperset(made_for)
    ):
        raise NotFound
    return job


def find_plates_file(job: Job) -> StoredFile | None:
    """Return the file that the work made; None before, and once it is removed."""
    file = db.session.get(StoredFile, job.result["file"]) if job.result else None
    is_ours = file is not None and (file.event_id, file.data_class) == (job.event_id, PLATES_CLASS)
    return file if is_ours else None


def _confirmed(event_id: int) -> Select[Any]:
    return select(Registration.entity_id).where(
        Registration.event_id == event_id,
        Registration.state == "accredited",
        Registration.entity_id.is_not(None),
    )
