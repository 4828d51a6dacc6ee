"""The heads of delegation in the order of their precedence (R2.8, R2.15)."""

from dataclasses import dataclass

from sqlalchemy import select

from eventhub.core.db import db
from eventhub.delegations.models import Delegation
from eventhub.delegations.queries import Sent
from eventhub.entities.models import RankLevel
from eventhub.i18n import LANGUAGES, current
from eventhub.protocol.queries import drawn_seating
from eventhub.protocol.rules import Head, precedence
from eventhub.registration.models import Registration
from eventhub.registration.queries import leaders_of, printed_name
from eventhub.registration.rules import title_in
from eventhub.registration.rules.delegation_order import NO_RANK


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A head of delegation at their place in the list."""

    number: int
    sent: Sent
    row: Registration
    is_acting: bool
    rank: str
    """The level's name, "" where none is known."""

    @property
    def name(self) -> str:
        """Return form of address and name."""
        return printed_name(self.row, current())

    @property
    def title(self) -> str:
        """Return the title, in the language in which it was submitted or in English."""
        return title_in(current(), self.row.functional_title, self.row.title_en)

    @property
    def language(self) -> str:
        """Return the language of the person, by its own name."""
        known = LANGUAGES.get(self.row.language)
        return known.own_name if known else self.row.language


@dataclass(frozen=True, slots=True)
class Heads:
    """The list of heads, and the delegations that have named none."""

    lines: list[HeadLine]
    headless: list[Sent]


def heads_of(event_id: int) -> Heads:
    """Return the heads by rank, inside it by the seats or the time in office (R2.8).

    Where a head is away, who acts stands there, by their own rank. Delegations that sent regrets
    are left out. Six statements for any number.
    """
    query = select(Delegation).where(Delegation.event_id == event_id, Delegation.reply != "regrets")
    delegations = {row.entity_id: row for row in db.session.scalars(query)}
    seats, settings = drawn_seating(event_id, only=list(delegations))
    sent = {
        one.id: Sent(delegations[one.id], one.entity, one.name)
        for one in seats
        if one.id in delegations
    }
    levels = {one.id: one for one in db.session.scalars(select(RankLevel))}
    leaders = leaders_of(event_id, [one.delegation.id for one in sent.values()])
    chosen = {
        entity_id: leaders[one.delegation.id].acting or leaders[one.delegation.id].head
        for entity_id, one in sent.items()
    }
    rows = {entity_id: row for entity_id, row in chosen.items() if row is not None}
    heads = [
        Head(
            entity_id,
            levels[row.rank_level_id].level if row.rank_level_id in levels else NO_RANK,
            row.in_office_since,
            is_host=sent[entity_id].delegation.role == "host",
        )
        for entity_id, row in rows.items()
    ]
    ordered = precedence(heads, seats.places, by=settings.heads_by, host=settings.host_stands)
    lines = []
    for number, head in enumerate(ordered, start=1):
        one, row = sent[head.entity_id], rows[head.entity_id]
        rank = levels.get(row.rank_level_id or 0)
        is_acting = row is not leaders[one.delegation.id].head
        lines.append(HeadLine(number, one, row, is_acting, rank.name() if rank else ""))
    return Heads(lines, [one for entity_id, one in sent.items() if entity_id not in rows])
