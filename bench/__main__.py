"""Run with `python -m bench` (about two minutes); `--quick` takes a tenth of the time.

Loads the demo into a folder of its own, serves it by gunicorn, and measures pages and the side
event's one-page registration against a bare Flask page on the same server in the same run; then
SQL statements and bytes of each page, start and memory. Nothing is asserted: figures are printed.
"""

import argparse
import gzip
import os
import re
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from sqlalchemy import event as sql_event

from bench.load import Result, get, hammer
from bench.server import ROOT, children_of, free_port, memory_mb, serving, wait_for
from eventhub.app import create_app
from eventhub.config import Settings, from_environment
from eventhub.core.db import db, transaction
from eventhub.demo.loader import load
from eventhub.events.models import Event
from eventhub.registration.models import Pool

EVENT, AGENDA = "xiamen-2024", "xiamen-2024"


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the time")
    parser.add_argument("--database", default="", help="a PostgreSQL address, emptied before")
    parser.add_argument("--clients", type=int, default=16)
    asked = parser.parse_args()
    seconds = 1.0 if asked.quick else 8.0
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "EVENTHUB_MODE": "demo", "EVENTHUB_DATA_DIR": folder,
            "EVENTHUB_DATABASE_URL": asked.database,
        }  # fmt: skip
        os.environ.update(environment)
        prepare()
        rehearsal = rehearsal_slug()
        measure_load(environment, rehearsal, clients=asked.clients, seconds=seconds)
        measure_pages(rehearsal)
        measure_start(environment)


def prepare() -> None:
    """Make the database and load the demo."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "eventhub", "migrate"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    with create_app(application()).app_context():
        load(lambda _line: None)
    print(f"demo loaded in {time.perf_counter() - started:.1f} s")


def application() -> Settings:
    """Return the settings of the measured installation."""
    return from_environment()


def rehearsal_slug() -> str:
    """Return the slug of the side event's rehearsal, where anybody may register, made large
    enough for all who will."""
    app = create_app(application())
    with app.app_context():
        with transaction():
            db.session.execute(db.update(Pool).values(seats=100_000))
        query = db.select(Event.slug).where(
            Event.rehearsal_of_id.is_not(None), Event.preset == "side_event"
        )
        return str(db.session.scalars(query).first())


def measure_load(
    environment: dict[str, str], rehearsal: str, *, clients: int, seconds: float
) -> None:
    """Print requests per second of bare Flask and of our pages, and the ratios."""
    with serving("bench.bare:app", environment) as port:
        bare = hammer("127.0.0.1", port, [get(f"http://127.0.0.1:{port}/")], clients=clients,
                      seconds=seconds)  # fmt: skip
    print(f"\n{clients} clients, {seconds:g} s each; gunicorn, 2 processes of 4 threads")
    show("bare Flask page", bare, bare)
    with serving("wsgi:app", environment, "/healthz") as port:
        base = f"http://127.0.0.1:{port}"
        pages = {
            "event page": f"/en/{EVENT}",
            "agenda page": f"/en/{AGENDA}/programme",
            "calendar": f"/en/{AGENDA}/calendar.ics",
            "registration, GET": f"/en/{rehearsal}/register",
        }
        for name, path in pages.items():
            show(name, bare, hammer("127.0.0.1", port, [get(base + path)], clients=clients,
                                    seconds=seconds))  # fmt: skip
        tag = etag(base + pages["agenda page"])
        again = [get(base + pages["agenda page"], If_None_Match=tag)]
        show(
            "agenda page, 304",
            bare,
            hammer("127.0.0.1", port, again, clients=clients, seconds=seconds, expect=(304,)),
        )
        forms = filled_forms(base, rehearsal, int(150 * seconds) + 100)
        show("registration, POST", bare,
             hammer("127.0.0.1", port, forms, clients=clients, seconds=seconds,
                    expect=(302, 303)))  # fmt: skip


def show(name: str, bare: Result, found: Result) -> None:
    """Print one line with its ratio to the bare page."""
    print(f"{name:22} {found}  {found.per_second / max(bare.per_second, 0.1):5.2f} of bare")


def etag(url: str) -> str:
    """Return the ETag of the page as browsers get it, compressed."""
    with build_opener().open(Request(url, headers={"Accept-Encoding": "gzip"})) as answer:
        return str(answer.headers["ETag"])


def filled_forms(base: str, slug: str, count: int) -> list[bytes]:
    """Return POST requests of the one-page form, each with its own key and person."""
    opener = build_opener(HTTPCookieProcessor())
    url = f"{base}/en/{slug}/register"
    with opener.open(url) as answer:
        html = answer.read().decode()
        cookie = answer.headers["Set-Cookie"].split(";")[0]
    given = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))
    names = re.findall(r'<(?:input|select)[^>]* name="([a-z_]+)"', html)
    host = base.removeprefix("http://")
    requests = []
    for number in range(count):
        values = {
            **given, "key": str(uuid.uuid4()), "given_names": "Bench",
            "family_name": f"Person {number}", "entity_name": "Zambia", "admission": "valid_pass",
            "email": f"bench{number}@example.org",
        }  # fmt: skip
        body = urlencode({k: v for k, v in values.items() if k in given or k in names}).encode()
        head = (
            f"POST /en/{slug}/register HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n"
            f"Origin: {base}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        requests.append(head.encode() + body)
    return requests


def measure_pages(rehearsal: str) -> None:
    """Print SQL statements and bytes (plain, gzip) of each page."""
    app = create_app(application())
    client = app.test_client()
    print("\npage, statements, bytes, bytes gzip")
    for path in ("/", f"/en/{EVENT}", f"/zh/{EVENT}", f"/ar/{EVENT}", f"/en/{AGENDA}/programme",
                 f"/en/{rehearsal}/register", "/static/css/public.css"):  # fmt: skip
        client.get(path)
        with app.app_context():
            engine = db.engine
        sent: list[str] = []

        def note(_c: object, _u: object, statement: str, *_rest: object) -> None:
            sent.append(statement)  # noqa: B023  (called within this turn of the loop)

        sql_event.listen(engine, "before_cursor_execute", note)
        body = client.get(path).data
        sql_event.remove(engine, "before_cursor_execute", note)
        print(f"{path:40} {len(sent):3} {len(body):7} {len(gzip.compress(body, 6)):6}")


def measure_start(environment: dict[str, str]) -> None:
    """Print seconds from start to the first answer, and memory of each web process."""
    port = free_port()
    settings = {**os.environ, **environment, "EVENTHUB_BASE_URL": f"http://127.0.0.1:{port}"}
    process = subprocess.Popen(
        [sys.executable, "-m", "eventhub", "run"], cwd=ROOT, env=settings,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        took = wait_for(f"http://127.0.0.1:{port}/healthz")
        print(f"\ncold start to the first answer: {took:.2f} s")
        for _turn in range(50):
            wait_for(f"http://127.0.0.1:{port}/en/{EVENT}")
        below = children_of(process.pid)
        everybody = [process.pid, *below, *(pid for one in below for pid in children_of(one))]
        for pid in everybody:
            command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            print(f"memory (PSS) {memory_mb(pid):6.1f} MB  {command[-60:]}")
    finally:
        process.terminate()
        process.wait(20)


if __name__ == "__main__":
    main()
