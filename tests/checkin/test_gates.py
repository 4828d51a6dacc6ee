"""Gates are set up, used, closed, copied with an event, and checked before its day."""

from datetime import timedelta

import pytest
from flask import Flask

from eventhub.agenda.models import Session
from eventhub.checkin import parts, services
from eventhub.checkin.models import Gate, Scan
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db, transaction
from eventhub.events.services import copy_event, rehearse_event
from eventhub.i18n import Translated
from tests.browser import Browser
from tests.checkin.people import OWNER, Room, admit, make_gate, qr_of, roll_gate, scan, worker
from tests.factories import give, make_account


def test_gate_of_a_session_is_made_once(room: Room) -> None:
    event, _category, session = room
    assert roll_gate(event, session).id == roll_gate(event, session).id
    assert roll_gate(event, None).id != roll_gate(event, session).id


def test_list_of_a_gate_outside_the_scope_is_not_there(room: Room, browser: Browser) -> None:
    event, _category, session = room
    gate, other = make_gate(event), make_gate(event, "Gate B")
    account = make_account()
    give(account, "door_staff", event, scope={"gates": [gate.id]})
    browser.sign_in(account)
    assert browser.get(f"/manage/{event.slug}/gates/{gate.ref}/list").status == 200
    assert browser.get(f"/manage/{event.slug}/gates/{other.ref}/list").status == 404
    assert browser.get(f"/manage/{event.slug}/roll-call/{session.ref}").status == 404


def test_gates_are_added_changed_closed_and_removed(room: Room, browser: Browser) -> None:
    event = room[0]
    worker(browser, event, "event_owner")
    browser.get(f"/manage/{event.slug}/gates/new")
    page = browser.submit()
    assert page.status == 422
    assert page.errors(), "a gate needs a name"
    page = browser.submit(names_en="Gate A", names_zh="甲门", zone_code="Z1")
    assert "The gate is added." in page.text
    gate = db.session.scalars(db.select(Gate)).one()
    assert (gate.names, gate.zone_code) == (Translated(en="Gate A", zh="甲门"), "Z1")
    edit = browser.get(f"/manage/{event.slug}/gates/{gate.ref}").form()
    browser.submit(edit, names_en="Gate B", direction="out")
    page = browser.submit(edit, names_en="Gate C")
    assert page.status == 422
    assert "Somebody changed this gate meanwhile." in page.text
    page = browser.get(f"/manage/{event.slug}/gates")
    assert "Gate B" in page.text
    page = browser.submit(page.form(action="/open"))
    assert "The gate is closed." in page.text
    page = browser.submit(page.form(action="/remove"))
    assert "The gate is removed." in page.text
    assert db.session.scalar(db.select(Gate)) is None


def test_gate_with_scans_stays(room: Room) -> None:
    event, category, _session = room
    gate = make_gate(event)
    scan(event, gate, qr_of(admit(event, category)))
    with pytest.raises(Exception, match="so it stays"), transaction():
        services.remove_gate(gate, actor=OWNER)


def test_guard_may_not_set_up_gates(room: Room, browser: Browser) -> None:
    worker(browser, room[0])
    assert browser.get(f"/manage/{room[0].slug}/gates").status == 404


def test_copy_and_rehearsal_have_the_gates_and_no_scans(room: Room) -> None:
    event, category, session = room
    gate = make_gate(event, zone_code="Z1")
    make_gate(event, "Hall", session_id=session.id)
    roll_gate(event, session)
    scan(event, gate, qr_of(admit(event, category)))
    actor = Actor("account", make_account().id, "Owner", OWNER.reach)
    with transaction():
        copies = [
            copy_event(event, starts_on=event.starts_on + timedelta(days=30), actor=actor),
            rehearse_event(event, starts_on=event.starts_on, actor=actor),
        ]
    for copy in copies:
        query = db.select(Gate).where(Gate.event_id == copy.id).order_by(Gate.place)
        made = list(db.session.scalars(query))
        assert [(one.names.pick("en"), one.kind) for one in made] == [
            ("Gate A", "door"), ("Hall", "door"),
        ]  # fmt: skip
        of_session = db.session.get_one(Session, made[1].session_id)
        assert (of_session.event_id, of_session.code) == (copy.id, "M1")
        assert not db.session.scalar(db.select(Scan.id).where(Scan.event_id == copy.id))


def test_stage_says_what_the_day_is_ready_for(app: Flask, room: Room) -> None:
    event, category, _session = room
    with app.test_request_context():
        early = parts.on_the_day(event)
        assert early is not None
        assert early.sentence == "No gate is set up yet."
        gate = make_gate(event)
        scan(event, gate, qr_of(admit(event, category)))
        during = parts.on_the_day(event)
        assert during is not None
        assert (during.sentence, during.is_done) == ("1 person came.", False)
        with clock.at(event.ends_at):
            after = parts.on_the_day(event)
        assert after is not None
        assert after.is_done
