"""Whose feed it is, and what they starred."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, ColumnElement, Select, func, select

from eventhub.agenda.models import Session, Speaker
from eventhub.agenda.rules import FrozenSession
from eventhub.calendars import rules
from eventhub.calendars.models import CalendarChoice, Star
from eventhub.core.db import db, is_sqlite
from eventhub.core.errors import NotFound
from eventhub.entities.models import Entity
from eventhub.events.models import Category, Event
from eventhub.i18n import Translated
from eventhub.i18n.locale import known
from eventhub.institutions.models import Institution
from eventhub.keys import links
from eventhub.registration.models import Pool, Registration, RemoteSession, SessionSeat
from eventhub.registration.queries import shown_on_screen
from eventhub.registration.queries.history import leavings_and_returns
from eventhub.registration.queries.remote import remote_settings_of
from eventhub.registration.rules import ENDED, NOT_ON_SCREEN, State, joining_address

FEED_KIND = "feed"


@dataclass(frozen=True, slots=True)
class Person:
    """A registration with its event, host and category, and what was chosen of the calendar."""

    registration: Registration
    event: Event
    host: Translated
    group: Category
    entity: Entity | None
    choice: CalendarChoice | None
    turns: int
    """How often the registration ended and began again (R3.6: its calendar counts them)."""
    own: rules.Own
    """What is the person's of the programme."""

    @property
    def category(self) -> str:
        """Return the category's code."""
        return self.group.code

    @property
    def language(self) -> str:
        """Return the language of the entries."""
        chosen = self.choice.language if self.choice else ""
        return known(chosen or self.registration.language)

    @property
    def alarms_minutes(self) -> tuple[int, ...]:
        """Return how long before each session the calendar reminds of it."""
        return rules.alarms(self.choice.alarm_minutes if self.choice else None)

    @property
    def by_mail(self) -> bool:
        """Tell whether changes are also sent by mail."""
        return self.choice is not None and self.choice.by_mail


def _people() -> Any:
    person = (Registration, Event, Institution.names, Category, Entity, CalendarChoice)
    return (
        select(*person, leavings_and_returns(), *own_columns())
        .outerjoin(Speaker, Speaker.id == Registration.speaker_id)
        .join(Event, Event.id == Registration.event_id)
        .join(Institution, Institution.id == Event.institution_id)
        .join(Category, Category.id == Registration.category_id)
        .outerjoin(Entity, Entity.id == Registration.entity_id)
        .outerjoin(CalendarChoice, CalendarChoice.registration_id == Registration.id)
        .where(Registration.erased_at.is_(None))
    )


def own_columns() -> tuple[Any, ...]:
    """Return columns beside Registration, Speaker and CalendarChoice that `own_in` reads."""
    starred = (
        select(Session.uid)
        .join(Star, Star.session_id == Session.id)
        .where(Star.registration_id == Registration.id)
    )
    limited = select(Session.uid).join(Pool, Pool.session_id == Session.id)
    seated = limited.join(SessionSeat, SessionSeat.pool_id == Pool.id).where(
        SessionSeat.registration_id == Registration.id
    )
    of_event = limited.where(Pool.event_id == Registration.event_id)
    shows_all = CalendarChoice.shows_all
    return (*(_uids(query) for query in (starred, seated, of_event)), Speaker.ref, shows_all)


def own_in(columns: Sequence[Any]) -> rules.Own:
    """Return what `own_columns` found of a person."""
    *sets, speaker, shows_all = columns
    starred, seated, limited = (frozenset(uids or ()) for uids in sets)
    return rules.Own(starred, seated, limited, speaker, bool(shows_all))


def _uids(query: Select[str]) -> ColumnElement[Any]:
    """Return the uids that a query finds as one value: a list, or None where there are none."""
    listed = func.json_group_array if is_sqlite() else func.json_agg
    uids = query.with_only_columns(listed(Session.uid, type_=JSON))
    return uids.correlate(Registration).scalar_subquery()


OWN_COLUMNS = 5
"""How many `own_columns` are."""


