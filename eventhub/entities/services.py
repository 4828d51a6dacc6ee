"""Loading the reference data, and adding an installation's own organizations."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import insert, select

from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.core.text import fold, has_forbidden, tidy
from eventhub.entities import reference, rules
from eventhub.entities.models import Entity, EntityGroup, GroupMembership, RankLevel
from eventhub.entities.queries import find_by_names
from eventhub.i18n import Translated, _

Coded = TypeVar("Coded", Entity, EntityGroup, RankLevel)

MAX_NAME = 250
_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,39}")
_SMALL_WORDS = frozenset(
    {"of", "the", "for", "and", "in", "on", "de", "du", "des", "la", "le", "et"}
)


def load_reference(*, actor: Actor) -> int:
    """Bring the reference data up to date; return how many rows were added, changed, removed.

    Again changes nothing. A code that the installation gave to an entry of its own stays its own.
    """
    data = reference.read()
    count = (
        _upsert(Entity, data.entities)
        + _upsert(EntityGroup, data.groups)
        + _upsert(RankLevel, data.rank_levels)
        + _set_memberships(data.memberships)
    )
    if count:
        record(actor, "entities.load", [Subject("reference", "entities")], event_id=None)
    return count


def add_organization(
    names: Mapping[str, str],
    *,
    kind: str,
    actor: Actor,
    code: str | None = None,
    aliases: Iterable[str] = (),
) -> Entity:
    """Add an organization of the installation's own, its names by language, at least one.

    Without a code it gets one from its initials. Raises Invalid or Conflict with the field
    name, kind or code.
    """
    known = Translated({language: tidy(name) for language, name in names.items()})
    others = [tidy(alias) for alias in aliases]
    _check_names(known)
    if kind not in set(rules.Kind) - rules.STATES:
        raise Invalid(_("Choose what kind of organization this is."), field="kind")
    if taken := find_by_names([*known.values(), *others]):
        text = next(iter(taken))
        raise Conflict(_("%(name)s is in the list already.", name=text), field="name")
    entity = Entity(
        code=_free_code(known.pick("en"), code),
        kind=kind,
        names=known,
        is_reference=False,
    )
    entity.search = rules.search_text(entity.code, known, others)
    db.session.add(entity)
    db.session.flush()
    changes = {"kind": (None, kind), "names": (None, dict(known))}
    record(actor, "entity.add", [Subject("entity", entity.code, changes)], event_id=None)
    return entity


def _check_names(names: Translated) -> None:
    if not names:
        raise Invalid(_("Write the name of the organization."), field="name")
    for name in names.values():
        if len(name) > MAX_NAME:
            raise Invalid(
                _("Write a name of at most %(count)s characters.", count=MAX_NAME), field="name"
            )
        if has_forbidden(name) or not fold(name):
            raise Invalid(_("Write the name in letters."), field="name")


def _free_code(name: str, given: str | None) -> str:
    """Return the code given if it is good and free, else one made from the initials."""
    if given is None:
        return _made_code(name)
    code = given.strip().upper()
    if not _CODE.fullmatch(code):
        raise Invalid(
            _("Write 2 to 40 capital letters, digits or hyphens, such as UNESCO."), field="code"
        )
    if db.session.scalar(select(Entity.id).where(Entity.code == code)):
        raise Conflict(_("The code %(code)s is taken.", code=code), field="code")
    return code


def _made_code(name: str) -> str:
    initials = "".join(word[0] for word in fold(name).split() if word not in _SMALL_WORDS).upper()
    stem = initials[:10] if _CODE.fullmatch(initials[:10]) else "ORG"
    like = select(Entity.code).where(Entity.code.startswith(stem, autoescape=True))
    taken = set(db.session.scalars(like))
    code, number = stem, 1
    while code in taken:
        number += 1
        code = f"{stem}-{number}"
    return code


def _upsert(model: type[Coded], rows: list[dict[str, Any]]) -> int:
    """Insert rows with new codes in one statement (NULLs written out), change those that differ."""
    there = {row.code: row for row in db.session.scalars(select(model))}
    new = [row for row in rows if row["code"] not in there]
    if new:
        db.session.execute(insert(model).execution_options(render_nulls=True), new)
    changed = 0
    for row in rows:
        old = there.get(row["code"])
        if old is None or not getattr(old, "is_reference", True):
            continue
        differing = {column: v for column, v in row.items() if getattr(old, column) != v}
        for column, value in differing.items():
            setattr(old, column, value)
        if differing and isinstance(old, Entity):
            old.changed_at = clock.now()
        changed += bool(differing)
    db.session.flush()
    return len(new) + changed


def _set_memberships(memberships: list[reference.Membership]) -> int:
    """Make the members and periods of the reference groups exactly these."""
    reference_groups = select(EntityGroup).where(EntityGroup.is_reference)
    groups = {group.code: group.id for group in db.session.scalars(reference_groups)}
    members = select(Entity.code, Entity.id).where(Entity.is_reference)
    entities = {code: entity_id for code, entity_id in db.session.execute(members)}  # noqa: C416
    wanted = [
        (groups[m.group], entities[m.entity], m.since, m.until, m.scheduled)
        for m in memberships
        if m.group in groups and m.entity in entities
    ]
    query = select(GroupMembership).where(GroupMembership.group_id.in_(groups.values()))
    there = {
        (m.group_id, m.entity_id, m.since, m.until, m.scheduled): m
        for m in db.session.scalars(query)
    }
    gone = [there[key] for key in there.keys() - set(wanted)]
    for member in gone:
        db.session.delete(member)
    columns = ("group_id", "entity_id", "since", "until", "scheduled")
    new = [dict(zip(columns, key, strict=True)) for key in wanted if key not in there]
    if new:
        db.session.execute(insert(GroupMembership).execution_options(render_nulls=True), new)
    db.session.flush()
    return len(new) + len(gone)
