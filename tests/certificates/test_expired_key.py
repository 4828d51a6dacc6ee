"""A signing key that expired: nothing leaves unsigned, and the work goes on with the next key."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from eventhub.certificates.models import Certificate
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.events.models import Event
from eventhub.files.models import StoredFile
from eventhub.files.services import read_whole
from eventhub.jobs.models import Job
from eventhub.jobs.runner import run_due
from eventhub.jobs.services import retry
from tests.attendance.people import participant
from tests.certificates.issued import issue
from tests.signing.authority import ENDS, PASSPHRASE, Authority, curve
from tests.signing.reading import said_by_pyhanko


@pytest.mark.failing_jobs
def test_r5_8_nothing_leaves_unsigned_while_the_key_is_expired(
    app: Flask, event: Event, fonts: Path
) -> None:
    authority, settings = Authority(), app.extensions["eventhub.settings"]
    app.extensions["eventhub.settings"] = replace(
        settings, signing_key="seal.p12", signing_passphrase=PASSPHRASE
    )
    late = ENDS + timedelta(days=3)
    authority.give(curve(), "Old").write(settings.keys / "seal.p12", authority.root.certificate)
    participant(event, "M1")
    with clock.at(late):
        ref = issue(event)[0].ref
        with transaction():
            db.session.execute(update(Job).where(Job.name == "certificates.make").values(
                attempts=0, most_attempts=1
            ))  # fmt: skip
        run_due(app)
        assert work().state == "failed"
        assert "The signing key expired on 1 January 2025." in str(work().error)
        assert certificate(ref).sha256 is None

        new = authority.give(curve(), "New", ends=ENDS + timedelta(days=300))
        new.write(settings.keys / "seal.p12.new", authority.root.certificate)
        (settings.keys / "seal.p12.new").replace(settings.keys / "seal.p12")
        with transaction():
            retry(work())
        run_due(app)
        assert work().state == "done"
        file = db.session.get_one(StoredFile, certificate(ref).file_id)
        signed = read_whole(file)
    said = said_by_pyhanko(signed, authority.root.certificate, at=late)
    assert said.bottom_line, said.pretty_print_details()
    assert "New" in said.signing_cert.subject.human_friendly


def work() -> Job:
    db.session.rollback()
    return db.session.scalars(select(Job).where(Job.name == "certificates.make")).one()


def certificate(ref: str) -> Certificate:
    return db.session.scalars(select(Certificate).filter_by(ref=ref)).one()
