"""Reminders of focal points before the deadline (R1.16)."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.delegations import services as delegations
from eventhub.delegations.queries import delegation_of
from eventhub.delegations.services import name_focal_point
from eventhub.events.models import Event
from eventhub.mail.models import OutboxMail
from eventhub.people.models import Account
from eventhub.registration import messages, services
from eventhub.registration.models import Reminder
from eventhub.registration.rules import reminder_due
from eventhub.registration.services.seats import lock_pools
from tests.factories import keep, make_account, make_event
from tests.places.conftest import World, delegation
from tests.registration.factories import sent


@pytest.fixture
def focal_point(forum: World, noon: datetime) -> Account:
    """Give the focal point of Zambia and of Kenya, three Zambians without photo, one Kenyan."""
    account = make_account(name="A. Phiri")
    with transaction():
        services.add_pool(forum.event, "DEL", seats=7, categories=["DEL"], actor=SYSTEM)
    rows = sent(forum.event, forum.delegate, 3, entity_id=forum.zambia.id)
    rows += sent(forum.event, forum.delegate, entity_id=forum.kenya.id)
    with transaction():
        for row in (rows[0], rows[-1]):
            name_focal_point(delegation(row.delegation_id), account, actor=SYSTEM)
    return account


def remind(event: Event, days: float) -> int:
    """Let the job run so many days before the deadline; return how many digests left."""
    with clock.at(event.registration_closes_at - timedelta(days=days)), transaction():
        return services.remind_focal_points()


def digests() -> list[OutboxMail]:
    db.session.rollback()
    query = select(OutboxMail).where(OutboxMail.message == "registration.digest")
    return list(db.session.scalars(query.order_by(OutboxMail.id)))


@pytest.mark.parametrize(
    ("days", "due"),
    [(31, None), (30, 30), (14.1, 30), (14, 14), (7, 7), (2, 2), (0.1, 2), (0, None), (-1, None)],
)
def test_r1_16_reminders_stand_at_30_14_7_and_2_days(
    noon: datetime, days: float, due: int | None
) -> None:
    assert reminder_due(noon, noon - timedelta(days=days)) == due


def test_r1_16_one_digest_for_all_delegations_of_a_focal_point(
    focal_point: Account, forum: World
) -> None:
    assert remind(forum.event, 14) == 1
    (mail,) = digests()
    assert mail.to == focal_point.email
    made = messages.digest(None, mail.ids)
    assert made is not None
    assert "3 of 7 seats used, 3 photos missing" in made.text
    assert "Zambia" in made.text
    assert "Kenya" in made.text


def test_r1_16_the_same_reminder_leaves_once_and_the_next_at_its_time(
    focal_point: Account, forum: World
) -> None:
    assert remind(forum.event, 14) == 1
    assert remind(forum.event, 13.9) == 0
    assert remind(forum.event, 10) == 0
    assert remind(forum.event, 7) == 1
    assert remind(forum.event, 2) == 1
    assert remind(forum.event, 0) == 0
    assert len(digests()) == 3


def test_r1_16_one_mail_a_day_although_a_second_reminder_falls_due(
    focal_point: Account, forum: World
) -> None:
    with transaction():
        forum.event.registration_closes_at += timedelta(hours=6)
    assert remind(forum.event, 14.2) == 1
    assert remind(forum.event, 14) == 0, "the same day"
    assert remind(forum.event, 13) == 1


def test_r1_16_what_a_rehearsal_sends_delays_no_reminder_of_a_real_event(
    focal_point: Account, forum: World
) -> None:
    other = make_event()
    with transaction():
        entity = delegations.get_or_open(other.id, forum.zambia.id, actor=SYSTEM)
        other.rehearsal_of_id = forum.event.id
    with clock.at(forum.event.registration_closes_at - timedelta(days=14)):
        keep(
            Reminder(
                event_id=other.id, delegation_id=entity.id, account_id=focal_point.id,
                what="names", days=14, on_day=clock.now().date(),
            )
        )  # fmt: skip
    assert remind(forum.event, 14) == 1


def test_r1_16_a_delegation_that_lacks_nothing_or_will_not_come_is_left_alone(
    focal_point: Account, forum: World
) -> None:
    with transaction():
        forum.delegate.photo_waived = True
        (pool,) = [one for one in lock_pools(forum.event) if one.code == "DEL"]
        pool.limits = {str(forum.zambia.id): 3}
        kenya = delegation_of(forum.event.id, forum.kenya.id)
        assert kenya is not None
        kenya.reply = "regrets"
    assert remind(forum.event, 14) == 0
    with transaction():
        kenya.reply = "attending"
    assert remind(forum.event, 14) == 1
    assert digests()[0].ids["delegations"] == [kenya.id]


def test_r1_16_a_closed_or_unpublished_event_reminds_nobody(
    focal_point: Account, forum: World
) -> None:
    with transaction():
        forum.event.state = "cancelled"
    assert remind(forum.event, 14) == 0
