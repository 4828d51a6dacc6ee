"""The letterhead of an institution: texts in languages, a logo that is a picture."""

import io

import pytest
from flask import Flask
from PIL import Image

from eventhub.core.actor import SYSTEM
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict, Invalid
from eventhub.i18n import Translated
from eventhub.institutions.letterheads import head_of
from eventhub.institutions.models import Institution
from eventhub.institutions.services import save_letterhead
from tests.browser import Browser
from tests.factories import give, make_account, make_institution

TEXTS = {"headings": Translated(en="Ministry", fr="Ministère"), "addresses": Translated(en="a\nb")}


@pytest.fixture
def institution(app: Flask) -> Institution:
    """Return an institution without a letterhead."""
    return make_institution()


def logo() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (30, 30), "navy").save(data, "PNG")
    return data.getvalue()


def test_a_letterhead_speaks_the_language_of_the_letter(institution: Institution) -> None:
    assert head_of(institution, "fr").heading == "Ministry of Digital Affairs"
    with transaction():
        save_letterhead(institution, TEXTS, version=0, logo=logo(), actor=SYSTEM)
    head = head_of(institution, "fr")
    assert (head.heading, head.address) == ("Ministère", ("a", "b"))
    assert (head.logo, head.logo_type) == (logo(), "image/png")


def test_two_people_changing_a_letterhead_the_second_is_told(institution: Institution) -> None:
    with transaction():
        save_letterhead(institution, TEXTS, version=0, actor=SYSTEM)
    with pytest.raises(Conflict), transaction():
        save_letterhead(institution, TEXTS, version=0, actor=SYSTEM)


@pytest.mark.parametrize("data", [b"<svg/>", b"\x89PNG\r\n\x1a\nno", b"x" * 1_100_000])
def test_a_logo_that_is_no_picture_is_refused(institution: Institution, data: bytes) -> None:
    with pytest.raises(Invalid) as refused, transaction():
        save_letterhead(institution, TEXTS, version=0, logo=data, actor=SYSTEM)
    assert refused.value.field == "logo"


def test_its_page_keeps_what_was_typed(app: Flask, institution: Institution) -> None:
    account = make_account()
    give(account, "institution_administrator", institution_id=institution.id)
    browser = Browser(app).sign_in(account)
    url = f"/manage/institutions/{institution.ref}/letterhead"
    browser.get(url)
    browser.submit(headings_en="The Ministry", logo=(io.BytesIO(b"<svg/>"), "logo.png"))
    assert browser.page.status == 422
    assert "The Ministry" in str(browser.page.soup)
    browser.submit(headings_en="The Ministry", logo=(io.BytesIO(logo()), "logo.png"))
    assert "The letterhead is changed" in browser.page.text
    shown = browser.get(f"/manage/institutions/{institution.ref}/logo")
    assert shown.response.mimetype == "image/png"
