"""What everybody sees of speakers: their list, a page of each, portraits."""

import re

import pytest
from sqlalchemy import select

from eventhub.agenda.models import Session, Slot, Speaker
from eventhub.core.db import db, transaction
from eventhub.events.models import Event
from eventhub.i18n import Translated
from eventhub.photos.portrait import square_of
from eventhub.photos.services import keep_photo
from tests.agenda.programmes import EDITOR, make_session, make_speaker, name_speakers, publish, wall
from tests.browser import Browser
from tests.photos.pictures import sent

LIST = "/en/xiamen-2026/programme/speakers"
BIOGRAPHY = Translated(en="She *chairs* the council.", fr="Elle préside le conseil.")


@pytest.fixture
def ama(event: Event) -> Speaker:
    """Return a speaker with portrait, biography and a link, who chairs one session."""
    speaker = make_speaker(event, "Ms. Ama TETTEH", biographies=BIOGRAPHY)
    with transaction():
        photo = keep_photo(event.id, square_of(sent()), actor=EDITOR)
        speaker.portrait_id, speaker.links = photo.file_id, ["https://example.org/ama"]
    name_speakers(_session(event, "Opening"), (speaker, "chair"))
    return speaker


def _session(event: Event, title: str, starts: str = "2026-04-02T09:00", **given: str) -> Session:
    titles = Translated(en=title)
    hour = int(starts[11:13]) + 1
    ends = wall(f"{starts[:11]}{hour:02}{starts[13:]}")
    return make_session(event, titles=titles, starts=wall(starts), ends=ends, **given)


def _page(speaker: Speaker, language: str = "en") -> str:
    return f"/{language}/xiamen-2026/programme/speakers/{speaker.ref}"


def test_page_of_a_speaker_shows_all_their_sessions_and_the_biography_of_the_reader(
    ama: Speaker, event: Event, browser: Browser
) -> None:
    second = _session(event, "Round table", "2026-04-03T14:00")
    name_speakers(second, (ama, "panellist"), (ama, "rapporteur"))
    publish(event)
    page = browser.get(_page(ama))
    emphasis = page.soup.select_one(".person em")
    assert emphasis is not None
    assert emphasis.text == "chairs"
    assert "2 sessions" in page.text
    assert "Panellist, Rapporteur" in page.text
    assert "Fri 3 April, 14:00–15:00" in page.text
    assert page.soup.select_one("a[href='https://example.org/ama']") is not None
    french = browser.get(_page(ama, "fr")).text
    assert "Elle préside le conseil." in french
    assert "She" not in french
    far = browser.get(_page(ama) + "?tz=Africa/Lusaka").text
    assert "Thu 2 April, 03:00–04:00" in far


def test_closed_and_private_sessions_are_not_on_the_page_of_a_speaker(
    ama: Speaker, event: Event, browser: Browser
) -> None:
    name_speakers(_session(event, "Secret talks", access="closed"), (ama, "chair"))
    other = make_speaker(event, "Mr. Only HIDDEN")
    name_speakers(_session(event, "Very secret", access="private"), (other, "chair"))
    publish(event)
    assert "Secret talks" not in browser.get(_page(ama)).text
    assert browser.get(_page(other)).status == 404
    assert "HIDDEN" not in browser.get(LIST).text
    assert browser.get(LIST + "/XXXXXXXXXX").status == 404


def test_list_fetches_small_portraits_as_they_come_into_sight(
    ama: Speaker, event: Event, browser: Browser
) -> None:
    publish(event)
    page = browser.get(LIST)
    image = page.soup.select_one("img.portrait")
    assert image is not None
    assert (image["width"], image["height"], image["loading"]) == ("72", "72", "lazy")
    assert page.soup.select_one(f"a[href='{_page(ama)}']") is not None
    assert "chairs" in page.text
    small = browser.get(str(image["src"])).response
    large_url = browser.get(_page(ama)).soup.select_one("img.portrait")["src"]  # type: ignore[index]
    large = browser.get(str(large_url)).response
    assert small.mimetype == large.mimetype == "image/jpeg"
    assert len(small.data) < 8 * 1024 < len(large.data)


def test_long_list_leaves_biographies_to_the_pages_of_their_people(
    ama: Speaker, event: Event, browser: Browser
) -> None:
    many = [make_speaker(event, f"Mr. Number {n}") for n in range(40)]
    name_speakers(_session(event, "Round table"), *((one, "panellist") for one in many))
    publish(event)
    assert "chairs" not in browser.get(LIST).text
    assert "chairs" in browser.get(_page(ama)).text


def test_portrait_stands_at_an_address_that_never_changes(
    ama: Speaker, event: Event, browser: Browser
) -> None:
    publish(event)
    url = str(browser.get(_page(ama)).soup.select_one("img.portrait")["src"])  # type: ignore[index]
    answer = browser.client.get(url)
    assert "immutable" in answer.headers["Cache-Control"]
    again = browser.client.get(url, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert browser.client.get(re.sub(r"-[0-9a-f]{16}", "-" + "0" * 16, url)).status_code == 404
    assert browser.client.get(re.sub(r"-[0-9a-f]{16}", "-%", url)).status_code == 404
    with transaction():
        photo = keep_photo(event.id, square_of(sent()), actor=EDITOR)
    stranger = make_speaker(event, "Mr. Not NAMED", portrait_id=photo.file_id)
    assert browser.client.get(url.replace(ama.ref, stranger.ref)).status_code == 404


def test_who_refuses_publication_is_named_without_portrait_biography_and_links(
    ama: Speaker, event: Event, browser: Browser
) -> None:
    publish(event)
    with transaction():
        ama.publishes = False
    publish(event)
    page = browser.get(_page(ama))
    assert "Ms. Ama TETTEH" in page.text
    assert "chairs" not in page.text
    assert "example.org/ama" not in page.text
    assert page.soup.select_one("img.portrait") is None


def test_naming_speakers_anew_keeps_what_those_who_stay_answered(
    ama: Speaker, event: Event
) -> None:
    (slot,) = db.session.scalars(select(Slot)).all()
    with transaction():
        slot.answer = "confirmed"
    other = make_speaker(event, "Mr. Other ONE")
    session = db.session.get_one(Session, slot.session_id)
    name_speakers(session, (other, "speaker"), (ama, "chair"))
    rows = db.session.scalars(select(Slot).order_by(Slot.place)).all()
    assert [(row.speaker_id, row.role, row.answer) for row in rows] == [
        (other.id, "speaker", ""),
        (ama.id, "chair", "confirmed"),
    ]
    name_speakers(session, (other, "speaker"), (ama, "moderator"))
    assert {row.answer for row in db.session.scalars(select(Slot))} == {""}


def test_statements_of_the_pages_of_speakers_do_not_grow(
    ama: Speaker, event: Event, browser: Browser, statements: list[str]
) -> None:
    counts = []
    for number in (0, 30):
        many = [make_speaker(event, f"Mr. Number {n}") for n in range(number)]
        name_speakers(_session(event, "Table"), *((one, "panellist") for one in [ama, *many]))
        publish(event)
        for url in (LIST, _page(ama)):
            statements.clear()
            browser.get(url)
            counts.append(len(statements))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 8
