"""Run with `python -m bench` (about two minutes); `--quick` takes a tenth of the time.

Loads the demo into a folder of its own, serves it by gunicorn, and measures pages against a bare
Flask page on the same server in the same run; then SQL statements and bytes of each page, start
and memory. Nothing is asserted: figures are printed.
"""

import gzip
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import Request, build_opener

from sqlalchemy import select

from bench.ground import Statements, application, installation, options
from bench.load import Result, get, hammer
from bench.server import ROOT, children_of, free_port, memory_mb, serving, serving_pages, wait_for
from eventhub.core.db import db
from eventhub.demo.loader import load
from eventhub.events.models import Event

EVENT, AGENDA = "xiamen-2024", "xiamen-2024"


def main() -> None:
    """Measure everything and print it."""
    parser = options(__doc__)
    parser.add_argument("--clients", type=int, default=16)
    asked = parser.parse_args()
    seconds = 1.0 if asked.quick else 8.0
    with installation(asked.database, "demo") as environment:
        started = time.perf_counter()
        with application().app_context():
            load(lambda _line: None)
            print(f"demo loaded in {time.perf_counter() - started:.1f} s")
            rehearsal = rehearsal_slug()
        measure_load(environment, rehearsal, clients=asked.clients, seconds=seconds)
        measure_pages(rehearsal)
        measure_start(environment)


def rehearsal_slug() -> str:
    """Return the slug of the side event's rehearsal, where anybody may register."""
    query = select(Event.slug).where(
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
    with serving_pages(environment) as (port, _server):
        base = f"http://127.0.0.1:{port}"
        pages = {
            "event page": f"/en/{EVENT}",
            "agenda page": f"/en/{AGENDA}/programme",
            "calendar": f"/en/{AGENDA}/calendar.ics",
            "registration form": f"/en/{rehearsal}/register",
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


def show(name: str, bare: Result, found: Result) -> None:
    """Print one line with its ratio to the bare page."""
    print(f"{name:22} {found}  {found.per_second / max(bare.per_second, 0.1):5.2f} of bare")


def etag(url: str) -> str:
    """Return the ETag of the page as browsers get it, compressed."""
    with build_opener().open(Request(url, headers={"Accept-Encoding": "gzip"})) as answer:
        return str(answer.headers["ETag"])


def measure_pages(rehearsal: str) -> None:
    """Print SQL statements and bytes (plain, gzip) of each page."""
    app = application()
    client = app.test_client()
    with app.app_context():
        statements = Statements()
    print("\npage, statements, bytes, bytes gzip")
    for path in ("/", f"/en/{EVENT}", f"/zh/{EVENT}", f"/ar/{EVENT}", f"/en/{AGENDA}/programme",
                 f"/en/{rehearsal}/register", "/static/css/public.css"):  # fmt: skip
        client.get(path)
        before = statements.count
        body = client.get(path).data
        sent = statements.count - before
        print(f"{path:40} {sent:3} {len(body):7} {len(gzip.compress(body, 6)):6}")


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
