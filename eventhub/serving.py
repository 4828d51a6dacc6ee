"""Serving: the pages by gunicorn, the worker beside them, both ended when we are.

`eventhub run` only looks after two children, each in a process group of its own. The worker
starts when the pages answer, so that they have the machine for themselves until then. A worker
that dies is started again; pages that cannot be served end everything. Each child holds our end
of a pipe as its standard input: when we die, whatever the reason, the pipe closes and the child
ends itself. That needs no file with process ids. Only the standard library is imported here, so
that looking after children takes little memory.
"""

import os
import secrets
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
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


def tell_ready(pipe: int) -> None:
    """Let whoever started the pages know that they answer, through the pipe it gave us."""
    os.write(pipe, b"ready")
    os.close(pipe)


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

    def start(self, keep: Sequence[int] = ()) -> None:
        """Start the process, in a group of its own, tied to us by a pipe, with these files open."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603  (our own command)
            self.command,
            env={**os.environ, **self.environment},
            stdin=subprocess.PIPE,
            process_group=0,
            pass_fds=keep,
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


class Stop:
    """Whether we were told to end. Nothing is locked: a second signal may come during the first."""

    def __init__(self) -> None:
        self.is_asked = False
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._ask)

    def _ask(self, *_signal: object) -> None:
        self.is_asked = True


def run_all(address: str, base_url: str) -> int:
    """Serve the pages with the worker beside them until SIGTERM or SIGINT; return the exit code."""
    stop = Stop()
    own = [sys.executable, "-m", "eventhub"]
    # The same name for each worker that follows: a new one may take over at once what the one
    # before it, surely dead, has left.
    named = {"EVENTHUB_WORKER_NAME": f"run-{secrets.token_hex(8)}"}
    answered, answering = os.pipe()
    web = ["web", "--bind", address, "--tied", "--ready", str(answering)]
    pages = Child("pages", [*own, *web], {})
    worker = Child("worker", [*own, "worker", "--tied"], named)
    pages.start(keep=[answering])
    os.close(answering)
    is_served, code = False, 0
    while not stop.is_asked:
        if pages.has_ended():
            code = (pages.process.returncode if pages.process else 1) or 1
            say(f"the pages are not served any more ({code})")
            break
        if is_served:
            _look_after(worker)
            time.sleep(LOOK_SECONDS)
        elif is_served := _is_told(answered):
            sys.stdout.write(f"EventHub is at {base_url} (Ctrl+C ends it)\n")
            sys.stdout.flush()
    os.close(answered)
    _end_all([worker, pages])
    return code


def _is_told(pipe: int) -> bool:
    """Tell whether the pages answer, after a short wait for it."""
    readable, _writable, _failed = select.select([pipe], [], [], LOOK_SECONDS)
    return bool(readable) and os.read(pipe, 16) != b""


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
