"""Making and changing institutions, and who may."""

import pytest
from flask import Flask
from sqlalchemy import select

from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.core.errors import Invalid, NotFound
from eventhub.i18n import Translated
from eventhub.institutions import services
from eventhub.institutions.models import Institution
from tests.browser import Browser
from tests.factories import give, make_account, make_entity, make_institution

GOOD = {"kind": "ministry", "zone": "Africa/Lusaka", "contact_email": "host@example.org"}


def test_administrator_adds_an_institution_once(app: Flask, browser: Browser) -> None:
    make_entity("ZMB", "Zambia")
    admin = make_account()
    give(admin, "site_administrator")
    browser.sign_in(admin).get("/manage/institutions")
    assert "No institution holds events here yet." in browser.page.text
    browser.get("/manage/institutions/new")
    form = browser.page.form(action="/new")
    answers = {
        **GOOD,
        "name_en": "Ministry of Technology",
        "name_fr": "Ministère de la technologie",
        "country": "ZMB",
        "city": "Lusaka",
        "languages": ["en", "fr"],
    }
    for _time in range(2):
        page = browser.submit(form, **answers)
        assert "Now give somebody a role" in page.text
    row = db.session.scalars(select(Institution)).one()
    assert row.names == Translated(en="Ministry of Technology", fr="Ministère de la technologie")
    assert row.languages == ["en", "fr"]


def test_each_error_stands_by_its_field_and_what_was_typed_is_kept(browser: Browser) -> None:
    admin = make_account()
    give(admin, "site_administrator")
    browser.sign_in(admin).get("/manage/institutions/new")
    page = browser.submit(city="Lusaka", contact_email="host", zone="Mars/Olympus")
    assert page.status == 422
    assert {e.find_parent(class_="field").get("id") or "" for e in page.soup.select(".error")}
    assert len(page.errors()) == 4, "kind, zone, languages, contact e-mail"
    assert 'value="Lusaka"' in str(page.soup)
    answers = {**GOOD, "languages": ["en"]}
    page = browser.submit(**answers)
    assert page.status == 422
    assert "Write the name in at least one language." in page.errors()[0]


def test_second_of_two_editors_is_told_and_nothing_is_lost(app: Flask) -> None:
    admin, row = make_account(), make_institution()
    give(admin, "site_administrator")
    one, two = Browser(app).sign_in(admin), Browser(app).sign_in(admin)
    url = f"/manage/institutions/{row.ref}"
    one.get(url)
    two.get(url)
    assert one.submit(city="Xiamen").status == 200
    page = two.submit(city="Beijing")
    assert page.status == 422
    assert "Somebody else changed this meanwhile" in page.text
    assert 'value="Beijing"' in str(page.soup)
    db.session.refresh(row)
    assert row.city == "Xiamen"


def test_institution_administrator_sees_their_own_only(app: Flask) -> None:
    mine, other, account = make_institution(), make_institution(), make_account()
    with transaction():
        other.names = Translated(en="Another Institute")
    give(account, "institution_administrator", institution_id=mine.id)
    visitor = Browser(app).sign_in(account)
    page = visitor.get("/manage/institutions")
    assert "Ministry of Digital Affairs" in page.text
    assert "Another Institute" not in page.text
    assert visitor.get(f"/manage/institutions/{mine.ref}").status == 200
    assert visitor.get(f"/manage/institutions/{other.ref}").status == 404
    assert visitor.get("/manage/institutions/new").status == 404
    organiser = make_account()
    give(organiser, "institution_organiser", institution_id=mine.id)
    assert Browser(app).sign_in(organiser).get(f"/manage/institutions/{mine.ref}").status == 404


def test_service_refuses_what_no_form_would_send(app: Flask) -> None:
    names = Translated(en="X")
    for wrong in ({"kind": "club"}, {"zone": "Mars/Olympus"}, {"languages": ["xx"]}):
        with pytest.raises(Invalid), transaction():
            services.create_institution(names, **{**GOOD, **wrong}, actor=SYSTEM)  # type: ignore[arg-type]
    with pytest.raises(NotFound), transaction():
        services.create_institution(names, **GOOD, country="XXX", actor=SYSTEM)
    assert db.session.scalars(select(Institution)).all() == []
