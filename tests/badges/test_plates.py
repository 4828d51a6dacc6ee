"""Name plates through the engine of badges."""

import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from eventhub.audit.models import AuditEntry
from eventhub.badges import queries, services
from eventhub.badges.jobs import remove_files
from eventhub.badges.personal import erase
from eventhub.badges.plates import plates_of, print_plates
from eventhub.badges.rules import FILES_KEPT, PlateChoice
from eventhub.core import clock
from eventhub.core.actor import Actor, Scope
from eventhub.core.db import db, transaction
from eventhub.core.errors import Invalid, NotFound
from eventhub.delegations.models import Delegation
from eventhub.entities.models import Entity, EntityGroup, GroupMembership
from eventhub.events.models import Event
from eventhub.files.models import StoredFile
from eventhub.files.services import read_whole
from eventhub.i18n import Translated
from eventhub.jobs import waiting
from eventhub.jobs.models import Job
from eventhub.jobs.runner import Work
from eventhub.people.seams import Whose
from tests.badges.people import PRINTER, admit, send, work
from tests.browser import Browser
from tests.factories import give, keep, make_account, make_entity, make_event
from tests.paper import Tool


def test_plates_bear_the_name_in_the_events_languages_on_both_sides(
    app: Flask, fonts: Path, tool: Tool, tmp_path: Path, statements: list[str]
) -> None:
    event = make_event(languages=["en", "fr"])
    bolivia, zambia = make_entity("BOL", "Bolivia"), make_entity("ZMB", "Zambia")
    with transaction():
        row = db.session.get_one(Entity, bolivia.id)
        row.names = Translated(en="Bolivia (Plurinational State of)", fr="Bolivie")
        row.formal_names = Translated(en="the Plurinational State of Bolivia")
    ids, _read_again = [zambia.id, bolivia.id], event.languages
    statements.clear()
    faces = plates_of(event, ids, heads={zambia.id: "Chanda MWILA"})
    assert len([one for one in statements if one.startswith("SELECT")]) == 1
    assert [face.ref for face in faces] == ["ZMB", "BOL"]
    assert faces[1].entity == ("Bolivia (Plurinational State of)", "Bolivie")
    assert plates_of(event, [bolivia.id], formal=True)[0].entity[0].startswith("the Pluri")
    out = io.BytesIO()
    report = print_plates(event, faces, out)
    assert (report.sheets, report.on_page_path) == (4, {})
    path = tmp_path / "plates.pdf"
    path.write_bytes(out.getvalue())
    assert "Pages:           2" in tool("pdfinfo", path)
    text = tool("pdftotext", path, "-")
    assert text.count("Bolivie") == 2
    assert text.count("Chanda MWILA") == 2


def ask(event: Event, **choice: object) -> Job:
    with transaction():
        return services.start_plates(event, PlateChoice(**choice), actor=PRINTER)  # type: ignore[arg-type]


def codes(event: Event, **choice: object) -> list[str]:
    found = queries.plate_entities(event, PlateChoice(**choice))  # type: ignore[arg-type]
    return [one.entity.code for one in found]


def invite(event: Event, entity: Entity, reply: str = "none") -> Delegation:
    made: Delegation = keep(Delegation(event_id=event.id, entity_id=entity.id, reply=reply))
    return made


def text_of(job: Job, tool: Tool, folder: Path) -> str:
    file = queries.find_plates_file(job)
    assert file is not None
    path = folder / "plates.pdf"
    path.write_bytes(read_whole(file))
    return tool("pdftotext", path, "-")


def as_owner(event: Event, browser: Browser) -> Browser:
    owner = make_account()
    give(owner, "event_owner", event)
    return browser.sign_in(owner)


def test_choice_holds_confirmed_or_invited_one_or_a_group_in_flat_queries(
    event: Event, statements: list[str]
) -> None:
    [head] = admit(event, entity="Zambia")
    zambia = db.session.get_one(Entity, head.entity_id)
    benin = make_entity("BEN", "Benin")
    invite(event, benin)
    invite(event, make_entity("CHL", "Chile"), "regrets")
    group = keep(EntityGroup(code="A1", names=Translated(en="Some")))
    keep(GroupMembership(group_id=group.id, entity_id=benin.id))
    own, other = zambia.code, event.id
    assert codes(event) == [own]
    assert codes(event, who="invited") == ["BEN", own]
    assert codes(event, who="invited", entity=own) == [own]
    assert codes(event, who="invited", group="A1") == ["BEN"]
    assert codes(event, group="A1") == []
    assert codes(event, who="invited", entity="CHL") == [], "who sent regrets has no plate"
    assert other

    def reads() -> int:
        statements.clear()
        queries.plate_entities(event, PlateChoice(who="invited", group="A1"))
        queries.plate_heads(event.id, [benin.id, zambia.id], None)
        return len([one for one in statements if one.startswith("SELECT")])

    few = reads()
    for number in range(5):
        entity = make_entity(f"X{number}", f"State {number}")
        invite(event, entity)
        keep(GroupMembership(group_id=group.id, entity_id=entity.id))
    _read_again, _ids = event.languages, (benin.id, zambia.id)
    assert reads() == few


