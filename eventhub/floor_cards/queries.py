"""Finding floor cards."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from eventhub.core.actor import EVERYTHING
from eventhub.core.db import db
from eventhub.delegations.models import Delegation
from eventhub.delegations.queries import Sent, delegations_of
from eventhub.entities.models import Entity
from eventhub.floor_cards.models import FloorCard
from eventhub.i18n import _, current


@dataclass(frozen=True, slots=True)
class CardLine:
    """A delegation with its cards of one session."""

    sent: Sent
    cards: tuple[FloorCard, ...]

    def count(self, state: str) -> int:
        """Return how many of the cards are in this state."""
        return sum(card.state == state for card in self.cards)


def cards_of(event_id: int, session_id: int) -> Sequence[FloorCard]:
    """Return the cards of a session that are not void, by delegation and number."""
    query = select(FloorCard).where(
        FloorCard.event_id == event_id,
        FloorCard.session_id == session_id,
        FloorCard.state != "void",
    )
    return list(db.session.scalars(query.order_by(FloorCard.delegation_id, FloorCard.number)))


def card_lines(event_id: int, session_id: int) -> list[CardLine]:
    """Return all delegations in the order of a list, each with its cards."""
    by_delegation: dict[int, list[FloorCard]] = {}
    for card in cards_of(event_id, session_id):
        by_delegation.setdefault(card.delegation_id, []).append(card)
    return [
        CardLine(sent, tuple(by_delegation.get(sent.delegation.id, ())))
        for sent in delegations_of(event_id, EVERYTHING, current())
    ]


def count_by_session(event_id: int) -> dict[int, int]:
    """Return how many cards there are, by session."""
    query = (
        select(FloorCard.session_id, func.count())
        .where(FloorCard.event_id == event_id, FloorCard.state != "void")
        .group_by(FloorCard.session_id)
    )
    return dict(db.session.execute(query).all())


def find_card(event_id: int, pass_id: int) -> FloorCard | None:
    """Return the card that the pass belongs to, locked until the transaction ends."""
    query = select(FloorCard).where(FloorCard.event_id == event_id, FloorCard.pass_id == pass_id)
    return db.session.scalar(query.with_for_update())


def card_names(card_ids: Collection[int]) -> dict[int, str]:
    """Return what cards are called, by their ids: "Floor card 3: Zambia"."""
    query = (
        select(FloorCard.id, FloorCard.number, Entity)
        .join(Delegation, Delegation.id == FloorCard.delegation_id)
        .join(Entity, Entity.id == Delegation.entity_id)
        .where(FloorCard.id.in_(card_ids))
    )
    return {
        card_id: _("Floor card %(n)s: %(entity)s", n=number, entity=entity.name())
        for card_id, number, entity in db.session.execute(query)
    }
