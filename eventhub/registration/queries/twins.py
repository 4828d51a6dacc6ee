"""Possible duplicates: registrations that look like the same person (R1.30)."""

from collections.abc import Collection

from sqlalchemy import func, or_, select
from sqlalchemy.sql import ColumnElement

from eventhub.core.actor import Scope
from eventhub.core.db import db
from eventhub.i18n import lazy_gettext
from eventhub.registration.models import NotTwins, Registration
from eventhub.registration.queries.finding import registrations_by_id, within
from eventhub.registration.rules import ENDED, State
from eventhub.registration.rules.twins import EMAIL, NAME, Face, Pair, pairs_of

_REASONS = {
    EMAIL: lazy_gettext("the same e-mail address"),
    NAME: lazy_gettext("the same names and State or organization"),
}


def twin_pairs(event_id: int, scopes: Collection[Scope]) -> list[Pair]:
    """Return the pairs within reach that nobody said are two persons; two statements."""
    return pairs_of(_faces(event_id, scopes), _parted(event_id))


def twins_of(registration: Registration, *scopes: Scope) -> list[tuple[Registration, Pair]]:
    """Return who looks like this person, with the reasons; ended registrations do not count."""
    near = or_(
        Registration.entity_id == registration.entity_id,
        func.lower(Registration.email) == registration.email.strip().lower(),
        Registration.id == registration.id,
    )
    event_id = registration.event_id
    faces = _faces(event_id, scopes, near)
    mine = [
        pair
        for pair in pairs_of(faces, _parted(event_id, registration.id))
        if registration.id in (pair.first_id, pair.second_id)
    ]
    others = {pair.first_id + pair.second_id - registration.id: pair for pair in mine}
    rows = registrations_by_id(event_id, set(others))
    return [(rows[one], pair) for one, pair in others.items()]


def twin_words(pair: Pair) -> list[str]:
    """Return why two registrations look like one person."""
    return [str(_REASONS[reason]) for reason in pair.reasons]


def _faces(
    event_id: int, scopes: Collection[Scope], near: ColumnElement[bool] | None = None
) -> list[Face]:
    query = select(
        Registration.id,
        Registration.family_name,
        Registration.given_names,
        Registration.entity_id,
        Registration.organisation,
        Registration.email,
    ).where(
        Registration.event_id == event_id,
        Registration.state.not_in([*ENDED, State.DRAFT]),
        within(scopes),
    )
    if near is not None:
        query = query.where(near)
    return [Face(*row) for row in db.session.execute(query)]


def _parted(event_id: int, registration_id: int | None = None) -> set[tuple[int, int]]:
    query = select(NotTwins.first_id, NotTwins.second_id).where(NotTwins.event_id == event_id)
    if registration_id is not None:
        query = query.where(
            or_(NotTwins.first_id == registration_id, NotTwins.second_id == registration_id)
        )
    return {(row[0], row[1]) for row in db.session.execute(query)}
