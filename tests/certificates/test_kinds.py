"""R5.3, R5.4: certificates on request, of appreciation for speakers, hours and credits."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from eventhub.agenda.models import Session, Slot, Speaker
from eventhub.certificates import messages, queries, services
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.events.models import Event
from eventhub.events.rules import PRESETS
from eventhub.i18n import Translated, use
from eventhub.jobs.runner import run_due
from eventhub.registration.queries import token_of
from tests.attendance.people import participant
from tests.browser import Browser
from tests.certificates.issued import OFFICER, issue, withdraw
from tests.factories import keep, make_event
from tests.paper import Tool


@pytest.fixture
def forum(event: Event) -> Event:
    """Return the event as one whose holders ask themselves."""
    with transaction():
        services.change_design(event, {"on_request": True}, actor=OFFICER)
    return event


@pytest.fixture
def speaker(event: Event) -> Speaker:
    """Return somebody who speaks in M1 and declined M2."""
    found: Speaker = keep(
        Speaker(event_id=event.id, printed_name="Prof. Ana Rossi", sort_name="Rossi",
                posts=Translated(), biographies=Translated(), email="ana@example.org")
    )  # fmt: skip
    sessions = {one.code: one for one in db.session.scalars(db.select(Session))}
    for code, answer in (("M1", "confirmed"), ("M2", "declined")):
        keep(Slot(event_id=event.id, session_id=sessions[code].id, speaker_id=found.id,
                  role="lecturer", answer=answer))  # fmt: skip
    return found


def test_r5_3_forums_and_side_events_give_it_on_request(app: Flask) -> None:
    asked = {kind: queries.design_of(make_event(preset=kind)).on_request for kind in PRESETS}
    assert asked == {"forum": True, "side_event": True, "seminar": False}


def test_r5_3_holder_asks_once_the_event_is_over(forum: Event, browser: Browser) -> None:
    person, absent = participant(forum, "M1"), participant(forum)
    after = forum.ends_at + timedelta(hours=1)
    browser.get(f"/my/{token_of(person)}/certificate")
    assert "Ask for my certificate" not in browser.page.text
    with clock.at(after):
        assert "Ask for my certificate" in browser.get(f"/my/{token_of(person)}").text
        browser.get(f"/my/{token_of(person)}/certificate")
        browser.submit()
        browser.get(f"/my/{token_of(absent)}/certificate")
        assert "no certificate for you yet" in browser.page.text
    found = queries.certificates_of(forum.id)
    assert [one.registration_id for one in found] == [person.id]


def test_r5_3_speaker_gets_appreciation_with_the_session_title(
    app: Flask, event: Event, speaker: Speaker, browser: Browser, fonts: Path, tool: Tool,
    tmp_path: Path,
) -> None:  # fmt: skip
    with transaction():
        (certificate,) = services.issue_to_speakers(event, actor=OFFICER)
    assert (certificate.level, certificate.registration_id) == ("appreciation", None)
    assert certificate.shown["sessions"] == [{"en": "M1"}]
    path = tmp_path / "c.pdf"
    path.write_bytes(services.make_unsigned(certificate))
    text = tool("pdftotext", path, "-")
    assert "Certificate of appreciation" in text
    assert "M1" in text
    with transaction():
        services.keep_document(certificate, path.read_bytes())
    link = messages.link_of(certificate)
    assert link
    answer = browser.client.get("/" + link.split("/", 3)[3])
    assert answer.data == path.read_bytes()
    with transaction():
        assert services.issue_to_speakers(event, actor=OFFICER) == []
    assert "Prof. Ana Rossi" in browser.get(f"/c/{services.code_of(certificate)}").text


def test_r5_3_speaker_and_participant_count_on_in_one_row_of_numbers(
    event: Event, speaker: Speaker
) -> None:
    participant(event, "M1")
    (first,) = issue(event)
    with transaction():
        (second,) = services.issue_to_speakers(event, actor=OFFICER)
    assert (first.number, second.number) == (1, 2)


def test_r5_4_credits_are_off_until_an_accredited_body_writes_them(event: Event) -> None:
    participant(event, "M1")
    (first,) = issue(event)
    with use("en"):
        assert messages.document_words(first)["credits"] == ""
    with transaction():
        services.change_design(event, {"credits": [["en", "12 CPD credits"]]}, actor=OFFICER)
    participant(event, "M1")
    (second,) = issue(event)
    with use("en"):
        assert messages.document_words(second)["credits"] == "12 CPD credits"


@pytest.mark.parametrize(("minutes", "said"), [(100, "1.5 hours"), (200, "3.25 hours")])
def test_r5_4_hours_are_floored_to_a_quarter(event: Event, minutes: int, said: str) -> None:
    participant(event, *(("M1", "M2") if minutes == 200 else ("M1",)))
    (certificate,) = issue(event)
    with use("en"):
        assert messages.document_words(certificate)["hours"] == said


def test_other_layout_or_signatory_replaces_nothing_that_was_given_out(event: Event) -> None:
    participant(event, "M1")
    assert len(issue(event)) == 1
    with transaction():
        services.change_design(event, {"layout": "portrait"}, actor=OFFICER)
        services.save_signatory(event, 1, Translated(en="New"), Translated(), actor=OFFICER)
    assert issue(event) == []


def test_r5_7_holder_of_a_withdrawn_certificate_is_told_instead_of_given_the_file(
    app: Flask, event: Event, browser: Browser, fonts: Path
) -> None:
    person = participant(event, "M1")
    (certificate,) = issue(event)
    run_due(app)
    db.session.expire_all()
    withdraw(certificate)
    page = browser.get(f"/my/{token_of(person)}/certificate.pdf")
    assert "no longer given out" in page.text
