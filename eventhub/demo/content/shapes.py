"""What the files of the demo hold, read: events, places, people, and what they are given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Any

from eventhub.i18n import Translated

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class DemoSignatory:
    """Who signs an institution's certificates."""

    name: str
    name_local: str | None
    post: Translated


@dataclass(frozen=True, slots=True)
class DemoInstitution:
    """A host; `kind` is ministry, mission or institute, `country` an ISO3 code."""

    code: str
    kind: str
    name: Translated
    country: str
    city: str
    address: str
    time_zone: str
    languages: tuple[str, ...]
    email: str
    signatories: tuple[DemoSignatory, ...]


@dataclass(frozen=True, slots=True)
class DemoRoom:
    """A room; `booths` are the languages that have an interpretation booth."""

    code: str
    name: Translated
    capacity: int
    layout: str
    booths: tuple[str, ...]
    zone: str


@dataclass(frozen=True, slots=True)
class DemoVenue:
    """A place with its rooms, kept by one institution."""

    code: str
    name: Translated
    city: Translated
    country: str
    time_zone: str
    institution: str
    rooms: tuple[DemoRoom, ...]


@dataclass(frozen=True, slots=True)
class DemoOrganization:
    """An invented organization that is not in the reference data."""

    code: str
    kind: str
    name: Translated


@dataclass(frozen=True, slots=True)
class DemoTrack:
    """A strand of parallel sessions."""

    code: str
    title: Translated
    room: str


@dataclass(frozen=True, slots=True)
class DemoSession:
    """A part of the agenda.

    `roles` names speakers by role, in the order in which they speak: ids of the event's own
    speakers or of people. `more_rooms` are used beside `room` at the same time. `breaks` are
    pauses inside it. `admit` lists category codes, empty for all.
    """

    code: str
    type: str
    title: Translated
    summary: Translated
    start: datetime
    end: datetime
    room: str
    more_rooms: tuple[str, ...]
    access: str
    admit: tuple[str, ...]
    track: str | None
    interpretation: tuple[str, ...]
    roles: Mapping[str, tuple[str, ...]]
    list_of_speakers: bool
    time_limit_s: int | None
    turnover_s: int | None
    groups: int
    breaks: tuple[tuple[time, time], ...]
    counts_for_certificate: bool
    credit_minutes: int


@dataclass(frozen=True, slots=True)
class DemoSpeaker:
    """A speaker as the agenda prints them."""

    id: str
    name: str
    name_local: str | None
    entity: str
    gender: str
    post: Translated
    biography: Translated


@dataclass(frozen=True, slots=True)
class DemoDelegation:
    """How many of each category an entity sent; `role` is host, co_host or None."""

    entity: str
    role: str | None
    head_rank: str | None
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DemoPage:
    """A page of practical information, Markdown."""

    slug: str
    title: Translated
    text: Translated


@dataclass(frozen=True, slots=True)
class DemoEvent:
    """One event with all that is set up for it.

    `deadlines` holds local dates and times by name; `quota`, `certificate_policy`,
    `category_overrides` (by category code, or "all") and `eligibility` are as the file has them;
    `attendance` says how many participants attended in which way; `expected` the figures.
    """

    slug: str
    preset: str
    code: str
    title: Translated
    summary: Translated
    hosts: tuple[str, ...]
    series: str | None
    venue: str
    starts_on: date
    ends_on: date
    time_zone: str
    mode: str
    accent: str
    languages: tuple[str, ...]
    working_languages: tuple[str, ...]
    interpretation: tuple[str, ...]
    contact: str
    places: int
    deadlines: Mapping[str, date | datetime]
    quota: Mapping[str, Any]
    category_overrides: Mapping[str, Mapping[str, Any]]
    certificate_policy: Mapping[str, Any]
    eligibility: Mapping[str, Any]
    tracks: tuple[DemoTrack, ...]
    sessions: tuple[DemoSession, ...]
    speakers: tuple[DemoSpeaker, ...]
    delegations: tuple[DemoDelegation, ...]
    pages: tuple[DemoPage, ...]
    attendance: Mapping[str, int]
    expected: Mapping[str, Any]

    def moment(self, name: str) -> datetime:
        """Return a deadline as a local time; one that is only a date begins its day."""
        value = self.deadlines[name]
        return value if isinstance(value, datetime) else datetime.combine(value, time())


@dataclass(frozen=True, slots=True)
class DemoSeries:
    """Events counted together; `same_person_in_both` are registration ids, one in each."""

    slug: str
    institution: str
    title: Translated
    events: tuple[str, ...]
    same_person_in_both: tuple[str, ...]
    expected: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A named person in a delegation of one event; either part of the name may be empty."""

    id: str
    event: str
    entity: str
    category: str
    rank: str
    gender: str
    honorific: str
    family_name: str
    given_names: str
    name_order: str
    name_local: str | None
    local_language: str | None
    passport_latin: str | None
    title: str
    email: str
    language: str
    note: str

    @property
    def printed_name(self) -> str:
        """Return the name in the order in which it is said."""
        parts = (self.given_names, self.family_name)
        ordered = parts if self.name_order == "given_first" else parts[::-1]
        return " ".join(part for part in ordered if part)
