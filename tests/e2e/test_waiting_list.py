"""Acceptance scenario 2 on the screen: who comes eighth waits, knows why, and is let in."""

import pytest
from sqlalchemy import select

from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.entities.queries import get_entity
from eventhub.events.models import Category
from eventhub.events.queries import get_event
from eventhub.registration import services
from eventhub.registration.queries import token_of
from tests.e2e.conftest import NewPage
from tests.e2e.ground import publish
from tests.e2e.hands import follow, picture, press, says
from tests.e2e.site import Site, text_of

pytestmark = pytest.mark.browser

SEATS = 7
BY_TIME = "Why this place: By time of registration."
FIRST_OF_ALL = "Why this place: Nobody of this delegation is accredited yet."
BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


def fill_seats(site: Site, slug: str) -> list[str]:
    """Give the seven seats to people of Kenya; return the addresses of their private pages."""
    with site.inside():
        event = get_event(slug)
        query = select(Category.id).where(Category.event_id == event.id, Category.code == "DEL")
        category, kenya = db.session.scalars(query).one(), get_entity("KEN").id
        values = {"entity_id": kenya, "given_names": "Person"}
        entries = [
            services.Entry(category, {**values, "family_name": f"Number {n}"}) for n in range(SEATS)
        ]
        with transaction():
            rows = services.register_and_accredit(event.id, entries, actor=SYSTEM)
            return [f"/my/{token_of(row)}" for row in rows]


@BOTH
def test_scenario_2_the_eighth_sees_number_and_reason_and_a_withdrawal_promotes(
    site: Site, new_page: NewPage, scripts: bool
) -> None:
    slug = publish(site, "side_event", "Side Event on Waiting", places=SEATS)
    seated = fill_seats(site, slug)
    eighth, ninth, leaving = (new_page(java_script_enabled=scripts) for _ in range(3))

    for page, name, state in ((eighth, "eighth", "Kenya"), (ninth, "ninth", "Peru")):
        page.goto(f"/en/{slug}/register")
        says(page, "All places are taken")
        page.get_by_label("Family name").fill(name.title())
        page.get_by_label("State or organization").fill(state)
        page.get_by_label("E-mail").fill(f"{name}@{slug}.example.org")
        page.get_by_label("I have one that is valid on that day").check()
        press(page, "Register")
        says(page, "Waiting list, place 1")
        follow(page, "Open my page")
    says(eighth, BY_TIME)
    says(ninth, FIRST_OF_ALL)
    eighth.reload()
    says(eighth, "Waiting list, place 2")
    says(eighth, BY_TIME)
    picture(eighth, "waiting-own")
    letter = text_of(site.letter_to(f"ninth@{slug}.example.org"))
    assert "at place 1" in letter
    assert FIRST_OF_ALL in letter

    for address, promoted in zip(seated, (ninth, eighth), strict=False):
        leaving.goto(address)
        follow(leaving, "Withdraw")
        press(leaving, "Withdraw and free the place")
        says(leaving, "You have withdrawn.")
        promoted.reload()
        says(promoted, "Expected")
        eighth.reload()
        if promoted is ninth:
            says(eighth, "Waiting list, place 1")
    for name in ("ninth", "eighth"):
        letter = text_of(site.letter_to(f"{name}@{slug}.example.org", 2))
        assert "Your registration is confirmed." in letter
