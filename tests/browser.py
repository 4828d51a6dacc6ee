"""A browser without JavaScript: follows links, fills forms as they stand, checks every page."""

import re
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask, g
from werkzeug.test import TestResponse

from eventhub.core.db import db
from eventhub.people.models import Account


@dataclass
class Page:
    """An answer, and its HTML where it is a page."""

    response: TestResponse
    soup: BeautifulSoup = field(init=False)

    def __post_init__(self) -> None:
        html = self.response.mimetype == "text/html"
        self.soup = BeautifulSoup(self.response.data if html else b"", "lxml")
        if html and self.response.status_code < 300:
            check(self.soup)

    @property
    def status(self) -> int:
        """Return the HTTP status."""
        return self.response.status_code

    @property
    def location(self) -> str:
        """Return where a redirect leads."""
        return self.response.headers.get("Location", "")

    @property
    def text(self) -> str:
        """Return what a reader sees, blanks made single."""
        return re.sub(r"\s+", " ", self.soup.get_text(" ")).strip()

    def form(self, index: int = 0, *, action: str = "") -> Tag:
        """Return a POST form of the page; by a piece of its action where several stand there."""
        forms = [
            f
            for f in self.soup.find_all("form")
            if (f.get("method") or "").lower() == "post"
            and action in (f.get("action") or "")
            and "sign-out" not in (f.get("action") or "")
        ]
        return forms[index]

    def errors(self) -> list[str]:
        """Return the sentences that say what to correct."""
        return [e.get_text(" ", strip=True) for e in self.soup.select(".error")]


class Browser:
    """One person's browser; requests see the database as committed, as real ones do."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.page: Page

    def get(self, url: str, *, follow: bool = True, **headers: str) -> Page:
        """Fetch an address and check the page."""
        return self._request("GET", url, follow=follow, headers=headers)

    def post(self, url: str, data: dict[str, Any], *, follow: bool = True) -> Page:
        """Send data to an address as they are."""
        return self._request("POST", url, follow=follow, data=data)

    def submit(
        self, _form: Tag | None = None, *, follow: bool = True, press: str = "", **values: Any
    ) -> Page:
        """Send a form of the present page with its own values, these in their place.

        `press` is the name=value of the button pressed, where it matters.
        """
        form = _form if _form is not None else self.page.form()
        data = filled(form)
        data.update(values)
        if press:
            name, _equals, value = press.partition("=")
            data[name] = value
        url = form.get("action") or self.page.response.request.path
        return self.post(str(url), {k: v for k, v in data.items() if v is not None}, follow=follow)

    def sign_in(self, account: Account) -> "Browser":
        """Become this account without going through the sign-in pages."""
        with self.client.session_transaction() as session:
            session["_user_id"] = account.get_id()
            session["_fresh"] = True
        return self

    def _request(self, method: str, url: str, *, follow: bool, **given: Any) -> Page:
        forget()
        response = self.client.open(url, method=method, follow_redirects=follow, **given)
        forget()
        self.page = Page(response)
        return self.page


def forget() -> None:
    """Part requests from each other and from the test, whose application context they share."""
    db.session.rollback()
    for name in list(g):
        g.pop(name)


def filled(form: Tag) -> dict[str, Any]:
    """Return the values that a form would send as it stands."""
    data: dict[str, Any] = {}
    for element in form.find_all(["input", "select", "textarea"]):
        name, kind = element.get("name"), element.get("type", "text")
        if not name or element.has_attr("disabled") or kind in ("submit", "button", "file"):
            continue
        if element.name == "select":
            options = element.find_all("option")
            chosen = [o for o in options if o.has_attr("selected")] or options[:1]
            value: Any = chosen[0].get("value", chosen[0].text) if chosen else ""
        elif element.name == "textarea":
            value = element.text
        elif kind in ("checkbox", "radio"):
            if not element.has_attr("checked"):
                continue
            value = element.get("value", "on")
        else:
            value = element.get("value", "")
        if name in data and kind != "radio":
            data[name] = [*(data[name] if isinstance(data[name], list) else [data[name]]), value]
        else:
            data[name] = value
    return data


def check(soup: BeautifulSoup) -> None:
    """Hold every page to what every page must be."""
    assert soup.html, "the page is no page"
    assert soup.html.get("lang"), "the page names no language"
    assert soup.html.get("dir") in ("ltr", "rtl"), "the page names no direction"
    assert soup.title, "the page has no title"
    assert soup.title.get_text(strip=True), "the title is empty"
    assert len(soup.find_all("h1")) == 1, "a page has one h1"
    ids = [element["id"] for element in soup.find_all(id=True)]
    assert len(ids) == len(set(ids)), f"ids twice: {[i for i in ids if ids.count(i) > 1]}"
    assert not soup.select("[style]"), "inline style"
    assert not [
        s
        for s in soup.find_all("script")
        if not s.get("src") and s.get("type") not in ("application/ld+json",)
    ], "inline script"
    labelled = {label.get("for") for label in soup.find_all("label")}
    for control in soup.find_all(["input", "select", "textarea"]):
        if control.get("type") in ("hidden", "submit", "button"):
            continue
        named = (
            control.get("id") in labelled
            or control.get("aria-label")
            or control.get("aria-labelledby")
            or control.find_parent("label")
        )
        assert named, f"{control.get('name')} has no label"
    for image in soup.find_all("img"):
        assert image.has_attr("alt"), f"no alt: {image.get('src')}"
