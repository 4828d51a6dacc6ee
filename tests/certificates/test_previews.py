"""A preview is made by the worker, shown, and gone an hour later."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from eventhub.certificates import jobs
from eventhub.core import clock
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.files.models import StoredFile
from eventhub.jobs.runner import Work, run_due
from tests.attendance.people import participant
from tests.browser import Browser
from tests.factories import give, make_account


def previews() -> int:
    db.session.rollback()
    return db.session.query(StoredFile).filter_by(data_class="preview").count()


def test_preview_is_removed_after_an_hour(
    app: Flask, event: Event, browser: Browser, fonts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eventhub.certificates.views.design.wait_for_job", lambda *_a, **_k: None)
    owner, person = make_account(), participant(event, "M1")
    give(owner, "event_owner", event)
    browser.sign_in(owner).get(f"/manage/{event.slug}/certificates/people/{person.ref}")
    waits = browser.submit(browser.page.form(action="/preview"))
    assert waits.status == 202
    address = waits.response.request.path
    run_due(app)
    assert browser.get(address).response.mimetype == "application/pdf"
    work = Work(job_id=0, owner="test", event_id=None)
    jobs.remove_previews(work)
    assert previews() == 1
    with clock.at(clock.now() + timedelta(hours=1, seconds=1)):
        assert jobs.remove_previews(work) == {"files": 1}
        assert previews() == 0
        assert browser.get(address).status == 404
