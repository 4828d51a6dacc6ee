"""Making the file of a certificate, which from then on is the certificate."""

import base64

from sqlalchemy import func, select

from eventhub.certificates import messages, paper
from eventhub.certificates.models import Certificate
from eventhub.certificates.rules import grouped
from eventhub.core.db import db
from eventhub.files.services import store_file
from eventhub.keys.ring import ring
from eventhub.web.urls import absolute

PURPOSE = "certificates"
CODE_BYTES = 10
"""80 bits: 16 characters of Base32 (R5.5)."""


def make_document(certificate: Certificate) -> bytes:
    """Return the PDF of a certificate: the same bytes each time, from what is frozen in it."""
    url = absolute("certificates.verify", code=grouped(code_of(certificate)))
    return paper.make_pdf(certificate, url=url)


def keep_document(certificate: Certificate, pdf: bytes, *, tell: bool = True) -> None:
    """Store the file, which from now on is the certificate, and tell its holder by mail.

    One that has its file is left as it is, so that doing it again changes nothing.
    """
    if certificate.sha256 is not None:
        return
    file = store_file(
        pdf, event_id=certificate.event_id, data_class="certificate",
        name=f"{certificate.serial}.pdf", media_type="application/pdf",
    )  # fmt: skip
    certificate.file_id, certificate.sha256 = file.id, file.sha256
    db.session.flush()
    if tell:
        messages.ready(certificate)


def code_of(certificate: Certificate) -> str:
    """Return the verification code, made again from the key: it is not stored."""
    mac = ring().mac(PURPOSE, certificate.ref, certificate.key_id)
    return base64.b32encode(mac[:CODE_BYTES]).decode()


def count_waiting(event_id: int) -> int:
    """Return how many certificates wait for their file."""
    query = select(func.count(Certificate.id)).where(
        Certificate.event_id == event_id, Certificate.sha256.is_(None)
    )
    return db.session.scalar(query) or 0
