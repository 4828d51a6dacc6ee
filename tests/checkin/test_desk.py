"""The walk-in desk, from one screen to the badge."""

from datetime import datetime
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from eventhub.audit.models import AuditEntry
from eventhub.badges.models import PrintRun
from eventhub.badges.services import running as badges
from eventhub.checkin.models import Gate
from eventhub.core import clock
from eventhub.core.db import db
from eventhub.events.models import Category, Event
from eventhub.i18n.times import moment
from eventhub.mail.models import OutboxMail
from eventhub.passes.models import Pass
from eventhub.photos.models import Photo
from eventhub.registration.models import Registration
from tests.browser import Browser
from tests.checkin.people import admit, make_forum, make_gate, qr_of, said, scans
from tests.factories import give, make_account, make_category, make_entity, make_registration
from tests.photos.pictures import sent

Stage = tuple[Event, Category, Gate]


@pytest.fixture
def stage(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Return a forum, its delegates, and a gate; nobody waits for the printer."""
    monkeypatch.setattr(badges, "PATIENCE_SECONDS", 0.0)
    event, category = make_forum()
    return event, category, make_gate(event, zone_code="Z1")


@pytest.fixture
def desk(stage: Stage, browser: Browser) -> Browser:
    """Return the browser of the badge desk."""
    account = make_account()
    give(account, "badge_desk", stage[0])
    return browser.sign_in(account)


def home(stage: Stage) -> str:
    return f"/manage/{stage[0].slug}/desk"


def people(event: Event) -> list[Registration]:
    return list(db.session.scalars(select(Registration).filter_by(event_id=event.id)))


def test_walk_in_is_registered_printed_and_checked_in_at_once(stage: Stage, desk: Browser) -> None:
    event, category, gate = stage
    zambia = make_entity()
    desk.get(home(stage))
    page = desk.submit(
        category=category.ref, given_names="Joseph", family_name="Banda", entity="ZMB",
        email="joseph@example.org", gate=gate.ref,
    )  # fmt: skip
    assert page.status == 200
    assert "Joseph BANDA is registered and confirmed." in page.text
    assert "Checked in." in page.text
    [row] = people(event)
    assert (row.state, row.source, row.entity_id) == ("accredited", "desk", zambia.id)
    assert [(s.answer, s.source) for s in scans(event)] == [("enter", "walk_in")]
    [run] = db.session.scalars(select(PrintRun))
    assert run.what["refs"] == [row.ref]
    assert "The badge is being made." in page.text
    assert page.response.headers["Refresh"] == "2"
    assert len(list(db.session.scalars(select(OutboxMail)))) == 1


def test_form_sent_twice_is_one_person(stage: Stage, desk: Browser) -> None:
    event, category, _gate = stage
    form = desk.get(home(stage)).form()
    for _time in (1, 2):
        page = desk.submit(form, category=category.ref, given_names="Joseph")
        assert page.status == 200
    assert len(people(event)) == 1
    assert not list(db.session.scalars(select(OutboxMail))), "no address, no mail"


def test_what_is_missing_is_told_by_its_field_and_kept(stage: Stage, desk: Browser) -> None:
    event, category, _gate = stage
    desk.get(home(stage))
    page = desk.submit(category=category.ref, organisation="Ministry", email="nonsense")
    assert page.status == 422
    assert page.soup.select_one("[name=organisation]")["value"] == "Ministry"  # type: ignore[index]
    assert any("e-mail" in sentence for sentence in page.errors())
    page = desk.submit(email="")
    assert page.status == 422
    assert page.soup.select_one("#family_name[aria-invalid]")
    assert not people(event)


def test_full_event_says_so(stage: Stage, desk: Browser) -> None:
    event, category, _gate = stage
    full, others = make_forum(places=1)
    account = make_account()
    give(account, "badge_desk", full)
    desk.sign_in(account)
    admit(full, others)
    desk.get(f"/manage/{full.slug}/desk")
    page = desk.submit(category=others.ref, given_names="Late")
    assert page.status == 422
    assert "All places are taken." in page.errors()[0]
    assert category.event_id == event.id


def test_badge_waits_for_the_photo_that_the_desk_takes(stage: Stage, desk: Browser) -> None:
    event, _category, gate = stage
    adviser = make_category(event, "ADV", photo_waived=False, zones=["Z1"])
    desk.get(home(stage))
    page = desk.submit(category=adviser.ref, given_names="Ruth", gate=gate.ref)
    assert "Not checked in: This badge is not ready yet." in page.text
    assert "the photo is missing" in page.text
    assert db.session.scalar(select(PrintRun)) is None
    form = page.form(action="/photo")
    page = desk.submit(form, photo=(BytesIO(b"no picture"), "x.jpg"))
    assert "Not done" in page.text
    page = desk.submit(form, photo=(BytesIO(sent()), "ruth.jpg"))
    assert "The photo is kept." in page.text
    assert db.session.scalars(select(Photo)).one().state == "ok"
    image = page.soup.select_one("img.photo")
    assert image is not None
    assert desk.get(str(image["src"])).response.mimetype == "image/jpeg"
    page = desk.submit(desk.get(f"{home(stage)}/{people(event)[0].ref}").form(action="/check-in"))
    assert "Checked in." in page.text


def test_photo_of_the_walk_in_form_is_kept(stage: Stage, desk: Browser) -> None:
    event, _category, _gate = stage
    adviser = make_category(event, "ADV", photo_waived=False, zones=["Z1"])
    desk.get(home(stage))
    page = desk.submit(category=adviser.ref, given_names="Ruth", photo=(BytesIO(sent()), "r.jpg"))
    assert "held back" not in page.text
    assert db.session.scalar(select(PrintRun)) is not None


def test_somebody_registered_is_found_in_any_spelling(stage: Stage, desk: Browser) -> None:
    event, category, _gate = stage
    admit(event, category, given_names="Éloïse", family_name="N'Guessan")
    make_registration(event, category, family_name="ZULU", search="zulu ruth")
    page = desk.get(f"{home(stage)}?q=eloise")
    assert "Éloïse N'GUESSAN" in page.text
    assert "Accredited" in page.text
    page = desk.get(f"{home(stage)}?q=zulu")
    assert "Sent, not yet vouched for" in page.text
    assert "Nobody is found." in desk.get(f"{home(stage)}?q=xyz").text


def test_r4_5_new_badge_refuses_the_old_one_and_is_logged(stage: Stage, desk: Browser) -> None:
    event, category, gate = stage
    row = admit(event, category)
    old = qr_of(row)
    page = desk.get(f"{home(stage)}/{row.ref}")
    page = desk.submit(page.form(action="/reissue"), reason="lost", document="passport")
    assert "The old badge is refused at every door from now on." in page.text
    assert said(event, gate, old) == ("stop", "replaced")
    assert said(event, gate, qr_of(row)) == ("enter", "")
    assert db.session.scalars(select(Pass.issue)).one() == 2
    assert db.session.scalar(select(PrintRun)) is not None
    logged = db.session.scalars(select(AuditEntry).filter_by(action="pass.reissue")).one()
    assert (logged.subject_ref, logged.fields) == (row.ref, ["document", "issue", "reason"])
    page = desk.submit(page.form(action="/reissue"), reason="lost", document="passport")
    assert "A supervisor must make the new one." in page.text
    assert db.session.scalars(select(Pass.issue)).one() == 2


def test_r4_5_time_of_the_new_badge_is_kept_and_shown(
    stage: Stage, desk: Browser, noon: datetime
) -> None:
    event, category, _gate = stage
    row = admit(event, category)
    page = desk.get(f"{home(stage)}/{row.ref}")
    assert "Badge no." not in page.text
    with clock.at(noon):
        page = desk.submit(page.form(action="/reissue"), reason="lost", document="passport")
    held = db.session.scalars(select(Pass)).one()
    assert held.reissued_at == noon
    made = moment(noon, event.zone)
    assert f"Badge no. 2, made on {made}. Those before it are refused." in page.text


def test_r4_5_new_badge_asks_what_became_of_the_old(stage: Stage, desk: Browser) -> None:
    event, category, _gate = stage
    row = admit(event, category)
    page = desk.get(f"{home(stage)}/{row.ref}")
    page = desk.submit(page.form(action="/reissue"))
    assert "Say what became of the old badge." in page.text
    assert db.session.scalars(select(Pass.issue)).one() == 1


def test_r1_36_desk_sees_its_event_alone(stage: Stage, desk: Browser) -> None:
    event, _category, _gate = stage
    other, others = make_forum()
    row = admit(other, others)
    assert desk.get(f"/manage/{other.slug}/desk").status == 404
    assert desk.get(f"/manage/{event.slug}/desk/{row.ref}").status == 404


def test_guard_has_no_desk(stage: Stage, browser: Browser) -> None:
    account = make_account()
    give(account, "door_staff", stage[0])
    assert browser.sign_in(account).get(home(stage)).status == 404


def test_desk_without_badges_and_doors_registers_only(app: Flask, browser: Browser) -> None:
    event, category = make_forum(preset="side_event", switches=["speakers", "states_in_room"])
    account = make_account()
    give(account, "event_owner", event)
    browser.sign_in(account)
    page = browser.get(f"/manage/{event.slug}/desk")
    names = {e["name"] for e in page.form().find_all(["input", "select"])}
    assert not names & {"photo", "print_badge", "gate"}
    page = browser.submit(category=category.ref, given_names="Aya")
    assert "Badge" not in [h.text for h in page.soup.find_all("h2")]
    assert people(event)[0].state == "accredited"
