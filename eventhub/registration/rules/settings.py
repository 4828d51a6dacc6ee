"""What an event decides about registration."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from eventhub.events.rules import InGap, wall_to_instant

DEADLINES = (
    *("photos_until", "letters_until", "visa_until", "check_until"),
    *("hard_closes", "replacement_until", "mode_until"),
)
"""Settings that are wall times of the event."""


@dataclass(frozen=True, slots=True)
class RegistrationSettings:
    """The event's own choices; the defaults hold where nobody chose."""

    hold_seconds: int = 120
    """How long a decision may be undone before it takes effect and its mail leaves."""
    return_days: int = 5
    """How long a returned registration keeps its place while nobody corrects it."""
    draft_days: int = 30
    grace_minutes: int = 15
    """How much later than the deadline a form begun before it may end (R1.14)."""
    equity: bool = False
    """Whether least developed, landlocked and small island States are promoted first (R1.12)."""
    overflow_category: str = ""
    """Code of the category for whom there is no place, where a full pool offers one (R1.11)."""
    hard_closes: str = ""
    """Wall time in ISO form after which only the desk registers anybody; empty: never (R1.15)."""
    photos_until: str = ""
    """Wall time until which photos are awaited; empty: no deadline of their own, as all below."""
    letters_until: str = ""
    visa_until: str = ""
    """Until when data for visa letters are awaited."""
    check_until: str = ""
    """Until when delegations look over how their names and titles will be printed."""
    replacement_until: str = ""
    """Wall time until which one person may replace another; empty: the event's start (R1.9)."""
    replacement_needs_letter: bool = False
    """Whether who comes instead must be covered by a letter of their own (R1.9)."""
    mode_until: str = ""
    """Wall time until which people switch between in person and remote; empty: the event's start
    (R1.27)."""

    @property
    def hold(self) -> timedelta:
        """Return how long a decision may be undone."""
        return timedelta(seconds=self.hold_seconds)

    def deadline(self, name: str, zone: str) -> datetime | None:
        """Return the instant of a wall time of these settings in the event's zone, None for none.

        A time that no clock of the zone shows is the first one after the gap.
        """
        text: str = getattr(self, name)
        if not text:
            return None
        try:
            return wall_to_instant(datetime.fromisoformat(text), zone)
        except InGap as gap:
            return wall_to_instant(gap.after, zone)

    @property
    def grace(self) -> timedelta:
        """Return how much later than the deadline a form may end."""
        return timedelta(minutes=self.grace_minutes)


@dataclass(frozen=True, slots=True)
class RemoteSettings:
    """What an event decides about taking part from afar (R1.27)."""

    per_session: bool = False
    """Whether people in the hall may follow single sessions remotely."""
    is_marked: bool = True
    """Whether lists of participants mark who takes part remotely."""
    platform: Mapping[str, str] = field(default_factory=dict)
    """What to know of the platform before joining, by language."""
    phone: str = ""
    """The number to call where the link fails, as it was written."""


def is_within_grace(
    *, closes_at: datetime, begun_at: datetime | None, now: datetime, grace: timedelta
) -> bool:
    """Tell whether a form begun by the deadline still ends in time after it (R1.14)."""
    return begun_at is not None and begun_at <= closes_at < now <= closes_at + grace
