"""The public check of certificates (R5.5 to R5.7): by code, by file, from everywhere, for years."""

import hashlib
import io
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from flask import Flask

from eventhub.certificates import queries, services
from eventhub.certificates.codes import codes_in
from eventhub.certificates.models import Certificate
from eventhub.certificates.rules import grouped, serial
from eventhub.certificates.services import code_of
from eventhub.certificates.views import public
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.events.models import Event
from eventhub.events.services import archive_event
from eventhub.files.models import StoredFile
from eventhub.i18n import LANGUAGES
from eventhub.jobs.runner import run_due
from eventhub.people import personal
from eventhub.registration.models import Registration
from eventhub.registration.personal import whose_of
from tests.attendance.people import participant
from tests.browser import Browser, Page
from tests.certificates.issued import issue
from tests.factories import actor_with, make_event

ERASER = actor_with("registration.erase", "registration.view")
PDF = b"%PDF-1.7\n% a certificate that says who was there\n%%EOF\n"


def certified(event: Event, pdf: bytes = PDF, **given: Any) -> Certificate:
    """Return a certificate whose file is there."""
    person = participant(event, "M1", **given)
    [certificate] = [one for one in issue(event) if one.registration_id == person.id]
    with transaction():
        services.keep_document(certificate, pdf, tell=False)
    return certificate


def drop(browser: Browser, data: bytes, name: str = "certificate.pdf") -> Page:
    """Choose a file on the page and send it, as a browser without JavaScript does."""
    page = browser.get("/c")
    form = page.form(action="/c/file")
    return browser.submit(form, file=(io.BytesIO(data), name))


def digest_only(browser: Browser, data: bytes) -> Page:
    """Send what the page's script sends first: the digest alone."""
    form = browser.get("/c").form(action="/c/file")
    return browser.submit(form, sha256=hashlib.sha256(data).hexdigest())


def verdict(page: Page) -> str:
    """Return the one word of the answer."""
    return page.soup.select(".verdict strong")[0].get_text()


def terms(page: Page) -> list[str]:
    """Return what the page tells, by its terms."""
    return [term.get_text() for term in page.soup.select(".summary dt")]


def test_r5_5_page_tells_what_it_may_and_nothing_else(event: Event, browser: Browser) -> None:
    certificate = certified(event, organisation="Bureau of Quiet Harbours")
    page = browser.get(f"/c/{code_of(certificate)}")
    assert verdict(page) == "Valid"
    assert terms(page) == ["Name", "Certificate", "Event", "Hours", "Date of issue"]
    assert "Quiet Harbours" not in page.text
    assert page.response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.soup.select("meta[name=robots][content='noindex, nofollow']")


def test_r5_5_code_is_forgiven_its_look_alikes(event: Event, browser: Browser) -> None:
    certificate = certified(event)
    code = grouped(code_of(certificate)).lower().replace("o", "0").replace("i", "1")
    browser.get("/c")
    page = browser.submit(code=f"  {code} ")
    assert verdict(page) == "Valid"
    assert page.response.request.path == f"/c/{grouped(code_of(certificate))}"


def test_r5_5_wrong_codes_are_answered_alike(event: Event, browser: Browser) -> None:
    code = code_of(certified(event))
    near = code[:-1] + ("A" if code[-1] != "A" else "B")
    answers = set()
    for wrong in (near, "A" * 16, "x", "%20", "é"):
        page = browser.get(f"/c/{wrong}")
        assert (page.status, verdict(page)) == (404, "Not found")
        assert page.response.headers["X-Robots-Tag"] == "noindex, nofollow"
        seen = re.sub(r'value="[^"]+"', "", str(page.soup.find("main")))
        answers.add(seen)
    assert len(answers) == 1


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_page_speaks_the_readers_language(event: Event, browser: Browser, language: str) -> None:
    code = code_of(certified(event))
    page = browser.get(f"/c/{code}", **{"Accept-Language": language})
    assert page.soup.html is not None
    assert page.soup.html["lang"] == language
    assert len(page.soup.select(".languages a")) == len(LANGUAGES)


def test_r5_5_nobody_tries_codes_for_long(event: Event, browser: Browser) -> None:
    code = code_of(certified(event))
    with clock.at(event.ends_at):
        answers = [browser.get(f"/c/{'A' * 15}{letter}").status for letter in "BCDEFGHIJK" * 4]
        assert answers == [404] * 30 + [429] * 10
        assert browser.get(f"/c/{code}").status == 200, "who knows a code may still look"
    with clock.at(event.ends_at + timedelta(minutes=11)):
        assert browser.get("/c/AAAA").status == 404


def test_r5_5_no_page_lists_certificates(event: Event, browser: Browser) -> None:
    certificate = certified(event)
    page = browser.get("/c")
    assert certificate.serial not in page.text
    assert code_of(certificate) not in str(page.soup)
    assert browser.get(f"/c/{certificate.serial}").status == 404, "a number opens nothing"
    assert browser.get(f"/c/{certificate.ref}").status == 404


def test_r5_7_replaced_certificate_leads_to_the_newest_issue_only(
    event: Event, browser: Browser
) -> None:
    first = certified(event)
    person = db.session.get_one(Registration, first.registration_id)
    for name in ("Second", "Third"):
        with transaction():
            person.given_names = name
        issue(event)
    third = queries.newest_issue(first)
    assert third.issue == 3
    page = browser.get(f"/c/{code_of(first)}")
    assert verdict(page) == "Certificate replaced"
    assert "Third" not in page.text
    [link] = [a for a in page.soup.select("main a") if "Replaced by" in a.get_text()]
    page = browser.get(link["href"])
    assert verdict(page) == "Valid"
    assert "Third" in page.text
    assert "Replaced by" not in page.text, "no page leads back to what is no longer true"


