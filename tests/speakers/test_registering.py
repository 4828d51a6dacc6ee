"""From a speaker's link to a registration: one way for everybody who is invited directly."""

from sqlalchemy import select

from eventhub.agenda.models import Speaker
from eventhub.core.db import db, transaction
from eventhub.events.models import Event
from eventhub.registration.models import Registration
from eventhub.speakers import services
from eventhub.speakers.queries import get_row
from tests.agenda.programmes import EDITOR
from tests.browser import Browser
from tests.factories import make_category
from tests.speakers.conftest import link


def confirm(event: Event, speaker: Speaker) -> None:
    row = get_row(event, speaker.ref)
    said = {row.parts[0].name: (True, "")}
    with transaction():
        services.answer_parts(speaker, row.parts, said, invitation=row.invitation, actor=EDITOR)


def test_speaker_who_comes_registers_once_by_the_same_private_page(
    browser: Browser, event: Event, invited: Speaker
) -> None:
    category = make_category(event, "SPK", vouched_by="none", is_public=False)
    assert "To come in you need a pass" not in browser.get(link(event, invited) + "?lang=en").text
    confirm(event, invited)
    assert "To come in you need a pass" in browser.get(link(event, invited) + "?lang=en").text
    url = link(event, invited) + "/register"
    browser.get(url)
    form = browser.page.form()
    page = browser.submit(form)
    assert page.response.request.path.startswith("/my/")
    browser.submit(form)
    (row,) = db.session.scalars(select(Registration)).all()
    assert (row.speaker_id, row.category_id, row.source) == (invited.id, category.id, "invited")
    assert (row.email, row.entity_id, row.language) == ("ama@example.org", invited.entity_id, "fr")
    assert browser.get(url).response.request.path.startswith("/my/")


def test_who_confirmed_nothing_cannot_register_by_the_link(
    browser: Browser, event: Event, invited: Speaker
) -> None:
    make_category(event, "SPK")
    assert browser.get(link(event, invited) + "/register").status == 404
    assert browser.get("/speaker/XXXXXXXXXXAAAAAAAAAAAAAAAA/register").status == 404


def test_event_without_a_category_for_speakers_offers_no_registration(
    browser: Browser, event: Event, invited: Speaker
) -> None:
    make_category(event, "SPK", is_on=False)
    confirm(event, invited)
    assert "pass" not in browser.get(link(event, invited) + "?lang=en").text
    assert browser.get(link(event, invited) + "/register").status == 404
