"""The registrations of the demo: from the counts in the content to each person by name.

Named persons stand first in their place of a delegation; all others are numbered, with the
family name "Demo" and the entity's code as given name, so that no real name arises by chance.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from eventhub.demo import content
from eventhub.demo.attendance import ABSENT, Attendance, attendance_of
from eventhub.demo.content.shapes import DemoDelegation, DemoEvent, DemoPerson
from eventhub.events import catalogue
from eventhub.rehearsals import chance
from eventhub.rehearsals.people import (
    answers,
    employer,
    honorific,
    pass_or_ticket,
    people_of,
    title,
    words,
)
from eventhub.rehearsals.rules import DIETS, NEEDS, RANKS, Person, StandIn

SHORT = {
    "xiamen-2024": "DEL-XMN",
    "new-york-2025": "DEL-NYC",
    "beijing-2024": "SEM",
    "shanghai-2025": "SEM",
}
"""How the ids of an event's numbered persons begin."""

RESERVES = 2
"""So many States of a seminar name one person more than they have places."""

RESERVE_NUMBER = 91
"""Far above those who have a place, since numbers go on over the events of a series."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoRegistration(Person):
    """One registration of one of the four events, and whether the person came."""

    event: str
    attendance: Attendance = ABSENT


def registrations_of(slug: str) -> tuple[DemoRegistration, ...]:
    """Return all registrations of one of the four events, delegation by delegation."""
    event = content.load_event(slug)
    known = {person.id: person for person in content.people()}
    slots = list(_slots(event))
    genders = _genders(event, slots)
    attended = attendance_of(event, {slot.id: slot.category for slot in slots})
    return tuple(
        replace(
            _named(known[slot.id], event) if slot.id in known else _numbered(slot, genders, event),
            diet=answers(DIETS, 0.12, slot.id),
            needs=answers(NEEDS, 0.03, slot.id),
            admission=_admission(slot) if event.preset == "side_event" else None,
            submitted_at=_submitted_at(event, slot),
            decided_at=_decided_at(event, slot, slots),
            attendance=attended[slot.id],
        )
        for slot in slots
    )


def reserves_of(slug: str) -> tuple[DemoRegistration, ...]:
    """Return whom States named beyond their places, on the last day: they wait to the end."""
    event = content.load_event(slug)
    if event.quota["when_full"] != "waitlist" or event.quota["lock"] != "hard":
        return ()
    seats = event.quota["per_delegation_total"]
    full = [one for one in event.delegations if sum(one.counts.values()) == seats]
    sent = event.moment("nomination_closes").replace(second=0) - timedelta(hours=2)
    genders = dict(zip((one.entity for one in full[-RESERVES:]), ("woman", "man"), strict=True))
    reserves = []
    for delegation in full[-RESERVES:]:
        who = f"{SHORT[slug]}-{delegation.entity}-{RESERVE_NUMBER}"
        slot = _Slot(who, delegation, "TRN", RESERVE_NUMBER, 0)
        one = _numbered(slot, {who: genders[delegation.entity]}, event)
        reserves.append(replace(one, state="waitlisted", submitted_at=sent))
    return tuple(reserves)


def rehearsal_of(slug: str, first_day: date, today: datetime) -> tuple[Person, ...]:
    """Return the stand-ins of a rehearsal of this event, moved to `first_day`.

    `today` is the present local time; nobody submitted after it.
    """
    event = content.load_event(slug)
    moved = timedelta(days=(first_day - event.starts_on).days)
    opens, closes = event.moment("registration_opens") + moved, _deadline(event) + moved
    until = min(closes, today)

    def at(one: StandIn) -> datetime:
        share = chance.share(slug, "submitted", one.replaces or one.id)
        if one.replaces:
            share = (1 + share) / 2
        return (opens + (until - opens) * share).replace(microsecond=0)

    return people_of(event.preset, at)


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place in a delegation: the `number`-th person of it, the `place`-th of its category."""

    id: str
    delegation: DemoDelegation
    category: str
    number: int
    place: int


def _slots(event: DemoEvent) -> Iterable[_Slot]:
    used = _numbers_used_before(event)
    for delegation in event.delegations:
        number = used.get(delegation.entity, 0)
        again = _again(event, delegation.entity)
        for category, count in delegation.counts.items():
            known = again + [
                person.id
                for person in content.people()
                if (person.event, person.entity, person.category)
                == (event.slug, delegation.entity, category)
            ]
            for place in range(count):
                number += 0 if place < len(again) else 1
                own = f"{SHORT[event.slug]}-{delegation.entity}-{number:02}"
                who = known[place] if place < len(known) else own
                yield _Slot(who, delegation, category, number, place)


def _numbers_used_before(event: DemoEvent) -> Mapping[str, int]:
    """Return how many numbers each entity used in earlier events of the series."""
    used: dict[str, int] = {}
    for series in content.series():
        if event.slug in series.events:
            for slug in series.events[: series.events.index(event.slug)]:
                for delegation in content.load_event(slug).delegations:
                    used[delegation.entity] = used.get(delegation.entity, 0) + sum(
                        delegation.counts.values()
                    )
    return used


def _again(event: DemoEvent, entity: str) -> list[str]:
    """Return the ids of this entity's persons who were at the first event of the series too."""
    return [
        who
        for series in content.series()
        if event.slug in series.events[1:]
        for who in series.same_person_in_both
        if who.split("-")[1] == entity
    ]


