"""The delegations of the demo: at each event one in every state."""

import pytest
from sqlalchemy import func, select

from eventhub.core.db import db
from eventhub.delegations.models import (
    Delegation,
    DelegationContact,
    DelegationNote,
    FocalPoint,
    Invitation,
    LetterRun,
    OfficialLetter,
)
from eventhub.delegations.queries import complete_of
from eventhub.delegations.rules import OPEN, PREPARATION, REPLIES
from eventhub.demo import content
from eventhub.demo.loading.crew import OF_FOCAL_POINT
from eventhub.demo.people import RESERVES, reserves_of
from eventhub.demo.queries import REHEARSED, find_rehearsal
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.events.queries import find_event
from eventhub.events.rules import PRESETS
from eventhub.floor_cards.models import FloorCard
from eventhub.protocol.queries import first_seat_of
from eventhub.registration.models import (
    ChangeRequest,
    HeadAbsence,
    LetterCover,
    NotTwins,
    PhotoOffer,
    Registration,
    SessionSeat,
)
from eventhub.registration.queries.heads import leaders_of
from eventhub.tickets.models import TicketLine, TicketList

HISTORY = content.EVENTS
ALL = [*HISTORY, *(f"{slug}-rehearsal" for slug in REHEARSED)]
every_event = pytest.mark.parametrize("slug", ALL)
pytestmark = pytest.mark.usefixtures("demo")


def event_of(slug: str) -> Event:
    """Return an event of the demo, or its rehearsal."""
    rehearsed = slug.removesuffix("-rehearsal")
    found = find_event(slug) if slug == rehearsed else find_rehearsal(rehearsed)
    assert found is not None
    return found


def states(column: object, event: Event) -> set[object]:
    """Return the different values of a column at an event."""
    table = column.class_  # type: ignore[attr-defined]
    return set(db.session.scalars(select(column).where(table.event_id == event.id)))  # type: ignore[call-overload]


@every_event
def test_r1_34_delegations_stand_at_every_reply(slug: str) -> None:
    event = event_of(slug)
    assert states(Delegation.reply, event) == set(REPLIES)
    assert complete_of(event)
    assert states(Delegation.readiness, event) == {OPEN, PREPARATION}
    reminded = select(Invitation).where(Invitation.event_id == event.id, Invitation.reminders > 0)
    assert len(list(db.session.scalars(reminded))) == 1


@pytest.mark.parametrize("slug", [f"{slug}-rehearsal" for slug in REHEARSED])
def test_something_of_each_kind_waits_on_the_desk_of_a_rehearsal(slug: str) -> None:
    event = event_of(slug)
    assert states(ChangeRequest.state, event) == {"open"}
    assert len(states(NotTwins.first_id, event)) == 1
    assert len(states(LetterRun.id, event)) == 1
    asks_photo = "photo" in PRESETS[event.preset].fields
    offered = states(PhotoOffer.registration_id, event)
    assert len(offered) == asks_photo
    assert None not in offered, "the name of the file says whose it is"


@every_event
def test_r1_33_focal_points_and_letters_stand_in_every_state(slug: str) -> None:
    event = event_of(slug)
    assert states(FocalPoint.state, event) == {"review", "claimed", "confirmed", "ended"}
    assert states(OfficialLetter.state, event) == {"received", "verified", "refused", "superseded"}
    assert states(FocalPoint.is_primary, event) == {True, False}
    named = select(func.count()).select_from(LetterCover).where(LetterCover.event_id == event.id)
    assert (db.session.scalar(named) or 0) >= 5


