"""Making a rehearsal by hand: the copy, its programme public, its stand-ins behind the pages."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import select

from eventhub.agenda.services import what_would_change
from eventhub.agenda.services.publishing import Terms, keep_version
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.events.models import Category, Event
from eventhub.events.queries import find_event_by_id
from eventhub.events.rules import local
from eventhub.events.services import rehearse_event
from eventhub.jobs.services import queue
from eventhub.registration.models import Registration
from eventhub.rehearsals import chance
from eventhub.rehearsals.people import people_of
from eventhub.rehearsals.rules import Person, StandIn
from eventhub.rehearsals.services.entering import known_of
from eventhub.rehearsals.services.life import LATELY, Life
from eventhub.rehearsals.services.photographing import photographed

FILL = "rehearsals.fill"
OVER = timedelta(days=2)
"""Over so long the stand-ins register, the last one a day before now."""


def rehearse(event: Event, *, starts_on: date, with_people: bool = True, actor: Actor) -> Event:
    """Make a rehearsal as `rehearse_event` does, its programme public; stand-ins come by a job.

    The programme is public even where the event wants two persons for that: nobody outside sees a
    rehearsal.
    """
    copy = rehearse_event(event, starts_on=starts_on, actor=actor)
    pending = what_would_change(copy)
    if pending.is_needed:
        keep_version(copy, pending.programme, pending.before, Terms(), actor=actor)
    if with_people:
        queue(FILL, event_id=copy.id, once=f"{FILL}:{copy.id}")
    return copy


def fill(event_id: int) -> dict[str, int]:
    """Let the stand-ins register at a rehearsal and be decided on, in many short transactions.

    Does nothing for an event that is no rehearsal, or is gone. Who is registered already, because
    the work was broken off, stays where they are. Whom the set-up has no room for (a full
    delegation) stays where they got to. Returns how many registered, how many stayed behind.
    """
    event = find_event_by_id(event_id)
    if event is None or event.rehearsal_of_id is None:
        return {"people": 0, "stopped": 0}
    known, there = known_of(event), _emails(event_id)
    people = [_placed(one, known.categories) for one in _people(event) if one.email not in there]
    with photographed(people if event.preset != "side_event" else ()) as portrait:
        life = Life(known, clock.now(), portrait=portrait, is_alone=True)
        life.go_through(people)
    return {"people": len(life.ids), "stopped": len(life.stopped)}


def _emails(event_id: int) -> set[str]:
    query = select(Registration.email).where(Registration.event_id == event_id)
    return set(db.session.scalars(query))


def _people(event: Event) -> tuple[Person, ...]:
    until = local(clock.now() - LATELY, event.zone).replace(microsecond=0)

    def at(one: StandIn) -> datetime:
        share = chance.share(event.ref, one.replaces or one.id) / 2
        return until - OVER * (0.5 - share if one.replaces else 1 - share)

    return people_of(event.preset, at)


def _placed(one: Person, categories: Mapping[str, Category]) -> Person:
    """Return the person in a category that the event has on: the usual one, else the first."""
    on = [code for code, row in categories.items() if row.is_on]
    return one if one.category in on or not on else replace(one, category=on[0])
