"""Run with `python -m bench.agenda`; on PostgreSQL with `python -m tools.with_postgres` before it.

Events of 200 and of 1,000 sessions (40 rooms, 5 days, 800 speakers, six languages), made the same
each time. Each figure stands beside its goal: the checks of R3.4, publishing in all languages,
the page of a day and its 304 against a bare Flask page on the same server in the same run,
calendar, XML and JSON, bytes on the wire. CPU time tells what wall time hides while a machine
does other work. Nothing is asserted.
"""

import gzip
import html
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from urllib.parse import urljoin
from urllib.request import Request, build_opener

from flask import Flask

from bench.ground import Environment, Statements, application, installation, options
from bench.load import Result, get, hammer
from bench.programmes import LANGUAGES, Size, make_programme
from bench.server import serving, serving_pages
from bench.work import Work
from eventhub.agenda import queries
from eventhub.agenda.lint import look_over, plan_of
from eventhub.agenda.made import Source, make_usual
from eventhub.agenda.rules import lint
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.events.queries import get_event_by_id, host_names
from eventhub.i18n import use

SIZES = (200, 1000)
CLIENTS = 8
TURNS = 15


@dataclass(frozen=True, slots=True)
class Made:
    """A made event, as requests need it."""

    sessions: int
    event_id: int
    slug: str
    day: str


def main() -> None:
    """Make both events and print what each figure is and ought to be."""
    asked = options(__doc__).parse_args()
    seconds = 1.0 if asked.quick else 8.0
    with installation(asked.database, "demo") as environment:
        app = application()
        with app.app_context():
            print(f"{db.engine.dialect.name}; {CLIENTS} clients, {seconds:g} s each")
            made = [_made(size) for size in SIZES]
            for one in made:
                measure_checks(one)
                measure_publishing(app, one)
        measure_pages(environment, app, made, seconds)


def _made(sessions: int) -> Made:
    started = time.process_time()
    event = make_programme(Size(sessions))
    took = time.process_time() - started
    print(f"{sessions} sessions made and published once in {took:.1f} s of CPU")
    return Made(sessions, event.id, event.slug, event.starts_on.isoformat())


def measure_checks(made: Made) -> None:
    """Print what the checks of R3.4 take: the rules alone, and with loading."""
    event = get_event_by_id(made.event_id)
    draft = queries.load_draft(event.id)

    def rules_alone() -> object:
        return list(lint(plan))

    plan = plan_of(event, draft)
    told("rules of the checks", made, _cpu_ms(rules_alone), 50)

    def with_loading() -> object:
        db.session.expunge_all()
        fresh = get_event_by_id(made.event_id)
        return look_over(fresh, queries.load_draft(fresh.id))

    told("checks with loading", made, _cpu_ms(with_loading), 200)
    counted = Statements()
    with_loading()
    told("checks, statements", made, counted.count - 1, 8, "")
    found = len(look_over(get_event_by_id(made.event_id), draft))
    print(f"{'':44} {found} things found")


def measure_publishing(app: Flask, made: Made) -> None:
    """Print what making all pages and files of a version takes in all languages."""
    event = get_event_by_id(made.event_id)
    host = host_names({event.institution_id})[event.institution_id]
    number = queries.latest_number(event.id) or 0
    stamps = count(1000)

    def publish() -> object:
        db.session.expunge_all()
        fresh: Event = get_event_by_id(made.event_id)
        fresh.version = next(stamps)  # never committed: another stamp, so nothing is kept
        source = Source(fresh, host, number)
        with app.test_request_context():
            for language in LANGUAGES:
                with use(language):
                    make_usual(source)
        db.session.rollback()
        return None

    goal = 3000 if made.sessions == SIZES[0] else None
    told(f"pages and files in {len(LANGUAGES)} languages", made, _cpu_ms(publish, 3), goal)


