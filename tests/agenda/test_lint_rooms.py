"""Looking the programme over for its rooms and its heads of delegation (R3.4, R3.21)."""

import time
from datetime import datetime, timedelta
from datetime import time as clock_time

import pytest
from flask import Flask

from eventhub.agenda.rules import Plan, Planned, lint
from eventhub.core.db import transaction
from eventhub.core.errors import Invalid
from eventhub.events.queries import rooms_of
from eventhub.events.services import change_room
from eventhub.registration.models import Pool
from tests.agenda.programmes import (
    EDITOR,
    make_room,
    make_session,
    make_speaker,
    name_speakers,
    wall,
)
from tests.agenda.test_lint import NINE, found, planned, sentences
from tests.browser import Browser
from tests.factories import give, keep, make_account, make_category, make_event, make_registration


def in_room(ref: str, start: int, minutes: int, **given: object) -> Planned:
    """Return a session that knows what the clock of its room shows."""
    one = planned(ref, start, minutes)
    walls = {"starts": one.starts_at.replace(tzinfo=None), "ends": one.ends_at.replace(tzinfo=None)}
    return planned(ref, start, minutes, **{**walls, **given})


def test_r3_4_session_outside_the_hours_of_its_room() -> None:
    hours = {"hall": ("09:00", "18:00")}
    assert found(in_room("a", 0, 60), in_room("b", 480, 60), hours=hours) == []
    assert found(in_room("a", -1, 60), hours=hours) == [("room_closed", ("a",))]
    assert found(in_room("a", 500, 41), hours=hours) == [("room_closed", ("a",))]
    assert found(in_room("a", -60, 60, room="other"), hours=hours) == []


def test_r3_4_room_that_closes_after_midnight_is_open_until_then() -> None:
    hours = {"hall": ("18:00", "02:00")}
    late = in_room("a", 14 * 60 + 30, 150)
    assert found(late, hours=hours) == [], "23:30 to 02:00"
    assert found(in_room("a", 14 * 60 + 30, 151), hours=hours) == [("room_closed", ("a",))]
    assert found(in_room("a", -8 * 60, 60), hours=hours) == [], "01:00, of the evening before"
    assert found(in_room("a", 0, 60), hours=hours) == [("room_closed", ("a",))]


def test_r3_4_change_over_under_a_quarter_of_an_hour_between_layouts() -> None:
    one = planned("a", 0, 60, layout="theatre")
    assert found(one, planned("b", 74, 60, layout="u_shape")) == [("short_change_over", ("a", "b"))]
    assert found(one, planned("b", 75, 60, layout="u_shape")) == []
    assert found(one, planned("b", 60, 60, layout="theatre")) == []
    coffee = planned("c", 60, 10, kind="break")
    assert found(one, coffee, planned("b", 70, 60, layout="u_shape")) == [
        ("short_change_over", ("a", "b"))
    ], "furniture is moved during the break"
    assert found(one, planned("b", 60, 60, layout="u_shape", room="other")) == []


def test_r3_21_room_counts_its_seats_as_it_is_set(app: Flask) -> None:
    event = make_event()
    category = make_category(event, "DEL")
    for _turn in range(3):
        make_registration(event, category, state="accredited")
    room = make_room(event, "Lotus Room", capacity=10, seats={"u_shape": 2})
    session = make_session(event, room_id=room.id)
    assert sentences(event) == []
    with transaction():
        session.layout = "u_shape"
    assert sentences(event) == ["Lotus Room has 2 seats for 3 people."]
    with transaction():
        session.layout = "boardroom"
    assert sentences(event) == [
        "Nobody said how many seats Lotus Room has when it is set like this: One long table."
    ]


def test_r3_4_more_seats_given_than_the_room_has(app: Flask) -> None:
    event = make_event()
    room = make_room(event, "Lotus Room", capacity=10)
    session = make_session(event, kind="workshop", room_id=room.id)
    pool = keep(
        Pool(event_id=event.id, code="s1", scope="per_session", session_id=session.id, seats=12)
    )
    assert sentences(event) == ["Lotus Room has 10 seats for 12 people."]
    with transaction():
        pool.seats = 10
    assert sentences(event) == []


