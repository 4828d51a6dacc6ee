"""Lists of speakers: who asked for the floor, and who has spoken."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from eventhub.agenda.models import Session
from eventhub.agenda.queries import sessions_of
from eventhub.core import clock
from eventhub.core.db import db
from eventhub.demo.content.shapes import DemoEvent, DemoSession
from eventhub.demo.loading.crew import Crew, acting
from eventhub.entities.models import RankLevel
from eventhub.entities.queries import get_entity, rank_levels
from eventhub.events.models import Event
from eventhub.rehearsals.people import stand_ins_of
from eventhub.speaking import services
from eventhub.speaking.models import SpeakerList
from eventhub.speaking.queries import floor_of
from eventhub.speaking.services import Wish

FLOOR = {
    "new-york-2025": (
        "KEN", "BRA", "JPN", "ETH", "MDV", "BDI", "FRA", "MHL", "UNDP", "PAK", "EU", "KWT",
    ),
    "xiamen-2024": ("EGY", "SEN", "ETH", "NGA", "MOZ", "TUN", "GHA", "RWA"),
}  # fmt: skip
"""Who asked for the floor, in this order, by event."""
FOR_GROUP = {("new-york-2025", "MDV"): "small island developing States"}
SPOKEN = {"new-york-2025": 6}
"""How many have spoken where the list was left half-way; elsewhere all have."""
TOOK = (168, 181, 175, 196, 143, 284, 177, 190)
"""Seconds that one statement after the other took."""
RANK_OF_OTHERS = "DIR"
ASKED_EVERY = timedelta(hours=5)
OPENED_BEFORE = timedelta(days=6)
REHEARSED = 12


def inscribe_speakers(one: DemoEvent, event: Event, crew: Crew) -> None:
    """Make the lists of sessions that have one, and let those who asked for the floor speak."""
    for session in sessions_of(event.id):
        told = next(row for row in one.sessions if row.code == session.code)
        if told.list_of_speakers:
            with clock.at(session.starts_at - OPENED_BEFORE):
                listed = _make(event, session, told, crew)
            _ask(event, listed, one, FLOOR[one.slug], session.starts_at - OPENED_BEFORE, crew)
            _speak(event, listed, session, SPOKEN.get(one.slug), crew)


def let_stand_ins_ask(one: DemoEvent, event: Event, crew: Crew) -> None:
    """Put stand-ins on the lists that the rehearsal brought along, ready to be run."""
    codes = list(dict.fromkeys(row.entity for row in stand_ins_of(one.preset)))[:REHEARSED]
    since = clock.now() - ASKED_EVERY * (len(codes) + 1)
    for listed in db.session.query(SpeakerList).filter_by(event_id=event.id).all():
        _ask(event, listed, one, codes, since, crew)


def _make(event: Event, session: Session, told: DemoSession, crew: Crew) -> SpeakerList:
    settings = {
        "limit_s": told.time_limit_s or 180,
        "turnover_s": told.turnover_s or 30,
        "ordering": "balanced" if event.preset == "forum" else "plain",
    }
    actor = acting(crew["organiser"], event)
    listed = services.make_list(event, session, actor=actor, **settings)
    services.set_public(listed, is_public=True, actor=actor)
    return listed


def _ask(
    event: Event,
    listed: SpeakerList,
    one: DemoEvent,
    codes: Sequence[str],
    since: datetime,
    crew: Crew,
) -> None:
    ranks: dict[str, RankLevel] = {level.code: level for level in rank_levels()}
    heads = {row.entity: row.head_rank for row in one.delegations}
    actor = acting(crew["organiser"], event)
    for place, code in enumerate(codes):
        with clock.at(since + ASKED_EVERY * place):
            wish = Wish(
                entity=get_entity(code),
                rank=ranks[heads.get(code) or RANK_OF_OTHERS],
                for_group=FOR_GROUP.get((one.slug, code), ""),
                language="fr" if code in ("BDI", "FRA", "SEN", "TUN") else "en",
            )
            services.inscribe(listed, wish, state="confirmed", actor=actor)


def _speak(
    event: Event, listed: SpeakerList, session: Session, count: int | None, crew: Crew
) -> None:
    """Let the first ones speak, one after the other, from the beginning of the session on."""
    at, actor = session.starts_at + timedelta(minutes=1), acting(crew["organiser"], event)
    floor = floor_of(event, listed, session)
    for place in range(len(floor.waiting) if count is None else count):
        floor = floor_of(event, listed, session)
        with clock.at(at):
            services.speak(listed, floor.waiting[0].request.id, listed.live, actor=actor)
        at += timedelta(seconds=TOOK[place % len(TOOK)])
        with clock.at(at):
            services.finish(listed, listed.live, actor=actor)
        at += timedelta(seconds=listed.turnover_s)
