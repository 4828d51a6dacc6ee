"""Designs on paper: the HTML says what the layout says, and nothing is cut."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from eventhub.designs.decks import deck_of, paper_of, print_deck
from eventhub.designs.placing import fields_of
from eventhub.designs.ready import KEYS, ready
from eventhub.designs.rules import OF_THE_PERSON
from eventhub.printing.sheets import Report
from tests.designs.cards import KIND, OCCASION, faces
from tests.paper import Tool

MADE = datetime(2024, 4, 2, 1, 0, tzinfo=UTC)


def made(key: str, **changes: object) -> tuple[bytes, Report]:
    """Return a ready design filled with the difficult names."""
    layout = replace(ready(key), **changes)
    deck = deck_of({"DEL": layout}, [KIND], OCCASION)
    out = io.BytesIO()
    sheets = (sheet for face in faces().values() for sheet in deck.sheets_of(face))
    report = print_deck(deck, sheets, out, title="Badges", lang="en", created_at=MADE)
    return out.getvalue(), report


@pytest.mark.parametrize("key", KEYS)
def test_html_says_what_the_layout_says(app: Flask, fonts: Path, key: str) -> None:
    layout = ready(key)
    deck = deck_of({"DEL": layout}, [KIND], OCCASION)
    own = {field.name: field for field in fields_of(layout.faces["front"], OCCASION, KIND)}
    of_person = {e.id for e in layout.faces["front"] if e.show in OF_THE_PERSON}
    found = deck.design.variants["DEL"]
    assert found.is_plain
    assert of_person <= {field.name for field in found.fields}
    for field in found.fields:
        if field.kind != "text":
            continue
        mine = own[field.name]
        assert mine.style
        assert field.style == replace(mine.style, most=pytest.approx(mine.style.most))
        assert field.vertical == mine.vertical
        assert field.gap == pytest.approx(mine.gap, abs=0.02)
        assert field.box.x == pytest.approx(mine.box.x, abs=0.02)
        assert field.box.width == pytest.approx(mine.box.width, abs=0.02)
        if mine.stack is None:
            assert field.box.y == pytest.approx(mine.box.y, abs=0.02)
            assert field.box.height == pytest.approx(mine.box.height, abs=0.02)


@pytest.mark.parametrize("key", KEYS)
def test_r4_2_ready_designs_hold_the_difficult_names(app: Flask, fonts: Path, key: str) -> None:
    """R4.2: no name is below its least size or cut; all 24 go the stream path."""
    _, report = made(key)
    assert report.on_page_path == {}
    assert report.without_picture == []


@pytest.mark.parametrize("key", ["forum", "forum_small", "side_event", "seminar"])
def test_r4_2_every_code_is_read_at_150_dpi(
    app: Flask, fonts: Path, tool: Tool, tmp_path: Path, key: str
) -> None:
    """R4.2, R4.4: a scanner reads each badge of the ready designs."""
    data, _ = made(key)
    (tmp_path / "badges.pdf").write_bytes(data)
    tool("pdftoppm", "-r", "150", "-png", "-gray", tmp_path / "badges.pdf", tmp_path / "page")
    pictures = sorted(tmp_path.glob("page-*.png"))
    read = tool("zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", *pictures).split()
    assert sorted(read) == sorted(face.qr for face in faces().values())


def test_cards_lie_on_a4_and_backs_behind_their_fronts(
    app: Flask, fonts: Path, tool: Tool, tmp_path: Path
) -> None:
    layout = replace(ready("forum", {"wifi": "Forum"}), on_a4=True)
    deck = deck_of({"DEL": layout}, [KIND], OCCASION)
    out = io.BytesIO()
    three = list(faces().values())[:3]
    sheets = (sheet for face in three for sheet in deck.sheets_of(face))
    print_deck(deck, sheets, out, title="Badges", lang="en", created_at=MADE)
    path = tmp_path / "badges.pdf"
    path.write_bytes(out.getvalue())
    assert "Pages:           4" in tool("pdfinfo", path), "two on a page: two sheets, both sides"
    sizes = {
        line.split(":")[1].strip()
        for line in tool("pdfinfo", "-l", "4", path).splitlines()
        if "size" in line and "Page" in line
    }
    assert sizes == {"841.89 x 595.276 pts (A4)"}


def test_tent_has_both_faces_on_one_page_the_upper_one_upside_down() -> None:
    paper = paper_of("tent_a4", on_paper=False)
    assert paper
    (front,), (back,) = paper.places
    assert (front.turned, back.turned) == (False, True)
    assert front.y == pytest.approx(paper.height / 2)
    assert paper.height == pytest.approx(210 * 72 / 25.4)


def test_backs_are_mirrored_from_left_to_right() -> None:
    paper = paper_of("cr80", on_paper=True)
    assert paper
    assert paper.cards == 10
    for front, back in zip(*paper.places, strict=True):
        assert front.x + back.x + 85.6 * 72 / 25.4 == pytest.approx(paper.width)
        assert front.y == back.y
