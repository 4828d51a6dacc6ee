"""Runs: the design frozen, stopped and taken up again, told what went wrong, removed in time."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from eventhub.badges import queries, services, sheets
from eventhub.badges.frozen import Source
from eventhub.badges.jobs import remove_files
from eventhub.badges.models import PrintedBadge, PrintRun
from eventhub.badges.rules import FILES_KEPT, Choice
from eventhub.badges.services import running
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict
from eventhub.events.models import Event
from eventhub.files.models import StoredFile
from eventhub.files.services import read_whole
from eventhub.files.store import store
from eventhub.jobs.models import Job
from eventhub.jobs.runner import Work
from eventhub.passes import services as passes
from eventhub.passes.models import Pass
from eventhub.photos.portrait import portrait_of
from eventhub.photos.services import keep_photo
from eventhub.registration.models import Registration
from tests.badges.people import PRINTER, admit, ask, printed, work
from tests.browser import Browser
from tests.factories import give, make_account
from tests.paper import Tool
from tests.photos.pictures import sent


def text_of(run: PrintRun, tool: Tool, folder: Path) -> str:
    path = folder / "badges.pdf"
    path.write_bytes(read_whole(db.session.get_one(StoredFile, run.file_id)))
    return tool("pdftotext", path, "-")


def as_owner(event: Event, browser: Browser) -> Browser:
    owner = make_account()
    give(owner, "event_owner", event)
    return browser.sign_in(owner)


def test_design_changed_while_the_run_waits_changes_nothing(
    app: Flask, event: Event, fonts: Path, tool: Tool, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    admit(event)
    ref = ask(event)

    def gone(*_given: object) -> Source:
        raise AssertionError("the design is not asked for again")

    monkeypatch.setattr(running, "design_of", gone)
    monkeypatch.setattr(sheets, "design_of", gone)
    with transaction():
        db.session.get_one(Event, event.id).titles = event.titles.with_text("en", "Renamed")
    work(app)
    said = text_of(queries.get_run(event.id, ref), tool, tmp_path)
    assert "Renamed" not in said
    assert "Forum" in said


def test_equal_designs_are_kept_once_and_go_with_the_last_run(
    app: Flask, event: Event, fonts: Path
) -> None:
    admit(event)
    first = printed(app, event)
    later = clock.now() + FILES_KEPT
    with clock.at(later):
        second = printed(app, event)
    assert first.design_id == second.design_id is not None
    with transaction():
        services.remove_files([first.id])
    assert db.session.get(StoredFile, second.design_id) is not None


def test_issue_written_down_is_the_one_that_was_drawn(
    app: Flask, event: Event, fonts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody loses the badge while the run goes on: the new issue is not printed yet."""
    [row] = admit(event)
    end = services.end_run

    def lose_it_first(*given: object) -> None:
        passes.reissue(
            db.session.get_one(Pass, row.pass_id), reason="lost", document="passport",
            actor=PRINTER,
        )  # fmt: skip
        end(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(services, "end_run", lose_it_first)
    printed(app, event)
    assert db.session.scalars(db.select(PrintedBadge.issue)).one() == 1
    assert [r.ref for r in queries.chosen(event, Choice(state="new"), PRINTER.scope("badge.print"))]


def test_change_made_while_the_run_goes_on_still_asks_for_a_new_badge(
    app: Flask, event: Event, fonts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    same, changed = admit(event, 2, needs_new_badge=True)
    end = services.end_run

    def rename_first(*given: object) -> None:
        db.session.get_one(Registration, changed.id).family_name = "ZULU"
        db.session.flush()
        end(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(services, "end_run", rename_first)
    printed(app, event)
    assert not db.session.get_one(Registration, same.id).needs_new_badge
    assert db.session.get_one(Registration, changed.id).needs_new_badge


def test_run_that_waits_can_be_stopped_and_taken_up_again(
    app: Flask, event: Event, fonts: Path, browser: Browser
) -> None:
    admit(event)
    ref = ask(event)
    as_owner(event, browser)
    page = browser.get(f"/manage/{event.slug}/badges/{ref}")
    page = browser.submit(page.form(action="/cancel"))
    assert "Nothing of it counts as printed." in page.text
    work(app)
    assert queries.count_printed(event.id) == 0
    page = browser.submit(page.form(action="/again"))
    work(app)
    page = browser.get(f"/manage/{event.slug}/badges/{ref}")
    assert "1 badge is ready." in page.text
    assert not page.soup.select('form[action$="/cancel"]')
    with transaction(), pytest.raises(Conflict):
        services.cancel_run(queries.get_run(event.id, ref), actor=PRINTER)


def test_run_stopped_in_the_middle_leaves_nothing(
    app: Flask, event: Event, fonts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    admit(event, 2)
    ref = ask(event)
    monkeypatch.setattr(sheets, "CHUNK", 1)
    report = Work.progress

    def stop_then_report(work: Work, done: int, total: int) -> None:
        if done == 1:
            with transaction():
                services.cancel_run(queries.get_run(event.id, ref), actor=PRINTER)
        report(work, done, total)

    monkeypatch.setattr(Work, "progress", stop_then_report)
    work(app)
    run = queries.get_run(event.id, ref)
    job = db.session.get_one(Job, run.job_id)
    assert (job.state, run.file_id, queries.count_printed(event.id)) == ("cancelled", None, 0)
    assert queries.job_states([run]) == {run.id: "cancelled"}
    monkeypatch.setattr(Work, "progress", report)
    db.session.rollback()
    with transaction():
        services.retry_run(queries.get_run(event.id, ref), actor=PRINTER)
    work(app)
    assert queries.get_run(event.id, ref).badges == 2
    with transaction(), pytest.raises(Conflict):
        services.retry_run(queries.get_run(event.id, ref), actor=PRINTER)


def test_broken_and_lost_photos_are_told_and_the_others_printed(
    app: Flask, event: Event, fonts: Path, browser: Browser
) -> None:
    people = admit(event, 3)
    with transaction():
        photos = [keep_photo(event.id, portrait_of(sent()), actor=PRINTER) for _one in people]
        for row, photo in zip(people, photos, strict=True):
            db.session.get_one(Registration, row.id).photo_id = photo.id
    places = [db.session.get_one(StoredFile, photo.file_id).place for photo in photos]
    store().remove(places[0])
    store().path(places[1]).write_bytes(b"not what it was")
    run = printed(app, event)
    assert run.badges == 3
    assert sorted(run.report["without_picture"]) == sorted(row.ref for row in people[:2])
    page = as_owner(event, browser).get(f"/manage/{event.slug}/badges/{run.ref}")
    assert "2 photos could not be read" in page.text
    assert people[0].given_names in page.text
    assert people[2].given_names not in page.text


def test_share_on_the_page_path_is_told_with_reasons(
    app: Flask, event: Event, fonts: Path, browser: Browser
) -> None:
    plain, long = admit(event, 2)
    with transaction():
        db.session.get_one(Registration, long.id).functional_title = "Adviser \u2067to\u2069 " * 9
    run = printed(app, event)
    assert run.report["page_path"] == {long.ref: "control"}
    page = as_owner(event, browser).get(f"/manage/{event.slug}/badges/{run.ref}")
    assert "1 of 2 badges (50 %) took the slower, more careful way." in page.text
    assert "signs that steer the direction of writing: 1" in page.text
    assert long.given_names in page.text
    assert plain.given_names not in page.text


def test_files_are_removed_after_their_time_and_the_page_says_so(
    app: Flask, event: Event, fonts: Path, browser: Browser, noon: datetime
) -> None:
    admit(event)
    with clock.at(noon):
        run = printed(app, event, Choice(covers=True))
    ids = [run.file_id, run.covers_id, run.design_id]
    work = Work(run.job_id or 0, "test", None)
    with clock.at(noon + FILES_KEPT):
        assert remove_files(work) == {"runs": 0}, "on the last instant it is there"
    with clock.at(noon + FILES_KEPT + timedelta(seconds=1)):
        assert remove_files(work) == {"runs": 1}
        assert remove_files(work) == {"runs": 0}
    assert [db.session.get(StoredFile, one) for one in ids] == [None, None, None]
    page = as_owner(event, browser).get(f"/manage/{event.slug}/badges/{run.ref}")
    assert "The files were removed on" in page.text
    assert browser.get(f"/manage/{event.slug}/badges/{run.ref}.pdf").status == 404
    assert queries.count_printed(event.id) == 1, "what was printed stays written down"


def test_r4_12_cover_sheets_name_the_badges_of_each_envelope(
    app: Flask, event: Event, fonts: Path, tool: Tool, tmp_path: Path
) -> None:
    admit(event, 2, code="DEL", family_name="MWILA")
    admit(event, 1, code="ADV", family_name="ZULU", entity="Benin")
    run = printed(app, event, Choice(covers=True))
    path = tmp_path / "covers.pdf"
    path.write_bytes(read_whole(db.session.get_one(StoredFile, run.covers_id)))
    assert "Pages:           2" in tool("pdfinfo", path)
    first = tool("pdftotext", "-f", "1", "-l", "1", "-layout", path, "-")
    assert "2 badges in this envelope" in first
    assert "Signature" in first
    assert first.count("MWILA") == 2
    assert "ZULU" not in first
    assert "ZULU" in tool("pdftotext", "-f", "2", "-l", "2", path, "-")


def test_single_badge_waits_two_seconds_at_most_then_shows_progress(
    event: Event, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert running.PATIENCE_SECONDS == 2.0
    monkeypatch.setattr(running, "PATIENCE_SECONDS", 0.0)
    [row] = admit(event)
    as_owner(event, browser)
    page = browser.get(f"/manage/{event.slug}/badges")
    token = page.soup.select_one('input[name="csrf_token"]')["value"]
    answer = browser.post(
        f"/manage/{event.slug}/people/{row.ref}/badge", {"csrf_token": token, "key": "k"}
    )
    assert "This page loads itself again every two seconds." in answer.text
    [run] = queries.runs_of(event.id)
    assert db.session.get_one(Job, run.job_id).priority < 0, "before what nobody waits for"
