"""What a participant sees of the way to a level."""

from datetime import datetime, timedelta

import pytest

from eventhub.attendance import services
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.events.models import Event
from eventhub.registration.models import Registration
from eventhub.registration.queries import token_of
from tests.attendance.people import attend, participant, session_called
from tests.browser import Browser
from tests.factories import actor_with

OFFICER = actor_with("attendance.correct")


def own(browser: Browser, person: Registration, when: datetime) -> str:
    """Return what the private page says of the way to the certificate at an instant."""
    with clock.at(when):
        page = browser.get(f"/my/{token_of(person)}")
    found = page.soup.find("h2", string="Your way to the certificate")
    return " ".join(found.parent.get_text(" ").split()) if found else ""


def test_r5_2_private_page_tells_what_is_missing(event: Event, browser: Browser) -> None:
    person = participant(event, "M1")
    with transaction():
        services.change_policy(event, {"post_test": 0.6, "survey": True}, actor=OFFICER)
    first, second = session_called("M1"), session_called("M2")
    text = own(browser, person, first.ends_at + timedelta(minutes=1))
    assert "You have 100 of 200 credited minutes (50 %)." in text
    assert "Participation from 50 % Reached." in text
    assert "60 minutes are missing. You can still get 100 minutes." in text
    assert "M1 M1" in text
    assert "Attended" in text
    assert "The test is still missing; it takes 60 %." in text
    assert "The survey is still missing." in text
    assert "Sessions that still count M2 M2" in text
    after = own(browser, person, second.ends_at + timedelta(days=3))
    assert "Out of reach: 60 minutes are missing." in after
    assert "Sessions that still count" not in after


def test_r5_2_missed_mandatory_session_is_told(event: Event, browser: Browser) -> None:
    person = participant(event, "M2")
    text = own(browser, person, session_called("M2").ends_at)
    assert "Out of reach: you missed a session that nobody may miss." in text
    assert "Missed" in text


def test_r5_2_all_reached_and_excused_is_told(event: Event, browser: Browser) -> None:
    person = participant(event, "M1")
    with transaction():
        services.correct(
            event, session_called("M2"), [person], minutes=None, reason="ill", actor=OFFICER
        )
    text = own(browser, person, session_called("M2").ends_at)
    assert "Completion from 80 % Reached." in text
    assert "Excused: M2 M2." in text


def test_r5_3_forum_asks_for_one_check_in(event: Event, browser: Browser) -> None:
    person = participant(event)
    with transaction():
        services.change_policy(event, {"by_hours": False}, actor=OFFICER)
    when = session_called("M1").ends_at
    assert "One check-in at the door is enough" in own(browser, person, when)
    attend(event, person, "M1")
    assert own(browser, person, when) == ""


@pytest.mark.parametrize("switches", [["roll_call"]])
def test_without_certificates_nothing_is_said(
    event: Event, browser: Browser, switches: list[str]
) -> None:
    person = participant(event, "M1")
    with transaction():
        event.switches = switches
    assert own(browser, person, session_called("M1").ends_at) == ""


def test_private_page_takes_the_same_statements_for_1_and_20_people(
    event: Event, browser: Browser, statements: list[str]
) -> None:
    person = participant(event, "M1")
    when, counts = session_called("M1").ends_at, []
    own(browser, person, when)
    for people in (0, 20):
        for _number in range(people):
            participant(event, "M1", "M2")
        db.session.expire_all()
        statements.clear()
        own(browser, person, when)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 8
