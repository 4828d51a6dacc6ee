"""Deadlines: grace for slow links, late ones with a reason, then only the desk (R1.14, R1.15)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid
from eventhub.registration import queries, services
from eventhub.registration.models import Decision, Registration
from tests.browser import Browser
from tests.places.conftest import World
from tests.registration.factories import (
    STAFF,
    do,
    draft,
    focal_point_of,
    sent,
    set_registration,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(hour: int, minute: int, day: int = 20) -> datetime:
    """Return an instant on clocks in Shanghai in March 2026."""
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


@pytest.fixture
def closing(forum: World) -> World:
    """Return the forum with registration open until 23:59 in Shanghai."""
    with transaction():
        forum.event.registration_closes = datetime(2026, 3, 20, 23, 59)  # noqa: DTZ001
        forum.event.registration_closes_at = at(23, 59)
    return forum


def test_scenario_13_begun_2358_ended_0010_is_accepted_and_marked_at_0016_it_is_late(
    closing: World,
) -> None:
    with clock.at(at(23, 58)):
        slow, slower = (draft(closing.event, closing.delegate) for _ in range(2))
    with clock.at(at(0, 10, 21)):
        do(services.submit, closing.event, [slow], actor=queries.registrant(slow))
    assert (slow.state, slow.is_late) == ("submitted", True)
    with clock.at(at(0, 16, 21)):
        with pytest.raises(Conflict, match="Registration has closed"):
            do(services.submit, closing.event, [slower], actor=queries.registrant(slower))
        with pytest.raises(Invalid, match="Say why"):
            do(services.submit, closing.event, [slower], actor=STAFF)
        do(services.submit, closing.event, [slower], actor=STAFF, override="Minister's request")
    assert (slower.state, slower.is_late) == ("submitted", True)


def test_r1_14_grace_holds_for_the_focal_point_too(closing: World) -> None:
    (first,) = sent(closing.event, closing.delegate, entity_id=closing.zambia.id)
    actor = focal_point_of(first.delegation_id or 0)
    with clock.at(at(23, 58)):
        rows = [
            draft(closing.event, closing.delegate, entity_id=closing.zambia.id,
                  source="focal_point")
            for _ in range(2)
        ]  # fmt: skip
    with clock.at(at(0, 10, 21)):
        do(services.submit, closing.event, [rows[0]], actor=actor)
        late = draft(
            closing.event, closing.delegate, entity_id=closing.zambia.id, source="focal_point"
        )
        with pytest.raises(Conflict, match="Ask the secretariat"):
            do(services.submit, closing.event, [late], actor=actor)
        do(services.submit, closing.event, [late], actor=actor, begun_at=at(23, 58))
    with clock.at(at(0, 16, 21)), pytest.raises(Conflict, match="Ask the secretariat"):
        do(services.submit, closing.event, [rows[1]], actor=actor)
    assert (rows[0].is_late, late.is_late) == (True, True)


def test_r1_15_the_reason_stands_in_the_decision(closing: World) -> None:
    with clock.at(at(9, 0, 22)):
        row = draft(closing.event, closing.delegate, source="organiser")
        do(services.submit, closing.event, [row], actor=STAFF, override="Minister's request")
    query = select(Decision).where(
        Decision.registration_id == row.id, Decision.to_state == "submitted"
    )
    one = db.session.scalars(query).one()
    assert (one.reason, one.text) == ("late", "Minister's request")


def test_r1_15_after_the_hard_deadline_only_the_desk_registers(closing: World) -> None:
    set_registration(closing.event, hard_closes="2026-03-25T12:00")
    entry = services.Entry(closing.delegate.id, {"given_names": "Ruth"})
    with clock.at(at(12, 1, 25)):
        row = draft(closing.event, closing.delegate, source="organiser")
        with pytest.raises(Conflict, match="Only the desk"):
            do(services.submit, closing.event, [row], actor=STAFF, override="please")
        with pytest.raises(Conflict, match="Only the desk"), transaction():
            services.register_and_accredit(
                closing.event.id, [entry], actor=STAFF, source="organiser"
            )
        with transaction():
            rows = services.register_and_accredit(closing.event.id, [entry], actor=STAFF)
    assert (rows[0].state, rows[0].is_late) == ("accredited", True)


def test_r1_15_staff_are_asked_for_the_reason_on_the_page(owner: Browser, closing: World) -> None:
    where = f"/manage/{closing.event.slug}/people/new"
    assert "still registered" not in owner.get(where).text
    with clock.at(at(9, 0, 22)):
        page = owner.get(where)
        values = {"category": closing.delegate.ref, "given_names": "Ruth", "family_name": "Phiri"}
        page = owner.submit(page.form(action="/people/new"), **values)
        assert page.status == 422
        assert "Say why this person is still registered" in page.text
        owner.submit(page.form(action="/people/new"), override="Minister's request")
    db.session.rollback()
    row = db.session.scalars(select(Registration).where(Registration.given_names == "Ruth")).one()
    assert row.is_late


def test_r1_14_a_deadline_is_wall_time_compared_as_an_instant(closing: World) -> None:
    set_registration(closing.event, hard_closes="2026-03-25T12:00")
    settings = queries.settings_of(closing.event.id)
    assert settings.deadline("hard_closes", "Asia/Shanghai") == at(12, 0, 25)
    assert settings.deadline("hard_closes", "Africa/Lusaka") == datetime(
        2026, 3, 25, 10, 0, tzinfo=UTC
    )
    assert settings.deadline("mode_until", "Asia/Shanghai") is None


def test_r1_14_the_public_page_shows_the_deadline_in_two_zones(app: Flask, closing: World) -> None:
    with clock.at(at(9, 0, 19)):
        page = Browser(app).get(f"/en/{closing.event.slug}/register?tz=Africa/Lusaka")
    assert "23:59 in Xiamen (UTC+8; 17:59 in Lusaka)" in page.text
