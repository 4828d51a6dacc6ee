"""A programme that is published now and public from an hour on."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from eventhub.agenda import queries, services
from eventhub.agenda.models import ProgrammeVersion, Session
from eventhub.agenda.parts import STAGE
from eventhub.agenda.services import Terms
from eventhub.audit.queries import entries_of
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import Event
from eventhub.i18n import Translated
from eventhub.jobs.models import Job
from eventhub.jobs.runner import run_due
from tests.agenda.programmes import EDITOR, change, make_session, publish
from tests.browser import Browser
from tests.factories import make_event

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=6)
SECOND = timedelta(seconds=1)


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a forum on 2 and 3 April 2026."""
    return make_event(slug="xiamen-2026", starts_on=date(2026, 4, 2), languages=["en", "fr"])


def _publish(event: Event, until: datetime | None = LATER) -> ProgrammeVersion:
    with transaction():
        return services.publish_agenda(event, terms=Terms(public_from=until), actor=EDITOR)


def _renamed(event: Event, title: str = "The second title") -> Session:
    """Publish a session, and give it another title in the draft."""
    session = make_session(event, titles=Translated(en="The first title"))
    publish(event)
    change(event, session, titles=Translated(en=title))
    return session


def _reads(browser: Browser, instant: datetime) -> str:
    with clock.at(instant):
        return browser.get("/en/xiamen-2026/programme").text


def test_r3_5_until_the_embargo_ends_the_former_version_is_in_force(
    event: Event, browser: Browser
) -> None:
    with clock.at(NOON):
        _renamed(event)
        coming = _publish(event)
    assert (coming.number, coming.public_at, coming.published_at) == (1, LATER, NOON)
    with clock.at(LATER - SECOND):
        assert queries.latest_number(event.id) == 0
        found = queries.find_coming(event.id)
        assert found is not None
        assert found.number == 1
    assert "The first title" in _reads(browser, LATER - SECOND)


def test_r3_5_readers_see_it_at_that_second_though_no_worker_ran(
    event: Event, browser: Browser
) -> None:
    with clock.at(NOON):
        _renamed(event)
        _publish(event)
    assert "The first title" in _reads(browser, LATER - SECOND)
    etag = browser.page.response.headers["ETag"]
    assert "The second title" in _reads(browser, LATER)
    assert browser.page.response.headers["ETag"] != etag
    with clock.at(LATER):
        assert queries.find_coming(event.id) is None


def test_first_version_under_embargo_shows_nothing_yet(event: Event, browser: Browser) -> None:
    with clock.at(NOON):
        make_session(event, titles=Translated(en="The first title"))
        _publish(event)
    assert "The first title" not in _reads(browser, LATER - SECOND)
    assert "The first title" in _reads(browser, LATER)


def test_pages_are_made_before_and_the_former_ones_kept(event: Event, browser: Browser) -> None:
    with clock.at(NOON):
        _renamed(event)
        run_due(browser.app)
        _publish(event)
        run_due(browser.app)
        results = [job.result for job in db.session.query(Job).filter_by(name="agenda.render")]
        made = browser.app.extensions["eventhub.settings"].folder("cache").rglob("*first.gz")
        stamps = {path.parent.name.partition("-")[0] for path in made}
    assert results == [{"pages": 14}, {"pages": 14}]
    assert stamps == {"0", "1"}


def test_r3_6_last_modified_is_when_it_becomes_public(event: Event) -> None:
    with clock.at(NOON):
        _renamed(event)
        _publish(event)
    programme = queries.find_programme(event.id, 1)
    assert programme is not None
    assert (programme.published_at, programme.sessions[0].changed_at) == (LATER, LATER)


def test_nothing_is_published_past_an_embargo(event: Event) -> None:
    with clock.at(NOON):
        session = _renamed(event)
        _publish(event)
        change(event, session, titles=Translated(en="A third title"))
        with pytest.raises(Conflict, match=r"Rev\.1 becomes public"):
            publish(event)
    with clock.at(LATER):
        assert publish(event).number == 2


def test_cancelled_embargo_leaves_the_former_version_and_its_number(
    event: Event, browser: Browser
) -> None:
    with clock.at(NOON):
        session = _renamed(event)
        _publish(event)
        run_due(browser.app)
        with transaction():
            services.cancel_embargo(event, 1, actor=EDITOR)
        change(event, session, titles=Translated(en="A third title"))
        assert _publish(event).number == 1
    assert "The first title" in _reads(browser, LATER - SECOND)
    assert "A third title" in _reads(browser, LATER)
    assert [entry.action for entry in entries_of(event.id)][:4] == [
        "agenda.publish", "session.change", "agenda.cancel_embargo", "agenda.publish",
    ]  # fmt: skip


def test_embargo_that_ended_is_not_cancelled(event: Event) -> None:
    with clock.at(NOON):
        _renamed(event)
        _publish(event)
    with clock.at(LATER), transaction(), pytest.raises(Conflict, match="public already"):
        services.cancel_embargo(event, 1, actor=EDITOR)
    assert queries.next_number(event.id) == 2


def test_embargo_into_the_past_is_refused_beside_its_field(event: Event) -> None:
    with clock.at(NOON):
        make_session(event)
        with pytest.raises(Invalid) as refused:
            _publish(event, NOON)
    assert refused.value.field == "public_from"
    assert queries.find_newest(event.id) is None


def test_session_under_embargo_is_cancelled_not_removed(event: Event) -> None:
    with clock.at(NOON):
        session = make_session(event)
        _publish(event)
        with transaction(), pytest.raises(Conflict):
            services.remove_session(event, session, actor=EDITOR)


def test_home_of_the_event_says_when_the_first_version_comes(app: Flask, event: Event) -> None:
    with clock.at(NOON):
        make_session(event)
        _publish(event)
        with app.test_request_context():
            state = STAGE.state(event)
    assert state is not None
    assert state.sentence == "First version becomes public on Mon 2 March 2026, 02:00."
