"""The door's pages, without JavaScript."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event as sql_event

from eventhub.checkin import services
from eventhub.checkin.models import Gate
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.core.ids import new_uuid
from eventhub.events.models import Category, Event
from eventhub.events.services import change_setting
from eventhub.people.queries import load_account
from eventhub.photos.services import take_photo
from eventhub.registration.models import Registration
from tests.browser import Browser
from tests.checkin.people import DESK, OWNER, admit, make_forum, make_gate, qr_of, scans
from tests.factories import give, make_account, make_entity
from tests.photos.pictures import sent

Stage = tuple[Event, Category, Gate]


@pytest.fixture
def stage(app: Flask) -> Stage:
    """Return a forum, its delegates, and a gate."""
    event, category = make_forum()
    return event, category, make_gate(event, zone_code="Z1")


@pytest.fixture
def guard(stage: Stage, browser: Browser) -> Browser:
    """Return the browser of somebody who works the doors of that forum."""
    account = make_account()
    give(account, "door_staff", stage[0])
    return browser.sign_in(account)


def door(stage: Stage) -> str:
    return f"/door/{stage[0].slug}/{stage[2].ref}"


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the statements that are sent meanwhile."""
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            sent.append(statement)

    sql_event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sql_event.remove(db.engine, "before_cursor_execute", note)


def test_scan_after_scan_on_one_screen(stage: Stage, guard: Browser) -> None:
    event, category, _gate = stage
    one = qr_of(admit(event, category, name_local="姆维拉", name_local_language="zh"))
    two = qr_of(admit(event, category, given_names="Aya"))
    page = guard.get(door(stage))
    assert "In the house: 0" in page.text
    page = guard.submit(text=one)
    assert page.status == 200
    assert "ENTER" in page.text
    assert "Chanda MWILA" in page.text
    assert page.soup.select_one("[lang=zh]").text == "姆维拉"  # type: ignore[union-attr]
    assert "In the house: 1" in page.text
    assert page.soup.select_one("#text").has_attr("autofocus")  # type: ignore[union-attr]
    page = guard.submit(text=two)
    assert "Aya MWILA" in page.text
    assert "In the house: 2" in page.text


def test_scenario_8_old_code_is_red_after_the_new_badge(stage: Stage, guard: Browser) -> None:
    event, category, _gate = stage
    row = admit(event, category, language="fr")
    old = qr_of(row)
    guard.get(door(stage))
    guard.submit(text=old)
    with transaction():
        services.reissue(event, row, reason="lost", document="passport", actor=DESK)
    page = guard.submit(text=old)
    assert page.soup.select_one(".answer.stop h1").text == "STOP"  # type: ignore[union-attr]
    assert "This badge was replaced by a newer one" in page.text
    assert page.soup.select_one(".told p[lang=fr]"), "the person reads it in French"
    assert "In the house: 1" in page.text, "the headcount is as before"
    page = guard.submit(text=qr_of(row))
    assert page.soup.select_one(".answer.go")


def test_r4_7_red_answer_says_when_the_badge_was_replaced_and_whom_to_call(
    stage: Stage, guard: Browser
) -> None:
    event, category, _gate = stage
    row = admit(event, category)
    old = qr_of(row)
    with transaction():
        services.reissue(event, row, reason="lost", document="passport", actor=DESK)
    guard.get(door(stage))
    page = guard.submit(text=old)
    assert "The new badge was made on " in page.text
    assert not page.soup.select("a[href^='tel:']"), "nobody is named to call"
    with transaction():
        said = {"supervisor": "+86 592 555-0100"}
        change_setting(event, "checkin", said, actor=OWNER)
    page = guard.submit(text=old)
    call = page.soup.select_one(".answer.stop a[href^='tel:']")
    assert call is not None
    assert (call["href"], call.text) == ("tel:+865925550100", "Call the supervisor")
    page = guard.submit(text=qr_of(row))
    assert not page.soup.select("a[href^='tel:']"), "who may enter needs nobody"


def test_desk_is_named_in_the_language_of_the_person(stage: Stage, guard: Browser) -> None:
    event, category, _gate = stage
    with transaction():
        desk = {"en": "Hall A, desk 2", "fr": "hall A, bureau 2"}
        change_setting(event, "checkin", {"desk": desk}, actor=OWNER)
    row = admit(event, category, language="fr")
    old = qr_of(row)
    with transaction():
        services.reissue(event, row, reason="lost", document="passport", actor=DESK)
    guard.get(door(stage))
    page = guard.submit(text=old)
    assert "hall A, bureau 2" in page.soup.select_one(".told").text  # type: ignore[union-attr]


