"""A demo server of our own: free port, empty folder, ended by its id when done with."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tools.loaded_demo import start_from_loaded

READY_SECONDS = 240
END_SECONDS = 20
CHECKOUT = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-m", "eventhub", "demo")


@dataclass(frozen=True, slots=True)
class Account:
    """One of the accounts that the demo prints: whose it is, and how to sign in."""

    role: str
    email: str
    password: str


@dataclass(frozen=True, slots=True)
class Demo:
    """A server that answers: its address without a slash at the end, and its accounts."""

    base: str
    accounts: tuple[Account, ...]

    def account(self, role: str) -> Account:
        """Return the account whose role contains this word."""
        for account in self.accounts:
            if role in account.role.lower():
                return account
        raise SystemExit(f"The demo prints no account for: {role}")


@contextmanager
def running_demo(command: Sequence[str] = COMMAND, folder: Path = CHECKOUT) -> Iterator[Demo]:
    """Start the demo in a folder with an empty database; yield when /readyz answers; end it.

    It is ended too when we are told to end (SIGTERM).
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="eventhub-demo-") as data:
        environment = {
            **os.environ,
            "EVENTHUB_BASE_URL": base,
            "EVENTHUB_DATA_DIR": data,
            "PYTHONUNBUFFERED": "1",
        }
        if command == COMMAND:
            start_from_loaded(Path(data))
        log = Path(data) / "demo.log"
        with log.open("w") as output:
            process = subprocess.Popen(
                command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT
            )
        try:
            wait_until_ready(base, process, log)
            yield Demo(base, accounts_in(log.read_text()))
        finally:
            process.terminate()
            try:
                process.wait(END_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until_ready(
    base: str, process: subprocess.Popen[bytes], log: Path, path: str = "/readyz"
) -> None:
    """Return when the path says 200; stop with the log where the server ends or stays silent."""
    patience = time.monotonic() + READY_SECONDS
    while time.monotonic() < patience and process.poll() is None:
        try:
            with urlopen(base + path, timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    fate = "is not ready" if process.poll() is None else f"ended with {process.returncode}"
    raise SystemExit(f"The demo {fate}. Its last words:\n{log.read_text()[-4000:]}")


def accounts_in(text: str) -> tuple[Account, ...]:
    """Read the printed lines that hold a role, an e-mail address and a password."""
    lines = re.findall(r"^\s*(\S.*?)\s{2,}(\S+@\S+)\s+(\S+)\s*$", text, re.MULTILINE)
    return tuple(Account(*line) for line in lines)


def free_port() -> int:
    """A port on 127.0.0.1 that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
