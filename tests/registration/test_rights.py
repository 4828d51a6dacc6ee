"""R7.7: a copy of all that is held about a person, and forgetting the person for ever."""

import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from eventhub.agenda.models import ProgrammeVersion
from eventhub.audit.models import AuditEntry
from eventhub.audit.queries import entries_of
from eventhub.badges.models import PrintedBadge, PrintRun
from eventhub.calendars.models import Star
from eventhub.certificates.models import Certificate, CourseResult
from eventhub.checkin.models import Gate, Scan
from eventhub.core import clock, ids
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict
from eventhub.core.text import fold
from eventhub.files.models import StoredFile
from eventhub.files.services import store_file
from eventhub.files.store import store
from eventhub.i18n import Translated
from eventhub.jobs.runner import run_due
from eventhub.keys.ring import ring
from eventhub.mail.models import OutboxMail
from eventhub.mail.services import Addressed, send
from eventhub.models import METADATA
from eventhub.people import personal
from eventhub.people.holding import whose_account
from eventhub.people.models import MailCode
from eventhub.photos.portrait import portrait_of
from eventhub.photos.services import keep_photo
from eventhub.questionnaires.models import AnswerSet
from eventhub.questionnaires.services import make_ready, save_answers
from eventhub.registration import messages, services
from eventhub.registration.models import Registration
from eventhub.registration.personal import BLANK, CLEARED, KEPT, whose_of
from eventhub.registration.queries import registrant, token_of
from eventhub.registration.services.paper import PAPER_CLASS
from eventhub.reports.queries import report_of
from eventhub.reports.rules import Basis
from eventhub.web.zip_answer import zip_pieces
from tests.agenda.programmes import make_session, make_speaker, name_speakers, publish
from tests.browser import Browser
from tests.factories import actor_with, give, make_account
from tests.photos.pictures import drawn
from tests.photos.pictures import sent as picture
from tests.registration.conftest import World
from tests.registration.factories import OFFICER, STAFF, accredited, do
from tests.registration.test_names import PEOPLE

BY_PROTOCOL = {"title_en", "salutation"}
"""What protocol writes, and the person does not."""

CHANGER = actor_with("registration.erase", "registration.view")


