"""Issuing, checking, replacing and withdrawing certificates."""

from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from eventhub.attendance.models import CourseResult
from eventhub.attendance.services import change_policy, write_results
from eventhub.certificates import queries, services
from eventhub.certificates.models import Certificate
from eventhub.certificates.personal import PERSONAL
from eventhub.certificates.rules import grouped, is_serial
from eventhub.core.db import db, transaction
from eventhub.core.errors import Invalid
from eventhub.core.ids import digest
from eventhub.events.models import Event
from eventhub.files.models import StoredFile
from eventhub.files.services import read_whole
from eventhub.i18n import Translated
from eventhub.jobs.models import Job
from eventhub.jobs.runner import run_due
from eventhub.mail.models import OutboxMail
from eventhub.people.seams import Whose
from eventhub.registration.queries import token_of
from tests.attendance.people import attend, participant
from tests.browser import Browser
from tests.certificates.issued import OFFICER, issue, withdraw
from tests.factories import (
    give,
    make_account,
)
from tests.paper import Tool


def test_r5_2_level_follows_from_attendance(event: Event) -> None:
    whole, half, none = participant(event, "M1", "M2"), participant(event, "M1"), participant(event)
    issued = {c.registration_id: c.level for c in issue(event)}
    assert issued == {whole.id: "completion", half.id: "participation"}
    assert none.id not in issued


def test_r5_2_mandatory_session_missed_is_participation(event: Event) -> None:
    participant(event, "M2")
    assert [c.level for c in issue(event)] == ["participation"]


def test_r5_5_serials_count_up_and_codes_are_not_stored(event: Event) -> None:
    participant(event, "M1")
    participant(event, "M1")
    first, second = issue(event)
    assert [first.number, second.number] == [1, 2]
    assert first.serial.startswith("SEM-2026-00001-")
    assert is_serial(second.serial)
    code = services.code_of(first)
    assert len(code) == 16
    assert first.code_digest == digest(code)
    assert queries.find_by_code(grouped(code).lower()).id == first.id  # type: ignore[union-attr]
    other = services.code_of(second)
    assert queries.find_by_code(other[:-1] + ("B" if other.endswith("A") else "A")) is None


@pytest.mark.parametrize("name", ["Tewodros Alemayehu Gebrekidan", "Sriwahyuni", "U Thiha Naung"])
def test_scenario_14_a_person_without_family_name_is_certified_by_the_whole_name(
    event: Event, browser: Browser, name: str
) -> None:
    participant(event, "M1", family_name="", given_names=name)
    (certificate,) = issue(event)
    assert certificate.shown["name"] == name
    page = browser.get(f"/c/{services.code_of(certificate)}")
    assert name in page.text


def test_issuing_again_makes_nothing_new(event: Event) -> None:
    participant(event, "M1")
    assert len(issue(event)) == 1
    assert issue(event) == []


def test_r5_7_corrected_name_is_a_new_issue_and_the_old_one_is_replaced(event: Event) -> None:
    person = participant(event, "M1")
    first = issue(event)[0]
    with transaction():
        person.given_names = "Chanda Corrected"
    second = issue(event)[0]
    assert (second.number, second.issue) == (first.number, 2)
    db.session.refresh(first)
    assert first.state == "replaced"
    assert services.code_of(first) != services.code_of(second)


def test_r5_6_nothing_more_is_issued_to_whom_was_erased(event: Event, noon: datetime) -> None:
    person = participant(event, "M1")
    (certificate,) = issue(event)
    with transaction():
        person.family_name, person.given_names, person.erased_at = "", "", noon
    attend(event, person, "M2")
    assert issue(event) == []
    assert certificate.state == "valid"


def test_r5_7_withdrawn_certificate_is_not_issued_again_with_all_others(
    event: Event, browser: Browser
) -> None:
    first, second = participant(event, "M1"), participant(event, "M1")
    withdrawn = next(one for one in issue(event) if one.registration_id == first.id)
    withdraw(withdrawn)
    attend(event, second, "M2")
    assert [one.registration_id for one in issue(event)] == [second.id]
    owner = make_account()
    give(owner, "event_owner", event)
    browser.sign_in(owner).get(f"/manage/{event.slug}/certificates/people/{first.ref}")
    by_name = next(f for f in browser.page.soup.find_all("form") if "new cert" in f.get_text())
    browser.submit(by_name)
    browser.submit(by_name)
    latest = queries.certificates_of(event.id)
    assert [one.issue for one in latest if one.registration_id == first.id] == [2, 1]
    assert withdrawn.state == "revoked", "the one withdrawn stays so"


def test_holders_are_told_when_the_file_is_there_unless_asked_not_to(event: Event) -> None:
    for tell in (True, False):
        participant(event, "M1", "M2", email=f"{tell}@example.org")
        with transaction():
            services.issue_certificates(event, tell=tell, actor=OFFICER)
    jobs = db.session.scalars(db.select(Job).filter_by(name="certificates.make")).all()
    assert [job.args["tell"] for job in jobs] == [True, False]
    for job in jobs:
        certificate = db.session.get_one(Certificate, job.args["certificate_id"])
        with transaction():
            services.keep_document(certificate, b"%PDF-", tell=job.args["tell"])
    told = db.session.scalars(db.select(OutboxMail.to).filter_by(message="certificates.ready"))
    assert told.all() == ["True@example.org"]


