"""Write the lock files from pyproject.toml: exact versions, a hash for every file, no address.

`make lock` keeps the versions that still fit; `make lock UPGRADE=1` takes the newest.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "requirements.lock": ["pyproject.toml", "--extra=postgres"],
    "requirements-dev.lock": [
        "pyproject.toml",
        "--extra=postgres",
        "--extra=test",
        "--extra=dev",
        "--constraints=requirements.lock",
    ],
    "requirements-node.lock": ["--group=pyproject.toml:node"],
}


def main(options: list[str]) -> None:
    """Compile each lock for every system and every Python from 3.11 on."""
    for name, sources in LOCKS.items():
        print(f"Locking {name}", flush=True)
        command = ["uv", "pip", "compile", *sources, f"--output-file={name}"]
        command += ["--universal", "--python-version=3.11", "--generate-hashes"]
        command += ["--no-emit-index-url", "--no-annotate", "--no-header", "--quiet", *options]
        subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
