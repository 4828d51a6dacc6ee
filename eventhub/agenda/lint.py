"""The programme looked over, in words: the agenda's own checks, and those of others (R3.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, select

from eventhub.agenda.checks import CHECKS, OWN, Check, Names
from eventhub.agenda.models import AcceptedFinding, Session
from eventhub.agenda.queries import Draft, breaks_of
from eventhub.agenda.rules import GRAVEST_FIRST, Finding, Observances, Plan, Planned, Rest, Severity
from eventhub.agenda.rules.observances import FEATURE
from eventhub.agenda.showing import when_of
from eventhub.core.db import db
from eventhub.events.models import Event, EventRoom, EventSetting
from eventhub.events.queries import as_setting
from eventhub.events.rules import InGap, wall_to_instant

__all__ = [
    "CHECKS", "Check", "Names", "Told", "faults_of", "look_over", "plan_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words. `accepted` is there where somebody said that it may stay, and why."""

    finding: Finding
    sentence: str
    accepted: AcceptedFinding | None


def look_over(event: Event, draft: Draft) -> list[Told]:
    """Return what is found in the draft, the gravest first, then in the order of time."""
    observances, accepted = _decided(event.id)
    plan, names = plan_of(event, draft, observances), _names(draft)
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
            place.get(one.finding.sessions[0], len(place)),
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


def _decided(event_id: int) -> tuple[Observances, dict[str, AcceptedFinding]]:
    """Return what the event keeps, and the findings accepted, by their keys; one statement."""
    kept = and_(EventSetting.event_id == Event.id, EventSetting.feature == FEATURE)
    query = (
        select(EventSetting.values, AcceptedFinding)
        .select_from(Event)
        .outerjoin(EventSetting, kept)
        .outerjoin(AcceptedFinding, AcceptedFinding.event_id == Event.id)
        .where(Event.id == event_id)
    )
    rows = db.session.execute(query).all()
    stored = rows[0][0] if rows else None
    return as_setting(stored, Observances), {row.key: row for _values, row in rows if row}


def plan_of(event: Event, draft: Draft, observances: Observances | None = None) -> Plan:
    """Return the draft as the checks look at it; cancelled sessions are left out."""
    rooms = draft.rooms.values()
    observed = observances or Observances()
    return Plan(
        first_day=event.starts_on,
        last_day=event.ends_on,
        given=[_planned(draft, one) for one in draft.sessions if one.status != "cancelled"],
        booths={room.ref: tuple(room.booths) for room in rooms},
        unplaced=tuple(session.ref for session in draft.tray),
        seats={room.ref: _seats(room) for room in rooms},
        regions={
            speaker.ref: draft.regions[speaker.entity_id]
            for speaker in draft.speakers.values()
            if speaker.entity_id and draft.regions.get(speaker.entity_id)
        },
        hours={room.ref: (room.opens, room.closes) for room in rooms if room.opens and room.closes},
        holidays=observed.days(),
        prayers=tuple(_rests(event, observed)),
    )


def _seats(room: EventRoom) -> dict[str, int]:
    usual = {} if room.capacity is None else {room.layout: room.capacity}
    return {**room.seats, **usual}


def _rests(event: Event, observed: Observances) -> Iterable[Rest]:
    """Yield the times of prayer on the event's days; one that no clock shows is left out."""
    count = (event.ends_on - event.starts_on).days + 1
    days = [event.starts_on + timedelta(days=number) for number in range(count)]
    for name, starts, ends in observed.times(days):
        try:
            instants = [wall_to_instant(wall, event.zone) for wall in (starts, ends)]
        except InGap:
            continue
        yield Rest(name, starts, ends, *instants)


def _planned(draft: Draft, session: Session) -> Planned:
    slots = draft.slots.get(session.id, [])
    room = draft.rooms[session.room_id] if session.room_id else None
    return Planned(
        ref=session.ref,
        kind=session.kind,
        day=session.starts.date(),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        room=room.ref if room else None,
        speakers=tuple((draft.speakers[slot.speaker_id].ref, slot.role) for slot in slots),
        interpretation=tuple(session.interpretation),
        breaks=breaks_of(session),
        admit=tuple(session.admit),
        access=session.access,
        starts=session.starts,
        ends=session.ends,
        layout=session.layout or (room.layout if room else ""),
        minutes=tuple(slot.minutes for slot in slots if slot.minutes),
    )


def _names(draft: Draft) -> Names:
    placed = {s.ref: f"{s.code} {s.title()} ({when_of(s)})" for s in draft.sessions}
    return Names(
        placed | {s.ref: f"{s.code} {s.title()}" for s in draft.tray},
        {room.ref: room.names.pick() for room in draft.rooms.values()},
        {speaker.ref: speaker.printed_name for speaker in draft.speakers.values()},
    )
