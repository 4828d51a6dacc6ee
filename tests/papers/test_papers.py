"""The programme on paper: made after publishing, in every language, handed out when it is there."""

import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from docx import Document
from flask import Flask
from sqlalchemy import select

from eventhub.agenda.models import Session
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.i18n import Translated
from eventhub.jobs.models import Job
from eventhub.jobs.runner import run_due
from eventhub.papers.imposing import impose
from eventhub.papers.kinds import PAPERS
from tests.agenda.programmes import (
    change,
    make_room,
    make_session,
    make_speaker,
    name_speakers,
    publish,
    wall,
)
from tests.browser import Browser
from tests.factories import make_event
from tests.paper import Tool

A3, A4, A5 = (842, 1191), (595, 842), (420, 595)


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a forum of two days and two rooms in English and Arabic, not published yet."""
    event = make_event(slug="xiamen-2026", starts_on=date(2026, 4, 2), ends_on=date(2026, 4, 3),
                       languages=["en", "ar"])  # fmt: skip
    jimei, haicang = make_room(event, "Jimei Hall"), make_room(event, "Haicang Hall")
    opening = make_session(event, titles=Translated(en="Opening", ar="الافتتاح"), room_id=jimei.id)
    name_speakers(opening, (make_speaker(event), "chair"))
    make_session(event, titles=Translated(en="Track on ports"), room_id=haicang.id)
    make_session(event, titles=Translated(en="Private talk"), room_id=haicang.id, access="private",
                 starts=wall("2026-04-02T12:00"), ends=wall("2026-04-02T13:00"))  # fmt: skip
    make_session(event, titles=Translated(en="Closing"), room_id=jimei.id,
                 starts=wall("2026-04-03T09:00"), ends=wall("2026-04-03T10:00"))  # fmt: skip
    return event


@pytest.fixture
def printed(event: Event, app: Flask, fonts: Path) -> Event:
    """Return it published, its papers made by the worker."""
    publish(event)
    run_due(app)
    return event


def fetch(browser: Browser, filename: str, lang: str = "en") -> bytes:
    response = browser.get(f"/{lang}/xiamen-2026/programme/papers/{filename}").response
    assert response.status_code == 200, filename
    data: bytes = response.data
    return data


def pages(data: bytes) -> list[tuple[int, int]]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        sizes = [[float(one) for one in page.mediabox] for page in pdf.pages]
    return [(round(size[2]), round(size[3])) for size in sizes]


def text_of(data: bytes, path: Path, tool: Tool) -> str:
    path.write_bytes(data)
    tool("qpdf", "--check", path)
    return " ".join(tool("pdftotext", "-layout", path, "-").split())


def test_papers_are_made_in_every_language_after_publishing(
    browser: Browser, printed: Event
) -> None:
    for lang in ("en", "ar"):
        page = browser.get(f"/{lang}/xiamen-2026/programme/papers")
        links = [a["href"].rsplit("/", 1)[1] for a in page.soup.select("dl.summary a")]
        assert links == [paper.filename for paper in PAPERS]
        for paper in PAPERS:
            assert fetch(browser, paper.filename, lang)


def test_programme_names_all_that_the_public_may_know_and_no_more(
    browser: Browser, printed: Event, tmp_path: Path, tool: Tool
) -> None:
    text = text_of(fetch(browser, "programme.pdf"), tmp_path / "a.pdf", tool)
    for said in (
        "Opening",
        "Jimei Hall",
        "Chair: Ms. Ama TETTEH, Minister",
        "Thu 2 April 2026",
        "Fri 3 April 2026",
        "09:00–10:00",
        "First version",
        "/en/xiamen-2026/programme",
    ):
        assert said in text, said
    assert "Private talk" not in text
    assert set(pages(fetch(browser, "programme.pdf"))) == {A4}
    with pikepdf.open(io.BytesIO(fetch(browser, "programme.pdf"))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"


def test_poster_for_each_room_and_day_and_sign_for_each_room(
    browser: Browser, printed: Event, tmp_path: Path, tool: Tool
) -> None:
    posters = fetch(browser, "posters.pdf")
    assert pages(posters) == [A3] * 3, "Jimei on two days, Haicang on one"
    assert "Private talk" not in text_of(posters, tmp_path / "b.pdf", tool)
    signs = fetch(browser, "door-signs.pdf")
    assert pages(signs) == [A4[::-1]] * 2
    tool("pdftoppm", "-r", "150", "-png", "-f", "1", "-l", "1",
         tmp_path / "b.pdf", tmp_path / "poster")  # fmt: skip
    read = tool("zbarimg", "-q", "--raw", next(tmp_path.glob("poster*.png")))
    assert "/en/xiamen-2026/programme/rooms/" in read
    assert "Opening" in browser.get(read.strip().partition("localhost")[2]).text


def test_booklet_has_two_small_pages_on_a_side_and_is_reproducible(
    browser: Browser, printed: Event
) -> None:
    data = fetch(browser, "booklet.pdf")
    sides = pages(data)
    assert len(sides) % 2 == 0
    assert set(sides) == {(2 * A5[0] - 1, A5[1])} or set(sides) == {(2 * A5[0], A5[1])}
    small = fetch(browser, "programme.pdf")
    once = impose(small, is_rtl=False, title="Programme")
    assert once == impose(small, is_rtl=False, title="Programme")


def test_word_document_reads_from_the_right_in_arabic(browser: Browser, printed: Event) -> None:
    english = Document(io.BytesIO(fetch(browser, "programme.docx")))
    cells = [cell.text for table in english.tables for row in table.rows for cell in row.cells]
    assert any("Opening" in cell for cell in cells)
    assert not any("Private talk" in cell for cell in cells)
    assert [p.style.name for p in english.paragraphs if p.style.name.startswith("Heading")] == [
        "Heading 1", "Heading 2", "Heading 2"
    ]  # fmt: skip
    arabic: Any = Document(io.BytesIO(fetch(browser, "programme.docx", "ar")))
    assert "الافتتاح" in "".join(cell.text for row in arabic.tables[0].rows for cell in row.cells)
    assert "<w:bidi/>" in arabic.paragraphs[0]._p.xml
    assert arabic.tables[0].rows[0].cells[0].text == "\u206709:00–10:00\u2069"


def test_arabic_times_are_read_from_the_right_in_the_pdf(
    browser: Browser, printed: Event, tmp_path: Path, tool: Tool
) -> None:
    (tmp_path / "ar.pdf").write_bytes(fetch(browser, "programme.pdf", "ar"))
    drawn = tool("pdftotext", "-bbox", tmp_path / "ar.pdf", "-")
    assert ">10:00–09:00</word>" in drawn, "as it lies on the paper from the left"


def test_day_at_the_head_of_papers_keeps_its_own_direction(
    browser: Browser, printed: Event
) -> None:
    arabic: Any = Document(io.BytesIO(fetch(browser, "programme.docx", "ar")))
    head = arabic.sections[0].header.paragraphs[0].text
    assert re.search(r" · \u2068\d+ \D+ \d{4}\u2069$", head)


def test_page_asks_once_for_papers_that_are_missing(
    browser: Browser, event: Event, app: Flask, fonts: Path
) -> None:
    publish(event)
    for _visit in range(3):
        page = browser.get("/en/xiamen-2026/programme/papers")
        assert "are being made" in page.text
        assert page.soup.select("dl.summary a") == []
    assert browser.get("/en/xiamen-2026/programme/papers/programme.pdf").text == page.text
    jobs = list(db.session.scalars(select(Job).where(Job.name == "agenda.print")))
    assert len(jobs) == 1
    run_due(app)
    assert "are being made" not in browser.get("/en/xiamen-2026/programme/papers").text


def test_new_version_has_papers_of_its_own(
    browser: Browser, printed: Event, app: Flask, tmp_path: Path, tool: Tool
) -> None:
    session = db.session.scalars(select(Session).order_by(Session.id)).first()
    assert session is not None
    change(printed, session, titles=Translated(en="Grand opening"))
    publish(printed)
    run_due(app)
    text = text_of(fetch(browser, "programme.pdf"), tmp_path / "a.pdf", tool)
    assert "Grand opening" in text
    assert "Rev.1" in text


def test_unknown_paper_and_unpublished_programme_are_not_found(
    browser: Browser, event: Event
) -> None:
    assert browser.get("/en/xiamen-2026/programme/papers").status == 404
    publish(event)
    assert browser.get("/en/xiamen-2026/programme/papers/secret.pdf").status == 404
