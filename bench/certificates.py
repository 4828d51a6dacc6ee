"""Run with `python -m bench.certificates`: certificates by one job, and one in a warm worker.

A run of 5,000 (or --count) is issued and made by the services a worker uses, in a database of its
own; then one certificate is made again and again by the stream path and by the page path. All
times are processor time of this process. Nothing is asserted: figures are printed.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from bench.server import ROOT
from eventhub.app import create_app
from eventhub.certificates import paper, services
from eventhub.certificates.models import Certificate
from eventhub.certificates.services.documents import code_of
from eventhub.config import Settings
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.models import METADATA
from eventhub.printing.font_copy import copy_fonts
from eventhub.printing.fonts import use_fonts
from eventhub.web.urls import absolute
from tests.attendance.people import make_seminar, participant


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="eventhub-bench-") as folder:
        fonts = Path(folder) / "fonts"
        fonts.mkdir()
        copy_fonts(ROOT / "node_modules", fonts)
        use_fonts(fonts)
        app = create_app(Settings(mode="test", data_dir=Path(folder) / "data",
                                  base_url="https://events.example.org"))  # fmt: skip
        with app.app_context():
            METADATA.create_all(db.engine)
            measure(asked.count)
            db.engine.dispose()


def measure(count: int) -> None:
    """Print how fast a run of so many is, and one alone."""
    event = make_seminar()
    people = [participant(event, "M1", "M2") for _number in range(count)]
    print(f"{len(people)} people attended")
    with transaction():
        run = services.start_run(event, {"all": True}, tell=False, actor=SYSTEM)
    seen: list[float] = []
    started = time.process_time()
    made = services.work_off(run, lambda _done, _total: seen.append(time.process_time()))
    took = time.process_time() - started
    gaps = [later - earlier for earlier, later in pairwise(seen)]
    print(f"run: {made} issued, made, stored in {took:.1f} s of processor, {made / took:.0f}/s;"
          f" longest without progress {max(gaps, default=0):.2f} s")  # fmt: skip
    one = db.session.scalars(db.select(Certificate).limit(1)).one()
    url = absolute("certificates.verify", code=code_of(one))
    _print("one, stream path", lambda: paper.make_pdf(one, url=url), 300)
    _print("one, page path", lambda: paper.make_pdf(one, url=url, page_path=True), 20)
    drawn = time.process_time()
    for _number in range(count):
        paper.make_pdf(one, url=url)
    drawn = time.process_time() - drawn
    print(f"{count} drawn one after another: {count / drawn:.0f} documents/s of processor")


def _print(name: str, make: Callable[[], bytes], times: int) -> None:
    make()
    took = []
    for _number in range(times):
        started = time.process_time()
        make()
        took.append((time.process_time() - started) * 1000)
    took.sort()
    print(f"{name}: median {took[len(took) // 2]:.1f} ms, p95 {took[int(len(took) * 0.95)]:.1f} ms")


if __name__ == "__main__":
    main()
