"""Looking the programme over (R3.4): what is found, how it is said, what is accepted."""

from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from typing import Any

import pytest
from flask import Flask

from eventhub.agenda import queries, services
from eventhub.agenda.lint import Told, faults_of, look_over
from eventhub.agenda.rules import Plan, Planned, Severity, lint
from eventhub.audit.queries import entries_of
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import Event
from eventhub.i18n import Translated
from eventhub.registration.models import Registration
from tests.agenda.programmes import EDITOR, make_room, make_session, make_speaker, name_speakers
from tests.browser import Browser
from tests.factories import (
    give,
    make_account,
    make_category,
    make_event,
    make_registration,
)

NINE = datetime(2026, 4, 2, 9, tzinfo=UTC)


def planned(ref: str, start: int, minutes: int, **given: Any) -> Planned:
    """Return a plenary that begins so many minutes after nine."""
    starts = NINE + timedelta(minutes=start)
    base: dict[str, Any] = {"kind": "plenary", "day": starts.date(), "room": "hall"}
    return Planned(
        ref=ref,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=minutes),
        **{**base, **given},
    )


def found(*sessions: Planned, **given: Any) -> list[tuple[str, tuple[str, ...]]]:
    """Return check and sessions of all that is found on one day."""
    day = NINE.date()
    return [(f.check, f.sessions) for f in lint(Plan(day, day, sessions, **given))]


def told(event: Event) -> list[Told]:
    """Return what is found in the draft."""
    return look_over(event, queries.load_draft(event.id))


def sentences(event: Event) -> list[str]:
    """Return what is found, in words."""
    return [one.sentence for one in told(event)]


def test_r3_4_room_used_twice_is_an_error(app: Flask) -> None:
    event = make_event()
    room = make_room(event, "Jimei Hall")
    one = make_session(event, code="1.1", titles=Translated(en="Opening"), room_id=room.id)
    other = make_session(event, code="1.2", titles=Translated(en="Panel"), room_id=room.id)
    said = "Jimei Hall is used twice: 1.1 Opening (09:00–10:00) and 1.2 Panel (09:00–10:00)."
    assert faults_of(told(event)) == {one.ref: [said], other.ref: [said]}


def test_r3_4_person_in_two_places_is_an_error(app: Flask) -> None:
    event = make_event()
    speaker = make_speaker(event, "Ms. Ama TETTEH")
    for code in ("1.1", "1.2"):
        session = make_session(event, code=code, titles=Translated(en="Panel"))
        name_speakers(session, (speaker, "chair"), (speaker, "keynote"))
    said = [one for one in sentences(event) if "two places" in one]
    assert said == [
        "Ms. Ama TETTEH is in two places: 1.1 Panel (09:00–10:00) and 1.2 Panel (09:00–10:00)."
    ]


def test_cancelled_session_clashes_with_nothing(app: Flask) -> None:
    event = make_event()
    room = make_room(event)
    one = make_session(event, room_id=room.id)
    make_session(event, room_id=room.id)
    with transaction():
        services.cancel_session(event, one, actor=EDITOR)
    assert faults_of(told(event)) == {}


def test_r3_4_interpretation_needs_its_booth(app: Flask) -> None:
    event = make_event()
    room = make_room(event, "Jimei Hall", booths=("en", "zh"))
    make_session(event, room_id=room.id, interpretation=("en", "zh"))
    make_session(event, room_id=None, interpretation=("sw",))
    assert sentences(event) == []
    afternoon = datetime.combine(event.starts_on, clock_time(14))
    make_session(event, room_id=room.id, interpretation=("fr", "zh", "ar"), starts=afternoon)
    assert sentences(event) == ["Jimei Hall has no booth for French, Arabic."]


