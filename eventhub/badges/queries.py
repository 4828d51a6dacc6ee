"""Asking who can have a badge, and which runs there were."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from eventhub.badges.models import PrintedBadge, PrintRun
from eventhub.badges.rules import Readiness, held_back, needs_photo
from eventhub.core.actor import Scope
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.events.models import Category, Event
from eventhub.photos.models import Photo
from eventhub.registration.models import ChangeRequest, Registration


@dataclass(frozen=True, slots=True)
class Printable:
    """One registration at the print gate: why it is held back, nothing where it is not."""

    registration: Registration
    reasons: tuple[str, ...]


def at_the_gate(event: Event, registrations: Iterable[Registration]) -> list[Printable]:
    """Return each registration with what holds its badge back (R4.3): three statements."""
    rows = list(registrations)
    categories = {
        c.id: c for c in db.session.scalars(select(Category).where(Category.event_id == event.id))
    }
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
                    has_open_change=row.id in changing,
                )
            ),
        )
        for row in rows
    ]


def gate_of(event: Event, scope: Scope) -> list[Printable]:
    """Return everybody accredited within the scope, with what holds their badge back."""
    query = select(Registration).where(
        Registration.event_id == event.id, Registration.state == "accredited"
    )
    if scope.categories is not None:
        query = query.where(Registration.category_id.in_(scope.categories))
    return at_the_gate(event, db.session.scalars(query.order_by(Registration.id)))


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
    kinds = (Photo.state, Category.photo_waived, Registration.id.in_(changing).label("changing"))
    alike = (
        select(*kinds, func.count().label("people"))
        .select_from(Registration)
        .join(Category, Category.id == Registration.category_id)
        .outerjoin(Photo, Photo.id == Registration.photo_id)
        .where(Registration.event_id == event.id, Registration.state == "accredited")
        .group_by(*kinds)
        .subquery()
    )
    asks_photo = needs_photo(event.preset, event.switches)
    accredited = held = done = 0
    for row in db.session.execute(select(alike, printed.scalar_subquery().label("printed"))):
        done = row.printed
        accredited += row.people
        ready = Readiness(True, row.state, row.photo_waived, asks_photo, bool(row.changing))
        held += row.people if held_back(ready) else 0
    return Progress(accredited, held, done)


def get_run(event_id: int, ref: str) -> PrintRun:
    """Return a print run of the event; NotFound where there is none of that ref."""
    run = db.session.scalar(select(PrintRun).filter_by(event_id=event_id, ref=ref))
    if run is None:
        raise NotFound
    return run


def reaches(scope: Scope, run: PrintRun) -> bool:
    """Tell whether everybody in the run lies within the scope: the file shows faces (R1.7)."""
    made_for = run.what.get("categories")
    if scope.categories is None:
        return True
    return made_for is not None and scope.categories.issuperset(made_for)


def runs_of(event_id: int, *, limit: int = 50) -> list[PrintRun]:
    """Return the newest runs first."""
    query = select(PrintRun).where(PrintRun.event_id == event_id)
    return list(db.session.scalars(query.order_by(PrintRun.id.desc()).limit(limit)))


def printed_passes(event_id: int, pass_ids: Sequence[int]) -> dict[int, int]:
    """Return the highest issue printed so far, by pass id."""
    query = (
        select(PrintedBadge.pass_id, func.max(PrintedBadge.issue))
        .where(PrintedBadge.event_id == event_id, PrintedBadge.pass_id.in_(pass_ids))
        .group_by(PrintedBadge.pass_id)
    )
    return dict(db.session.execute(query).all())


def count_printed(event_id: int) -> int:
    """Return how many different passes have been printed."""
    query = select(func.count(PrintedBadge.pass_id.distinct()))
    return db.session.scalar(query.where(PrintedBadge.event_id == event_id)) or 0
