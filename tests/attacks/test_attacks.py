"""What somebody tries who means no good."""

import pytest
from flask import Flask, session
from wtforms import Form

from eventhub.badges.models import PrintRun
from eventhub.certificates.models import Certificate
from eventhub.core.db import db
from eventhub.files.services import store_file
from eventhub.people.views.sign_in import enter
from eventhub.registration.queries import token_of
from eventhub.web.forms import text_field
from eventhub.web.markdown import markdown
from eventhub.web.urls import safe_next
from tests.browser import Browser, filled
from tests.factories import (
    give,
    keep,
    make_account,
    make_category,
    make_event,
    make_registration,
)


class OneLine(Form):
    """A form with a field of one line, and one of several."""

    name = text_field("Name")
    words = text_field("Words", area=True)


def test_line_breaks_are_blanks_in_fields_of_one_line(app: Flask) -> None:
    """A name of two paragraphs would write its own sentences into our letters."""
    with app.test_request_context():
        form = OneLine(name="")
        sent = {"name": "Ana\r\n\r\nPay at evil.example", "words": "one\ntwo"}
        form.process(data=sent)
        for field in form:
            for one in field.filters:
                field.data = one(field.data)
    assert form.name.data == "Ana Pay at evil.example"
    assert form.words.data == "one\ntwo"


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))", "<script>alert(1)</script>", "![x](https://evil.example/p)",
        "[x](data:text/html;base64,PHNjcmlwdD4=)", "<a href='x' onclick='y'>z</a>",
        "[x](vbscript:x)", "{{ config }}", "<svg onload=alert(1)>",
    ],
)  # fmt: skip
def test_markdown_runs_nothing(text: str) -> None:
    html = str(markdown(text)).lower()
    assert "<script" not in html
    assert "<img" not in html
    assert "<svg" not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html
    assert 'href="vbscript' not in html
    assert " onclick" not in html.replace("&lt;a href='x' onclick", "")


def test_r1_7_desk_gets_no_file_with_people_of_other_desks(app: Flask) -> None:
    event = make_event()
    mine = make_category(event, "DEL", approver="secretariat")
    press = make_category(event, "PRESS", approver="media_desk", vouched_by="organiser")
    file = store_file(b"%PDF", event_id=event.id, data_class="badge_run", name="x.pdf",
                      media_type="application/pdf")  # fmt: skip
    db.session.commit()

    def run(categories: list[int] | None) -> PrintRun:
        return keep(PrintRun(event_id=event.id, what={"all": True, "categories": categories},
                             file_id=file.id, state="done", started_by="x"))  # fmt: skip

    all_of_them, of_press, of_mine = run(None), run([press.id]), run([mine.id])
    officer, owner = make_account(), make_account()
    give(officer, "secretariat", event)
    give(owner, "event_owner", event)
    browser = Browser(app).sign_in(officer)
    url = f"/manage/{event.slug}/badges"
    assert browser.get(f"{url}/{of_mine.ref}.pdf").status == 200
    for run_of_others in (all_of_them, of_press):
        assert browser.get(f"{url}/{run_of_others.ref}.pdf").status == 404
        assert browser.get(f"{url}/{run_of_others.ref}").status == 404
    assert all_of_them.ref not in str(browser.get(url).soup)
    assert Browser(app).sign_in(owner).get(f"{url}/{all_of_them.ref}.pdf").status == 200


