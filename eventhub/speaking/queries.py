"""Asking for lists of speakers: who waits, who speaks, who has spoken for how long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import func, select

from eventhub.agenda.models import Session
from eventhub.agenda.queries import breaks_of
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.entities.models import Entity, RankLevel
from eventhub.events.models import Category, Event
from eventhub.i18n import Translated
from eventhub.keys import links
from eventhub.protocol.queries import named_at, texts_at
from eventhub.registration.models import Registration
from eventhub.registration.rules import State
from eventhub.speaking.models import SpeakerList, SpeakingRequest, SpeakingTurn
from eventhub.speaking.rules import GONE, WAITING, Forecast, forecast

LINK_KIND = "wall"
HEAD = "HOD"
"""The category of heads of delegation."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A request, with the names of whoever speaks and the rank."""

    request: SpeakingRequest
    names: Translated
    rank: RankLevel | None
    code: str = ""
    """The code of the entity, empty for somebody named freely."""

    @property
    def ref(self) -> str:
        """Return the ref of the request."""
        return self.request.ref

    @property
    def name(self) -> str:
        """Return who speaks, in the reader's language."""
        return self.names.pick()


@dataclass(frozen=True)
class Floor:
    """A list as it stands: its session, everybody on it, and who has the floor."""

    event: Event
    listed: SpeakerList
    session: Session
    entries: Sequence[Entry]
    turn: SpeakingTurn | None

    @cached_property
    def waiting(self) -> list[Entry]:
        """Return those who wait, in their order."""
        found = [one for one in self.entries if one.request.state in WAITING]
        return sorted(found, key=lambda one: (one.request.place, one.request.id))

    @cached_property
    def current(self) -> Entry | None:
        """Return who has the floor."""
        speaking = (one for one in self.entries if one.request.state == "speaking")
        return next(speaking, None)

    @property
    def done(self) -> list[Entry]:
        """Return those who have spoken, as they were inscribed."""
        return [one for one in self.entries if one.request.state == "done"]

    @property
    def gone(self) -> list[Entry]:
        """Return those who withdrew or hand their statement in."""
        return [one for one in self.entries if one.request.state in GONE]

    @property
    def forecast(self) -> Forecast:
        """Return whether all who are on the list, those who have spoken too, fit in (R3.11)."""
        one = self.listed
        heard = [*self.done, *([self.current] if self.current else []), *self.waiting]
        limits = [limit_for(one, entry.request) for entry in heard]
        return forecast(minutes_of(one, self.session), limits, one.limit_s, one.turnover_s)

    def get(self, ref: str) -> Entry:
        """Return the entry of this ref; NotFound where the list has none."""
        for entry in self.entries:
            if entry.ref == ref:
                return entry
        raise NotFound


def limit_for(one: SpeakerList, request: SpeakingRequest) -> int:
    """Return how many seconds a request may speak (R3.12)."""
    return one.group_limit_s if request.for_group else one.limit_s


