"""Make a fresh checkout ready: environment, packages, system libraries, fonts, front-end files.

    python3 -m tools.setup run    what it takes to serve
    python3 -m tools.setup dev    and what it takes to test and check

Only the standard library is used, since nothing is installed yet. A step leaves a stamp of what
it was made from and is passed over until that changes, so running this again costs nothing.
"""

from __future__ import annotations  # so that an older Python reads far enough to be told

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
import venv
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
NODE_MODULES = ROOT / "node_modules"
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
PDF_LIBRARIES = {
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}
OLDEST_NODE = 18
BEAT_SECONDS = 10


def main(level: str) -> None:
    """Run the steps of one level ("run" or "dev") in order."""
    make_environment()
    install_packages(level)
    install_project()
    install_pdf_libraries()
    install_front_end()
    place_files()


def make_environment() -> None:
    """Make .venv, unless it is there and its Python still runs."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], check=False).returncode == 0:
        return
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        if not install_debian([package]):
            stop(f"This Python cannot make environments. Run: sudo apt-get install -y {package}")
    with Step("Python environment"):
        venv.EnvBuilder(clear=True, symlinks=True, with_pip=True).create(VENV)


def install_packages(level: str) -> None:
    """Install the level's lock; that of "dev" holds all that is in that of "run"."""
    lock = LOCKS[level]
    if is_fresh(STAMPS / lock, lock):
        return
    total = sum("==" in line for line in (ROOT / lock).read_text().splitlines())
    if subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False).returncode:
        call("pip", [PYTHON, "-m", "ensurepip", "--upgrade"])
    call(
        "Python packages",
        [PYTHON, "-m", "pip", "install", "--require-hashes", "--requirement", lock],
        counted="Collecting ",
        total=total,
    )
    for name in LOCKS.values() if level == "dev" else [lock]:
        stamp(STAMPS / name, name)


def install_project() -> None:
    """Give the environment the `eventhub` command, running from this checkout."""
    site_packages = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(VENV)}))
    (site_packages / "eventhub.pth").write_text(f"{ROOT}\n")
    command = VENV / "bin" / "eventhub"
    command.write_text(f'#!/bin/sh\nexec "{PYTHON}" -m eventhub "$@"\n')
    command.chmod(0o755)


def install_pdf_libraries() -> None:
    """See that the libraries WeasyPrint opens are there; without them only PDFs are missing."""
    missing = [package for library, package in PDF_LIBRARIES.items() if not opens(library)]
    if missing and not install_debian(missing):
        print(f"  No PDFs until you run: sudo apt-get install -y {' '.join(missing)}", flush=True)


def install_front_end() -> None:
    """Fetch fonts and front-end files into node_modules, with a Node of our own for the moment
    where the machine has none."""
    mark = NODE_MODULES / ".stamp"
    if is_fresh(mark, "package-lock.json"):
        return
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    if has_node():
        call("Fonts and front-end files", command)
    else:
        with tempfile.TemporaryDirectory(prefix="eventhub-node-") as folder:
            node = Path(folder)
            call("Node for the moment: environment", [sys.executable, "-m", "venv", node])
            lock = ["--require-hashes", "--requirement", "requirements-node.lock"]
            call("Node for the moment", [node / "bin" / "python", "-m", "pip", "install", *lock])
            path = f"{node / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
            command[0] = str(node / "bin" / "npm")
            call("Fonts and front-end files", command, environment={"PATH": path})
    stamp(mark, "package-lock.json")


def place_files() -> None:
    """Let the application put the fonts in their place and compile its texts."""
    texts = sorted((ROOT / "translations").rglob("*.po"))
    sources = ["package-lock.json", "eventhub/printing/fonts.py", *map(str, texts)]
    mark = ROOT / os.environ.get("EVENTHUB_DATA_DIR", "var") / "setup.stamp"
    if is_fresh(mark, *sources) and all(text.with_suffix(".mo").exists() for text in texts):
        return
    call("Fonts and texts in place", [PYTHON, "-m", "eventhub", "setup"])
    stamp(mark, *sources)


def has_node() -> bool:
    """Whether npm is there, with a Node that is new enough for it."""
    if not (shutil.which("npm") and shutil.which("node")):
        return False
    answer = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    major = answer.stdout.strip().removeprefix("v").partition(".")[0]
    return major.isdigit() and int(major) >= OLDEST_NODE


def opens(library: str) -> bool:
    """Whether the system has this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_debian(packages: Sequence[str]) -> bool:
    """Install Debian packages and return True; return False where we may not or cannot."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    call("Debian's package lists", ["apt-get", "update"], environment=quiet)
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    call(f"Debian packages {' '.join(packages)}", install, environment=quiet)
    return True


def digest_of(*names: str) -> str:
    """The fingerprint of some files of the checkout and of the Python that reads them."""
    total = hashlib.sha256(sys.version.encode())
    for name in names:
        total.update((ROOT / name).read_bytes())
    return total.hexdigest()


def is_fresh(mark: Path, *names: str) -> bool:
    """Whether the step that left this stamp saw the files as they are now."""
    return mark.exists() and mark.read_text() == digest_of(*names)


def stamp(mark: Path, *names: str) -> None:
    """Note that a step is done with the files as they are now."""
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(digest_of(*names))


class Step:
    """One line of progress: what is being done, how far it is, how long it took."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.live = sys.stdout.isatty()
        self.started = self.told = time.monotonic()

    def __enter__(self) -> Step:
        print(f"  {self.title} ...", end="" if self.live else "\n", flush=True)
        return self

    def tell(self, progress: str) -> None:
        """Show how far it is: in place on a terminal, else a line now and then."""
        now = time.monotonic()
        if self.live:
            print(f"\r\033[K  {self.title} ... {progress}", end="", flush=True)
        elif now - self.told >= BEAT_SECONDS:
            print(f"    {progress} ({now - self.started:.0f} s)", flush=True)
            self.told = now

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        seconds = time.monotonic() - self.started
        start = "\r\033[K" if self.live else ""
        end = "failed after" if kind else "done in"
        print(f"{start}  {self.title}: {end} {seconds:.1f} s", flush=True)


def call(
    title: str,
    command: Sequence[str | Path],
    *,
    counted: str = "",
    total: int = 0,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Run a command in the checkout as one step; where it fails, show its last lines and stop.

    Lines that start with `counted` are counted against `total` as progress.
    """
    last_lines: deque[str] = deque(maxlen=30)
    done = 0
    running = subprocess.Popen(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    with Step(title) as step, running as process:
        assert process.stdout is not None
        for line in process.stdout:
            last_lines.append(line)
            done += bool(counted) and line.startswith(counted)
            step.tell(f"{done} of {total}" if done < total else line.strip()[:60])
        if process.wait():
            print()
            sys.stdout.writelines(last_lines)
            stop(f"{title}: the command above failed. Put it right and run the same again.")


def stop(message: str) -> None:
    """End the set-up with one line that says what to do."""
    raise SystemExit(f"Set-up stopped. {message}")


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036  (run before anything has asked for 3.11)
        stop("EventHub needs Python 3.11 or newer: make PYTHON=python3.11 ...")
    if sys.argv[1:] not in (["run"], ["dev"]):
        stop("Say what for: python3 -m tools.setup run, or dev")
    main(sys.argv[1])
