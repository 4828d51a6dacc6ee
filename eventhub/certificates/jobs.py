"""Making the files of certificates."""

from datetime import timedelta

from sqlalchemy import select

from eventhub.certificates import services
from eventhub.certificates.models import Certificate, CertificateRun
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.events.queries import get_event_by_id
from eventhub.files.models import StoredFile
from eventhub.files.services import erase_files, store_file
from eventhub.jobs.runner import Work, handles

PREVIEW_CLASS = "preview"
PREVIEW_KEPT = timedelta(hours=1)


@handles("certificates.make")
def make(_work: Work, certificate_id: int, tell: bool = True) -> None:
    """Make the file of one certificate; one that has its file is left as it is."""
    certificate = db.session.get(Certificate, certificate_id)
    if certificate is None or certificate.sha256 is not None or certificate.state != "valid":
        return
    pdf = services.make_document(certificate)
    with transaction():
        services.keep_document(certificate, pdf, tell=tell)


@handles("certificates.run")
def run(work: Work, run_id: int) -> dict[str, int]:
    """Issue and make the certificates of one run, or go on where a worker died."""
    row = db.session.get_one(CertificateRun, run_id)
    if row.state == "done":
        return {"certificates": row.made}
    return {"certificates": services.work_off(row, work.progress)}


@handles("certificates.preview")
def preview(work: Work, registration_id: int) -> dict[str, int]:
    """Make a preview, and keep it where the page finds it."""
    event = get_event_by_id(work.event_id or 0)
    pdf = services.make_preview(event, registration_id)
    with transaction():
        file = store_file(
            pdf, event_id=event.id, data_class=PREVIEW_CLASS, name="preview.pdf",
            media_type="application/pdf",
        )  # fmt: skip
        return {"file": file.id}


@handles("certificates.remove_previews", every=PREVIEW_KEPT)
def remove_previews(_work: Work) -> dict[str, int]:
    """Remove the previews that nobody waits for any more: they show people's names."""
    over = StoredFile.created_at < clock.now() - PREVIEW_KEPT
    query = select(StoredFile.id).where(StoredFile.data_class == PREVIEW_CLASS, over)
    with transaction():
        ids = list(db.session.scalars(query))
        erase_files(ids)
    return {"files": len(ids)}
