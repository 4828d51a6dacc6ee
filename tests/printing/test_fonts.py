"""Setting up the fonts."""

from pathlib import Path

import pytest

from eventhub.printing.font_copy import copy_fonts
from eventhub.printing.fonts import FONT_PACKAGES, FontsMissing, use_fonts, write_fonts_conf
from tests.paper import NODE_MODULES

PROMISED = """Latn Cyrl Grek Arab Hebr Hans Jpan Kore Deva Beng Taml Sinh Thai Laoo Khmr Mymr Geor
Armn Ethi"""


def test_every_script_promised_has_a_font() -> None:
    assert set(PROMISED.split()) <= {script for f in FONT_PACKAGES for script in f.scripts}


def test_fonts_and_licences_are_copied_once(fonts_dir: Path) -> None:
    fonts = sorted(fonts_dir.glob("*.ttf"))
    assert len(fonts) == 2 * len(FONT_PACKAGES)
    assert len(list(fonts_dir.glob("*-licence.txt"))) == len(FONT_PACKAGES)
    before = [font.stat().st_mtime_ns for font in fonts]
    torn = fonts_dir / "NotoSansLao_400Regular.ttf"
    torn.unlink()  # other tests have it mapped into memory: it may go, but not shrink
    torn.write_bytes(b"torn")
    copy_fonts(NODE_MODULES, fonts_dir)
    after = [font.stat().st_mtime_ns for font in fonts]
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
    assert (fonts_dir / "NotoSansLao_400Regular.ttf").stat().st_size > 10_000


def test_missing_packages_are_told_with_the_command(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing, match="npm ci"):
        copy_fonts(tmp_path, tmp_path / "fonts")
    with pytest.raises(FontsMissing, match="eventhub setup"):
        use_fonts(tmp_path / "fonts")


def test_the_machines_own_fonts_are_not_seen(tmp_path: Path) -> None:
    write_fonts_conf(tmp_path / "a & b", tmp_path / "fonts.conf")
    written = (tmp_path / "fonts.conf").read_text()
    assert "<include" not in written
    assert written.count("<dir>") == 1
    assert f"<dir>{tmp_path}/a &amp; b</dir>" in written
