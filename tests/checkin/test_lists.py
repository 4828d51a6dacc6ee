"""Roll calls and paper lists: ticks in bulk, by several people, for their own time."""

from datetime import timedelta

from sqlalchemy import event as sql_event

from eventhub.checkin import services
from eventhub.checkin.models import Gate
from eventhub.checkin.queries import (
    attended_ids,
    headcount,
    session_marks,
    ticked_people,
)
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.passes.models import Pass
from tests.browser import Browser
from tests.checkin.people import (
    GUARD,
    SWITCHES,
    Room,
    admit,
    lecture,
    make_forum,
    make_gate,
    roll_gate,
    scans,
    worker,
)
from tests.factories import give, make_account, make_category, make_entity, make_registration


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
