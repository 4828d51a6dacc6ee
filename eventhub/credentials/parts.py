"""What credentials contribute to the pages around them."""

from flask import url_for

from eventhub.certificates.models import Certificate
from eventhub.certificates.seams import PROOFS
from eventhub.credentials.queries import is_creditable
from eventhub.i18n import _


def proof(certificate: Certificate, code: str) -> tuple[str, str] | None:
    """Link a valid certificate's page to its credential."""
    if not is_creditable(certificate):
        return None
    url = url_for("credentials.fetch_credential", code=code)
    return _("The same as a digital credential (Open Badges)"), url


def connect() -> None:
    """Put the link where the page of a certificate looks for it."""
    if proof not in PROOFS:
        PROOFS.append(proof)
