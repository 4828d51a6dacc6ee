"""Build the wheel, install it where nothing else is, and run its demo from there.

python -m tools.check_wheel
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from urllib.request import urlopen
from zipfile import ZipFile

from tools.running_demo import CHECKOUT, running_demo

CARRIED = ("templates", "static", "migrations", "translations")
LEFT_OUT = (".ttf", ".otf", ".pyc")
LANGUAGES = ("ar", "es", "fr", "pt", "ru", "zh")


def main() -> None:
    """Fail by name for what the wheel lacks, or for the step that does not work."""
    with tempfile.TemporaryDirectory(prefix="eventhub-wheel-") as name:
        folder = Path(name)
        wheel = build(folder)
        check_contents(wheel)
        bin_folder = install(wheel, folder)
        version = run(bin_folder / "eventhub", "--version", cwd=folder)
        print(f"ok   installed, says: {version.strip()}", flush=True)
        with running_demo([str(bin_folder / "eventhub"), "demo"], folder) as demo:
            for path in ("/healthz", "/"):
                with urlopen(demo.base + path, timeout=30) as answer:
                    body = answer.read().decode()
                if not body.strip() or (path == "/" and "<h1" not in body):
                    raise SystemExit(f"FAIL {path} is empty")
                print(f"ok   its demo answers {path} with {len(body)} characters", flush=True)


def build(folder: Path) -> Path:
    """Build the wheel with the locked hatchling and return its path."""
    flags = ["--wheel", "--no-isolation", "--outdir", str(folder)]
    run(sys.executable, "-m", "build", *flags, cwd=CHECKOUT)
    (wheel,) = folder.glob("*.whl")
    print(f"ok   built {wheel.name}, {wheel.stat().st_size / 1e6:.1f} MB", flush=True)
    return wheel


def check_contents(wheel: Path) -> None:
    """See that all that the checkout keeps beside the package is inside, and no font is."""
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    wanted = {
        f"eventhub/_{path.relative_to(CHECKOUT)}"
        for folder in CARRIED
        for path in (CHECKOUT / folder).rglob("*")
        if path.is_file() and path.suffix not in LEFT_OUT
    }
    wanted |= {f"eventhub/_translations/{code}/LC_MESSAGES/messages.mo" for code in LANGUAGES}
    wanted |= {f"eventhub/_npm/{name}" for name in ("package.json", "package-lock.json", ".npmrc")}
    if missing := sorted(wanted - names):
        raise SystemExit(f"FAIL the wheel lacks {len(missing)} files: {', '.join(missing[:9])}")
    if heavy := [name for name in names if name.endswith(LEFT_OUT)]:
        raise SystemExit(f"FAIL the wheel should not carry {', '.join(heavy[:9])}")
    print(f"ok   {len(names)} files, {len(wanted)} of them from beside the package", flush=True)


def install(wheel: Path, folder: Path) -> Path:
    """Install the locked packages and the wheel in a new environment; return its bin folder."""
    environment = folder / "environment"
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    lock = ["--require-hashes", "--requirement", str(CHECKOUT / "requirements.lock")]
    run(python, "-m", "pip", "install", "--quiet", *lock, cwd=folder)
    run(python, "-m", "pip", "install", "--quiet", "--no-deps", wheel, cwd=folder)
    run(python, "-m", "pip", "check", cwd=folder)
    return environment / "bin"


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command and return what it prints; stop with that where it fails."""
    answer = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    if answer.returncode:
        called = " ".join(str(part) for part in command[:4])
        raise SystemExit(f"FAIL {called}\n{answer.stdout[-3000:]}{answer.stderr[-3000:]}")
    return answer.stdout


if __name__ == "__main__":
    main()
