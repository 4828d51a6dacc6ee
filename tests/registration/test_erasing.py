"""R7.7: forgetting a person for ever, in every table, file and log."""

import gzip
import json
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventhub.agenda.models import ProgrammeVersion
from eventhub.audit.models import AuditEntry
from eventhub.audit.queries import entries_of
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict
from eventhub.files.models import StoredFile
from eventhub.files.store import store
from eventhub.jobs.runner import run_due
from eventhub.mail.models import OutboxMail
from eventhub.mail.services import Addressed, send
from eventhub.people import personal
from eventhub.people.holding import whose_account
from eventhub.photos.portrait import portrait_of
from eventhub.photos.services import keep_photo
from eventhub.questionnaires.models import AnswerSet
from eventhub.registration import messages, services
from eventhub.registration.models import Registration
from eventhub.registration.personal import BLANK, CLEARED, KEPT
from eventhub.registration.queries import registrant, token_of
from eventhub.reports.queries import report_of
from eventhub.reports.rules import Basis
from tests.browser import Browser
from tests.factories import give, make_account
from tests.photos.pictures import drawn
from tests.photos.pictures import sent as picture
from tests.registration.factories import OFFICER, STAFF, accredited, do
from tests.registration.traces import after, everything, forget, found_in, live, needles, typed
from tests.registration.world import PEOPLE, World


def test_r7_7_after_erasing_nothing_of_the_person_is_found(
    app: Flask, world: World, who: dict[str, Any]
) -> None:
    values = typed(who)
    row = live(world, values)
    ref, places = row.ref, list(db.session.scalars(select(StoredFile.place)))
    name = values["given_names"] or values["family_name"]
    held = everything()
    for needle in needles(values):
        assert found_in(needle, held), "the test looks where it is"
    with after(world):
        forget(world, row, certificates_too=True)
        run_due(app)
    held, official = everything(), {"speaker", "programme_version"}
    for needle in [*needles(values), f"Ramp for {name}", f"{name} was born", f"{name} Asked"]:
        assert found_in(needle, held) <= official, needle
    for needle in (values["email"], values["phone"], f"{name} was born"):
        assert not found_in(needle, held)
    assert not [place for place in places if store().path(place).exists()], "no byte is left"
    assert not db.session.scalars(select(AnswerSet)).all(), "enciphered ones go too"
    [kept] = db.session.scalars(select(Registration))
    assert (kept.state, kept.family_name, kept.search) == ("accredited", ref, "")


def test_erasing_keeps_the_name_on_the_certificate_alone(app: Flask, world: World) -> None:
    """R5.6: name, event, level, date and hash stay, unless the holder gives them up."""
    values = typed(PEOPLE[0])
    row = live(world, values)
    with after(world):
        forget(world, row)
    assert found_in(f"{values['given_names']} of the certificate") == {"certificate"}
    assert not found_in(values["organisation"])
    page = Browser(app).get(f"/c/CODE{row.ref}")
    assert "Valid" in page.text
    assert f"{values['given_names']} of the certificate" in page.text


def test_certificate_withdrawn_at_the_holders_request_says_so(app: Flask, world: World) -> None:
    row = live(world, typed(PEOPLE[0]))
    with after(world):
        forget(world, row, certificates_too=True)
    page = Browser(app).get(f"/c/CODE{row.ref}")
    assert "at its holder's request" in page.text
    assert "of the certificate" not in page.text


def test_figures_and_programme_stay_as_they_were(world: World) -> None:
    row = live(world, typed(PEOPLE[0]))
    live_ids = [world.event.id]
    before = report_of(live_ids, Basis.ATTENDED)
    with after(world):
        forget(world, row)
        now = report_of(live_ids, Basis.ATTENDED)
    assert before.tally == now.tally
    blank = {"women": 0, "undisclosed": 1}
    assert replace(before.figures, **blank) == now.figures, "gender was told by consent alone"
    [version] = db.session.scalars(select(ProgrammeVersion))
    told = json.loads(gzip.decompress(version.data))
    [speaker] = told["speakers"].values()
    assert speaker["name"].startswith("Prof."), "the programme is an official record"
    assert speaker["biographies"] == {}
    assert [one["code"] for one in told["sessions"]] == ["S1"]


def test_what_the_log_says_of_the_person_cannot_be_read_any_more(world: World) -> None:
    values = typed(PEOPLE[0])
    row, [other] = live(world, values), accredited(world.event, world.open)
    with transaction():
        services.edit(
            world.event.id, other.id, {"phone": "999"}, version=other.version, actor=STAFF
        )
    assert any("phone" in one.changes for one in entries_of(world.event.id, subject_ref=row.ref))
    count = db.session.scalar(select(db.func.count()).select_from(AuditEntry))
    with after(world):
        forget(world, row)
    left = entries_of(world.event.id, subject_ref=row.ref)
    assert len(left) > 3, "the rows stay"
    assert not any(one.changes for one in left)
    assert not any(needle in one.who for one in left for needle in needles(values))
    assert any(one.changes for one in entries_of(world.event.id, subject_ref=other.ref))
    assert (db.session.scalar(select(db.func.count()).select_from(AuditEntry)) or 0) > (count or 0)


