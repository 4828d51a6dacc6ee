"""Every screen that pictures are taken of has something real to show in the demo."""

import pytest

from eventhub.people.queries import find_account
from tests.browser import Browser
from tests.demo.conftest import Demo
from tools.pages import ALL_PAGES

EMPTY_BY_NATURE = frozenset({"components", "arrivals-others", "programme-choice"})
"""The page that shows how an empty list looks too, who comes to the forum with nobody, and the
choice of a reader who has chosen nothing."""


def visitor_of(demo: Demo, role: str) -> Browser:
    """Return the browser of the demo account with this word in its role; of anybody for ""."""
    visitor = Browser(demo.app)
    if role:
        email = next(one.email for one in demo.accounts if role in one.role.lower())
        account = find_account(email)
        assert account is not None
        visitor.sign_in(account)
    return visitor


@pytest.mark.parametrize("role", sorted({page.role for page in ALL_PAGES}))
def test_no_page_says_that_there_is_nothing_yet(demo: Demo, role: str) -> None:
    visitor = visitor_of(demo, role)
    said = {}
    for page in (one for one in ALL_PAGES if one.role == role):
        answer = visitor.get(page.address("", "en"))
        nothing = [one.get_text(" ", strip=True) for one in answer.soup.select(".empty")]
        if answer.status != 200 or (nothing and page.name not in EMPTY_BY_NATURE):
            said[page.name] = (answer.status, nothing)
    assert said == {}