def test_r4_8_form_sent_twice_is_one_scan(stage: Stage, guard: Browser) -> None:
    event, category, _gate = stage
    text = qr_of(admit(event, category))
    first = guard.get(door(stage)).form()
    for minutes in (0, 3):
        with clock.at(clock.now() + timedelta(minutes=minutes)):
            page = guard.submit(first, text=text)
        assert page.soup.select_one(".answer.go")
    assert len(scans(event)) == 1


def test_name_is_looked_for_and_chosen(stage: Stage, guard: Browser) -> None:
    event, category, _gate = stage
    admit(event, category, given_names="Ngozi", family_name="Adé", entity_id=make_entity().id)
    admit(event, category, given_names="Ruth", family_name="Zulu")
    guard.get(door(stage))
    page = guard.submit(text="ade ngozi")
    assert "1 person is found" in page.text
    assert "ZULU" not in page.text
    person = page.soup.select_one("form:has(input[name=person])")
    page = guard.submit(person)
    assert "ENTER" in page.text
    assert "ADÉ" in page.text
    assert scans(event)[0].source == "search"
    page = guard.submit(text="nobody of that name")
    assert "Nobody confirmed is called" in page.text


def test_more_than_a_screenful_of_names_is_told(stage: Stage, guard: Browser) -> None:
    event, category, _gate = stage
    for number in range(13):
        admit(event, category, given_names=f"Ngozi {number}", family_name="Adé")
    guard.get(door(stage))
    page = guard.submit(text="ade")
    assert "More than 12 people are found: type more of the name" in page.text
    assert len(page.soup.select(".ticks li")) == 12


def test_undo_takes_back_and_says_so(stage: Stage, guard: Browser) -> None:
    event, category, _gate = stage
    guard.get(door(stage))
    page = guard.submit(text=qr_of(admit(event, category)))
    page = guard.submit(page.form(action="/undo"))
    assert "In the house: 0" in page.text
    assert "Taken back" in page.text


def test_empty_field_and_forged_forms_are_told(stage: Stage, guard: Browser) -> None:
    guard.get(door(stage))
    page = guard.submit(text="  ")
    assert page.status == 422
    assert "Scan a badge, or type a number or a name." in page.text
    assert guard.submit(text="x", uid="1").status == 422
    assert guard.submit(person="nobody").status == 404


def test_closed_gate_says_so(stage: Stage, guard: Browser) -> None:
    event, category, gate = stage
    guard.get(door(stage))
    with transaction():
        services.open_gate(gate, is_open=False, actor=OWNER)
    page = guard.submit(text=qr_of(admit(event, category)))
    assert page.status == 409
    assert "This gate is closed." in page.text
    assert "This gate is closed." in guard.get(door(stage)).text


def test_r1_36_door_outside_the_scope_is_not_there(stage: Stage, browser: Browser) -> None:
    event, category, _gate = stage
    other = make_gate(event, "Gate B")
    account = make_account()
    give(account, "door_staff", event, scope={"gates": [other.id]})
    browser.sign_in(account)
    assert browser.get(door(stage)).status == 404
    page = browser.get(f"/door/{event.slug}/{other.ref}")
    assert page.status == 200
    data = {
        "text": qr_of(admit(event, category)),
        "uid": new_uuid(),
        "csrf_token": page.form().find("input")["value"],
    }  # type: ignore[index]
    assert browser.post(door(stage), data).status == 404
    assert browser.post(f"/door/{event.slug}/{other.ref}", data).status == 200
    with clock.at(event.starts_at):
        listed = browser.get("/door").text
    assert "Gate B" in listed
    assert "Gate A" not in listed


def test_door_of_one_event_is_not_there_for_staff_of_another(
    stage: Stage, browser: Browser
) -> None:
    other, _others = make_forum()
    account = make_account()
    give(account, "door_staff", other)
    browser.sign_in(account)
    assert browser.get(door(stage)).status == 404
    assert browser.get(f"/door/{other.slug}/{stage[2].ref}").status == 404


def test_list_of_gates_shows_events_near_today_and_all_of_the_demo(
    stage: Stage, browser: Browser
) -> None:
    event = stage[0]
    account = make_account()
    give(account, "door_staff", event)
    browser.sign_in(account)
    assert "Gate A" not in browser.get("/door").text, "it is a month away"
    with clock.at(event.starts_at - timedelta(days=1)):
        assert "Gate A" in browser.get("/door").text
    with clock.at(event.ends_at + timedelta(hours=49)):
        assert "Gate A" not in browser.get("/door").text, "the role has ended"
    give(account, "door_staff", event, lasting=True)
    with clock.at(event.ends_at + timedelta(days=400)):
        assert "Gate A" in browser.get("/door").text


