"""The programme looked over, in words: the agenda's own checks, and those of others (R3.4)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from eventhub.agenda.models import AcceptedFinding, Session
from eventhub.agenda.queries import Draft, breaks_of
from eventhub.agenda.rules import GRAVEST_FIRST, Finding, Plan, Planned, Severity, lint
from eventhub.agenda.words import language_names
from eventhub.core.db import db
from eventhub.entities.queries import region_name
from eventhub.events.models import Event
from eventhub.i18n import _


@dataclass(frozen=True, slots=True)
class Names:
    """How sessions (with their times), rooms and speakers are called, by ref."""

    sessions: Mapping[str, str]
    rooms: Mapping[str, str]
    speakers: Mapping[str, str]


Say = Callable[[Finding, Names], str]


@dataclass(frozen=True, slots=True)
class Check:
    """What somebody looks for: how it is found, and the words for each kind of finding.

    `find` gets the event, its draft and the plan made of it, and may ask the database twice.
    """

    find: Callable[[Event, Draft, Plan], Iterable[Finding]]
    say: Mapping[str, Say]


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words. `accepted` is there where somebody said that it may stay, and why."""

    finding: Finding
    sentence: str
    accepted: AcceptedFinding | None


CHECKS: list[Check] = []
"""Checks that higher packages contribute; filled by `eventhub/parts.py`."""


def look_over(event: Event, draft: Draft) -> list[Told]:
    """Return what is found in the draft, the gravest first, then in the order of time."""
    plan, names = plan_of(event, draft), _names(draft)
    accepted = accepted_of(event.id)
    place = {session.ref: number for number, session in enumerate(plan.sessions)}
    told = [
        Told(finding, check.say[finding.check](finding, names), accepted.get(finding.key))
        for check in (OWN, *CHECKS)
        for finding in check.find(event, draft, plan)
    ]
    return sorted(
        told,
        key=lambda one: (
            GRAVEST_FIRST.index(one.finding.severity),
            place[one.finding.sessions[0]],
            one.finding.key,
        ),
    )


def faults_of(told: Iterable[Told]) -> dict[str, list[str]]:
    """Return the sentences of the errors that nobody accepted, by the ref of each session."""
    faults: dict[str, list[str]] = {}
    for one in told:
        if one.finding.severity == Severity.ERROR and one.accepted is None:
            for ref in one.finding.sessions:
                faults.setdefault(ref, []).append(one.sentence)
    return faults


def accepted_of(event_id: int) -> dict[str, AcceptedFinding]:
    """Return the findings that somebody accepted, by their keys."""
    query = select(AcceptedFinding).where(AcceptedFinding.event_id == event_id)
    return {row.key: row for row in db.session.scalars(query)}


def plan_of(event: Event, draft: Draft) -> Plan:
    """Return the draft as the checks look at it; cancelled sessions are left out."""
    rooms = draft.rooms.values()
    return Plan(
        first_day=event.starts_on,
        last_day=event.ends_on,
        given=[_planned(draft, one) for one in draft.sessions if one.status != "cancelled"],
        booths={room.ref: tuple(room.booths) for room in rooms},
        seats={room.ref: room.capacity for room in rooms if room.capacity is not None},
        regions={
            speaker.ref: draft.regions[speaker.entity_id]
            for speaker in draft.speakers.values()
            if speaker.entity_id and draft.regions.get(speaker.entity_id)
        },
    )


def _planned(draft: Draft, session: Session) -> Planned:
    slots = draft.slots.get(session.id, [])
    return Planned(
        ref=session.ref,
        kind=session.kind,
        day=session.starts.date(),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        room=draft.rooms[session.room_id].ref if session.room_id else None,
        speakers=tuple((draft.speakers[slot.speaker_id].ref, slot.role) for slot in slots),
        interpretation=tuple(session.interpretation),
        breaks=breaks_of(session),
        admit=tuple(session.admit),
        access=session.access,
    )


def _names(draft: Draft) -> Names:
    return Names(
        {s.ref: f"{s.code} {s.title()} ({s.starts:%H:%M}–{s.ends:%H:%M})" for s in draft.sessions},
        {room.ref: room.names.pick() for room in draft.rooms.values()},
        {speaker.ref: speaker.printed_name for speaker in draft.speakers.values()},
    )


def _pair(finding: Finding, names: Names) -> dict[str, str]:
    one, other = (names.sessions[ref] for ref in finding.sessions)
    return {"one": one, "other": other}


def _room_twice(finding: Finding, names: Names) -> str:
    room = names.rooms[finding.about]
    return _("%(room)s is used twice: %(one)s and %(other)s.", room=room, **_pair(finding, names))


def _person_twice(finding: Finding, names: Names) -> str:
    who = names.speakers[finding.about]
    return _(
        "%(speaker)s is in two places: %(one)s and %(other)s.",
        speaker=who,
        **_pair(finding, names),
    )


def _no_booth(finding: Finding, names: Names) -> str:
    return _(
        "%(room)s has no booth for %(languages)s.",
        room=names.rooms[finding.about],
        languages=language_names(finding.said["languages"].split(",")),
    )


def _outside_event(_finding: Finding, _names: Names) -> str:
    return _("It lies outside the days of the event.")


def _no_break(finding: Finding, names: Names) -> str:
    return _(
        "%(room)s has no break of ten minutes for more than three hours.",
        room=names.rooms[finding.about],
    )


def _nobody_leads(_finding: Finding, _names: Names) -> str:
    return _("Nobody is named as chair or moderator.")


def _one_region(finding: Finding, _names: Names) -> str:
    return _(
        "All speakers come from one region: %(region)s.", region=region_name(finding.said["region"])
    )


OWN = Check(
    lambda _event, _draft, plan: lint(plan),
    {
        "room_twice": _room_twice,
        "person_twice": _person_twice,
        "no_booth": _no_booth,
        "outside_event": _outside_event,
        "no_break": _no_break,
        "nobody_leads": _nobody_leads,
        "one_region": _one_region,
    },
)
