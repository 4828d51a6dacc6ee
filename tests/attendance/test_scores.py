"""Test scores by spreadsheet: read, tried, carried out, undone."""

import io

import pytest

from eventhub.attendance import queries, services
from eventhub.attendance.queries.imports import imports_of
from eventhub.attendance.rules.scores import read_score
from eventhub.core.db import transaction
from eventhub.events.models import Event
from eventhub.registration.models import Registration
from tests.attendance.people import participant
from tests.browser import Browser
from tests.factories import actor_with, give, make_account

OFFICER = actor_with("attendance.correct")


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("72", 0.72), ("72.5", 0.725), ("72,5", 0.725), ("72 %", 0.72), ("0.72", 0.72),
        ("18/25", 0.72), ("100", 1.0), ("0", 0.0), ("1 %", 0.01), ("٧٢٪", 0.72), ("1", None),
        ("101", None), ("-5", None), ("passed", None), ("7/0", None), ("30/25", None), ("", None),
        ("1e2", None), ("nan", None), ("²", None),
    ],
)  # fmt: skip
def test_score_is_read_as_tables_write_it(text: str, score: float | None) -> None:
    assert read_score(text) == score


@pytest.fixture
def owner(event: Event, browser: Browser) -> Browser:
    """Return the browser of the event's owner."""
    account = make_account()
    give(account, "event_owner", event)
    return browser.sign_in(account)


def send(owner: Browser, event: Event, *lines: str) -> None:
    """Send a table of scores as CSV."""
    owner.get(f"/manage/{event.slug}/attendance-scores")
    data = "\n".join(("Reference,Name,Score", *lines)).encode()
    owner.submit(table=(io.BytesIO(data), "scores.csv"))


def score(event: Event, person: Registration) -> float | None:
    """Return the score known now."""
    return queries.score_of(event.id, person.id)


def test_table_is_tried_carried_out_and_undone(event: Event, owner: Browser) -> None:
    one, other, third = (participant(event, "M1") for _number in range(3))
    with transaction():
        services.write_results(event.id, {other.id: (0.5, True)}, actor=OFFICER)
    send(owner, event, f"{one.ref},A,72", f"{other.ref},B,80 %", f"{third.ref},C,abc",
         "NOBODY1234,D,70", f"{one.ref},A,73")  # fmt: skip
    page = owner.page
    assert "Write the score in per cent" in page.text
    assert "C4" in page.text
    assert "No confirmed participant is called so." in page.text
    assert "This person stands in row 2 already." in page.text
    assert score(event, one) is None
    page = owner.submit(page.form(-1))
    assert "What was imported" in page.text
    assert [score(event, each) for each in (one, other, third)] == [0.72, 0.8, None]
    with transaction():
        services.write_scores(event.id, {one.id: 0.9}, actor=OFFICER)
    owner.get(owner.page.response.request.path)
    page = owner.submit(owner.page.form(action="/undo"))
    assert "1 score is as before." in page.text
    assert [score(event, each) for each in (one, other)] == [0.9, 0.5]
    assert imports_of(event.id)[0].state == "undone"


def test_template_comes_back_without_change(event: Event, owner: Browser) -> None:
    person = participant(event, "M1")
    with transaction():
        services.write_scores(event.id, {person.id: 0.725}, actor=OFFICER)
    workbook = owner.client.get(f"/manage/{event.slug}/attendance-scores.xlsx").get_data()
    owner.get(f"/manage/{event.slug}/attendance-scores")
    page = owner.submit(table=(io.BytesIO(workbook), "scores.xlsx"))
    assert "As before" in page.text
    assert "No row brings anything new" in page.text


def test_hyphen_takes_a_score_away(event: Event, owner: Browser) -> None:
    person = participant(event, "M1")
    with transaction():
        services.write_scores(event.id, {person.id: 0.7}, actor=OFFICER)
    send(owner, event, f"{person.ref},A,-")
    owner.submit(owner.page.form(-1))
    assert score(event, person) is None


def test_file_that_cannot_be_read_is_told(event: Event, owner: Browser) -> None:
    owner.get(f"/manage/{event.slug}/attendance-scores")
    page = owner.submit(table=(io.BytesIO(b"PK\x03\x04 broken"), "scores.xlsx"))
    assert page.status == 422
    assert page.errors()


def test_import_of_another_event_is_not_there(event: Event, owner: Browser) -> None:
    person = participant(event, "M1")
    send(owner, event, f"{person.ref},A,70")
    ref = imports_of(event.id)[0].ref
    from_elsewhere = owner.get(f"/manage/{event.slug}/attendance-scores/{ref[::-1]}x")
    assert from_elsewhere.status == 404