@pytest.fixture(params=PEOPLE, ids=lambda person: person["id"])
def who(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(request.param)


def typed(who: dict[str, Any]) -> dict[str, Any]:
    """Return what the person typed, each value found nowhere else."""
    return {
        "family_name": who.get("family_name", ""),
        "given_names": who.get("given_names", ""),
        "honorific": who.get("honorific", ""),
        "name_order": who.get("name_order", "given_first"),
        "name_local": who.get("name_local", ""),
        "name_local_language": who.get("local_language", ""),
        "functional_title": f"Keeper of {who['id']} lamps",
        "organisation": "Bureau of Quiet Harbours",
        "email": f"{who['id'].lower()}@quiet-harbour.example.org",
        "phone": "+260 977 123 987",
        "gender": "woman",
        "title_en": "Harbour Warden",
        "salutation": "Dear Warden",
        "language": "en",
    }


def needles(values: dict[str, Any]) -> list[str]:
    names = ("family_name", "given_names", "name_local", "functional_title", "organisation",
             "email", "phone", "title_en", "salutation")  # fmt: skip
    return [values[name] for name in names if values[name]]


def live(world: World, values: dict[str, Any]) -> Registration:
    """Let somebody leave a trace in every table that can hold one."""
    event = world.event
    sent = {name: value for name, value in values.items() if name not in BY_PROTOCOL}
    [row] = accredited(event, world.open, entity_id=world.zambia.id, **sent)
    name, actor = values["given_names"] or values["family_name"], registrant(row)
    with transaction():
        make_ready(event.id, "forum")
        row.title_en, row.salutation = values["title_en"], values["salutation"]
        photo = keep_photo(event.id, portrait_of(picture(drawn())), actor=actor)
        services.set_photo(row, photo.id, actor=actor)
        save_answers(
            event.id, row.id, {"access_other": f"Ramp for {name}"}, ref=row.ref, actor=actor
        )
        services.edit(event.id, row.id, {"phone": values["phone"] + "1"}, version=row.version,
                      actor=STAFF)  # fmt: skip
        services.edit(event.id, row.id, {"phone": values["phone"]}, version=row.version,
                      actor=STAFF)  # fmt: skip
        services.request_change(row, {"given_names": f"{name} Asked"}, actor=actor)
        second = keep_photo(event.id, portrait_of(picture(drawn(ground="grey"))), actor=actor)
        services.set_photo(row, second.id, actor=actor)
        messages.tell("accredited", [row])
        send("events.postponed", [Addressed(values["email"], "en")], event_id=event.id)
    session = make_session(event, code="S1")
    speaker = make_speaker(event, f"Prof. {name}", biographies=Translated(en=f"{name} was born."),
                           email=values["email"])  # fmt: skip
    name_speakers(session, (speaker, "panellist"))
    publish(event)
    file = stored(event.id, b"badges of many", "badge_run")
    stored(event.id, b"list of the delegation", PAPER_CLASS)
    gate = Gate(event_id=event.id, names=Translated(en="Main door"))
    run = PrintRun(event_id=event.id, what={"refs": [row.ref]}, file_id=file, state="done",
                   badges=1, started_by="Desk", left_out=[[row.ref, name, ["photo"]]])  # fmt: skip
    with transaction():
        row.speaker_id = speaker.id
        db.session.add_all([gate, run])
        db.session.flush()
        shown = {
            "name": f"{name} of the certificate", "name_local": values["name_local"],
            "name_local_language": "", "entity": {"en": values["organisation"]},
            "event": {"en": "Forum"}, "institution": {"en": "Host"}, "city": {"en": "Xiamen"},
            "starts_on": "2026-04-01", "ends_on": "2026-04-02", "by_hours": False,
            "languages": ["en"], "fallback": ["en"], "signatories": [],
            "issued_on": "2026-04-03", "event_code": event.code,
        }  # fmt: skip
        db.session.add_all([
            Star(event_id=event.id, registration_id=row.id, session_id=session.id),
            PrintedBadge(event_id=event.id, pass_id=row.pass_id, issue=1, run_id=run.id),
            Scan(uid=ids.new_uuid(), event_id=event.id, gate_id=gate.id, registration_id=row.id,
                 direction="in", answer="enter", device_at=clock.now()),
            CourseResult(event_id=event.id, registration_id=row.id, post_test=0.75),
            MailCode(purpose="resume", email=values["email"], expires_at=clock.now()),
            Certificate(event_id=event.id, registration_id=row.id, number=1, serial="FORUM-1",
                        code_digest=ids.digest("CODE" + row.ref),
                        key_id=ring().newest("certificates"),
                        level="participation", shown=shown, sha256="0" * 64,
                        file_id=stored_in(event.id, b"%PDF certificate", "certificate")),
        ])  # fmt: skip
    return row


def stored(event_id: int, data: bytes, data_class: str) -> int:
    with transaction():
        return stored_in(event_id, data, data_class)


def stored_in(event_id: int, data: bytes, data_class: str) -> int:
    return store_file(data, event_id=event_id, data_class=data_class, name="x.pdf",
                      media_type="application/pdf").id  # fmt: skip


def after(world: World) -> Any:
    return clock.at(world.event.ends_at + timedelta(days=1))


def forget(world: World, row: Registration, **more: Any) -> None:
    with transaction():
        personal.erase(whose_of(row, world.event, **more), actor=CHANGER)


def everything() -> Iterator[tuple[str, str]]:
    """Yield table and text of every value of every row, packed ones unpacked."""
    for table in METADATA.sorted_tables:
        for row in db.session.execute(select(table)).mappings():
            for value in row.values():
                yield table.name, in_clear(value)


def in_clear(value: Any) -> str:
    if isinstance(value, bytes):
        packed = value.startswith(b"\x1f\x8b")
        return gzip.decompress(value).decode() if packed else value.decode("latin1")
    if isinstance(value, Translated):
        value = dict(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def found_in(needle: str) -> set[str]:
    """Return the tables that hold the text, as typed or folded; short Latin ones as whole words."""
    words = {needle.casefold(), fold(needle)} - {""}
    edge = r"\b" if needle.isascii() and len(needle) < 4 else ""
    wanted = re.compile("|".join(f"{edge}{re.escape(word)}{edge}" for word in sorted(words)))
    return {table for table, text in everything() if wanted.search(text.casefold())}


def copy_of(world: World, row: Registration) -> tuple[dict[str, Any], dict[str, bytes]]:
    with transaction():
        told, files = personal.export_of(whose_of(row, world.event), actor=registrant(row))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(zip_bytes(told, files))))
    held = {name: archive.read(name) for name in archive.namelist()}
    return json.loads(held["data.json"]), held


