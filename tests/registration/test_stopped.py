"""The private page while the event is postponed, cancelled or archived."""

import pytest

from eventhub.core import clock
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict
from eventhub.events import services as event_services
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.i18n import Translated
from eventhub.registration import services
from eventhub.registration.queries import registrant
from eventhub.registration.rules import State
from tests.browser import Browser
from tests.factories import actor_with, give, make_account
from tests.registration.paths import make_side_event, only, side_register
from tests.registration.test_personal import private

HOST = actor_with("event.cancel", "event.publish", "event.edit")
NOTICE = Translated(en="The hall is flooded.")
INVITES = ("Bring an identity card", "Show the code", "Show it on the screen", "Go on with",
           "Correct and send again", "The organiser decides", "As soon as one becomes free",
           "Your photo is missing", "Join the meeting")  # fmt: skip


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("stop", ["cancel_event", "postpone_event"])
def test_stop_stands_first_on_the_private_page(browser: Browser, stop: str, state: State) -> None:
    event = make_side_event()
    side_register(browser, event)
    row = only(event)
    with transaction():
        row.state = state
        getattr(event_services, stop)(get_event(event.slug), notice=NOTICE, actor=HOST)
    page = browser.get(private(row))
    is_off = stop == "cancel_event"
    word = "cancelled" if is_off else "postponed"
    assert page.soup.select("h1")[0].get_text() == f"This event is {word}"
    assert page.soup.select(".two p")[0].get_text() == "The hall is flooded."
    assert "Bring an identity card" not in page.text
    if is_off:
        assert not [said for said in INVITES if said in page.text]
        assert not page.soup.select(".qr, .section .button")
    elif state == State.ACCREDITED:
        assert page.soup.select(".qr"), "the passes of a postponed event stay good"
        assert "It stays valid" in page.text
    elif state == State.DRAFT:
        assert "Go on with" not in page.text


def archived(browser: Browser) -> Event:
    """Return a side event with one registration, over and archived."""
    event = make_side_event()
    side_register(browser, event)
    with clock.at(event.ends_at), transaction():
        event_services.archive_event(get_event(event.slug), actor=HOST)
    return event


def test_nobody_withdraws_from_an_archived_event(browser: Browser) -> None:
    event = archived(browser)
    row = only(event)
    page = browser.get(private(row))
    assert "The event is over." in page.text
    assert "Withdraw" not in page.text
    assert "nothing of it changes any more" in browser.get(private(row, "/withdraw")).text
    with pytest.raises(Conflict), transaction():
        services.withdraw(event.id, [row.id], actor=registrant(row))


def test_what_changes_an_archived_event_is_absent_for_its_owner(browser: Browser) -> None:
    account, event = make_account(), make_side_event()
    side_register(browser, event)
    give(account, "event_owner", event)
    with transaction():
        event.switches = [*event.switches, "doors", "badges"]
    browser.sign_in(account)
    here, ref = f"/manage/{event.slug}", only(event).ref
    changing = ("desk", "programme/sessions/new", "settings/basics", "settings/switches",
                "people/new", f"people/{ref}/edit")  # fmt: skip
    with clock.at(event.ends_at):
        assert {browser.get(f"{here}/{one}").status for one in changing} == {200}
        assert browser.get(f"{here}/people/{ref}").soup.select("button[name=act]")
        with transaction():
            event_services.archive_event(get_event(event.slug), actor=HOST)
        assert {browser.get(f"{here}/{one}").status for one in changing} == {404}
        for stays in ("people", "settings/life", "copy"):
            assert browser.get(f"{here}/{stays}").status == 200, stays
        assert not browser.get(f"{here}/people/{ref}").soup.select("button[name=act]")
        tasks = browser.get(f"{here}/settings").soup.select("ul.tasks a")
    links = [str(one["href"]).removeprefix(here) for one in tasks]
    assert links == ["/settings/life", "/copy", "/rehearse", "/team"]
