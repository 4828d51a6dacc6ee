"""How much the processors worked for whom, over a while (Linux)."""

import os
import resource
import time
from collections.abc import Collection
from pathlib import Path

from sqlalchemy import text

from bench.server import children_of
from eventhub.core.db import db, is_sqlite

_TICKS = os.sysconf("SC_CLK_TCK")


class Work:
    """Counts CPU seconds from its making on: of a server, its database, and of all others.

    It is made inside an application context, after the server answered once, so that the
    processes of PostgreSQL that serve it are known; those that come later count as others.
    """

    def __init__(self, server: int) -> None:
        self._server = {server, *children_of(server)}
        self._database = _backends()
        self._started = time.perf_counter()
        self._before = self._now()

    def _now(self) -> tuple[float, float, float, float]:
        clients = resource.getrusage(resource.RUSAGE_CHILDREN)
        return (
            _seconds(self._server), _seconds(self._database),
            clients.ru_utime + clients.ru_stime, _machine(),
        )  # fmt: skip

    def told(self, count: int) -> str:
        """Return milliseconds for each of so many errands, and what others took of the machine."""
        now = self._now()
        server, database, clients, machine = (
            late - early for late, early in zip(now, self._before, strict=True)
        )
        others = max(0.0, machine - server - database - clients)
        share = others / ((time.perf_counter() - self._started) * (os.cpu_count() or 1))
        each = 1000 / max(count, 1)
        return (
            f"CPU {server * each:5.1f} ms server + {database * each:4.1f} ms database each; "
            f"others took {share:.0%} of the machine"
        )


def _backends() -> set[int]:
    if is_sqlite():
        return set()
    query = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
    found = set(db.session.scalars(query))
    db.session.rollback()
    return found


def _seconds(processes: Collection[int]) -> float:
    total = 0
    for pid in processes:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except FileNotFoundError:
            continue
        total += int(fields[11]) + int(fields[12])
    return total / _TICKS


def _machine() -> float:
    user, nice, system, _idle, _wait, irq, soft, *_rest = map(
        int, Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    )
    return (user + nice + system + irq + soft) / _TICKS
