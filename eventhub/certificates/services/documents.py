"""Making the file of a certificate, which from then on is the certificate."""

import base64
from collections.abc import Collection

from sqlalchemy import select

from eventhub.certificates import messages
from eventhub.certificates.models import Certificate
from eventhub.certificates.rules import grouped
from eventhub.core.db import db
from eventhub.files.services import store_file
from eventhub.i18n import _, use
from eventhub.keys.ring import KeyDestroyed, ring
from eventhub.signing.signer import Signer, signer
from eventhub.web.urls import absolute

PURPOSE = "certificates"
CODE_BYTES = 10
"""80 bits: 16 characters of Base32 (R5.5)."""


def make_document(certificate: Certificate) -> bytes:
    """Return the PDF of a certificate, signed where the installation has a key (R5.8).

    Raises SigningRefused where a key is set that may not sign now: nothing unsigned leaves.
    """
    return _draw(certificate, signer())


def make_unsigned(certificate: Certificate) -> bytes:
    """Return the PDF without a signature: the same bytes each time, from what is frozen in it."""
    return _draw(certificate, None)


def _draw(certificate: Certificate, signing: Signer | None) -> bytes:
    from eventhub.certificates import paper  # noqa: PLC0415  (heavy: only the worker makes PDFs)
    from eventhub.printing.paper import Signature  # noqa: PLC0415

    url = absolute("certificates.verify", code=grouped(code_of(certificate)))
    signature = None
    if signing is not None:
        with use(certificate.shown["languages"][0]):
            label = _("Digital signature of the institution")
        signature = Signature(label, sign=signing.cms, room=signing.room)
    return paper.make_pdf(certificate, url=url, signature=signature)


def keep_document(certificate: Certificate, pdf: bytes, *, tell: bool = True) -> None:
    """Keep the file of one certificate as `keep_documents` does."""
    keep_documents([(certificate.id, pdf)], tell=tell)


def keep_documents(made: Collection[tuple[int, bytes]], *, tell: bool = True) -> None:
    """Store files, each of which from now on is the certificate of this id, and tell by mail.

    One that has its file by now, or is no longer valid, is left as it is: doing this again
    changes nothing.
    """
    query = select(Certificate).where(Certificate.id.in_([number for number, _pdf in made]))
    held = db.session.scalars(
        query.order_by(Certificate.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    waiting = {one.id: one for one in held if one.sha256 is None and one.state == "valid"}
    fresh = []
    for number, pdf in made:
        certificate = waiting.get(number)
        if certificate is None:
            continue
        file = store_file(
            pdf, event_id=certificate.event_id, data_class="certificate",
            name=f"{certificate.serial}.pdf", media_type="application/pdf",
        )  # fmt: skip
        certificate.file_id, certificate.sha256 = file.id, file.sha256
        fresh.append(certificate)
    db.session.flush()
    if tell:
        messages.ready(fresh)


def code_of(certificate: Certificate) -> str:
    """Return the verification code, made again from the key: it is not stored."""
    mac = ring().mac(PURPOSE, certificate.ref, certificate.key_id)
    return base64.b32encode(mac[:CODE_BYTES]).decode()


def find_code(certificate: Certificate) -> str:
    """Return the verification code, "" where its key is gone: it then opens nothing."""
    try:
        return code_of(certificate)
    except KeyDestroyed:
        return ""
