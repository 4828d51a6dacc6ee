"""R5.9: all certificates by one job that a killed worker leaves whole."""

import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from eventhub.certificates import queries, services
from eventhub.certificates.models import Certificate, CertificateRun
from eventhub.certificates.services import runs
from eventhub.core.db import db, transaction
from eventhub.delegations.models import Delegation
from eventhub.events.models import Event
from eventhub.files.models import StoredFile
from eventhub.files.services import read_whole
from eventhub.jobs.runner import run_due
from eventhub.mail.models import OutboxMail
from tests.attendance.people import attend, participant
from tests.browser import Browser
from tests.certificates.issued import issue, somebody
from tests.factories import give, make_account, make_category, make_entity
from tests.registration.factories import accredited

MANY = 300

WORKER = """
import sys
from eventhub.app import create_app
from eventhub.config import Settings
from eventhub.jobs.runner import work_for_ever
from eventhub.printing.fonts import use_fonts
from pathlib import Path
use_fonts(Path(sys.argv[2]))
app = create_app(Settings(mode="test", data_dir=Path(sys.argv[1]), database_url=sys.argv[3]))
work_for_ever(app, "certificates-test")
"""


def start(event: Event, what: dict[str, object]) -> CertificateRun:
    officer = somebody("Officer")
    with transaction():
        return services.start_run(event, what, actor=officer)


def test_r5_9_run_issues_and_makes_all_and_tells_by_mail(
    app: Flask, event: Event, fonts: Path
) -> None:
    people = [participant(event, "M1", "M2", email=f"p{n}@example.org") for n in range(3)]
    participant(event)
    run = start(event, {"all": True})
    run_due(app)
    db.session.expire_all()
    assert (run.state, run.made) == ("done", 3)
    found = queries.certificates_of(event.id)
    assert {one.registration_id for one in found} == {one.id for one in people}
    assert all(one.sha256 for one in found)
    told = db.session.scalars(db.select(OutboxMail.to).filter_by(message="certificates.ready"))
    assert sorted(told) == ["p0@example.org", "p1@example.org", "p2@example.org"]
    again = start(event, {"all": True})
    run_due(app)
    db.session.expire_all()
    assert (again.state, again.made) == ("done", 0)


def test_r5_9_issued_at_once_the_worker_makes_the_files_alone(
    app: Flask, event: Event, fonts: Path
) -> None:
    people = [participant(event, "M1") for _number in range(2)]
    officer = somebody("Officer")
    with transaction():
        run = services.start_run(event, {"all": True}, tell=False, actor=officer)
        services.issue_at_once(event, run, actor=officer)
    before = {one.id: one.sha256 for one in queries.certificates_of(event.id)}
    assert set(before.values()) == {None}
    db.session.rollback()
    run_due(app)
    db.session.rollback()
    assert (run.state, run.made) == ("done", 2)
    found = queries.certificates_of(event.id)
    assert [one.id for one in found] == [*before], "issued once"
    assert {one.registration_id for one in found} == {one.id for one in people}
    assert all(one.sha256 for one in found)


def test_r5_9_progress_is_told_after_each_chunk(
    event: Event, fonts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "CHUNK", 2)
    for _number in range(5):
        participant(event, "M1")
    run, seen = start(event, {"all": True}), []
    services.work_off(run, lambda done, total: seen.append((done, total)))
    assert seen[0] == (0, 5)
    assert seen[-1] == (5, 5)
    assert [done for done, _total in seen] == sorted({done for done, _total in seen})
    assert len(seen) >= 4, "one at the start, one after each chunk of at most two"


def test_r5_9_filters_choose_by_level_and_category(app: Flask, event: Event, fonts: Path) -> None:
    whole, half = participant(event, "M1", "M2"), participant(event, "M1")
    start(event, {"level": "completion"})
    run_due(app)
    db.session.rollback()
    assert [one.registration_id for one in queries.certificates_of(event.id)] == [whole.id]
    category = db.session.get_one(type(make_category(event, "ZZ")), half.category_id)
    start(event, {"category": category.ref})
    run_due(app)
    db.session.rollback()
    assert {one.registration_id for one in queries.certificates_of(event.id)} == {whole.id, half.id}


def test_r5_9_taken_up_again_makes_the_rest_only(
    event: Event, fonts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "CHUNK", 2)
    for _number in range(5):
        participant(event, "M1")
    run = start(event, {"all": True})

    def die(done: int, _total: int) -> None:
        if done >= 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        services.work_off(run, die)
    db.session.rollback()
    first = {one.id: one.sha256 for one in queries.certificates_of(event.id) if one.sha256}
    assert first
    assert services.work_off(run, lambda _done, _total: None) == 5
    after = {one.id: one.sha256 for one in queries.certificates_of(event.id)}
    assert len(after) == 5
    assert all(after.values())
    assert {number: after[number] for number in first} == first, "what was made stays"


