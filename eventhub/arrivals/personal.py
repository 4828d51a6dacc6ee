"""A person's journey, the exception made for them, and the delegations that an account meets."""

from typing import Any

from sqlalchemy import delete, select

from eventhub.arrivals.models import CourtesyException, LiaisonOfficer, TravelEntry, TravelNews
from eventhub.arrivals.queries.travel import unsealed
from eventhub.arrivals.rules import Leg
from eventhub.arrivals.services.tidying import forget_papers
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.delegations.models import Delegation
from eventhub.entities.models import Entity
from eventhub.people.seams import Held, PersonalData, Row, Whose


def held(whose: Whose) -> Held:
    """Return the journey in clear, why an exception is made, and which delegations are met."""
    rows = [_journey(entry) for entry in _of(TravelEntry, whose)]
    exceptions = [
        {"lounge": one.lounge, "car": one.car, "escort": one.escort, "room": one.room,
         "note": one.note}
        for one in _of(CourtesyException, whose)
    ]  # fmt: skip
    query = (
        select(LiaisonOfficer, Entity)
        .join(Delegation, Delegation.id == LiaisonOfficer.delegation_id)
        .join(Entity, Entity.id == Delegation.entity_id)
        .where(LiaisonOfficer.account_id == whose.account_id)
        .order_by(LiaisonOfficer.id)
    )
    officers = [
        {"delegation": entity.name(), "phone": officer.phone}
        for officer, entity in db.session.execute(query)
    ]
    return Held(
        {"travel_entry": rows, "courtesy_exception": exceptions, "liaison_officer": officers}
    )


def erase(whose: Whose, *, actor: Actor) -> None:
    """Delete the journey, the exception, papers that show them, and an officer's number."""
    if whose.registration_id is not None:
        for model in (TravelNews, TravelEntry, CourtesyException):
            db.session.execute(
                delete(model).where(
                    model.event_id == whose.event_id,
                    model.registration_id == whose.registration_id,
                )
            )
        forget_papers(whose.event_id or 0)
    query = select(LiaisonOfficer).where(LiaisonOfficer.account_id == whose.account_id)
    for officer in db.session.scalars(query):
        officer.phone = ""
    db.session.flush()


def _of(model: Any, whose: Whose) -> list[Any]:
    query = select(model).where(
        model.event_id == whose.event_id, model.registration_id == whose.registration_id
    )
    return list(db.session.scalars(query))


def _journey(entry: TravelEntry) -> Row:
    travel = unsealed(entry)
    return {
        "arrival": _leg(travel.arrival),
        "departure": _leg(travel.departure),
        "lounge_asked_for": travel.lounge,
        "hotel": travel.hotel,
        "changed_at": entry.changed_at.isoformat(),
    }


def _leg(leg: Leg) -> Row:
    wall = leg.wall.isoformat(timespec="minutes") if leg.wall else None
    return {"at": wall, "zone": leg.zone, "airport": leg.airport, "flight": leg.flight}


PERSONAL = PersonalData(
    "arrivals",
    frozenset({"travel_entry", "travel_news", "courtesy_exception", "liaison_officer"}),
    held,
    erase,
)
