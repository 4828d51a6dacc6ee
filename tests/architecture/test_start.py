"""What a process that serves pages loads at its start: nothing heavy that few pages need."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

LATER = {
    "weasyprint",
    "docx",
    "openpyxl",
    "alembic",
    "markdown_it",
    "asn1crypto",
    "pyhanko",
    "pyld",
    "pikepdf",
}
"""Loaded by the worker, by a command, or when a page first needs it."""

LOADED = """
import sys
import eventhub.commands.web
from eventhub.commands.listening import settings
eventhub.commands.web.create_app(settings())
print(*{name.partition(".")[0] for name in sys.modules})
"""


def test_pages_start_without_what_few_of_them_need(tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=ROOT,
        env={"EVENTHUB_DATA_DIR": str(tmp_path), "EVENTHUB_MODE": "demo"},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(found.stdout.split())
    assert "sqlalchemy" in loaded
    assert loaded & LATER == set()


def test_who_looks_after_the_processes_loads_none_of_the_pages() -> None:
    """`eventhub run` itself stays small, so that the pages have the machine."""
    command = "import sys, eventhub.commands.run; print(*sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in found.stdout.split()}
    assert loaded & {"flask", "sqlalchemy", "jinja2", "werkzeug", *LATER} == set()
    assert "eventhub.app" not in found.stdout.split()