def test_r3_4_more_than_three_hours_need_a_break() -> None:
    three = planned("a", 0, 180)
    assert found(three) == []
    assert found(three, planned("b", 180, 5)) == [("no_break", ("a", "b"))]
    assert found(three, planned("b", 189, 60)) == [("no_break", ("a", "b"))]
    assert found(three, planned("b", 190, 60)) == [], "ten minutes are a break"
    assert found(three, planned("b", 180, 60, room="other")) == [], "who sits elsewhere has walked"
    assert found(planned("a", 0, 185)) == [("no_break", ("a",))]


def test_r3_4_break_within_a_session_is_a_break() -> None:
    eleven = NINE + timedelta(hours=2)
    rest = (eleven, eleven + timedelta(minutes=15))
    assert found(planned("a", 0, 300, breaks=(rest,))) == []
    blink = (eleven, eleven + timedelta(minutes=5))
    assert found(planned("a", 0, 300, breaks=(blink,))) == [("no_break", ("a",))]


def test_r3_4_coffee_in_the_room_is_a_break() -> None:
    coffee = planned("c", 120, 15, kind="break")
    assert found(planned("a", 0, 120), coffee, planned("b", 135, 120)) == []


def test_r3_4_long_sitting_is_told_once() -> None:
    hours = [planned(f"s{n}", 60 * n, 60) for n in range(8)]
    assert found(*hours) == [("no_break", ("s0", "s3"))]


def test_r3_4_panel_needs_somebody_who_leads_it() -> None:
    panel = {"kind": "panel", "room": None}
    assert found(planned("a", 0, 60, **panel)) == [("nobody_leads", ("a",))]
    led = (("p1", "panellist"), ("p2", "moderator"))
    assert found(planned("a", 0, 60, speakers=led, **panel)) == []
    alone = (("p1", "speaker"),)
    assert found(planned("a", 0, 60, speakers=alone)) == [], "a speech needs no chair"
    two = (("p1", "speaker"), ("p2", "speaker"))
    assert found(planned("a", 0, 60, speakers=two)) == [("nobody_leads", ("a",))]


def test_r3_4_panel_of_one_region_is_advised_against() -> None:
    people = (("p1", "moderator"), ("p2", "panellist"), ("p3", "panellist"))
    panel = planned("a", 0, 60, kind="panel", speakers=people)
    everywhere = {"p1": "002", "p2": "002", "p3": "142"}
    assert found(panel, regions=everywhere) == []
    assert found(panel, regions=dict.fromkeys(everywhere, "002")) == [("one_region", ("a",))]
    assert found(panel, regions={"p1": "002", "p2": "002"}) == [], "two are no panel"


def test_session_outside_the_days_of_the_event_is_told() -> None:
    early = planned("a", -24 * 60, 60)
    assert found(early) == [("outside_event", ("a",))]
    assert found(planned("a", -24 * 60, 60, kind="logistics")) == []


def test_r3_4_speakers_who_are_not_accredited_are_named(app: Flask) -> None:
    event = make_event()
    category = make_category(event, "SPK")
    one, two, three = (make_speaker(event, name) for name in ("Ms. ONE", "Mr. TWO", "Ms. THREE"))
    make_registration(event, category, state="accredited", speaker_id=one.id)
    make_registration(event, category, state="submitted", speaker_id=two.id)
    session = make_session(event)
    name_speakers(session, (one, "chair"), (two, "speaker"), (three, "speaker"))
    assert sentences(event) == ["Not accredited: Mr. TWO, Ms. THREE."]


def test_r3_4_panel_without_any_woman_is_advised_against(app: Flask) -> None:
    event = make_event()
    category = make_category(event, "SPK")
    people: list[Registration] = []
    speakers = [make_speaker(event, f"Speaker {n}") for n in range(3)]
    for speaker in speakers:
        people.append(
            make_registration(
                event, category, state="accredited", speaker_id=speaker.id, gender="man"
            )
        )
    panel = make_session(event, kind="panel")
    name_speakers(panel, (speakers[0], "moderator"), *((s, "panellist") for s in speakers[1:]))
    assert sentences(event) == ["No woman speaks in this panel."]
    with transaction():
        people[1].gender = "undisclosed"
    assert sentences(event) == [], "nothing is guessed"
    with transaction():
        people[1].gender = "woman"
    assert sentences(event) == []


