"""A worker killed in the middle of a run: none missing, none double."""

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from eventhub.badges import queries
from eventhub.badges.models import PrintedBadge, PrintRun
from eventhub.config import Settings
from eventhub.core import clock
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.files.models import StoredFile
from eventhub.files.services import read_whole
from eventhub.jobs.models import Job
from eventhub.jobs.rules import LEASE
from tests.badges.people import admit, ask, work
from tests.paper import Tool

WORKER = """
import os, signal, sys
from pathlib import Path
from eventhub.app import create_app
from eventhub.badges import services, sheets
from eventhub.config import Settings
from eventhub.jobs import services as jobs
from eventhub.jobs.runner import Work, run_due
from eventhub.printing.fonts import use_fonts

place, data, url, fonts = sys.argv[1:]
die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
sheets.CHUNK = 2
if place == "drawing":
    report = Work.progress
    def progress(work, done, total):
        report(work, done, total)
        if done == 4:
            die()
    Work.progress = progress
elif place == "before the end is written":
    close = services.end_run
    def end_run(*given):
        close(*given)
        die()
    services.end_run = end_run
else:
    jobs.finish = die
app = create_app(
    Settings(mode="test", data_dir=Path(data), database_url=url, base_url="http://localhost",
             secret_keys="only-for-tests-" * 4)
)
with app.app_context():
    use_fonts(Path(fonts))
run_due(app)
"""


@pytest.mark.parametrize(
    ("place", "written"),
    [("drawing", 0), ("before the end is written", 0), ("after it is written", 7)],
)
def test_run_of_a_killed_worker_is_taken_up_none_missing_none_double(
    app: Flask, event: Event, settings: Settings, fonts: Path, tool: Tool, tmp_path: Path,
    place: str, written: int,
) -> None:  # fmt: skip
    people = admit(event, 7)
    ref = ask(event)
    db.session.rollback()
    killed = subprocess.run(
        [sys.executable, "-c", WORKER, place, settings.data_dir, settings.database_url,
         fonts],
        timeout=300, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert db.session.scalar(db.select(db.func.count(PrintedBadge.id))) == written
    work(app)
    job = db.session.scalars(db.select(Job).where(Job.name == "badges.print_run")).one()
    assert job.state == "running", "nobody takes it up while its lease runs"
    with clock.at(clock.now() + 2 * LEASE + timedelta(seconds=1)):
        work(app)
    run = queries.get_run(event.id, ref)
    assert (run.state, run.badges) == ("done", 7)
    made = db.session.scalars(db.select(PrintedBadge.pass_id)).all()
    assert sorted(made) == sorted(row.pass_id or 0 for row in people)
    path = tmp_path / "badges.pdf"
    path.write_bytes(read_whole(db.session.get_one(StoredFile, run.file_id)))
    assert "Pages:           7" in tool("pdfinfo", path)
    assert db.session.scalar(db.select(db.func.count(PrintRun.id))) == 1
    said = tool("pdftotext", path, "-")
    assert all(said.count(f"{row.given_names}\n") == 1 for row in people)
