"""The site administrator's pages."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from eventhub.config import Settings
from eventhub.core.db import db, transaction
from eventhub.i18n import use
from eventhub.jobs.models import Job
from eventhub.jobs.runner import HANDLERS, Work, run_due
from eventhub.jobs.services import queue
from eventhub.keys.ring import ring
from eventhub.mail import seams
from eventhub.mail.models import OutboxMail
from eventhub.mail.seams import Attachment, Letter
from eventhub.mail.services import Addressed, send
from tests.browser import Browser
from tests.factories import give, make_account, make_event


@pytest.fixture
def admin(browser: Browser) -> Browser:
    """Return the browser of a site administrator."""
    account = make_account(name="Site Admin")
    give(account, "site_administrator")
    return browser.sign_in(account)


def set_mode(app: Flask, mode: str, mail: str = "folder:") -> None:
    settings: Settings = app.extensions["eventhub.settings"]
    app.extensions["eventhub.settings"] = replace(settings, mode=mode, mail=mail)


PAGES = ("", "/work", "/work?show=failed", "/mail", "/mail?show=all", "/log", "/keys", "/team")


@pytest.mark.parametrize("page", PAGES)
def test_pages_open_for_the_site_administrator_alone(app: Flask, admin: Browser, page: str) -> None:
    url = f"/manage/installation{page}"
    assert admin.get(url).status == 200
    owner = make_account()
    give(owner, "event_owner", make_event())
    assert Browser(app).sign_in(owner).get(url).status == 404
    assert Browser(app).get(url, follow=False).location.startswith("/sign-in?next=/manage/")


def test_components_are_shown(admin: Browser) -> None:
    assert "Every piece of the interface" in admin.get("/manage/installation/components").text


def test_home_says_what_waits(admin: Browser) -> None:
    assert "Nothing waits for you." in admin.get("/manage/installation").text
    with transaction():
        queue("test.broken").state = "failed"
        send("test.hello", [Addressed("ada@example.org", "en")], event_id=None)
    with transaction():
        db.session.scalars(select(OutboxMail)).one().state = "failed"
    page = admin.get("/manage/installation")
    assert "1 piece of work failed" in page.text
    assert "1 mail could not be sent" in page.text


@pytest.mark.failing_jobs
def test_failed_work_is_tried_again(
    app: Flask, admin: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []

    def work(_work: Work, number: int) -> None:
        if not done:
            done.append(0)
            raise ValueError("the printer is out of paper")
        done.append(number)

    monkeypatch.setitem(HANDLERS, "test.print", work)
    with transaction():
        ref = queue("test.print", number=7, most_attempts=1).ref
    run_due(app)
    page = admin.get("/manage/installation/work?show=failed")
    assert "the printer is out of paper" in page.text
    admin.submit(page.form(action=f"{ref}/retry"))
    assert "The work is queued again." in admin.page.text
    run_due(app)
    assert done == [0, 7]
    assert "job.retry" in admin.get("/manage/installation/log").text


def test_waiting_work_is_stopped(admin: Browser) -> None:
    with transaction():
        job = queue("test.print")
    page = admin.get("/manage/installation/work")
    admin.submit(page.form(action=f"{job.ref}/cancel"))
    assert db.session.scalars(select(Job.state).where(Job.ref == job.ref)).one() == "cancelled"
    page = admin.post(f"/manage/installation/work/{job.ref}/cancel", {})
    assert page.status == 400, "without the token nothing is done"


def test_failed_mail_is_sent_again_and_shows_no_person(
    app: Flask, admin: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(seams.MESSAGES, "test.hello", lambda _e, _i: Letter("Hi", "x", "<p>x</p>"))
    with transaction():
        send(
            "test.hello",
            [Addressed("chanda@example.org", "en"), Addressed("bob@example.org", "en")],
            event_id=None,
        )
    with transaction():
        for mail in db.session.scalars(select(OutboxMail)):
            mail.state, mail.error = "failed", f"{{'{mail.to}': (550, b'unknown')}}"
        db.session.execute(update(Job).values(state="done"))
    page = admin.get("/manage/installation/mail")
    assert "c…@example.org" in page.text
    assert "chanda" not in str(page.soup)
    ref = db.session.scalars(select(OutboxMail.ref)).first()
    form = next(f for f in page.soup.find_all("form") if ref in str(f))
    admin.submit(form)
    assert "Queued again: 1." in admin.page.text
    run_due(app)
    db.session.rollback()
    assert sorted(db.session.scalars(select(OutboxMail.state))) == ["failed", "sent"]


def test_keys_are_shown_by_id_and_turned(admin: Browser) -> None:
    secret = ring().secret("passes").hex()
    page = admin.get("/manage/installation/keys")
    assert "k0001" in page.text
    assert secret not in str(page.soup)
    forms = [f for f in page.soup.find_all("form") if "passes" in str(f)]
    admin.submit(forms[0])
    assert ring().newest("passes") == "k0002"
    assert ring().secret("passes", "k0001").hex() == secret
    assert admin.submit(forms[0], purpose="links").status == 404, "links name no key"


def test_log_shows_values_before_and_after(admin: Browser) -> None:
    other = make_account()
    admin.get("/manage/installation/team")
    admin.submit(admin.page.form(-1), name="B", email=other.email, role="site_administrator")
    page = admin.get("/manage/installation/log")
    assert "role.give" in page.text
    assert "role: – → site_administrator" in page.text


def put_letter(app: Flask, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    def worded(_event_id: int | None, _ids: Any) -> Letter:
        return Letter(
            "Un code", text, "<p>x</p>", (Attachment("a.ics", "text/calendar", b"BEGIN"),)
        )

    monkeypatch.setitem(seams.MESSAGES, "test.letter", worded)
    with use("fr"), transaction():
        send("test.letter", [Addressed("ada@example.org", "fr")], event_id=None)
    run_due(app)


def test_sent_mail_is_read_by_anybody_in_the_demo(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_letter(app, monkeypatch, "See http://localhost/my/ABC?x=1.\n<script>alert(1)</script>")
    set_mode(app, "demo")
    page = browser.get("/sent-mail")
    assert "no mail leaves this machine" in page.text
    url = next(a["href"] for a in page.soup.select("main a") if "Un code" in a.text)
    page = browser.get(str(url))
    assert page.soup.select_one("a[href='http://localhost/my/ABC?x=1']")
    assert "<script>alert(1)</script>" in page.text
    assert not page.soup.select("main script")
    attachment = browser.get(f"{url}/0").response
    assert attachment.data == b"BEGIN"
    assert browser.get(f"{url}/1").status == 404


@pytest.mark.parametrize(
    ("mode", "mail"),
    [("production", "smtp://127.0.0.1"), ("test", "folder:"), ("demo", "smtp://x")],
)
def test_sent_mail_is_nowhere_else(app: Flask, browser: Browser, mode: str, mail: str) -> None:
    set_mode(app, mode, mail)
    assert browser.get("/sent-mail").status == 404
    assert browser.get("/sent-mail/20260301-120000-000000-x").status == 404


@pytest.mark.parametrize("name", ["..%2f..%2ftest", "x", "20260301-120000-000000-../../x"])
def test_sent_mail_reads_nothing_but_letters(app: Flask, browser: Browser, name: str) -> None:
    set_mode(app, "demo")
    assert browser.get(f"/sent-mail/{name}").status == 404
