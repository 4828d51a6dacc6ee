"""In person and remote: seats of each, switching, the link, the name on screen (R1.27)."""

from datetime import datetime

import pytest
from flask import Flask

from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid
from eventhub.registration import queries, services
from eventhub.registration.models import Registration
from eventhub.registration.rules import screen_name
from tests.browser import Browser
from tests.places.conftest import World
from tests.registration.factories import accredited, make_pool, sent, set_registration

LINK = "https://video.example.org/room"


@pytest.fixture
def hybrid(forum: World, noon: datetime) -> World:
    """Return the forum as a hybrid event with a link."""
    with transaction():
        forum.event.mode, forum.event.online_url = "hybrid", LINK
    return forum


def switch(row: Registration, mode: str) -> None:
    with transaction():
        services.switch_mode(row, mode, actor=queries.registrant(row))


def url(row: Registration, rest: str = "") -> str:
    return f"/my/{queries.token_of(row)}{rest}"


def test_r1_27_each_way_has_seats_of_its_own(hybrid: World) -> None:
    make_pool(hybrid.event, "hall", categories=["DEL"], seats=1, modes=["in_person"])
    sent(hybrid.event, hybrid.delegate)
    (remote,) = sent(hybrid.event, hybrid.delegate, mode="remote")
    assert remote.state == "submitted"
    with pytest.raises(Conflict):
        sent(hybrid.event, hybrid.delegate)
    with pytest.raises(Conflict, match="No place"):
        switch(remote, "in_person")
    assert db.session.get_one(Registration, remote.id).mode == "remote"


def test_r1_27_who_switches_leaves_the_seat_to_who_waits(hybrid: World) -> None:
    make_pool(
        hybrid.event, "hall", categories=["DEL"], seats=1, modes=["in_person"],
        when_full="waitlist",
    )  # fmt: skip
    inside, waiting = sent(hybrid.event, hybrid.delegate, 2)
    assert waiting.state == "waitlisted"
    switch(inside, "remote")
    assert (inside.mode, inside.admission) == ("remote", "remote")
    assert waiting.state == "submitted"


def test_r1_27_until_the_deadline_and_only_to_ways_of_the_event(hybrid: World) -> None:
    set_registration(hybrid.event, mode_until="2026-03-10T12:00")
    (row,) = sent(hybrid.event, hybrid.delegate)
    late = datetime.fromisoformat("2026-03-10T04:00:00+00:00")
    with clock.at(late), pytest.raises(Conflict, match="deadline"):
        switch(row, "remote")
    with transaction():
        hybrid.event.mode = "in_person"
    with pytest.raises(Invalid):
        switch(row, "remote")


def test_r1_27_the_link_comes_only_after_accreditation(app: Flask, hybrid: World) -> None:
    (waiting,) = sent(hybrid.event, hybrid.delegate, mode="remote")
    (remote,) = accredited(hybrid.event, hybrid.delegate, mode="remote")
    (there,) = accredited(hybrid.event, hybrid.delegate)
    browser = Browser(app)
    assert "appears here when you are confirmed" in browser.get(url(waiting)).text
    for row in (waiting, there):
        assert browser.get(url(row, "/join"), follow=False).status == 404
    page = browser.get(url(remote))
    assert "Join the meeting" in page.text
    answer = browser.get(url(remote, "/join"), follow=False).response
    assert (answer.status_code, answer.headers["Location"]) == (302, LINK)
    assert LINK not in str(browser.get(f"/en/{hybrid.event.slug}").soup)


def test_r1_27_the_person_switches_on_the_private_page(app: Flask, hybrid: World) -> None:
    (row,) = accredited(hybrid.event, hybrid.delegate)
    browser = Browser(app)
    page = browser.get(url(row, "/mode"))
    assert "Take part remotely" in page.text
    browser.submit(page.form(action="/mode"))
    db.session.rollback()
    assert db.session.get_one(Registration, row.id).mode == "remote"


def test_r1_27_the_name_on_screen() -> None:
    assert screen_name("Zambia", "Chanda MWILA", "Delegate") == "ZAMBIA – Chanda MWILA (Delegate)"
    assert screen_name("", "Chanda MWILA", "") == "Chanda MWILA"


def test_r1_27_the_public_form_asks_only_a_hybrid_event(app: Flask, hybrid: World) -> None:
    with transaction():
        hybrid.event.preset = "side_event"
        hybrid.open.is_public = True
    where = f"/en/{hybrid.event.slug}/register"
    assert "I take part remotely" in Browser(app).get(where).text
    with transaction():
        hybrid.event.mode = "online"
    assert "I take part remotely" not in Browser(app).get(where).text
    (row,) = sent(hybrid.event, hybrid.delegate)
    assert (row.mode, row.admission) == ("remote", "remote")
