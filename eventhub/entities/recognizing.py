"""Telling which entities are meant by names that somebody pasted."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from eventhub.core.db import db
from eventhub.core.text import fold
from eventhub.entities import pasted, rules
from eventhub.entities.models import Entity

PROPOSED = 5
"""How many entities are proposed for a name that nobody bears."""


@dataclass(frozen=True, slots=True)
class Recognized:
    """A pasted name and whom it means: one found, or several to choose from, or none."""

    text: str
    found: Entity | None
    choices: tuple[Entity, ...]
    is_ambiguous: bool
    """Whether the choices bear the name; else they are only near to it."""


def recognize(text: str) -> list[Recognized]:
    """Return the names in a text with whom they mean, each entity once; two statements.

    Names stand on lines or between commas and semicolons, in any language, formal or short, or
    as codes; case, accents, articles and numbering do not count. A line that is one name with a
    comma in it stays whole.
    """
    bearers = _bearers()
    known = _by_entity(bearers)
    guesses: list[tuple[str, list[int], bool]] = []
    for line in pasted.lines_in(text):
        whole = _meant(line, bearers, known)
        pieces = [line] if whole else pasted.pieces_in(line)
        for piece in pieces:
            hits = whole or _meant(piece, bearers, known)
            near = [] if hits else _near(piece, known)
            guesses.append((piece, hits or near, bool(hits)))
    wanted = {one for _piece, ids, _hit in guesses for one in ids}
    query = select(Entity).where(Entity.id.in_(wanted))
    entities = {entity.id: entity for entity in db.session.scalars(query)} if wanted else {}
    seen: set[object] = set()
    recognized = []
    for piece, ids, is_hit in guesses:
        mark: object = ids[0] if is_hit and len(ids) == 1 else fold(piece)
        if mark in seen:
            continue
        seen.add(mark)
        found = entities[ids[0]] if is_hit and len(ids) == 1 else None
        choices = () if found else tuple(entities[one] for one in ids)
        recognized.append(Recognized(piece, found, choices, is_hit and found is None))
    return recognized


def _bearers() -> dict[str, list[int]]:
    """Return the ids of those who bear each name, by the folded name."""
    bearers: dict[str, list[int]] = defaultdict(list)
    query = select(Entity.id, Entity.search).where(Entity.is_listed).order_by(Entity.id)
    for entity_id, names in db.session.execute(query):
        for name in names.strip("\n").split("\n"):
            bearers[name].append(entity_id)
    return dict(bearers)


def _by_entity(bearers: dict[str, list[int]]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = defaultdict(list)
    for name, ids in bearers.items():
        for one in ids:
            names[one].append(name)
    return dict(names)


def _meant(
    text: str, bearers: dict[str, list[int]], known: Mapping[int, Sequence[str]]
) -> list[int]:
    folded = fold(text)
    for name in (folded, pasted.without_article(folded)):
        if name in bearers:
            return bearers[name]
    held = rules.held_in(folded, known)
    best = next((one for one in held if pasted.is_formal(folded, known[one])), None)
    return [best] if best is not None else []


def _near(text: str, known: Mapping[int, Sequence[str]]) -> list[int]:
    folded = fold(text)
    return (rules.held_in(folded, known) or rules.spelt_like(folded, known))[:PROPOSED]
