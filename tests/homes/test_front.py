"""The front page of whoever is signed in."""

from datetime import UTC, datetime, timedelta

from eventhub.core import clock
from eventhub.delegations.models import Delegation
from eventhub.events.rules import local
from eventhub.i18n import Translated
from eventhub.people.models import Account
from tests.browser import Browser
from tests.factories import (
    give,
    keep,
    make_account,
    make_category,
    make_entity,
    make_event,
    make_institution,
    make_registration,
)

LONG_AGO = datetime(2024, 4, 2, tzinfo=UTC).date()


def rows(browser: Browser) -> list[str]:
    """Return the main cells of the lists on the page."""
    return [cell.get_text(" ", strip=True) for cell in browser.page.soup.select("td.first")]


def links(browser: Browser) -> list[str]:
    """Return where the main cells lead."""
    return [str(link["href"]) for link in browser.page.soup.select("td.first a")]


def signed_in(browser: Browser) -> Account:
    account = make_account()
    browser.sign_in(account)
    return account


def test_who_is_not_signed_in_is_sent_to_sign_in(browser: Browser) -> None:
    assert "/sign-in" in browser.get("/manage", follow=False).location


def test_own_events_stand_there_and_no_others(browser: Browser) -> None:
    own, _other = make_event(titles=Translated(en="My forum")), make_event()
    give(signed_in(browser), "event_owner", own)
    page = browser.get("/manage")
    assert rows(browser) == ["My forum"]
    assert links(browser) == [f"/manage/{own.slug}"]
    assert "Event owner" in page.text


def test_what_is_to_come_stands_before_what_is_over(browser: Browser) -> None:
    account = signed_in(browser)
    soon = local(clock.now(), "Asia/Shanghai").date() + timedelta(days=3)
    for title, first_day in (("Past", LONG_AGO), ("Later", soon + timedelta(days=9)),
                             ("Soon", soon)):  # fmt: skip
        give(account, "event_owner", make_event(titles=Translated(en=title), starts_on=first_day))
    page = browser.get("/manage")
    assert rows(browser) == ["Soon", "Later", "Past"]
    assert [h.text for h in page.soup.select("h2")] == ["Now and next", "Held before"]
    assert "in 3 days" in page.text
    assert "ended" in page.text


def test_an_organiser_sees_the_institutions_events_and_may_make_one(browser: Browser) -> None:
    host = make_institution()
    make_event(institution_id=host.id, titles=Translated(en="Of the house"))
    make_event(titles=Translated(en="Of another house"))
    give(signed_in(browser), "institution_organiser", institution_id=host.id)
    page = browser.get("/manage")
    assert rows(browser) == ["Of the house"]
    button = page.soup.select_one("a.button.primary")
    assert button is not None
    assert button["href"] == "/manage/events/new"


def test_an_event_that_one_may_only_list_leads_to_its_public_page(browser: Browser) -> None:
    host = make_institution()
    event = make_event(institution_id=host.id)
    make_event(institution_id=host.id, state="draft", titles=Translated(en="In the making"))
    give(signed_in(browser), "institution_organiser", institution_id=host.id)
    browser.get("/manage")
    assert links(browser) == [f"/{event.slug}"]
    assert "In the making" in rows(browser)


def test_door_staff_are_led_to_the_door(browser: Browser) -> None:
    give(signed_in(browser), "door_staff", make_event())
    browser.get("/manage")
    assert links(browser) == ["/door"]


def test_r1_37_a_door_guards_event_is_gone_48_hours_after_its_end(browser: Browser) -> None:
    give(signed_in(browser), "door_staff", make_event(starts_on=LONG_AGO))
    browser.get("/manage")
    assert rows(browser) == []


def test_a_focal_point_sees_the_delegation_and_no_event(browser: Browser) -> None:
    event, zambia = make_event(titles=Translated(en="Forum of all")), make_entity()
    delegation = keep(Delegation(event_id=event.id, entity_id=zambia.id))
    keep(Delegation(event_id=event.id, entity_id=make_entity("KEN", "Kenya").id))
    give(signed_in(browser), "focal_point", event, scope={"delegations": [delegation.id]})
    page = browser.get("/manage")
    assert rows(browser) == ["Zambia"]
    assert [h.text for h in page.soup.select("h2")] == ["My delegations"]
    assert "Forum of all" in page.text


def test_who_has_no_role_is_told_how_to_get_one(browser: Browser) -> None:
    signed_in(browser)
    page = browser.get("/manage")
    assert "You have no role at an event yet." in page.text
    assert page.soup.select_one("main a.button")["href"] == "/"  # type: ignore[index]


def test_who_may_make_events_is_asked_to_make_the_first(browser: Browser) -> None:
    give(signed_in(browser), "institution_organiser", institution_id=make_institution().id)
    page = browser.get("/manage")
    assert "You have no event yet." in page.text
    assert page.soup.select_one("main a.button.primary")["href"] == "/manage/events/new"  # type: ignore[index]


def test_a_role_that_has_ended_shows_nothing(browser: Browser) -> None:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    give(signed_in(browser), "event_owner", make_event(), ends_at=yesterday)
    browser.get("/manage")
    assert rows(browser) == []


def test_twenty_events_ask_no_more_than_one(browser: Browser, statements: list[str]) -> None:
    account = signed_in(browser)
    give(account, "event_owner", make_event())
    counts = []
    for _round in range(2):
        statements.clear()
        browser.get("/manage")
        counts.append(len(statements))
        for _number in range(20):
            give(account, "event_owner", make_event())
    assert counts[0] == counts[1] <= 15


def test_my_delegations_say_how_many_people_and_who_waits(browser: Browser) -> None:
    account, event = signed_in(browser), make_event()
    category = make_category(event)
    delegation = keep(Delegation(event_id=event.id, entity_id=make_entity().id))
    for state in ("submitted", "accredited", "withdrawn"):
        make_registration(event, category, delegation_id=delegation.id, state=state)
    give(account, "focal_point", event, scope={"delegations": [delegation.id]})
    page = browser.get("/manage")
    numbers = [cell.get_text(strip=True) for cell in page.soup.select("td.number")]
    assert numbers == ["2", "1"]
