"""What every page shares: tokens, forms sent twice, headers, languages, errors."""

import gzip
import re
from io import BytesIO
from typing import Any

import pytest
from flask import Flask, request, session
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart
from wtforms import FileField

from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.people.models import Account
from eventhub.web import csrf
from eventhub.web.access import PUBLIC, requires
from eventhub.web.forms import BaseForm, email_field, show_error, text_field
from eventhub.web.markdown import markdown
from eventhub.web.once import once
from eventhub.web.urls import absolute, safe_next
from eventhub.web.zones import zone_choices, zone_names
from tests.browser import Browser
from tests.factories import make_account


def token_of(browser: Browser, url: str = "/sign-in") -> str:
    return str(browser.get(url).soup.find("input", {"name": "csrf_token"})["value"])  # type: ignore[index]


def test_form_without_or_with_a_foreign_token_is_refused(app: Flask, browser: Browser) -> None:
    token_of(browser)
    stranger = token_of(Browser(app))
    for token in ("", "x", stranger, "é", "A" * 88):
        data = {"csrf_token": token, "email": "a@example.org", "password": "x"}
        page = browser.post("/sign-in", data)
        assert page.status == 400
        assert "This form is too old to be sent." in page.text


def test_token_is_masked_anew_in_every_answer(browser: Browser) -> None:
    tokens = {token_of(browser) for _ in range(5)}
    assert len(tokens) == 5
    for token in tokens:
        answer = browser.post("/sign-in", {"csrf_token": token})
        assert answer.status == 422, "each of them is good"


def test_foreign_origin_is_refused_even_with_the_token(browser: Browser) -> None:
    token = token_of(browser)
    for origin, status in (
        ("https://evil.example", 400),
        ("null", 400),
        ("http://localhost", 422),
        (None, 422),
    ):
        headers = {"Origin": origin} if origin else {}
        answer = browser.client.post("/sign-in", data={"csrf_token": token}, headers=headers)
        assert answer.status_code == status, origin


def test_token_may_come_in_a_header(browser: Browser) -> None:
    token = token_of(browser)
    answer = browser.client.post("/sign-in", headers={"X-CSRF-Token": token})
    assert answer.status_code == 422


def test_token_needs_its_session(app: Flask) -> None:
    with app.test_request_context():
        token = csrf.csrf_token()
        assert len(session["csrf"]) == 64
    with app.test_request_context(method="POST", data={"csrf_token": token}):
        assert not csrf._valid(token)


def test_form_sent_again_does_its_work_once(app: Flask) -> None:
    made: list[str] = []

    def act() -> str:
        db.session.add(Account(email=f"a{len(made)}@example.org", name="A"))
        made.append("x")
        return f"answer {len(made)}"

    assert once("key", "purpose", act) == "answer 1"
    assert once("key", "purpose", act) == "answer 1"
    assert once("key", "other purpose", act) == "answer 2"
    assert once("other key", "purpose", act) == "answer 3"
    assert db.session.scalar(select(func.count()).select_from(Account)) == 3


def test_refused_form_may_be_sent_again(app: Flask) -> None:
    def refuses() -> str:
        db.session.add(Account(email="a@example.org", name="A"))
        db.session.flush()
        raise Invalid("no", field="email")

    with pytest.raises(Invalid):
        once("key", "purpose", refuses)
    assert db.session.scalar(select(func.count()).select_from(Account)) == 0
    assert once("key", "purpose", lambda: "done") == "done"


