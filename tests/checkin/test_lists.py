"""Roll calls, paper lists, States in the room, and the gates that go with them."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event as sql_event

from eventhub.agenda.models import Session
from eventhub.checkin import parts, services
from eventhub.checkin.models import Gate, Scan
from eventhub.checkin.queries import (
    attended_ids,
    headcount,
    inside,
    session_marks,
    ticked_entities,
    ticked_people,
)
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db, transaction
from eventhub.events.models import Category, Event
from eventhub.events.services import copy_event, rehearse_event
from eventhub.i18n import Translated
from eventhub.passes.models import Pass
from eventhub.registration.models import Registration
from tests.browser import Browser
from tests.checkin.people import GUARD, OWNER, admit, make_forum, make_gate, qr_of, scan, scans
from tests.factories import give, keep, make_account, make_category, make_entity, make_registration

SWITCHES = ["badges", "roll_call", "states_in_room", "doors"]
Room = tuple[Event, Category, Session]


@pytest.fixture
def room(app: Flask) -> Room:
    """Return a seminar, its trainees, and a lecture at nine on its first day."""
    event, category = make_forum(preset="seminar", switches=SWITCHES)
    return event, category, lecture(event, "M1", 9)


def lecture(event: Event, code: str, hour: int, **given: object) -> Session:
    wall = datetime.combine(event.starts_on, datetime.min.time()) + timedelta(hours=hour)
    starts_at = event.starts_at + timedelta(hours=hour)
    values = {
        "event_id": event.id, "code": code, "titles": Translated(en=f"Lecture {code}"),
        "descriptions": Translated(), "place_note": Translated(), "kind": "lecture",
        "zone": event.zone, "starts": wall, "ends": wall + timedelta(hours=2),
        "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2),
    }  # fmt: skip
    session: Session = keep(Session(**{**values, **given}))
    return session


def worker(browser: Browser, event: Event, role: str = "door_staff") -> Browser:
    account = make_account()
    give(account, role, event)
    return browser.sign_in(account)


def roll_gate(event: Event, session: Session | None) -> Gate:
    with transaction():
        return services.ensure_gate(event, "roll_call", session, actor=GUARD)


# Services


def test_ticks_are_written_in_bulk_and_only_for_the_accredited(room: Room) -> None:
    event, category, session = room
    rows = [admit(event, category, given_names=str(n)) for n in range(30)]
    waiting = make_registration(event, category)
    other, others = make_forum()
    stranger = admit(other, others)
    gate = roll_gate(event, session)
    wanted = [row.id for row in rows] + [waiting.id, stranger.id]
    sent: list[str] = []
    sql_event.listen(db.engine, "before_cursor_execute", lambda *a: sent.append(a[2]))
    with transaction():
        assert services.tick_persons(event, gate, wanted, actor=GUARD) == 30
    assert len([s for s in sent if not s.startswith("BEGIN")]) <= 7
    with transaction():
        assert services.tick_persons(event, gate, wanted, actor=GUARD) == 0, "each once"
    assert set(ticked_people(event.id, gate.id)) == {row.id for row in rows}
    states = set(db.session.scalars(db.select(Pass.state).where(Pass.event_id == event.id)))
    assert states == {"activated"}


def test_untick_and_tick_again_leaves_one_that_counts(room: Room) -> None:
    event, category, session = room
    row, gate = admit(event, category), roll_gate(event, session)
    for ticks in (True, False, True):
        with transaction():
            work = services.tick_persons if ticks else services.untick_persons
            assert work(event, gate, [row.id], actor=GUARD) == 1
    assert len(scans(event)) == 2
    assert [s.undone_at is None for s in scans(event)] == [False, True]
    assert attended_ids(event.id) == {row.id}
    assert len(session_marks(event.id)[session.id][row.id]) == 1


def test_undone_attendance_counts_nowhere(room: Room) -> None:
    event, category, session = room
    row, gate = admit(event, category), roll_gate(event, session)
    with transaction():
        services.tick_persons(event, gate, [row.id], actor=GUARD)
        services.untick_persons(event, gate, [row.id], actor=GUARD)
    assert attended_ids(event.id) == frozenset()
    assert session_marks(event.id) == {}
    assert headcount(event.id, event.created_at).came == 0


def test_gate_of_a_session_is_made_once(room: Room) -> None:
    event, _category, session = room
    assert roll_gate(event, session).id == roll_gate(event, session).id
    assert roll_gate(event, None).id != roll_gate(event, session).id


def test_entities_are_ticked_once_and_unticked(room: Room) -> None:
    event = room[0]
    zambia, egypt = make_entity(), make_entity("EGY", "Egypt")
    with transaction():
        gate = services.ensure_gate(event, "states", None, actor=GUARD)
        assert services.tick_entities(event, gate, [zambia.id, egypt.id], actor=GUARD) == 2
        assert services.tick_entities(event, gate, [zambia.id, 999_999], actor=GUARD) == 0
        assert services.untick_entities(event, gate, [egypt.id], actor=GUARD) == 1
    assert ticked_entities(event.id, gate.id) == {zambia.id}
    assert headcount(event.id, event.created_at).came == 0, "a State is no person"


# R4.9: who is in the house


def passages(event: Event, *steps: tuple[Gate, Registration]) -> None:
    """Let people pass, a minute apart, ending now."""
    now = clock.now()
    for minutes, (gate, row) in zip(range(len(steps), 0, -1), steps, strict=True):
        scan(event, gate, qr_of(row), device_at=now - timedelta(minutes=minutes))


def test_r4_9_house_counts_ins_less_outs_and_each_person_once(room: Room) -> None:
    event, category, _session = room
    door, out = make_gate(event), make_gate(event, "Out", direction="out")
    one, two, three = (admit(event, category, given_names=n) for n in ("One", "Two", "Three"))
    since = clock.now() - timedelta(days=1)
    passages(event, (door, one), (door, one), (door, two), (out, two), (out, three))
    counted = headcount(event.id, since)
    assert (counted.came, counted.inside) == (2, 1)
    passages(event, (door, two))
    assert headcount(event.id, since).inside == 2


def test_r4_9_leaving_an_inner_zone_is_not_leaving_the_house(room: Room) -> None:
    event, category, _session = room
    door, plenary_out = make_gate(event), make_gate(event, "P", direction="out", zone_code="Z2")
    outer = make_gate(event, "O", direction="out", zone_code="Z1")
    row = admit(event, category)
    since = clock.now() - timedelta(days=1)
    passages(event, (door, row), (plenary_out, row))
    assert headcount(event.id, since).inside == 1
    passages(event, (outer, row))
    assert headcount(event.id, since).inside == 0


def test_r4_9_house_is_empty_at_midnight(room: Room) -> None:
    event, category, _session = room
    scan(event, make_gate(event), qr_of(admit(event, category)))
    tomorrow = headcount(event.id, clock.now() + timedelta(hours=1))
    assert (tomorrow.came, tomorrow.inside) == (1, 0)


def test_r4_9_room_counts_over_all_its_doors(room: Room) -> None:
    event, category, session = room
    left, right = (make_gate(event, n, session_id=session.id) for n in ("L", "R"))
    out = make_gate(event, "Out", session_id=session.id, direction="out")
    one, two = admit(event, category), admit(event, category, given_names="Two")
    passages(event, (left, one), (right, two), (right, one), (out, two))
    assert inside(event.id, session_id=session.id) == 1
    assert inside(event.id, session_id=session.id, but_for=one.id) == 0


# Pages


def test_roll_call_keeps_all_ticks_at_once(room: Room, browser: Browser) -> None:
    event, category, session = room
    rows = [admit(event, category, given_names=n) for n in ("Aya", "Mona", "Ruth")]
    url = f"/manage/{event.slug}/roll-call/{session.ref}"
    worker(browser, event)
    with clock.at(session.starts_at + timedelta(hours=1)):
        page = browser.get(url)
        assert not db.session.scalar(db.select(Gate)), "looking makes no gate"
        page = browser.submit(present=[rows[0].ref, rows[1].ref])
        assert "2 people are ticked." in page.text
        assert "2 of 3 present" in page.text
        page = browser.submit(present=[rows[1].ref, rows[2].ref])
        assert "1 ticked, 1 taken back." in page.text
    assert attended_ids(event.id) == {rows[1].id, rows[2].id}
    marks = session_marks(event.id)[session.id]
    assert [mark.at for mark in marks[rows[1].id]] == [session.starts_at], "they came in time"


def test_late_and_paper_ticks_stand_for_their_own_time(room: Room, browser: Browser) -> None:
    event, category, session = room
    late, signed = admit(event, category), admit(event, category, given_names="Aya")
    worker(browser, event)
    now = session.starts_at + timedelta(minutes=40)
    with clock.at(now):
        browser.get(f"/manage/{event.slug}/roll-call/{session.ref}")
        browser.submit(present=[late.ref], came="late")
        browser.submit(present=[late.ref, signed.ref], came="paper")
    found = {s.registration_id: (s.source, s.device_at) for s in scans(event)}
    assert found == {late.id: ("tick", now), signed.id: ("paper", session.starts_at)}


def test_two_ushers_do_not_undo_each_other(room: Room, browser: Browser) -> None:
    event, category, session = room
    one, two = admit(event, category), admit(event, category, given_names="Two")
    worker(browser, event)
    with clock.at(session.starts_at):
        mine = browser.get(f"/manage/{event.slug}/roll-call/{session.ref}").form()
        browser.submit(present=[one.ref])
        browser.submit(mine, present=[two.ref])
    assert attended_ids(event.id) == {one.id, two.id}


def test_session_of_another_day_is_not_ticked(room: Room, browser: Browser) -> None:
    event, category, session = room
    row = admit(event, category)
    worker(browser, event)
    with clock.at(event.starts_at - timedelta(minutes=1)):
        browser.get(f"/manage/{event.slug}/roll-call/{session.ref}")
        page = browser.submit(present=[row.ref])
    assert page.status == 422
    assert "This session is on another day." in page.text
    ticked = page.soup.select("input[name=present][checked]")
    assert [box["value"] for box in ticked] == [row.ref], "what was ticked is kept"
    assert not scans(event)


def test_roll_call_names_those_whom_the_session_admits(room: Room, browser: Browser) -> None:
    event, category, _session = room
    closed = lecture(event, "M2", 14, access="closed", admit=["FAC"])
    faculty = make_category(event, "FAC", photo_waived=True)
    admit(event, category, given_names="Aya")
    admit(event, faculty, given_names="Lin")
    worker(browser, event)
    page = browser.get(f"/manage/{event.slug}/roll-call/{closed.ref}")
    assert "Lin MWILA" in page.text
    assert "Aya" not in page.text


def test_sessions_of_the_day_and_the_whole_event_without_sessions(
    room: Room, browser: Browser
) -> None:
    event, _category, session = room
    worker(browser, event)
    with clock.at(session.starts_at):
        assert "Lecture M1" in browser.get(f"/manage/{event.slug}/roll-call").text
        nonsense = browser.get(f"/manage/{event.slug}/roll-call?day=nonsense")
    assert "Lecture M1" in nonsense.text
    bare, category = make_forum(switches=SWITCHES)
    row = admit(bare, category)
    worker(browser, bare)
    page = browser.get(f"/manage/{bare.slug}/roll-call")
    browser.get(page.soup.select_one("main a.button")["href"])  # type: ignore[index,arg-type]
    browser.submit(present=[row.ref])
    assert attended_ids(bare.id) == {row.id}


def test_r3_41_sheet_has_names_numbers_and_no_pass(room: Room, browser: Browser) -> None:
    event, category, session = room
    row = admit(event, category, entity_id=make_entity().id)
    worker(browser, event)
    page = browser.get(f"/manage/{event.slug}/roll-call/{session.ref}/sheet")
    assert "Chanda MWILA" in page.text
    assert "Signature" in page.text
    assert page.soup.select_one("svg title").text == f"ZMB-{row.number:02d}"  # type: ignore[union-attr]
    assert "EH1:" not in page.response.text


def test_r4_11_door_list_is_entered_from_paper(room: Room, browser: Browser) -> None:
    event, category, _session = room
    gate, press = make_gate(event, zone_code="Z1"), make_category(event, "PR", zones=["Z3"])
    row = admit(event, category)
    admit(event, press, given_names="Press")
    worker(browser, event)
    page = browser.get(f"/manage/{event.slug}/gates/{gate.ref}/list")
    assert "Press MWILA" not in page.text, "the badge does not open the zone"
    browser.submit(present=[row.ref])
    assert [(s.source, s.gate_id) for s in scans(event)] == [("manual", gate.id)]
    out = make_gate(event, "Out", direction="out")
    assert browser.get(f"/manage/{event.slug}/gates/{out.ref}/list").status == 404


def test_r1_36_what_is_off_and_what_is_elsewhere_is_not_there(room: Room, browser: Browser) -> None:
    event, _category, session = room
    bare, _others = make_forum(switches=[])
    account = make_account()
    for place in (event, bare):
        give(account, "event_owner", place)
    browser.sign_in(account)
    for path in ("roll-call", "states-in-the-room", "gates", "gates/new"):
        assert browser.get(f"/manage/{event.slug}/{path}").status == 200, path
        assert browser.get(f"/manage/{bare.slug}/{path}").status == 404, path
    assert browser.get(f"/manage/{bare.slug}/roll-call/{session.ref}").status == 404
    other, _more = make_forum(switches=SWITCHES)
    give(account, "door_staff", other)
    assert browser.get(f"/manage/{other.slug}/roll-call/{session.ref}").status == 404


def test_list_of_a_gate_outside_the_scope_is_not_there(room: Room, browser: Browser) -> None:
    event, _category, session = room
    gate, other = make_gate(event), make_gate(event, "Gate B")
    account = make_account()
    give(account, "door_staff", event, scope={"gates": [gate.id]})
    browser.sign_in(account)
    assert browser.get(f"/manage/{event.slug}/gates/{gate.ref}/list").status == 200
    assert browser.get(f"/manage/{event.slug}/gates/{other.ref}/list").status == 404
    assert browser.get(f"/manage/{event.slug}/roll-call/{session.ref}").status == 404


# States in the room


def test_states_are_ticked_counted_and_ready_for_the_cable(room: Room, browser: Browser) -> None:
    event, category, _session = room
    zambia = make_entity("ZMB", "Zambia")
    names = {"FRA": "France", "BEN": "Benin", "UNU": "United Nations University"}
    found = {code: make_entity(code, name) for code, name in names.items() if code != "UNU"}
    found["UNU"] = make_entity("UNU", names["UNU"], kind="igo")
    admit(event, category, entity_id=zambia.id)
    admit(event, category, entity_id=found["UNU"].id)
    worker(browser, event)
    page = browser.get(f"/manage/{event.slug}/states-in-the-room?lang=fr")
    assert "1 attendu" in page.text
    browser.get(f"/manage/{event.slug}/states-in-the-room?lang=en")
    page = browser.submit(present=["ZMB", "BEN", "UNU"])
    assert [dd.text for dd in page.soup.select(".stats dd")] == ["2", "1"]
    text = browser.client.get(f"/manage/{event.slug}/states-in-the-room.txt").text
    lines = text.splitlines()
    assert lines[0] == event.title("en")
    assert lines[3:] == [
        "2 States were represented:", "Benin", "Zambia", "", "Also represented:",
        "United Nations University",
    ]  # fmt: skip
    page = browser.submit(present=["ZMB"])
    assert [dd.text for dd in page.soup.select(".stats dd")] == ["1", "0"]


def test_states_stand_in_the_order_of_the_readers_language(room: Room, browser: Browser) -> None:
    event = room[0]
    make_entity("ETH", names=Translated(en="Ethiopia", fr="Éthiopie"), ranks={"en": 2, "fr": 1})
    make_entity("DZA", names=Translated(en="Algeria", fr="Algérie"), ranks={"en": 1, "fr": 2})
    worker(browser, event)
    for language, codes in (("en", ["DZA", "ETH"]), ("fr", ["ETH", "DZA"])):
        page = browser.get(f"/manage/{event.slug}/states-in-the-room?lang={language}")
        boxes = page.soup.select("input[name=present]")
        assert [box["value"] for box in boxes] == codes
    letters = [a.text for a in page.soup.select(".letters a")]
    assert letters == ["E", "A"]


# Gates, floor, copies


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


def test_floor_is_alive_with_304(room: Room, browser: Browser) -> None:
    event, category, session = room
    gate = make_gate(event)
    make_gate(event, "Hall", session_id=session.id)
    worker(browser, event)
    assert "in the house now" in browser.get(f"/manage/{event.slug}/floor").text
    url = f"/manage/{event.slug}/floor/figures"
    first = browser.client.get(url)
    etag = {"If-None-Match": first.headers["ETag"]}
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert browser.client.get(url, headers=etag).status_code == 304
    scan(event, gate, qr_of(admit(event, category)))
    assert browser.client.get(url, headers=etag).status_code == 200


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
