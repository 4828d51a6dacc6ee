"""Designs that stay laid out."""

import io
from pathlib import Path

import pytest

from eventhub.printing import compiled as module
from eventhub.printing.compiled import KEPT, compiled
from eventhub.printing.sheets import print_sheets
from tests.printing.badges import badge_html, sheet
from tests.printing.conftest import MADE


@pytest.fixture(autouse=True)
def nothing_kept(fonts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_kept", module.OrderedDict())


def test_a_design_is_laid_out_once_until_it_changes() -> None:
    html = badge_html()
    first = compiled(html, {"mark.svg": b"1"})
    assert compiled(html, {"mark.svg": b"1"}) is first
    assert compiled(html, {"mark.svg": b"2"}) is not first
    assert compiled(html, {"mark.svg1": b""}) is not first
    assert compiled(html.replace("World", "Other"), {"mark.svg": b"1"}) is not first


def test_those_used_last_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "read_design", lambda *_: object())
    designs = [compiled(str(n)) for n in range(KEPT)]
    assert compiled("0") is designs[0]
    compiled("one more")
    assert compiled("0") is designs[0]
    assert compiled("1") is not designs[1]


def test_single_sheets_of_a_kept_design_are_the_same_bytes() -> None:
    """Fonts that are cut often are prepared for it, which must not show."""
    found = set()
    for _ in range(6):
        out = io.BytesIO()
        print_sheets(compiled(badge_html()), [sheet("Aya 王伟")], out, title="x", lang="en",
                     created_at=MADE)  # fmt: skip
        found.add(out.getvalue())
    assert len(found) == 1
