"""Sheets of the stream path, signed while they are written."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from eventhub.core import clock
from eventhub.printing.designs import Design, read_design
from eventhub.printing.paper import Signature
from eventhub.printing.sheets import print_sheets
from eventhub.printing.values import Qr, Sheet, Text
from eventhub.signing.key import SigningRefused
from eventhub.signing.signer import Signer
from tests.paper import Tool
from tests.signing.authority import ENDS, NOW, Authority, Given, curve
from tests.signing.reading import faults_of_tags, said_by_pyhanko

pytestmark = pytest.mark.any_database

URL = "HTTPS://EVENTS.EXAMPLE.ORG/C/AAAA-BBBB"
HTML = """<!doctype html><html lang="en"><head><title>Certificate</title><style>
@page { size: 297mm 210mm; margin: 0 } section { position: relative; width: 297mm; height: 210mm }
h1, p, div { position: absolute; left: 30mm; width: 200mm; margin: 0 }
</style></head><body><section data-variant="certificate">
<h1 style="top: 30mm">Certificate of participation</h1>
<p data-field="name" style="top: 60mm; height: 20mm; font-size: 20pt"></p>
<div data-field="qr" data-kind="qr" style="top: 120mm; height: 30mm; width: 30mm"></div>
</section></body></html>"""


@pytest.fixture
def design(fonts: Path) -> Design:
    return read_design(HTML)


def streamed(design: Design, signer: Signer, *names: str) -> bytes:
    """Return a file with a sheet for each name, signed."""
    out = io.BytesIO()
    sheets = [
        Sheet("certificate", {"name": Text((name,)), "qr": Qr(URL, "Code")}) for name in names
    ]
    report = print_sheets(
        design, sheets, out, title="Certificate", lang="en", created_at=NOW,
        signature=Signature("Signature", sign=signer.cms, room=signer.room),
    )  # fmt: skip
    assert report.on_page_path == {}
    return out.getvalue()


def test_a_streamed_certificate_is_valid_and_read_aloud(
    design: Design, given: Given, signed_by: Callable[[Given], Signer], authority: Authority,
    in_2024: None, tool: Tool, tmp_path: Path,
) -> None:  # fmt: skip
    signed = streamed(design, signed_by(given), "Amina Yusuf", "王伟 Вера")
    said = said_by_pyhanko(signed, authority.root.certificate)
    assert said.bottom_line, said.pretty_print_details()
    assert said.coverage.name == "ENTIRE_FILE"
    (tmp_path / "signed.pdf").write_bytes(signed)
    assert faults_of_tags(tmp_path / "signed.pdf") == []
    assert "Signature is Valid." in tool("pdfsig", "-nocert", tmp_path / "signed.pdf")
    tool("qpdf", "--check", tmp_path / "signed.pdf")


def test_a_streamed_certificate_that_was_changed_is_not_valid(
    design: Design, signed_by: Callable[[Given], Signer], authority: Authority, in_2024: None
) -> None:
    signed = streamed(design, signed_by(authority.give(curve())), "Amina Yusuf")
    changed = bytearray(signed)
    changed[signed.index(b"</dc:title>") - 20] ^= 1  # in the title that is told beside the pages
    said = said_by_pyhanko(bytes(changed), authority.root.certificate)
    assert not said.bottom_line
    assert not said.intact


def test_a_streamed_file_may_be_signed_afterwards_too(
    design: Design, signed_by: Callable[[Given], Signer], authority: Authority, in_2024: None,
    tmp_path: Path,
) -> None:  # fmt: skip
    signer, out = signed_by(authority.give(curve())), io.BytesIO()
    sheets = [Sheet("certificate", {"name": Text(("Amina Yusuf",))})]
    print_sheets(design, sheets, out, title="Certificate", lang="en", created_at=NOW)
    signed = signer.sign(out.getvalue(), label="Signature")
    assert said_by_pyhanko(signed, authority.root.certificate).bottom_line
    (tmp_path / "signed.pdf").write_bytes(signed)
    assert faults_of_tags(tmp_path / "signed.pdf") == []


def test_an_expired_key_leaves_no_streamed_file(
    design: Design, signed_by: Callable[[Given], Signer], authority: Authority
) -> None:
    signer = signed_by(authority.give(curve()))
    late = clock.at(ENDS + timedelta(days=1))
    with late, pytest.raises(SigningRefused, match="expired"):
        streamed(design, signer, "Amina Yusuf")
