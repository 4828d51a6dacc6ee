"""Servers for one measurement, on free ports of this machine, ended with it."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
WORKERS, THREADS = "2", "4"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serving(app: str, environment: dict[str, str], health: str = "/") -> Iterator[int]:
    """Serve a WSGI application by gunicorn (2 processes of 4 threads); give its port."""
    port = free_port()
    command = [
        "-m", "gunicorn", app, "--bind", f"127.0.0.1:{port}", "--workers", WORKERS,
        "--threads", THREADS, "--worker-class", "gthread", "--log-level", "error",
        "--keep-alive", "30",
    ]  # fmt: skip
    with _started(command, environment, port, health):
        yield port


@contextlib.contextmanager
def serving_pages(environment: dict[str, str], threads: str = THREADS) -> Iterator[tuple[int, int]]:
    """Serve the pages as `eventhub web` does; give the port and the id of the first process."""
    port = free_port()
    sizes = {"EVENTHUB_WORKERS": WORKERS, "EVENTHUB_THREADS": threads}
    command = ["-m", "eventhub", "web", "--bind", f"127.0.0.1:{port}"]
    with _started(command, {**environment, **sizes}, port, "/healthz") as process:
        yield port, process.pid


@contextlib.contextmanager
def _started(
    command: list[str], environment: dict[str, str], port: int, health: str
) -> Iterator[subprocess.Popen[bytes]]:
    address = f"http://127.0.0.1:{port}"
    settings = {**os.environ, **environment, "EVENTHUB_BASE_URL": address}
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=settings)
    try:
        wait_for(address + health)
        yield process
    finally:
        process.terminate()
        process.wait(30)


def wait_for(url: str, seconds: float = 30) -> float:
    """Wait until the address answers; return how long that took."""
    started = time.perf_counter()
    while time.perf_counter() - started < seconds:
        with contextlib.suppress(OSError), urlopen(url, timeout=5) as answer:
            if answer.status == 200:
                return time.perf_counter() - started
        time.sleep(0.02)
    raise TimeoutError(url)


def memory_mb(pid: int) -> float:
    """Return the proportional set size of a process in MB (Linux)."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    kilobytes = next(int(x.split()[1]) for x in rollup.splitlines() if x.startswith("Pss:"))
    return kilobytes / 1024


def children_of(pid: int) -> list[int]:
    """Return the ids of the direct children of a process (Linux)."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(number) for number in found]
