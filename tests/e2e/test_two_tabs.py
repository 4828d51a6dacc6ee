"""Two people change one record: the second is told, and loses nothing."""

import pytest

from tests.e2e.conftest import NewPage
from tests.e2e.ground import PASSWORD, employ, publish
from tests.e2e.hands import press, says, sign_in
from tests.e2e.site import Site

pytestmark = pytest.mark.browser

PLACES = "How many people can come?"


def test_second_tab_is_told_and_keeps_what_it_typed(site: Site, new_page: NewPage) -> None:
    slug = publish(site, "forum", "Forum on Lakes")
    employ(site, slug, "olga@ministry.example.org", "event_owner")
    settings = f"/manage/{slug}/settings/registration"
    first, second = new_page(), new_page()
    for page in (first, second):
        sign_in(page, "olga@ministry.example.org", PASSWORD)
        page.goto(settings)
    first.get_by_label(PLACES).fill("120")
    second.get_by_label(PLACES).fill("90")
    press(first, "Save")
    says(first, "120")
    press(second, "Save")
    says(second, "Olga Organiser")
    assert second.get_by_label(PLACES).input_value() == "90"
    first.goto(settings)
    assert first.get_by_label(PLACES).input_value() == "120"
    press(second, "Save")
    second.goto(settings)
    assert second.get_by_label(PLACES).input_value() == "90"