def test_r5_8_made_twice_gives_the_same_bytes_and_is_kept_once(event: Event, fonts: Path) -> None:
    participant(event, "M1")
    (certificate,) = issue(event)
    first = services.make_unsigned(certificate)
    assert first == services.make_unsigned(certificate)
    with transaction():
        services.keep_documents([(certificate.id, first)], tell=False)
    with transaction():
        services.keep_documents([(certificate.id, b"another")], tell=False)
    file = db.session.get_one(StoredFile, certificate.file_id)
    assert read_whole(file) == first
    assert db.session.query(StoredFile).filter_by(data_class="certificate").count() == 1


def test_r5_9_zip_holds_the_delegation_that_the_right_reaches(
    app: Flask, event: Event, fonts: Path, browser: Browser
) -> None:
    person, _other = participant(event, "M1"), participant(event, "M1")
    issue(event)
    run_due(app)
    owner = make_account()
    give(owner, "event_owner", event)
    browser.sign_in(owner)
    answer = browser.client.get(f"/manage/{event.slug}/certificates/all.zip")
    names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert sorted(names) == sorted(f"{c.serial}.pdf" for c in queries.certificates_of(event.id))
    found = queries.files_of(event.id, categories=[person.category_id])
    assert [one.registration_id for one, _file in found] == [person.id]


def test_r5_9_focal_point_gets_the_zip_of_the_own_delegation_alone(
    app: Flask, event: Event, fonts: Path, browser: Browser
) -> None:
    with transaction():
        event.switches = [*event.switches, "delegations"]
    category = make_category(event, "DEL", vouched_by="focal_point")
    own = accredited(event, category, entity_id=make_entity("ZMB").id)[0]
    other = accredited(event, category, entity_id=make_entity("EGY", "Egypt").id)[0]
    attend(event, own, "M1")
    attend(event, other, "M1")
    issue(event)
    run_due(app)
    point = make_account()
    give(point, "focal_point", event, scope={"delegations": [own.delegation_id]})
    browser.sign_in(point)
    refs = {
        one.id: db.session.get_one(Delegation, one.delegation_id).ref for one in (own, other)
    }
    address = f"/manage/{event.slug}/delegations/{{}}/certificates.zip"
    answer = browser.client.get(address.format(refs[own.id]))
    serial = next(
        c.serial for c in queries.certificates_of(event.id) if c.registration_id == own.id
    )
    assert zipfile.ZipFile(io.BytesIO(answer.data)).namelist() == [f"{serial}.pdf"]
    assert browser.client.get(address.format(refs[other.id])).status_code == 404
    for role, status in (("protocol", 404), ("secretariat", 200)):
        officer = make_account()
        give(officer, role, event)
        browser.sign_in(officer)
        assert browser.get(address.format(refs[own.id])).status == status


@pytest.mark.own_app
def test_r5_9_killed_worker_leaves_none_missing_and_none_double(
    app: Flask, event: Event, fonts: Path
) -> None:
    """A real worker process is killed with -9 in the midst; the next one does the rest."""
    people = [participant(event, "M1", email=f"p{n}@example.org") for n in range(MANY)]
    run = start(event, {"all": True})
    settings = app.extensions["eventhub.settings"]
    url = db.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", WORKER, str(settings.data_dir), str(fonts), url]
    worker = subprocess.Popen(command)
    try:
        _until(lambda: _made(run.id) > 0, worker)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(30)
        before = {one.id: one.sha256 for one in _all(event.id) if one.sha256}
        worker = subprocess.Popen(command)
        _until(lambda: _state(run.id) == "done", worker)
    finally:
        worker.kill()
        worker.wait(30)
    after = _all(event.id)
    assert Counter(one.registration_id for one in after) == Counter(one.id for one in people)
    assert sorted(one.number for one in after) == list(range(1, MANY + 1))
    assert all(one.sha256 for one in after)
    assert {one.id: one.sha256 for one in after if one.id in before} == before
    assert len({one.file_id for one in after}) == MANY
    told = db.session.scalars(db.select(OutboxMail.to).filter_by(message="certificates.ready"))
    assert Counter(told) == Counter(one.email for one in people)


def _until(happened: Callable[[], bool], worker: subprocess.Popen[bytes]) -> None:
    """Wait for it, five minutes at most: the machine may be busy."""
    end = time.monotonic() + 300
    while not happened():
        assert worker.poll() is None, "the worker died by itself"
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.02)


def _all(event_id: int) -> list[Certificate]:
    db.session.expire_all()
    db.session.rollback()
    return queries.certificates_of(event_id)


def _made(run_id: int) -> int:
    db.session.rollback()
    query = db.select(db.func.count(Certificate.id)).where(
        Certificate.run_id == run_id, Certificate.sha256.is_not(None)
    )
    return db.session.scalar(query) or 0


def _state(run_id: int) -> str:
    db.session.rollback()
    state = db.session.scalar(db.select(CertificateRun.state).filter_by(id=run_id))
    return str(state)