def test_mailbox_of_a_mission_keeps_the_mail_of_others(world: World) -> None:
    shared = "mission@example.org"
    first, second = accredited(world.event, world.open, 2, email=shared)
    with transaction():
        messages.tell("accredited", [first, second])
    with after(world):
        forget(world, first)
    assert found_in(shared) == {"registration", "outbox_mail"}
    about = {mail.ids["registration"]: mail.to for mail in db.session.scalars(select(OutboxMail))}
    assert about == {first.id: "", second.id: shared}


def test_nobody_is_erased_before_the_end(app: Flask, world: World) -> None:
    [row] = accredited(world.event, world.open)
    owner = make_account()
    give(owner, "event_owner", world.event)
    browser = Browser(app).sign_in(owner)
    url = f"/manage/{world.event.slug}/people/{row.ref}"
    assert "Erase this person" not in browser.get(url).text
    page = browser.get(f"{url}/erase")
    assert "once the registration has ended" in page.text
    with after(world):
        assert "Erase this person" in browser.get(url).text
        page = browser.get(f"{url}/erase")
        assert browser.submit(page.form(action="erase"), reference="WRONG").status == 422
        assert not db.session.get_one(Registration, row.id).erased_at
        page = browser.submit(page.form(action="erase"), reference=row.ref)
        assert "erased for ever" in page.text
        assert browser.get(url).status == 200
        assert browser.get(f"{url}/erase", follow=False).status == 302
    assert browser.get(f"/my/{token_of(row)}").status == 200


@pytest.mark.parametrize("role", ["secretariat", "protocol", "badge_desk", "door_staff", None])
def test_only_the_owner_erases(app: Flask, world: World, role: str | None) -> None:
    [row] = accredited(world.event, world.open)
    account = make_account()
    if role:
        give(account, role, world.event)
    browser = Browser(app).sign_in(account)
    assert browser.get(f"/manage/{world.event.slug}/people/{row.ref}/erase").status == 404


def test_old_link_is_dead_after_erasing(app: Flask, world: World) -> None:
    [row] = accredited(world.event, world.open)
    link = f"/my/{token_of(row)}"
    assert Browser(app).get(link).status == 200
    with after(world):
        forget(world, row)
    assert Browser(app).get(link).status == 404


def test_erased_account_leaves_no_name(world: World) -> None:
    account = make_account(name="Ana Ruiz", email="ana.ruiz@example.org")
    give(account, "secretariat", world.event)
    with transaction():
        send("people.invited", [Addressed(account.email, "en")], event_id=None)
        personal.export_of(whose_account(account), actor=account.actor())
    assert found_in("Ana Ruiz") == {"account", "audit_label"}
    with transaction():
        personal.erase(whose_account(account), actor=SYSTEM)
    assert not found_in("Ana Ruiz")
    assert not found_in("ana.ruiz@")


def test_erased_person_cannot_be_moved_or_changed(world: World) -> None:
    [row] = accredited(world.event, world.open)
    with after(world):
        forget(world, row)
        with pytest.raises(Conflict), transaction():
            services.edit(world.event.id, row.id, {"phone": "1"}, version=row.version, actor=STAFF)
    with pytest.raises(Conflict):
        do(services.revoke, world.event, [row], actor=OFFICER, reason="security")


def test_replaced_photo_is_removed_with_its_bytes(app: Flask, world: World) -> None:
    [row] = accredited(world.event, world.open)
    with transaction():
        first = keep_photo(world.event.id, portrait_of(picture(drawn())), actor=registrant(row))
        services.set_photo(row, first.id, actor=registrant(row))
    asked = []
    for ground in ("grey", "navy"):
        with transaction():
            photo = keep_photo(world.event.id, portrait_of(picture(drawn(ground=ground))),
                               actor=registrant(row))  # fmt: skip
            services.set_photo(row, photo.id, actor=registrant(row))
            asked.append(photo.id)
    places = set(db.session.scalars(select(StoredFile.place)))
    run_due(app)
    assert len(places) == 4, "the one in force, and the one asked for last"


def test_every_column_of_a_registration_is_blanked_cleared_or_kept() -> None:
    parts = [set(BLANK), set(CLEARED), set(KEPT)]
    assert set.union(*parts) == {column.name for column in Registration.__table__.columns}
    assert sum(map(len, parts)) == len(set.union(*parts)), "each in one of them"
