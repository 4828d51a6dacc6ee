"""Finding one's certificates by a code to the e-mail address."""

import re
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from eventhub.agenda.models import Session, Slot, Speaker
from eventhub.certificates import services
from eventhub.certificates.models import Certificate
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.events.models import Event
from eventhub.i18n import Translated
from eventhub.jobs.runner import run_due
from eventhub.mail.models import OutboxMail
from eventhub.people import personal
from eventhub.registration.models import Registration
from eventhub.registration.personal import whose_of
from tests.browser import Browser, Page
from tests.certificates.issued import OFFICER, issue
from tests.certificates.test_checking import PDF, certified
from tests.factories import actor_with, keep, make_event

MAILBOX = "mission@example.org"


def ask(browser: Browser, email: str) -> Page:
    """Write the address."""
    browser.get("/c/find")
    return browser.submit(email=email)


def digits(app: Flask) -> str:
    """Return the digits in the newest mail that left the house."""
    run_due(app)
    db.session.rollback()
    folder = app.extensions["eventhub.settings"].folder("mail")
    newest = max(folder.glob("*.eml"), key=lambda path: path.name)
    found = re.search(r"\b(\d{3}) ?(\d{3})\b", newest.read_text())
    assert found is not None
    return found.group(1) + found.group(2)


def prove(app: Flask, browser: Browser, email: str = MAILBOX) -> Page:
    """Go the whole way to the list."""
    ask(browser, email)
    return browser.submit(code=digits(app))


def test_r5_9_code_opens_every_certificate_of_a_shared_mailbox(
    app: Flask, event: Event, browser: Browser
) -> None:
    for name in ("Chanda", "Mutale"):
        certified(event, PDF + name.encode(), given_names=name, email=MAILBOX)
    stranger = certified(event, given_names="Stranger", email="else@example.org")
    page = prove(app, browser, "Mission@Example.org")
    assert page.response.request.path == "/c/find/list"
    assert "Chanda" in page.text
    assert "Mutale" in page.text
    assert "Stranger" not in page.text
    files = [browser.get(a["href"]).response.data for a in page.soup.select(".tasks a")]
    assert sorted(files) == [PDF + b"Chanda", PDF + b"Mutale"]
    assert browser.get(f"/c/find/{stranger.ref}.pdf").status == 404


def test_r5_9_code_opens_a_speaker_s_certificate_too(
    app: Flask, event: Event, browser: Browser
) -> None:
    speaker = keep(
        Speaker(event_id=event.id, printed_name="Prof. Ana Rossi", sort_name="Rossi",
                posts=Translated(), biographies=Translated(), email="Mission@example.org")
    )  # fmt: skip
    session = db.session.scalars(select(Session).where(Session.code == "M1")).one()
    keep(Slot(event_id=event.id, session_id=session.id, speaker_id=speaker.id,
              role="lecturer", answer="confirmed"))  # fmt: skip
    with transaction():
        [certificate] = services.issue_to_speakers(event, actor=OFFICER)
        services.keep_document(certificate, PDF, tell=False)
    page = prove(app, browser)
    [link] = page.soup.select(".tasks a")
    assert browser.get(link["href"]).response.data == PDF
    other = make_event().id
    with transaction():
        db.session.get_one(Event, event.id).rehearsal_of_id = other
    assert not browser.get("/c/find/list").soup.select(".tasks a")


def test_known_and_unknown_addresses_get_one_answer(
    app: Flask, event: Event, browser: Browser
) -> None:
    certified(event, email="known@example.org")
    known = ask(browser, "known@example.org").text
    unknown = ask(browser, "nobody@example.org").text
    assert known.replace("known@", "nobody@") == unknown
    run_due(app)
    query = select(OutboxMail.to).where(
        OutboxMail.message == "people.code", OutboxMail.state == "sent"
    )
    assert list(db.session.scalars(query)) == ["known@example.org"]


def test_wrong_codes_end_after_five_tries(app: Flask, event: Event, browser: Browser) -> None:
    certified(event, email=MAILBOX)
    ask(browser, MAILBOX)
    good = digits(app)
    bad = f"{(int(good) + 1) % 1_000_000:06d}"
    for _try in range(5):
        page = browser.submit(code=bad)
        assert page.status == 422
        assert page.errors()
    assert browser.submit(code=good).status == 422


def test_code_is_good_for_fifteen_minutes_and_the_list_as_long(
    app: Flask, event: Event, browser: Browser
) -> None:
    certificate = certified(event, email=MAILBOX)
    start = event.ends_at
    with clock.at(start):
        ask(browser, MAILBOX)
        code = digits(app)
        assert "15 minutes" in browser.page.text
    with clock.at(start + timedelta(minutes=16)):
        assert browser.submit(code=code).status == 422
    with clock.at(start + timedelta(minutes=20)):
        assert certificate.shown["name"] in prove(app, browser).text
    with clock.at(start + timedelta(minutes=36)):
        assert browser.get("/c/find/list").response.request.path == "/c/find"
        assert browser.get(f"/c/find/{certificate.ref}.pdf").response.request.path == "/c/find"


def test_nobody_asks_for_many_codes(event: Event, browser: Browser) -> None:
    with clock.at(event.ends_at):
        answers = [ask(browser, MAILBOX).status for _ in range(7)]
        assert answers == [200] * 6 + [429]


def test_list_shows_the_newest_issue_and_what_was_withdrawn(
    app: Flask, event: Event, browser: Browser
) -> None:
    first = certified(event, email=MAILBOX)
    person = db.session.get_one(Registration, first.registration_id)
    with transaction():
        person.given_names = "Corrected"
    [second] = issue(event)
    with transaction():
        services.keep_document(second, b"%PDF-2", tell=False)
    page = prove(app, browser)
    [link] = page.soup.select(".tasks a")
    assert browser.get(link["href"]).response.data == b"%PDF-2"
    assert browser.get(f"/c/find/{first.ref}.pdf").status == 404
    with transaction():
        second.state, second.ended_at = "revoked", event.ends_at
    page = browser.get("/c/find/list")
    assert "Certificate withdrawn" in page.text
    assert not page.soup.select(".tasks a")


def test_r5_6_erased_person_s_address_finds_nothing(
    app: Flask, event: Event, browser: Browser
) -> None:
    certificate = certified(event, email=MAILBOX)
    person = db.session.get_one(Registration, certificate.registration_id)
    with clock.at(event.ends_at + timedelta(days=1)):
        with transaction():
            personal.erase(whose_of(person, event), actor=actor_with("registration.erase"))
        ask(browser, MAILBOX)
        run_due(app)
        query = select(OutboxMail.to).where(
            OutboxMail.message == "people.code", OutboxMail.state == "sent"
        )
        assert db.session.scalars(query).all() == []
    assert db.session.get_one(Certificate, certificate.id).state == "valid"


def test_list_takes_the_same_statements_for_1_and_10(
    app: Flask, event: Event, browser: Browser, statements: list[str]
) -> None:
    certified(event, email=MAILBOX)
    prove(app, browser)
    statements.clear()
    browser.get("/c/find/list")
    few = len(statements)
    for number in range(9):
        certified(event, PDF + bytes([number]), email=MAILBOX)
    statements.clear()
    assert len(browser.get("/c/find/list").soup.select(".tasks li")) == 10
    assert len(statements) == few