def zip_bytes(told: Any, files: Any) -> Iterator[bytes]:
    return zip_pieces(personal.pieces_of(told, files))


def test_r7_7_copy_holds_all_that_was_typed(world: World, who: dict[str, Any]) -> None:
    values = typed(who)
    row = live(world, values)
    told, held = copy_of(world, row)
    [own] = told["held"]["registration"]["registration"]
    for name, value in values.items():
        if name != "language":
            assert own[name] == value, name
    assert own["represents"] == "Zambia"
    name = values["given_names"] or values["family_name"]
    [answer] = told["held"]["questionnaires"]["answer_set"]
    assert answer["answer"] == f"Ramp for {name}"
    assert held["photo-1.jpg"].startswith(b"\xff\xd8")
    assert "%PDF certificate" in held["FORUM-1-1.pdf"].decode()
    assert own["sent_at"].endswith("+08:00"), "times carry the zone of the event"


def test_copy_holds_nothing_of_anybody_else_and_no_keys(world: World) -> None:
    mine, theirs = typed(PEOPLE[0]), typed(PEOPLE[7])
    row = live(world, mine)
    sent = {name: value for name, value in theirs.items() if name not in BY_PROTOCOL}
    [other] = accredited(world.event, world.open, **sent)
    told, _held = copy_of(world, row)
    text = json.dumps(told, ensure_ascii=False)
    for needle in needles(theirs):
        assert needle in mine.values() or needle not in text
    assert other.ref not in text
    assert token_of(row) not in text
    assert not [key for key in keys_in(told) if key == "id" or key.endswith("_id")]


def keys_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from keys_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from keys_in(one)


def test_r7_7_after_erasing_nothing_of_the_person_is_found(
    app: Flask, world: World, who: dict[str, Any]
) -> None:
    values = typed(who)
    row = live(world, values)
    ref, places = row.ref, list(db.session.scalars(select(StoredFile.place)))
    name = values["given_names"] or values["family_name"]
    for needle in needles(values):
        assert found_in(needle), "the test looks where it is"
    with after(world):
        forget(world, row, certificates_too=True)
        run_due(app)
    official = {"speaker", "programme_version"}
    for needle in [*needles(values), f"Ramp for {name}", f"{name} was born", f"{name} Asked"]:
        assert found_in(needle) <= official, needle
    for needle in (values["email"], values["phone"], f"{name} was born"):
        assert not found_in(needle)
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


def test_strangers_link_gives_no_copy(app: Flask, world: World) -> None:
    row, other = accredited(world.event, world.open, 2)
    browser = Browser(app)
    wrong = token_of(row)[:10] + token_of(other)[10:]
    assert browser.get(f"/my/{wrong}/copy").status == 404
    with after(world):
        forget(world, row)
    old = token_of(other)[:10]
    assert browser.get(f"/my/{old}{'A' * 16}/copy").status == 404


def test_old_link_is_dead_after_erasing(app: Flask, world: World) -> None:
    [row] = accredited(world.event, world.open)
    link = f"/my/{token_of(row)}"
    assert Browser(app).get(link).status == 200
    with after(world):
        forget(world, row)
    assert Browser(app).get(link).status == 404


def test_person_takes_a_copy_home(app: Flask, world: World) -> None:
    row = live(world, typed(PEOPLE[1]))
    browser = Browser(app)
    link = f"/my/{token_of(row)}"
    assert "A copy of what is held about you" in browser.get(link).text
    page = browser.get(f"{link}/copy")
    assert world.event.contact_email in page.text
    answer = browser.submit(page.form(action="copy")).response
    assert answer.mimetype == "application/zip"
    assert answer.headers["Cache-Control"] == "private, no-store"
    told = json.loads(zipfile.ZipFile(io.BytesIO(answer.data)).read("data.json"))
    assert told["held"]["registration"]["registration"][0]["name_local"] == "欧海哲然"


def test_account_takes_a_copy_home(app: Flask, world: World) -> None:
    account, other = make_account(name="Ana Ruiz"), make_account(name="Somebody Else")
    give(account, "event_owner", world.event)
    browser = Browser(app).sign_in(account)
    assert browser.get("/account").soup.find("a", href="/account/copy")
    page = browser.get("/account/copy")
    answer = browser.submit(page.form(action="copy")).response
    text = zipfile.ZipFile(io.BytesIO(answer.data)).read("data.json").decode()
    assert "Ana Ruiz" in text
    assert "event_owner" in text
    assert other.name not in text
    assert other.email not in text


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
