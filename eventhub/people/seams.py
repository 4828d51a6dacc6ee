"""What features contribute: parts of an event for which a role may be given, personal data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from eventhub.core.actor import Actor
from eventhub.files.models import StoredFile


@dataclass(frozen=True, slots=True)
class ScopeKind:
    """A kind of part ("categories", "gates"): its label, and its (id, name) rows at an event."""

    kind: str
    label: Callable[[], str]
    options: Callable[[int], list[tuple[int, str]]]


SCOPES: dict[str, ScopeKind] = {}
"""By kind; filled by `eventhub/parts.py`."""


@dataclass(frozen=True, slots=True)
class Whose:
    """The human being whose data are meant: by one registration at its event, by an account, or by
    a speaker of an event who has no registration.

    `addresses` are the e-mail addresses that nobody else here uses: of a mission's mailbox that
    stands on many registrations, the mail of others stays. `certificates_too` is said only by the
    holder who gives up what a certificate may keep (R5.6).
    """

    ref: str
    event_id: int | None = None
    registration_id: int | None = None
    account_id: int | None = None
    speaker_id: int | None = None
    pass_id: int | None = None
    photo_ids: frozenset[int] = frozenset()
    addresses: frozenset[str] = frozenset()
    zone: str = "UTC"
    certificates_too: bool = False

    def time(self, instant: datetime | None) -> str | None:
        """Write an instant as ISO 8601 in the event's zone, with its offset."""
        return instant.astimezone(ZoneInfo(self.zone)).isoformat() if instant else None


Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file of a person, under the name it has in their copy."""

    name: str
    file: StoredFile


@dataclass(frozen=True, slots=True)
class Held:
    """What one feature holds about one human being: rows in words, by table, and files."""

    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    files: Sequence[HeldFile] = ()


class Erase(Protocol):
    """Makes a feature forget one human being; what is counted stays countable (R7.7)."""

    def __call__(self, whose: Whose, *, actor: Actor) -> None: ...


@dataclass(frozen=True, slots=True)
class PersonalData:
    """One feature's answer to "what do you hold about this person", and to "forget them".

    `tables` names every table of the feature (or of the packages below it that cannot answer
    themselves) that says something of a human being.
    """

    feature: str
    tables: frozenset[str]
    export: Callable[[Whose], Held]
    erase: Erase


PERSONAL_DATA: list[PersonalData] = []
"""From the lowest feature to the highest; filled by `eventhub/parts.py`."""