def test_r3_4_room_too_small_for_those_who_come(app: Flask) -> None:
    event = make_event()
    delegates, media = make_category(event, "DEL"), make_category(event, "MED")
    for category in (delegates, delegates, media):
        make_registration(event, category, state="accredited")
    make_registration(event, delegates, state="accredited", mode="remote")
    make_registration(event, delegates, state="submitted")
    room = make_room(event, "Small room", capacity=2)
    session = make_session(event, room_id=room.id)
    assert sentences(event) == ["Small room has 2 seats for 3 people."]
    with transaction():
        session.admit = ["DEL"]
    assert sentences(event) == []


def test_gravest_comes_first(app: Flask) -> None:
    event = make_event(starts_on=date(2026, 4, 2), ends_on=date(2026, 4, 2))
    room = make_room(event)
    make_session(event, kind="panel", room_id=room.id)
    make_session(event, room_id=room.id)
    assert [one.finding.severity for one in told(event)] == [Severity.ERROR, Severity.WARNING]


def test_accepted_finding_is_listed_with_its_reason_and_counts_no_more(app: Flask) -> None:
    event = make_event()
    room = make_room(event)
    for _turn in range(2):
        make_session(event, room_id=room.id)
    (finding,) = (one.finding for one in told(event))
    with transaction():
        services.accept_finding(event, finding, "A wall divides the hall.", actor=EDITOR)
    (again,) = told(event)
    assert again.accepted is not None
    assert again.accepted.reason == "A wall divides the hall."
    assert faults_of([again]) == {}
    assert entries_of(event.id)[0].action == "finding.accept"
    with transaction(), pytest.raises(Conflict):
        services.accept_finding(event, finding, "Twice", actor=EDITOR)
    with transaction():
        services.withdraw_acceptance(event, finding.key, actor=EDITOR)
    assert faults_of(told(event))


def test_accepting_needs_a_reason(app: Flask) -> None:
    event = make_event()
    make_session(event, kind="panel")
    (one,) = told(event)
    with transaction(), pytest.raises(Invalid):
        services.accept_finding(event, one.finding, "  ", actor=EDITOR)


def test_editor_accepts_on_the_page_and_takes_it_back(browser: Browser) -> None:
    event = make_event(slug="f")
    make_session(event, code="7", kind="panel")
    account = make_account()
    give(account, "agenda_editor", event)
    browser.sign_in(account)
    page = browser.get("/manage/f/programme/checks")
    assert "Nobody is named as chair or moderator." in page.text
    browser.get(page.soup.find("a", string="Accept it")["href"])
    page = browser.submit(reason="")
    assert page.status == 422
    page = browser.submit(reason="The minister leads it herself.")
    assert "The minister leads it herself." in page.text
    assert "One thing found" not in browser.get("/manage/f/programme").text
    page = browser.get("/manage/f/programme/checks")
    page = browser.submit(page.form(action="reopen"))
    assert "Accept it" in page.text


def test_finding_of_another_event_is_not_found(browser: Browser) -> None:
    event, other = make_event(slug="f"), make_event(slug="g")
    make_session(other, kind="panel")
    account = make_account()
    give(account, "agenda_editor", event)
    browser.sign_in(account)
    (finding,) = (one.finding for one in told(other))
    assert browser.get(f"/manage/f/programme/checks/{finding.key}").status == 404


def test_statements_do_not_grow_with_the_programme(app: Flask, statements: list[str]) -> None:
    event = make_event()
    room = make_room(event, capacity=1)
    counts = []
    for number in (1, 30):
        for _turn in range(number):
            session = make_session(event, room_id=room.id)
            name_speakers(session, (make_speaker(event), "chair"))
        assert event.id  # read anew after the commit
        statements.clear()
        told(event)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 8