def test_r1_7_desk_gets_no_certificate_of_other_desks(app: Flask) -> None:
    event = make_event()
    make_category(event, "DEL", approver="secretariat")
    press = make_category(event, "PRESS", approver="media_desk", vouched_by="organiser")
    row = make_registration(event, press, state="accredited", given_names="Quentin")
    file = store_file(b"%PDF", event_id=event.id, data_class="certificate", name="x.pdf",
                      media_type="application/pdf")  # fmt: skip
    db.session.commit()
    certificate = keep(Certificate(
        event_id=event.id, registration_id=row.id, number=1, serial="S-1", code_digest="d",
        key_id="k0001", level="attendance", shown={"name": "x"}, sha256="0", file_id=file.id,
    ))  # fmt: skip
    officer, owner = make_account(), make_account()
    give(officer, "secretariat", event)
    give(owner, "event_owner", event)
    browser = Browser(app).sign_in(officer)
    url = f"/manage/{event.slug}/certificates"
    assert "Quentin" not in browser.get(url).text
    assert browser.get(f"{url}/{certificate.ref}.pdf").status == 404
    assert Browser(app).sign_in(owner).get(f"{url}/{certificate.ref}.pdf").status == 200


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example",
     "javascript:alert(1)", "\\\\evil.example", "/a\r\nSet-Cookie: x=y", "evil.example"],
)  # fmt: skip
def test_sign_in_leads_nowhere_outside(app: Flask, target: str) -> None:
    with app.test_request_context("/sign-in", query_string={"next": target}):
        assert safe_next("/manage") == "/manage"


def test_address_of_a_visitor_is_not_what_the_visitor_says(app: Flask) -> None:
    """Counting attempts by X-Forwarded-For would count nothing."""
    client = app.test_client()
    codes = [
        client.get("/c/AAAA", headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code
        for n in range(31)
    ]
    assert codes == [404] * 30 + [429]


def test_foreign_host_is_served_nothing(app: Flask) -> None:
    answer = app.test_client().get("/sign-in", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert b"evil.example" not in answer.data


def test_made_once_page_says_nothing_of_who_asked_first(app: Flask) -> None:
    """A page kept for all must not carry host, cookie or name of its first reader."""
    event = make_event()
    account = make_account(name="Quentin Marker")
    first = Browser(app).sign_in(account)
    headers = {"X-Forwarded-Host": "evil.example", "X-Original-URL": "/evil",
               "X-Forwarded-Prefix": "/evil"}  # fmt: skip
    url = f"/en/{event.slug}/programme"
    shown = first.client.get(url, headers=headers)
    assert b"Quentin" not in shown.data
    again = app.test_client().get(url)
    assert b"evil" not in again.data
    assert b"csrf_token" not in again.data
    assert "Set-Cookie" not in again.headers


def test_sign_in_forgets_what_the_session_held(app: Flask) -> None:
    """Somebody who planted a session in a browser shares nothing with who signs in there."""
    account = make_account()
    with app.test_request_context("/sign-in"):
        session["csrf"], session["planted"] = "00" * 32, "yes"
        enter(account)
        assert "planted" not in session
        assert session.get("csrf") != "00" * 32


def test_form_of_another_session_or_origin_is_refused(app: Flask) -> None:
    account = make_account()
    victim, attacker = Browser(app).sign_in(account), Browser(app)
    attacker.get("/sign-in")
    token = filled(attacker.page.form())["csrf_token"]
    victim.get("/account")
    url = "/account/end-sessions"
    assert victim.client.post(url, data={"csrf_token": token}).status_code == 400
    assert victim.client.post(url, data={"csrf_token": "\u0664" * 88}).status_code == 400
    own = filled(victim.page.form(action="end-sessions"))
    for origin in ("https://evil.example", "null"):
        answer = victim.client.post(url, data=own, headers={"Origin": origin})
        assert answer.status_code == 400


@pytest.mark.parametrize("ending", ["", "/data", "/copy", "/photo.jpg", "/certificate.pdf"])
def test_forged_private_links_open_nothing(app: Flask, ending: str) -> None:
    event = make_event()
    category = make_category(event)
    row, other = make_registration(event, category), make_registration(event, category)
    good, theirs = token_of(row), token_of(other)
    browser = Browser(app)
    for forged in (row.ref, row.ref + "A" * 16, row.ref + theirs[10:], good[:-1], good + "A",
                   "..%2f..%2fetc", "%00" * 26):  # fmt: skip
        assert browser.get(f"/my/{forged}{ending}").status == 404
