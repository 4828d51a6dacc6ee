"""Asking for entities by code, name, group and order."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Pool, func, select

from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.core.text import fold
from eventhub.entities import reference, rules
from eventhub.entities.models import Entity, EntityGroup, GroupMembership, RankLevel
from eventhub.i18n import _, lazy_gettext, use

Choices = dict[str, tuple[tuple[str, str], ...]]

BLOCK_TITLES = {
    rules.Block.MEMBER_STATES: lazy_gettext("Member States"),
    rules.Block.OBSERVER_STATES: lazy_gettext("Observer States"),
    rules.Block.REGIONAL_INTEGRATION: lazy_gettext("Regional integration organizations"),
    rules.Block.IGOS: lazy_gettext("Intergovernmental organizations"),
    rules.Block.UNITED_NATIONS: lazy_gettext(
        "United Nations Secretariat, regional commissions, funds and programmes"
    ),
    rules.Block.SPECIALIZED_AGENCIES: lazy_gettext(
        "Specialized agencies and related organizations"
    ),
    rules.Block.NGOS: lazy_gettext("Non-governmental organizations"),
    rules.Block.OTHERS: lazy_gettext("Others invited"),
    rules.Block.PRESS: lazy_gettext("Press"),
    rules.Block.SECRETARIAT: lazy_gettext("Secretariat"),
}


@dataclass(frozen=True, slots=True)
class _Made:
    """A select list as made, and how many entities there were and when one last changed."""

    stamp: tuple[int, datetime | None]
    choices: Choices


@dataclass(frozen=True, slots=True)
class _Names:
    """All folded names: who bears each (the software's own entries first), and of each entity."""

    stamp: tuple[int, datetime | None]
    bearers: dict[str, int]
    by_id: dict[int, list[str]]


_made: WeakKeyDictionary[Pool, dict[str, _Made]] = WeakKeyDictionary()
_names: WeakKeyDictionary[Pool, _Names] = WeakKeyDictionary()
"""Kept as long as the connections to their database are."""


_COUNT_AND_CHANGE = select(func.count(Entity.id), func.max(Entity.changed_at)).where(
    Entity.is_listed
)


def get_entity(code: str) -> Entity:
    """Return the entity with this code; NotFound if there is none."""
    entity = db.session.scalar(select(Entity).where(Entity.code == code))
    if entity is None:
        raise NotFound(_("There is no State or organization with the code %(code)s.", code=code))
    return entity


def entities_in_order(language: str, kinds: Collection[rules.Kind] | None = None) -> list[Entity]:
    """Return all entities, or those of some kinds, in the order of a list in this language."""
    query = select(Entity).where(Entity.is_listed)
    if kinds is not None:
        query = query.where(Entity.kind.in_([kind.value for kind in kinds]))
    found = {entity.id: entity for entity in db.session.scalars(query)}
    ordered = rules.in_order((entity.listed(language) for entity in found.values()), language)
    return [found[listed.id] for listed in ordered]


def find_by_names(texts: Iterable[str]) -> dict[str, Entity]:
    """Return the entities that bear these names, by the text given; unknown ones are absent.

    A name is a code, a name in any language, or a short, former or common name; case, accents
    and punctuation do not count. Two queries for any number of texts.
    """
    wanted = {text: fold(text) for text in texts}
    ids = _all_names().bearers
    hits = {text: ids[folded] for text, folded in wanted.items() if folded in ids}
    query = select(Entity).where(Entity.id.in_(set(hits.values())))
    found = {entity.id: entity for entity in db.session.scalars(query)} if hits else {}
    return {text: found[entity_id] for text, entity_id in hits.items()}


def find_by_name(text: str) -> Entity | None:
    """Return the one entity that bears this name, as `find_by_names` does."""
    return find_by_names([text]).get(text)


def search_entities(text: str, language: str, limit: int = 20) -> list[Entity]:
    """Return entities whose names hold every word typed, best first; none for no word.

    Names in this language that begin with the text come first, then those that do so in
    another, then those that only hold the words.
    """
    folded = fold(text)
    if not folded:
        return []
    query = select(Entity).where(Entity.is_listed)
    for word in folded.split():
        query = query.where(Entity.search.contains(word, autoescape=True))
    found = {entity.id: entity for entity in db.session.scalars(query)}
    ordered = rules.in_order((entity.listed(language) for entity in found.values()), language)
    hits = [found[listed.id] for listed in ordered]
    hits.sort(
        key=lambda entity: (
            not fold(entity.name(language)).startswith(folded),
            f"\n{folded}" not in entity.search,
        )
    )
    return hits[:limit]


def similar_entities(text: str, language: str, limit: int = 20) -> list[Entity]:
    """Return whom a text may mean that nobody bears as a name, likeliest first.

    Those whose name it holds ("Republic of Zambia"), then those whose names hold its words, and
    where there is neither those spelt almost so. Three statements.
    """
    folded = fold(text)
    names = _all_names().by_id
    ids = rules.held_in(folded, names)
    others = search_entities(text, language, limit)
    ids += [one.id for one in others if one.id not in ids]
    ids = (ids or rules.spelt_like(folded, names))[:limit]
    found = {one.id: one for one in db.session.scalars(select(Entity).where(Entity.id.in_(ids)))}
    return [found[entity_id] for entity_id in ids]


def names_of(ids: Collection[int], language: str) -> dict[int, str]:
    """Return the names of the entities in this language, by id."""
    if not ids:
        return {}
    rows = select(Entity.id, Entity.names).where(Entity.id.in_(set(ids)))
    return {entity_id: names.pick(language) for entity_id, names in db.session.execute(rows)}


def choices(language: str) -> Choices:
    """Return what a select field offers: codes and names under titles, States first.

    Kept in memory until an entity changes, so it costs one small query.
    """
    kept = _made.setdefault(db.engine.pool, {})
    made = kept.get(language)
    if made is None or made.stamp != _stamp():
        made = kept[language] = _make_choices(language)
    return dict(made.choices)


def periods_of(group_code: str) -> dict[int, list[rules.Period]]:
    """Return the periods of a group's members, past and scheduled ones too, by entity id."""
    query = (
        select(GroupMembership.entity_id, GroupMembership.since, GroupMembership.until)
        .join(EntityGroup, EntityGroup.id == GroupMembership.group_id)
        .where(EntityGroup.code == group_code)
    )
    periods: dict[int, list[rules.Period]] = defaultdict(list)
    for entity_id, since, until in db.session.execute(query):
        periods[entity_id].append(rules.Period(since, until))
    return dict(periods)


def members_at(group_code: str, day: date) -> frozenset[int]:
    """Return the ids of the entities that belonged to the group on the day."""
    periods = periods_of(group_code)
    return frozenset(entity_id for entity_id, own in periods.items() if rules.belongs(own, day))


def groups() -> list[EntityGroup]:
    """Return all groups of entities, those of the software first."""
    query = select(EntityGroup).order_by(EntityGroup.is_reference.desc(), EntityGroup.code)
    return list(db.session.scalars(query))


def rank_levels() -> list[RankLevel]:
    """Return the levels of rank, highest first."""
    return list(db.session.scalars(select(RankLevel).order_by(RankLevel.level)))


def region_name(code: str, language: str | None = None) -> str:
    """Return the name of a region by its M49 code, or of a regional group by its own."""
    return reference.regions()[code].names.pick(language)


def block_title(block: rules.Block) -> str:
    """Return the heading of a block in the present language."""
    return str(BLOCK_TITLES[block])


def _all_names() -> _Names:
    """Return the names of all entities, kept in memory until one changes: one small query."""
    kept = _names.get(db.engine.pool)
    if kept is None or kept.stamp != _stamp():
        kept = _names[db.engine.pool] = _read_names()
    return kept


def _read_names() -> _Names:
    query = select(Entity.id, Entity.search, Entity.changed_at).where(Entity.is_listed)
    rows = db.session.execute(query.order_by(Entity.is_reference.desc(), Entity.id)).all()
    by_id = {row.id: row.search.strip("\n").split("\n") for row in rows}
    bearers: dict[str, int] = {}
    for entity_id, own in by_id.items():
        for name in own:
            bearers.setdefault(name, entity_id)
    changed = max((row.changed_at for row in rows), default=None)
    return _Names((len(rows), changed), bearers, dict(sorted(by_id.items())))


def _stamp() -> tuple[int, datetime | None]:
    count, changed = db.session.execute(_COUNT_AND_CHANGE).one()
    return count, changed


def _make_choices(language: str) -> _Made:
    columns = (Entity.id, Entity.code, Entity.kind, Entity.names, Entity.ranks, Entity.changed_at)
    rows: Sequence[Any] = db.session.execute(select(*columns).where(Entity.is_listed)).all()
    rank_language = rules.rank_language(language)
    parts: dict[str, list[rules.Listed]] = {"members": [], "observers": [], "organizations": []}
    for row in rows:
        listed = rules.Listed(
            row.id,
            row.code,
            rules.Kind(row.kind),
            row.names.pick(language),
            row.ranks.get(rank_language),
        )
        parts[_part(listed.kind)].append(listed)
    with use(language):
        titles = {
            "members": _("Member States"),
            "observers": _("Observer States"),
            "organizations": _("Organizations"),
        }
    made = {
        titles[part]: tuple((e.code, e.name) for e in rules.alphabetical(listed, language))
        for part, listed in parts.items()
        if listed
    }
    changed = max((row.changed_at for row in rows), default=None)
    return _Made((len(rows), changed), made)


def _part(kind: rules.Kind) -> str:
    if kind == rules.Kind.MEMBER_STATE:
        return "members"
    return "observers" if kind == rules.Kind.OBSERVER_STATE else "organizations"