def minutes_of(one: SpeakerList, session: Session) -> int:
    """Return how many minutes the list has: its own, else its session's without the breaks."""
    if one.minutes is not None:
        return one.minutes
    length = session.ends_at - session.starts_at
    for start, end in breaks_of(session):
        length -= end - start
    return int(length.total_seconds() // 60)


def get_list(event_id: int, ref: str) -> tuple[SpeakerList, Session]:
    """Return a list of the event with its session; else NotFound."""
    query = (
        select(SpeakerList, Session)
        .join(Session, Session.id == SpeakerList.session_id)
        .where(SpeakerList.event_id == event_id, SpeakerList.ref == ref)
    )
    found = db.session.execute(query).first()
    if found is None:
        raise NotFound
    return found[0], found[1]


def find_public(event_id: int, session_ref: str) -> SpeakerList | None:
    """Return the list of a session where it is public; else None."""
    query = (
        select(SpeakerList)
        .join(Session, Session.id == SpeakerList.session_id)
        .where(SpeakerList.event_id == event_id, SpeakerList.is_public)
        .where(Session.ref == session_ref)
    )
    return db.session.scalar(query)


def list_of_key(event_id: int, key: str) -> tuple[SpeakerList, Session]:
    """Return the list that an address of the wall opens; else NotFound.

    The key is the list's secret token or, where the list is public, its plain ref.
    """
    one, session = get_list(event_id, links.ref_in(key))
    is_plain = one.is_public and key.upper() == one.ref
    if not is_plain and not links.holds(key, LINK_KIND, one.ref, one.link_number):
        raise NotFound
    return one, session


def secret_key(one: SpeakerList) -> str:
    """Return the secret part of the wall's address, as it is valid now."""
    return links.token(LINK_KIND, one.ref, one.link_number)


def floor_of(event: Event, one: SpeakerList, session: Session) -> Floor:
    """Return a list as it stands: three statements, however long it is."""
    turn = db.session.scalar(
        select(SpeakingTurn).where(
            SpeakingTurn.list_id == one.id, SpeakingTurn.is_running.is_(True)
        )
    )
    return Floor(event, one, session, entries_of(event.id, one.id), turn)


def entries_of(event_id: int, list_id: int) -> list[Entry]:
    """Return the requests of a list in the order in which they came: two statements."""
    query = (
        select(SpeakingRequest, RankLevel)
        .outerjoin(RankLevel, RankLevel.id == SpeakingRequest.rank_id)
        .where(SpeakingRequest.event_id == event_id, SpeakingRequest.list_id == list_id)
        .order_by(SpeakingRequest.received_at, SpeakingRequest.id)
    )
    rows = db.session.execute(query).all()
    named = named_at(event_id, (request.entity_id for request, _rank in rows))
    return [
        Entry(request, one.names, rank, one.code)
        if (one := named.get(request.entity_id or 0))
        else Entry(request, Translated(en=request.body), rank)
        for request, rank in rows
    ]


@dataclass(frozen=True, slots=True)
class ListLine:
    """A session with its list, and how many wait on it."""

    session: Session
    listed: SpeakerList | None
    waiting: int
    done: int


def list_lines(event_id: int) -> list[ListLine]:
    """Return the sessions of an event with their lists, in the order of time: one statement."""
    request = SpeakingRequest
    counts = (
        select(
            request.list_id,
            func.count().filter(request.state.in_(WAITING)).label("waiting"),
            func.count().filter(request.state == "done").label("done"),
        )
        .where(request.event_id == event_id)
        .group_by(request.list_id)
        .subquery()
    )
    query = (
        select(Session, SpeakerList, counts.c.waiting, counts.c.done)
        .outerjoin(SpeakerList, SpeakerList.session_id == Session.id)
        .outerjoin(counts, counts.c.list_id == SpeakerList.id)
        .where(Session.event_id == event_id, Session.status != "cancelled")
        .order_by(Session.starts_at, Session.code)
    )
    rows = db.session.execute(query)
    return [ListLine(row[0], row[1], row[2] or 0, row[3] or 0) for row in rows]


@dataclass(frozen=True, slots=True)
class Spoken:
    """One line of the log: who spoke, from when, for how long, how long was allowed."""

    names: Translated
    request: SpeakingRequest
    started_at: datetime
    seconds: int
    allowed_s: int


def log_of(event_id: int, list_id: int) -> list[Spoken]:
    """Return who has spoken on a list, in the order of time: two statements."""
    query = (
        select(SpeakingTurn, SpeakingRequest)
        .join(SpeakingRequest, SpeakingRequest.id == SpeakingTurn.request_id)
        .where(
            SpeakingTurn.event_id == event_id,
            SpeakingTurn.list_id == list_id,
            SpeakingTurn.is_running.is_(None),
        )
        .order_by(SpeakingTurn.started_at, SpeakingTurn.id)
    )
    rows = db.session.execute(query).all()
    names = texts_at(event_id, (request.entity_id for _turn, request in rows))
    return [
        Spoken(
            names.get(request.entity_id or 0) or Translated(en=request.body),
            request,
            turn.started_at,
            turn.seconds,
            turn.limit_s + turn.extra_s,
        )
        for turn, request in rows
    ]


def seconds_by_entity(event_id: int) -> dict[int, int]:
    """Return how many seconds each entity spoke at an event, on all its lists, by entity id."""
    query = (
        select(SpeakingRequest.entity_id, func.sum(SpeakingTurn.seconds))
        .join(SpeakingRequest, SpeakingRequest.id == SpeakingTurn.request_id)
        .where(
            SpeakingTurn.event_id == event_id,
            SpeakingTurn.is_running.is_(None),
            SpeakingRequest.entity_id.is_not(None),
        )
        .group_by(SpeakingRequest.entity_id)
    )
    return {row[0]: int(row[1]) for row in db.session.execute(query) if row[0] is not None}


def find_entity(code: str) -> Entity | None:
    """Return the entity with this code; None where there is none."""
    return db.session.scalar(select(Entity).where(Entity.code == code)) if code else None


def may_ask(registration: Registration) -> bool:
    """Tell whether a person may ask for the floor by themselves: as head of delegation (R3.7)."""
    category = db.session.get_one(Category, registration.category_id)
    is_head = category.code == HEAD and registration.entity_id is not None
    return is_head and registration.state == State.ACCREDITED


def open_lists(event_id: int) -> list[tuple[SpeakerList, Session]]:
    """Return the lists of an event that take requests, in the order of time."""
    query = (
        select(SpeakerList, Session)
        .join(Session, Session.id == SpeakerList.session_id)
        .where(SpeakerList.event_id == event_id, SpeakerList.is_open)
        .order_by(Session.starts_at)
    )
    return [(one, session) for one, session in db.session.execute(query)]


@dataclass(frozen=True, slots=True)
class Own:
    """A request of one entity, with its list, session and rank."""

    request: SpeakingRequest
    listed: SpeakerList
    session: Session
    rank: RankLevel | None


def own_requests(event_id: int, entity_id: int) -> list[Own]:
    """Return what an entity asked for on all lists of an event, in the order of time."""
    query = (
        select(SpeakingRequest, SpeakerList, Session, RankLevel)
        .join(SpeakerList, SpeakerList.id == SpeakingRequest.list_id)
        .join(Session, Session.id == SpeakerList.session_id)
        .outerjoin(RankLevel, RankLevel.id == SpeakingRequest.rank_id)
        .where(SpeakingRequest.event_id == event_id, SpeakingRequest.entity_id == entity_id)
        .order_by(Session.starts_at, SpeakingRequest.received_at)
    )
    return [Own(*row) for row in db.session.execute(query)]
