"""What a door answers, with real passes and a database (R4.5, R4.7, R4.8)."""

from datetime import timedelta

import pytest

from eventhub.agenda.models import Slot, Speaker
from eventhub.checkin import services
from eventhub.checkin.queries import headcount
from eventhub.core import clock
from eventhub.core.actor import Scope
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid, NotFound
from eventhub.core.ids import new_uuid
from eventhub.events.models import EventRoom
from eventhub.i18n import Translated
from eventhub.passes.models import Pass
from eventhub.passes.queries import find_pass
from eventhub.passes.services import void
from eventhub.registration.models import ChangeRequest, Registration
from tests.checkin.people import (
    DESK,
    GUARD,
    OWNER,
    Stage,
    admit,
    holder,
    lecture,
    make_forum,
    make_gate,
    qr_of,
    reissue,
    said,
    scan,
    scans,
)
from tests.factories import keep, make_category, make_entity, make_registration


def test_r4_7_a_good_pass_enters_and_becomes_activated(stage: Stage) -> None:
    event, category, gate = stage
    row = admit(event, category)
    answer = scan(event, gate, qr_of(row))
    assert (answer.answer, answer.reason, answer.seen) == ("enter", "", None)
    assert answer.holder is not None
    assert answer.holder.registration.id == row.id
    assert db.session.get_one(Pass, row.pass_id).state == "activated"
    assert [(s.answer, s.source, s.direction) for s in scans(event)] == [("enter", "scan", "in")]


@pytest.mark.parametrize(
    "text",
    ["EH1:" + "A" * 133, "HTTPS://LOCALHOST/D/EH1:CUT", "https://example.org/menu", "X" * 80,
     "EH1:" + "证" * 133, "\x00EH1:\ud800"],
)  # fmt: skip
def test_r4_7_what_is_not_ours_goes_to_the_desk(stage: Stage, text: str) -> None:
    event, _category, gate = stage
    assert said(event, gate, text) == ("desk", "unreadable")
    assert scans(event)[0].registration_id is None


def test_r4_7_one_wrong_letter_is_a_forgery(stage: Stage) -> None:
    event, category, gate = stage
    text = qr_of(admit(event, category))
    other = "B" if text[-60] == "A" else "A"
    assert said(event, gate, text[:-60] + other + text[-59:]) == ("desk", "unreadable")


def test_r4_7_pass_of_another_event_is_stopped(stage: Stage) -> None:
    event, _category, gate = stage
    other, others = make_forum()
    row = admit(other, others)
    assert said(event, gate, qr_of(row)) == ("stop", "other_event")
    assert scans(event)[0].registration_id is None
    assert said(other, make_gate(other), qr_of(row)) == ("enter", "")


def test_r4_7_void_pass_is_stopped(stage: Stage) -> None:
    event, category, gate = stage
    row = admit(event, category)
    with transaction():
        void(event.id, [row.pass_id or 0], reason="withdrawn")
    assert said(event, gate, qr_of(row)) == ("stop", "void")


def test_r4_7_pass_after_its_end_is_stopped(stage: Stage) -> None:
    event, category, gate = stage
    row = admit(event, category)
    held = find_pass(event.id, row.pass_id or 0)
    assert held is not None
    text = qr_of(row)
    with clock.at(held.expires_at - timedelta(seconds=1)):
        assert said(event, gate, text) == ("enter", "")
    with clock.at(held.expires_at):
        assert said(event, gate, text) == ("stop", "expired")


def test_r4_7_who_is_not_accredited_goes_to_the_desk(stage: Stage) -> None:
    event, category, gate = stage
    row = make_registration(event, category, entity_id=make_entity().id, number=7)
    assert said(event, gate, "ZMB-07") == ("desk", "not_accredited")
    assert scans(event)[0].registration_id == row.id


def test_r4_7_badge_without_its_photo_goes_to_the_desk(stage: Stage) -> None:
    event, _category, gate = stage
    row = admit(event, make_category(event, "ADV", photo_waived=False))
    assert said(event, gate, qr_of(row)) == ("desk", "incomplete")


def test_r4_3_open_change_goes_to_the_desk(stage: Stage) -> None:
    event, category, gate = stage
    row = admit(event, category)
    keep(ChangeRequest(event_id=event.id, registration_id=row.id, old={}, new={}))
    assert said(event, gate, qr_of(row)) == ("desk", "incomplete")


def test_r4_7_zone_that_the_category_does_not_open(stage: Stage) -> None:
    event, category, _gate = stage
    press = make_gate(event, zone_code="Z3")
    assert said(event, press, qr_of(admit(event, category))) == ("stop", "zone")


def test_r4_7_closed_list_of_a_session(stage: Stage) -> None:
    event, category, _gate = stage
    session = lecture(event, "2.1", 9, access="closed", admit=["HOD"])
    gate = make_gate(event, session_id=session.id)
    row, speaking = admit(event, category), admit(event, category, given_names="Aya")
    speaker = keep(Speaker(event_id=event.id, printed_name="Aya", sort_name="Aya",
                           posts=Translated(), biographies=Translated()))  # fmt: skip
    keep(Slot(event_id=event.id, session_id=session.id, speaker_id=speaker.id, role="chair"))
    with transaction():
        db.session.get_one(Registration, speaking.id).speaker_id = speaker.id
    assert said(event, gate, qr_of(row)) == ("stop", "session")
    assert said(event, gate, qr_of(speaking)) == ("enter", ""), "who has the floor is let in"


