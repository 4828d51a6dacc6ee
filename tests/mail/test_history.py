"""Mails of the past stand in the outbox as sent and never leave the house."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.jobs.models import Job
from eventhub.mail.services import Addressed, as_history, mails_of, send

WHOM = [Addressed("delegate@example.org", "fr", {"registration": 7})]


def test_mail_of_history_is_written_down_as_sent_at_its_time(app: Flask) -> None:
    then = datetime.fromisoformat("2024-03-01T09:00:00+00:00")
    with transaction(), clock.at(then), as_history():
        send("registration.received", WHOM, event_id=None)
    mail = mails_of(None)[0]
    assert (mail.state, mail.sent_at, mail.to) == ("sent", then, "delegate@example.org")
    assert db.session.scalar(select(func.count(Job.id))) == 0


def test_outside_the_block_mail_is_delivered_again(app: Flask) -> None:
    with pytest.raises(LookupError), as_history():
        raise LookupError
    with transaction():
        send("registration.received", WHOM, event_id=None)
    assert [mail.state for mail in mails_of(None)] == ["waiting"]
    assert db.session.scalars(select(Job.name)).all() == ["mail.deliver"]
