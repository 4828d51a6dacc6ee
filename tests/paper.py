"""Fonts in a folder of the test run, and the outside tools that read PDFs."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from eventhub.printing.font_copy import copy_fonts
from eventhub.printing.fonts import use_fonts

NODE_MODULES = Path(__file__).parents[1] / "node_modules"

Tool = Callable[..., str]


@pytest.fixture(scope="session")
def fonts_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (NODE_MODULES / "@expo-google-fonts").is_dir():
        pytest.skip("the fonts are not there: run npm ci --ignore-scripts")
    folder = tmp_path_factory.mktemp("fonts")
    copy_fonts(NODE_MODULES, folder)
    return folder


@pytest.fixture
def fonts(fonts_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put the fonts to use for one test."""
    monkeypatch.setenv("FONTCONFIG_FILE", "")  # put back what was there afterwards
    use_fonts(fonts_dir)
    return fonts_dir


@pytest.fixture
def tool() -> Tool:
    """Return a function that runs an outside tool and returns what it prints."""

    def run(name: str, *arguments: object) -> str:
        if not shutil.which(name):
            pytest.skip(f"{name} is not installed")
        command = [name, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
