"""The agenda and the documents that the demo's forum publishes."""

import io

from docx import Document

from eventhub.agenda.lint import look_over
from eventhub.agenda.queries import find_programme, load_draft
from eventhub.demo.content.papers import items_of
from eventhub.events.queries import get_event
from eventhub.i18n import LANGUAGES
from tests.browser import Browser
from tests.demo.conftest import Demo

PUBLIC = "/en/xiamen-2024/programme"


def test_forum_publishes_its_provisional_agenda_with_sub_items(demo: Demo) -> None:
    programme = find_programme(get_event("xiamen-2024").id)
    assert programme is not None
    numbers = sorted(item["number"] for item in programme.items.values())
    assert numbers == ["1", "2", "3", "4", "4 (a)", "4 (b)", "4 (c)", "4 (d)", "4 (e)", "5", "6"]
    page = Browser(demo.app).get(f"{PUBLIC}/agenda")
    assert "Provisional agenda" in page.text
    assert "Industrial cooperation" in page.text


def test_items_are_written_in_the_languages_of_the_demo() -> None:
    for item in items_of("xiamen-2024"):
        assert {"en", "fr", "zh", "ar"} <= set(item.title) <= set(LANGUAGES)


def test_forum_shows_its_papers_and_keeps_one_for_those_admitted(demo: Demo) -> None:
    programme = find_programme(get_event("xiamen-2024").id)
    assert programme is not None
    seen = {said["titles"]["en"]: said["visibility"] for said in programme.documents.values()}
    assert len(seen) == 5
    assert seen.pop("Elements of a draft statement") == "admitted"
    assert set(seen.values()) == {"public"}
    ref = next(
        ref for ref, said in programme.documents.items()
        if said["titles"]["en"] == "Agenda (revised)"
    )  # fmt: skip
    answer = Browser(demo.app).get(f"{PUBLIC}/documents/{ref}")
    said = [one.text for one in Document(io.BytesIO(answer.response.data)).paragraphs]
    assert "CAIDCF/2024/1/Rev.1" in said[0]
    assert "4 (c)  Industrial cooperation" in said


def test_r3_36_speeches_of_the_demo_fit_its_openings(demo: Demo) -> None:
    for slug in ("xiamen-2024", "new-york-2025"):
        event = get_event(slug)
        found = look_over(event, load_draft(event.id))
        assert not [one for one in found if one.finding.check == "speeches_too_long"]
