"""What this run can reach: tests for what is missing are not run, and counted aloud."""

import os
import shutil
from collections import Counter

import pytest

MISSING = {
    "postgres": "PostgreSQL (python -m tools.with_postgres COMMAND gives a command a database)",
    "browser": "the browser (install the package chromium)",
}


def is_reachable(mark: str) -> bool:
    """Tell whether the tests with this mark can run here."""
    if mark == "postgres":
        return bool(os.environ.get("EVENTHUB_TEST_DATABASE_URL"))
    return shutil.which("chromium") is not None


def uses_database(item: pytest.Item) -> bool:
    """Tell whether a test works in the database that is given to it."""
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
