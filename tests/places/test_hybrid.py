"""In person and remote: seats of each, switching, the link, the name on screen (R1.27)."""

from datetime import datetime
from urllib.parse import quote

import pytest
from flask import Flask

from eventhub.agenda.models import Session
from eventhub.agenda.services import publish_agenda
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import EventSetting
from eventhub.events.services import change_dates_and_place
from eventhub.registration import messages, queries, services
from eventhub.registration.models import Registration
from eventhub.registration.queries.remote import (
    expected_remotely,
    remote_in_session,
    remote_sessions_of,
)
from eventhub.registration.rules import screen_name
from eventhub.registration.services import paper
from tests.browser import Browser
from tests.checkin.people import lecture
from tests.factories import actor_with, keep
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


def test_r1_25_who_comes_after_all_needs_a_ticket_where_passes_are_asked_for(
    hybrid: World,
) -> None:
    (row,) = sent(hybrid.event, hybrid.delegate, mode="remote", admission="remote")
    switch(row, "in_person")
    assert row.admission == "official_delegation"
    with transaction():
        hybrid.event.preset = "side_event"
    switch(row, "remote")
    switch(row, "in_person")
    assert row.admission == "needs_ticket"


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


def test_r1_27_the_link_ends_with_the_event(app: Flask, hybrid: World) -> None:
    (remote,) = accredited(hybrid.event, hybrid.delegate, mode="remote")
    browser = Browser(app)
    assert browser.get(url(remote, "/join"), follow=False).status == 302
    with transaction():
        hybrid.event.state = "cancelled"
    assert browser.get(url(remote, "/join"), follow=False).status == 404


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


# Single sessions


@pytest.fixture
def lectures(hybrid: World) -> list[Session]:
    """Return two published sessions, and a reception that nobody follows remotely."""
    keep(EventSetting(event_id=hybrid.event.id, feature="remote", values={"per_session": True}))
    kinds = {"M1": "lecture", "M2": "lecture", "S1": "social"}
    made = [
        lecture(hybrid.event, code, 9 + 3 * n, kind=kind)
        for n, (code, kind) in enumerate(kinds.items())
    ]
    with transaction():
        publish_agenda(hybrid.event, actor=actor_with("agenda.publish"))
    return made


def follow(row: Registration, *sessions: Session) -> None:
    with transaction():
        services.follow_remotely(row, [one.id for one in sessions], actor=queries.registrant(row))


def test_r1_27_single_sessions_are_chosen_on_the_private_page(
    app: Flask, hybrid: World, lectures: list[Session]
) -> None:
    (row,) = accredited(hybrid.event, hybrid.delegate, entity_id=hybrid.zambia.id)
    browser = Browser(app)
    assert browser.get(url(row, "/join"), follow=False).status == 404
    page = browser.get(url(row, "/sessions"))
    assert "Lecture M1" in page.text
    assert "Lecture S1" not in page.text
    done = browser.submit(page.form(action="/sessions"), sessions=[lectures[0].ref])
    assert "You follow 1 session remotely. Show this name on screen: ZAMBIA – Chanda" in done.text
    assert browser.get(url(row, "/join"), follow=False).status == 302
    assert remote_in_session(hybrid.event.id, lectures[0].id) == {row.id}
    assert remote_in_session(hybrid.event.id, lectures[1].id) == set()
    assert row.mode == "in_person"
    assert expected_remotely(hybrid.event.id, lectures)[lectures[0].id] == 1


def test_r1_27_single_sessions_only_where_the_event_allows_it(
    hybrid: World, lectures: list[Session]
) -> None:
    first, _second, reception = lectures
    (row,) = accredited(hybrid.event, hybrid.delegate)
    (afar,) = accredited(hybrid.event, hybrid.delegate, mode="remote")
    with pytest.raises(Invalid):
        follow(row, reception)
    with pytest.raises(Conflict):
        follow(afar, first)
    with clock.at(hybrid.event.starts_at), pytest.raises(Conflict, match="deadline"):
        follow(row, first)
    follow(row, first)
    switch(row, "remote")
    assert remote_sessions_of(row) == set()
    setting = db.session.scalars(db.select(EventSetting).filter_by(feature="remote")).one()
    with transaction():
        setting.values = {"per_session": False}
    switch(row, "in_person")
    with pytest.raises(Conflict, match="same way"):
        follow(row, first)


# What joins them


