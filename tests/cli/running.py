"""Running the real command in processes of their own, on a free port and an empty folder."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

SLEEPER = '''
"""Gives the worker a job that tells when it starts, sleeps, and tells when it is done."""

import os
import time
from pathlib import Path

from eventhub.jobs.runner import HANDLERS


def sleep(work, seconds, diary):
    with Path(diary).open("a") as file:
        file.write(f"start {os.getpid()}\\n")
    for second in range(int(seconds * 10)):
        time.sleep(0.1)
    with Path(diary).open("a") as file:
        file.write("done\\n")


HANDLERS["test.sleep"] = sleep
'''


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@dataclass
class Place:
    """An installation in a folder of its own."""

    folder: Path
    port: int
    more: dict[str, str] = field(default_factory=dict)
    """Settings beside the usual ones."""

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Return its settings, and a worker that knows the job test.sleep."""
        (self.folder / "site").mkdir(exist_ok=True)
        (self.folder / "site" / "usercustomize.py").write_text("")
        (self.folder / "site" / "sitecustomize.py").write_text(SLEEPER)
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return {
            **kept,
            "EVENTHUB_DATA_DIR": str(self.folder / "data"),
            "EVENTHUB_BASE_URL": self.url,
            "PYTHONPATH": f"{self.folder / 'site'}{os.pathsep}{Path.cwd()}",
            **self.more,
        }

    def call(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run one command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "eventhub", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    @contextmanager
    def running(self) -> Iterator["subprocess.Popen[bytes]"]:
        """Serve it until the block ends."""
        log = (self.folder / "run.log").open("ab")
        process = subprocess.Popen(
            [sys.executable, "-m", "eventhub", "run"],
            env=self.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            until(lambda: self.answers("/readyz"), seconds=60)
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            log.close()

    def answers(self, path: str) -> bool:
        """Tell whether the page answers 200."""
        try:
            with urlopen(self.url + path, timeout=5) as answer:
                return int(answer.status) == 200
        except (URLError, ConnectionError, TimeoutError):
            return False


def until(holds: Callable[[], bool], *, seconds: float) -> None:
    """Wait until it holds; fail where it does not in this time."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    """Tell whether a process runs (one that is dead and not yet buried does not)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def children_of(pid: int) -> dict[str, int]:
    """Return the children of a process by the word of their command: web, worker."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == pid and b"eventhub" in words:
            found[words[words.index(b"eventhub") + 1].decode()] = int(folder.name)
    return found
