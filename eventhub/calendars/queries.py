"""Whose feed it is, and what they starred."""

from dataclasses import dataclass

from sqlalchemy import select

from eventhub.agenda.models import Session
from eventhub.calendars.models import Star
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.events.models import Category, Event
from eventhub.i18n import Translated
from eventhub.institutions.models import Institution
from eventhub.keys import links
from eventhub.registration.models import Registration

FEED_KIND = "feed"


@dataclass(frozen=True, slots=True)
class Person:
    """A registration with its event, host and category."""

    registration: Registration
    event: Event
    host: Translated
    category: str
    """The category's code."""


def find_person(ref: str) -> Person | None:
    """Return the person with this ref, and the event; one statement."""
    query = (
        select(Registration, Event, Institution.names, Category.code)
        .join(Event, Event.id == Registration.event_id)
        .join(Institution, Institution.id == Event.institution_id)
        .join(Category, Category.id == Registration.category_id)
        .where(Registration.ref == ref)
    )
    row = db.session.execute(query).first()
    return Person(*row) if row else None


def person_of_link(token: str) -> Person:
    """Return whose private page it is; NotFound where the link is not the valid one."""
    found = find_person(links.ref_in(token))
    if found is None or not links.holds(
        token, "registration", found.registration.ref, found.registration.link_number
    ):
        raise NotFound
    return found


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


def starred_by(registration: Registration) -> frozenset[str]:
    """Return the refs of the sessions that the person starred."""
    query = (
        select(Session.ref)
        .join(Star, Star.session_id == Session.id)
        .where(Star.event_id == registration.event_id, Star.registration_id == registration.id)
    )
    return frozenset(db.session.scalars(query))
