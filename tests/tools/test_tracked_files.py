"""What is committed would work on any machine and comes from no particular one."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REGISTRIES = ("pypi.org", "pythonhosted.org", "registry.npmjs.org", "registry.yarnpkg.com")
MACHINE_PATH = re.compile(r"(?<![\w.~$}/-])/(?:(?:root|work|tmp|opt)/|home/)\w")
TEXTS = {".py", ".md", ".toml", ".json", ".lock", ".html", ".txt", ".css", ".js", ".po", ".yaml"}
TEXTS |= {".sh", ".ini", ".mako", ".svg", ".tsv", ".csv", ".mjs", ""}


def tracked() -> list[Path]:
    """Return the committed text files but this one."""
    answer = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if answer.returncode:
        pytest.skip("not a git checkout")
    paths = [ROOT / name for name in answer.stdout.split("\0") if name]
    return [p for p in paths if p.suffix in TEXTS and p.is_file() and p != Path(__file__)]


def test_no_file_names_a_path_of_one_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in tracked()
        if (match := MACHINE_PATH.search(path.read_text(encoding="utf-8")))
    ]
    assert not found


def test_no_file_names_a_package_registry() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {host}"
        for path in tracked()
        for host in REGISTRIES
        if host in path.read_text(encoding="utf-8")
    ]
    assert not found


def test_the_patterns_find_what_they_look_for() -> None:
    assert MACHINE_PATH.search("open('/tmp/x')")
    assert MACHINE_PATH.search("cd /home/ada")
    assert not MACHINE_PATH.search("https://example.org/home/ada ../opt/x")
