"""Pictures of pages."""

import struct
from dataclasses import replace
from pathlib import Path

import pytest

from tools.pages import ALL_PAGES, Page
from tools.pictures import main, take_all
from tools.running_demo import Demo


def width_of(picture: Path) -> int:
    """Return the width that a PNG file says it has."""
    (width,) = struct.unpack(">I", picture.read_bytes()[16:20])
    return int(width)


@pytest.mark.browser
def test_each_page_is_taken_at_two_widths_in_three_languages(site: Demo, tmp_path: Path) -> None:
    take_all([Page("front", "/{lang}/"), Page("desk", "/private", "organiser")], site, tmp_path)
    names = {
        f"{page}-{width}-{language}.png"
        for page in ("front", "desk")
        for width in (360, 1280)
        for language in ("en", "zh", "ar")
    }
    assert {path.name for path in tmp_path.iterdir()} == names
    assert width_of(tmp_path / "front-360-ar.png") == 360
    assert width_of(tmp_path / "desk-1280-zh.png") == 1280


@pytest.mark.browser
def test_refused_page_is_an_error(site: Demo, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="desk: 403"):
        take_all([Page("desk", "/private")], site, tmp_path)


@pytest.mark.browser
def test_wrong_password_is_an_error(site: Demo, tmp_path: Path) -> None:
    wrong = replace(site, accounts=(replace(site.accounts[0], password="wrong"),))
    with pytest.raises(SystemExit, match="Could not sign in"):
        take_all([Page("desk", "/private", "organiser")], wrong, tmp_path)


def test_unknown_page_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["no-such-page"])
    assert "no page is called no-such-page" in capsys.readouterr().err


def test_language_stands_in_the_path_or_is_asked_for() -> None:
    assert Page("a", "/{lang}/x").address("http://h", "zh") == "http://h/zh/x"
    assert Page("a", "/x").address("http://h", "zh") == "http://h/x?lang=zh"
    assert Page("a", "/x?y=1").address("http://h", "zh") == "http://h/x?y=1&lang=zh"


def test_names_of_pages_are_their_own() -> None:
    assert len({page.name for page in ALL_PAGES}) == len(ALL_PAGES)