def test_headers_of_a_page(browser: Browser) -> None:
    headers = browser.get("/sign-in").response.headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Language"] == "en"
    assert re.fullmatch(r"[0-9a-f]{16}", headers["X-Request-ID"])
    cookie = headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_pages_are_packed_for_who_can_unpack(browser: Browser) -> None:
    plain = browser.client.get("/sign-in")
    packed = browser.client.get("/sign-in", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert b"<h1>" in gzip.decompress(packed.data)


def test_static_files_are_kept_for_a_year_under_their_digest(browser: Browser) -> None:
    url = browser.get("/sign-in").soup.select_one("link[rel=stylesheet]")["href"]  # type: ignore[index]
    answer = browser.client.get(str(url))
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["ETag"]
    etag = {"If-None-Match": answer.headers["ETag"]}
    assert browser.client.get(str(url), headers=etag).status_code == 304
    bare = browser.client.get(str(url).partition("?")[0])
    assert bare.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize(
    "path", ["../pyproject.toml", "css/../../wsgi.py", "/etc/passwd", "nothing"]
)
def test_static_files_come_from_their_folder_only(browser: Browser, path: str) -> None:
    assert browser.client.get(f"/static/{path}").status_code in (308, 404)


def test_language_is_chosen_by_page_then_cookie_then_account_then_browser(app: Flask) -> None:
    account = make_account(language="fr")

    def lang(browser: Browser, url: str = "/account", **headers: str) -> str:
        return str(browser.get(url, **headers).soup.html["lang"])  # type: ignore[index]

    visitor = Browser(app)
    assert lang(visitor, "/sign-in") == "en"
    assert lang(visitor, "/sign-in", **{"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}) == "zh"
    assert lang(visitor, "/sign-in", **{"Accept-Language": "de, ar;q=0.5"}) == "ar"
    assert lang(visitor, "/sign-in", **{"Accept-Language": ";;q=x,,"}) == "en"
    person = Browser(app).sign_in(account)
    assert lang(person) == "fr"
    assert lang(person, "/account?lang=ar") == "ar"
    assert person.page.soup.html["dir"] == "rtl"  # type: ignore[index]
    assert lang(person) == "ar", "the choice stays"
    assert lang(person, "/account?lang=xx") == "ar"
    assert person.get("/xx/some-event").status == 404


@pytest.mark.own_app
def test_errors_have_pages_of_their_own(app: Flask, browser: Browser) -> None:
    @app.route("/test/<kind>")
    @requires(PUBLIC)
    def broken(kind: str) -> str:
        if kind == "conflict":
            raise Conflict("Somebody was faster.")
        raise ZeroDivisionError

    app.config["PROPAGATE_EXCEPTIONS"] = False
    page = browser.get("/test/conflict")
    assert page.status == 409
    assert "Somebody was faster." in page.text
    page = browser.get("/test/bug")
    assert page.status == 500
    assert "ZeroDivisionError" not in page.text
    assert page.soup.h1 is not None


class FileForm(BaseForm):
    """A file and a line."""

    file = FileField("File")
    line = text_field("Line")


def with_file(token: str, size: int) -> dict[str, Any]:
    """Return a form with a file of so many bytes, as a browser sends it."""
    file = FileStorage(BytesIO(b"x" * size), "a")
    boundary, body = encode_multipart({"csrf_token": token, "line": "kept", "file": file})
    return {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}


@pytest.mark.own_app
def test_file_that_is_too_large_is_cut_short_and_told_at_its_field(app: Flask) -> None:
    most = 12 << 20

    @app.route("/test/file", methods=["POST"])
    @requires(PUBLIC)
    def send() -> str:
        form = FileForm()
        form.is_good()
        return f"{form.line.data} {form.file.errors} {len(form.file.data.read())}"

    browser = Browser(app)
    token = token_of(browser)
    for size, said in (
        (most, f"kept [] {most}"),
        (most + 1, f"kept ['Choose a file of at most 12 MB.'] {most + 1}"),
        (2 * most, f"kept ['Choose a file of at most 12 MB.'] {most + 1}"),
    ):
        assert browser.client.post("/test/file", **with_file(token, size)).text == said
    app.config["MAX_CONTENT_LENGTH"] = most
    page = browser.client.post("/test/file", **with_file(token, most))
    assert page.status_code == 413
    assert "what you typed is still there" in page.text


class PersonForm(BaseForm):
    """A name and an address."""

    name = text_field("Name", longest=20)
    email = email_field("E-mail")


@pytest.mark.parametrize(
    ("name", "email", "wrong"),
    [
        ("王小明", "a@example.org", set()),
        ("👩‍🚀 N'Guessan", "a@пример.example", set()),
        ("x" * 20, "a@example.org", set()),
        ("x" * 21, "a@example.org", {"name"}),
        ("", "", {"name", "email"}),
        ("a\x00b", "a@example.org", {"name"}),
        ("a\ud800", "a@example.org", {"name"}),
        ("Ada", "élodie@example.org", {"email"}),
        ("Ada", "nobody", {"email"}),
        ("Ada", "a b@example.org", {"email"}),
        ("Ada", "a@example", {"email"}),
        ("Ada", "a@.example.org", {"email"}),
        ("Ada", "a..b@example.org", {"email"}),
        ("Ada", "a@exa_mple.org", {"email"}),
        ("Ada", "Ada <a@example.org>", {"email"}),
        ("Ada", "a@example.org\nBcc: b@example.org", {"email"}),
    ],
)
def test_forms_take_every_script_and_refuse_what_cannot_be(
    app: Flask, name: str, email: str, wrong: set[str]
) -> None:
    with app.test_request_context(method="POST"):
        request.form = type(request.form)({"name": name, "email": email})  # type: ignore[misc]
        form = PersonForm()
        assert form.is_good() is not bool(wrong)
        assert set(form.errors) == wrong
        assert form.status == (422 if wrong else 200)


def test_refusal_of_a_service_stands_by_its_field(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"name": "Ada", "email": "a@example.org"}):
        form = PersonForm()
        assert form.is_good()
        show_error(form, Invalid("Taken.", field="email"))
        show_error(form, Invalid("Full."))
        assert form.email.errors == ["Taken."]
        assert form.form_errors == ["Full."]
        assert form.status == 422


@pytest.mark.parametrize(
    ("target", "allowed"),
    [
        ("/manage?x=1", True),
        ("//evil.example", False),
        ("/\\evil.example", False),
        ("https://evil.example", False),
        ("javascript:alert(1)", False),
        ("/a\nb", False),
        ("", False),
    ],
)
def test_next_page_is_one_of_ours(app: Flask, target: str, allowed: bool) -> None:
    with app.test_request_context(query_string={"next": target}):
        assert safe_next("/home") == (target if allowed else "/home")


def test_addresses_in_mail_come_from_the_settings(app: Flask) -> None:
    assert absolute("people.sign_in") == "http://localhost/sign-in"
    with app.test_request_context(base_url="http://127.0.0.1"):
        assert absolute("people.sign_in") == "http://localhost/sign-in"


@pytest.mark.parametrize("path", ["/sign-in", "/manage/x", "/nothing"])
def test_unknown_host_is_refused(browser: Browser, path: str) -> None:
    answer = browser.client.get(path, headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_markdown_is_small_and_safe() -> None:
    html = markdown("# One\n\n**two** [three](https://example.org)\n\n| a |\n|---|\n| b |")
    assert "<h2>One</h2>" in html
    assert "<strong>two</strong>" in html
    assert 'rel="noopener nofollow"' in html
    assert "<td>b</td>" in html
    bad = markdown(
        "<script>x</script> [a](javascript:x) ![b](https://example.org/c.png) <b onclick=x>"
    )
    assert "<script" not in bad
    assert "javascript" not in str(re.findall(r'href="[^"]*"', bad))
    assert "<img" not in bad
    assert "<b" not in bad


def test_time_zones_are_those_of_countries() -> None:
    names = zone_names()
    assert {"Africa/Lusaka", "Asia/Shanghai", "America/New_York", "UTC"} <= set(names)
    assert len(names) < 450
    assert dict(zone_choices())["America/New_York"] == "America / New York"


@pytest.mark.parametrize("url", ["/en/%00", "/manage/a%00b", "/my/%00%00", "/?q=%00", "/%00"])
def test_nul_in_an_address_is_nothing_here(app: Flask, browser: Browser, url: str) -> None:
    assert browser.get(url).status == 404
    assert browser.sign_in(make_account()).get(url).status == 404


def test_unknown_language_is_nothing_here_for_whoever_is_signed_in(browser: Browser) -> None:
    assert browser.sign_in(make_account()).get("/xx/forum-2030").status == 404
