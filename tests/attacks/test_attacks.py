"""What somebody tries who means no good."""

import pytest
from flask import Flask
from wtforms import Form

from eventhub.badges.models import PrintRun
from eventhub.certificates.models import Certificate
from eventhub.core.db import db
from eventhub.files.services import store_file
from eventhub.web.forms import text_field
from eventhub.web.markdown import markdown
from tests.browser import Browser
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
