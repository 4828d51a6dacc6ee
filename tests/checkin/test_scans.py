"""Scans sent twice, late or at the same moment, and taken back (R4.8)."""

import threading
from datetime import timedelta

import pytest
from flask import Flask

from eventhub.checkin import services
from eventhub.checkin.queries import headcount, last_passages
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid, NotFound
from eventhub.core.ids import new_uuid
from eventhub.events.models import Event
from eventhub.passes.services import void
from tests.checkin.people import (
    GUARD,
    OWNER,
    Stage,
    admit,
    make_forum,
    make_gate,
    qr_of,
    said,
    scan,
    scans,
)


def test_r4_8_same_uid_twice_is_one_scan_with_one_answer(stage: Stage) -> None:
    event, category, gate = stage
    row, uid = admit(event, category), new_uuid()
    first = scan(event, gate, qr_of(row), uid=uid)
    with clock.at(clock.now() + timedelta(minutes=5)):
        again = scan(event, gate, qr_of(row), uid=uid)
    assert (again.answer, again.uid, again.is_again) == (first.answer, uid, True)
    assert len(scans(event)) == 1


def test_r4_8_same_uid_keeps_its_answer_when_things_changed(stage: Stage) -> None:
    event, category, gate = stage
    row, uid = admit(event, category), new_uuid()
    scan(event, gate, qr_of(row), uid=uid)
    with transaction():
        void(event.id, [row.pass_id or 0], reason="revoked")
    assert said(event, gate, qr_of(row), uid=uid) == ("enter", "")
    assert said(event, gate, qr_of(row)) == ("stop", "void")


def test_r4_8_same_badge_within_ten_seconds_is_one_scan(stage: Stage) -> None:
    event, category, gate = stage
    text, now = qr_of(admit(event, category)), clock.now()
    for seconds, count in ((0, 1), (9.9, 1), (10, 2)):
        with clock.at(now + timedelta(seconds=seconds)):
            assert said(event, gate, text) == ("enter", "")
        assert len(scans(event)) == count, seconds


def test_r4_8_another_gate_is_another_scan(stage: Stage) -> None:
    event, category, gate = stage
    text, other = qr_of(admit(event, category)), make_gate(event, "Gate B")
    said(event, gate, text)
    said(event, other, text)
    assert len(scans(event)) == 2


def test_r4_8_one_uid_for_two_people_is_refused(stage: Stage) -> None:
    event, category, gate = stage
    one, two = admit(event, category), admit(event, category, given_names="Aya")
    uid = new_uuid()
    scan(event, gate, qr_of(one), uid=uid)
    with pytest.raises(Conflict):
        scan(event, gate, qr_of(two), uid=uid)


def test_uid_of_another_event_is_nobodys_business(stage: Stage) -> None:
    event, category, gate = stage
    other, others = make_forum()
    uid = new_uuid()
    scan(event, gate, qr_of(admit(event, category)), uid=uid)
    assert said(other, make_gate(other), qr_of(admit(other, others)), uid=uid) == ("enter", "")


def test_id_that_no_form_makes_is_refused(stage: Stage) -> None:
    event, category, gate = stage
    with pytest.raises(Invalid):
        scan(event, gate, qr_of(admit(event, category)), uid="x" * 4000)


def test_r4_8_scans_at_the_same_moment_are_one(app: Flask, stage: Stage) -> None:
    event, category, gate = stage
    text, uids = qr_of(admit(event, category)), [new_uuid(), new_uuid()]
    event_id, gate_ref = event.id, gate.ref
    db.session.rollback()
    start, told = threading.Barrier(8), []

    def work(number: int) -> None:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    here = db.session.get_one(Event, event_id)
                    held = services.hold_gate(event_id, gate_ref)
                    answer = services.scan_text(here, held, text, uid=uids[number % 2], actor=GUARD)
                told.append(answer and answer.answer)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == ["enter"] * 8
    assert len(scans(db.session.get_one(Event, event_id))) == 1


def test_r4_8_one_uid_sent_to_two_gates_at_once_is_one_scan(app: Flask, stage: Stage) -> None:
    event, category, gate = stage
    text, uid = qr_of(admit(event, category)), new_uuid()
    event_id, refs = event.id, [gate.ref, make_gate(event, "Gate B").ref]
    db.session.rollback()
    start, told = threading.Barrier(2), []

    def work(ref: str) -> None:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    here = db.session.get_one(Event, event_id)
                    held = services.hold_gate(event_id, ref)
                    answer = services.scan_text(here, held, text, uid=uid, actor=GUARD)
                told.append(answer and answer.answer)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=work, args=(ref,)) for ref in refs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == ["enter", "enter"]
    assert len(scans(db.session.get_one(Event, event_id))) == 1


def test_r4_8_late_scan_of_a_device_does_not_bring_back_who_left(stage: Stage) -> None:
    event, category, gate = stage
    out, text, now = make_gate(event, "Out", direction="out"), "", clock.now()
    text = qr_of(admit(event, category))
    scan(event, out, text, device_at=now)
    scan(event, gate, text, device_at=now - timedelta(hours=1))
    counted = headcount(event.id, now - timedelta(days=1))
    assert (counted.came, counted.inside) == (1, 0)


def test_undo_takes_a_scan_back_once_and_for_all(stage: Stage) -> None:
    event, category, gate = stage
    text, uid = qr_of(admit(event, category)), new_uuid()
    since = event.created_at - timedelta(days=1)
    scan(event, gate, text, uid=uid)
    for _time in (1, 2):
        with transaction():
            services.undo_last(gate, uid, actor=GUARD)
        assert headcount(event.id, since).came == 0
    assert last_passages(event.id, gate.id)[0].is_undone
    assert said(event, gate, text, uid=uid) == ("desk", "taken_back")
    assert said(event, gate, text) == ("enter", "")
    assert headcount(event.id, since).came == 1


def test_guard_undoes_for_ten_minutes_and_only_at_this_gate(stage: Stage) -> None:
    event, category, gate = stage
    uid, other = new_uuid(), make_gate(event, "Gate B")
    scan(event, gate, qr_of(admit(event, category)), uid=uid)
    with pytest.raises(NotFound), transaction():
        services.undo_last(other, uid, actor=GUARD)
    with clock.at(clock.now() + timedelta(minutes=11)):
        with pytest.raises(Conflict), transaction():
            services.undo_last(gate, uid, actor=GUARD)
        with transaction():
            services.undo_last(gate, uid, actor=OWNER)
