"""Making the files of certificates."""

from eventhub.certificates import services
from eventhub.certificates.models import Certificate
from eventhub.core.db import db, transaction
from eventhub.jobs.runner import Work, handles


@handles("certificates.make")
def make(_work: Work, certificate_id: int, tell: bool = True) -> None:
    """Make the file of one certificate; one that has its file is left as it is."""
    certificate = db.session.get(Certificate, certificate_id)
    if certificate is None or certificate.sha256 is not None or certificate.state != "valid":
        return
    pdf = services.make_document(certificate)
    with transaction():
        services.keep_document(certificate, pdf, tell=tell)
