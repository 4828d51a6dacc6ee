"""The delegate's path where no script runs."""

import pytest
from sqlalchemy import select

from eventhub.core.db import db
from eventhub.registration.models import Registration
from tests.e2e.conftest import NewPage
from tests.e2e.getting_in import Person, check_acknowledgement, register
from tests.e2e.ground import publish
from tests.e2e.hands import choose, follow, heading, picture, press, says
from tests.e2e.site import Site, link_in, text_of

pytestmark = pytest.mark.browser


def test_forum_registers_without_javascript(site: Site, new_page: NewPage) -> None:
    slug = publish(site, "forum", "Forum on Wells")
    page = new_page(java_script_enabled=False)
    person = Person("ruth", "Ruth", "Zulu", "ruth@mission.example.org")
    private = register(page, slug, person)
    check_acknowledgement(site, person, private)
    page.goto(private)
    says(page, "Ruth ZULU")
    follow(page, "Withdraw")
    press(page, "Withdraw")
    says(page, "You have withdrawn.")
    with site.inside():
        query = select(Registration.state).where(Registration.email == person.email)
        assert list(db.session.scalars(query)) == ["withdrawn"]


def test_side_event_registers_on_one_page_without_javascript(site: Site, new_page: NewPage) -> None:
    slug = publish(site, "side_event", "Side Event on Wells")
    page = new_page(java_script_enabled=False)
    page.goto(f"/en/{slug}")
    follow(page, "Register")
    press(page, "Register")
    says(page, "answers need a correction")
    assert heading(page) == "Register"
    page.get_by_label("Given names").fill("Li")
    page.get_by_label("Family name").fill("Wei")
    page.get_by_label("State or organization").fill("China")
    page.get_by_label("E-mail").fill("li.wei@mission.example.org")
    page.get_by_label("I have one that is valid on that day").check()
    picture(page, "side-event-register")
    press(page, "Register")
    says(page, "Expected")
    picture(page, "side-event-sent")
    letter = site.letter_to("li.wei@mission.example.org")
    assert "Your registration is confirmed." in text_of(letter)


def test_draft_goes_on_where_it_stopped_without_javascript(site: Site, new_page: NewPage) -> None:
    slug = publish(site, "forum", "Forum on Rivers")
    page = new_page(java_script_enabled=False)
    page.goto(f"/en/{slug}/register")
    page.get_by_label("Delegate", exact=True).check()
    choose(page, "State or organization", "Kenya")
    press(page, "Save and continue")
    page.get_by_label("Given names").fill("Amina")
    press(page, "Save and continue later by e-mail")
    page.get_by_label("E-mail").fill("amina@mission.example.org")
    press(page, "Send me the link")
    letter = site.letter_to("amina@mission.example.org")
    later = new_page(java_script_enabled=False)
    later.goto(link_in(letter, "/resume/"))
    assert heading(later) == "Contact and work"
    follow(later, "Change the name")
    assert later.get_by_label("Given names").input_value() == "Amina"
