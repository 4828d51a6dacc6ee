"""Run with `python -m bench.publishing` (about a minute): what publishing a programme takes.

Publishes a made programme of 200 and of 1,000 sessions in three languages, lets the job make all
pages and files that are made beforehand, then every page that is made when it is first asked for,
and asks for kept pages with and without the ETag. Prints processor seconds, which others on the
machine do not change, and wall seconds, which they do. Nothing is asserted.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from bench.ground import Statements, application, installation, options
from bench.programme import LANGUAGES, make_programme, move_one
from eventhub.agenda.models import Session, Speaker
from eventhub.agenda.seams import PROGRAMME_PAPERS
from eventhub.agenda.services import publish_agenda
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.events.models import Event
from eventhub.jobs.runner import run_due
from eventhub.web.at_once import AtOnce

SIZES = (200, 1_000)
TIMES = 200


def main() -> None:
    """Measure each size in an installation of its own, and print it."""
    asked = options(__doc__).parse_args()
    for sessions in SIZES[:1] if asked.quick else SIZES:
        with installation(asked.database, "demo") as environment:
            app = application()
            with app.app_context():
                measure(app, sessions, Path(environment["EVENTHUB_DATA_DIR"]))


def measure(app: Flask, sessions: int, data: Path) -> None:
    """Print what publishing so many sessions takes."""
    PROGRAMME_PAPERS.clear()  # PDFs follow by a job of their own
    event = make_programme(sessions)
    slug, event_id = event.slug, event.id
    run_due(app)
    print(f"\n{sessions} sessions, {len(LANGUAGES)} languages")
    for name in ("first publication", "one session moved"):
        with measured(f"{name}: freeze and keep"), transaction():
            publish_agenda(db.session.get_one(Event, event_id), actor=SYSTEM)
        with measured(f"{name}: pages and files made by the job"):
            run_due(app)
        move_one(db.session.get_one(Event, event_id))
    made = list((data / "cache" / "made").rglob("*.gz"))
    packed = sum(path.stat().st_size for path in made)
    print(f"{len(made)} pages and files kept, {packed / 1024:.0f} KB packed")
    pages = [f"sessions/{ref}" for ref in refs_of(Session.ref, event_id)]
    pages += [f"speakers/{ref}" for ref in refs_of(Speaker.ref, event_id)]
    client = app.test_client()
    with measured(f"{len(pages)} pages of sessions and speakers, English, first asked for") as many:
        for page in pages:
            answer = client.get(f"/en/{slug}/programme/{page}")
            assert answer.status_code == 200, (page, answer.status_code)
            many.append(1)
    measure_kept(app, slug)
    print("asked in earnest, not given again within a second:")
    at_once: AtOnce = app.extensions["eventhub.at_once"]
    at_once.seconds = 0
    at_once.held.clear()
    measure_kept(app, slug)


def measure_kept(app: Flask, slug: str) -> None:
    """Print what one answer takes that was made before, in milliseconds of the processor."""
    client, statements = app.test_client(), Statements()
    for path in ("programme", "programme/all", "calendar.ics", "programme/schedule.json",
                 "programme/schedule.xml"):  # fmt: skip
        url = f"/en/{slug}/{path}"
        packed = {"Accept-Encoding": "gzip"}
        first = client.get(url, headers=packed)
        known = {**packed, "If-None-Match": first.headers["ETag"]}
        spent = []
        for headers, status in ((packed, 200), (known, 304)):
            began, count = time.process_time(), statements.count
            for _turn in range(TIMES):
                assert client.get(url, headers=headers).status_code == status
            spent.append((time.process_time() - began) * 1000 / TIMES)
            asked = (statements.count - count) / TIMES
        print(f"{path:26} 200: {spent[0]:.2f} ms  304: {spent[1]:.2f} ms  {asked:g} statements, "
              f"{len(first.data) / 1024:.0f} KB packed")  # fmt: skip


def refs_of(column: object, event_id: int) -> list[str]:
    """Return the refs of an event's sessions or speakers."""
    kind = column.class_  # type: ignore[attr-defined]
    return list(db.session.scalars(select(column).where(kind.event_id == event_id)))


@contextmanager
def measured(name: str) -> Iterator[list[int]]:
    """Print processor and wall seconds of the block; each, where it fills the list given."""
    counted: list[int] = []
    cpu, wall = time.process_time(), time.perf_counter()
    yield counted
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    each = f"  {cpu * 1000 / len(counted):.1f} ms each" if counted else ""
    print(f"{name}: {cpu:.2f} s of the processor, {wall:.2f} s in all{each}")


if __name__ == "__main__":
    main()
