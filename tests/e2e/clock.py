"""A site whose clock a test sets: its pages and its worker read it from a file."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.e2e.site import Site, running_site

MOVER = '''
"""Lets every process of the site be as many seconds ahead as stand in the file."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from eventhub.core import clock


def now():
    ahead = float(Path(os.environ["CLOCK_FILE"]).read_text())
    return clock._moved.get() or datetime.now(UTC) + timedelta(seconds=ahead)


clock.now = now
'''


@dataclass(frozen=True)
class ClockedSite:
    """A running site, and the file that says how far its clock is ahead."""

    site: Site
    file: Path

    def set(self, instant: datetime) -> None:
        """Let it be this aware instant now; from there the clock goes on."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text(str((instant - datetime.now(UTC)).total_seconds()))
        fresh.replace(self.file)


@contextmanager
def running_clocked_site(folder: Path, fonts: Path) -> Iterator[ClockedSite]:
    """Make and serve an installation whose clock can be set."""
    (folder / "sitecustomize.py").write_text(MOVER)
    file = folder / "ahead"
    file.write_text("0")
    more = {
        "CLOCK_FILE": str(file),
        "PYTHONPATH": f"{folder}{os.pathsep}{Path.cwd()}",
    }
    with running_site(folder / "data", fonts, more=more) as site:
        yield ClockedSite(site, file)
