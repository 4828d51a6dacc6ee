"""Putting requests on a list, changing them, taking them off (R3.7, R3.10, R3.14)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.core.text import fold
from eventhub.entities.models import Entity, RankLevel
from eventhub.events.services.shared import check_version
from eventhub.i18n import _
from eventhub.registration.models import Registration
from eventhub.speaking import rules
from eventhub.speaking.models import SpeakerList, SpeakingRequest
from eventhub.speaking.services.shared import arrange, block_for, get_request, lock, say

LOWEST_TIER = 7


@dataclass(frozen=True, slots=True)
class Wish:
    """What a request says: who speaks, at which rank, on whose behalf, in which language.

    Either an entity or, for anybody else, a `body` with the block in which it stands.
    """

    entity: Entity | None = None
    body: str = ""
    block: int = 3
    for_group: str = ""
    speaker: str = ""
    gender: str = ""
    language: str = ""
    rank: RankLevel | None = None

    @property
    def tier(self) -> int:
        """Return the tier of the rank, the lowest where none is said."""
        return self.rank.speaker_tier if self.rank else LOWEST_TIER


def inscribe(
    one: SpeakerList,
    wish: Wish,
    *,
    actor: Actor,
    received_at: datetime | None = None,
    chair: str = "",
    state: str = "inscribed",
) -> SpeakingRequest:
    """Put a request on the list, at the place that the rule gives it; return it.

    `chair` is why the chair lets somebody on after the list was closed; without it Conflict.
    Invalid where nobody is named; Conflict where the entity has a request of its own already
    (R3.7; statements for a group are beside it).
    """
    one = lock(one)
    if not one.is_open and not chair:
        said = _("The list is closed. Later requests need a decision of the chair.")
        raise Conflict(said, "chair")
    _check(one, wish)
    now = clock.now()
    row = SpeakingRequest(
        event_id=one.event_id,
        list_id=one.id,
        tier=wish.tier,
        received_at=received_at or now,
        queued_at=received_at or now,
        place=1_000_000,
        state=state,
        reason="" if one.is_open else chair,
        **_written(one, wish),
    )
    db.session.add(row)
    arrange(one)
    say(actor, "speaking_request.add", row, {"who": _who(wish), "by_chair": not one.is_open})
    return row


def change(
    one: SpeakerList,
    request: SpeakingRequest,
    wish: Wish,
    *,
    version: int | None,
    is_confirmed: bool,
    actor: Actor,
) -> None:
    """Change what a request says; the speaker may change until the floor is given (R3.7).

    A new rank counts once it is confirmed (R3.10): at once where `is_confirmed`, else the request
    keeps its place and waits to be confirmed again.
    """
    check_version(request, version, event_id=one.event_id)
    one = lock(one)
    row = _waiting(one, request)
    _check(one, wish, but=row.id)
    for name, value in _written(one, wish).items():
        setattr(row, name, value)
    row.version += 1
    if is_confirmed:
        _confirm(row, wish.tier)
    elif wish.tier != row.tier:
        row.state = "inscribed"
    arrange(one)
    say(actor, "speaking_request.change", row, {"who": _who(wish)})


def confirm(one: SpeakerList, request: SpeakingRequest, *, actor: Actor) -> None:
    """Confirm speaker and rank: the request now stands where its rank belongs (R3.10)."""
    one = lock(one)
    row = _waiting(one, request)
    rank = db.session.get(RankLevel, row.rank_id) if row.rank_id else None
    _confirm(row, rank.speaker_tier if rank else LOWEST_TIER)
    arrange(one)
    say(actor, "speaking_request.confirm", row, {})


def take_off(
    one: SpeakerList, request: SpeakingRequest, *, state: str, reason: str, actor: Actor
) -> None:
    """Take a request off the list: withdrawn, or written (a statement in writing only)."""
    if state not in rules.GONE:
        raise ValueError(state)
    one = lock(one)
    row = _waiting(one, request)
    row.state, row.reason, row.is_moved = state, reason, False
    row.version += 1
    arrange(one)
    say(actor, f"speaking_request.{state}", row, {"reason": reason})


def put_back(one: SpeakerList, request: SpeakingRequest, *, actor: Actor) -> None:
    """Put a request that was taken off back on the list, by its original time."""
    one = lock(one)
    row = get_request(one, request.id)
    if row.state not in rules.GONE:
        raise Conflict(_("This request is on the list."))
    if row.entity_id and not row.for_group:
        _check_single(one, row.entity_id, but=row.id)
    row.state, row.reason, row.place = "inscribed", "", 1_000_000
    row.version += 1
    arrange(one)
    say(actor, "speaking_request.put_back", row, {})


def _confirm(row: SpeakingRequest, asked_tier: int) -> None:
    row.tier, row.queued_at = rules.tier_and_time(
        row.tier,
        asked_tier,
        received_at=row.received_at,
        queued_at=row.queued_at,
        now=clock.now(),
    )
    row.state = "confirmed"


def _waiting(one: SpeakerList, request: SpeakingRequest) -> SpeakingRequest:
    row = get_request(one, request.id)
    if row.state not in rules.WAITING:
        raise Conflict(_("This request no longer waits for the floor."))
    return row


def _check(one: SpeakerList, wish: Wish, but: int | None = None) -> None:
    if wish.entity is None and not wish.body:
        raise Invalid(_("Choose a State or organization, or write who speaks."), "entity")
    if wish.entity is not None and wish.body:
        raise Invalid(_("Leave this empty where you chose from the list."), "body")
    if wish.entity is not None and not wish.for_group:
        _check_single(one, wish.entity.id, but=but)


def _check_single(one: SpeakerList, entity_id: int, but: int | None) -> None:
    query = select(SpeakingRequest.id).where(
        SpeakingRequest.list_id == one.id,
        SpeakingRequest.entity_id == entity_id,
        SpeakingRequest.for_group == "",
        SpeakingRequest.state.not_in(rules.GONE),
        SpeakingRequest.id != (but or 0),
    )
    if db.session.scalar(query.limit(1)):
        said = _("It is on the list already. A second statement is possible for a group only.")
        raise Conflict(said, "entity")


def _written(one: SpeakerList, wish: Wish) -> dict[str, object]:
    return {
        "entity_id": wish.entity.id if wish.entity else None,
        "body": wish.body,
        "for_group": wish.for_group,
        "speaker": wish.speaker,
        "registration_id": _registration_of(one.event_id, wish),
        "gender": wish.gender,
        "language": wish.language,
        "rank_id": wish.rank.id if wish.rank else None,
        "block": block_for(one, wish.entity, wish.for_group, wish.block),
    }


def _registration_of(event_id: int, wish: Wish) -> int | None:
    """Return the id of the one registration of the entity whose name the speaker bears."""
    if wish.entity is None or not wish.speaker:
        return None
    query = select(Registration).where(
        Registration.event_id == event_id, Registration.entity_id == wish.entity.id
    )
    told = fold(wish.speaker)
    found = [
        row.id
        for row in db.session.scalars(query)
        if row.family_name
        and fold(row.family_name) in told
        and all(name in told for name in fold(row.given_names).split())
    ]
    return found[0] if len(found) == 1 else None


def _who(wish: Wish) -> str:
    return wish.entity.code if wish.entity else wish.body
