"""The Makefile explains itself."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_make_alone_prints_every_command_with_its_line() -> None:
    printed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony is not None
    assert targets == set(phony[1].split())
    explained = dict(re.findall(r"^  make (\w+) +(\S.+)$", printed, re.MULTILINE))
    assert explained.keys() == targets
    assert {"setup", "run", "demo", "test", "check", "fix", "migrate", "messages"} <= targets
