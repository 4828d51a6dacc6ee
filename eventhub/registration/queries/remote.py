"""Asking who takes part from afar: the whole event, or single sessions of it (R1.27)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from eventhub.agenda.models import Session
from eventhub.agenda.queries import find_programme, sessions_of
from eventhub.core.db import db
from eventhub.events.models import Category, EventSetting
from eventhub.events.queries import as_setting, setting
from eventhub.registration.models import Registration, RemoteSession
from eventhub.registration.rules import (
    NOT_ON_SCREEN,
    RegistrationSettings,
    RemoteSettings,
    State,
)


def remote_settings_of(event_id: int) -> RemoteSettings:
    """Return what the event decides about taking part from afar."""
    return setting(event_id, "remote", RemoteSettings)


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms somebody takes part from afar: the event's choices, and how many sessions."""

    settings: RegistrationSettings
    remote: RemoteSettings
    singly: int
    """How many single sessions somebody in the hall follows remotely."""


_REGISTRATION, _REMOTE = aliased(EventSetting), aliased(EventSetting)
_SINGLY = (
    select(func.count())
    .select_from(RemoteSession)
    .where(
        RemoteSession.event_id == Registration.event_id,
        RemoteSession.registration_id == Registration.id,
    )
    .correlate(Registration)
    .scalar_subquery()
)


def with_terms(query: Select[Any]) -> Select[Any]:
    """Return a query of registrations that asks last for what `as_terms` reads: three columns."""
    return (
        query.add_columns(_REGISTRATION.values, _REMOTE.values, _SINGLY)
        .outerjoin(
            _REGISTRATION,
            (_REGISTRATION.event_id == Registration.event_id)
            & (_REGISTRATION.feature == "registration"),
        )
        .outerjoin(
            _REMOTE,
            (_REMOTE.event_id == Registration.event_id) & (_REMOTE.feature == "remote"),
        )
    )


def as_terms(registration: Registration, kept: Sequence[Any]) -> Terms:
    """Return the terms for one person, of the columns that `with_terms` adds."""
    decided, from_afar, singly = kept
    remote = as_setting(from_afar, RemoteSettings)
    counts = registration.mode != "remote" and remote.per_session
    return Terms(as_setting(decided, RegistrationSettings), remote, singly if counts else 0)


def terms_for(registration: Registration) -> Terms:
    """Return the terms for one person: one statement."""
    query = with_terms(select(Registration.id).where(Registration.id == registration.id))
    return as_terms(registration, db.session.execute(query).one()[1:])


def sessions_on_screen(event_id: int, category: Category | None) -> list[Session]:
    """Return the published sessions that somebody of a category may follow remotely, in order."""
    programme = find_programme(event_id)
    public = {one.uid for one in programme.sessions} if programme else set()
    code = category.code if category else ""
    return [
        one
        for one in sessions_of(event_id)
        if one.uid in public
        and one.status != "cancelled"
        and one.kind not in NOT_ON_SCREEN
        and (one.access == "open" or not one.admit or code in one.admit)
    ]


def remote_sessions_of(registration: Registration) -> frozenset[int]:
    """Return the ids of the single sessions that somebody in the hall follows remotely."""
    query = select(RemoteSession.session_id).where(
        RemoteSession.event_id == registration.event_id,
        RemoteSession.registration_id == registration.id,
    )
    return frozenset(db.session.scalars(query))


def remote_in_session(event_id: int, session_id: int | None) -> frozenset[int]:
    """Return the ids of the confirmed people who follow a session remotely, of all without one."""
    own = select(Registration.id).where(
        Registration.event_id == event_id, Registration.state == State.ACCREDITED
    )
    single = select(RemoteSession.registration_id).where(
        RemoteSession.event_id == event_id, RemoteSession.session_id == session_id
    )
    query = own.where(or_(Registration.mode == "remote", Registration.id.in_(single)))
    return frozenset(db.session.scalars(query))


def expected_remotely(event_id: int, sessions: Sequence[Session]) -> dict[int, int]:
    """Return how many confirmed people mean to follow each session remotely, by its id.

    Two statements.
    """
    confirmed = (Registration.event_id == event_id, Registration.state == State.ACCREDITED)
    by_category = dict(
        db.session.execute(
            select(Category.code, func.count())
            .join(Registration, Registration.category_id == Category.id)
            .where(*confirmed, Registration.mode == "remote")
            .group_by(Category.code)
        ).all()
    )
    single = dict(
        db.session.execute(
            select(RemoteSession.session_id, func.count())
            .join(Registration, Registration.id == RemoteSession.registration_id)
            .where(*confirmed, Registration.mode != "remote")
            .group_by(RemoteSession.session_id)
        ).all()
    )
    return {
        one.id: single.get(one.id, 0)
        + sum(
            number
            for code, number in by_category.items()
            if one.access == "open" or not one.admit or code in one.admit
        )
        for one in sessions
    }