def measure_pages(
    environment: Environment, app: Flask, all_made: list[Made], seconds: float
) -> None:
    """Print requests per second beside a bare page, CPU for each, and bytes."""
    with serving("bench.bare:app", environment) as port:
        page = get(f"http://127.0.0.1:{port}/")
        bare = hammer("127.0.0.1", port, [page], clients=CLIENTS, seconds=seconds)
        print(f"{'bare Flask page':44} {bare}")
    with serving_pages(environment) as (port, server):
        days = [_measure(app, port, server, bare, one, seconds) for one in all_made]
    small, large = (one.per_second for one in days)
    print(f"{'page of a day, 1,000 sessions of 200':44} {large / max(small, 0.1):8.2f}  goal 0.8")


def _measure(
    app: Flask, port: int, server: int, bare: Result, made: Made, seconds: float
) -> Result:
    base = f"http://127.0.0.1:{port}/en/{made.slug}"
    day = f"{base}/programme/{made.day}"
    paths = {
        "page of a day": (day, 0.5),
        "calendar": (f"{base}/calendar.ics", None),
        "schedule.xml": (f"{base}/programme/schedule.xml", None),
        "schedule.json": (f"{base}/programme/schedule.json", None),
    }
    results = {}
    for name, (url, goal) in paths.items():
        results[name] = _hammer(app, port, server, made, name, [get(url)], bare, goal, seconds)
    tag = _answer(day)[1]
    again = [get(day, If_None_Match=tag)]
    _hammer(app, port, server, made, "page of a day, 304", again, bare, 1 / 1.2, seconds, (304,))
    body, _tag = _answer(day)
    beside = [_answer(urljoin(day, one))[0] for one in _fetched(gzip.decompress(body).decode())]
    size = (len(body) + sum(map(len, beside))) / 1000
    told(f"page of a day and {len(beside)} files, on the wire", made, size, 60, "KB")
    whole = len(gzip.decompress(body)) / 1000
    print(f"{'':44} {whole:8.1f} KB before it is packed")
    return results["page of a day"]


def _hammer(
    app: Flask, port: int, server: int, made: Made, name: str, requests: list[bytes],
    bare: Result, goal: float | None, seconds: float, expect: tuple[int, ...] = (200,),
) -> Result:  # fmt: skip
    hammer("127.0.0.1", port, requests, clients=1, seconds=0.2, expect=expect)
    with app.app_context():
        work = Work(server)
    found = hammer("127.0.0.1", port, requests, clients=CLIENTS, seconds=seconds, expect=expect)
    share = found.per_second / max(bare.per_second, 0.1)
    wanted = f"  goal {goal:.2f}" if goal else ""
    print(f"{name + f', {made.sessions} sessions':44} {found}  {share:5.2f} of bare{wanted}")
    with app.app_context():
        print(f"{'':44} {work.told(round(found.per_second * seconds))}")
    alone = hammer("127.0.0.1", port, requests, clients=1, seconds=seconds / 4, expect=expect)
    told(f"{name}, one reader alone", made, alone.p50_ms, 5)
    return found


def _fetched(page: str) -> list[str]:
    """Return the addresses of style rules and scripts that a browser fetches with a page."""
    found = re.findall(r'<link rel="stylesheet"[^>]* href="([^"]+)"', page)
    return [
        html.unescape(one) for one in (*found, *re.findall(r'<script[^>]* src="([^"]+)"', page))
    ]


def _answer(url: str) -> tuple[bytes, str]:
    """Return the packed body and the ETag."""
    request = Request(url, headers={"Accept-Encoding": "gzip"})
    with build_opener().open(request) as answer:
        return answer.read(), str(answer.headers["ETag"])


def told(name: str, made: Made, figure: float, goal: float | None, unit: str = "ms") -> None:
    """Print a figure beside its goal."""
    wanted = f"goal {goal:g}" if goal is not None else ""
    mark = "" if goal is None or figure <= goal else "  OVER"
    print(f"{name + f', {made.sessions} sessions':44} {figure:8.1f} {unit:3} {wanted}{mark}")


def _cpu_ms(act: Callable[[], object], turns: int = TURNS) -> float:
    """Return milliseconds of CPU time, the least of several turns."""
    times = []
    for _turn in range(turns):
        started = time.process_time()
        act()
        times.append((time.process_time() - started) * 1000)
    return min(times)


if __name__ == "__main__":
    main()
