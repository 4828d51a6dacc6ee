"""Making groups of an installation's or an institution's own, and saying who belongs when."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlalchemy import select

from eventhub.audit.services import Subject, record
from eventhub.core import ids
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid, NotFound
from eventhub.core.text import has_forbidden, tidy
from eventhub.entities import rules
from eventhub.entities.models import Entity, EntityGroup, GroupMembership
from eventhub.entities.services import MAX_NAME
from eventhub.i18n import Translated, _


def make_group(
    names: Mapping[str, str], *, institution_id: int | None, actor: Actor
) -> EntityGroup:
    """Make a group of an institution's own, or of all where none is named; Invalid on name."""
    texts = _names(names)
    group = EntityGroup(
        code=ids.new_ref(), names=texts, is_reference=False, institution_id=institution_id
    )
    db.session.add(group)
    db.session.flush()
    _log(actor, "group.make", group, {"names": (None, dict(texts))})
    return group


def rename_group(group: EntityGroup, names: Mapping[str, str], *, actor: Actor) -> None:
    """Give a group other names; Invalid on name."""
    _check_own(group)
    texts = _names(names)
    if texts != group.names:
        before, group.names = group.names, texts
        db.session.flush()
        _log(actor, "group.rename", group, {"names": (dict(before), dict(texts))})


def remove_group(group: EntityGroup, *, actor: Actor) -> None:
    """Remove a group with its memberships; the entities stay."""
    _check_own(group)
    for member in members_in(group.id):
        db.session.delete(member)
    db.session.flush()
    db.session.delete(group)
    db.session.flush()
    _log(actor, "group.remove", group, {"names": (dict(group.names), None)})


def add_members(
    group: EntityGroup,
    entity_ids: Iterable[int],
    *,
    since: date | None = None,
    until: date | None = None,
    actor: Actor,
) -> int:
    """Let entities belong to a group for some days; return how many were not members then."""
    _check_own(group)
    _check_days(since, until)
    there: dict[int, list[rules.Period]] = {}
    for member in members_in(group.id):
        period = rules.Period(member.since, member.until)
        there.setdefault(member.entity_id, []).append(period)
    wanted = rules.Period(since, until)
    new = [
        one
        for one in dict.fromkeys(entity_ids)
        if not any(rules.overlap(wanted, period) for period in there.get(one, ()))
    ]
    db.session.add_all(
        GroupMembership(group_id=group.id, entity_id=one, since=since, until=until) for one in new
    )
    db.session.flush()
    if new:
        _log(actor, "group.add_members", group, {"members": (None, _codes(new))})
    return len(new)


def change_member(
    group: EntityGroup,
    member_id: int,
    *,
    since: date | None,
    until: date | None,
    actor: Actor,
) -> None:
    """Change the days of one membership; Conflict where they meet another of the same entity."""
    _check_own(group)
    _check_days(since, until)
    member = get_member(group.id, member_id)
    others = (
        rules.Period(one.since, one.until)
        for one in members_in(group.id)
        if one.entity_id == member.entity_id and one.id != member.id
    )
    if any(rules.overlap(rules.Period(since, until), period) for period in others):
        raise Conflict(_("It belongs to the group already on some of these days."), "since")
    before = [_day(member.since), _day(member.until)]
    member.since, member.until = since, until
    db.session.flush()
    changes = {"days": (before, [_day(since), _day(until)])}
    _log(actor, "group.change_member", group, changes)


def remove_member(group: EntityGroup, member_id: int, *, actor: Actor) -> None:
    """Remove one membership, as if it had never been; to end one, give it a last day."""
    _check_own(group)
    member = get_member(group.id, member_id)
    gone = _codes([member.entity_id])
    db.session.delete(member)
    db.session.flush()
    _log(actor, "group.remove_member", group, {"members": (gone, None)})


def get_group(code: str, institution_id: int | None) -> EntityGroup:
    """Return a group of this institution, or of all where none is named; else NotFound."""
    query = select(EntityGroup).where(
        EntityGroup.code == code, EntityGroup.institution_id == institution_id
    )
    group = db.session.scalar(query)
    if group is None:
        raise NotFound
    return group


def groups_for(institution_ids: Collection[int]) -> list[EntityGroup]:
    """Return the groups that these institutions may use: those of all, then their own."""
    query = select(EntityGroup).where(
        EntityGroup.institution_id.is_(None) | EntityGroup.institution_id.in_(institution_ids)
    )
    rows = db.session.scalars(query)
    return sorted(
        rows, key=lambda g: (g.institution_id is not None, rules.name_key(g.name()), g.code)
    )


def members_in(group_id: int) -> list[GroupMembership]:
    """Return all memberships of a group, past ones too."""
    query = select(GroupMembership).where(GroupMembership.group_id == group_id)
    return list(db.session.scalars(query.order_by(GroupMembership.id)))


def get_member(group_id: int, member_id: int) -> GroupMembership:
    """Return one membership of a group; else NotFound."""
    member = db.session.get(GroupMembership, member_id)
    if member is None or member.group_id != group_id:
        raise NotFound
    return member


def _check_own(group: EntityGroup) -> None:
    if group.is_reference:
        raise Conflict(_("This group comes with the software and is kept by it."))


def _check_days(since: date | None, until: date | None) -> None:
    if since and until and until <= since:
        raise Invalid(_("The last day lies before the first."), "until")


def _names(names: Mapping[str, str]) -> Translated:
    texts = Translated({language: tidy(name) for language, name in names.items() if name})
    if not texts:
        raise Invalid(_("Write the name of the group."), "name")
    if any(len(name) > MAX_NAME or has_forbidden(name) for name in texts.values()):
        raise Invalid(_("Write a name of at most %(count)s characters.", count=MAX_NAME), "name")
    return texts


def _codes(entity_ids: Collection[int]) -> list[str]:
    query = select(Entity.code).where(Entity.id.in_(entity_ids)).order_by(Entity.code)
    return list(db.session.scalars(query))


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _log(
    actor: Actor, action: str, group: EntityGroup, changes: Mapping[str, tuple[object, object]]
) -> None:
    record(actor, action, [Subject("entity_group", group.code, dict(changes))], event_id=None)
