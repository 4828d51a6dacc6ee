"""What others say of a signed PDF: pyHanko, poppler, two checkers of PDF/UA."""

import io
import warnings
from datetime import datetime
from pathlib import Path

import outloud
import page
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from tests.signing.authority import NOW


def as_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def said_by_pyhanko(
    pdf: bytes, root: x509.Certificate, *, at: datetime = NOW
) -> PdfSignatureStatus:
    """Return what pyHanko finds in the only signature, where this root alone is trusted."""
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    trusted = ValidationContext(trust_roots=[as_asn1(root)], moment=at, allow_fetching=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return validate_pdf_signature(signature, trusted, trusted)


def faults_of_tags(file: Path) -> list[str]:
    """Return what is against PDF/UA-1, as two checkers see it."""
    report = page.validate_pdf_bytes(file.read_bytes(), profile=page.ValidationProfile.PDF_UA_1)
    found = [f"page: {failure.rule_id} {failure.message}" for failure in report.failures]
    result = outloud.check(str(file))
    assert result.error is None or not result.error, result.error
    found += [
        f"outloud: {finding.rule} {finding.message}"
        for finding in result.findings
        if finding.severity == "error"
    ]
    return found
