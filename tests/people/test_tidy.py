"""What is forgotten by itself."""

from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import func, select

from eventhub.access.models import Attempt
from eventhub.access.services import try_once_more
from eventhub.core import clock
from eventhub.core.db import Base, db, transaction
from eventhub.jobs.runner import run_due
from eventhub.jobs.services import queue
from eventhub.people.models import MailCode
from eventhub.people.services import send_code
from eventhub.web.models import SentForm
from eventhub.web.once import once


def count(model: type[Base]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_old_codes_forms_and_attempts_are_forgotten(app: Flask, noon: datetime) -> None:
    with transaction():
        send_code("nobody@example.org", "sign_in", language="en", known=False)
        try_once_more("k", limit=1, window=timedelta(minutes=15))
    once("key", "purpose", lambda: "done")
    for days, left in ((0, 1), (8, 0)):
        with clock.at(noon + timedelta(days=days)):
            with transaction():
                queue("web.tidy")
                queue("people.tidy")
            run_due(app)
        assert [count(model) for model in (MailCode, SentForm, Attempt)] == [left] * 3
