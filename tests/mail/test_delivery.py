"""Delivering letters to a mail server, a real one that listens on this machine."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select

from eventhub.config import Settings
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict
from eventhub.jobs.models import Job
from eventhub.jobs.runner import run_due
from eventhub.mail import seams, services
from eventhub.mail.models import OutboxMail
from eventhub.mail.seams import Attachment, Letter
from eventhub.mail.services import Addressed, send
from eventhub.mail.transport import Smtp, ascii_domain, compose
from tests.mail.post import Post, free_port, mail_server


@pytest.fixture
def port() -> int:
    """Return a free port of this machine."""
    return free_port()


@pytest.fixture
def post(port: int) -> Iterator[Post]:
    """Start a mail server that knows no SMTPUTF8."""
    with mail_server(port) as box:
        yield box


@pytest.fixture
def mailing(app: Flask, port: int, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Let the application send to the server, and know one message."""
    settings: Settings = app.extensions["eventhub.settings"]
    app.extensions["eventhub.settings"] = replace(settings, mail=f"smtp://127.0.0.1:{port}")

    def hello(_event_id: int | None, ids: Any) -> Letter | None:
        if ids.get("silent"):
            return None
        return Letter("Bienvenue à Xiamen : 欢迎", "Bonjour é\n", "<p>Bonjour é</p>")

    monkeypatch.setitem(seams.MESSAGES, "test.hello", hello)
    return app


def put(to: str = "ada@example.org", **ids: Any) -> None:
    with transaction():
        send("test.hello", [Addressed(to, "fr", ids)], event_id=None)


def only_mail() -> OutboxMail:
    db.session.rollback()  # see what the worker, in a session of its own, has committed
    return db.session.scalars(select(OutboxMail)).one()


def only_job() -> Job:
    db.session.rollback()
    return db.session.scalars(select(Job).where(Job.name == "mail.deliver")).one()


def test_letter_arrives_whole(mailing: Flask, post: Post) -> None:
    put()
    run_due(mailing)
    (message,) = post.taken
    assert message["Subject"] == "Bienvenue à Xiamen : 欢迎"
    assert message["To"] == "ada@example.org"
    assert message["From"] == "EventHub <no-reply@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == f"<{only_mail().message_id}@localhost>"
    text, html = message.get_body(["plain"]), message.get_body(["html"])
    assert text is not None
    assert html is not None
    assert text.get_content().strip() == "Bonjour é"
    assert html.get_content().strip() == "<p>Bonjour é</p>"
    assert (only_mail().state, only_mail().attempts) == ("sent", 1)


def test_letter_is_sent_once_however_often_its_job_runs(mailing: Flask, post: Post) -> None:
    put()
    run_due(mailing)
    job = only_job()
    with transaction():
        job.state, job.attempts = "waiting", 0
    run_due(mailing)
    assert only_job().state == "done"
    assert len(post.taken) == 1


@pytest.mark.failing_jobs
def test_server_down_then_up_again(mailing: Flask, port: int, noon: datetime) -> None:
    put()
    run_due(mailing)
    assert (only_mail().state, only_mail().attempts) == ("waiting", 1)
    assert "refused" in (only_mail().error or "").lower()
    first_wait = only_job().run_at - noon
    assert first_wait == timedelta(seconds=5)
    with clock.at(noon + timedelta(seconds=4)):
        assert run_due(mailing) == 0, "not before the pause is over"
    with clock.at(noon + first_wait):
        run_due(mailing)
    assert only_job().run_at - noon - first_wait == timedelta(seconds=10), "twice as long"
    box = Post()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    try:
        with clock.at(noon + timedelta(minutes=1)):
            run_due(mailing)
    finally:
        server.stop()
    assert len(box.taken) == 1
    assert only_mail().state == "sent"
    assert only_mail().error is None