def test_r3_4_change_over_is_said_with_both_layouts(app: Flask) -> None:
    event = make_event()
    room = make_room(event, "Lotus Room", layout="theatre")
    make_session(event, room_id=room.id)
    ten_past = datetime.combine(event.starts_on, clock_time(10, 10))
    make_session(event, room_id=room.id, starts=ten_past, layout="u_shape")
    assert sentences(event) == [
        "Lotus Room is to be set otherwise (Theatre: rows of chairs, then Tables in a U) within "
        "10 minutes."
    ]


def test_r3_4_same_head_of_delegation_in_parallel_sessions(app: Flask) -> None:
    event = make_event()
    heads = make_category(event, "HOD")
    speaker = make_speaker(event, "Mr. Felix MUTATI", email="head@example.org")
    twin = make_speaker(event, "H.E. Mr. MUTATI", email="head@example.org")
    make_registration(event, heads, state="accredited", email="head@example.org")
    speech = make_session(event, code="1", kind="keynote")
    name_speakers(speech, (speaker, "keynote"))
    meeting = make_session(event, code="2", kind="drafting", access="closed", admit=("HOD",))
    assert [one for one in sentences(event) if "Heads" in one] == [
        f"Heads of delegation are expected in both 1 {speech.title()} (09:00–10:00) and "
        f"2 {meeting.title()} (09:00–10:00): Mr. Felix MUTATI."
    ]
    with transaction():
        meeting.admit = []
    assert [one for one in sentences(event) if "Heads" in one] == []
    name_speakers(meeting, (twin, "chair"))
    assert len([one for one in sentences(event) if "Heads" in one]) == 1, "one person, two entries"


def test_hours_and_seats_of_a_room_are_entered_on_its_page(browser: Browser) -> None:
    event = make_event(slug="f")
    room = make_room(event, "Lotus Room")
    account = make_account()
    give(account, "event_owner", event)
    browser.sign_in(account)
    browser.get(f"/manage/f/settings/rooms/{room.ref}")
    page = browser.submit(opens="08:30", closes="")
    assert page.status == 422
    assert "Write both hours, or none of them." in page.text
    page = browser.submit(opens="08:30", closes="18:00", seats_u_shape="0")
    assert page.status == 422
    page = browser.submit(opens="08:30", closes="18:00", seats_u_shape="24")
    assert page.status == 200
    (kept,) = rooms_of(event.id)
    assert (kept.opens, kept.closes, kept.seats) == ("08:30", "18:00", {"u_shape": 24})
    page = browser.get(f"/manage/f/settings/rooms/{room.ref}")
    assert page.soup.select_one("input[name=seats_u_shape]")["value"] == "24"
    early = wall(f"{event.starts_on}T08:00")
    make_session(event, room_id=room.id, starts=early, ends=early + timedelta(hours=1))
    assert sentences(event) == ["Lotus Room is open from 08:30 to 18:00 only."]


def test_room_that_never_closes_has_no_hours(app: Flask) -> None:
    event = make_event()
    room = make_room(event)
    with transaction(), pytest.raises(Invalid) as refused:
        change_room(event, room, opens="09:00", closes="09:00", actor=EDITOR)
    assert refused.value.field == "closes"


def test_layout_of_a_session_is_chosen_on_its_page(browser: Browser) -> None:
    event = make_event(slug="f")
    room = make_room(event, "Lotus Room", capacity=50, seats={"boardroom": 12})
    session = make_session(event, room_id=room.id)
    account = make_account()
    give(account, "agenda_editor", event)
    browser.sign_in(account)
    browser.get(f"/manage/f/programme/sessions/{session.ref}")
    browser.submit(layout="boardroom")
    page = browser.get(f"/manage/f/programme/sessions/{session.ref}")
    assert page.soup.select_one("select[name=layout] option[selected]")["value"] == "boardroom"


def test_r3_4_rules_look_a_thousand_sessions_over_within_50_ms() -> None:
    sessions = [
        in_room(
            f"s{n}", 120 * (n // 40), 90, room=f"r{n % 40}", kind="panel", layout="theatre",
            speakers=tuple((f"p{(3 * n + k) % 800}", "panellist") for k in range(3)),
            interpretation=("fr",),
        )
        for n in range(1000)
    ]  # fmt: skip
    hours = {f"r{n}": ("08:00", "18:00") for n in range(40)}
    plan = Plan(NINE.date(), NINE.date(), sessions, hours=hours)
    took = []
    for _turn in range(5):
        started = time.process_time()
        number = len(list(lint(plan)))
        took.append(time.process_time() - started)
    assert number > 1000
    assert min(took) < 0.05
