"""What each rank is due at an event, and what single people are given in its place (R2.20)."""

from dataclasses import dataclass

from sqlalchemy import select

from eventhub.arrivals.models import CourtesyException, RankCourtesy
from eventhub.arrivals.rules import Courtesy
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.entities.models import RankLevel
from eventhub.registration.models import Registration


@dataclass(frozen=True, slots=True)
class Due:
    """What a person is due; `note` says why it is an exception, "" where it is not."""

    courtesy: Courtesy
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dues:
    """All that an event gives: by rank level, and by registration in its place."""

    levels: list[RankLevel]
    """All levels, the highest first."""
    by_rank: dict[int, RankCourtesy]
    exceptions: dict[int, CourtesyException]

    def of(self, row: Registration) -> Due:
        """Return what a person is due: the exception, else what the rank is."""
        exception = self.exceptions.get(row.id)
        if exception is not None:
            return Due(given(exception), exception.note)
        kept = self.by_rank.get(row.rank_level_id or 0)
        return Due(given(kept) if kept else Courtesy())


def dues_of(event_id: int) -> Dues:
    """Return what the event gives; two statements."""
    kept = (RankCourtesy.rank_level_id == RankLevel.id) & (RankCourtesy.event_id == event_id)
    query = select(RankLevel, RankCourtesy).outerjoin(RankCourtesy, kept)
    ranks = db.session.execute(query.order_by(RankLevel.level)).all()
    people = select(CourtesyException).where(CourtesyException.event_id == event_id)
    return Dues(
        [level for level, _row in ranks],
        {level.id: row for level, row in ranks if row is not None},
        {row.registration_id: row for row in db.session.scalars(people)},
    )


def given(row: RankCourtesy | CourtesyException) -> Courtesy:
    """Return the courtesy that a row holds."""
    return Courtesy(row.lounge, row.car, row.escort, row.room)


def get_rank(code: str) -> RankLevel:
    """Return a level of rank by its code; else NotFound."""
    found = db.session.scalar(select(RankLevel).where(RankLevel.code == code))
    if found is None:
        raise NotFound
    return found


def find_courtesy(event_id: int, rank_level_id: int) -> RankCourtesy | None:
    """Return what a level of rank is due at the event, None where nothing was said."""
    query = select(RankCourtesy).where(
        RankCourtesy.event_id == event_id, RankCourtesy.rank_level_id == rank_level_id
    )
    return db.session.scalar(query)


def find_exception(event_id: int, registration_id: int) -> CourtesyException | None:
    """Return what a person is given in place of what the rank is due."""
    query = select(CourtesyException).where(
        CourtesyException.event_id == event_id,
        CourtesyException.registration_id == registration_id,
    )
    return db.session.scalar(query)