def test_gates_of_a_rehearsal_say_so(stage: Stage, browser: Browser) -> None:
    event, _category, _gate = stage
    account = make_account()
    give(account, "door_staff", event, lasting=True)
    page = browser.sign_in(account).get("/door")
    assert "Rehearsal" not in page.text
    rehearsed, _others = make_forum()
    with transaction():
        db.session.get_one(Event, event.id).rehearsal_of_id = rehearsed.id
    assert "Rehearsal" in browser.get("/door").text


def test_answer_takes_at_most_15_statements(stage: Stage, guard: Browser) -> None:
    event, category, _gate = stage
    rows = [admit(event, category, given_names=str(n), entity_id=make_entity(f"E{n}").id)
            for n in range(8)]  # fmt: skip
    guard.get(door(stage))
    for row in rows:
        text = qr_of(row)
        with counted() as sent:
            guard.submit(text=text)
        assert len(sent) <= 15, "\n".join(sent)
    with counted() as sent:
        guard.get(door(stage))
    assert len(sent) <= 15, "\n".join(sent)


def test_count_is_answered_with_304_while_it_stays(stage: Stage, guard: Browser) -> None:
    event, category, _gate = stage
    url = f"{door(stage)}/count"
    etag = guard.get(url).response.headers["ETag"]
    assert guard.get(url, **{"If-None-Match": etag}).status == 304
    guard.get(door(stage))
    guard.submit(text=qr_of(admit(event, category)))
    page = guard.get(url, **{"If-None-Match": etag})
    assert page.status == 200
    assert page.response.text.strip() == "In the house: 1"


# The phone's own camera


def pass_url(row: Registration, root: str = "D") -> str:
    return f"/{root}/" + qr_of(row).rpartition("/D/")[2]


@pytest.mark.parametrize("root", ["d", "D"])
def test_signed_out_camera_sees_nothing_of_the_person(
    stage: Stage, browser: Browser, root: str
) -> None:
    event, category, _gate = stage
    row = admit(event, category, email="chanda@example.org", entity_id=make_entity().id)
    page = browser.get(pass_url(row, root))
    assert page.status == 200
    assert f"This is an entry pass of {event.title()}." in page.text
    for secret in ("MWILA", "Chanda", "Zambia", "ZMB", row.ref, "chanda@", "Delegate"):
        assert secret not in page.response.text, secret
    assert page.response.headers["X-Robots-Tag"].startswith("noindex")
    assert not scans(event)


@pytest.mark.parametrize("token", ["EH1:AAAA", "hello", "EH1:" + "A" * 133, "EH1:%F0%9F%A4%96"])
def test_code_that_is_no_pass_says_only_that(app: Flask, browser: Browser, token: str) -> None:
    page = browser.get(f"/d/{token}")
    assert page.status == 404
    assert "This is not an entry pass" in page.text


def test_staff_of_another_event_sees_nothing_either(stage: Stage, browser: Browser) -> None:
    event, category, _gate = stage
    other, _others = make_forum()
    account = make_account()
    give(account, "event_owner", other)
    browser.sign_in(account)
    page = browser.get(pass_url(admit(event, category)))
    assert "MWILA" not in page.response.text
    assert "Show it at the door." in page.text


def test_looking_changes_nothing_and_one_button_checks_in(stage: Stage, guard: Browser) -> None:
    event, category, gate = stage
    row = admit(event, category)
    make_gate(event, "Gate B")
    page = guard.get(pass_url(row))
    assert "At which gate are you?" in page.text
    guard.get(door(stage))
    page = guard.get(pass_url(row))
    assert not scans(event), "a request to look changes nothing"
    assert "Chanda MWILA" in page.text
    assert [b.text.strip() for b in page.soup.find_all("button")] == ["Check in at Gate A"]
    page = guard.submit()
    assert page.soup.select_one(".answer.go")
    assert [(s.gate_id, s.source) for s in scans(event)] == [(gate.id, "camera")]


def test_photo_is_shown_to_guards_of_this_event_only(stage: Stage, guard: Browser) -> None:
    event, category, gate = stage
    with transaction():
        photo = take_photo(event.id, sent(), actor=OWNER)
    admit(event, category, photo_id=photo.id)
    with transaction():
        unused = take_photo(event.id, sent(), actor=OWNER)
    root = f"/door/{event.slug}/{gate.ref}/photo"
    assert guard.get(f"{root}/{photo.ref}.jpg").response.mimetype == "image/jpeg"
    assert guard.get(f"{root}/{unused.ref}.jpg").status == 404
    other, _others = make_forum()
    away = make_gate(other)
    with guard.client.session_transaction() as session:
        account = load_account(session["_user_id"])
    assert account is not None
    give(account, "door_staff", other)
    assert guard.get(f"/door/{other.slug}/{away.ref}/photo/{photo.ref}.jpg").status == 404
