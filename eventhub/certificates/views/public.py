"""Pages without an account: the holder's file, and the check that everybody may make (R5.5).

Wrong codes and strange files are all answered alike, so that nobody learns what exists.
"""

import hashlib
from datetime import date

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.datastructures import FileStorage

from eventhub.certificates import messages, queries
from eventhub.certificates.codes import carries_serial, codes_in
from eventhub.certificates.forms import CodeForm, FileForm
from eventhub.certificates.models import Certificate
from eventhub.certificates.rules import grouped, plain_code
from eventhub.certificates.seams import proofs_of
from eventhub.certificates.services import code_of
from eventhub.certificates.views.blueprint import bp
from eventhub.events.rules import local
from eventhub.i18n import _
from eventhub.web.access import PUBLIC, requires
from eventhub.web.context import Masthead
from eventhub.web.rosette import rosette
from eventhub.web.throttle import throttle

LARGEST_FILE = 10 * 1024 * 1024
"""Bytes of a file that is compared; certificates are a twentieth of it."""
MINUTES = 10


@bp.route("/c", methods=["GET", "POST"])
@requires(PUBLIC)
def type_code() -> ResponseReturnValue:
    """Take a code that somebody reads from paper."""
    form = CodeForm()
    if form.is_good():
        throttle("certificates.verify", limit=60, minutes=MINUTES)
        found = queries.find_by_code(form.code.data or "")
        code = grouped(code_of(found)) if found else plain_code(form.code.data or "")
        return redirect(url_for("certificates.verify", code=code or "-"))
    return _start(form, FileForm(), form.status)


@bp.get("/C/<code>", endpoint="verify_in_capitals")
@bp.get("/c/<code>")
@requires(PUBLIC)
def verify(code: str) -> ResponseReturnValue:
    """Tell whether a certificate is valid, replaced, withdrawn, or not known."""
    throttle("certificates.verify", limit=60, minutes=MINUTES)
    certificate = queries.find_by_code(code)
    if certificate is None:
        throttle("certificates.miss", limit=30, minutes=MINUTES)
        return _unknown("code")
    newest = queries.newest_issue(certificate) if certificate.state == "replaced" else None
    zone = certificate.shown.get("zone") or "UTC"
    said = messages.document_words(certificate)
    drawn = Markup(rosette(certificate.shown["event_code"], 40))  # noqa: S704  (drawn by us)
    page = render_template(
        "certificates/verify.html", certificate=certificate, said=said,
        masthead=Masthead(said["institution"], None, "/", drawn),
        issued_on=date.fromisoformat(certificate.shown["issued_on"]),
        ended_on=local(certificate.ended_at, zone).date() if certificate.ended_at else None,
        newer_url=url_for("certificates.verify", code=grouped(code_of(newest))) if newest else "",
        proofs=list(proofs_of(certificate, grouped(code_of(certificate)))),
    )  # fmt: skip
    return _not_indexed(page, 200)


@bp.post("/c/file")
@requires(PUBLIC)
def check_file() -> ResponseReturnValue:
    """Compare a file, or only its digest, with those that were issued; nothing of it is kept."""
    throttle("certificates.file", limit=30, minutes=MINUTES)
    form = FileForm()
    sent = form.file.data
    if not isinstance(sent, FileStorage) or not sent.filename:
        found = queries.find_by_file(form.sha256.data or "")
        if found is not None:
            return _to(found)
        if form.sha256.data:
            return _unknown("file")
    if not form.is_good():
        return _start(CodeForm(), form, 422)
    data = sent.stream.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        form.file.errors = [_("Choose a file of at most %(size)s MB.", size=LARGEST_FILE >> 20)]
        return _start(CodeForm(), form, 422)
    if b"%PDF-" not in data[:1024]:
        form.file.errors = [_("This is not a PDF. Choose the file as it was sent to the holder.")]
        return _start(CodeForm(), form, 422)
    found = queries.find_by_file(hashlib.sha256(data).hexdigest())
    return _to(found) if found is not None else _strange(data)


def _strange(data: bytes) -> ResponseReturnValue:
    """Answer a file that was not issued: what it names is looked up only by an unguessable code."""
    for code in sorted(codes_in(data))[:3]:
        if queries.find_by_code(code) is not None:
            url = url_for("certificates.verify", code=grouped(code))
            return _unknown("changed", issued_url=url)
    return _unknown("numbered" if carries_serial(data) else "file")


def _to(certificate: Certificate) -> ResponseReturnValue:
    return redirect(url_for("certificates.verify", code=grouped(code_of(certificate))))


def _start(code_form: CodeForm, file_form: FileForm, status: int) -> ResponseReturnValue:
    page = render_template("certificates/type_code.html", form=code_form, file_form=file_form)
    return _not_indexed(page, status)


def _unknown(what: str, **values: str) -> ResponseReturnValue:
    page = render_template("certificates/unknown.html", what=what, form=CodeForm(), **values)
    return _not_indexed(page, 404)


def _not_indexed(page: str, status: int) -> ResponseReturnValue:
    response = make_response(page, status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
