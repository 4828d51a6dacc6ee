"""Lists of speakers for tests; each names only what the test is about."""

from datetime import datetime, timedelta
from typing import Any

from eventhub.core.db import db, transaction
from eventhub.entities.models import Entity, RankLevel
from eventhub.events.models import Event
from eventhub.i18n import Translated
from eventhub.speaking import services
from eventhub.speaking.models import SpeakerList, SpeakingRequest
from eventhub.speaking.queries import Floor, floor_of, get_list
from eventhub.speaking.services import Wish
from tests.agenda.programmes import make_session
from tests.factories import actor_with, keep, make_entity, make_event

CHAIR = actor_with("floor.run")
TIERS = {"HOG": 1, "MIN": 2, "AMB": 4, "EXP": 6}
STATES = {
    "BRA": ("Brazil", "Brésil", "GRULAC"),
    "CHN": ("China", "Chine", "APG"),
    "FRA": ("France", "France", "WEOG"),
    "KEN": ("Kenya", "Kenya", "AFR"),
    "ZMB": ("Zambia", "Zambie", "AFR"),
    "EGY": ("Egypt", "Égypte", "AFR"),
    "ETH": ("Ethiopia", "Éthiopie", "AFR"),
    "IND": ("India", "Inde", "APG"),
    "JPN": ("Japan", "Japon", "APG"),
}
FIVE = ("BRA", "CHN", "FRA", "KEN", "ZMB")


def make_list(event: Event | None = None, **settings: Any) -> SpeakerList:
    """Return the list of a session of an hour, with limits of 3 and 5 minutes and 30 seconds."""
    event = event or make_event(switches=["floor", "delegations"])
    session = make_session(event, kind="floor")
    with transaction():
        return services.make_list(event, session, actor=CHAIR, **settings)


def state(code: str) -> Entity:
    """Return a State, made where it is missing."""
    found: Entity | None = db.session.query(Entity).filter_by(code=code).first()
    if found is not None:
        return found
    name, french, group = STATES[code]
    names = Translated(en=name, fr=french)
    place = list(STATES).index(code)
    return make_entity(code, name, names=names, un_group=group, ranks={"en": place})


def rank(code: str) -> RankLevel:
    """Return a level of rank, made where it is missing."""
    found: RankLevel | None = db.session.query(RankLevel).filter_by(code=code).first()
    if found is not None:
        return found
    tier = TIERS[code]
    row = RankLevel(level=tier * 10, code=code, names=Translated(en=code), speaker_tier=tier)
    return keep(row)  # type: ignore[no-any-return]


def wish(code: str, level: str = "AMB", **given: Any) -> Wish:
    """Return what a State asks for."""
    return Wish(entity=state(code), rank=rank(level), **given)


def inscribe(one: SpeakerList, code: str, level: str = "AMB", **given: Any) -> SpeakingRequest:
    """Put a State on the list."""
    said = {n: given.pop(n) for n in ("received_at", "chair", "state") if n in given}
    return ask(one, wish(code, level, **given), **said)


def ask(one: SpeakerList, asked: Wish, **given: Any) -> SpeakingRequest:
    """Put whoever it is on the list."""
    with transaction():
        return services.inscribe(one, asked, actor=CHAIR, **given)


def alter(
    one: SpeakerList,
    row: SpeakingRequest,
    asked: Wish,
    *,
    version: int | None = None,
    is_confirmed: bool = True,
) -> None:
    """Change what a request says."""
    given = {"version": version, "is_confirmed": is_confirmed}
    with transaction():
        services.change(one, row, asked, actor=CHAIR, **given)  # type: ignore[arg-type]


def fill(one: SpeakerList, *codes: str, since: datetime) -> list[SpeakingRequest]:
    """Put States on the list, each a minute after the one before."""
    return [
        inscribe(one, code, received_at=since + timedelta(minutes=place))
        for place, code in enumerate(codes)
    ]


def floor(one: SpeakerList) -> Floor:
    """Return the list as it stands."""
    db.session.rollback()
    event = db.session.get_one(Event, one.event_id)
    return floor_of(event, *get_list(event.id, one.ref))


def order(one: SpeakerList) -> list[str]:
    """Return who waits, in the order in which they stand."""
    names = {name: code for code, (name, _fr, _group) in STATES.items()}
    return [names.get(entry.name, entry.name) for entry in floor(one).waiting]


def do(act: Any, one: SpeakerList, *given: Any, **more: Any) -> Any:
    """Let the operator do something who has seen everything so far."""
    live = floor(one).listed.live
    with transaction():
        return act(one, *given, live, actor=CHAIR, **more)
