"""The print gate (R4.3): who can have a badge, and what holds back the others."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, literal, select

from eventhub.badges.models import PrintedBadge
from eventhub.badges.rules import Readiness, held_back, needs_photo
from eventhub.core.actor import Scope
from eventhub.core.db import db
from eventhub.events.models import Category, Event
from eventhub.events.queries import categories_of, rule_of
from eventhub.photos.models import Photo
from eventhub.registration.models import ChangeRequest, Registration
from eventhub.registration.queries.covered import covered_ids, is_covered


@dataclass(frozen=True, slots=True)
class Printable:
    """One registration at the print gate: why it is held back, nothing where it is not."""

    registration: Registration
    reasons: tuple[str, ...]


def at_the_gate(
    event: Event, registrations: Iterable[Registration], kinds: Sequence[Category] = ()
) -> list[Printable]:
    """Return each registration with what holds its badge back (R4.3): four statements at most.

    `kinds` are the event's categories, all of them, where they were asked for already.
    """
    rows = list(registrations)
    categories = {c.id: c for c in kinds or categories_of(event.id)}
    photo_ids = [r.photo_id for r in rows if r.photo_id]
    photos = dict(
        db.session.execute(select(Photo.id, Photo.state).where(Photo.id.in_(photo_ids))).all()
    )
    ids = [r.id for r in rows]
    changing = set(
        db.session.scalars(
            select(ChangeRequest.registration_id).where(
                ChangeRequest.registration_id.in_(ids), ChangeRequest.state == "open"
            )
        )
    )
    asking = {one.id for one in categories.values() if rule_of(event, one).needs_letter}
    sent = {r.id for r in rows if r.category_id in asking and r.delegation_id is not None}
    unnamed = sent - covered_ids(event.id, sent)
    asks_photo = needs_photo(event.preset, event.switches)
    return [
        Printable(
            row,
            held_back(
                Readiness(
                    is_accredited=row.state == "accredited",
                    photo_state=photos.get(row.photo_id) if row.photo_id else None,
                    photo_waived=categories[row.category_id].photo_waived,
                    needs_photo=asks_photo,
                    lacks_letter=row.id in unnamed,
                    has_open_change=row.id in changing,
                )
            ),
        )
        for row in rows
    ]


def gate_of(event: Event, scope: Scope, kinds: Sequence[Category] = ()) -> list[Printable]:
    """Return everybody accredited within the scope, with what holds their badge back.

    `kinds` as for `at_the_gate`.
    """
    query = select(Registration).where(
        Registration.event_id == event.id, Registration.state == "accredited"
    )
    if scope.categories is not None:
        query = query.where(Registration.category_id.in_(scope.categories))
    return at_the_gate(event, db.session.scalars(query.order_by(Registration.id)), kinds)


def count_reasons(gate: Sequence[Printable]) -> dict[str, int]:
    """Return how many are held back for each reason, the most frequent first."""
    return dict(Counter(reason for one in gate for reason in one.reasons).most_common())


@dataclass(frozen=True, slots=True)
class Progress:
    """How many are accredited, how many of these are held back, how many badges were printed."""

    accredited: int
    held: int
    printed: int


def progress_of(event: Event) -> Progress:
    """Count what the print gate would say of everybody accredited, in one statement."""
    printed = select(func.count(PrintedBadge.pass_id.distinct())).where(
        PrintedBadge.event_id == event.id
    )
    changing = select(ChangeRequest.registration_id).where(
        ChangeRequest.event_id == event.id, ChangeRequest.state == "open"
    )
    unnamed = and_(
        literal("letters" in event.switches),
        Category.needs_letter,
        Registration.delegation_id.is_not(None),
        ~is_covered(),
    )
    kinds = (
        Photo.state,
        Category.photo_waived,
        Registration.id.in_(changing).label("changing"),
        unnamed.label("unnamed"),
    )
    one_each = (
        select(*kinds)
        .select_from(Registration)
        .join(Category, Category.id == Registration.category_id)
        .outerjoin(Photo, Photo.id == Registration.photo_id)
        .where(Registration.event_id == event.id, Registration.state == "accredited")
        .subquery()
    )
    alike = select(*one_each.c, func.count().label("people")).group_by(*one_each.c).subquery()
    asks_photo = needs_photo(event.preset, event.switches)
    accredited = held = done = 0
    for row in db.session.execute(select(alike, printed.scalar_subquery().label("printed"))):
        done = row.printed
        accredited += row.people
        ready = Readiness(
            True, row.state, row.photo_waived, asks_photo, bool(row.unnamed), bool(row.changing)
        )
        held += row.people if held_back(ready) else 0
    return Progress(accredited, held, done)