def test_r1_27_the_link_carries_the_personal_id_and_the_name(app: Flask, hybrid: World) -> None:
    with transaction():
        hybrid.event.online_url = f"{LINK}?id={{id}}&name={{name}}"
    (row,) = accredited(
        hybrid.event, hybrid.delegate, mode="remote", given_names="Chanda", family_name="Mwila",
        entity_id=hybrid.zambia.id,
    )  # fmt: skip
    answer = Browser(app).get(url(row, "/join"), follow=False).response
    name = quote("ZAMBIA – Chanda MWILA (Delegate)", safe="")
    assert answer.headers["Location"] == f"{LINK}?id={row.ref}&name={name}"


def test_r1_27_platform_hint_and_fallback_phone(app: Flask, hybrid: World, owner: Browser) -> None:
    (row,) = accredited(hybrid.event, hybrid.delegate, mode="remote")
    where = f"/manage/{hybrid.event.slug}/places/remote"
    form = owner.get(where).form(action="/places/remote")
    wrong = owner.submit(form, phone="call me")
    assert wrong.status == 422
    assert "call me" in str(wrong.soup)
    form = owner.get(where).form(action="/places/remote")
    owner.submit(form, platform_en="Use the interpretation button.", phone="+86 592 555 0100")
    page = Browser(app).get(url(row))
    assert "Use the interpretation button." in page.text
    assert "If the link fails, call +86 592 555 0100." in page.text
    (waiting,) = sent(hybrid.event, hybrid.delegate, mode="remote")
    assert "+86 592" not in Browser(app).get(url(waiting)).text


@pytest.mark.parametrize("text", ["javascript:alert(1)", "video.example.org", "https://a b.org/"])
def test_r1_27_the_link_is_an_address_of_the_web(hybrid: World, text: str) -> None:
    event = hybrid.event
    with pytest.raises(Invalid, match="https"), transaction():
        change_dates_and_place(
            event, starts_on=event.starts_on, ends_on=event.ends_on, zone=event.zone,
            cities=event.cities, venue_names=event.venue_names, mode="hybrid", online_url=text,
            actor=actor_with("event.edit"),
        )  # fmt: skip


def test_r1_27_the_list_of_a_delegation_marks_remote_persons_by_setting(
    app: Flask, hybrid: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    (row,) = accredited(hybrid.event, hybrid.delegate, mode="remote", entity_id=hybrid.zambia.id)
    printed: list[str] = []
    monkeypatch.setattr(paper, "render_pdf", lambda html, **_given: printed.append(html) or b"")
    paper.delegation_paper(hybrid.event.id, row.delegation_id or 0, "en")
    keep(EventSetting(event_id=hybrid.event.id, feature="remote", values={"is_marked": False}))
    paper.delegation_paper(hybrid.event.id, row.delegation_id or 0, "en")
    assert ["(remote)" in html for html in printed] == [True, False]


def test_r1_27_the_private_page_of_a_hybrid_event_stays_light(
    app: Flask, hybrid: World, lectures: list[Session], statements: list[str]
) -> None:
    (afar,) = accredited(hybrid.event, hybrid.delegate, mode="remote", entity_id=hybrid.zambia.id)
    (here,) = accredited(hybrid.event, hybrid.delegate, entity_id=hybrid.zambia.id)
    follow(here, lectures[0])
    for row in (afar, here):
        address = url(row)
        statements.clear()
        Browser(app).get(address)
        asked = [one for one in statements if one.lstrip().upper().startswith("SELECT")]
        assert len(asked) <= 8, "\n".join(asked)


def test_r1_27_who_joins_from_afar_is_told_of_the_link_and_of_no_entrance(
    app: Flask, hybrid: World
) -> None:
    (afar,) = accredited(hybrid.event, hybrid.delegate, mode="remote", entity_id=hybrid.zambia.id)
    (here,) = accredited(hybrid.event, hybrid.delegate, entity_id=hybrid.zambia.id)
    browser = Browser(app)
    page = browser.get(url(afar))
    assert "You join by the link below on the day." in page.text
    assert "Your pass" not in page.text
    assert "Your pass" in browser.get(url(here)).text
    letters = [messages.accredited(hybrid.event.id, {"registration": row.id})
               for row in (afar, here)]  # fmt: skip
    told = ["The link of the meeting is on your private page" in str(one) for one in letters]
    assert told == [True, False]


def test_r1_27_the_name_on_screen_is_the_same_in_every_language(app: Flask, hybrid: World) -> None:
    (row,) = accredited(
        hybrid.event, hybrid.delegate, mode="remote", entity_id=hybrid.zambia.id,
        given_names="Chanda", family_name="Mwila", honorific="H.E. Ms.",
    )  # fmt: skip
    for language in ("en", "fr"):
        page = Browser(app).get(f"{url(row)}?lang={language}")
        assert "ZAMBIA – Chanda MWILA (Delegate)" in page.text
