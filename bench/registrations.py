"""Run with `python -m bench.registrations`; on PostgreSQL with `python -m tools.with_postgres`
before it.

Whole registrations over HTTP, each of a person with a network, a session and an address of their
own, against the pages as they are served in production: the side event's one page (read and
sent), the forum's four steps and check (11 requests), and the same with a photo of 12 megapixels.
The mails they cause wait in the outbox: no worker runs. In the same run a bare Flask page on the
same server tells how fast the machine is. Afterwards the database is looked at: everything
acknowledged has to be there, once and whole, or the run fails.
"""

import contextlib
import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from flask import Flask
from sqlalchemy import func, select

from bench.crowd import BETWEEN_CLIENTS, Outcome, send_crowd
from bench.ground import Environment, application, installation, open_event, options
from bench.load import get, hammer
from bench.paths import Entity, Way, camera_photo, on_one_page, step_by_step
from bench.server import THREADS, serving, serving_pages
from bench.work import Work
from eventhub.core.db import db
from eventhub.entities.models import Entity as EntityRow
from eventhub.files.services import read_whole
from eventhub.keys import links
from eventhub.mail.models import OutboxMail
from eventhub.photos.models import Photo
from eventhub.photos.queries import file_of
from eventhub.registration.models import Consent, Decision, Registration

CLIENTS = (1, 4, 16)


@dataclass(frozen=True, slots=True)
class Path:
    """One way to register: where, how, in what state it ends, after how many decisions."""

    name: str
    event_id: int
    slug: str
    walk: Way
    state: str
    decisions: int
    photos: int = 0


def main() -> None:
    """Measure each path with 1, 4 and 16 clients and check what was stored."""
    parser = options(__doc__)
    parser.add_argument("--clients", type=int, nargs="*", default=CLIENTS)
    parser.add_argument("--paths", nargs="*", help="words in the names of the paths to measure")
    parser.add_argument("--threads", default=THREADS, help="of each of the two processes")
    asked = parser.parse_args()
    seconds = 2.0 if asked.quick else 10.0
    with installation(asked.database, "demo") as environment:
        app = application()
        with app.app_context():
            print(f"{db.engine.dialect.name}; {seconds:g} s each; 2 x {asked.threads} threads")
            paths = [
                path
                for path in make_paths()
                if not asked.paths or any(word in path.name for word in asked.paths)
            ]
        bare = measure_bare(environment, max(asked.clients), seconds)
        faults = measure(app, environment, paths, asked, seconds, bare)
    if faults:
        sys.exit("\n".join(faults))


def measure_bare(environment: Environment, clients: int, seconds: float) -> float:
    """Return and print how often a bare Flask page is answered in a second."""
    with serving("bench.bare:app", environment) as port:
        page = get(f"http://127.0.0.1:{port}/")
        found = hammer("127.0.0.1", port, [page], clients=clients, seconds=seconds)
    print(f"bare Flask page, {clients} clients {found}")
    return found.per_second


def measure(
    app: Flask, environment: Environment, paths: list[Path], asked: Namespace, seconds: float,
    bare: float,
) -> list[str]:  # fmt: skip
    """Walk each path with each number of clients; return what is wrong in the database."""
    faults: list[str] = []
    first, clients = 1, asked.clients
    with serving_pages(environment, asked.threads) as (port, server):
        for path in paths:
            walk = partial(_walk, path)
            told = send_crowd(port, walk, clients=4, seconds=0.5, first=first).acknowledged
            for count in clients:
                first += BETWEEN_CLIENTS * max(16, *clients)
                with app.app_context():
                    work = Work(server)
                done = send_crowd(port, walk, clients=count, seconds=seconds, first=first)
                told += done.acknowledged
                faults += [f"{path.name}: {fault}" for fault in done.wrong]
                with app.app_context():
                    show(path, count, done, work, bare)
            first += BETWEEN_CLIENTS * max(16, *clients)
            with app.app_context():
                faults += (found := list(faults_of(path, told)))
            print(f"    {len(told)} acknowledged, {'FAULTS' if found else 'all stored whole'}")
    return faults


def _walk(path: Path, visitor: object, number: int) -> str:
    return path.walk(visitor, path.slug, number)  # type: ignore[arg-type]


def show(path: Path, clients: int, done: Outcome, work: Work, bare: float) -> None:
    """Print one line, with requests as a share of what the bare page answers."""
    share = done.requests / done.seconds / max(bare, 0.1)
    print(f"{path.name:14} {clients:2} clients {done}  {share:.3f} of bare")
    print(f"{'':14} {work.told(len(done.acknowledged))}")


def make_paths() -> list[Path]:
    """Open the events and return the ways to register for them."""
    side, forum = open_event("side_event"), open_event("forum")
    query = select(EntityRow.code, EntityRow.names).where(EntityRow.kind == "member_state")
    states: list[Entity] = [(code, names.pick("en")) for code, names in db.session.execute(query)]
    plain, pictured = step_by_step(states), step_by_step(states, camera_photo())
    return [
        Path("one page", side.id, side.slug, on_one_page(states), "accredited", 4),
        Path("steps", forum.id, forum.slug, plain, "submitted", 2),
        Path("photo", (again := open_event("forum")).id, again.slug, pictured, "submitted", 2, 1),
    ]


def faults_of(path: Path, tokens: list[str]) -> Iterator[str]:
    """Yield what of the acknowledged registrations is not stored as it has to be."""
    refs = {links.ref_in(token) for token in tokens}
    if len(refs) != len(tokens):
        yield f"{path.name}: {len(tokens)} acknowledged, but {len(refs)} registrations"
    rows = list(
        db.session.scalars(select(Registration).where(Registration.event_id == path.event_id))
    )
    sent = {row.ref for row in rows if row.state == path.state}
    if sent != refs:
        yield f"{path.name}: {len(refs - sent)} lost, {len(sent - refs)} never acknowledged"
    named = {(row.entity_id, row.number) for row in rows if row.number is not None}
    if len(named) != len(sent):
        yield f"{path.name}: {len(named)} numbers for {len(sent)} registrations"
    people = {row.email for row in rows if row.ref in sent}
    if len(people) != len(sent):
        yield f"{path.name}: {len(people)} people for {len(sent)} registrations"
    wanted = {
        "decisions": (Decision, path.decisions * len(sent)),
        "letters": (OutboxMail, len(sent)),
        "consents": (Consent, 5 * len(sent) if path.state == "submitted" else 0),
        "photos": (Photo, path.photos * len(sent)),
    }
    for name, (model, count) in wanted.items():
        query = select(func.count()).select_from(model).filter_by(event_id=path.event_id)
        if (found := db.session.scalar(query)) != count:
            yield f"{path.name}: {found} {name}, not {count}"
    for photo in db.session.scalars(select(Photo).where(Photo.event_id == path.event_id)):
        for is_small in (False, True):
            jpeg = b""
            with contextlib.suppress(OSError):
                jpeg = read_whole(file_of(photo, thumb=is_small))
            if jpeg[:2] != b"\xff\xd8" or jpeg[-2:] != b"\xff\xd9":
                yield f"{path.name}: the picture of photo {photo.ref} is broken"


if __name__ == "__main__":
    main()
