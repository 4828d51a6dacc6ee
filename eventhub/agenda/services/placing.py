"""Where a session stands on the board: read, compared, and set with all that follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from eventhub.agenda.models import Session
from eventhub.core import clock
from eventhub.core.errors import Invalid
from eventhub.events.models import Event
from eventhub.events.rules import fold_of, local
from eventhub.events.services import instant_of
from eventhub.i18n import _

LONGEST_MINUTES = 24 * 60
FARTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Place:
    """When and where: wall time in the event's zone (None: in the tray), real minutes, id of room.

    `fold` says which of two equal times is meant; None where nobody said.
    """

    starts: datetime | None
    minutes: int
    room_id: int | None = None
    fold: int | None = None

    def is_where(self, other: "Place") -> bool:
        """Tell whether both are the same; an unsaid fold is like any."""
        mine, its = (self.starts, self.minutes, self.room_id), (other.starts, other.minutes)
        if self.starts is None:
            return mine[:2] == its
        folds = {self.fold, other.fold} - {None}
        return mine == (*its, other.room_id) and len(folds) < 2

    @property
    def plain(self) -> dict[str, Any]:
        """Return the place as JSON knows it."""
        return {
            "starts": self.starts and self.starts.isoformat(),
            "minutes": self.minutes,
            "room_id": self.room_id,
            "fold": self.fold,
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> "Place":
        """Return the place that `plain` made this of."""
        starts = plain["starts"]
        return cls(
            datetime.fromisoformat(starts) if starts else None,
            plain["minutes"],
            plain["room_id"],
            plain["fold"],
        )


def place_of(session: Session) -> Place:
    """Return where the session is now."""
    minutes = int((session.ends_at - session.starts_at).total_seconds()) // 60
    if not session.is_placed:
        return Place(None, minutes)
    return Place(session.starts, minutes, session.room_id, session.starts_fold)


def put(event: Event, session: Session, place: Place) -> None:
    """Set the session's place and all that follows from it; Invalid where it does not fit.

    Its end follows from its length in real minutes, so it never falls into a gap; its breaks move
    along. Says nothing to the log and flushes nothing.
    """
    if not 0 < place.minutes <= LONGEST_MINUTES:
        raise Invalid(_("A session lasts at least a minute and at most 24 hours."), "minutes")
    length = timedelta(minutes=place.minutes)
    if place.starts is None:
        _into_the_tray(session, length)
        return
    if abs(place.starts.date() - event.starts_on) > FARTHEST:
        raise Invalid(_("Choose a day within a year of the event."), "day")
    fold = place.fold
    if fold is None and session.is_placed and session.starts == place.starts:
        fold = session.starts_fold
    starts_at = instant_of(place.starts, event.zone, fold=fold, field="starts")
    ends_at = starts_at + length
    ends = local(ends_at, event.zone)
    session.breaks = _breaks_moved(session, place.starts, ends)
    session.zone, session.starts_at, session.ends_at = event.zone, starts_at, ends_at
    session.starts, session.starts_fold = place.starts, fold or 0
    session.ends, session.ends_fold = ends, fold_of(ends_at, event.zone)
    session.room_id, session.is_placed = place.room_id, True
    _touched(session)


def _into_the_tray(session: Session, length: timedelta) -> None:
    if length != session.ends_at - session.starts_at:
        session.breaks = []
    session.ends_at = session.starts_at + length
    session.ends = local(session.ends_at, session.zone)
    session.ends_fold = fold_of(session.ends_at, session.zone)
    session.room_id, session.is_placed = None, False
    _touched(session)


def _breaks_moved(session: Session, starts: datetime, ends: datetime) -> list[list[str]]:
    moved = []
    by, day = starts - session.starts, session.starts.date()
    for pair in session.breaks:
        begin, end = (
            datetime.combine(day, datetime.strptime(one, "%H:%M").time()) + by  # noqa: DTZ007
            for one in pair
        )
        if not (starts <= begin < end <= ends and begin.date() == end.date() == starts.date()):
            raise Invalid(_("Its breaks do not fit there. Change them in its form first."))
        moved.append([f"{begin:%H:%M}", f"{end:%H:%M}"])
    return moved


def _touched(session: Session) -> None:
    session.changed_at = clock.now()
    session.version += 1
