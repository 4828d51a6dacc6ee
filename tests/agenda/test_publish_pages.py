"""Pages that publish: embargo, two persons, going back, who is told."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from eventhub.agenda import jobs, queries, seams
from eventhub.agenda.made import Source
from eventhub.agenda.services import publishing
from eventhub.core import clock
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.i18n import Translated
from eventhub.jobs.runner import run_due
from tests.agenda.programmes import (
    change,
    make_session,
    make_speaker,
    name_speakers,
    publish,
    wall,
)
from tests.browser import Browser
from tests.factories import (
    give,
    make_account,
    make_category,
    make_event,
    make_registration,
)

URL = "/manage/new-york-2026/programme"


@pytest.fixture
def event(app: Flask, noon: datetime) -> Iterator[Event]:
    """Return a forum in New York on 2 and 3 April 2026; it is noon UTC on 1 March."""
    return make_event(
        slug="new-york-2026", zone="America/New_York", starts_on=date(2026, 4, 2),
        languages=["en"], cities=Translated(en="New York"),
    )  # fmt: skip


def _browser(app: Flask, event: Event, role: str = "agenda_editor") -> Browser:
    account = make_account()
    give(account, role, event)
    return Browser(app).sign_in(account)


@pytest.fixture
def editor(app: Flask, event: Event) -> Browser:
    """Return the browser of an agenda editor."""
    return _browser(app, event)


def _page(browser: Browser, path: str = "/publish") -> str:
    return browser.get(f"{URL}{path}").text


def _renamed(event: Event) -> None:
    session = make_session(event, code="1", titles=Translated(en="Old title"))
    publish(event)
    change(event, session, titles=Translated(en="New title"))


def test_embargo_is_set_shown_and_taken_back(editor: Browser, event: Event) -> None:
    _renamed(event)
    _page(editor)
    page = editor.submit(public_from="2026-03-01T09:30", note="For the minister")
    assert "Rev.1 becomes public on Sun 1 March 2026, 09:30." in page.text
    version = queries.find_coming(event.id)
    assert version is not None
    assert version.public_at == datetime(2026, 3, 1, 14, 30, tzinfo=UTC)
    assert "Public from Sun 1 March 2026, 09:30" in _page(editor, "/versions")
    assert "Rev.1 becomes public" in _page(editor)
    page = editor.submit(editor.page.form(action="embargo"))
    assert "Rev.1 is taken back and stays unpublished." in page.text
    assert queries.find_coming(event.id) is None


@pytest.mark.parametrize(
    ("wall_time", "told"),
    [
        ("2026-03-08T02:30", "Clocks in America/New_York go from 2026-03-08 01:59"),
        ("2026-02-28T09:00", "Choose a time that is still to come"),
        ("soon", "Write the date and time like"),
    ],
)
def test_embargo_that_cannot_be_stands_by_its_field_and_nothing_is_lost(
    editor: Browser, event: Event, wall_time: str, told: str
) -> None:
    _renamed(event)
    _page(editor)
    page = editor.submit(public_from=wall_time, note="For the minister")
    assert page.status == 422
    assert told in " ".join(page.errors())
    assert page.soup.select_one("[name=note]")["value"] == "For the minister"  # type: ignore[index]
    assert queries.latest_number(event.id) == 0


def test_embargo_at_an_hour_shown_twice_is_asked_for(editor: Browser, event: Event) -> None:
    _renamed(event)
    _page(editor)
    page = editor.submit(public_from="2026-11-01T01:30")
    assert page.status == 422
    assert "Choose the first or the second time." in " ".join(page.errors())
    editor.submit(public_from="2026-11-01T01:30", public_from_fold="1")
    version = queries.find_coming(event.id)
    assert version is not None
    assert version.public_at == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


def test_page_counts_who_is_told_and_shows_a_letter(editor: Browser, event: Event) -> None:
    session = make_session(event, code="2.3", titles=Translated(en="Track 3"), access="closed",
                           admit=("DEL",))  # fmt: skip
    name_speakers(session, (make_speaker(event, email="chair@example.org"), "chair"))
    publish(event)
    delegates = make_category(event, "DEL")
    for _turn in range(2):
        make_registration(event, delegates, state="accredited")
    starts = wall("2026-04-02T14:30")
    change(event, session, starts=starts, ends=starts + timedelta(hours=1))
    text = _page(editor)
    assert "2 confirmed people whose programme changes" in text
    assert "1 speaker besides" in text
    assert "- 2.3 Track 3 moved from 09:00–10:00 to 14:30–15:30." in text
    assert "Times are those of New York." in text


def test_two_persons_propose_and_confirm(app: Flask, event: Event, editor: Browser) -> None:
    session = make_session(event, titles=Translated(en="As proposed"))
    owner = _browser(app, event, "event_owner")
    owner.get(f"{URL}/two-persons")
    owner.submit(two_persons="y")
    _page(editor)
    page = editor.submit(note="First one")
    assert "Your proposal waits for another person to confirm it." in page.text
    assert "You proposed it: another person must confirm it." in page.text
    assert queries.latest_number(event.id) is None
    change(event, session, titles=Translated(en="Changed since"))
    text = _page(owner)
    assert "The draft changed since, in one thing" in text
    assert "As proposed is now called Changed since." in text
    assert "First one" in text
    owner.submit(owner.page.form(action="proposal"))
    programme = queries.find_programme(event.id)
    assert programme is not None
    assert programme.sessions[0].titles == {"en": "As proposed"}
    assert "As proposed is now called Changed since." in _page(editor)


def test_proposer_drops_the_own_proposal(app: Flask, event: Event, editor: Browser) -> None:
    make_session(event)
    owner = _browser(app, event, "event_owner")
    owner.get(f"{URL}/two-persons")
    owner.submit(two_persons="y")
    _page(editor)
    editor.submit()
    page = editor.submit(editor.page.form(action="drop"))
    assert "The proposal is dropped. Nothing was published." in page.text
    assert queries.find_proposal(event.id) is None


def test_editor_alone_does_not_end_the_rule_of_two_persons(editor: Browser, event: Event) -> None:
    page = editor.get(f"{URL}/two-persons")
    assert "You can read this here, but not change it." in page.text
    assert not page.soup.select('main form[method="post"]')
    token = page.soup.select_one('input[name="csrf_token"]')
    assert token is not None
    assert editor.post(f"{URL}/two-persons", {"csrf_token": str(token["value"])}).status == 404


def test_older_version_is_made_the_programme_again(editor: Browser, event: Event) -> None:
    _renamed(event)
    publish(event)
    _page(editor, "/versions/0")
    text = _page(editor, "/versions/0/back")
    assert "1 New title is now called Old title." in text
    assert "It becomes Rev.2." in text
    page = editor.submit(with_draft="y", note="Back to the first one")
    assert "Rev.2 is published." in page.text
    programme = queries.find_programme(event.id)
    assert programme is not None
    assert programme.sessions[0].titles == {"en": "Old title"}
    assert "Nothing has changed since the last publication." in _page(editor)
    assert "This is what was published last." in _page(editor, "/versions/2/back")
    assert editor.get(f"{URL}/versions/9/back").status == 404


def test_r3_5_difference_is_downloaded_as_text(editor: Browser, event: Event) -> None:
    _renamed(event)
    publish(event, "One word")
    answer = editor.get(f"{URL}/versions/1/changes.txt").response
    assert answer.mimetype == "text/plain"
    lines = answer.get_data(as_text=True).splitlines()
    assert lines[1].startswith("Rev.1, published on Sun 1 March 2026, 07:00 by")
    assert lines[2:] == ["One word", "", "- 1 Old title is now called New title."]
    assert editor.get(f"{URL}/versions/7/changes.txt").status == 404


def test_second_publisher_is_told_who_was_first(app: Flask, event: Event, editor: Browser) -> None:
    _renamed(event)
    _page(editor)
    publish(event)
    session = queries.sessions_of(event.id)[0]
    change(event, session, titles=Translated(en="Third title"))
    page = editor.submit(note="Mine")
    assert page.status == 422
    assert "Test officer published Rev.1 meanwhile." in page.text
    assert "1 New title is now called Third title." in page.text
    assert queries.latest_number(event.id) == 1
    assert "Rev.2 is published." in editor.submit().text


@pytest.mark.parametrize("path", ["/publish", "/proposal", "/versions/0/back"])
def test_who_only_looks_publishes_nothing(app: Flask, event: Event, path: str) -> None:
    _renamed(event)
    observer = _browser(app, event, "secretariat")
    assert observer.get(f"{URL}{path}").status == 404
    assert observer.get(f"{URL}/versions").status == 200


def test_version_says_that_its_papers_are_being_made(
    app: Flask, event: Event, editor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    def paper(source: Source) -> None:
        made.append(source.number)

    for module in (seams, publishing, jobs):
        monkeypatch.setattr(module, "PROGRAMME_PAPERS", [paper])
    make_session(event)
    publish(event)
    assert "The PDFs of this version are being made." in _page(editor, "/versions/0")
    run_due(app)
    db.session.rollback()
    assert made == [0]
    assert "being made" not in _page(editor, "/versions/0")


def test_pages_that_publish_ask_little_whatever_their_size(
    app: Flask, event: Event, editor: Browser, statements: list[str]
) -> None:
    delegates = make_category(event, "DEL")
    counts = []
    with clock.at(datetime(2026, 3, 1, 12, tzinfo=UTC)):
        make_session(event)
        publish(event)
        for many in (1, 20):
            for _turn in range(many):
                session = make_session(event)
                name_speakers(session, (make_speaker(event, email="a@example.org"), "chair"))
                make_registration(event, delegates, state="accredited")
            publish(event)
            change(event, session, titles=Translated(en=f"Title {many}"))
            for path in ("/publish", "/versions", "/versions/0", "/versions/0/back"):
                statements.clear()
                _page(editor, path)
                counts.append(len(statements))
    assert counts[:4] == counts[4:]
    assert max(counts) <= 15, counts
