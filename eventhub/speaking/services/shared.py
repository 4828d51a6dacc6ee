"""What every change of a list does: lock it, count it, lay those who wait out anew."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, NotFound
from eventhub.entities.models import Entity
from eventhub.entities.rules import Kind
from eventhub.events.models import Event
from eventhub.events.services.shared import check_open
from eventhub.i18n import _
from eventhub.speaking import rules
from eventhub.speaking.models import SpeakerList, SpeakingRequest, SpeakingTurn
from eventhub.speaking.rules import Asked


def lock(one: SpeakerList, *, live: int | None = None) -> SpeakerList:
    """Return the list as it is now, locked until the transaction ends, its version raised.

    Raises Conflict where the event is closed, and where `live` is given and somebody else has
    worked the floor since it was read.
    """
    check_open(db.session.get_one(Event, one.event_id))
    query = select(SpeakerList).where(SpeakerList.id == one.id).with_for_update()
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    if live is not None and found.live != live:
        raise Conflict(
            _("Somebody else worked the list meanwhile. Look at who has the floor, then go on.")
        )
    found.version += 1
    if live is not None:
        found.live += 1
    return found


def get_request(one: SpeakerList, request_id: int) -> SpeakingRequest:
    """Return a request of the list as it is now; else NotFound."""
    query = select(SpeakingRequest).where(
        SpeakingRequest.list_id == one.id, SpeakingRequest.id == request_id
    )
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def waiting_of(one: SpeakerList) -> list[SpeakingRequest]:
    """Return the requests that wait, as they stand now."""
    query = select(SpeakingRequest).where(
        SpeakingRequest.list_id == one.id, SpeakingRequest.state.in_(rules.WAITING)
    )
    return list(db.session.scalars(query.order_by(SpeakingRequest.place, SpeakingRequest.id)))


def arrange(one: SpeakerList, order: Sequence[int] | None = None) -> None:
    """Write the places of those who wait: by the rule, those moved by hand where they stand.

    `order` holds the ids as they stand now, where that is not what the rows say.
    """
    db.session.flush()
    rows = {row.id: row for row in waiting_of(one)}
    current = [id_ for id_ in order or rows if id_ in rows]
    fixed = {row.id for row in rows.values() if row.is_moved}
    asked, last = _as_asked(one)
    for row in rows.values():
        row.shifted = ""
    if one.ordering == "balanced":
        choices = rules.balanced(asked, last)
        ruled = [choice.asked.id for choice in choices]
        for choice in choices:
            if choice.asked.id not in fixed:
                rows[choice.asked.id].shifted = "+".join(choice.why)
    else:
        ruled = [row.id for row in rules.plain(asked)]
    for place, id_ in enumerate(rules.laid_out(current, fixed, ruled)):
        if rows[id_].place != place:
            rows[id_].place = place
    db.session.flush()


def block_for(one: SpeakerList, entity: Entity | None, for_group: str, otherwise: int) -> int:
    """Return the block in which a request stands; `otherwise` for a body without an entity."""
    if entity is None and not for_group:
        return otherwise
    kind = Kind(entity.kind) if entity else None
    return rules.block_of(kind, is_for_group=bool(for_group), observers_apart=one.observers_apart)


def head_of(one: SpeakerList, request: SpeakingRequest) -> SpeakingRequest | None:
    """Return who is first, by the plain rule, among those who wait in the tier of a request."""
    tier = [
        row
        for row in waiting_of(one)
        if (row.block, row.tier) == (request.block, request.tier) and not row.is_moved
    ]
    return min(tier, key=lambda row: (row.queued_at, row.id), default=None)


def say(
    actor: Actor, action: str, row: SpeakerList | SpeakingRequest, changes: Mapping[str, Any]
) -> None:
    """Write the log: what happened to a list or a request; before and after by field."""
    kind = "speaker_list" if isinstance(row, SpeakerList) else "speaking_request"
    told = {name: (None, value) for name, value in changes.items()}
    record(actor, action, [Subject(kind, row.ref, told)], event_id=row.event_id)
    db.session.flush()


def _as_asked(one: SpeakerList) -> tuple[list[Asked], Asked | None]:
    """Return those who wait as the rules see them, and who spoke last: two statements."""
    query = (
        select(SpeakingRequest, Entity)
        .outerjoin(Entity, Entity.id == SpeakingRequest.entity_id)
        .where(SpeakingRequest.list_id == one.id)
    )
    waiting = query.where(SpeakingRequest.state.in_(rules.WAITING))
    asked = [_asked(*row) for row in db.session.execute(waiting)]
    spoke = query.join(SpeakingTurn, SpeakingTurn.request_id == SpeakingRequest.id).order_by(
        SpeakingTurn.started_at.desc(), SpeakingTurn.id.desc()
    )
    last = db.session.execute(spoke.limit(1)).first()
    return asked, _asked(*last) if last else None


def _asked(request: SpeakingRequest, entity: Entity | None) -> Asked:
    rank = entity.ranks.get("en") if entity else None
    return Asked(
        id=request.id,
        block=request.block,
        tier=request.tier,
        queued_at=request.queued_at,
        rank_en=rank if rank is not None else rules.LAST_RANK,
        group=(entity.un_group or "") if entity else "",
        gender=request.gender,
        passed=request.passed,
    )
