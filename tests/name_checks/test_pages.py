"""Names looked over by the person, the focal point and the secretariat (R1.29, R1.4)."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventhub.audit.models import AuditEntry
from eventhub.badges.faces import drawn_of
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.delegations.models import Delegation
from eventhub.entities.models import Entity
from eventhub.events.models import Category, Event
from eventhub.events.rules import SWITCHES
from eventhub.mail.models import OutboxMail
from eventhub.name_checks.messages import word_reminder
from eventhub.name_checks.models import NameConfirmation
from eventhub.name_checks.queries import checks_of
from eventhub.people import personal
from eventhub.registration import services
from eventhub.registration.models import ChangeRequest, Registration
from eventhub.registration.personal import whose_of
from eventhub.registration.queries import setup_of, token_of
from eventhub.registration.queries.due import is_lacking
from eventhub.registration.queries.lacking import lacking_in
from eventhub.registration.rules.due import Due
from tests.browser import Browser, Page
from tests.factories import (
    actor_with,
    give,
    make_account,
    make_category,
    make_entity,
    make_event,
)
from tests.registration.factories import STAFF, accredited, set_registration

FREEZE = "2026-03-20T18:00"


@pytest.fixture
def event(app: Flask, noon: datetime) -> Event:
    """Return a forum in April with badges and delegations; names are looked over until 20 March."""
    event = make_event(
        starts_on=noon.date().replace(month=4), places=100, switches=list(SWITCHES),
        languages=["en", "fr"],
    )  # fmt: skip
    set_registration(event, check_until=FREEZE)
    return event


def somebody(event: Event, **given: Any) -> Registration:
    """Return an accredited delegate of Zambia."""
    entity = db.session.scalar(select(Entity).filter_by(code="ZMB")) or make_entity()
    category = db.session.scalar(select(Category).filter_by(event_id=event.id, code="DEL"))
    category = category or make_category(event, "DEL")
    [row] = accredited(event, category, entity_id=entity.id, **given)
    return row


def url(row: Registration) -> str:
    return f"/my/{token_of(row)}/names"


def confirmations() -> list[tuple[int, str]]:
    """Return whose names were confirmed, and by whom."""
    db.session.rollback()
    query = select(NameConfirmation.registration_id, NameConfirmation.by)
    return [tuple(row) for row in db.session.execute(query.order_by(NameConfirmation.id))]


def focal_point(app: Flask, event: Event, row: Registration) -> Browser:
    account = make_account(name="Focal Point")
    give(account, "focal_point", event, scope={"delegations": [row.delegation_id]})
    return Browser(app).sign_in(account)


def owner(app: Flask, event: Event) -> Browser:
    account = make_account(name="Owner")
    give(account, "event_owner", event)
    return Browser(app).sign_in(account)


def printed(page: Page) -> list[str]:
    """Return the three forms as the page shows them."""
    return [one.get_text(" ", strip=True) for one in page.soup.select(".as-printed")]


def test_person_sees_the_three_forms_and_confirms_them(event: Event, browser: Browser) -> None:
    row = somebody(
        event, given_names="Chanda", family_name="Mwila", honorific="Ms.", name_local="Чанда",
        name_local_language="ru", functional_title="Minister",
    )  # fmt: skip
    assert "Check your name" in browser.get(f"/my/{token_of(row)}").text
    page = browser.get(url(row))
    badge, listed, certificate = printed(page)
    assert badge == "Chanda MWILA Чанда Zambia Minister"
    assert listed == "Zambia Ms. Chanda MWILA, Minister"
    assert certificate == "Chanda Mwila Чанда"
    assert "Not confirmed yet" in page.text
    assert "Fri 20 March" in page.text
    page = browser.submit()
    assert "You confirmed how your name is printed." in page.text
    assert confirmations() == [(row.id, "person")]
    page = browser.get(url(row))
    assert "Confirmed by the person, Sun 1 March" in page.text
    assert not page.soup.select("main form")


def test_forms_are_those_that_are_printed(event: Event) -> None:
    row = somebody(
        event, given_names="Thị Bích Ngọc", family_name="Nguyễn", name_order="family_first"
    )
    [one] = checks_of(event, [row])
    [drawn] = drawn_of(event, [row])
    face = drawn.face
    assert one.forms.badge == face.names
    assert one.forms.entity == face.entity
    assert one.forms.post == face.post


def test_change_makes_a_name_unconfirmed_again(event: Event, browser: Browser) -> None:
    row = somebody(event, given_names="Chanda", family_name="Mwila")
    browser.get(url(row))
    browser.submit()
    with transaction():
        services.edit(event.id, row.id, {"family_name": "Mwilla"}, version=row.version, actor=STAFF)
    page = browser.get(url(row))
    assert "Changed since it was confirmed" in page.text
    browser.submit()
    assert confirmations() == [(row.id, "person")]
    assert "Confirmed" in browser.get(url(row)).text


def test_what_nobody_saw_is_not_confirmed(event: Event, browser: Browser) -> None:
    row = somebody(event, given_names="Chanda", family_name="Mwila")
    browser.get(url(row))
    form = browser.page.form()
    with transaction():
        services.edit(event.id, row.id, {"family_name": "Other"}, version=row.version, actor=STAFF)
    page = browser.submit(form)
    assert page.status == 422
    assert "was changed meanwhile" in page.text
    assert confirmations() == []


def test_r1_4_correction_of_an_accredited_name_waits_and_holds_the_check(
    event: Event, browser: Browser
) -> None:
    row = somebody(event, given_names="Chanda", family_name="Mwila")
    with clock.at(datetime.fromisoformat("2026-03-25T12:00:00+00:00")):
        page = browser.get(url(row))
        assert "Badges are printed since" in page.text
        link = next(a for a in page.soup.select("a") if a.get_text() == "Correct the name")
        browser.get(link["href"])
        browser.submit(family_name="Mwilla")
        [change] = db.session.scalars(select(ChangeRequest))
        assert change.new == {"family_name": "Mwilla"}
        page = browser.get(url(row))
        assert "You asked for a change" in page.text
        assert not page.soup.select("main form")
    db.session.refresh(row)
    assert row.family_name == "Mwila"


def test_person_without_a_place_or_badges_has_no_check(event: Event, browser: Browser) -> None:
    row = somebody(event)
    with transaction():
        row.state = "withdrawn"
    assert browser.get(url(row)).status == 404
    with transaction():
        row.state = "accredited"
        event.switches = [one for one in event.switches if one != "badges"]
    assert browser.get(url(row)).status == 404
    assert "Check your name" not in browser.get(f"/my/{token_of(row)}").text


def test_focal_point_confirms_all_of_the_delegation_at_once(app: Flask, event: Event) -> None:
    rows = [somebody(event, given_names=name, family_name="Banda") for name in ("Ann", "Ben")]
    [kenyan] = accredited(
        event, db.session.get_one(Category, rows[0].category_id),
        entity_id=make_entity("KEN", "Kenya").id,
    )  # fmt: skip
    delegation = db.session.get_one(Delegation, rows[0].delegation_id)
    browser = focal_point(app, event, rows[0])
    workspace = f"/manage/{event.slug}/delegations/{delegation.ref}"
    assert browser.get(workspace).soup.select(f"a[href='{workspace}/names']")
    page = browser.get(f"{workspace}/names")
    boxes = page.soup.select("[name=who]")
    assert len(boxes) == 2
    assert len(printed(page)) == 6
    form = page.form(action="/names")
    browser.submit(form)
    assert confirmations() == [(row.id, "focal_point") for row in rows]
    assert "2 names are confirmed." in browser.page.text
    assert not browser.page.soup.select("[name=who]")
    other = db.session.get_one(Delegation, kenyan.delegation_id)
    assert browser.get(f"/manage/{event.slug}/delegations/{other.ref}/names").status == 404
    actions = db.session.scalars(select(AuditEntry.action)).all()
    assert "name_check.confirm" in actions
    with transaction():
        services.edit(
            event.id, rows[0].id, {"family_name": "Bander"}, version=rows[0].version, actor=STAFF
        )
    page = browser.submit(form)
    assert len(page.soup.select("[name=who]")) == 1, "an old page confirms nothing"


def test_secretariat_sees_the_unconfirmed_and_reminds_them_once(app: Flask, event: Event) -> None:
    sure = somebody(event, given_names="Sure", email="sure@example.org")
    shared = [somebody(event, given_names=name, email="Mission@example.org") for name in "AB"]
    Browser(app).get(url(sure))
    person = Browser(app)
    person.get(url(sure))
    person.submit()
    browser = owner(app, event)
    page = browser.get(f"/manage/{event.slug}/names")
    assert "Sure" not in page.soup.find("table").get_text()  # type: ignore[union-attr]
    assert len(page.soup.select("tbody tr")) == 2
    assert len(browser.get(f"/manage/{event.slug}/names?standing=all").soup.select("tbody tr")) == 3
    assert "Sure" in browser.get(f"/manage/{event.slug}/names?standing=confirmed").text
    page = browser.get(f"/manage/{event.slug}/names?category=NONE")
    assert "Nobody is left here." in page.text
    browser.submit(page.form(action="/remind"))
    assert "1 letter is on its way." in browser.page.text
    [mail] = db.session.scalars(select(OutboxMail).filter_by(message="name_checks.reminder"))
    assert mail.to.lower() == "mission@example.org"
    letter = word_reminder(event.id, mail.ids)
    assert letter is not None
    assert all(url(row) in letter.text for row in shared)
    assert "Fri 20 March" in letter.text
    browser.submit(browser.page.form(action="/remind"))
    assert "reminded today already" in browser.page.text
    with clock.at(clock.now() + timedelta(days=1)):
        browser.get(f"/manage/{event.slug}/names")
        browser.submit(browser.page.form(action="/remind"))
        assert "1 letter is on its way." in browser.page.text
    with clock.at(datetime.fromisoformat("2026-03-25T12:00:00+00:00")):
        assert word_reminder(event.id, mail.ids) is None, "badges are printed already"


def test_r1_16_focal_points_are_reminded_of_unconfirmed_names_only(
    event: Event, browser: Browser
) -> None:
    row = somebody(event)
    setup, where = setup_of(event.id), {row.delegation_id or 0: row.entity_id or 0}
    assert is_lacking(Due.CHECK, lacking_in(setup, where)[row.delegation_id or 0])
    browser.get(url(row))
    browser.submit()
    assert not is_lacking(Due.CHECK, lacking_in(setup, where)[row.delegation_id or 0])


def test_letters_that_no_font_has_are_told(
    app: Flask, event: Event, browser: Browser, fonts_dir: Path
) -> None:
    """Decision 24."""
    settings = app.extensions["eventhub.settings"]
    app.extensions["eventhub.settings"] = replace(settings, fonts_dir=fonts_dir)
    row = somebody(event, given_names="Ada🙂", family_name="Sumer")
    assert "cannot be printed: 🙂" in browser.get(url(row)).text


def test_lists_take_the_same_statements_for_1_and_20(
    app: Flask, event: Event, statements: list[str]
) -> None:
    first = somebody(event)
    browser = focal_point(app, event, first)
    delegation = db.session.get_one(Delegation, first.delegation_id)
    address = f"/manage/{event.slug}/delegations/{delegation.ref}/names"
    staff = owner(app, event)
    counts = []
    for _round in range(2):
        statements.clear()
        browser.get(address)
        staff.get(f"/manage/{event.slug}/names")
        counts.append(len(statements))
        for _one in range(19):
            somebody(event)
    assert counts[0] == counts[1]


def test_r7_7_erasing_a_person_removes_the_confirmation(event: Event, browser: Browser) -> None:
    row = somebody(event)
    browser.get(url(row))
    browser.submit()
    with clock.at(event.ends_at + timedelta(days=1)), transaction():
        personal.erase(whose_of(row, event), actor=actor_with("registration.erase"))
    assert confirmations() == []


def test_stranger_finds_no_names(event: Event, browser: Browser) -> None:
    browser.sign_in(make_account())
    assert browser.get(f"/manage/{event.slug}/names").status == 404
    assert browser.get("/my/none/names").status == 404


def test_nothing_is_asked_when_the_event_is_over(
    app: Flask, event: Event, browser: Browser
) -> None:
    row = somebody(event)
    page = browser.get(url(row))
    form, staff = page.form(), owner(app, event)
    remind = staff.get(f"/manage/{event.slug}/names").form(action="/remind")
    with clock.at(event.ends_at):
        assert "Check your name" not in browser.get(f"/my/{token_of(row)}").text
        assert not browser.get(url(row)).soup.select("main form")
        assert browser.submit(form).status == 422
        assert "The event is over" in browser.page.text
        assert "The event is over" in staff.submit(remind).text
    assert confirmations() == []