def test_r5_8_first_file_is_served_for_ever(
    app: Flask, event: Event, fonts: Path, tool: Tool, tmp_path: Path
) -> None:
    participant(event, "M1", "M2", given_names="Thị Bích Ngọc", family_name="Nguyễn Hoàng")
    certificate = issue(event)[0]
    assert services.make_document(certificate) == services.make_document(certificate)
    run_due(app)
    db.session.rollback()
    data = read_whole(db.session.get_one(StoredFile, certificate.file_id))
    assert certificate.sha256
    path = tmp_path / "c.pdf"
    path.write_bytes(data)
    text = tool("pdftotext", path, "-")
    assert "Nguyễn" in text
    assert certificate.serial in text
    with transaction():
        services.keep_document(certificate, data)
    assert db.session.scalar(
        db.select(db.func.count(OutboxMail.id)).filter_by(message="certificates.ready")
    )


def test_r5_5_public_page_tells_each_state(event: Event, browser: Browser) -> None:
    person = participant(event, "M1")
    certificate = issue(event)[0]
    address = f"/c/{grouped(services.code_of(certificate))}"
    page = browser.get(address)
    assert "Valid" in page.text
    assert person.given_names in page.text
    assert page.response.headers["X-Robots-Tag"] == "noindex, nofollow"
    institution = Translated(certificate.shown["institution"]).pick()
    assert institution in page.soup.select(".masthead")[0].get_text()
    with transaction():
        person.given_names = "Other"
    issue(event)
    assert "Certificate replaced" in browser.get(address).text
    assert browser.get("/c/AAAA-BBBB-CCCC-DDDD").status == 404
    assert "Not found" in browser.page.text


def test_private_page_holds_the_certificate(event: Event, browser: Browser) -> None:
    person = participant(event, "M1")
    page = browser.get(f"/my/{token_of(person)}")
    assert "Your certificate" not in page.text
    certificate = issue(event)[0]
    page = browser.get(f"/my/{token_of(person)}")
    assert page.soup.select("a[href$='/certificate.pdf']")
    assert page.soup.select(f"a[href='/c/{services.code_of(certificate)}']")
    withdraw(certificate)
    assert "Your certificate" not in browser.get(f"/my/{token_of(person)}").text


def test_code_typed_by_hand_opens_the_page(event: Event, browser: Browser) -> None:
    participant(event, "M1")
    code = services.code_of(issue(event)[0])
    browser.get("/c")
    assert "Valid" in browser.submit(code=f" {grouped(code).lower()} ").text


def test_empty_or_wrong_code_is_told_by_its_field(browser: Browser) -> None:
    page = browser.get("/c")
    assert "(optional)" not in page.text
    page = browser.submit()
    assert page.status == 422
    assert page.errors() == ["Correct: Type the code as it stands on the certificate."]
    assert browser.submit(code="--").status == 404
    assert "Not found" in browser.page.text


def test_r5_6_check_works_after_the_registration_is_gone(event: Event, browser: Browser) -> None:
    participant(event, "M1")
    certificate = issue(event)[0]
    code = services.code_of(certificate)
    with transaction():
        certificate.registration_id = None
        event.state = "archived"
    assert "Valid" in browser.get(f"/c/{code}").text


def test_r5_6_check_works_when_event_is_archived_and_personal_data_purged(
    app: Flask, event: Event, fonts: Path, browser: Browser
) -> None:
    person = participant(event, "M1", name_local="姆维拉")
    certificate = issue(event)[0]
    run_due(app)
    db.session.expire_all()
    code, digest_of_file, name = (
        services.code_of(certificate), certificate.sha256, certificate.shown["name"],
    )  # fmt: skip
    with transaction():
        PERSONAL.erase(Whose(person.ref, event.id, person.id), actor=OFFICER)
        event.state = "archived"
    run_due(app)
    page = browser.get(f"/c/{code}")
    assert "Valid" in page.text
    assert name in page.text
    assert "姆维拉" not in page.text
    db.session.expire_all()
    assert (certificate.file_id, certificate.sha256) == (None, digest_of_file)


def test_test_score_and_survey_count_where_asked(event: Event) -> None:
    with transaction():
        change_policy(event, {"post_test": 0.6, "survey": True}, actor=OFFICER)
    good, poor = participant(event, "M1", "M2"), participant(event, "M1", "M2")
    with transaction():
        write_results(event.id, {good.id: (0.7, True), poor.id: (0.5, True)}, actor=OFFICER)
    assert {c.registration_id: c.level for c in issue(event)} == {
        good.id: "completion", poor.id: "participation",
    }  # fmt: skip
    with pytest.raises(Invalid), transaction():
        write_results(event.id, {good.id: (70, True)}, actor=OFFICER)
    assert db.session.query(CourseResult).count() == 2


def test_stranger_finds_no_certificates(event: Event, browser: Browser) -> None:
    browser.sign_in(make_account())
    assert browser.get(f"/manage/{event.slug}/certificates").status == 404
