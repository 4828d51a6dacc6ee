"""Who leads a delegation and who sits for it: a head who leaves early, a room that is too small."""

from datetime import datetime, time, timedelta

from sqlalchemy import select

from eventhub.agenda.queries import sessions_of
from eventhub.core import clock
from eventhub.core.db import db
from eventhub.delegations.models import Delegation
from eventhub.demo.loading.crew import Crew, acting
from eventhub.demo.loading.handing_out import HANDED_BEFORE
from eventhub.entities.models import Entity
from eventhub.events.models import Category, Event
from eventhub.registration.models import Registration
from eventhub.registration.queries.pools import PER_SESSION
from eventhub.registration.queries.session_seats import may_sit
from eventhub.registration.rules import State
from eventhub.registration.services import (
    PoolTerms,
    give_session_seats,
    open_pool,
    set_absence,
)

LEAVES = "EGY"
"""The State whose head leaves on the second day, so that the deputy acts."""

SMALL_ROOM = "drafting"
SEATS = 60


def let_act(event: Event, crew: Crew) -> None:
    """Let a deputy act as head from the second morning on."""
    query = (
        select(Delegation)
        .join(Entity, Entity.id == Delegation.entity_id)
        .where(Delegation.event_id == event.id, Entity.code == LEAVES)
    )
    since = datetime.combine(event.starts_on + timedelta(days=1), time(8))
    with clock.at(event.starts_at):
        actor = acting(crew["protocol"], event)
        set_absence(event, db.session.scalars(query).one(), since, actor=actor)


def give_seats(event: Event, crew: Crew) -> None:
    """Give each delegation one seat, its first delegate's, where the text is drafted."""
    actor = acting(crew["organiser"], event)
    session = next(one for one in sessions_of(event.id) if one.kind == SMALL_ROOM)
    terms = PoolTerms(SEATS, names=session.titles, scope=PER_SESSION, session_id=session.id, each=1)
    query = (
        select(Registration, Category)
        .join(Category, Category.id == Registration.category_id)
        .where(
            Registration.event_id == event.id,
            Registration.state == State.ACCREDITED,
            Registration.delegation_id.is_not(None),
            Category.code == "DEL",
        )
        .order_by(Registration.number.desc())
    )
    with clock.at(event.starts_at - HANDED_BEFORE):
        pool = open_pool(event, SMALL_ROOM, terms, actor=actor)
        first = {
            row.delegation_id: row.id
            for row, category in db.session.execute(query)
            if may_sit(pool, session, category, row)
        }
        give_session_seats(event.id, pool.code, list(first.values()), actor=actor)
