"""Which language a page speaks: the address, then a choice on the page, then the reader's."""

from urllib.parse import urlencode

from flask import Response, g, request
from flask_login import current_user

from eventhub.i18n import LANGUAGES
from eventhub.i18n.locale import best, current, set_current

COOKIE = "language"
YEAR = 31_536_000


def choose() -> None:
    """Set the language of the present request; access.enforce refuses an unknown one."""
    g.language_chosen = None
    in_address = (request.view_args or {}).get("lang")
    if in_address in LANGUAGES:
        set_current(in_address)
        return
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        choose_now(asked)
        return
    kept = request.cookies.get(COOKIE)
    if kept in LANGUAGES:
        set_current(kept)
    elif getattr(current_user, "language", None) in LANGUAGES:
        set_current(current_user.language)
    else:
        set_current(from_browser())


def choose_now(code: str) -> None:
    """Speak this language from now on, on the pages that follow too."""
    g.language_chosen = code
    set_current(code)


def prefer(code: str) -> None:
    """Speak this language on the present page where its reader has not chosen another."""
    is_chosen = "lang" in (request.view_args or {}) or "lang" in request.args
    if not is_chosen and COOKIE not in request.cookies:
        set_current(code)


def from_browser(offered: list[str] | None = None) -> str:
    """Return the best of the offered languages for this browser, English first among equals."""
    rest = offered or ["en", *(code for code in LANGUAGES if code != "en")]
    return best(request.headers.get("Accept-Language", ""), rest)


def remember(response: Response) -> Response:
    """Keep a language chosen on a page in a cookie."""
    if g.get("language_chosen"):
        response.set_cookie(
            COOKIE,
            g.language_chosen,
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure,
        )
    if response.mimetype == "text/html":
        response.headers["Content-Language"] = current()
    return response


def switch(offered: list[str] | None = None) -> list[tuple[str, str, str]]:
    """Return (code, own name, address) of this page in each language."""
    codes = offered or list(LANGUAGES)
    if "lang" in (request.view_args or {}):
        return [(code, LANGUAGES[code].own_name, _in_path(code)) for code in codes]
    return [(code, LANGUAGES[code].own_name, _in_query(code)) for code in codes]


def _in_path(code: str) -> str:
    rest = request.path.split("/", 2)[2] if request.path.count("/") > 1 else ""
    query = request.query_string.decode("ascii", "replace")
    return f"/{code}/{rest}" + (f"?{query}" if query else "")


def _in_query(code: str) -> str:
    pairs = [(k, v) for k, v in request.args.items(multi=True) if k != "lang"]
    return request.path + "?" + urlencode([*pairs, ("lang", code)])
