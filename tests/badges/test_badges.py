"""The print gate, and runs made by the worker."""

from pathlib import Path

import pytest
from flask import Flask

from eventhub.badges import queries, services
from eventhub.badges.jobs import print_run
from eventhub.badges.models import PrintRun
from eventhub.badges.rules import Choice, Readiness, held_back
from eventhub.core.actor import Scope
from eventhub.core.db import db, transaction
from eventhub.core.errors import Invalid
from eventhub.events.models import Category, Event
from eventhub.files.models import StoredFile
from eventhub.files.services import read_whole
from eventhub.jobs.models import Job
from eventhub.jobs.runner import Work, run_due
from eventhub.passes import services as passes
from eventhub.passes.models import Pass
from eventhub.photos.portrait import portrait_of
from eventhub.photos.services import keep_photo
from eventhub.registration.models import Registration
from tests.badges.people import PRINTER, admit
from tests.browser import Browser
from tests.factories import (
    give,
    make_account,
    make_event,
)
from tests.paper import Tool
from tests.photos.pictures import sent


@pytest.mark.parametrize(
    ("ready", "reasons"),
    [
        (Readiness(True, "ok"), ()),
        (Readiness(True, None, photo_waived=True), ()),
        (Readiness(True, None, needs_photo=False), ()),
        (Readiness(False, "ok"), ("not_accredited",)),
        (Readiness(True, None), ("photo_missing",)),
        (Readiness(True, "pending"), ("photo_pending",)),
        (Readiness(True, "redo"), ("photo_redo",)),
        (Readiness(True, "ok", lacks_letter=True), ("letter_missing",)),
        (Readiness(True, "ok", has_open_change=True), ("change_open",)),
        (
            Readiness(True, "redo", lacks_letter=True, has_open_change=True),
            ("photo_redo", "letter_missing", "change_open"),
        ),
    ],
)
def test_r4_3_gate_says_why(ready: Readiness, reasons: tuple[str, ...]) -> None:
    assert held_back(ready) == reasons


def test_run_makes_one_file_with_a_page_for_each(
    app: Flask, event: Event, fonts: Path, tool: Tool, tmp_path: Path
) -> None:
    admit(event, 3)
    with transaction():
        ref = services.start_run(event, Choice(), actor=PRINTER).ref
    run_due(app)
    done = queries.get_run(event.id, ref)
    assert (done.state, done.badges, done.left_out) == ("done", 3, [])
    file = db.session.get_one(StoredFile, done.file_id)
    path = tmp_path / "badges.pdf"
    path.write_bytes(read_whole(file))
    assert "Pages:           3" in tool("pdfinfo", path)
    assert "MWILA" in tool("pdftotext", path, "-")


def test_r4_2_photo_is_drawn_on_the_badge(
    app: Flask, fonts: Path, tool: Tool, tmp_path: Path
) -> None:
    event = make_event(preset="forum")
    with transaction():
        photo = keep_photo(event.id, portrait_of(sent()), actor=PRINTER)
    person, _without = admit(event, 2)
    with transaction():
        db.session.get_one(Category, person.category_id).photo_waived = True
        db.session.get_one(Registration, person.id).photo_id = photo.id
        ref = services.start_run(event, Choice(), actor=PRINTER).ref
    run_due(app)
    path = tmp_path / "badges.pdf"
    path.write_bytes(
        read_whole(db.session.get_one(StoredFile, queries.get_run(event.id, ref).file_id))
    )
    pictures = tool("pdfimages", "-list", path).splitlines()[2:]
    assert [line.split()[0] for line in pictures] == ["1"], "one picture, on the first page"


def test_new_prints_only_what_is_not_printed_yet(app: Flask, event: Event, fonts: Path) -> None:
    people = admit(event, 2)
    with transaction():
        services.start_run(event, Choice(refs=(people[0].ref,)), actor=PRINTER)
    run_due(app)
    assert [r.ref for r in queries.chosen(event, Choice(state="new"), Scope())] == [people[1].ref]


def test_r4_5_reissued_pass_is_new_again(app: Flask, event: Event, fonts: Path) -> None:
    person = admit(event)[0]
    with transaction():
        services.start_run(event, Choice(), actor=PRINTER)
    run_due(app)
    assert queries.chosen(event, Choice(state="new"), Scope()) == []
    with transaction():
        passes.reissue(
            db.session.get_one(Pass, person.pass_id),
            reason="lost",
            document="passport",
            actor=PRINTER,
        )
    assert len(queries.chosen(event, Choice(state="new"), Scope())) == 1


def test_run_made_twice_keeps_its_first_file(app: Flask, event: Event, fonts: Path) -> None:
    admit(event)
    with transaction():
        started = services.start_run(event, Choice(), actor=PRINTER)
        run_id = started.id
    run_due(app)
    before = db.session.get_one(PrintRun, run_id).file_id
    job = db.session.scalars(db.select(Job)).one()
    assert print_run(Work(job.id, "again", event.id), run_id) == {"badges": 1}
    assert db.session.get_one(PrintRun, run_id).file_id == before


def test_held_back_people_are_listed_with_reasons(app: Flask, fonts: Path) -> None:
    event = make_event(preset="forum")
    person = admit(event, family_name="Mwila", given_names="Chanda")[0]
    single = admit(event, code="HOD", family_name="", given_names="Sriwahyuni")[0]
    with transaction():
        ref = services.start_run(event, Choice(), actor=PRINTER).ref
    run_due(app)
    done = queries.get_run(event.id, ref)
    assert done.file_id is None
    assert done.left_out == [
        [person.ref, "Chanda Mwila", ["photo_missing"]],
        [single.ref, "Sriwahyuni", ["photo_missing"]],
    ]


def test_empty_choice_is_told(event: Event) -> None:
    with transaction(), pytest.raises(Invalid):
        services.start_run(event, Choice(), actor=PRINTER)


def test_r1_7_desk_prints_its_categories_only(event: Event) -> None:
    mine, others = admit(event, code="DEL")[0], admit(event, code="PRESS")[0]
    scope = Scope(categories=frozenset({mine.category_id}))
    found = queries.chosen(event, Choice(), scope)
    assert [r.ref for r in found] == [mine.ref]
    assert others.ref not in [one.registration.ref for one in queries.gate_of(event, scope)]


def test_gate_takes_the_same_statements_for_1_and_30(event: Event, statements: list[str]) -> None:
    admit(event, 1)
    statements.clear()
    queries.gate_of(event, Scope())
    few = len(statements)
    admit(event, 29, code="ADV")
    statements.clear()
    queries.gate_of(event, Scope())
    assert len(statements) == few <= 5


def test_page_starts_a_run_once_however_often_it_is_sent(
    app: Flask, event: Event, browser: Browser
) -> None:
    admit(event)
    owner = make_account()
    give(owner, "event_owner", event)
    browser.sign_in(owner)
    page = browser.get(f"/manage/{event.slug}/badges")
    assert "ready to print" in page.text
    form = page.form()
    first = browser.submit(form, follow=False)
    again = browser.submit(form, follow=False)
    assert first.location == again.location
    assert len(queries.runs_of(event.id)) == 1


def test_stranger_finds_nothing(app: Flask, event: Event, browser: Browser) -> None:
    browser.sign_in(make_account())
    assert browser.get(f"/manage/{event.slug}/badges").status == 404