def test_r4_7_full_room_but_not_for_who_is_in_it(stage: Stage) -> None:
    event, category, _gate = stage
    room = keep(EventRoom(event_id=event.id, code="r", names=Translated(en="R"), capacity=2))
    session = lecture(event, "2.1", 9, room_id=room.id)
    left, right = (make_gate(event, name, session_id=session.id) for name in ("Left", "Right"))
    out = make_gate(event, "Out", session_id=session.id, direction="out")
    one, two, three = (admit(event, category, given_names=n) for n in ("One", "Two", "Three"))
    now = clock.now()
    for minute, (gate, row, expected) in enumerate(
        [
            (left, one, "enter"), (right, two, "enter"), (left, three, "stop"),
            (right, one, "enter"), (out, one, "enter"), (left, three, "enter"),
            (right, one, "stop"),
        ]
    ):  # fmt: skip
        with clock.at(now + timedelta(minutes=minute)):
            assert said(event, gate, qr_of(row))[0] == expected, minute


def test_r4_5_old_badge_is_refused_and_the_new_one_enters(stage: Stage) -> None:
    event, category, gate = stage
    row = admit(event, category)
    old = qr_of(row)
    assert said(event, gate, old) == ("enter", "")
    reissue(event, row)
    new = qr_of(row)
    assert said(event, gate, old) == ("stop", "replaced")
    assert said(event, gate, new) == ("enter", "")
    assert headcount(event.id, event.created_at - timedelta(days=1)).inside == 1


def test_r4_5_old_badge_held_up_seconds_after_the_new_one_is_refused(stage: Stage) -> None:
    event, category, gate = stage
    row = admit(event, category)
    old = qr_of(row)
    reissue(event, row)
    now = clock.now()
    with clock.at(now):
        assert said(event, gate, qr_of(row)) == ("enter", "")
    with clock.at(now + timedelta(seconds=3)):
        assert said(event, gate, old) == ("stop", "replaced")


def test_r4_5_second_loss_takes_a_supervisor(stage: Stage) -> None:
    event, category, _gate = stage
    row = admit(event, category)
    reissue(event, row)
    with pytest.raises(Conflict), transaction():
        services.reissue(event, row, reason="stolen", document="passport", actor=DESK)
    with transaction():
        held = services.reissue(event, row, reason="stolen", document="passport", actor=OWNER)
    assert held.issue == 3


def test_r4_5_new_badge_needs_a_reason_and_a_confirmed_person(stage: Stage) -> None:
    event, category, _gate = stage
    row = admit(event, category)
    with pytest.raises(Invalid), transaction():
        services.reissue(event, row, reason="", document="passport", actor=DESK)
    waiting = make_registration(event, category)
    with pytest.raises(Conflict), transaction():
        services.reissue(event, waiting, reason="lost", document="passport", actor=DESK)


@pytest.mark.parametrize("typed", ["ZMB-07", "zmb 7", "ZMB07", " zmb-007 "])
def test_number_is_found_however_it_is_typed(stage: Stage, typed: str) -> None:
    event, category, gate = stage
    row = admit(event, category, entity_id=make_entity().id)
    with transaction():
        db.session.get_one(Registration, row.id).number = 7
    answer = scan(event, gate, typed)
    assert answer.holder is not None
    assert (answer.answer, answer.holder.registration.id) == ("enter", row.id)
    assert scans(event)[0].source == "typed"


def test_ref_is_found_and_a_name_is_left_to_the_search(stage: Stage) -> None:
    event, category, gate = stage
    row = admit(event, category)
    assert said(event, gate, row.ref.lower()) == ("enter", "")
    with transaction():
        held = services.hold_gate(event.id, gate.ref)
        found = services.scan_text(event, held, "Chanda", uid=new_uuid(), actor=GUARD)
    assert found is None


def test_number_of_another_event_is_not_found(stage: Stage) -> None:
    event, _category, gate = stage
    other, others = make_forum()
    row = admit(other, others)
    with transaction():
        held = services.hold_gate(event.id, gate.ref)
        assert services.scan_text(event, held, row.ref, uid=new_uuid(), actor=GUARD) is None


def test_closed_gate_takes_no_scans(stage: Stage) -> None:
    event, category, gate = stage
    text = qr_of(admit(event, category))
    with transaction():
        services.open_gate(gate, is_open=False, actor=OWNER)
    with pytest.raises(Conflict):
        scan(event, gate, text)


def test_gate_outside_the_scope_is_not_there(stage: Stage) -> None:
    event, _category, gate = stage
    other = make_gate(event, "Gate B")
    with transaction():
        scope = Scope(gates=frozenset({other.id}))
        assert services.hold_gate(event.id, other.ref, scope).id == other.id
        with pytest.raises(NotFound):
            services.hold_gate(event.id, gate.ref, scope)


def test_person_found_by_name_is_checked_like_any_other(stage: Stage) -> None:
    event, category, _gate = stage
    gate, row = make_gate(event, zone_code="Z3"), admit(event, category)
    with transaction():
        held = services.hold_gate(event.id, gate.ref)
        answer = services.check_in(
            event, held, holder(row), uid=new_uuid(), source="search", actor=GUARD
        )
    assert (answer.answer, answer.reason) == ("stop", "zone")


def test_way_out_asks_for_no_zone(stage: Stage) -> None:
    event, category, _gate = stage
    out = make_gate(event, "Out", direction="out", zone_code="Z3")
    assert said(event, out, qr_of(admit(event, category))) == ("enter", "")
