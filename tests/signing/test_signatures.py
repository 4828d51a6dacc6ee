"""Signed documents: believed by others, whole, and still read aloud."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from eventhub.core import clock
from eventhub.printing.html_pdf import render_pdf
from eventhub.signing.field import fill, with_field
from eventhub.signing.key import SigningRefused
from eventhub.signing.signer import Signer
from tests.paper import Tool
from tests.signing.authority import ENDS, NOW, Authority, Given, curve
from tests.signing.reading import faults_of_tags, said_by_pyhanko

pytestmark = pytest.mark.any_database

LABEL = "Signature of the institution"
SignedBy = Callable[[Given], Signer]


@pytest.fixture
def signed(document: bytes, given: Given, signed_by: SignedBy, in_2024: None) -> bytes:
    return signed_by(given).sign(document, label=LABEL)


def test_pyhanko_finds_the_signature_valid_over_the_whole_file(
    signed: bytes, authority: Authority
) -> None:
    said = said_by_pyhanko(signed, authority.root.certificate)
    assert said.bottom_line, said.pretty_print_details()
    assert said.intact
    assert said.valid
    assert said.trusted
    assert said.coverage.name == "ENTIRE_FILE"


def test_pdfsig_finds_the_signature_valid_over_the_whole_file(
    signed: bytes, tool: Tool, tmp_path: Path
) -> None:
    (tmp_path / "signed.pdf").write_bytes(signed)
    said = tool("pdfsig", "-nocert", tmp_path / "signed.pdf")
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    assert "Signer Certificate Common Name: Ministry of Tests" in said


def test_one_flipped_byte_is_seen_by_both(
    signed: bytes, authority: Authority, tool: Tool, tmp_path: Path
) -> None:
    # A byte of the compressed text of the first page: everybody opens the file as before.
    at = signed.index(b"stream\n") + len(b"stream\n") + 20
    changed = bytearray(signed)
    changed[at] ^= 1
    said = said_by_pyhanko(bytes(changed), authority.root.certificate)
    assert not said.bottom_line
    assert not said.intact
    (tmp_path / "changed.pdf").write_bytes(changed)
    assert "Signature is Valid." not in tool("pdfsig", "-nocert", tmp_path / "changed.pdf")


def test_a_signature_by_somebody_else_is_not_trusted(
    document: bytes, signed_by: SignedBy, in_2024: None, authority: Authority
) -> None:
    stranger = Authority().give(curve())
    said = said_by_pyhanko(
        signed_by(stranger).sign(document, label=LABEL), authority.root.certificate
    )
    assert said.intact
    assert not said.trusted


def test_a_signed_document_is_still_for_readers_aloud(
    document: bytes, signed: bytes, tmp_path: Path
) -> None:
    (tmp_path / "plain.pdf").write_bytes(document)
    (tmp_path / "signed.pdf").write_bytes(signed)
    assert faults_of_tags(tmp_path / "plain.pdf") == []
    assert faults_of_tags(tmp_path / "signed.pdf") == []


def test_the_checkers_see_a_field_without_tags(signed: bytes, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        field = pdf.Root.AcroForm.Fields[0]
        del field.StructParent
        elements = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]
        (form,) = [o for o in elements if o.get("/S") == "/Form"]
        form.K = pikepdf.Array()
        pdf.save(tmp_path / "untagged.pdf")
    found = faults_of_tags(tmp_path / "untagged.pdf")
    assert any(fault.startswith("page:") for fault in found)
    assert any(fault.startswith("outloud:") for fault in found)


def test_a_signed_document_is_sound_and_says_when_it_was_signed(
    signed: bytes, tool: Tool, tmp_path: Path
) -> None:
    (tmp_path / "signed.pdf").write_bytes(signed)
    tool("qpdf", "--check", tmp_path / "signed.pdf")
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        field = pdf.Root.AcroForm.Fields[0]
        assert str(field.V.M) == "D:20240403120000Z"
        assert str(field.TU) == LABEL
        assert str(pdf.Root.Lang) == "en"


def test_a_document_of_two_pages_with_links_on_both_is_signed_on_the_first(
    fonts: Path, signed_by: SignedBy, authority: Authority, in_2024: None, tmp_path: Path
) -> None:
    link = '<a href="https://events.example.org/{n}">Page {n}</a>'
    body = '<p style="break-after: page">' + link.format(n=1) + "</p><p>" + link.format(n=2)
    html = f"<!doctype html><html><title>Two</title><body><h1>Two</h1>{body}</p></body></html>"
    pdf = render_pdf(html, lang="fr", title="Two", created_at=NOW)
    signed = signed_by(authority.give(curve())).sign(pdf, label=LABEL)
    (tmp_path / "signed.pdf").write_bytes(signed)
    assert said_by_pyhanko(signed, authority.root.certificate).bottom_line
    assert faults_of_tags(tmp_path / "signed.pdf") == []


def test_the_same_document_gets_the_same_field(document: bytes) -> None:
    first, second = (
        with_field(document, room=2000, signed_at=NOW, label=LABEL) for _turn in range(2)
    )
    assert first == second


def test_an_rsa_signature_is_the_same_bytes_again(
    document: bytes, given: Given, signed_by: SignedBy, in_2024: None
) -> None:
    if isinstance(given.private, ec.EllipticCurvePrivateKey):
        pytest.skip("signatures of this kind hold a random number")
    signer = signed_by(given)
    assert signer.sign(document, label=LABEL) == signer.sign(document, label=LABEL)


def test_an_expired_key_refuses_to_sign_and_says_so(
    document: bytes, signed_by: SignedBy, authority: Authority
) -> None:
    signer = signed_by(authority.give(curve()))
    with (
        clock.at(ENDS + timedelta(seconds=1)),
        pytest.raises(SigningRefused, match="expired on 1 January 2025"),
    ):
        signer.sign(document, label=LABEL)


def test_a_document_without_structure_is_not_signed(tmp_path: Path) -> None:
    bare = pikepdf.new()
    bare.add_blank_page()
    out = io.BytesIO()
    bare.save(out)
    with pytest.raises(ValueError, match="no structure"):
        with_field(out.getvalue(), room=2000, signed_at=NOW, label=LABEL)


def test_a_document_without_an_empty_field_is_not_filled(document: bytes, signed: bytes) -> None:
    for pdf in (document, signed):
        with pytest.raises(ValueError, match="0 empty signatures"):
            fill(pdf, lambda digest: digest)


def test_a_signature_too_large_for_its_room_is_refused(document: bytes) -> None:
    pdf = with_field(document, room=100, signed_at=NOW, label=LABEL)
    with pytest.raises(SigningRefused, match="larger than the room"):
        fill(pdf, lambda _digest: bytes(101))
    assert len(fill(pdf, lambda _digest: bytes(100))) == len(pdf)
