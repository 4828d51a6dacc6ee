"""`eventhub run`: pages and worker, whatever dies."""

import os
import signal
import time
from pathlib import Path

from eventhub.app import create_app
from eventhub.config import Settings
from eventhub.core.db import db, transaction
from eventhub.jobs.models import Job
from eventhub.jobs.services import queue
from tests.cli.running import Place, children_of, free_port, is_alive, until


def queue_sleep(place: Place, seconds: float) -> tuple[str, Path]:
    """Queue a job that sleeps; return its ref and the diary it writes."""
    diary = place.folder / "diary"
    app = create_app(Settings(mode="test", data_dir=place.folder / "data"))
    with app.app_context(), transaction():
        ref = queue("test.sleep", seconds=seconds, diary=str(diary)).ref
    return ref, diary


def state_of(place: Place, ref: str) -> str:
    """Return the state of a job."""
    app = create_app(Settings(mode="test", data_dir=place.folder / "data"))
    with app.app_context():
        state = db.session.scalars(db.select(Job.state).where(Job.ref == ref)).one()
        db.engine.dispose()
    return state


def test_worker_killed_mid_job_comes_back_and_runs_it_again(place: Place) -> None:
    with place.running() as process:
        ref, diary = queue_sleep(place, seconds=1.0)
        until(diary.exists, seconds=10)
        first = children_of(process.pid)["worker"]
        killed_at = time.monotonic()
        os.kill(first, signal.SIGKILL)
        until(lambda: "done" in diary.read_text(), seconds=40)
        took = time.monotonic() - killed_at
        starts = [line for line in diary.read_text().splitlines() if line.startswith("start")]
        assert starts[0] == f"start {first}"
        assert len(starts) == 2, "run again once"
        assert starts[1] != starts[0], "by another worker"
        assert took < 30, f"within seconds, not {took:.0f}"
        until(lambda: state_of(place, ref) == "done", seconds=5)
        assert place.answers("/healthz"), "pages never noticed"


def test_term_ends_pages_and_worker_and_the_job_at_hand_is_finished(place: Place) -> None:
    with place.running() as process:
        ref, diary = queue_sleep(place, seconds=1.5)
        until(diary.exists, seconds=10)
        children = children_of(process.pid)
        assert set(children) == {"web", "worker"}
        process.send_signal(signal.SIGTERM)
        assert process.wait(25) == 0
        assert not any(is_alive(pid) for pid in children.values())
        assert "done" in diary.read_text()
        assert state_of(place, ref) == "done"


def test_term_sent_many_times_ends_it_like_once(place: Place) -> None:
    """Ctrl+C reaches it twice under make, once from the terminal and once from make."""
    with place.running() as process:
        children = children_of(process.pid)
        for _turn in range(200):
            process.send_signal(signal.SIGTERM)
        assert process.wait(25) == 0
        assert not any(is_alive(pid) for pid in children.values())


def test_nothing_is_left_behind_when_run_itself_is_killed(place: Place) -> None:
    with place.running() as process:
        children = children_of(process.pid)
        process.kill()
        until(lambda: not any(is_alive(pid) for pid in children.values()), seconds=15)
        assert not place.answers("/healthz")


def test_run_ends_where_the_pages_cannot_be_served(place: Place) -> None:
    with place.running():
        second = place.call("run")
        assert second.returncode != 0
        assert "the pages are not served any more" in second.stderr


def test_empty_database_is_told_in_one_line(tmp_path: Path) -> None:
    answer = Place(tmp_path, free_port()).call("run")
    assert answer.returncode == 1
    assert "Run first: eventhub migrate" in answer.stderr
    assert "Traceback" not in answer.stderr
