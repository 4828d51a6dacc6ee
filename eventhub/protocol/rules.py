"""What an event decides about order, and the precedence between heads of delegation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from eventhub.entities.rules import Block, Kind


class Observers(StrEnum):
    """Where observer States stand (R2.6)."""

    AFTER_MEMBERS = "after_members"
    INTERLEAVED = "interleaved"


class HeadsBy(StrEnum):
    """What decides between heads of the same level (R2.8)."""

    DRAW = "draw"
    IN_OFFICE = "in_office"


class HostStands(StrEnum):
    """Where the head of the host's delegation stands (R2.8)."""

    IN_PLACE = "in_place"
    FIRST = "first"
    LAST = "last"


class Method(StrEnum):
    """How the first seat was drawn: by the system's random source, or by hand in the room."""

    SYSTEM = "system"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class OrderSettings:
    """What an event decided about its order; `language` empty is the language of each list."""

    language: str = ""
    observers: str = Observers.AFTER_MEMBERS
    agencies_by_protocol: bool = False
    chinese_by_strokes: bool = False
    heads_by: str = HeadsBy.DRAW
    host_stands: str = HostStands.IN_PLACE
    formal_names: bool = True
    """Whether letters name entities formally where a formal name is known (R2.1)."""


@dataclass(frozen=True, slots=True)
class Head:
    """A head of delegation: entity, level of rank (the lowest first), and since when in office."""

    entity_id: int
    level: int
    in_office_since: date | None = None
    is_host: bool = False


def block_at(kind: Kind, code: str, *, all_observers: str, own: str = "") -> Block | None:
    """Return where an observer State moves at an event, None where it stays by its kind (R2.6).

    What the event said of this one entity counts before what it said of all.
    """
    if kind != Kind.OBSERVER_STATE or (own or all_observers) == Observers.AFTER_MEMBERS:
        return None
    if code == "VAT" and not own:
        return None  # the Holy See follows the Member States unless it is named itself
    return Block.MEMBER_STATES


def precedence(
    heads: Iterable[Head],
    places: Mapping[int, int],
    *,
    by: str = HeadsBy.DRAW,
    host: str = HostStands.IN_PLACE,
) -> list[Head]:
    """Order heads by level, inside it by the seats or by the time in office (R2.8).

    `places` are those of the seats, by entity, beginning with the State drawn. Whoever has no
    date follows those of the same level who have one.
    """

    def key(head: Head) -> tuple[int, int, date, int]:
        since = head.in_office_since if by == HeadsBy.IN_OFFICE else None
        side = {HostStands.FIRST: -1, HostStands.LAST: 1}.get(HostStands(host), 0)
        return (
            side if head.is_host else 0,
            head.level,
            since or date.max,
            places.get(head.entity_id, len(places)),
        )

    return sorted(heads, key=key)
