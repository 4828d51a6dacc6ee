"""QR codes as a scanner sees them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from eventhub.printing.qr import qr_svg, qr_version
from tests.paper import Tool

PASS = "HTTPS://EVENTS.EXAMPLE.ORG/D/EH1" + "ABCDEFGHJKMNPQRSTUVWXYZ23456789" * 2


@pytest.mark.parametrize(
    "text", [PASS, "https://events.example.org/c/ABCD-EFGH-JKLM-NPQR?l=fr", "Zoë 主席", "0042"]
)
def test_a_scanner_reads_the_text(
    text: str, pdf: Callable[..., bytes], tool: Tool, tmp_path: Path
) -> None:
    file = tmp_path / "qr.pdf"
    file.write_bytes(pdf(f"<p>{qr_svg(text, label='Entry code', size_mm=30)}</p>"))
    tool("pdftoppm", "-r", 150, "-gray", "-png", "-singlefile", file, tmp_path / "qr")
    read = tool("zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", tmp_path / "qr.png")
    assert read.strip() == text


def test_upper_case_takes_the_denser_mode() -> None:
    assert qr_version(PASS) < qr_version(PASS.lower())


def test_modules_or_the_whole_have_the_width_asked_for() -> None:
    modules = 17 + 4 * qr_version(PASS) + 2 * 4
    assert f'width="{modules * 0.5:g}mm"' in qr_svg(PASS, label="x", module_mm=0.5)
    assert 'width="30mm" height="30mm"' in qr_svg(PASS, label="x", size_mm=30)
    with pytest.raises(ValueError, match="module_mm or size_mm"):
        qr_svg(PASS, label="x")


def test_the_quiet_zone_is_four_modules_wide() -> None:
    svg = qr_svg(PASS, label="x", size_mm=30)
    modules = svg.rpartition("<path")[2]
    side = int(re.findall(r'viewBox="0 0 (\d+)', svg)[0])
    starts = [tuple(map(int, xy)) for xy in re.findall(r"M(\d+) (\d+)h", modules)]
    assert min(x for x, _ in starts) == min(y for _, y in starts) == 4
    assert max(y for _, y in starts) == side - 5


def test_the_label_is_for_screen_readers_and_cannot_break_out() -> None:
    assert "<title>&lt;b&gt; &amp;</title>" in qr_svg("1", label="<b> &", size_mm=30)


def test_a_text_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        qr_version("x" * 3000)
