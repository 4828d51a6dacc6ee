"""Designs on paper: the HTML says what the layout says, and nothing is cut."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from eventhub.designs.decks import deck_of, print_deck
from eventhub.designs.placing import fields_of
from eventhub.designs.ready import KEYS, ready
from eventhub.designs.rules import OF_THE_PERSON
from eventhub.printing.sheets import Report
from tests.designs.cards import KIND, OCCASION, faces

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
