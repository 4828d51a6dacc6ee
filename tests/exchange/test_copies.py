"""The static copy of the public pages: whole, without our host, the same twice (archiving)."""

import io
import json
import posixpath
import zipfile
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from eventhub.config import Settings
from eventhub.core import clock
from eventhub.core.db import transaction
from eventhub.events.models import Event
from eventhub.events.services import add_info_page, archive_event
from eventhub.exchange.copies import pages
from eventhub.exchange.copies.making import make_copy
from eventhub.exchange.copies.names import file_name, way
from eventhub.exchange.queries import find_copy
from eventhub.files.services import read_whole
from eventhub.i18n import Translated
from eventhub.jobs.queries import find_live
from eventhub.jobs.runner import run_one
from tests.agenda.programmes import (
    EDITOR,
    make_room,
    make_session,
    make_speaker,
    name_speakers,
    publish,
)
from tests.agenda.test_documents import PAPER, attach
from tests.browser import Browser
from tests.factories import give, make_account, make_event

LANGUAGES = ["en", "zh", "ar"]
DAY = date(2026, 5, 4)


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a forum of two days in three languages that is over, with a published programme."""
    event = make_event(
        slug="forum-2026",
        starts_on=date(2026, 4, 2),
        ends_on=date(2026, 4, 3),
        titles=Translated(en="Forum & fair", zh="论坛", ar="المنتدى"),
        languages=LANGUAGES,
    )
    hall = make_room(event, "Jimei Hall")
    opening = make_session(
        event, titles=Translated(en="Opening", zh="开幕式"), kind="opening", room_id=hall.id,
        descriptions=Translated(en="With [a link](https://example.org/far)."),
    )  # fmt: skip
    name_speakers(opening, (make_speaker(event, "LI Wei"), "keynote"))
    attach(event, opening)
    attach(event, opening, visibility="admitted", title="For those admitted")
    make_session(event, titles=Translated(en="Behind closed doors"), access="private")
    second = make_session(event, titles=Translated(en="Second day"))
    with transaction():
        for name in ("starts", "ends", "starts_at", "ends_at"):
            setattr(second, name, getattr(second, name) + timedelta(days=1))
        add_info_page(
            event, slug="arrival", titles=Translated(en="Arrival"),
            bodies=Translated(en="Take the *ferry*. [Programme](/en/forum-2026/programme)"),
            actor=EDITOR,
        )  # fmt: skip
    publish(event)
    return event


def copied(event: Event) -> bytes:
    """Return the bytes of a copy."""
    file = io.BytesIO()
    make_copy(event, file, day=DAY, report=lambda _done, _total: None)
    return file.getvalue()


@pytest.fixture
def files(event: Event) -> dict[str, bytes]:
    """Return the files of a copy by name."""
    with zipfile.ZipFile(io.BytesIO(copied(event))) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


def html_of(files: dict[str, bytes]) -> dict[str, BeautifulSoup]:
    """Return the pages of a copy."""
    return {n: BeautifulSoup(data, "lxml") for n, data in files.items() if n.endswith(".html")}


def links_of(soup: BeautifulSoup) -> list[str]:
    """Return all addresses that a page names."""
    return [
        str(element[name])
        for element in soup.find_all(True)
        for name in ("href", "src", "data", "poster")
        if element.get(name)
    ]


def test_every_relative_link_of_the_copy_leads_to_a_file(files: dict[str, bytes]) -> None:
    pages_ = html_of(files)
    seen = 0
    for name, soup in pages_.items():
        for address in links_of(soup):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            path, fragment = urldefrag(address)
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path)))
            target = target if path else name
            assert target in files, f"{name} leads to {address}"
            if fragment:
                assert pages_[target].find(id=fragment), f"{name} leads to {address}"
            seen += 1
    assert seen > 100
    for name, data in files.items():
        if name.endswith(".css"):
            for match in pages._STYLE_URL.finditer(data.decode()):
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[2]))
                assert match[2].startswith("data:") or target in files, f"{name}: {match[2]}"


def test_copy_holds_all_languages_programme_and_practical_pages(files: dict[str, bytes]) -> None:
    for language in LANGUAGES:
        assert f"{language}/index.html" in files
        assert f"{language}/programme.html" in files
        assert f"{language}/programme/2026-04-02.html" in files
        assert f"{language}/programme/2026-04-03.html" in files
        assert f"{language}/practical/arrival.html" in files
        assert f"{language}/calendar.ics" in files
        assert f"{language}/programme/schedule.json" in files
    assert "开幕式" in files["zh/programme/2026-04-02.html"].decode()
    assert any(name.startswith("en/programme/sessions/") for name in files)
    assert "Forum &amp; fair" in files["index.html"].decode()
    papers = [name for name in files if name.startswith("en/programme/documents/")]
    assert [name.rpartition(".")[2] for name in papers] == ["pdf"]
    assert files[papers[0]] == PAPER
    talks = json.loads(files["en/programme/schedule.json"])["schedule"]["conference"]["days"]
    (talk,) = talks[0]["rooms"]["Jimei Hall"]
    assert f"en/programme/{talk['attachments'][0]['url']}" == papers[0]
    assert f"en/programme/{talk['url']}" in files


def test_copy_asks_no_server_and_names_our_host_once(app: Flask, files: dict[str, bytes]) -> None:
    settings: Settings = app.extensions["eventhub.settings"]
    host = urlsplit(settings.base_url).netloc
    for name, data in files.items():
        text = data.decode("utf-8", "replace")
        if name.endswith(".html"):
            soup = BeautifulSoup(text, "lxml")
            assert not soup.find(["script", "form", "iframe"]), name
            assert text.count(host) == 1, name
            assert f"Copy of {settings.base_url}" in text or not name.startswith("en/")
        elif name.endswith((".ics", ".xml", ".json", ".css")):
            assert f"//{host}" not in text, name


def test_r3_2_copy_holds_nothing_that_is_not_public(files: dict[str, bytes]) -> None:
    for name, data in files.items():
        assert b"Behind closed doors" not in data, name
        assert b"For those admitted" not in data, name


def test_far_links_stay_and_links_into_the_installation_lose_their_way(
    files: dict[str, bytes],
) -> None:
    sessions = [n for n in files if n.startswith("en/programme/sessions/") and n.endswith(".html")]
    (session,) = (files[name] for name in sessions if b"With" in files[name])
    assert b'href="https://example.org/far"' in session
    home = html_of(files)["en/index.html"]
    assert home.find("a", href="practical/arrival.html")
    assert not home.find("a", string=lambda text: text and "Find my registration" in text)
    assert "Share this page" not in home.get_text()
    assert "another clock" not in html_of(files)["en/programme.html"].get_text()
    practical = html_of(files)["en/practical/arrival.html"]
    assert practical.find("a", string="Programme")["href"] == "../programme.html"


def test_same_pages_on_the_same_day_give_the_same_bytes(event: Event) -> None:
    assert copied(event) == copied(event)


def test_calendar_of_the_copy_is_still_a_calendar(files: dict[str, bytes]) -> None:
    data = files["en/calendar.ics"]
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert data.count(b"BEGIN:VEVENT") == 2
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_archiving_makes_the_copy_and_the_home_page_offers_it(
    event: Event, app: Flask, browser: Browser, tmp_path: Path
) -> None:
    account = make_account()
    give(account, "event_owner", event)
    browser.sign_in(account)
    clock_after = event.ends_at + timedelta(days=1)
    with clock.at(clock_after):
        assert "Copy for keeping" in browser.get("/manage/forum-2026").text
        with transaction():
            archive_event(event, actor=EDITOR)
        assert find_live(f"exchange.copy:{event.id}") is not None
        page = browser.get("/manage/forum-2026/kept-copy")
        assert "The copy is being made" in page.text
        assert browser.get("/manage/forum-2026/kept-copy.zip").status == 404
        while run_one(app, "test"):
            pass
        page = browser.get("/manage/forum-2026/kept-copy")
        assert "made" in page.text
        answer = browser.get("/manage/forum-2026/kept-copy.zip").response
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as whole:
        assert "index.html" in whole.namelist()
        assert whole.testzip() is None
    (copy, file) = find_copy(event.id) or (None, None)
    assert copy is not None
    assert file is not None
    assert read_whole(file) == answer.data


def test_new_copy_takes_the_place_of_the_one_before(
    event: Event, app: Flask, browser: Browser
) -> None:
    account = make_account()
    give(account, "event_owner", event)
    browser.sign_in(account)
    names = []
    for _turn in range(2):
        browser.get("/manage/forum-2026/kept-copy")
        browser.submit()
        while run_one(app, "test"):
            pass
        found = find_copy(event.id)
        assert found is not None
        names.append(found[1].ref)
    assert len(set(names)) == 2


def test_stranger_fetches_no_copy(event: Event, browser: Browser) -> None:
    browser.sign_in(make_account())
    assert browser.get("/manage/forum-2026/kept-copy").status in (403, 404)
    assert browser.get("/manage/forum-2026/kept-copy.zip").status in (403, 404)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/en/f-2026", "en/index.html"),
        ("/en/f-2026/programme", "en/programme.html"),
        ("/en/f-2026/programme/2026-04-02.ics", "en/programme/2026-04-02.ics"),
        ("/static/css/public.css", "files/css/public.css"),
        ("/static-event/f-2026/abc.css", "files/abc.css"),
    ],
)
def test_file_of_a_path(path: str, name: str) -> None:
    assert file_name(path, "f-2026") == name


def test_way_between_files() -> None:
    assert way("en/programme/a.html", "files/css/x.css") == "../../files/css/x.css"
    assert way("index.html", "en/index.html") == "en/index.html"
    assert way("en/a.html", "en/论.html") == "%E8%AE%BA.html"


def test_files_of_the_copy_bear_no_time_of_their_making(event: Event) -> None:
    with zipfile.ZipFile(io.BytesIO(copied(event))) as whole:
        assert {one.date_time for one in whole.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_page_of_the_copy_loses_what_asks_a_server() -> None:
    source = (
        '<html><head><script src="/a.js"></script><link rel="canonical" href="http://h/x"></head>'
        '<body><form action="/send"><p>Send</p></form><p>Words <a href="/gone">in a sentence</a>'
        ' stay.</p><p><a href="/gone">Alone</a></p><p>Seen at http://h/en.</p>'
        "<section data-live>Live</section></body></html>"
    )
    found = pages.page(
        source.encode(), lambda _address: None, base_url="http://h", line="Copy of it."
    )
    soup = BeautifulSoup(found, "lxml")
    assert not soup.find(["script", "form", "link", "a"])
    text = " ".join(soup.get_text(" ").split())
    assert text == "Words in a sentence stay. Seen at Copy of it."
