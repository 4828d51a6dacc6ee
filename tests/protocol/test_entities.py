"""What an installation and an event say of a State: formal names, language of letters."""

import pytest

from eventhub.core.actor import SYSTEM
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict, Invalid
from eventhub.entities.describing import describe_entity, stamp_of
from eventhub.entities.queries import get_entity
from eventhub.entities.services import load_reference
from eventhub.events.models import Event
from eventhub.protocol.queries import find_own
from eventhub.protocol.services import copy_places, place_entity
from tests.browser import Browser
from tests.factories import give, make_account, make_event


@pytest.fixture
def administrator(browser: Browser, event: Event) -> Browser:
    """Return a site administrator, signed in."""
    account = make_account()
    give(account, "site_administrator")
    browser.sign_in(account)
    return browser


def test_r2_1_an_administrator_keeps_formal_names(administrator: Browser) -> None:
    page = administrator.get("/manage/installation/entities?q=zambie")
    assert "Zambia" in page.text
    assert "Albania" not in page.text
    administrator.get("/manage/installation/entities/ZMB")
    page = administrator.submit(formal_en="Republic of  Zambia", formal_zh="赞比亚共和国")
    assert "Republic of Zambia" in page.text
    with transaction():
        assert load_reference(actor=SYSTEM) == 0, "loading again leaves what was written"
    zambia = get_entity("ZMB")
    assert dict(zambia.formal_names) == {"en": "Republic of Zambia", "zh": "赞比亚共和国"}
    administrator.get("/manage/installation/entities/ZMB")
    page = administrator.submit(formal_fr="x" * 251)
    assert page.status == 422
    assert "Republic of Zambia" in page.text


def test_r2_1_two_tabs_do_not_overwrite_each_other(event: Event) -> None:
    zambia = get_entity("ZMB")
    seen = stamp_of(zambia)
    with transaction():
        describe_entity(zambia, formal_names={"en": "A"}, language="", seen=seen, actor=SYSTEM)
    with pytest.raises(Conflict), transaction():
        describe_entity(zambia, formal_names={"en": "B"}, language="", seen=seen, actor=SYSTEM)
    with pytest.raises(Invalid), transaction():
        describe_entity(zambia, formal_names={}, language="tlh", actor=SYSTEM)


def test_r2_1_an_event_overrides_formal_names_and_the_language(
    browser: Browser, event: Event
) -> None:
    account = make_account()
    give(account, "protocol", event)
    browser.sign_in(account)
    page = browser.get(f"/manage/{event.slug}/order/entities/CIV")
    assert "The usual one (Français)" in page.text
    browser.submit(formal_fr="République de Côte d'Ivoire", language="en")
    own = find_own(event.id, get_entity("CIV").id)
    assert own is not None
    assert (dict(own.formal_names), own.language, dict(own.names)) == (
        {"fr": "République de Côte d'Ivoire"}, "en", {},
    )  # fmt: skip
    copy = make_event()
    with transaction():
        copy_places(event.id, copy.id)
    again = find_own(copy.id, own.entity_id)
    assert again is not None
    assert (again.formal_names, again.language) == (own.formal_names, "en")
    with transaction():
        place_entity(event, get_entity("CIV"), names={}, actor=SYSTEM)
    assert own.language == "en", "not asked, not changed"


@pytest.mark.parametrize("role", ["institution_administrator", "event_owner", "protocol"])
def test_others_do_not_see_the_table(browser: Browser, event: Event, role: str) -> None:
    account = make_account()
    give(account, role, event)
    browser.sign_in(account)
    assert browser.get("/manage/installation/entities").status == 404
    assert browser.get("/manage/installation/entities/ZMB").status == 404