def _person(row: Sequence[Any]) -> Person:
    values = [*row[:-OWN_COLUMNS], own_in(row[-OWN_COLUMNS:])]
    return Person(*values)


def find_person(ref: str) -> Person | None:
    """Return the person with this ref, and the event; one statement."""
    row = db.session.execute(_people().where(Registration.ref == ref)).first()
    return _person(row) if row else None


def find_by_id(event_id: int | None, registration_id: int) -> Person | None:
    """Return a person of the event, None where there is none; one statement."""
    query = _people().where(Event.id == event_id, Registration.id == registration_id)
    row = db.session.execute(query).first()
    return _person(row) if row else None


def mailed_people(event_id: int) -> list[Person]:
    """Return who takes part and has changes sent by mail, with their choices locked."""
    query = (
        _people()
        .where(
            CalendarChoice.event_id == event_id,
            CalendarChoice.by_mail.is_(True),
            Registration.state.not_in(ENDED),
            Registration.email != "",
        )
        .order_by(Registration.id)
        .with_for_update(of=Registration)
    )
    return [_person(row) for row in db.session.execute(query)]


def person_of_link(token: str) -> Person:
    """Return whose private page it is; NotFound where the link is not the valid one."""
    found = find_person(links.ref_in(token))
    if found is None or not links.holds(
        token, "registration", found.registration.ref, found.registration.link_number
    ):
        raise NotFound
    return found


def ref_of_feed(token: str) -> str | None:
    """Return the ref of the person whose feed has this address, None where it is not valid now."""
    ref = links.ref_in(token)
    query = select(Registration.feed_number).where(
        Registration.ref == ref, Registration.erased_at.is_(None)
    )
    number = db.session.scalar(query)
    return ref if number is not None and links.holds(token, FEED_KIND, ref, number) else None


def person_of_feed(token: str) -> Person:
    """Return whose feed it is; NotFound where its address is not the valid one."""
    found = find_person(links.ref_in(token))
    if found is None or not links.holds(
        token, FEED_KIND, found.registration.ref, found.registration.feed_number
    ):
        raise NotFound
    return found


def feed_token(registration: Registration) -> str:
    """Return the secret part of the feed's address, as it is valid now."""
    return links.token(FEED_KIND, registration.ref, registration.feed_number)


@dataclass(frozen=True, slots=True)
class Joining:
    """By which address a person joins which sessions from afar."""

    address: str
    refs: frozenset[str] | None
    """Of the sessions followed singly; None for all."""

    def at(self, session: FrozenSession) -> str:
        """Return the address for a session, "" where it is not theirs or on no screen."""
        if session.kind in NOT_ON_SCREEN or session.status == "cancelled":
            return ""
        return self.address if self.refs is None or session.ref in self.refs else ""


def joining_of(person: Person) -> Joining | None:
    """Return how the person joins from afar; None unless confirmed for that (R1.27).

    At most two statements, none where the event is in a hall alone.
    """
    row, event = person.registration, person.event
    if row.state != State.ACCREDITED or event.mode == "in_person" or not event.online_url:
        return None
    refs = None
    if row.mode != "remote":
        refs = _followed_singly(row) if remote_settings_of(event.id).per_session else frozenset()
        if not refs:
            return None
    name = shown_on_screen(row, event.languages[0], person.entity, person.group)
    return Joining(joining_address(event.online_url, personal_id=row.ref, name=name), refs)


def _followed_singly(registration: Registration) -> frozenset[str]:
    query = (
        select(Session.ref)
        .join(RemoteSession, RemoteSession.session_id == Session.id)
        .where(
            RemoteSession.event_id == registration.event_id,
            RemoteSession.registration_id == registration.id,
        )
    )
    return frozenset(db.session.scalars(query))


def starred_by(registration: Registration) -> frozenset[str]:
    """Return the refs of the sessions that the person starred."""
    query = (
        select(Session.ref)
        .join(Star, Star.session_id == Session.id)
        .where(Star.event_id == registration.event_id, Star.registration_id == registration.id)
    )
    return frozenset(db.session.scalars(query))
