"""The blueprint that all pages of certificates hang on, and the answer that is a file."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from eventhub.certificates.models import Certificate
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.files.models import StoredFile
from eventhub.web.downloads import send_stored

bp = Blueprint("certificates", __name__)


def answer_file(certificate: Certificate) -> ResponseReturnValue:
    """Answer the stored file of a certificate, or a page that waits for it."""
    file = db.session.get(StoredFile, certificate.file_id) if certificate.file_id else None
    if file is None and certificate.sha256 is not None:
        raise NotFound
    if file is None:
        page = render_template("certificates/being_made.html", back=request.referrer or "/")
        return page, 202, {"Refresh": "2"}
    return send_stored(file, name=f"{certificate.serial}.pdf")
