"""What is changed in a workspace after people are entered, by whom, and what two of them see."""

from datetime import timedelta

import pytest
from flask import Flask

from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.delegations.models import Delegation
from eventhub.registration import services
from eventhub.registration.models import ChangeRequest
from eventhub.registration.rules import State
from eventhub.registration.services import add_pool
from eventhub.registration.views import delegation_history
from tests.browser import Browser
from tests.factories import give, make_account
from tests.registration.factories import accredited, sent
from tests.registration.workspaces import line, people, signed_in, url
from tests.registration.world import World


def test_r1_3_of_two_focal_points_the_second_is_told_and_loses_nothing(
    app: Flask, focal_point: Browser, world: World, zambia: Delegation
) -> None:
    other = signed_in(app, world, zambia, "B. Zulu")
    row = sent(world.event, world.delegate, entity_id=world.zambia.id)[0]
    address = url(world, zambia, f"/people/{row.ref}")
    mine, theirs = focal_point.get(address), other.get(address)
    other.submit(theirs.form(action="/people/"), functional_title="Director")
    page = focal_point.submit(mine.form(action="/people/"), functional_title="Minister")
    assert page.status == 422
    assert "Somebody else changed this person meanwhile" in page.text
    assert "Title of the post: Director" in page.text
    focal_point.submit(page.form(action="/people/"))
    assert people(world)[0].functional_title == "Minister"


def test_a_focal_point_replaced_in_mid_work_gets_404_and_the_new_one_sees_all(
    app: Flask, world: World, zambia: Delegation
) -> None:
    account = make_account()
    grant = give(account, "focal_point", world.event, scope={"delegations": [zambia.id]})
    old = Browser(app).sign_in(account)
    page = old.get(url(world, zambia, "/add"))
    with transaction():
        db.session.delete(db.session.merge(grant))
    form = page.form(action="/add")
    cells = line(0, family_name="Late")
    assert old.submit(form, press="act=save", informed="y", **cells).status == 404
    new = signed_in(app, world, zambia, "C. Tembo")
    sent(world.event, world.delegate, entity_id=world.zambia.id)
    assert len(new.get(url(world, zambia)).soup.select("input[name=who]")) == 1


def test_r1_4_after_accreditation_a_correction_waits(
    focal_point: Browser, world: World, zambia: Delegation
) -> None:
    row = sent(world.event, world.open, entity_id=world.zambia.id)[0]
    assert people(world)[0].state == State.ACCREDITED
    page = focal_point.get(url(world, zambia, f"/people/{row.ref}"))
    focal_point.submit(page.form(action="/people/"), functional_title="Minister")
    assert people(world)[0].functional_title == ""
    assert "A change waits for the secretariat" in focal_point.page.text


def test_r1_4_a_day_asked_for_after_accreditation_is_kept_once_agreed(
    focal_point: Browser, world: World, zambia: Delegation
) -> None:
    row = sent(world.event, world.open, entity_id=world.zambia.id)[0]
    for day in ("2024-05-01", "2024-05-02"):
        page = focal_point.get(url(world, zambia, f"/people/{row.ref}"))
        done = focal_point.submit(page.form(action="/people/"), in_office_since=day)
        assert done.status == 200
    change = db.session.query(ChangeRequest).one()
    with transaction():
        services.decide_change(change.id, event_id=world.event.id, accept=True, actor=SYSTEM)
    assert str(people(world)[0].in_office_since) == "2024-05-02"


def test_one_person_is_replaced_and_the_seat_is_kept(
    focal_point: Browser, world: World, zambia: Delegation
) -> None:
    with transaction():
        add_pool(world.event, "opn", seats=1, categories=["OPN"], actor=SYSTEM)
    old = sent(world.event, world.open, entity_id=world.zambia.id)[0]
    page = focal_point.get(url(world, zambia))
    page = focal_point.submit(page.form(action="/decide"), press="act=replace", who=[old.ref])
    focal_point.submit(page.form(action=""), family_name="Newcomer")
    rows = people(world)
    assert [row.state for row in rows] == [State.REPLACED, State.ACCREDITED]
    assert rows[1].replaces_id == old.id


def test_history_says_in_words_who_changed_what(
    focal_point: Browser, world: World, zambia: Delegation
) -> None:
    page = focal_point.get(url(world, zambia, "/add"))
    focal_point.submit(
        page.form(action="/add"), press="act=save", informed="y", **line(0, family_name="Banda")
    )
    row = people(world)[0]
    page = focal_point.get(url(world, zambia, f"/people/{row.ref}"))
    focal_point.submit(page.form(action="/people/"), functional_title="Director")
    page = focal_point.get(url(world, zambia, "/history"))
    assert "A. Phiri" in page.text
    assert "is now: Nominated" in page.text
    assert "changed: Title of the post" in page.text
    assert "registration." not in page.text


def test_history_stands_by_time_page_by_page_and_names_its_clocks(
    focal_point: Browser, world: World, zambia: Delegation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delegation_history, "PER_PAGE", 2)
    now = clock.now()
    for day, action in ((1, "letter.verify"), (3, "delegation.note"), (2, "delegation.call"),
                        (4, "delegation.reply")):  # fmt: skip
        with clock.at(now + timedelta(days=day)), transaction():
            record(SYSTEM, action, [Subject("delegation", zambia.ref)], event_id=world.event.id)
    page = focal_point.get(url(world, zambia, "/history"))
    first, second = page.text.index("how the delegation replied"), page.text.index("wrote a note")
    assert first < second
    assert "wrote down a call" not in page.text
    assert "On clocks in" in page.text
    page = focal_point.get(page.soup.find("a", string="What was before")["href"])
    assert page.text.index("wrote down a call") < page.text.index("confirmed the letter")


def test_after_the_deadline_nothing_is_offered_that_is_refused(
    focal_point: Browser, world: World, zambia: Delegation
) -> None:
    sent(world.event, world.delegate, entity_id=world.zambia.id)
    page = focal_point.get(url(world, zambia))
    assert page.soup.find("a", string="Add people")
    assert not page.soup.find("button", string="Replace")
    assert not focal_point.get(url(world, zambia, "/add")).soup.select(".notice.attention")
    with clock.at(world.event.registration_closes_at + timedelta(days=1)):
        page = focal_point.get(url(world, zambia))
        assert not page.soup.find("a", string="Add people")
        assert "The deadline has passed. Ask the secretariat" in page.text
        page = focal_point.get(url(world, zambia, "/add"))
        assert not page.soup.select("table.lines, .table.lines")


def test_replacing_is_offered_where_somebody_is_accredited(
    focal_point: Browser, world: World, zambia: Delegation
) -> None:
    accredited(world.event, world.delegate, entity_id=world.zambia.id)
    page = focal_point.get(url(world, zambia))
    assert page.soup.find("button", string="Replace")