def _genders(event: DemoEvent, slots: list[_Slot]) -> dict[str, str]:
    """Return everybody's gender, so that participants add up to what the event expects."""
    genders = {person.id: person.gender for person in content.people()}
    for series in content.series():
        if event.slug in series.events[1:]:
            first = content.load_event(series.events[0])
            before = _genders(first, list(_slots(first)))
            genders |= {who: before[who] for who in series.same_person_in_both}
    counting = {row.code for row in catalogue.categories() if row.counts_as_participant}
    counted = [slot.id for slot in slots if slot.category in counting]
    left = {gender: event.expected[key] for gender, key in _FIGURES.items()}
    for who in counted:
        if who in genders:
            left[genders[who]] -= 1
    cards = [gender for gender, count in left.items() for _ in range(count)]
    open_ = chance.shuffled((who for who in counted if who not in genders), event.slug, "gender")
    genders |= dict(zip(open_, cards, strict=True))
    for slot in slots:
        genders.setdefault(slot.id, chance.pick(("woman", "man"), slot.id, "gender"))
    return genders


_FIGURES = {"woman": "women", "man": "men", "undisclosed": "undisclosed"}


def _named(person: DemoPerson, event: DemoEvent) -> DemoRegistration:
    return DemoRegistration(
        id=person.id,
        event=person.event,
        entity=person.entity,
        category=person.category,
        rank=person.rank,
        gender=person.gender,
        honorific=person.honorific,
        family_name=person.family_name,
        given_names=person.given_names,
        name_order=person.name_order,
        title=person.title,
        organization=employer(person.entity, person.language, event.preset),
        email=person.email,
        language=person.language,
        name_local=person.name_local,
        local_language=person.local_language,
        passport_latin=person.passport_latin,
    )


def _numbered(slot: _Slot, genders: Mapping[str, str], event: DemoEvent) -> DemoRegistration:
    defaults = words()
    entity = slot.delegation.entity
    language = defaults.letter_languages.get(entity, "en")
    gender, rank = genders[slot.id], _rank(slot)
    office = slot.category == "ADV" and chance.share(slot.id, "office") < 0.5
    return DemoRegistration(
        id=slot.id,
        event=event.slug,
        entity=entity,
        category=slot.category,
        rank=rank,
        gender=gender,
        honorific=honorific(language, gender, rank),
        family_name="Demo",
        given_names=f"{entity} {slot.id.rsplit('-', 1)[1]}",
        name_order="family_first" if entity in defaults.family_first else "given_first",
        title=title(language, slot.category, rank),
        organization=employer(entity, language, event.preset),
        email=f"{'office-' + entity if office else slot.id}@delegates.example.org".lower(),
        language=language,
    )


def _rank(slot: _Slot) -> str:
    """Return the rank level of a numbered person, never above the head of the delegation."""
    head = slot.delegation.head_rank or "OTH"
    if slot.category == "HOD" or (slot.category in ("UNS", "IGO") and slot.place == 0):
        return head
    wanted = {
        "DHOD": {"MIN": "VMIN", "VMIN": "DG"}.get(head, "DIR"),
        "DEL": chance.pick(("DIR", "EXP", "EXP"), slot.id, "rank"),
        "TRN": chance.pick(("DIR", "EXP"), slot.id, "rank"),
        "ADV": "EXP",
        "UNS": "EXP",
        "IGO": "EXP",
    }.get(slot.category, "OTH")
    return max(wanted, head, key=RANKS.index) if slot.delegation.head_rank else wanted


def _admission(slot: _Slot) -> str:
    """Return how a person enters the premises of the side event (R1.25)."""
    if slot.category == "HOD" and slot.delegation.head_rank == "VMIN":
        return "official_delegation"
    if slot.category == "NGO":
        return "needs_ticket"
    return "valid_pass" if slot.category == "HOD" else pass_or_ticket(slot.id)


def _deadline(event: DemoEvent) -> datetime:
    return event.moment("rsvp_closes" if event.preset == "side_event" else "nomination_closes")


def _submitted_at(event: DemoEvent, slot: _Slot) -> datetime:
    """Return when the form was sent: those of a delegation on one day, minutes apart."""
    opens = event.moment("registration_opens").date()
    days = (_deadline(event).date() - opens).days
    key = slot.delegation.entity
    day = opens + timedelta(days=1 + chance.below(days - 1, event.slug, "day", key))
    start = datetime.combine(day, time(8 + chance.below(9, event.slug, "hour", key)))
    return start + timedelta(minutes=3 * slot.number + chance.below(3, slot.id, "minute"))


def _decided_at(event: DemoEvent, slot: _Slot, slots: Iterable[_Slot]) -> datetime:
    """Return when it was accredited: with the delegation's last, next Tuesday, or on selection."""
    if event.preset == "side_event":
        return max(_submitted_at(event, one) for one in slots if one.delegation == slot.delegation)
    if event.preset == "seminar":
        return datetime.combine(_deadline(event).date() + timedelta(days=10), time(10))
    sent = _submitted_at(event, slot).date()
    return datetime.combine(sent + timedelta(days=7 - (sent.weekday() - 1) % 7), time(10))
