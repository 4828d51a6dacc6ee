"""The queue and its runner."""

import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict
from eventhub.jobs import queries, rules, services
from eventhub.jobs.models import Job
from eventhub.jobs.runner import (
    EVERY,
    HANDLERS,
    Cancelled,
    Work,
    new_owner,
    queue_round,
    run_due,
    run_one,
    work_for_ever,
)
from eventhub.jobs.services import claim, queue, queue_many
from tests.agenda.programmes import make_session, publish
from tests.factories import make_event

Handler = Callable[..., object]


@pytest.fixture
def handle(monkeypatch: pytest.MonkeyPatch) -> Callable[[Handler], None]:
    """Return what makes a function the handler of test.work."""

    def register(handler: Handler) -> None:
        monkeypatch.setitem(HANDLERS, "test.work", handler)

    return register


def put(**given: object) -> int:
    with transaction():
        return queue("test.work", **given).id  # type: ignore[arg-type]


def job(number: int) -> Job:
    db.session.rollback()
    return db.session.get_one(Job, number)


def test_job_runs_once_and_tells_its_result(app: Flask, handle: Callable[[Handler], None]) -> None:
    handle(lambda _work, number: {"double": number * 2})
    number = put(number=4)
    assert run_due(app) == 1
    assert run_due(app) == 0
    done = job(number)
    assert (done.state, done.result, done.attempts) == ("done", {"double": 8}, 1)
    assert done.ended_at is not None
    assert done.owner is None


def test_mail_of_one_person_goes_before_hundreds_of_files_that_waited_longer(
    app: Flask, handle: Callable[[Handler], None], noon: datetime
) -> None:
    ran: list[str] = []
    handle(lambda _work, what: ran.append(what))
    with clock.at(noon):
        put(what="all badges", priority=rules.BULK)
        put(what="programme")
    with clock.at(noon + timedelta(seconds=30)):
        put(what="code for one", priority=rules.URGENT)
        assert run_due(app) == 3
    assert ran == ["code for one", "programme", "all badges"]


