"""What people see when something cannot be done."""

import logging

import structlog
from flask import Flask, Response, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from eventhub.core.errors import DomainError
from eventhub.i18n import _

log = structlog.get_logger()


def register(app: Flask) -> None:
    """Answer domain errors, HTTP errors and bugs with a page (or JSON to a device)."""
    app.register_error_handler(DomainError, on_domain_error)
    app.register_error_handler(HTTPException, on_http_error)
    app.logger.addFilter(_is_not_of_a_bug)


def _is_not_of_a_bug(record: logging.LogRecord) -> bool:
    """Keep back what Flask says of a bug: it names the address, which may be somebody's secret.

    We log the same bug ourselves, under the name of the page.
    """
    return not record.exc_info


def refuse_nul() -> None:
    """Answer 404 to an address that holds a NUL: nothing is called so, and databases choke."""
    if "\x00" in request.path or any("\x00" in value for value in request.args.values()):
        abort(404)


def refuse_foreign_host() -> ResponseReturnValue | None:
    """Answer 400 in plain text where the Host header is none of ours: no page could be made."""
    if isinstance(request.routing_exception, SecurityError):
        return Response("This host is not served here.\n", 400, mimetype="text/plain")
    return None


def on_domain_error(error: DomainError) -> ResponseReturnValue:
    """Show a refusal that no form caught."""
    return answer(error.status, error.message)


def on_http_error(error: HTTPException) -> ResponseReturnValue:
    """Show an HTTP error in plain words; a redirect is no error."""
    code = error.code or 500
    if code < 400:
        return error.get_response()
    if isinstance(error, InternalServerError):
        log.error("request failed", exc_info=error.original_exception)
    told = error.description if code == 400 and error.description else ""
    headers = [(k, v) for k, v in error.get_headers() if k in ("Allow", "Retry-After")]
    page = answer(code, told if "browser (or proxy)" not in told else "")
    return page[0], code, headers


def answer(code: int, message: str = "") -> tuple[str, int]:
    """Return the error page of a code, with the message where there is one."""
    titles = {
        400: _("This request cannot be understood"),
        404: _("There is nothing here"),
        405: _("This page does not take that request"),
        409: _("That cannot be done now"),
        413: _("The file is too large"),
        422: _("Something needs a correction"),
        429: _("Too many tries"),
    }
    words = {
        404: _("The address may be mistyped, or you may need to sign in with another account."),
        413: _("Go back: what you typed is still there. Choose a smaller file and send it again."),
        429: _("Wait a few minutes, then try again."),
    }
    title = titles.get(code, _("Something went wrong on our side"))
    text = message or words.get(code, _("Nothing was changed. Try again in a moment."))
    if request.path.startswith("/api/"):
        return jsonify(error=title, detail=text).get_data(as_text=True), code
    return render_template("web/error.html", code=code, title=title, message=text), code
