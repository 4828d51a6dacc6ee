"""The worker prints with the fonts of its installation."""

from pathlib import Path

import pytest

from eventhub.commands.fonts import print_with_fonts
from eventhub.config import Settings
from eventhub.printing.fonts import fonts_in_use


def test_worker_prints_with_the_fonts_of_its_settings(
    fonts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    assert print_with_fonts(Settings(fonts_dir=fonts))
    assert fonts_in_use() == fonts


def test_missing_fonts_are_told_and_do_not_stop_the_worker(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not print_with_fonts(Settings(fonts_dir=tmp_path))
    assert "eventhub setup" in capsys.readouterr().err