def test_status_has_the_day_of_the_event_s_own_clock(event: Event, browser: Browser) -> None:
    certificate = certified(event)
    with transaction():
        certificate.shown = {**certificate.shown, "zone": "Asia/Shanghai"}
        certificate.state, certificate.reason = "revoked", "by mistake"
        certificate.ended_at = datetime.fromisoformat("2026-03-31T20:00:00+00:00")
    page = browser.get(f"/c/{code_of(certificate)}")
    assert "Wed 1 April" in page.text
    assert "by mistake" not in page.text


def test_r5_6_check_works_after_archive_and_erasing(event: Event, browser: Browser) -> None:
    """Scenario 9: by code and by file, when nothing else of the person is left."""
    certificate = certified(event, given_names="Wanjiru", email="w@example.org")
    person = db.session.get_one(Registration, certificate.registration_id)
    with clock.at(event.ends_at + timedelta(days=1)):
        with transaction():
            personal.erase(whose_of(person, event), actor=ERASER)
        with transaction():
            archive_event(event, actor=actor_with("event.archive", "event.edit", "event.settings"))
        page = browser.get(f"/c/{code_of(certificate)}")
        assert verdict(page) == "Valid"
        assert "Wanjiru" in page.text
        assert terms(page) == ["Name", "Certificate", "Event", "Date of issue"]
        assert verdict(drop(browser, PDF)) == "Valid"


def test_r5_5_dropped_file_is_compared_and_not_kept(
    app: Flask, event: Event, browser: Browser
) -> None:
    certificate = certified(event)
    folder = app.extensions["eventhub.settings"].folder("files")
    before = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    rows = db.session.query(StoredFile).count()
    for send in (drop, digest_only):
        page = send(browser, PDF)
        assert page.response.request.path == f"/c/{grouped(code_of(certificate))}"
        assert verdict(page) == "Valid"
    for data in (PDF + b" ", b"%PDF-1.4 nothing of ours"):
        assert verdict(drop(browser, data)) == "Not found"
        assert verdict(digest_only(browser, data)) == "Not found"
    assert sorted(path for path in Path(folder).rglob("*") if path.is_file()) == before
    assert db.session.query(StoredFile).count() == rows


def test_files_that_cannot_be_compared_are_refused_by_their_field(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = browser.submit(browser.get("/c").form(action="/c/file"))
    assert page.status == 422
    assert page.errors() == ["Correct: Choose the PDF that you want to check."]
    page = drop(browser, b"PK\3\4 a Word document", "certificate.docx")
    assert page.status == 422
    assert "This is not a PDF." in page.errors()[0]
    monkeypatch.setattr(public, "LARGEST_FILE", 1000)
    page = drop(browser, b"%PDF-" + bytes(1000))
    assert page.status == 422
    assert "at most" in page.errors()[0]


def test_digest_of_a_file_that_was_never_made_finds_nothing(event: Event, browser: Browser) -> None:
    certificate = certified(event)
    with transaction():
        certificate.sha256, certificate.file_id = "", None
    form = browser.get("/c").form(action="/c/file")
    for sent in (" ", "%", "0" * 64, "\N{SNOWMAN}"):
        assert browser.submit(form, sha256=sent).status in (404, 422)


def test_r5_5_changed_file_is_told_and_tells_nothing_itself(event: Event, browser: Browser) -> None:
    code = code_of(certified(event, given_names="Wanjiru"))
    changed = PDF + f"https://example.org/c/{grouped(code)}".encode()
    page = drop(browser, changed)
    assert (page.status, verdict(page)) == (404, "Changed after issue")
    assert "Wanjiru" not in page.text
    assert "Wanjiru" in browser.get(page.soup.select(".links a")[0]["href"]).text


def test_r5_5_number_in_a_file_does_not_tell_whether_it_was_issued(
    event: Event, browser: Browser
) -> None:
    certificate = certified(event)
    numbers = [certificate.serial, serial("SEM-2026", 99_999), serial("OTHER-2020", 1)]
    answers = set()
    for number in numbers:
        page = drop(browser, PDF + number.encode())
        assert verdict(page) == "Not the file that was issued"
        answers.add(page.text)
    assert len(answers) == 1


def test_r5_5_made_file_that_is_changed_still_names_its_page(
    app: Flask, event: Event, fonts: Path, browser: Browser
) -> None:
    participant(event, "M1", "M2", given_names="Wanjiru")
    [certificate] = issue(event)
    run_due(app)
    db.session.rollback()
    pdf = services.make_document(certificate)
    assert codes_in(pdf) == {code_of(certificate)}
    assert verdict(drop(browser, pdf)) == "Valid"
    anew = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        file.pages[0].rotate(180, relative=True)
        file.save(anew, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert verdict(drop(browser, anew.getvalue())) == "Changed after issue"


def test_files_are_compared_so_often_and_no_oftener(browser: Browser) -> None:
    with clock.at(make_event().ends_at):
        form = browser.get("/c").form(action="/c/file")
        answers = [browser.submit(form, sha256="0" * 64).status for _ in range(31)]
    assert answers == [404] * 30 + [429]


def test_withdrawn_certificate_s_file_is_withdrawn_too(event: Event, browser: Browser) -> None:
    certificate = certified(event)
    with transaction():
        certificate.state, certificate.reason = "revoked", "holder"
        certificate.ended_at = event.ends_at
    assert verdict(drop(browser, PDF)) == "Certificate withdrawn"
