"""Serving: the pages by gunicorn, the worker beside them, both ended when we are.

`eventhub run` only looks after two children, each in a process group of its own. A worker that
dies is started again; pages that cannot be served end everything. Each child holds our end of a
pipe as its standard input: when we die, whatever the reason, the pipe closes and the child ends
itself. That needs no file with process ids. Only the standard library is imported here, so that
looking after children takes little memory.

    python -m eventhub.serving 127.0.0.1:8000
"""

import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

GRACE_SECONDS = 20
"""How long requests and the job at hand may take to end."""
LOOK_SECONDS = 0.2
SHORT_LIFE_SECONDS = 10
LONGEST_PAUSE_SECONDS = 30.0


def end_with_parent() -> None:
    """End this process (SIGTERM) when its standard input closes, as it does when a parent dies."""

    def watch() -> None:
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True, name="end-with-parent").start()


@dataclass
class Child:
    """A process of ours, how to start it, and when it last was."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    pause: float = 0.0
    next_start: float = field(default=0.0)

    def start(self) -> None:
        """Start the process, in a group of its own and tied to us by a pipe."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603  (our own command)
            self.command,
            env={**os.environ, **self.environment},
            stdin=subprocess.PIPE,
            process_group=0,
        )

    def has_ended(self) -> bool:
        """Tell whether the process is gone."""
        return self.process is None or self.process.poll() is not None

    def plan_restart(self) -> None:
        """Choose when to start again: at once, but later each time where it lives shortly."""
        lived = time.monotonic() - self.started
        self.pause = min(max(self.pause * 2, 0.5), LONGEST_PAUSE_SECONDS)
        if lived >= SHORT_LIFE_SECONDS:
            self.pause = 0.0
        self.next_start = time.monotonic() + self.pause
        self.process = None

    def end(self, deadline: float) -> None:
        """Wait until the deadline for the process to end, then kill it."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"the {self.name} would not end and was killed")
            self.process.kill()
            self.process.wait()


def run_all(address: str) -> int:
    """Serve the pages with the worker beside them until SIGTERM or SIGINT; return the exit code."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    own = [sys.executable, "-m", "eventhub"]
    # The same name for each worker that follows: a new one may take over at once what the one
    # before it, surely dead, has left.
    named = {"EVENTHUB_WORKER_NAME": f"run-{secrets.token_hex(8)}"}
    pages = Child("pages", [*own, "web", "--bind", address, "--tied"], {})
    worker = Child("worker", [*own, "worker", "--tied"], named)
    pages.start()
    worker.start()
    code = 0
    while not stop.wait(LOOK_SECONDS):
        if pages.has_ended():
            code = (pages.process.returncode if pages.process else 1) or 1
            say(f"the pages are not served any more ({code})")
            break
        _look_after(worker)
    _end_all([worker, pages])
    return code


def _look_after(worker: Child) -> None:
    if worker.process is not None and worker.has_ended():
        say(f"the worker ended ({worker.process.returncode}); starting it again")
        worker.plan_restart()
    if worker.process is None and time.monotonic() >= worker.next_start:
        worker.start()


def _end_all(children: list[Child]) -> None:
    for child in children:
        if child.process is not None and child.process.poll() is None:
            child.process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS + 5
    for child in children:
        child.end(deadline)


def say(text: str) -> None:
    """Tell whoever watches the log."""
    sys.stderr.write(f"EventHub: {text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(run_all(sys.argv[1]))
