"""Entering journeys, of one person or of many at once, and telling liaison officers (R2.19)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from eventhub.arrivals.models import LiaisonOfficer, TravelEntry, TravelNews, Vehicle
from eventhub.arrivals.permissions import ARRANGE, EDIT
from eventhub.arrivals.queries.travel import KEY, are_kept, seal_context, unsealed
from eventhub.arrivals.rules import FAR, NOTHING, Leg, Travel
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import EVERYTHING, Actor
from eventhub.core.db import db, dumps, insert_many_unless_there
from eventhub.core.errors import Conflict, Invalid, NotFound
from eventhub.events.models import Event
from eventhub.events.rules import is_ambiguous, is_zone
from eventhub.events.services import instant_of
from eventhub.i18n import _, current
from eventhub.keys.ring import ring
from eventhub.registration.models import Registration
from eventhub.registration.queries import lock_registrations, printed_name
from eventhub.registration.rules import ENDED


@dataclass(frozen=True, slots=True)
class SaidLeg:
    """A way as somebody said it; `fold` is None where nobody said which of two equal times."""

    leg: Leg
    fold: int | None = None


@dataclass(frozen=True, slots=True)
class TravelChange:
    """What is said of journeys; None leaves what is there.

    `vehicle` and `officer` are refs, empty for none.
    """

    arrival: SaidLeg | None = None
    departure: SaidLeg | None = None
    lounge: bool | None = None
    hotel: str | None = None
    vehicle: str | None = None
    officer: str | None = None


def enter_travel(
    event: Event,
    registration_ids: Sequence[int],
    change: TravelChange,
    *,
    actor: Actor,
    version: int | None = None,
) -> int:
    """Write the same of each of these people, all or none; return of how many something changed.

    A registrant writes their own journey only; vehicle and officer are the host's to give.
    Invalid with its field for a time that no clock shows or that it shows twice, Conflict where
    one changed meanwhile (`version`, of one person) or does not come any more.
    """
    if not are_kept(event):
        raise Conflict(_("The event is long over. Arrivals are no longer kept."))
    rows = _people(event.id, registration_ids, actor)
    if (change.vehicle, change.officer) != (None, None) and not actor.may(ARRANGE):
        raise NotFound
    arrival = _checked(event, change.arrival, "arrives")
    departure = _checked(event, change.departure, "departs")
    vehicle = _vehicle(event.id, change.vehicle)
    officer = _officer(rows, change.officer)
    kept = _entries(event.id, [row.id for row in rows])
    subjects, changed = [], []
    for row in rows:
        entry = kept.get(row.id)
        if version is not None and version != (entry.version if entry else 0):
            raise Conflict(
                _("Somebody else changed this meanwhile. Reload the page and try again.")
            )
        before = unsealed(entry) if entry else NOTHING
        after = before.changed(
            arrival=arrival, departure=departure, lounge=change.lounge, hotel=change.hotel
        )
        _check_order(row, after)
        names = [*before.differing(after)]
        if change.vehicle is not None and vehicle != (entry.vehicle_id if entry else None):
            names.append("vehicle")
        if change.officer is not None and officer != (entry.officer_id if entry else None):
            names.append("liaison_officer")
        if not names:
            continue
        entry = _keep(event.id, row, entry, after)
        if change.vehicle is not None:
            entry.vehicle_id = vehicle
        if change.officer is not None:
            entry.officer_id = officer
        subjects.append(Subject("registration", row.ref, hidden=tuple(names)))
        changed.append(row)
    db.session.flush()
    record(actor, "arrival.enter", subjects, event_id=event.id)
    note_news(event.id, changed, but=actor)
    return len(changed)


def note_news(event_id: int, rows: Collection[Registration], *, but: Actor | None = None) -> None:
    """Note for the officers of these people that something changed, for their next digest.

    `but`: who changed it knows already.
    """
    own = {row.id: row.delegation_id for row in rows if row.delegation_id is not None}
    if not own:
        return
    query = select(LiaisonOfficer).where(
        LiaisonOfficer.event_id == event_id, LiaisonOfficer.delegation_id.in_(set(own.values()))
    )
    officers = list(db.session.scalars(query))
    if not officers:
        return
    named = {one.registration_id: one.officer_id for one in _entries(event_id, list(own)).values()}
    news = [
        {"event_id": event_id, "officer_id": officer.id, "registration_id": row_id}
        for row_id, delegation_id in own.items()
        for officer in officers
        if officer.delegation_id == delegation_id
        and named.get(row_id) in (None, officer.id)
        and not (but and but.kind == "account" and but.id == officer.account_id)
    ]
    insert_many_unless_there(TravelNews, news)


def people_ended(event_id: int, registrations: Sequence[Registration] = (), **_more: Any) -> None:
    """Tell officers of people whose journey they know that these do not come (a reaction)."""
    known = _entries(event_id, [row.id for row in registrations])
    note_news(event_id, [row for row in registrations if row.id in known])


def _people(event_id: int, ids: Sequence[int], actor: Actor) -> list[Registration]:
    """Return the people, locked; NotFound where one is out of the actor's reach."""
    if actor.kind == "registrant":
        if list(ids) != [actor.id]:
            raise NotFound
        scopes = [EVERYTHING]
    elif actor.may(EDIT):
        scopes = [actor.scope(EDIT)]
    else:
        raise NotFound
    rows = lock_registrations(event_id, ids, scopes)
    for row in rows:
        if row.state in ENDED or row.mode == "remote":
            name = printed_name(row, current()) or row.ref
            raise Conflict(_("%(name)s does not come in person.", name=name))
    return rows


