"""A forum in Xiamen with a programme, and who edits it."""

from datetime import date

import pytest
from flask import Flask

from eventhub.agenda import services as agenda
from eventhub.core.db import transaction
from eventhub.events.models import Event
from eventhub.i18n import Translated
from tests.agenda.programmes import (
    EDITOR,
    make_room,
    make_session,
    make_speaker,
    name_speakers,
    wall,
)
from tests.browser import Browser
from tests.factories import give, make_account, make_category, make_event


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a forum of two days in Xiamen with a hall, a track, a speaker and two sessions."""
    event = make_event(
        slug="f1", starts_on=date(2026, 4, 2), ends_on=date(2026, 4, 3), languages=["en", "zh"]
    )
    make_category(event, "DEL")
    hall = make_room(event, "Jimei Hall", code="JH", booths=("en", "zh"))
    with transaction():
        track = agenda.add_track(event.id, "T1", Translated(en="Data"), actor=EDITOR)
    opening = make_session(
        event,
        code="1",
        titles=Translated(en="=Opening", zh="开幕式"),
        descriptions=Translated(en="First line.\n\nSecond line."),
        kind="opening",
        room_id=hall.id,
        track_id=track.id,
        floor_languages=("zh", "en"),
        interpretation=("en", "zh"),
        access="by_invitation",
        admit=("DEL",),
        breaks=(("09:20", "09:30"),),
        counts_for_certificate=True,
        credit_minutes=45,
        layout="u_shape",
    )
    name_speakers(opening, (make_speaker(event, "LI Wei"), "keynote"))
    make_session(
        event, code="2", titles=Translated(en="Late"), starts=wall("2026-04-02T23:00"),
        ends=wall("2026-04-03T00:30"), place_note=Translated(en="Ferry"),
    )  # fmt: skip
    return event


@pytest.fixture
def editor(event: Event, browser: Browser) -> Browser:
    """Return the browser of somebody who edits the programme."""
    account = make_account()
    give(account, "agenda_editor", event)
    return browser.sign_in(account)
