"""Calendar programs that people use, run against a server of the test's own."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import icalendar
from flask import Flask
from werkzeug.serving import make_server

HERE = Path(__file__).resolve().parent
PROGRAMS = Path(sys.executable).parent
Starts = list[tuple[str, str]]
"""Pairs of UID and start in UTC, like 20260308T130000Z, sorted."""


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve the application on this machine; give its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()


class Subscriber:
    """A person with vdirsyncer and khal, subscribed to one address."""

    def __init__(self, folder: Path, url: str, zone: str = "UTC") -> None:
        self.folder = folder
        self.items = folder / "items"
        self.items.mkdir(parents=True)
        (folder / "vdirsyncer").write_text(
            f'[general]\nstatus_path = "{folder}/status"\n'
            '[pair feed]\na = "web"\nb = "here"\ncollections = null\n'
            'conflict_resolution = "a wins"\n'
            f'[storage web]\ntype = "http"\nurl = "{url}"\n'
            f'[storage here]\ntype = "filesystem"\npath = "{self.items}"\nfileext = ".ics"\n'
        )
        shapes = "\n".join(
            f"{name} = {shape}"
            for name, shape in {
                "timeformat": "%H:%M", "dateformat": "%Y-%m-%d", "longdateformat": "%Y-%m-%d",
                "datetimeformat": "%Y-%m-%d %H:%M", "longdatetimeformat": "%Y-%m-%d %H:%M",
            }.items()
        )  # fmt: skip
        (folder / "khal").write_text(
            f"[calendars]\n[[feed]]\npath = {self.items}\ntype = calendar\n"
            f"[sqlite]\npath = {folder}/khal.db\n"
            f"[locale]\nlocal_timezone = {zone}\ndefault_timezone = {zone}\n{shapes}\n"
        )
        self._run("vdirsyncer", "discover", "feed")

    def sync(self) -> None:
        """Fetch what the address says now."""
        self._run("vdirsyncer", "sync")

    def entries(self) -> dict[str, icalendar.Event]:
        """Return the stored entries by title; vdirsyncer gives each a UID of its own making."""
        found = {}
        for path in self.items.glob("*.ics"):
            for entry in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"):
                found[str(entry["SUMMARY"])] = entry
        return found

    def listed(self, first: str, days: int = 400) -> dict[str, str]:
        """Return title and start, in the person's zone, of what khal lists from a day on."""
        said = self._run(
            "khal", "list", "--format", "{title}|{start}", "--day-format", "", "--once",
            first, f"{days}d",
        )  # fmt: skip
        return dict(line.split("|") for line in said.splitlines() if "|" in line)

    def _run(self, program: str, *given: str) -> str:
        config = ["-c", str(self.folder / program)]
        return run([str(PROGRAMS / program), *config, *given], HOME=str(self.folder))


def run(command: list[str], **more: str) -> str:
    """Return what a program says; fail with what it complains of."""
    kept = {key: os.environ[key] for key in ("PATH", "LANG") if key in os.environ}
    answer = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False,
        env={**kept, "LC_ALL": "C.UTF-8", "TZ": "UTC", **more},
    )  # fmt: skip
    assert answer.returncode == 0, f"{command[0]}: {answer.stdout}{answer.stderr}"
    return answer.stdout


def read_by_libical(path: Path) -> Starts:
    """Return what libical reads, as Evolution and KDE do."""
    return _starts(run(["/usr/bin/python3", str(HERE / "read_by_libical.py"), str(path)]))


def read_by_node(library: str, path: Path) -> Starts:
    """Return what ical.js (Thunderbird) or node-ical reads."""
    node = shutil.which("node") or "node"
    return _starts(run([node, str(HERE / "read_by_node.mjs"), library, str(path)]))


def _starts(said: str) -> Starts:
    return sorted((uid, start) for uid, start in json.loads(said))