@pytest.mark.failing_jobs
def test_night_without_a_server_loses_nothing(mailing: Flask, noon: datetime) -> None:
    put()
    passed = timedelta()
    for _try in range(services.MOST_ATTEMPTS):
        assert only_mail().state == "waiting"
        passed = only_job().run_at - noon
        with clock.at(noon + passed):
            run_due(mailing)
    assert passed > timedelta(hours=9)
    assert only_mail().state == "failed"
    assert only_job().state == "failed"
    mail = only_mail()
    with transaction():
        services.retry([mail])
    assert only_mail().state == "waiting"


def test_recipient_refused_for_good_is_not_tried_again(mailing: Flask, post: Post) -> None:
    post.refuse_recipient = "550 no such mailbox"
    put()
    run_due(mailing)
    assert only_mail().state == "failed"
    assert "no such mailbox" in (only_mail().error or "")
    assert only_job().state == "done"


@pytest.mark.failing_jobs
def test_recipient_refused_for_now_is_tried_again(
    mailing: Flask, post: Post, noon: datetime
) -> None:
    post.refuse_recipient = "450 come back later"
    put()
    run_due(mailing)
    assert only_mail().state == "waiting"
    post.refuse_recipient = ""
    with clock.at(noon + timedelta(minutes=1)):
        run_due(mailing)
    assert only_mail().state == "sent"


@pytest.mark.failing_jobs
@pytest.mark.parametrize(("answer", "state"), [("554 spam", "failed"), ("451 full", "waiting")])
def test_letter_refused(mailing: Flask, post: Post, answer: str, state: str) -> None:
    post.refuse_data = answer
    put()
    run_due(mailing)
    assert only_mail().state == state
    assert post.taken == []


def test_domain_in_other_letters_is_written_as_servers_know_it(mailing: Flask, post: Post) -> None:
    put("ada@例え.example")
    run_due(mailing)
    assert post.taken[0]["To"] == "ada@xn--r8jz45g.example"
    assert ascii_domain("Ada@Example.org") == "Ada@Example.org"


@pytest.mark.parametrize(
    "wrong", ["nobody", "a@b@c", "a@..example", "a b@example.org", "élodie@example.org"]
)
def test_address_that_is_none_fails_at_once(mailing: Flask, post: Post, wrong: str) -> None:
    put(wrong)
    run_due(mailing)
    assert only_mail().state == "failed"
    assert post.taken == []


def test_message_with_nothing_to_say_any_more_is_dropped(mailing: Flask, post: Post) -> None:
    put(silent=True)
    run_due(mailing)
    assert only_mail().state == "dropped"
    assert post.taken == []


def test_only_failed_mail_is_sent_again(mailing: Flask, post: Post) -> None:
    put()
    run_due(mailing)
    mail = only_mail()
    with pytest.raises(Conflict), transaction():
        services.retry([mail])
    with transaction():
        mail.state = "failed"
    with transaction():
        services.retry([mail])
    run_due(mailing)
    assert len(post.taken) == 2


def test_attachments_keep_name_and_kind() -> None:
    attachment = Attachment("agenda é.ics", "text/calendar; method=PUBLISH", b"BEGIN:VCALENDAR\r\n")
    letter = Letter("A\nB", "text", "<p>html</p>", (attachment,), reply_to="host@example.org")
    message = compose(letter, to="a@b.org", sender="E <e@b.org>", message_id="1", domain="b.org")
    assert message["Subject"] == "A B"
    assert message["Reply-To"] == "host@example.org"
    (part,) = message.iter_attachments()
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "PUBLISH"
    assert part.get_filename() == "agenda é.ics"
    assert bytes(message).isascii(), "any server can carry it"


def test_server_is_greeted_and_gets_no_mail(post: Post, port: int) -> None:
    Smtp(f"smtp://127.0.0.1:{port}").greet()
    assert post.greeted == 1
    assert post.taken == []


def test_silent_port_is_told(port: int) -> None:
    started = time.monotonic()
    with pytest.raises(OSError, match="refused"):
        Smtp(f"smtp://127.0.0.1:{port}").greet()
    assert time.monotonic() - started < 5
