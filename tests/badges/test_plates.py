"""Name plates through the engine of badges."""

import io
from pathlib import Path

from flask import Flask

from eventhub.badges.plates import plates_of, print_plates
from eventhub.core.db import db, transaction
from eventhub.entities.models import Entity
from eventhub.i18n import Translated
from tests.factories import make_entity, make_event
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
