"""The stage on the event's home counts what the print gate says of each person."""

import pytest
from flask import Flask

from eventhub.badges.parts import printing
from eventhub.badges.queries import gate_of, progress_of
from eventhub.core import clock
from eventhub.core.actor import EVERYTHING
from eventhub.registration.models import ChangeRequest
from tests.factories import keep, make_category, make_event, make_registration


@pytest.mark.parametrize("preset", ["forum", "seminar"])
def test_r4_3_the_sum_is_that_of_the_gate(app: Flask, statements: list[str], preset: str) -> None:
    event = make_event(preset=preset)
    waived, asked = make_category(event, "VIP", photo_waived=True), make_category(event, "DEL")
    for category in (waived, asked, asked):
        make_registration(event, category, state="accredited")
    changing = make_registration(event, waived, state="accredited")
    keep(ChangeRequest(event_id=event.id, registration_id=changing.id, old={}, new={}))
    make_registration(event, waived, state="submitted")
    gate = gate_of(event, EVERYTHING)
    statements.clear()
    found = progress_of(event)
    assert len(statements) == 1
    assert (found.accredited, found.printed) == (4, 0)
    assert found.held == sum(bool(one.reasons) for one in gate)
    assert found.held == (3 if preset == "forum" else 1)


def test_nobody_accredited_counts_nothing(app: Flask) -> None:
    found = progress_of(make_event())
    assert (found.accredited, found.held, found.printed) == (0, 0, 0)


def test_badges_nobody_wanted_are_not_missing_after_the_event(app: Flask) -> None:
    event = make_event(preset="seminar", switches=["badges"])
    make_registration(event, make_category(event), state="accredited")
    with app.test_request_context():
        with clock.at(event.starts_at):
            before = printing(event)
        with clock.at(event.ends_at):
            after = printing(event)
    assert before is not None
    assert after is not None
    assert (before.is_done, before.sentence) == (False, "0 of 1 badges are printed.")
    assert (after.is_done, after.sentence) == (True, "No badge was printed.")
