"""Pages without an account: the holder's file, and the check that everybody may make."""

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from eventhub.attendance.words import level_word
from eventhub.certificates import messages, queries
from eventhub.certificates.forms import CodeForm
from eventhub.certificates.rules import plain_code
from eventhub.certificates.views.blueprint import answer_file, bp
from eventhub.core.errors import NotFound
from eventhub.i18n import Translated
from eventhub.registration.queries import by_token
from eventhub.web.access import BY_LINK, PUBLIC, requires
from eventhub.web.context import Masthead
from eventhub.web.rosette import rosette
from eventhub.web.throttle import throttle


@bp.get("/my/<token>/certificate.pdf")
@requires(BY_LINK)
def fetch_own(token: str) -> ResponseReturnValue:
    """Answer the holder with the own certificate."""
    registration = by_token(token)
    certificate = queries.valid_of(registration.event_id, registration.id)
    if certificate is None:
        raise NotFound
    return answer_file(certificate)


@bp.route("/c", methods=["GET", "POST"])
@requires(PUBLIC)
def type_code() -> ResponseReturnValue:
    """Take a code that somebody reads from paper."""
    form = CodeForm()
    if form.is_good():
        code = plain_code(form.code.data or "")
        return redirect(url_for("certificates.verify", code=code or "-"))
    page = render_template("certificates/type_code.html", form=form)
    return _not_indexed(page, form.status)


@bp.get("/c/<code>")
@requires(PUBLIC)
def verify(code: str) -> ResponseReturnValue:
    """Tell whether a certificate is valid, replaced, withdrawn, or not known."""
    throttle("certificates.verify", limit=60, minutes=10)
    certificate = queries.find_by_code(code)
    if certificate is None:
        return _not_indexed(
            render_template("certificates/verify.html", certificate=None, form=CodeForm()), 404
        )
    said = messages.document_words(certificate)
    drawn = Markup(rosette(certificate.shown["event_code"], 40))  # noqa: S704  (drawn by us)
    page = render_template(
        "certificates/verify.html", certificate=certificate, said=said, form=CodeForm(),
        masthead=Masthead(said["institution"], None, "/", drawn),
        event_title=Translated(certificate.shown["event"]).pick(), level_word=level_word,
    )  # fmt: skip
    return _not_indexed(page, 200)


def _not_indexed(page: str, status: int) -> ResponseReturnValue:
    response = make_response(page, status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
