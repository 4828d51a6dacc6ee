"""The page that explains the demo, and looking at it as somebody else."""

import pytest
from flask import Flask
from sqlalchemy import event as database
from sqlalchemy.engine import Engine

from eventhub.core.db import db, transaction
from eventhub.demo.queries import find_rehearsal, find_stand_in
from tests.browser import Browser, Page
from tests.demo.conftest import Demo
from tests.factories import make_account


@pytest.fixture
def visitor(demo: Demo) -> Browser:
    """Return somebody who comes to the demo."""
    return Browser(demo.app)


def test_page_leads_to_every_event_and_rehearsal(visitor: Browser) -> None:
    page = visitor.get("/demo?lang=en")
    assert page.status == 200
    links = {str(a["href"]) for a in page.soup.find_all("a")}
    for slug in ("xiamen-2024", "beijing-2024", "shanghai-2025", "new-york-2025"):
        assert f"/en/{slug}" in links
        assert page.soup.select_one(f'form[action="/demo/look-as/organiser?at={slug}"]')
    for slug in ("new-york-2025-rehearsal", "shanghai-2025-rehearsal"):
        assert {f"/en/{slug}", f"/en/{slug}/programme", f"/en/{slug}/register"} <= links
    assert "/sent-mail" in links


def test_page_takes_few_statements(visitor: Browser) -> None:
    visitor.get("/demo")
    seen: list[str] = []

    def count(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    database.listen(Engine, "before_cursor_execute", count)
    try:
        visitor.get("/demo")
    finally:
        database.remove(Engine, "before_cursor_execute", count)
    assert len([one for one in seen if one.startswith("SELECT")]) <= 8


def test_front_page_hides_rehearsals_and_leads_to_the_explanation(visitor: Browser) -> None:
    page = visitor.get("/")
    assert page.soup.select_one('a[href="/demo"]')
    assert "rehearsal" not in str(page.soup)
    assert "xiamen-2024" in str(page.soup)


@pytest.mark.parametrize(
    ("who", "start"),
    [
        ("organiser", "/manage/shanghai-2025-rehearsal"),
        ("officer", "/manage/shanghai-2025-rehearsal/people"),
        ("focal-point", "/manage/shanghai-2025-rehearsal/delegations/"),
        ("liaison", "/manage/xiamen-2024/arrivals"),
        ("door", "/door"),
        ("editor", "/manage/shanghai-2025-rehearsal/programme"),
        ("protocol", "/manage/"),
        ("observer", "/manage/shanghai-2025-rehearsal"),
    ],
)
def test_one_click_signs_in_and_leads_to_work(visitor: Browser, who: str, start: str) -> None:
    visitor.get("/demo")
    sent = visitor.submit(visitor.page.form(action=f"/look-as/{who}"), follow=False)
    assert sent.location.startswith(start)
    page = visitor.get(sent.location)
    assert page.status == 200
    assert page.soup.select_one('form[action="/sign-out"]')


POSTS = ("organiser", "officer", "focal-point", "liaison", "door", "editor", "protocol", "observer")


@pytest.mark.parametrize("who", POSTS)
def test_page_offers_no_role_what_it_may_not_open(visitor: Browser, who: str) -> None:
    visitor.get("/demo")
    visitor.submit(visitor.page.form(action=f"/look-as/{who}"))
    page = visitor.get("/demo?lang=en")
    assert not page.soup.select('form[action*="?at="]')
    links = {str(a["href"]) for a in page.soup.select("main .events a[href]")}
    assert [link for link in links if link.startswith(("/manage", "/door"))]
    for link in sorted(links):
        assert visitor.get(link).status == 200, link


def test_organiser_of_a_past_event_is_one_click_away(visitor: Browser) -> None:
    visitor.get("/demo")
    form = visitor.page.form(action="/look-as/organiser?at=xiamen-2024")
    assert visitor.submit(form, follow=False).location == "/manage/xiamen-2024"


def test_one_click_opens_the_page_of_a_stand_in(visitor: Browser) -> None:
    visitor.get("/demo?lang=en")
    page = visitor.submit(visitor.page.form(action="/look-as/delegate"))
    assert page.status == 200
    event = find_rehearsal("shanghai-2025")
    assert event is not None
    stand_in = find_stand_in(event)
    assert stand_in is not None
    assert stand_in.family_name.upper() in page.text.upper()


def token_on(page: Page) -> dict[str, str]:
    """Return what a form of the page sends against forgery."""
    field = page.form().find("input", {"name": "csrf_token"})
    assert field is not None
    return {"csrf_token": str(field["value"])}


@pytest.mark.parametrize("who", ["administrator", "nobody"])
def test_nobody_else_is_opened(visitor: Browser, who: str) -> None:
    sent = token_on(visitor.get("/demo"))
    assert visitor.post(f"/demo/look-as/{who}", sent).status == 404


def test_account_that_is_not_of_the_demo_is_not_opened(
    visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = make_account(email="real@example.org")
    monkeypatch.setattr("eventhub.demo.views.EMAILS", {"organiser": account.email})
    visitor.get("/demo")
    page = visitor.submit(visitor.page.form(action="/look-as/organiser"))
    assert page.status == 404
    with transaction():
        db.session.delete(account)


def test_forged_click_is_refused(visitor: Browser) -> None:
    assert visitor.post("/demo/look-as/organiser", {}).status == 400


def test_elsewhere_there_is_no_such_page(app: Flask, browser: Browser) -> None:
    make_account(email="organiser@demo.example.org", is_demo=True)
    assert browser.get("/demo").status == 404
    assert browser.get("/").soup.select_one('a[href="/demo"]') is None
    sent = token_on(browser.get("/sign-in"))
    assert browser.post("/demo/look-as/organiser", sent).status == 404
