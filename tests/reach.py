"""What this run can reach: tests for what is missing are not run, and counted aloud."""

import os
import shutil
import sys
from collections import Counter
from pathlib import Path

import pytest

MISSING = {
    "postgres": "PostgreSQL (python -m tools.with_postgres COMMAND gives a command a database)",
    "browser": "the browser (install the package chromium)",
    "clients": "calendar programs (make setup; Node; packages python3-gi and gir1.2-ical-3.0)",
}
ROOT = Path(__file__).resolve().parent.parent


def is_reachable(mark: str) -> bool:
    """Tell whether the tests with this mark can run here."""
    if mark == "postgres":
        return bool(os.environ.get("EVENTHUB_TEST_DATABASE_URL"))
    if mark == "clients":
        return bool(os.environ.get("EVENTHUB_REQUIRE_CLIENTS")) or has_clients()
    return shutil.which("chromium") is not None


def has_clients() -> bool:
    """Tell whether khal, vdirsyncer, ical.js, node-ical and libical can be run."""
    programs = Path(sys.executable).parent
    there = [programs / "khal", programs / "vdirsyncer"]
    there += [ROOT / "node_modules" / name for name in ("ical.js", "node-ical")]
    there.append(Path("/usr/lib/python3/dist-packages/gi"))
    libical = list(Path("/usr/lib").glob("*/girepository-1.0/ICalGLib-3.0.typelib"))
    return all(path.exists() for path in there) and bool(libical and shutil.which("node"))


def uses_database(item: pytest.Item) -> bool:
    """Tell whether a test works in the database given to it and may find something new there."""
    if item.get_closest_marker("any_database"):
        return False
    return "blank" in getattr(item, "fixturenames", ()) or bool(item.get_closest_marker("postgres"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip the tests for what is missing; with PostgreSQL leave out what it cannot change."""
    missing = [mark for mark in MISSING if not is_reachable(mark)]
    if is_reachable("postgres"):
        same = [item for item in items if not uses_database(item)]
        items[:] = [item for item in items if uses_database(item)]
        config.hook.pytest_deselected(items=same)
    for item in items:
        for mark in missing:
            if item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(reason=f"not reachable: {mark}"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many were not run, and what would make them run."""
    skipped = terminalreporter.stats.get("skipped", [])
    counts = Counter(mark for report in skipped for mark in MISSING if mark in report.keywords)
    for mark, number in counts.items():
        terminalreporter.write_line(f"NOT RUN: {number} tests for {MISSING[mark]}", yellow=True)
