"""A forum with a speaker in three sessions, for the tests of speakers."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from eventhub.agenda.models import Session, Speaker
from eventhub.core import clock
from eventhub.core.db import transaction
from eventhub.events.models import Event
from eventhub.i18n import Translated, use
from eventhub.mail.models import OutboxMail
from eventhub.mail.seams import MESSAGES, Letter
from eventhub.speakers import services
from eventhub.speakers.queries import get_row, token_of
from tests.agenda.programmes import (
    EDITOR,
    make_session,
    make_speaker,
    make_xiamen,
    name_speakers,
    wall,
)
from tests.browser import Browser
from tests.factories import give, make_account, make_entity

MANAGE = "/manage/xiamen-2026/programme/speakers"


def letter_of(mail: OutboxMail) -> Letter | None:
    """Return what a mail says, in its language."""
    with use(mail.language):
        return MESSAGES[mail.message](mail.event_id, mail.ids)


@pytest.fixture(autouse=True)
def march() -> Iterator[None]:
    """Stop the clock a month before the event."""
    with clock.at(datetime(2026, 3, 3, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a forum on 2 and 3 April 2026 in Xiamen, in English and French."""
    return make_xiamen()


@pytest.fixture
def sessions(event: Event) -> list[Session]:
    """Return an opening, a panel and a closing session."""
    return [
        make_session(
            event, code=code, titles=Translated(en=title, fr=f"{title} fr"), starts=wall(starts)
        )
        for code, title, starts in (
            ("1.1", "Opening", "2026-04-02T09:00"),
            ("2.1", "Panel", "2026-04-02T14:00"),
            ("3.1", "Closing", "2026-04-03T16:00"),
        )
    ]


@pytest.fixture
def ama(event: Event, sessions: list[Session]) -> Speaker:
    """Return a speaker of Zambia who reads French and has a part in each session."""
    zambia = make_entity("ZMB", iso2="ZM")
    speaker = make_speaker(
        event, "Ms. Ama TETTEH", email="ama@example.org", language="fr", entity_id=zambia.id
    )
    for session, role in zip(sessions, ("chair", "panellist", "speaker"), strict=True):
        name_speakers(session, (speaker, role))
    return speaker


@pytest.fixture
def invited(event: Event, ama: Speaker) -> Speaker:
    """Return the speaker, invited."""
    with transaction():
        services.invite(event, [ama.ref], actor=EDITOR)
    return ama


@pytest.fixture
def editor(event: Event, browser: Browser) -> Browser:
    """Return the browser of an agenda editor."""
    account = make_account()
    give(account, "agenda_editor", event)
    return browser.sign_in(account)


def link(event: Event, speaker: Speaker) -> str:
    """Return the address of the speaker's own page, as it is valid now."""
    invitation = get_row(event, speaker.ref).invitation
    assert invitation is not None
    return f"/speaker/{token_of(speaker, invitation)}"
