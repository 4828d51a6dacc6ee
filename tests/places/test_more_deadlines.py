"""More deadlines than that of names: in the workspace, in reminders, set by the organiser."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.delegations.services import name_focal_point
from eventhub.events.services import rehearse_event
from eventhub.mail.models import OutboxMail
from eventhub.people.models import Account
from eventhub.registration import messages, services
from eventhub.registration.queries import settings_of
from eventhub.registration.rules.due import Deadline, Due, in_order, whole_left
from tests.browser import Browser
from tests.factories import make_account
from tests.places.conftest import browser_of, delegation
from tests.places.test_reminders import digests
from tests.registration.factories import sent, set_registration
from tests.registration.world import World


@pytest.fixture
def account(forum: World, noon: datetime) -> Account:
    """Give the focal point of Zambia, with one Zambian who has no photo."""
    account = make_account(name="A. Phiri")
    (row,) = sent(forum.event, forum.delegate, entity_id=forum.zambia.id)
    with transaction():
        name_focal_point(delegation(row.delegation_id), account, actor=SYSTEM)
        forum.zambia.iso2 = "ZM"
    return account


def wall(forum: World, days: float) -> str:
    """Return a wall time so many days after names close."""
    return (forum.event.registration_closes + timedelta(days=days)).isoformat(timespec="minutes")


def remind(at: datetime) -> int:
    with clock.at(at), transaction():
        return services.remind_focal_points()


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(days=12, hours=3), (12, "days")),
        (timedelta(hours=47), (47, "hours")),
        (timedelta(minutes=119), (119, "minutes")),
        (timedelta(seconds=20), (1, "minutes")),
        (timedelta(), (0, "")),
        (timedelta(hours=-3), (0, "")),
    ],
)
def test_r1_14_what_is_left_is_said_in_whole_units(
    noon: datetime, left: timedelta, said: tuple[int, str]
) -> None:
    assert whole_left(noon + left, noon) == said


def test_r1_14_deadlines_stand_as_they_come(noon: datetime) -> None:
    later, now = Deadline(Due.NAMES, noon + timedelta(days=1)), Deadline(Due.PHOTOS, noon)
    same = Deadline(Due.LETTERS, noon + timedelta(days=1))
    assert in_order([same, later, now]) == [now, later, same]


def test_r1_14_the_workspace_shows_each_deadline_in_two_zones_with_what_is_left(
    app: Flask, forum: World, account: Account
) -> None:
    set_registration(forum.event, photos_until=wall(forum, 4), visa_until=wall(forum, -3))
    at = forum.event.registration_closes_at - timedelta(days=2, hours=1)
    (row,) = sent(forum.event, forum.delegate, entity_id=forum.zambia.id)
    browser = browser_of(app, forum, row.delegation_id or 0)
    with clock.at(at):
        page = browser.get(
            f"/manage/{forum.event.slug}/delegations/{delegation(row.delegation_id).ref}"
        )
    text = " ".join(page.text.split())
    visa, names, photos = (
        text.index(said) for said in ("Data for visa letters until", "Names until", "Photos until")
    )
    assert visa < names < photos
    assert "This is over" in text[visa:names]
    assert "2 days left" in text[names:photos]
    assert "6 days left" in text[photos:]
    assert "in Lusaka" in text[names:photos]
    assert "Official letters until" not in text


def test_r1_16_each_deadline_reminds_by_itself_and_of_what_lacks_for_it(
    forum: World, account: Account
) -> None:
    with transaction():
        forum.event.registration_closes -= timedelta(days=10)
        forum.event.registration_closes_at -= timedelta(days=10)
    set_registration(forum.event, photos_until=wall(forum, 5), letters_until=wall(forum, 5))
    closes = forum.event.registration_closes_at
    assert remind(closes - timedelta(days=14)) == 1, "of the names"
    assert remind(closes - timedelta(days=9)) == 1, "14 days before the photos"
    assert remind(closes - timedelta(days=8)) == 0
    assert remind(closes + timedelta(days=3)) == 1, "names are closed, photos are not"
    mail = digests()[-1]
    with clock.at(closes + timedelta(days=3)):
        made = messages.digest(None, mail.ids)
    assert made is not None
    assert "- Photos until: " in made.text
    assert "2 days left." in made.text
    assert "Names until: " not in made.text, "over"
    assert "in Lusaka" in made.text
    with transaction():
        forum.delegate.photo_waived = True
    assert remind(closes + timedelta(days=4)) == 0, "no photo lacks"


def test_r1_16_two_deadlines_that_fall_together_make_one_mail(
    forum: World, account: Account
) -> None:
    set_registration(forum.event, photos_until=wall(forum, 0), check_until=wall(forum, 0))
    assert remind(forum.event.registration_closes_at - timedelta(days=7)) == 1
    db.session.rollback()
    (mail,) = db.session.scalars(select(OutboxMail))
    assert len(mail.ids["delegations"]) == 1


def test_r1_14_the_organiser_sets_the_deadlines(owner: Browser, forum: World) -> None:
    page = owner.get(f"/manage/{forum.event.slug}/places/rules")
    owner.submit(page.form(action="/rules"), photos_until="2026-03-20T18:00")
    kept = settings_of(forum.event.id)
    assert (kept.photos_until, kept.check_until) == ("2026-03-20T18:00", "")
    assert kept.deadline("photos_until", "Asia/Shanghai") == datetime.fromisoformat(
        "2026-03-20T10:00+00:00"
    )


def test_r1_14_a_copy_of_the_event_moves_its_deadlines(forum: World) -> None:
    set_registration(forum.event, photos_until="2026-03-20T18:00", equity=True)
    starts_on = forum.event.starts_on + timedelta(days=364)
    with transaction():
        copy = rehearse_event(forum.event, starts_on=starts_on, actor=SYSTEM)
    kept = settings_of(copy.id)
    assert (kept.photos_until, kept.hard_closes, kept.equity) == ("2027-03-19T18:00", "", True)
