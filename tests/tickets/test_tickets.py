"""Ticket lists of the United Nations (R1.25)."""

import io
from datetime import datetime, timedelta

import pytest
from flask import Flask

from eventhub.core import clock
from eventhub.core.actor import EVERYTHING, SYSTEM
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict
from eventhub.events.models import Host
from eventhub.i18n import Translated
from eventhub.registration import services as registration
from eventhub.registration.queries import registrant
from eventhub.sheets.reading import read_table
from eventhub.tickets import queries, services
from tests.browser import Browser
from tests.factories import actor_with, give, keep, make_account
from tests.registration.factories import accredited, do, nominated
from tests.registration.world import World, world

__all__ = ["world"]
MAKER = actor_with("ticket.make")


@pytest.fixture
def side_event(world: World, noon: datetime) -> World:
    """Return the event as a side event in a named room, held by one host."""
    with transaction():
        world.event.preset = "side_event"
        world.event.venue_names = Translated(en="Conference Room 7")
    keep(Host(event_id=world.event.id, names=Translated(en="Ministry"), is_main=True))
    return world


@pytest.fixture
def organiser(app: Flask, side_event: World) -> Browser:
    """Return the browser of the event's owner."""
    account = make_account()
    give(account, "event_owner", side_event.event)
    return Browser(app).sign_in(account)


def download(browser: Browser, world: World, number: int) -> list[list[str]]:
    one = queries.lists_of(world.event.id)[number - 1]
    answer = browser.get(f"/manage/{world.event.slug}/tickets/{one.ref}.xlsx").response
    table = read_table(io.BytesIO(answer.data).getvalue())
    return [list(row.cells) for row in table.rows]


def test_r1_25_whom_a_focal_point_enters_needs_a_ticket_until_somebody_says_otherwise(
    side_event: World,
) -> None:
    entries = [
        registration.Entry(side_event.delegate.id, {"given_names": "Ana", "family_name": "Banda"}),
        registration.Entry(
            side_event.delegate.id, {"given_names": "Eve", "admission": "valid_pass"}
        ),
    ]
    with transaction():
        rows = registration.enter(side_event.event.id, entries, actor=SYSTEM, source="focal_point")
        assert [row.admission for row in rows] == ["needs_ticket", "valid_pass"]
        side_event.event.preset = "forum"
        (delegate,) = registration.enter(
            side_event.event.id, entries[:1], actor=SYSTEM, source="focal_point"
        )
        assert delegate.admission == "official_delegation"


def test_r1_25_exactly_the_columns_and_only_accredited_who_need_a_ticket(
    organiser: Browser, side_event: World
) -> None:
    event = side_event.event
    accredited(event, side_event.delegate, admission="needs_ticket", given_names="=Eve",
               family_name="Banda")  # fmt: skip
    accredited(event, side_event.delegate, admission="valid_pass")
    nominated(event, side_event.delegate, admission="needs_ticket")
    page = organiser.get(f"/manage/{event.slug}/tickets")
    assert "1 person needs a ticket" in page.text
    organiser.submit(page.form(action="/tickets"))
    rows = download(organiser, side_event, 1)
    assert rows == [
        ["First name", "Last name", "Date", "Time", "Venue", "Event name", "Sponsor"],
        ["=Eve", "Banda", event.starts_on.isoformat(), "", "Conference Room 7",
         event.title("en"), "Ministry"],
    ]  # fmt: skip


def test_r1_25_staff_say_who_needs_a_ticket(organiser: Browser, side_event: World) -> None:
    event = side_event.event
    (row,) = accredited(event, side_event.delegate, family_name="Banda")
    organiser.get(f"/manage/{event.slug}/people/{row.ref}/edit")
    page = organiser.submit(admission="needs_ticket")
    assert page.status == 200
    assert "1 person needs a ticket" in organiser.get(f"/manage/{event.slug}/tickets").text
    page = organiser.get(f"/manage/{event.slug}/people/{row.ref}/edit")
    assert page.soup.select_one("[name=admission] [selected]")["value"] == "needs_ticket"
    with transaction():
        event.preset = "forum"
    page = organiser.get(f"/manage/{event.slug}/people/{row.ref}/edit")
    assert not page.soup.select("[name=admission]")


def test_r1_25_later_additions_make_a_supplement(organiser: Browser, side_event: World) -> None:
    event = side_event.event
    (first,) = accredited(event, side_event.delegate, admission="needs_ticket")
    with transaction():
        services.make_list(event, actor=MAKER)
    with pytest.raises(Conflict), transaction():
        services.make_list(event, actor=MAKER)
    accredited(event, side_event.delegate, admission="needs_ticket", family_name="Zulu")
    with transaction():
        made = services.make_list(event, actor=MAKER)
    assert (made.number, made.names) == (2, 1)
    assert [row[1] for row in download(organiser, side_event, 2)][1:] == ["Zulu"]
    do(registration.withdraw, event, [first], actor=registrant(first))
    page = organiser.get(f"/manage/{event.slug}/tickets")
    assert "Supplement 1" in page.text
    assert "No longer coming" in page.text
    assert [row.id for row in queries.gone_since(event.id, EVERYTHING)] == [first.id]


def test_r1_25_warns_later_than_48_hours_before(organiser: Browser, side_event: World) -> None:
    event = side_event.event
    accredited(event, side_event.delegate, admission="needs_ticket")
    url = f"/manage/{event.slug}/tickets"
    with clock.at(event.starts_at - timedelta(hours=48)):
        assert "Less than 48 hours" not in organiser.get(url).text
    with clock.at(event.starts_at - timedelta(hours=47)):
        assert "Less than 48 hours" in organiser.get(url).text
        with transaction():
            assert services.make_list(event, actor=MAKER).is_late


def test_who_may_not_make_lists_finds_none(app: Flask, side_event: World) -> None:
    account = make_account()
    give(account, "media_desk", side_event.event)
    browser = Browser(app).sign_in(account)
    assert browser.get(f"/manage/{side_event.event.slug}/tickets").status == 404
