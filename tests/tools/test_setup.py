"""The set-up: stamps, what is missing, and how failure is told."""

import subprocess
import sys
from pathlib import Path

import pytest

from tools import setup


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder that the set-up takes for the checkout."""
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    return tmp_path


def test_a_stamp_is_fresh_until_what_it_was_made_from_changes(checkout: Path) -> None:
    (checkout / "lock").write_text("one")
    mark = checkout / "stamps" / "lock"
    assert not setup.is_fresh(mark, "lock")
    setup.stamp(mark, "lock")
    assert setup.is_fresh(mark, "lock")
    (checkout / "lock").write_text("two")
    assert not setup.is_fresh(mark, "lock")


def test_files_are_placed_again_only_when_needed(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EVENTHUB_DATA_DIR", raising=False)
    text = checkout / "translations" / "fr" / "messages.po"
    for path in (text, checkout / "package-lock.json", checkout / "eventhub/printing/fonts.py"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    calls: list[str] = []

    def call(title: str, _command: object) -> None:
        calls.append(title)
        text.with_suffix(".mo").write_text("compiled")

    monkeypatch.setattr(setup, "call", call)
    setup.place_files()
    setup.place_files()
    assert len(calls) == 1
    text.write_text("a new translation")
    setup.place_files()
    assert len(calls) == 2
    text.with_suffix(".mo").unlink()
    setup.place_files()
    assert len(calls) == 3


def test_a_failed_step_shows_its_last_lines_and_stops(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = "print('Collecting a'); print('no room left'); raise SystemExit(1)"
    with pytest.raises(SystemExit, match="Packages: the command above failed"):
        setup.call("Packages", [sys.executable, "-c", program], counted="Collecting ", total=2)
    assert "no room left" in capsys.readouterr().out


def test_without_root_nothing_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(setup, "call", lambda *_, **__: pytest.fail("it called apt-get"))
    assert setup.install_debian(["libpango-1.0-0"]) is False


def test_missing_libraries_are_named_with_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "opens", lambda library: "pangoft2" not in library)
    monkeypatch.setattr(setup, "install_debian", lambda packages: False)
    setup.install_pdf_libraries()
    printed = capsys.readouterr().out.strip()
    assert printed == "No PDFs until you run: sudo apt-get install -y libpangoft2-1.0-0"


@pytest.mark.parametrize(("version", "enough"), [("v20.1.0", True), ("v12.22.9", False)])
def test_an_old_node_is_as_good_as_none(
    version: str, enough: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho {version}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert setup.has_node() is enough


def test_it_needs_nothing_but_the_standard_library() -> None:
    program = "import sys; sys.path.insert(0, '.'); import tools.setup"
    command = [sys.executable, "-I", "-S", "-c", program]
    root = Path(setup.__file__).parent.parent
    assert subprocess.run(command, cwd=root, check=False).returncode == 0
