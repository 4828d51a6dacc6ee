"""Each screen of arrivals has something to show in the demo."""

from sqlalchemy import func, select

from eventhub.arrivals.models import CourtesyException, RankCourtesy, TravelEntry, Vehicle
from eventhub.arrivals.services.tidying import events_to_purge
from eventhub.core.db import db
from eventhub.people.queries import find_account
from tests.browser import Browser
from tests.demo.conftest import Demo


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_the_forum_has_journeys_vehicles_and_courtesies_that_stay(demo: Demo) -> None:
    assert count(TravelEntry) > 40
    assert count(Vehicle) == 5
    assert count(RankCourtesy) == 6
    assert count(CourtesyException) == 1
    assert events_to_purge() == []


def test_the_liaison_officer_sees_three_delegations(demo: Demo) -> None:
    email = next(one.email for one in demo.accounts if one.key == "liaison")
    account = find_account(email)
    assert account is not None
    page = Browser(demo.app).sign_in(account).get("/manage/xiamen-2024/arrivals?show=all")
    links = {link["href"] for link in page.soup.select("td a") if "/delegations/" in link["href"]}
    assert len(links) == 3
    assert "Zambia" in page.text
    assert "Minibus A" in page.text