def test_heads_stand_there_confirmed_and_within_the_scope_alone(event: Event) -> None:
    rows = admit(event, 1, code="HOD", entity="Zambia", family_name="MWILA")
    send(event, rows)
    waits = admit(event, 1, code="HOD2", entity="Benin", state="submitted")
    send(event, waits)
    ids, category = [rows[0].entity_id or 0, waits[0].entity_id or 0], rows[0].category_id
    assert list(queries.plate_heads(event.id, ids, None)) == [rows[0].entity_id]
    assert "MWILA" in queries.plate_heads(event.id, ids, [category])[ids[0]]
    assert queries.plate_heads(event.id, ids, [category + 1000]) == {}


def test_page_makes_the_plates_by_the_worker_and_gives_the_file(
    app: Flask, event: Event, fonts: Path, browser: Browser, tool: Tool, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(waiting, "PATIENCE_SECONDS", 0.0)
    rows = admit(event, 1, code="HOD", family_name="MWILA")
    send(event, rows)
    with transaction():
        entity = db.session.get_one(Entity, rows[0].entity_id)
        entity.names = Translated(en="Zambia", fr="Zambie", zh="赞比亚")
    page = as_owner(event, browser).get(f"/manage/{event.slug}/name-plates")
    page = browser.submit(page.form(action="/name-plates"), language="zh", heads="y")
    assert "This page loads itself again every two seconds." in page.text
    assert page.response.headers["Refresh"] == "2"
    address = page.response.request.path
    assert browser.get(f"{address}.pdf").status == 404
    work(app)
    page = browser.get(address)
    assert "1 name plate is ready." in page.text
    assert "Refresh" not in page.response.headers
    got = browser.get(f"{address}.pdf")
    assert (got.status, got.response.mimetype) == (200, "application/pdf")
    job = queries.get_plates(event.id, address.rpartition("/")[2], Scope())
    assert (job.done, job.total) == (1, 1)
    said = text_of(job, tool, tmp_path)
    assert said.count("赞比亚") == 2
    assert said.count("MWILA") == 2
    assert "Zambie" not in said
    told = db.session.scalars(db.select(AuditEntry).filter_by(action="badge.plates")).all()
    assert [entry.event_id for entry in told] == [event.id]


def test_choice_that_holds_nobody_is_told_beside_its_field(event: Event, browser: Browser) -> None:
    page = as_owner(event, browser).get(f"/manage/{event.slug}/name-plates")
    page = browser.submit(page.form(action="/name-plates"), heads="y")
    assert any("No State or organization fits this choice." in one for one in page.errors())
    assert page.soup.select_one('input[name="heads"]').has_attr("checked"), "nothing is lost"  # type: ignore[union-attr]
    assert not db.session.scalars(db.select(Job).filter_by(name=queries.PLATES)).all()
    invite(event, make_entity("BEN", "Benin"))
    for given, field in (({"entity": "BEN"}, "entity"), ({"group": "A1"}, "group"), ({}, "who")):
        with transaction(), pytest.raises(Invalid) as refused:
            services.start_plates(event, PlateChoice(**given), actor=PRINTER)
        assert refused.value.field == field


def test_r1_7_who_sees_some_categories_gets_no_plates_made_for_more(event: Event) -> None:
    [row] = admit(event)
    whole = ask(event)
    scope = Scope(categories=frozenset({row.category_id}))
    narrow = Actor("account", 1, "Desk officer", {"badge.print": scope})
    with transaction():
        own = services.start_plates(event, PlateChoice(heads=True), actor=narrow)
    assert own.args["categories"] == [row.category_id]
    assert queries.get_plates(event.id, own.ref, scope).id == own.id
    assert queries.get_plates(event.id, own.ref, Scope()).id == own.id
    with pytest.raises(NotFound):
        queries.get_plates(event.id, whole.ref, scope)
    with pytest.raises(NotFound):
        queries.get_plates(make_event().id, whole.ref, Scope())


def test_files_go_after_their_time_and_when_somebody_is_erased(
    app: Flask, event: Event, fonts: Path, browser: Browser, noon: datetime
) -> None:
    [row] = admit(event)
    with clock.at(noon):
        first = ask(event).id
        work(app)
    there = db.session.get_one(Job, first).result["file"]
    runner = Work(first, "test", None)
    with clock.at(noon + FILES_KEPT):
        remove_files(runner)
    assert db.session.get(StoredFile, there) is not None, "on the last instant it is there"
    with clock.at(noon + FILES_KEPT + timedelta(seconds=1)):
        remove_files(runner)
    assert db.session.get(StoredFile, there) is None
    ref = db.session.get_one(Job, first).ref
    page = as_owner(event, browser).get(f"/manage/{event.slug}/name-plates/{ref}")
    assert "The file has been removed." in page.text
    second = ask(event).id
    work(app)
    job = db.session.get_one(Job, second)
    assert queries.find_plates_file(job) is not None
    with transaction():
        erase(Whose(row.ref, event.id, row.id, pass_id=row.pass_id), actor=PRINTER)
    assert queries.find_plates_file(job) is None
