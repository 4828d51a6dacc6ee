"""Run with `python -m bench.imports`; `--database` names a PostgreSQL database, emptied before.

Imports 1,000 and 5,000 people of fifty States from XLSX: reading the file, the dry run, carrying
it out, undoing it, and the table to fill in with all of them. Prints seconds, CPU seconds (on a
busy machine the truer ones), SQL statements and the peak of memory; each size runs in a process of
its own. Nothing is asserted.
"""

import argparse
import io
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from bench.ground import Statements, application, installation, options
from bench.server import ROOT
from eventhub.core.db import db, transaction
from eventhub.questionnaires.queries import questions_of
from eventhub.questionnaires.services import make_ready
from eventhub.registration import services
from eventhub.registration.forms.sheet_fields import fields_of
from eventhub.registration.forms.sheet_rows import columns_of, head_row, lines_of
from eventhub.registration.queries import setup_of
from eventhub.registration.rules.importing import digest_of, tally
from eventhub.registration.views.import_desk import Desk, prefilled
from eventhub.sheets.reading import read_table
from eventhub.sheets.writing import Column, Sheet, write_xlsx
from tests.factories import actor_with, make_account, make_category, make_entity, make_event

SIZES = (1000, 5000)
STATES = 50
HEADS = (
    "State or organization", "Category", "Form of address", "Family name", "Given names",
    "Title of the post", "Ministry, office or organization", "E-mail address", "Telephone",
    "Gender", "Language of letters", "Name as in the passport",
    "Agrees to stand in the list of participants",
)  # fmt: skip


def main() -> None:
    """Measure each size in a fresh database and process."""
    parser = options(__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=SIZES)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.here:
        measure(asked.rows[0])
        return
    for rows in asked.rows[:1] if asked.quick else asked.rows:
        with installation(asked.database):
            again = [sys.executable, "-m", "bench.imports", "--here", "--rows", str(rows)]
            subprocess.run(again, cwd=ROOT, check=True)


def measure(rows: int) -> None:
    """Import so many people and print what each step took."""
    with application().test_request_context():
        desk = make_desk()
        data = make_table(rows, [f"State {n}" for n in range(STATES)])
        count = Counted()
        print(
            f"\n{rows} rows, {len(data) // 1024} KB of XLSX, "
            f"{db.engine.dialect.name}, {memory()} MB before"
        )
        lines = count("read the file", lambda: read(desk, data))
        plan = count("dry run", lambda: dry_run(desk, lines))
        print("   ", tally(plan))
        with transaction():
            kept = services.keep_import(desk.event.id, None, data=data, name="x", actor=desk.actor)
        count("apply", lambda: apply(desk, kept, lines, digest_of(plan)))
        again = count("dry run again", lambda: dry_run(desk, lines))
        print("   ", tally(again))
        count("fetch the table", lambda: write_xlsx(io.BytesIO(), prefilled(desk)))
        count("undo", lambda: undo(desk, kept))
        print(f"    peak of memory {memory()} MB")


class Counted:
    """Runs steps and prints how long each took and how many statements it sent."""

    def __init__(self) -> None:
        self.statements = Statements()

    def __call__(self, name: str, act: Callable[[], Any]) -> Any:
        """Run one step."""
        db.session.expire_all()
        before, started, worked = self.statements.count, time.perf_counter(), time.process_time()
        answer = act()
        seconds, cpu = time.perf_counter() - started, time.process_time() - worked
        sent = self.statements.count - before
        print(f"    {name:16} {seconds:6.2f} s {cpu:6.2f} CPU-s {sent:5} statements")
        return answer


def make_desk() -> Desk:
    """Return the desk of a secretariat that enters people of fifty States."""
    event = make_event(places=100_000)
    with transaction():
        make_ready(event.id, "forum")
    category = make_category(event, "DEL")
    for n in range(STATES):
        make_entity(f"Q{n:02}", f"State {n}", iso3=f"Q{n:02}")
    actor = actor_with("registration.enter", "registration.view", "delegation.vouch")
    actor = type(actor)(actor.kind, make_account().id, actor.label, actor.reach)
    return Desk(event, actor, None, None, "", [category])


def make_table(rows: int, states: list[str]) -> bytes:
    """Return a spreadsheet of so many people."""
    out = io.BytesIO()
    people = (
        [
            states[n % len(states)], "DEL", "Ms.", f"Family {n}", f"Given {n // 7}",
            "Director of International Cooperation", "Ministry of Digital Affairs",
            f"person{n}@example.org", "+260 211 123456", "Woman", "English", "", "Yes",
        ]
        for n in range(rows)
    )  # fmt: skip
    write_xlsx(out, [Sheet("People", [Column(head) for head in HEADS], people)])
    return out.getvalue()


def read(desk: Desk, data: bytes) -> Any:
    """Return the rows of the file as the import understands them."""
    table = read_table(data)
    fields = fields_of(
        desk.event,
        categories=desk.categories,
        asked=questions_of(desk.event.id),
        with_entity=True,
    )
    head = head_row(table, fields)
    return lines_of(table, head, fields, columns_of(head, fields, {}))


def dry_run(desk: Desk, lines: Any) -> Any:
    """Return what would become of each row."""
    return services.plan_import(setup_of(desk.event.id), lines, delegation=None, actor=desk.actor)


def apply(desk: Desk, kept: Any, lines: Any, seen: str) -> None:
    """Carry all rows out."""
    with transaction():
        services.apply_import(
            kept,
            lines,
            delegation=None,
            only_good=False,
            is_informed=True,
            seen=seen,
            text_version=1,
            actor=desk.actor,
        )


def undo(desk: Desk, kept: Any) -> None:
    """Withdraw them all again."""
    with transaction():
        services.undo_import(kept, actor=desk.actor)


def memory() -> int:
    """Return the most memory that this process used so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
