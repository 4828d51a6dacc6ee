"""Tests that failed run once more: what passes then is unstable, what fails again is broken."""

import os
from pathlib import Path

import pytest

from tools.tests import FEW, main

BROKEN = "def test_broken():\n    assert 1 == 2\n"
UNSTABLE = """
from pathlib import Path

def test_unstable():
    seen = Path(__file__).with_name("seen")
    was_there = seen.exists()
    seen.touch()
    assert was_there
"""


def run(folder: Path, text: str) -> int:
    """Run the tests of this text in a folder of their own, with nothing of this project's."""
    (folder / "test_some.py").write_text(text)
    where = ["--rootdir", str(folder), "-c", os.devnull, str(folder / "test_some.py")]
    return main(["-q", "-n", "0", *where])


def test_what_passes_alone_is_named_as_unstable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    names = tmp_path / "names"
    monkeypatch.setenv("EVENTHUB_UNSTABLE", str(names))
    assert run(tmp_path, UNSTABLE) == 0
    said = capfd.readouterr()[0]
    assert "UNSTABLE: failed once, passed alone: test_some.py::test_unstable" in said
    assert names.read_text() == "test_some.py::test_unstable\n"


def test_what_fails_again_has_failed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, UNSTABLE + BROKEN) == 1
    assert "UNSTABLE" not in capfd.readouterr()[0]


def test_many_failures_get_no_second_try(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    many = "".join(BROKEN.replace("broken", f"broken_{n}") for n in range(FEW + 1))
    assert run(tmp_path, many) == 1
    assert "once more" not in capfd.readouterr()[0]
