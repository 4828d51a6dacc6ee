"""The people of an event: entered, sent, vouched for, accredited, each on its day."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import chain, groupby
from operator import attrgetter, itemgetter

from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db
from eventhub.demo import content
from eventhub.demo.content.shapes import DemoEvent
from eventhub.demo.loading.crew import Crew, acting
from eventhub.demo.loading.steps import instant
from eventhub.demo.people import DemoRegistration, registrations_of, reserves_of
from eventhub.events.models import Event
from eventhub.events.queries import rule_of
from eventhub.registration.models import Registration
from eventhub.registration.services import submit, vouch
from eventhub.rehearsals.services import (
    Known,
    Photograph,
    confirm,
    enter_people,
    known_of,
    needs_vouching,
    photographed,
)

BEGUN_BEFORE = timedelta(minutes=20)
VOUCHED_AFTER = timedelta(hours=1)
DESKS = {"protocol": "protocol", "organiser": "organiser"}
"""Who of the crew approves, by approver; the officer does for all other desks."""

People = Sequence[DemoRegistration]
Ids = dict[str, int]
"""Ids of registrations here by their ids in the content."""

PRINTED = {person.id: person.printed_name for person in content.people()}
"""How the named persons are printed: some of them speak."""

Happening = tuple[datetime, Callable[[], None]]
"""What happens at an instant."""


def register_people(
    one: DemoEvent, event: Event, crew: Crew, *, more: Sequence[Happening] = ()
) -> None:
    """Let everybody register and be decided on, and more happen, in the order of their times."""
    known, ids = known_of(event, PRINTED), Ids()
    people = registrations_of(one.slug)
    reserves = reserves_of(one.slug)
    happenings = [*_decisions(known, people, ids, crew), *more]
    with photographed([*people, *reserves] if one.preset != "side_event" else ()) as portrait:
        for _entity, party in chain(_parties(people), _parties(reserves)):
            happenings += _party(known, list(party), ids, portrait)
        for at, act in sorted(happenings, key=itemgetter(0)):
            with clock.at(at):
                act()


def _parties(people: People) -> Iterator[tuple[str, Iterator[DemoRegistration]]]:
    return groupby(people, key=attrgetter("entity"))


def _party(known: Known, party: People, ids: Ids, portrait: Photograph) -> Iterator[Happening]:
    """Yield how people who belong together register: begun, sent with the last, vouched for."""
    event = known.event
    times = [instant(one.submitted_at, event) for one in party if one.submitted_at]

    def begin() -> None:
        rows = enter_people(known, party, portrait)
        ids.update((one.id, row.id) for one, row in zip(party, rows, strict=True))

    def send() -> None:
        submit(event.id, [ids[one.id] for one in party], actor=SYSTEM)

    def speak_for() -> None:
        named = [one for one in party if needs_vouching(known, one)]
        vouch(event.id, [ids[one.id] for one in named], actor=SYSTEM)

    yield min(times) - BEGUN_BEFORE, begin
    yield max(times), send
    if any(needs_vouching(known, one) and one.state != "waitlisted" for one in party):
        yield max(times) + VOUCHED_AFTER, speak_for


def _decisions(known: Known, people: People, ids: Ids, crew: Crew) -> Iterator[Happening]:
    """Yield the decisions: each desk accredits all of a day at once."""

    def approver(one: DemoRegistration) -> str:
        return rule_of(known.event, known.categories[one.category]).approver

    def decide(post: str, some: People) -> None:
        actor, reader = (acting(crew[key], known.event) for key in (post, "officer"))
        confirm(known.event, [ids[one.id] for one in some], actor=actor, reader=reader)

    key = attrgetter("decided_at")
    for at, of_day in groupby(sorted(people, key=key), key=key):
        waiting = [one for one in of_day if approver(one) != "none"]
        posts = {DESKS.get(approver(one), "officer") for one in waiting}
        for post in sorted(posts):
            some = [one for one in waiting if DESKS.get(approver(one), "officer") == post]
            yield instant(at, known.event), partial(decide, post, some)


def find_ids(event: Event, people: People) -> Ids:
    """Return the ids of registrations that were entered before."""
    named = (Registration.family_name, Registration.given_names, Registration.email)
    query = select(*named, Registration.id).where(Registration.event_id == event.id)
    there = {(row[0], row[1], row[2]): row[3] for row in db.session.execute(query)}
    return {one.id: there[one.family_name, one.given_names, one.email] for one in people}
