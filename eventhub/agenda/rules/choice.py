"""A reader's choice of sessions, carried by an address: `s=REF.REF.REF`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from eventhub.agenda.rules.clashes import Use, clashes
from eventhub.agenda.rules.programme import FrozenSession

MOST_CHOSEN = 150
_REF = re.compile(r"[A-Za-z0-9]{1,16}")
_BETWEEN = "."


@dataclass(frozen=True, slots=True)
class Choice:
    """Refs of sessions in the order in which they were chosen, each once."""

    refs: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.refs)

    def __len__(self) -> int:
        return len(self.refs)

    def __contains__(self, ref: str) -> bool:
        return ref in self.refs

    @property
    def text(self) -> str:
        """Return the choice as an address carries it."""
        return _BETWEEN.join(self.refs)

    def turned(self, ref: str) -> str:
        """Return the text of this choice with the session added, or taken out where it is in."""
        others = tuple(one for one in self.refs if one != ref)
        return Choice(others if ref in self.refs else (*others, ref)).text


def read_choice(text: str) -> Choice:
    """Return the choice that an address carries; what cannot be a ref is left out."""
    refs = dict.fromkeys(ref for ref in text.split(_BETWEEN) if _REF.fullmatch(ref))
    return Choice(tuple(refs)[:MOST_CHOSEN])


def clashing(chosen: Sequence[FrozenSession]) -> list[tuple[FrozenSession, FrozenSession]]:
    """Return the pairs of chosen sessions that overlap, the earlier one first."""
    by_ref = {session.ref: session for session in chosen}
    uses = [Use(s.ref, "reader", s.starts_at, s.ends_at) for s in chosen if s.status != "cancelled"]
    return [(by_ref[one.session], by_ref[other.session]) for one, other in clashes(uses)]
