"""The programme as conference apps read it."""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest
from flask import Flask
from lxml import etree

from eventhub.agenda import queries, services
from eventhub.core.db import transaction
from eventhub.events.models import Event
from eventhub.events.queries import rooms_of
from eventhub.events.services import remove_room
from eventhub.exchange.schedule import MOST_NUMBERS, numbers_of
from eventhub.i18n import Translated
from tests.agenda.programmes import (
    EDITOR,
    make_room,
    make_session,
    make_speaker,
    name_speakers,
    publish,
    wall,
)
from tests.agenda.test_documents import attach
from tests.browser import Browser
from tests.factories import make_event

SCHEMAS = os.environ.get("EVENTHUB_SCHEDULE_SCHEMA", "")
XML, JSON = "/en/f1/programme/schedule.xml", "/en/f1/programme/schedule.json"


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a forum of two days in Xiamen with a short name, and four sessions of five kinds."""
    event = make_event(
        slug="f1",
        starts_on=date(2026, 4, 2),
        ends_on=date(2026, 4, 3),
        titles=Translated(en="Forum & fair", fr="Le forum", zh="论坛"),
        languages=["en", "fr", "zh"],
    )
    hall = make_room(event, "Jimei Hall")
    opening = make_session(
        event,
        titles=Translated(en="Opening <live>", zh="开幕式"),
        descriptions=Translated(en="With an address."),
        kind="opening",
        room_id=hall.id,
        floor_languages=("zh", "en"),
        interpretation=("fr",),
    )
    name_speakers(opening, (make_speaker(event, "LI Wei"), "keynote"))
    attach(event, opening)
    make_session(
        event,
        titles=Translated(en="Into the night"),
        starts=wall("2026-04-02T23:00"),
        ends=wall("2026-04-03T00:30"),
        room_id=hall.id,
    )
    make_session(event, titles=Translated(en="Behind closed doors"), access="private")
    closed = make_session(event, titles=Translated(en="Drafting"), access="closed", kind="drafting")
    name_speakers(closed, (make_speaker(event, "Ana SOUZA"), "chair"))
    gone = make_session(event, titles=Translated(en="Called off"))
    publish(event)
    with transaction():
        services.cancel_session(event, gone, actor=EDITOR)
    publish(event)
    return event


@pytest.fixture
def schemas() -> Path:
    """Return the folder of the public schemas, where this machine has it."""
    folder = Path(SCHEMAS)
    if not SCHEMAS or not folder.is_dir():
        pytest.skip("EVENTHUB_SCHEDULE_SCHEMA names no folder with the public schemas")
    return folder


def read_json(data: bytes) -> dict[str, dict[str, Any]]:
    """Return the sessions of a schedule in JSON, by title."""
    conference = json.loads(data)["schedule"]["conference"]
    return {
        talk["title"]: talk
        for day in conference["days"]
        for talks in day["rooms"].values()
        for talk in talks
    }


def test_xml_says_when_where_and_who(event: Event, browser: Browser) -> None:
    root = etree.fromstring(browser.get(XML).response.data)
    assert root.findtext("conference/title") == "Forum & fair"
    assert root.findtext("conference/time_zone_name") == "Asia/Shanghai"
    opening = root.xpath("day[@index='1']/room[@name='Jimei Hall']/event[1]")[0]
    said = {name: opening.findtext(name) for name in ("title", "date", "start", "duration", "type")}
    assert said == {
        "title": "Opening <live>", "date": "2026-04-02T09:00:00+08:00", "start": "09:00",
        "duration": "01:00", "type": "Opening",
    }  # fmt: skip
    assert opening.findtext("abstract") == "With an address."
    assert "French" in (opening.findtext("description") or "")
    assert [person.text for person in opening.findall("persons/person")] == ["LI Wei"]


def test_session_across_midnight_belongs_to_the_day_it_begins(
    event: Event, browser: Browser
) -> None:
    days = json.loads(browser.get(JSON).response.data)["schedule"]["conference"]["days"]
    assert [day["date"] for day in days] == ["2026-04-02"]
    assert days[0]["day_end"] == "2026-04-03T00:30:00+08:00"
    late = read_json(browser.get(JSON).response.data)["Into the night"]
    assert (late["start"], late["duration"]) == ("23:00", "01:30")


def test_conference_reaches_over_sessions_before_and_after_its_days(
    event: Event, browser: Browser
) -> None:
    """Apps count the days from the first: a session of the eve must not fall before it."""
    for day in ("2026-04-01", "2026-04-04"):
        make_session(event, starts=wall(f"{day}T15:00"), ends=wall(f"{day}T16:00"))
    publish(event)
    conference = json.loads(browser.get(JSON).response.data)["schedule"]["conference"]
    assert (conference["start"], conference["end"]) == ("2026-04-01", "2026-04-04")
    root = etree.fromstring(browser.get(XML).response.data)
    assert root.findtext("conference/start") == root.xpath("string(day[1]/@date)") == "2026-04-01"


def test_r3_2_schedule_tells_no_more_than_the_public_may_know(
    event: Event, browser: Browser
) -> None:
    """R3.2: private and cancelled sessions are left out, closed ones give their title alone."""
    for path in (XML, JSON):
        text = browser.get(path).response.text
        assert "Behind closed doors" not in text
        assert "Called off" not in text
        assert "Drafting" in text
        assert "SOUZA" not in text


def test_each_language_has_its_own_schedule(event: Event, browser: Browser) -> None:
    chinese = read_json(browser.get("/zh/f1/programme/schedule.json").response.data)
    assert "开幕式" in chinese
    guids = {talk["guid"] for talk in chinese.values()}
    assert guids == {talk["guid"] for talk in read_json(browser.get(JSON).response.data).values()}


def test_next_version_keeps_the_names_of_sessions(event: Event, browser: Browser) -> None:
    before = read_json(browser.get(JSON).response.data)
    make_session(event, titles=Translated(en="One more"))
    publish(event)
    after = read_json(browser.get(JSON).response.data)
    assert set(after) - set(before) == {"One more"}
    for title, talk in before.items():
        assert after[title]["guid"] == talk["guid"]
        assert after[title]["id"] == talk["id"]


def test_known_schedule_is_answered_without_a_body(event: Event, browser: Browser) -> None:
    for path in (XML, JSON):
        tag = browser.get(path).response.headers["ETag"]
        again = browser.get(path, **{"If-None-Match": tag})
        assert (again.status, again.response.data) == (304, b"")
    make_session(event)
    publish(event)
    changed = browser.get(JSON, **{"If-None-Match": tag})
    assert changed.status == 200
    assert changed.response.headers["ETag"] != tag


def test_programme_leads_to_the_files(event: Event, browser: Browser) -> None:
    assert "/en/f1/programme/apps" in browser.get("/en/f1/programme").response.text
    page = browser.get("/en/f1/programme/apps").response.text
    assert XML in page
    assert JSON in page


def test_nothing_published_is_not_found(app: Flask, browser: Browser) -> None:
    make_event(slug="quiet")
    for name in ("schedule.xml", "schedule.json", "apps"):
        assert browser.get(f"/en/quiet/programme/{name}").status == 404


def test_numbers_that_fall_together_are_told_apart() -> None:
    first = "00000000-0000-0000-0000-000000000001"
    same = f"{MOST_NUMBERS + 1:032x}"
    twice = f"{same[:8]}-{same[8:12]}-{same[12:16]}-{same[16:20]}-{same[20:]}"
    assert numbers_of([first]) == {first: 2}
    assert sorted(numbers_of([first, twice]).values()) == [2, 3]


def test_public_schema_accepts_the_xml(event: Event, browser: Browser, schemas: Path) -> None:
    schema = etree.XMLSchema(etree.parse(schemas / "schedule.xml.xsd"))
    given = etree.fromstring(browser.get(XML).response.data)
    assert schema.validate(given), schema.error_log
    given.find("conference").tag = "meeting"
    assert not schema.validate(given)


def test_public_schema_accepts_the_json(event: Event, browser: Browser, schemas: Path) -> None:
    schema = json.loads((schemas / "schedule.schema.json").read_text())
    accept = fastjsonschema.compile(schema)
    given = json.loads(browser.get(JSON).response.data)
    assert accept(given) == given
    del given["schedule"]["conference"]["days"]
    with pytest.raises(fastjsonschema.JsonSchemaValueException):
        accept(given)


def test_room_removed_after_publishing_is_named_until_the_next_version(
    event: Event, browser: Browser
) -> None:
    with transaction():
        for session in queries.sessions_of(event.id):
            session.room_id = None
    with transaction():
        remove_room(event, rooms_of(event.id)[0], actor=EDITOR)
    for path in (XML, JSON):
        assert "Jimei Hall" in browser.get(path).response.text
    publish(event)
    after = read_json(browser.get(JSON).response.data)
    assert "Jimei Hall" not in browser.get(XML).response.text
    assert {talk["room"] for talk in after.values()} == {"Xiamen"}


def test_r3_2_hidden_title_of_a_closed_session_is_hidden_here_too(
    event: Event, browser: Browser
) -> None:
    secret = make_session(
        event, titles=Translated(en="Budget of the host"), access="closed", hides_title=True
    )
    publish(event)
    for path in (XML, JSON):
        text = browser.get(path).response.text
        assert "Budget" not in text
        assert secret.uid in text


def test_public_documents_are_attachments(event: Event, browser: Browser) -> None:
    session = make_session(event, titles=Translated(en="Trade"))
    paper = attach(event, session)
    attach(event, session, visibility="admitted", title="For those admitted")
    publish(event)
    talk = read_json(browser.get(JSON).response.data)["Trade"]
    assert [one["title"] for one in talk["attachments"]] == ["Concept note"]
    assert talk["attachments"][0]["url"].endswith(f"/en/f1/programme/documents/{paper.ref}")
    root = etree.fromstring(browser.get(XML).response.data)
    (found,) = root.xpath("//event[title='Trade']/attachments/attachment")
    assert (found.text, found.get("href")) == ("Concept note", talk["attachments"][0]["url"])


def test_every_language_of_a_speaker_and_the_floor_is_said(event: Event, browser: Browser) -> None:
    speaker = make_speaker(
        event, "Ana SOUZA", biographies=Translated(en="An economist.", fr="Une économiste.")
    )
    session = make_session(event, titles=Translated(en="Trade"), floor_languages=("fr", "en"))
    name_speakers(session, (speaker, "chair"), (speaker, "speaker"))
    publish(event)
    english = read_json(browser.get(JSON).response.data)["Trade"]
    french = read_json(browser.get("/fr/f1/programme/schedule.json").response.data)["Trade"]
    assert [one["name"] for one in english["persons"]] == ["Ana SOUZA"], "once, whatever the parts"
    assert english["language"] == "fr"
    assert [one["biography"] for one in french["persons"]] == ["Une économiste."]
    assert english["persons"][0]["guid"] == french["persons"][0]["guid"]