@every_event
def test_every_delegation_that_comes_was_invited_and_is_looked_after(slug: str) -> None:
    event = event_of(slug)
    query = select(Delegation.id).where(Delegation.event_id == event.id, Delegation.last_number > 0)
    plain = set(db.session.scalars(query.where(Delegation.role == "participant")))
    primary = select(FocalPoint.delegation_id).where(
        FocalPoint.event_id == event.id, FocalPoint.is_primary, FocalPoint.state == "confirmed"
    )
    assert plain
    assert plain <= set(db.session.scalars(primary))
    assert plain <= states(Invitation.delegation_id, event)
    assert plain <= states(DelegationContact.delegation_id, event)
    hosts = {row.role for row in content.load_event(slug.removesuffix("-rehearsal")).delegations}
    assert states(Delegation.role, event) == (hosts - {None}) | {"participant"}


@every_event
def test_letters_went_out_in_every_way_and_wait_only_where_the_event_is_still_to_come(
    slug: str,
) -> None:
    event = event_of(slug)
    sent = {"sent"} if slug in HISTORY else {"draft", "cleared", "sent"}
    assert states(Invitation.state, event) == sent
    assert states(Invitation.how, event) - {""} == {"mail", "bag", "by_hand"}
    assert "note_verbale" in states(Invitation.form, event)
    assert states(DelegationNote.kind, event) == {"call", "note"}
    assert len(states(Delegation.next_step, event)) > 1


@pytest.mark.parametrize("slug", [slug for slug in HISTORY if reserves_of(slug)])
def test_r1_12_who_was_named_beyond_the_places_waits(slug: str) -> None:
    event = event_of(slug)
    query = select(Registration.family_name, Registration.given_names).where(
        Registration.event_id == event.id, Registration.state == "waitlisted"
    )
    waiting = {row[:2] for row in db.session.execute(query)}
    assert waiting == {(one.family_name, one.given_names) for one in reserves_of(slug)}
    assert len(waiting) == RESERVES


def test_r1_13_floor_cards_are_handed_out_or_still_wait() -> None:
    for slug in ("xiamen-2024", "new-york-2025", "new-york-2025-rehearsal"):
        assert states(FloorCard.state, event_of(slug)) == {"made", "handed"}


def test_r1_10_a_deputy_acts_for_a_head_who_left() -> None:
    event = event_of("xiamen-2024")
    (sent,) = states(HeadAbsence.delegation_id, event)
    leaders = leaders_of(event.id, [sent])[sent]
    assert (leaders.head, leaders.deputies) != (None, ())


def test_r1_8_each_delegation_has_at_most_one_seat_where_the_text_is_drafted() -> None:
    event = event_of("xiamen-2024")
    query = select(Registration.delegation_id).join(
        SessionSeat, SessionSeat.registration_id == Registration.id
    )
    seated = list(db.session.scalars(query.where(SessionSeat.event_id == event.id)))
    assert 20 < len(seated) == len(set(seated)) < 60


def test_r1_25_tickets_went_out_in_a_list_and_a_supplement() -> None:
    event = event_of("new-york-2025")
    lists = list(db.session.scalars(select(TicketList).where(TicketList.event_id == event.id)))
    assert [one.number for one in lists] == [1, 2]
    assert not any(one.is_late for one in lists)
    assert all(one.names for one in lists)
    query = select(Registration.id).where(
        Registration.event_id == event.id, Registration.admission == "needs_ticket"
    )
    assert set(db.session.scalars(query)) == states(TicketLine.registration_id, event)


def test_r2_5_the_first_seat_was_drawn() -> None:
    seat = first_seat_of(event_of("new-york-2025").id)
    assert seat == db.session.scalar(select(Entity.id).where(Entity.code == "TUR"))


def test_focal_point_of_the_demo_looks_after_a_delegation_at_every_event() -> None:
    query = (
        select(Delegation.event_id)
        .join(Entity, Entity.id == Delegation.entity_id)
        .join(FocalPoint, FocalPoint.delegation_id == Delegation.id)
        .where(Entity.code == OF_FOCAL_POINT, FocalPoint.state == "confirmed")
        .where(Delegation.last_number > 0)
    )
    assert set(db.session.scalars(query)) == {event_of(slug).id for slug in ALL}
