"""Compiled templates are kept for other processes; where they cannot be, pages still come."""

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from eventhub.web.compiled import CompiledTemplates


def say(folder: Path) -> str:
    """Render a template as a process does that has just started."""
    kept = CompiledTemplates(folder)
    environment = Environment(loader=DictLoader({"a.html": "{{ 6 * 7 }}"}), bytecode_cache=kept)
    return environment.get_template("a.html").render()


def test_what_one_process_compiled_serves_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cache" / "compiled"
    assert say(folder) == "42"
    assert len(list(folder.iterdir())) == 1
    assert folder.stat().st_mode & 0o777 == 0o700
    monkeypatch.delattr(Environment, "_compile")
    assert say(folder) == "42"


def test_folder_that_was_emptied_meanwhile_is_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "compiled"
    say(folder)
    next(folder.iterdir()).unlink()
    folder.rmdir()
    assert say(folder) == "42"
    assert len(list(folder.iterdir())) == 1


def test_folder_that_cannot_be_written_to_stops_no_page(tmp_path: Path) -> None:
    """A file stands where a folder would: that stops root too, whom no permission does."""
    (tmp_path / "cache").write_text("")
    assert say(tmp_path / "cache" / "compiled") == "42"


def test_what_was_cut_short_is_compiled_again(tmp_path: Path) -> None:
    say(tmp_path)
    kept = next(tmp_path.iterdir())
    kept.write_bytes(kept.read_bytes()[:-20])
    assert say(tmp_path) == "42"
