"""What speakers may ask of us, registered or not: a copy, and to be forgotten; who sees needs."""

import io
import json
import zipfile

import pytest

from eventhub.agenda.models import Speaker
from eventhub.audit.queries import entries_of
from eventhub.core.db import db, transaction
from eventhub.events.models import Event
from eventhub.i18n import Translated
from eventhub.mail.services import mails_of
from eventhub.photos.models import Photo
from eventhub.photos.portrait import square_of
from eventhub.photos.services import keep_photo
from eventhub.speakers import services
from eventhub.speakers.queries import get_row
from eventhub.speakers.services import Availability
from tests.agenda.programmes import EDITOR, publish
from tests.browser import Browser
from tests.factories import give, make_account, make_category, make_registration
from tests.photos.pictures import sent
from tests.speakers.conftest import MANAGE, link


@pytest.fixture
def told(event: Event, invited: Speaker) -> Speaker:
    """Return the speaker with portrait, biography and needs, published."""
    invitation = get_row(event, invited.ref).invitation
    assert invitation is not None
    said = Availability("Africa/Lusaka", "in_person", "A ramp")
    with transaction():
        photo = keep_photo(event.id, square_of(sent()), actor=EDITOR)
        invited.portrait_id = photo.file_id
        invited.biographies = Translated(en="She chairs.")
        services.say_availability(event, invited, invitation, said, actor=EDITOR)
    publish(event)
    return invited


def owner(event: Event, browser: Browser, role: str = "event_owner") -> Browser:
    account = make_account()
    give(account, role, event)
    return browser.sign_in(account)


def test_speaker_without_registration_takes_a_copy_of_everything(
    browser: Browser, event: Event, told: Speaker
) -> None:
    browser.get(link(event, told) + "/copy?lang=en")
    answer = browser.submit().response
    with zipfile.ZipFile(io.BytesIO(answer.data)) as copied:
        held = json.loads(copied.read("data.json"))["held"]
        assert "portrait.jpg" in copied.namelist()
    assert held["agenda"]["speaker"][0]["email"] == "ama@example.org"
    assert len(held["agenda"]["slot"]) == 3
    assert held["speakers"]["speaker_invitation"][0]["needs"] == "A ramp"


def test_owner_erases_a_speaker_without_registration_in_published_versions_too(
    browser: Browser, event: Event, told: Speaker
) -> None:
    url, page = link(event, told), f"/en/xiamen-2026/programme/speakers/{told.ref}"
    assert "She chairs." in browser.get(page).text
    owner(event, browser).get(f"{MANAGE}/{told.ref}/erase")
    assert browser.submit(reference="WRONG").status == 422
    browser.get(f"{MANAGE}/{told.ref}/erase")
    assert "are erased for ever" in browser.submit(reference=told.ref).text
    db.session.expire_all()
    assert (told.email, told.portrait_id, dict(told.biographies)) == (None, None, {})
    assert db.session.query(Photo).count() == 0
    invitation = get_row(event, told.ref).invitation
    assert invitation is not None
    assert (invitation.zone, invitation.presence, invitation.sealed) == ("", "", None)
    assert all("ama@" not in mail.to for mail in mails_of(event.id))
    assert browser.get(url).status == 404
    shown = browser.get(page)
    assert "Ms. Ama TETTEH" in shown.text
    assert "She chairs." not in shown.text
    assert shown.soup.select_one("img.portrait") is None


def test_registered_speaker_is_erased_with_the_registration(
    browser: Browser, event: Event, told: Speaker
) -> None:
    row = make_registration(event, make_category(event, "SPK"), speaker_id=told.id)
    page = owner(event, browser).get(f"{MANAGE}/{told.ref}/erase", follow=False)
    assert page.location.endswith(f"/people/{row.ref}/erase")


def test_needs_are_shown_to_whoever_may_see_them_and_it_is_written_down(
    browser: Browser, event: Event, told: Speaker
) -> None:
    page = owner(event, browser).get(f"{MANAGE}/{told.ref}")
    assert "A ramp" not in page.text
    page = browser.submit(page.form(action="/needs"))
    assert "A ramp" in page.text
    assert entries_of(event.id, subject_ref=told.ref)[0].action == "speaker.see_needs"


def test_editor_of_the_programme_does_not_see_needs(
    browser: Browser, event: Event, told: Speaker
) -> None:
    page = owner(event, browser, "agenda_editor").get(f"{MANAGE}/{told.ref}")
    assert not page.soup.select("form[action$='/needs']")
    token = str(page.soup.find("input", {"name": "csrf_token"})["value"])  # type: ignore[index]
    assert browser.post(f"{MANAGE}/{told.ref}/needs", {"csrf_token": token}).status == 404