def test_papers_just_published_go_before_certificates_badges_and_letters_that_waited_longer(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    names = ("badges.print_run", "certificates.make", "mail.send", "agenda.print")
    for name in names:
        monkeypatch.setitem(HANDLERS, name, lambda _work, at=name, **_args: ran.append(at))
    event = make_event()
    with transaction():
        queue("badges.print_run", priority=rules.BULK, run_id=1)
        queue_many("certificates.make", [{"n": n} for n in range(3)], priority=rules.BULK)
        queue("mail.send")
    make_session(event)
    publish(event)
    run_due(app)
    ours = [name for name in ran if name in names]
    assert ours[0] == "agenda.print"
    assert sorted(ours[1:]) == ["badges.print_run", *["certificates.make"] * 3, "mail.send"]


@pytest.mark.parametrize("priority", [rules.URGENT, rules.SOON])
def test_urgent_job_runs_beside_a_long_one(
    app: Flask,
    handle: Callable[[Handler], None],
    monkeypatch: pytest.MonkeyPatch,
    priority: int,
) -> None:
    monkeypatch.setattr("eventhub.jobs.runner.EVERY", {})
    is_sent = threading.Event()
    seen: list[bool] = []

    def work(_work: Work, kind: str) -> None:
        if kind == "mail":
            is_sent.set()
        else:
            put(kind="mail", priority=priority)
            seen.append(is_sent.wait(5))
            os.kill(os.getpid(), signal.SIGTERM)

    handle(work)
    put(kind="badges", priority=rules.BULK)
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        work_for_ever(app)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert seen == [True], "the mail did not wait for the badges"


def test_job_of_a_change_taken_back_never_runs(
    app: Flask, handle: Callable[[Handler], None]
) -> None:
    handle(lambda _work: pytest.fail("it was taken back"))

    def fails() -> None:
        with transaction():
            queue("test.work")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fails()
    assert run_due(app) == 0


@pytest.mark.failing_jobs
def test_failure_is_tried_again_later_each_time_and_ends_as_a_dead_letter(
    app: Flask, handle: Callable[[Handler], None], noon: datetime
) -> None:
    def breaks(_work: Work) -> None:
        raise ValueError("no paper")

    handle(breaks)
    number = put(most_attempts=3)
    waits = []
    instant = noon
    for _try in range(3):
        with clock.at(instant):
            assert run_due(app) == 1
        if job(number).state == "waiting":
            waits.append(job(number).run_at - instant)
            instant = job(number).run_at
    assert waits == [timedelta(seconds=5), timedelta(seconds=10)]
    dead = job(number)
    assert (dead.state, dead.attempts, dead.error) == ("failed", 3, "ValueError: no paper")
    with transaction():
        services.retry(db.session.get_one(Job, number))
    assert (job(number).state, job(number).attempts) == ("waiting", 0)


def test_waits_double_up_to_an_hour() -> None:
    waits = [rules.wait_before(attempt).total_seconds() for attempt in (1, 2, 3, 10, 11, 500)]
    assert waits == [5, 10, 20, 2560, 3600, 3600]
    assert rules.LEASE.total_seconds() > 3 * rules.HEARTBEAT_SECONDS, "one beat may be missed"


def test_job_of_a_dead_worker_is_taken_when_its_lease_has_run_out(app: Flask) -> None:
    number = put()
    with transaction():
        taken = claim("dead")
        assert taken is not None
    with transaction():
        assert claim("other") is None, "not while the lease runs"
    later = clock.now() + rules.LEASE + timedelta(seconds=1)
    with clock.at(later), transaction():
        again = claim("other")
        assert again is not None
        assert (again.id, again.owner, again.attempts) == (number, "other", 2)
    with transaction():
        assert not services.beat(number, "dead")
        services.finish(number, "dead", {"by": "the dead"})
    assert (job(number).state, job(number).result) == ("running", {})


def test_job_that_kills_its_worker_each_time_is_a_dead_letter(app: Flask, noon: datetime) -> None:
    number = put(most_attempts=2)
    instant = noon
    for _try in range(2):
        with clock.at(instant), transaction():
            assert claim("dies") is not None
        instant += timedelta(minutes=1)
    with clock.at(instant), transaction():
        assert claim("next") is None
    assert job(number).state == "failed"
    assert "died each time" in (job(number).error or "")


def test_heart_beats_while_the_handler_works(
    app: Flask, handle: Callable[[Handler], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eventhub.jobs.runner.HEARTBEAT_SECONDS", 0.05)
    leases: list[datetime | None] = []

    def slow(work: Work) -> None:
        for _look in range(2):
            db.session.rollback()
            leases.append(db.session.get_one(Job, work.job_id).leased_until)
            db.session.rollback()
            time.sleep(0.4)

    handle(slow)
    put()
    run_due(app)
    first, second = leases
    assert first is not None
    assert second is not None
    assert second > first


def test_what_a_dead_worker_of_this_name_left_is_taken_back_at_once(app: Flask) -> None:
    mine, other = put(), put()
    with transaction():
        assert claim("run-1") is not None
        assert claim("run-2") is not None
    with transaction():
        assert services.take_back("run-1") == 1
    assert (job(mine).state, job(mine).owner) == ("waiting", None)
    assert job(other).state == "running"
    assert queries.has_due()


def test_two_workers_never_share_a_job(app: Flask, handle: Callable[[Handler], None]) -> None:
    ran: list[int] = []
    handle(lambda _work, number: ran.append(number))
    with transaction():
        queue_many("test.work", [{"number": number} for number in range(40)])

    def work() -> None:
        owner = new_owner()
        while run_one(app, owner):
            pass

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert sorted(ran) == list(range(40))


def test_job_of_one_key_is_queued_once_while_it_lives(
    app: Flask, handle: Callable[[Handler], None]
) -> None:
    ran: list[int] = []
    handle(lambda _work: ran.append(1))
    assert put(once="k") == put(once="k")
    run_due(app)
    put(once="k")
    run_due(app)
    assert len(ran) == 2


def test_job_waits_for_its_time(
    app: Flask, handle: Callable[[Handler], None], noon: datetime
) -> None:
    handle(lambda _work: None)
    number = put(run_at=noon + timedelta(hours=1))
    assert run_due(app) == 0
    with clock.at(noon + timedelta(hours=1)):
        assert run_due(app) == 1
    assert job(number).state == "done"


def test_progress_is_seen_and_a_stopped_job_stops_there(
    app: Flask, handle: Callable[[Handler], None]
) -> None:
    reached: list[int] = []

    def steps(work: Work) -> None:
        for step in range(10):
            work.progress(step, 10)
            reached.append(step)
            if step == 3:
                with transaction():
                    services.cancel(db.session.get_one(Job, work.job_id))

    handle(steps)
    number = put()
    run_due(app)
    assert reached == [0, 1, 2, 3]
    assert (job(number).state, job(number).done, job(number).total) == ("cancelled", 3, 10)


def test_waiting_job_is_cancelled_at_once_and_an_ended_one_cannot_be(app: Flask) -> None:
    number = put()
    with transaction():
        services.cancel(db.session.get_one(Job, number))
    assert job(number).state == "cancelled"
    assert run_due(app) == 0
    with pytest.raises(Conflict), transaction():
        services.cancel(db.session.get_one(Job, number))
    with transaction():
        services.retry(db.session.get_one(Job, number))
    with pytest.raises(Conflict), transaction():
        services.retry(db.session.get_one(Job, number))


@pytest.mark.failing_jobs
def test_unknown_name_fails_and_is_seen(app: Flask) -> None:
    number = put(most_attempts=1)
    run_due(app)
    assert job(number).state == "failed"
    assert "test.work" in (job(number).error or "")


def test_what_a_failed_handler_wrote_is_taken_back(
    app: Flask, handle: Callable[[Handler], None]
) -> None:
    def half(_work: Work) -> None:
        with transaction():
            queue("test.other")
            raise Cancelled

    handle(half)
    put()
    run_due(app)
    db.session.rollback()
    assert db.session.scalars(select(Job.name)).all() == ["test.work"]


def test_round_jobs_are_queued_when_their_time_has_come(
    app: Flask, monkeypatch: pytest.MonkeyPatch, noon: datetime
) -> None:
    for name in list(EVERY):
        monkeypatch.delitem(EVERY, name)
    monkeypatch.setitem(EVERY, "test.round", timedelta(hours=1))
    last: dict[str, datetime] = {}

    def queued() -> int:
        db.session.rollback()
        return len(db.session.scalars(select(Job)).all())

    queue_round(last)
    queue_round(last)
    assert queued() == 1
    with clock.at(noon + timedelta(minutes=59)):
        queue_round(last)
    assert queued() == 1
    with clock.at(noon + timedelta(hours=1)):
        queue_round({})
    assert queued() == 1, "the last one still waits"


def test_queries_tell_how_the_work_goes(app: Flask, noon: datetime) -> None:
    assert not queries.has_due()
    assert queries.seconds_behind() == 0
    put()
    with clock.at(noon + timedelta(seconds=90)):
        assert queries.seconds_behind() == 90
        assert queries.has_due()
    assert queries.count_by_state() == {"waiting": 1}


def test_queue_that_goes_forward_is_not_behind(
    app: Flask, handle: Callable[[Handler], None], noon: datetime
) -> None:
    handle(lambda _work: None)
    with clock.at(noon):
        put()
        put()
        put()
    late = noon + timedelta(days=900)
    with clock.at(late):
        assert queries.seconds_behind() == 900 * 86400, "nobody works"
        with transaction():
            assert claim("worker") is not None
        assert queries.seconds_behind() == 0, "a job is at hand"
        assert run_one(app, "other")
    db.session.rollback()
    with clock.at(late + rules.LEASE + timedelta(seconds=1)):
        assert queries.seconds_behind() == 0, "one has just ended"
    with clock.at(late + timedelta(minutes=1)):
        assert queries.seconds_behind() > 60, "the worker is gone"


def test_worker_stops_when_told(app: Flask, handle: Callable[[Handler], None]) -> None:
    ran: list[int] = []

    def stop(_work: Work) -> None:
        ran.append(1)
        signal.raise_signal(signal.SIGTERM)

    handle(stop)
    put()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        work_for_ever(app)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert ran == [1]
