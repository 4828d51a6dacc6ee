"""Whose badges a run makes, in the order of envelopes."""

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, case, func, or_, select

from eventhub.badges.faces import drawn_of
from eventhub.badges.models import PrintedBadge
from eventhub.badges.rules import Choice
from eventhub.core.actor import Scope
from eventhub.core.db import db
from eventhub.entities.models import Entity
from eventhub.events.models import Category, Event
from eventhub.protocol.belonging import members_of_group
from eventhub.protocol.queries import named_at
from eventhub.registration.models import Registration


def chosen(event: Event, choice: Choice, scope: Scope) -> list[Registration]:
    """Return the accredited of a choice within the scope, in envelope order (R4.12).

    By entity, then category, then number; who belongs to no entity comes last, by organisation.
    """
    organisation = case((Registration.entity_id.is_(None), Registration.organisation), else_="")
    query = (
        select(Registration)
        .join(Category, Category.id == Registration.category_id)
        .outerjoin(Entity, Entity.id == Registration.entity_id)
        .where(*_limits(event, choice, scope))
        .order_by(
            Entity.code.is_(None), Entity.code, organisation, Registration.delegation_id.is_(None),
            Category.place, Registration.number, Registration.id,
        )
    )  # fmt: skip
    rows = list(db.session.scalars(query))
    if choice.state == "all":
        return rows
    return _not_printed(event, rows, choice.state)


def count_chosen(event: Event, choice: Choice, scope: Scope) -> int:
    """Return how many a choice holds, whatever is printed already: one statement."""
    query = (
        select(func.count())
        .select_from(Registration)
        .join(Category, Category.id == Registration.category_id)
        .outerjoin(Entity, Entity.id == Registration.entity_id)
        .where(*_limits(event, choice, scope))
    )
    return db.session.scalar(query) or 0


def find_refs(event_id: int, numbers: Sequence[str]) -> dict[str, str]:
    """Return the refs of people by what was typed of them: ZMB-07, or the ref itself.

    Accredited or not; whoever is not there is left out. One statement.
    """
    typed = {one: one.upper().replace(" ", "") for one in numbers}
    by_number = {one: bare.rpartition("-") for one, bare in typed.items() if "-" in bare}
    codes = {code for code, _dash, _number in by_number.values()}
    refs = [bare for one, bare in typed.items() if one not in by_number]
    query = (
        select(Registration.ref, Entity.code, Registration.number)
        .outerjoin(Entity, Entity.id == Registration.entity_id)
        .where(
            Registration.event_id == event_id,
            or_(Registration.ref.in_(refs), Entity.code.in_(codes)),
        )
    )
    known, numbered = set(), {}
    for ref, code, number in db.session.execute(query):
        known.add(ref)
        numbered[code, number] = ref
    found = {one: bare for one, bare in typed.items() if bare in known}
    for one, (code, _dash, digits) in by_number.items():
        number = int(digits) if digits.isascii() and digits.isdigit() else None
        if (code, number) in numbered and number is not None:
            found[one] = numbered[code, number]
    return found


def entities_among(event: Event, rows: Iterable[Registration]) -> list[tuple[str, str, int]]:
    """Return code, name and number of people of each entity, by name: one statement."""
    counts = Counter(row.entity_id for row in rows if row.entity_id is not None)
    named = named_at(event.id, counts)
    found = [(one.code, one.name, counts[entity_id]) for entity_id, one in named.items()]
    return sorted(found, key=lambda one: one[1])


def _limits(event: Event, choice: Choice, scope: Scope) -> list[ColumnElement[bool]]:
    limits = [Registration.event_id == event.id, Registration.state == "accredited"]
    if scope.categories is not None:
        limits.append(Registration.category_id.in_(scope.categories))
    if choice.refs:
        limits.append(Registration.ref.in_(choice.refs))
    if choice.kinds:
        limits.append(Category.ref.in_(choice.kinds))
    if choice.entity:
        limits.append(Entity.code == choice.entity)
    if choice.group:
        limits.append(Registration.entity_id.in_(members_of_group(event.id, choice.group)))
    return limits


def _not_printed(event: Event, rows: Sequence[Registration], state: str) -> list[Registration]:
    """Return those not printed in their present issue; for "changed" those that look otherwise too.

    A badge of old, of which no digest was kept, counts as unchanged unless the person is marked.
    """
    last = last_printed(event.id, [row.pass_id for row in rows if row.pass_id])
    now = {one.face.ref: one for one in drawn_of(event, rows)}
    found = []
    for row in rows:
        drawn = now.get(row.ref)
        if drawn is None:
            continue
        printed = last.get(drawn.held.id)
        if (
            printed is None
            or printed.issue < drawn.held.issue
            or (
                state == "changed"
                and (printed.face != drawn.digest if printed.face else row.needs_new_badge)
            )
        ):
            found.append(row)
    return found


def last_printed(event_id: int, pass_ids: Sequence[int]) -> dict[int, PrintedBadge]:
    """Return the badge printed last, by pass id."""
    query = select(PrintedBadge).where(
        PrintedBadge.event_id == event_id, PrintedBadge.pass_id.in_(pass_ids)
    )
    return {one.pass_id: one for one in db.session.scalars(query.order_by(PrintedBadge.id))}