def _checked(event: Event, said: SaidLeg | None, field: str) -> Leg | None:
    """Return a way that holds together, None where nothing was said of it."""
    if said is None:
        return None
    leg = said.leg
    if not leg.is_there:
        return Leg()
    if leg.wall is None:
        raise Invalid(_("Write day and time, or leave airport and flight empty too."), field)
    if not is_zone(leg.zone):
        raise Invalid(_("Choose one from the list."), f"{field}_zone")
    instant = instant_of(leg.wall, leg.zone, fold=said.fold, field=field)
    if not event.starts_at - FAR <= instant <= event.ends_at + FAR:
        raise Invalid(_("Check the date: it is far from the days of the event."), field)
    fold = (said.fold or 0) if is_ambiguous(leg.wall, leg.zone) else 0
    return replace(leg, fold=fold)


def _check_order(row: Registration, travel: Travel) -> None:
    arrives, departs = travel.arrival.at, travel.departure.at
    if arrives and departs and departs <= arrives:
        name = printed_name(row, current()) or row.ref
        raise Invalid(_("%(name)s would leave before arriving.", name=name), "departs")


def _vehicle(event_id: int, ref: str | None) -> int | None:
    if not ref:
        return None
    query = select(Vehicle.id).where(Vehicle.event_id == event_id, Vehicle.ref == ref)
    found = db.session.scalar(query)
    if found is None:
        raise Invalid(_("Choose one from the list."), "vehicle")
    return found


def _officer(rows: Sequence[Registration], ref: str | None) -> int | None:
    """Return the officer's id; Invalid where one of the people is of another delegation."""
    if not ref:
        return None
    found = db.session.scalar(select(LiaisonOfficer).where(LiaisonOfficer.ref == ref))
    delegations = {row.delegation_id for row in rows}
    if found is None or delegations != {found.delegation_id}:
        raise Invalid(_("Choose an officer of this delegation."), "officer")
    return found.id


def _entries(event_id: int, ids: Collection[int]) -> dict[int, TravelEntry]:
    query = select(TravelEntry).where(
        TravelEntry.event_id == event_id, TravelEntry.registration_id.in_(ids)
    )
    return {row.registration_id: row for row in db.session.scalars(query)}


def _keep(
    event_id: int, row: Registration, entry: TravelEntry | None, travel: Travel
) -> TravelEntry:
    key = ring().event_key(event_id, KEY)
    sealed = ring().encipher(key, dumps(travel.values()).encode(), seal_context(row.id))
    if entry is None:
        entry = TravelEntry(event_id=event_id, registration_id=row.id, version=0, sealed=sealed)
        db.session.add(entry)
    entry.sealed, entry.changed_at = sealed, clock.now()
    entry.version += 1
    return entry
