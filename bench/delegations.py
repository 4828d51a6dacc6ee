"""Run with `python -m bench.delegations`; on PostgreSQL with `python -m tools.with_postgres`
before it.

The workspace of a delegation of 30 and of 300 people, and the secretariat's view of 20 and of 200
delegations, read by one signed-in organiser: SQL statements (the same for few and for many, or the
run fails), bytes, milliseconds at the median, and pages a second of four clients beside a bare
Flask page in the same run. Every page has to show everybody, or the run fails.
"""

import re
import statistics
import sys
import time
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select

from bench.ground import Environment, Statements, application, installation, open_event, options
from bench.load import get, hammer
from bench.server import serving, serving_pages
from bench.visitor import Inside, Page, Visitor
from bench.work import Work
from eventhub.access.services import give_role
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.delegations.models import Delegation
from eventhub.delegations.services import open_all
from eventhub.entities.models import Entity
from eventhub.events.models import Category, Event
from eventhub.people.services import create_account
from eventhub.registration.services import Entry, enter_people

EMAIL, PASSWORD = "organiser@example.org", "five small words for measuring"
FEW_PEOPLE, MANY_PEOPLE = 30, 300
FEW_DELEGATIONS, MANY_DELEGATIONS = 20, 200
CLIENTS = 4


@dataclass(frozen=True, slots=True)
class View:
    """A page, what names a line of it, and how many different ones there have to be."""

    name: str
    path: str
    line: str
    count: int

    def fault(self, text: str) -> list[str]:
        """Return what the page lacks."""
        shown = len(set(re.findall(self.line, text)))
        return [f"{self.name}: {shown} lines, not {self.count}"] if shown != self.count else []


def main() -> None:
    """Measure both pages with few and with many lines."""
    asked = options(__doc__).parse_args()
    seconds = 1.0 if asked.quick else 5.0
    with installation(asked.database) as environment:
        app = application()
        with app.app_context():
            print(f"{db.engine.dialect.name}; {CLIENTS} clients, {seconds:g} s each")
            pairs = make_views()
        faults = measure(app, environment, pairs, seconds)
    if faults:
        sys.exit("\n".join(faults))


def measure(
    app: Flask, environment: Environment, pairs: list[tuple[View, View]], seconds: float
) -> list[str]:
    """Print each page's figures; return what is wrong."""
    faults: list[str] = []
    with serving("bench.bare:app", environment) as port:
        page = get(f"http://127.0.0.1:{port}/")
        bare = hammer("127.0.0.1", port, [page], clients=CLIENTS, seconds=seconds)
    print(f"bare Flask page {bare}")
    with app.app_context():
        counted = Statements()
    staff = Inside(app, 1)
    sign_in(staff)
    with serving_pages(environment) as (port, server):
        with Visitor(port, 2) as visitor:
            sign_in(visitor)
        cookie = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
        for pair in pairs:
            statements = []
            for view in pair:
                staff.get(view.path)
                before = counted.count
                found = staff.get(view.path)
                statements.append(counted.count - before)
                faults += view.fault(found.text)
                with app.app_context():
                    work = Work(server)
                request = get(f"http://127.0.0.1:{port}{view.path}", Cookie=cookie)
                rate = hammer("127.0.0.1", port, [request], clients=CLIENTS, seconds=seconds)
                faults += [f"{view.name}: {rate.wrong} wrong answers"] if rate.wrong else []
                alone = median_ms(port, visitor.cookies, view.path)
                share = rate.per_second / max(bare.per_second, 0.1)
                print(
                    f"{view.name:32} {statements[-1]:3} statements {len(found.text) // 1024:4} KB "
                    f"{alone:7.1f} ms alone {rate.per_second:6.1f}/s  {share:.4f} of bare"
                )
                with app.app_context():
                    print(f"{'':32} {work.told(round(rate.per_second * seconds))}")
            if len(set(statements)) > 1:
                faults.append(f"{pair[0].name}: statements grow, {statements}")
    return faults


def median_ms(port: int, cookies: dict[str, str], path: str, turns: int = 9) -> float:
    """Return how long one client waits for the page, with nobody else asking."""
    times = []
    with Visitor(port, 3) as visitor:
        visitor.cookies.update(cookies)
        for _turn in range(turns):
            started = time.perf_counter()
            visitor.get(path)
            times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def sign_in(visitor: Visitor) -> None:
    """Sign the organiser in."""
    page: Page = visitor.get("/sign-in")
    visitor.post(page, {"email": EMAIL, "password": PASSWORD})


def make_views() -> list[tuple[View, View]]:
    """Make the events, their delegations and people, and return the pages to look at."""
    small, large = open_event("forum"), open_event("forum")
    with transaction():
        organiser = create_account(EMAIL, "Organiser", password=PASSWORD, actor=SYSTEM)
        for event in (small, large):
            give_role(organiser.id, "event_owner", event_id=event.id, actor=SYSTEM)
    few = make_delegations(small, FEW_DELEGATIONS, FEW_PEOPLE)
    many = make_delegations(large, MANY_DELEGATIONS, MANY_PEOPLE)
    sizes = (
        (small, few, FEW_DELEGATIONS, FEW_PEOPLE),
        (large, many, MANY_DELEGATIONS, MANY_PEOPLE),
    )
    spaces, lists = [], []
    for event, ref, delegations, people in sizes:
        home = f"/manage/{event.slug}/delegations"
        name, line = f"workspace, {people} people", r"(?i)mwila \d+"
        spaces.append(View(name, f"{home}/{ref}", line, people))
        name, line = f"view of {delegations} delegations", rf"{home}/([A-Z0-9]{{10}})"
        lists.append(View(name, home, line, delegations))
    return [(spaces[0], spaces[1]), (lists[0], lists[1])]


def make_delegations(event: Event, count: int, people: int) -> str:
    """Open delegations of two people each, the first of so many more; return its ref."""
    with transaction():
        query = select(Entity.id).where(Entity.is_listed).order_by(Entity.id).limit(count)
        opened = open_all(event.id, list(db.session.scalars(query)), actor=SYSTEM)
        sent: list[Delegation] = sorted(opened.values(), key=lambda one: one.id)
        category = db.session.scalars(
            select(Category.id).where(Category.event_id == event.id, Category.code == "DEL")
        ).one()
        for place, delegation in enumerate(sent):
            entries = [
                Entry(
                    category,
                    {
                        "family_name": f"Mwila {number}",
                        "given_names": "Chanda",
                        "email": f"person{delegation.id}-{number}@example.org",
                        "functional_title": "Director of International Cooperation",
                        "language": "en",
                    },
                )
                for number in range(people if place == 0 else 2)
            ]
            enter_people(delegation, entries, actor=SYSTEM, source="focal_point", tell=False)
        return sent[0].ref


if __name__ == "__main__":
    main()
