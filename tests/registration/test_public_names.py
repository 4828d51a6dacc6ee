"""Names as delegates type them: two parts, one, in any letters, printable or not."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from eventhub.demo import content
from tests.browser import Browser
from tests.registration.paths import (
    CONTACT,
    NAMES,
    ONE_PAGE,
    hidden,
    make_forum,
    make_side_event,
    only,
    quoted,
    register,
    registrations,
    side_register,
    start,
)

DIFFICULT = content.people()
"""The persons with difficult names that the demo brings."""


class TestNames:
    @pytest.mark.parametrize("who", DIFFICULT, ids=lambda one: one.id)
    def test_r1_29_every_difficult_name_passes_both_ways(self, browser: Browser, who: Any) -> None:
        names = {
            "family_name": who.family_name,
            "given_names": who.given_names,
            "name_order": who.name_order,
            "honorific": who.honorific,
            "name_local": who.name_local or "",
            "name_local_language": who.local_language or "",
        }
        forum = make_forum()
        page = register(browser, forum, **names)
        assert page.response.request.path.endswith("/sent"), page.errors()
        row = only(forum)
        assert {name: getattr(row, name) for name in names} == names
        side = make_side_event()
        side_register(browser, side, family_name=who.family_name, given_names=who.given_names)
        row = only(side)
        assert (row.family_name, row.given_names) == (who.family_name, who.given_names)

    def test_scenario_14_one_name_is_enough_and_none_is_not(self, browser: Browser) -> None:
        event = make_side_event()
        page = side_register(browser, event, family_name="", given_names="")
        assert page.status == 422
        assert "one of them is enough" in page.errors()[0]
        page = browser.submit(given_names="Sriwahyuni")
        assert "Expected" in page.text

    @pytest.mark.parametrize(
        "name",
        [
            "N" * 200,
            "Ж" * 200,
            "陈" * 200,
            "Zoë 🙂👩🏽‍🚀",
            "O'Brien-<b>Smith</b> & Sons",
            "ⵣ",
            "𞤀𞤣",
        ],
    )
    def test_long_names_emoji_and_odd_scripts_are_accepted(
        self, browser: Browser, name: str
    ) -> None:
        event = make_side_event()
        page = side_register(browser, event, family_name=name)
        assert "Expected" in page.text
        assert only(event).family_name == name

    @pytest.mark.parametrize("bad", ["Mwi\x00la", "Mwi\x07la", "\x1b[31m"])
    def test_control_characters_are_refused_by_their_field(
        self, browser: Browser, bad: str
    ) -> None:
        event = make_side_event()
        page = side_register(browser, event, family_name=bad, functional_title="x")
        assert page.status == 422
        assert "cannot be printed" in page.errors()[0]
        assert page.soup.select("#family_name")[0]["aria-invalid"] == "true"
        assert page.soup.select("[name=email]")[0]["value"] == ONE_PAGE["email"]
        assert registrations(event) == []

    @pytest.mark.parametrize("raw", [b"%ED%A0%80", b"%ED%BF%BFx", b"Mwila%00"])
    @pytest.mark.parametrize("field", ["family_name", "email", "entity_name"])
    def test_lone_surrogates_and_nul_are_refused(
        self, browser: Browser, raw: bytes, field: str
    ) -> None:
        event = make_side_event()
        page = browser.get(f"/en/{event.slug}/register")
        typed = {**ONE_PAGE, **hidden(page)}
        typed.pop(field)
        body = "&".join(f"{k}={quoted(v)}" for k, v in typed.items()).encode()
        page = browser._request(
            "POST",
            f"/en/{event.slug}/register",
            follow=True,
            data=body + b"&" + field.encode() + b"=" + raw,
            content_type="application/x-www-form-urlencoded",
        )
        assert page.status == 422
        assert page.errors()
        assert registrations(event) == []

    def test_name_too_long_is_told_and_kept(self, browser: Browser) -> None:
        event = make_forum()
        start(browser, event)
        page = browser.submit(**{**NAMES, "family_name": "N" * 251})
        assert page.status == 422
        assert "at most 250" in page.errors()[0]
        assert page.soup.select("#family_name")[0]["value"] == "N" * 251

    def test_name_in_another_script_needs_its_language(self, browser: Browser) -> None:
        event = make_forum()
        start(browser, event)
        page = browser.submit(**NAMES, name_local="欧海哲然")
        assert page.status == 422
        assert page.soup.select("details[open] [name=name_local]")[0]["value"] == "欧海哲然"
        page = browser.submit(name_local_language="zh")
        assert "Step 3 of 4" in page.text


class TestLettersThatCannotBePrinted:
    @pytest.fixture(autouse=True)
    def _with_fonts(self, app: Flask, fonts_dir: Path) -> None:
        """Let the installation have its fonts, as after set-up."""
        settings = app.extensions["eventhub.settings"]
        app.extensions["eventhub.settings"] = replace(settings, fonts_dir=fonts_dir)

    def test_they_are_told_when_typed_and_block_nothing(self, browser: Browser) -> None:
        event = make_forum()
        start(browser, event)
        page = browser.submit(**{**NAMES, "family_name": "Mwila 🙂"})
        assert "These letters cannot be printed: 🙂." in page.text
        assert "Add your name in Latin letters" in page.text
        browser.submit(**CONTACT)
        page = browser.submit()
        assert "These letters cannot be printed: 🙂." in page.text
        assert "Received" in browser.submit().text

    def test_latin_form_stands_in_for_them(self, browser: Browser) -> None:
        event = make_forum()
        start(browser, event)
        page = browser.submit(**{**NAMES, "family_name": "ⵎⵡⵉⵍⴰ"}, passport_latin="MWILA CHANDA")
        assert "The badge shows your name in Latin letters instead." in page.text

    @pytest.mark.parametrize(
        "name", ["Işıkçı", "Nguyễn Hoàng", "欧海哲然", "نادية", "Верховцев", "ተወድሮስ"]
    )
    def test_scripts_that_are_promised_are_not_complained_of(
        self, browser: Browser, name: str
    ) -> None:
        event = make_forum()
        start(browser, event)
        page = browser.submit(**{**NAMES, "family_name": name})
        assert "cannot be printed" not in page.text


def test_without_fonts_nothing_is_said_of_letters(browser: Browser) -> None:
    event = make_forum()
    start(browser, event)
    page = browser.submit(**{**NAMES, "family_name": "Mwila 🙂"})
    assert "Step 3 of 4" in page.text
    assert "cannot be printed" not in page.text
