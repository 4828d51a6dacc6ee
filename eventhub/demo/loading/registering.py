"""The people of an event: entered, sent, vouched for, accredited, each on its day."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import chain, groupby
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import Select, select

from eventhub.agenda.queries import speakers_of
from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db
from eventhub.demo import chance, content
from eventhub.demo.content.shapes import DemoEvent
from eventhub.demo.loading.crew import Crew, acting
from eventhub.demo.loading.letters import verify_letters
from eventhub.demo.loading.photographing import Photograph, photograph, photographed
from eventhub.demo.loading.steps import instant
from eventhub.demo.people import DemoRegistration, registrations_of, reserves_of
from eventhub.entities.models import Entity, RankLevel
from eventhub.events.models import Category, Event
from eventhub.events.queries import categories_of, rule_of
from eventhub.photos.models import Photo
from eventhub.photos.rules import PhotoState
from eventhub.photos.services import keep_photos, set_state
from eventhub.questionnaires.services import save_answers
from eventhub.registration.models import Registration
from eventhub.registration.rules import CONSENTS, NEEDS
from eventhub.registration.services import (
    Entry,
    accredit,
    enter,
    save_many_consents,
    submit,
    vouch,
)

BEGUN_BEFORE = timedelta(minutes=20)
VOUCHED_AFTER = timedelta(hours=1)
AGREE = {"photo_filming": 0.93, "list_of_participants": 0.97, "partners": 0.35, "next_events": 0.7}
"""How many of all agree to each purpose."""

CONSENT_TEXT = 1
DESKS = {"protocol": "protocol", "organiser": "organiser"}
"""Who of the crew approves, by approver; the officer does for all other desks."""

People = Sequence[DemoRegistration]
Ids = dict[str, int]
"""Ids of registrations here by their ids in the content."""

Happening = tuple[datetime, Callable[[], None]]
"""What happens at an instant."""


@dataclass(frozen=True, slots=True)
class Known:
    """What registrations of an event refer to, by code; speakers by the name printed."""

    event: Event
    categories: Mapping[str, Category]
    entities: Mapping[str, int]
    ranks: Mapping[str, int]
    speakers: Mapping[str, int]


def known_of(event: Event) -> Known:
    """Return what registrations of the event may refer to."""
    return Known(
        event=event,
        categories={row.code: row for row in categories_of(event.id)},
        entities={row.code: row.id for row in db.session.execute(_codes(Entity))},
        ranks={row.code: row.id for row in db.session.execute(_codes(RankLevel))},
        speakers={row.printed_name: row.id for row in speakers_of(event.id)},
    )


def _codes(model: type[Entity] | type[RankLevel]) -> Select[str, int]:
    return select(model.code, model.id)


def register_people(
    one: DemoEvent, event: Event, crew: Crew, *, more: Sequence[Happening] = ()
) -> None:
    """Let everybody register and be decided on, and more happen, in the order of their times."""
    known, ids = known_of(event), Ids()
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


def needs_vouching(known: Known, one: DemoRegistration) -> bool:
    """Tell whether a focal point has to vouch for somebody."""
    return rule_of(known.event, known.categories[one.category]).vouched_by == "focal_point"


def _decisions(known: Known, people: People, ids: Ids, crew: Crew) -> Iterator[Happening]:
    """Yield the decisions: each desk accredits all of a day at once."""

    def approver(one: DemoRegistration) -> str:
        return rule_of(known.event, known.categories[one.category]).approver

    def decide(post: str, some: People) -> None:
        confirm(known.event, [ids[one.id] for one in some], crew, post)

    key = attrgetter("decided_at")
    for at, of_day in groupby(sorted(people, key=key), key=key):
        waiting = [one for one in of_day if approver(one) != "none"]
        posts = {DESKS.get(approver(one), "officer") for one in waiting}
        for post in sorted(posts):
            some = [one for one in waiting if DESKS.get(approver(one), "officer") == post]
            yield instant(at, known.event), partial(decide, post, some)


def confirm(event: Event, registration_ids: Sequence[int], crew: Crew, post: str) -> None:
    """Accept the photos of these people and accredit them, as somebody of the crew."""
    actor = acting(crew[post], event)
    photos = select(Photo).join(Registration, Registration.photo_id == Photo.id)
    rows = db.session.scalars(photos.where(Registration.id.in_(registration_ids)))
    set_state(list(rows), PhotoState.OK, actor=actor)
    verify_letters(event, registration_ids, actor=acting(crew["officer"], event))
    accredit(event.id, registration_ids, actor=actor, at_once=True)


def enter_people(
    known: Known, people: People, portrait: Photograph = photograph
) -> list[Registration]:
    """Begin these registrations, with photo, needs and consents where the event asks for them."""
    rows = enter(
        known.event.id, [entry_of(known, one) for one in people], actor=SYSTEM, source="loader"
    )
    if known.event.preset != "side_event":
        fill_in(known.event, people, rows, portrait)
    return rows


def entry_of(known: Known, one: DemoRegistration) -> Entry:
    """Return what is entered of somebody, without photo and answers."""
    values: dict[str, Any] = {
        "entity_id": known.entities[one.entity],
        "honorific": one.honorific,
        "family_name": one.family_name,
        "given_names": one.given_names,
        "name_order": one.name_order,
        "passport_latin": one.passport_latin or "",
        "name_local": one.name_local or "",
        "name_local_language": one.local_language or "",
        "gender": one.gender,
        "rank_level_id": known.ranks[one.rank],
        "functional_title": one.title,
        "organisation": one.organization,
        "email": one.email,
        "language": one.language,
    }
    if one.admission:
        values["admission"] = one.admission
    speaker = known.speakers.get(_NAMES.get(one.id, ""))
    return Entry(known.categories[one.category].id, values, speaker_id=speaker)


_NAMES = {person.id: person.printed_name for person in content.people()}


def fill_in(
    event: Event, people: People, rows: Sequence[Registration], portrait: Photograph = photograph
) -> None:
    """Give registrations their photos, what the people need, and the consents."""
    photos = keep_photos(event.id, [portrait(one) for one in people], actor=SYSTEM)
    consents: dict[str, dict[int, dict[str, bool]]] = {}
    for one, row, photo in zip(people, rows, photos, strict=True):
        row.photo_id = photo.id
        given = {purpose: chance.share(one.id, purpose) < AGREE[purpose] for purpose in CONSENTS}
        if one.diet or one.needs:
            given[NEEDS] = True
            answers = {"diet": one.diet, "access": one.needs}
            save_answers(event.id, row.id, answers, ref=row.ref, actor=SYSTEM)
        consents.setdefault(one.language, {})[row.id] = given
    for language, some in consents.items():
        save_many_consents(
            event.id, some, text_version=CONSENT_TEXT, language=language, declared_by="self"
        )


def find_ids(event: Event, people: People) -> Ids:
    """Return the ids of registrations that were entered before."""
    named = (Registration.family_name, Registration.given_names, Registration.email)
    query = select(*named, Registration.id).where(Registration.event_id == event.id)
    there = {(row[0], row[1], row[2]): row[3] for row in db.session.execute(query)}
    return {one.id: there[one.family_name, one.given_names, one.email] for one in people}
