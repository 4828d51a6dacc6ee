"""Letting invented people register: entered, vouched for, confirmed, as real ones are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, select

from eventhub.agenda.queries import speakers_of
from eventhub.core.actor import SYSTEM, Actor
from eventhub.core.db import db
from eventhub.entities.models import Entity, RankLevel
from eventhub.events.models import Category, Event
from eventhub.events.queries import categories_of, rule_of
from eventhub.photos.models import Photo
from eventhub.photos.rules import PhotoState
from eventhub.photos.services import keep_photos, set_state
from eventhub.questionnaires.services import save_answers
from eventhub.registration.models import Registration
from eventhub.registration.rules import CONSENTS, NEEDS
from eventhub.registration.services import Entry, accredit, enter, save_many_consents
from eventhub.rehearsals import chance
from eventhub.rehearsals.rules import Person
from eventhub.rehearsals.services.letters import verify_letters
from eventhub.rehearsals.services.photographing import Photograph, photograph

AGREE = {"photo_filming": 0.93, "list_of_participants": 0.97, "partners": 0.35, "next_events": 0.7}
"""How many of all agree to each purpose."""

CONSENT_TEXT = 1


@dataclass(frozen=True, slots=True)
class Known:
    """What registrations of an event refer to, by code; speakers by the ids of people."""

    event: Event
    categories: Mapping[str, Category]
    entities: Mapping[str, int]
    ranks: Mapping[str, int]
    speakers: Mapping[str, int] = field(default_factory=dict)


def known_of(event: Event, names: Mapping[str, str] | None = None) -> Known:
    """Return what registrations of the event may refer to.

    `names` are the printed names of people, by their ids: who is a speaker by that name is linked.
    """
    speakers = {row.printed_name: row.id for row in speakers_of(event.id)} if names else {}
    return Known(
        event=event,
        categories={row.code: row for row in categories_of(event.id)},
        entities={row.code: row.id for row in db.session.execute(_codes(Entity))},
        ranks={row.code: row.id for row in db.session.execute(_codes(RankLevel))},
        speakers={who: speakers[name] for who, name in (names or {}).items() if name in speakers},
    )


def _codes(model: type[Entity] | type[RankLevel]) -> Select[str, int]:
    return select(model.code, model.id)


def needs_vouching(known: Known, one: Person) -> bool:
    """Tell whether a focal point has to vouch for somebody."""
    return rule_of(known.event, known.categories[one.category]).vouched_by == "focal_point"


def confirm(
    event: Event, registration_ids: Sequence[int], *, actor: Actor, reader: Actor | None = None
) -> None:
    """Accept the photos of these people and accredit them; `reader` verifies their letters."""
    photos = select(Photo).join(Registration, Registration.photo_id == Photo.id)
    rows = db.session.scalars(photos.where(Registration.id.in_(registration_ids)))
    set_state(list(rows), PhotoState.OK, actor=actor)
    verify_letters(event, registration_ids, actor=reader or actor)
    accredit(event.id, registration_ids, actor=actor, at_once=True)


def enter_people(
    known: Known, people: Sequence[Person], portrait: Photograph = photograph
) -> list[Registration]:
    """Begin these registrations, with photo, needs and consents where the event asks for them."""
    entries = [entry_of(known, one) for one in people]
    rows = enter(known.event.id, entries, actor=SYSTEM, source="loader")
    if known.event.preset != "side_event":
        fill_in(known.event, people, rows, portrait)
    return rows


def entry_of(known: Known, one: Person) -> Entry:
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
    speaker = known.speakers.get(one.id)
    return Entry(known.categories[one.category].id, values, speaker_id=speaker)


def fill_in(
    event: Event,
    people: Sequence[Person],
    rows: Sequence[Registration],
    portrait: Photograph = photograph,
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
