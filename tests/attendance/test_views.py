"""The staff's pages of attendance."""

import csv
import io

import pytest

from eventhub.attendance import queries
from eventhub.attendance.models import AttendanceCorrection
from eventhub.core.db import db
from eventhub.events.models import Event
from tests.attendance.people import add_lecture, attend, participant, session_called
from tests.browser import Browser
from tests.factories import give, make_account, make_category, make_registration


@pytest.fixture
def owner(event: Event, browser: Browser) -> Browser:
    """Return the browser of the event's owner."""
    account = make_account()
    give(account, "event_owner", event)
    return browser.sign_in(account)


def test_list_shows_minutes_by_session_and_is_narrowed(event: Event, owner: Browser) -> None:
    participant(event, "M1", "M2", family_name="Whole", search="whole")
    participant(event, "M2", family_name="Half", search="half")
    here = f"/manage/{event.slug}/attendance"
    page = owner.get(here)
    assert "200 of 200" in page.text
    assert "100 of 200" in page.text
    for query, there, gone in (
        ("q=whole", "Whole", "Half"), ("level=completion", "Whole", "Half"),
        ("lacks=mandatory", "Half", "Whole"), ("absent=M1", "Half", "Whole"),
    ):  # fmt: skip
        names = [one.get_text() for one in owner.get(f"{here}?{query}").soup.select("tbody th")]
        assert [there in name for name in names] == [True], query
        assert gone not in names[0]
    assert "Nobody fits this filter." in owner.get(f"{here}?q=nobody").text


def test_list_takes_the_same_statements_for_1_and_20(
    event: Event, owner: Browser, statements: list[str]
) -> None:
    counts = []
    for people in (1, 19):
        for _number in range(people):
            participant(event, "M1")
        owner.get(f"/manage/{event.slug}/attendance")
        statements.clear()
        owner.get(f"/manage/{event.slug}/attendance")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_pages_take_the_same_statements_for_2_and_12_sessions(
    event: Event, owner: Browser, statements: list[str]
) -> None:
    person = participant(event, "M1")
    counts = []
    for more in (0, 10):
        for number in range(more):
            add_lecture(event, f"X{number}", hours=30 + number)
        attend(event, person, *(f"X{number}" for number in range(more)))
        found = []
        for path in ("", f"/{person.ref}"):
            owner.get(f"/manage/{event.slug}/attendance{path}")
            statements.clear()
            owner.get(f"/manage/{event.slug}/attendance{path}")
            found.append(len(statements))
        counts.append(found)
    assert counts[0] == counts[1]


def test_tables_to_save_hold_the_list_as_narrowed(event: Event, owner: Browser) -> None:
    person = participant(event, "M1", family_name="=Half")
    participant(event, "M1", "M2")
    answer = owner.client.get(f"/manage/{event.slug}/attendance.csv?absent=M2")
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))
    assert [row[0] for row in rows[1:]] == [person.ref]
    assert rows[0][-2:] == ["M1", "M2"]
    assert rows[1][4:8] == ["100", "200", "50.0", "1.5"]
    assert rows[1][-2:] == ["100", "0"]
    assert not rows[1][1].startswith("=")
    workbook = owner.client.get(f"/manage/{event.slug}/attendance.xlsx")
    assert workbook.get_data()[:2] == b"PK"


def test_minutes_are_corrected_with_reason_and_undone(event: Event, owner: Browser) -> None:
    person = participant(event, "M1")
    here = f"/manage/{event.slug}/attendance/{person.ref}"
    page = owner.get(here)
    assert "ticked in the list" in page.text
    there = f"{here}/sessions/{session_called('M2').ref}"
    owner.get(there)
    page = owner.submit(kind="minutes", minutes="", reason="Tablet was empty")
    assert page.status == 422
    assert "Write the minutes." in " ".join(page.errors())
    assert "Tablet was empty" in str(page.soup)
    page = owner.submit(kind="minutes", minutes="101", reason="Tablet was empty")
    assert "Write a number from 0 to 100." in " ".join(page.errors())
    page = owner.submit(kind="minutes", minutes="80", reason="")
    assert "Say why" in " ".join(page.errors())
    page = owner.submit(kind="minutes", minutes="80", reason="Tablet was empty")
    assert "180 of 200" in page.text
    assert "Tablet was empty" in page.text
    page = owner.submit(page.form(action="/undo"))
    assert "Undone corrections" in page.text
    assert "180 of 200" not in page.text


def test_form_of_a_correction_sent_twice_corrects_once(event: Event, owner: Browser) -> None:
    person = participant(event, "M1")
    ref = session_called("M2").ref
    form = owner.get(f"/manage/{event.slug}/attendance/{person.ref}/sessions/{ref}").form()
    for _time in range(2):
        owner.submit(form, kind="excused", reason="ill")
    assert db.session.query(AttendanceCorrection).count() == 1


def test_score_is_written_by_hand(event: Event, owner: Browser) -> None:
    person = participant(event, "M1")
    owner.get(f"/manage/{event.slug}/attendance/policy")
    owner.submit(post_test="60")
    here = f"/manage/{event.slug}/attendance/{person.ref}"
    form = owner.get(here).form(action="/score")
    page = owner.submit(form, score="120")
    assert page.status == 422
    assert "A score is between 0 and 100 per cent." in " ".join(page.errors())
    owner.submit(owner.get(here).form(action="/score"), score="72.5")
    assert queries.score_of(event.id, person.id) == 0.725
    owner.submit(owner.get(here).form(action="/score"), score="")
    assert queries.score_of(event.id, person.id) is None


def test_policy_form_keeps_what_was_typed(event: Event, owner: Browser) -> None:
    owner.get(f"/manage/{event.slug}/attendance/policy")
    page = owner.submit(participation="200", late_ok="20")
    assert page.status == 422
    assert "Write a number from 1 to 100." in " ".join(page.errors())
    assert 'value="20"' in str(page.soup)
    page = owner.submit(participation="", completion="60")
    assert page.status == 422
    assert "Write a number from 1 to 100." in " ".join(page.errors())
    page = owner.submit(participation="90", completion="60")
    assert "Completion takes at least as much as participation." in " ".join(page.errors())
    assert owner.submit(participation="60", completion="90", excuses="all").status == 200
    policy = queries.policy_of(event)
    assert (policy.participation_share, policy.late_ok_minutes) == (0.6, 20)
    assert policy.excuses == "all"


def test_desk_sees_its_own_categories_alone(event: Event, browser: Browser) -> None:
    make_registration(event, make_category(event, "MINE", approver="secretariat"),
                      state="accredited", family_name="Mine")  # fmt: skip
    protocol = make_category(event, "ELSE", approver="protocol")
    other = make_registration(event, protocol, state="accredited", family_name="Elsewhere")
    account = make_account()
    give(account, "secretariat", event)
    page = browser.sign_in(account).get(f"/manage/{event.slug}/attendance")
    assert "Mine" in page.text
    assert "Elsewhere" not in page.text
    assert browser.get(f"/manage/{event.slug}/attendance/{other.ref}").status == 404


def test_stranger_finds_no_attendance(event: Event, browser: Browser) -> None:
    person = participant(event, "M1")
    browser.sign_in(make_account())
    for path in ("", ".csv", ".xlsx", f"/{person.ref}", "/policy"):
        assert browser.get(f"/manage/{event.slug}/attendance{path}").status == 404
