"""The messages of an event."""

import pytest
from flask import Flask
from sqlalchemy import select, update

from eventhub.audit.queries import entries_of
from eventhub.core.db import db, transaction
from eventhub.events.models import Category, Event
from eventhub.homes.views.outbox import masked
from eventhub.homes.words import MESSAGES as WORDS
from eventhub.jobs.models import Job
from eventhub.mail.models import OutboxMail
from eventhub.mail.seams import MESSAGES
from eventhub.mail.services import Addressed, send
from eventhub.registration.models import Registration
from eventhub.registration.queries import token_of
from tests.browser import Browser
from tests.factories import give, make_account, make_category, make_event, make_registration


def told(event: Event, category: Category, **given: str) -> Registration:
    """Return a confirmed delegate to whom the confirmation was written."""
    person = make_registration(event, category, state="accredited", **given)
    with transaction():
        letter = Addressed(person.email, person.language, {"registration": person.id})
        send("registration.accredited", [letter], event_id=event.id)
    return person


def end_as(state: str, *, to: str) -> None:
    """Let the mails to an address end in a state."""
    with transaction():
        db.session.execute(
            update(OutboxMail)
            .where(OutboxMail.to == to)
            .values(state=state, error="550 no such mailbox" if state == "failed" else None)
        )


def as_role(browser: Browser, role: str, event: Event) -> Browser:
    account = make_account()
    give(account, role, event)
    return browser.sign_in(account)


def addresses(browser: Browser) -> list[str]:
    """Return to whom the mails of the list went."""
    rows = browser.page.soup.select("tbody tr")
    return [row.select("td")[1].get_text(strip=True) for row in rows]


def test_r1_36_only_who_may_read_messages_finds_them(browser: Browser) -> None:
    event, other = make_event(), make_event()
    told(event, make_category(event))
    mail = db.session.scalars(select(OutboxMail)).one()
    for role, place in (("event_owner", other), ("media_desk", event), ("door_staff", event)):
        as_role(browser, role, place)
        assert browser.get(f"/manage/{event.slug}/messages").status == 404
        assert browser.get(f"/manage/{event.slug}/messages/{mail.ref}").status == 404
    as_role(browser, "event_owner", other)
    assert browser.get(f"/manage/{other.slug}/messages/{mail.ref}").status == 404


def test_the_list_says_what_went_to_whom(browser: Browser) -> None:
    event = make_event()
    told(event, make_category(event), email="ada@example.org")
    page = as_role(browser, "event_owner", event).get(f"/manage/{event.slug}/messages")
    assert addresses(browser) == ["ada@example.org"]
    assert "Confirmation with pass" in page.text
    assert "Waiting" in page.text


def test_r1_7_the_secretariat_reads_the_mails_of_its_categories(browser: Browser) -> None:
    event = make_event()
    own, press = make_category(event), make_category(event, "PRESS", approver="media_desk")
    told(event, own, email="own@example.org")
    told(event, press, email="press@example.org")
    with transaction():
        send("people.invited", [Addressed("team@example.org", "en")], event_id=event.id)
    as_role(browser, "secretariat", event).get(f"/manage/{event.slug}/messages")
    assert addresses(browser) == ["own@example.org"]
    hidden = db.session.scalars(
        select(OutboxMail.ref).where(OutboxMail.to != "own@example.org")
    ).all()
    for ref in hidden:
        assert browser.get(f"/manage/{event.slug}/messages/{ref}").status == 404
    as_role(browser, "event_owner", event).get(f"/manage/{event.slug}/messages")
    assert len(addresses(browser)) == 3


def test_the_list_can_be_cut_to_one_state(browser: Browser) -> None:
    event = make_event()
    category = make_category(event)
    told(event, category, email="good@example.org")
    told(event, category, email="bad@example.org")
    end_as("sent", to="good@example.org")
    end_as("failed", to="bad@example.org")
    page = as_role(browser, "event_owner", event).get(f"/manage/{event.slug}/messages?state=failed")
    assert addresses(browser) == ["bad@example.org"]
    assert "550 no such mailbox" in page.text
    assert [tab.get_text(" ", strip=True) for tab in page.soup.select(".tabs a")] == [
        "All 2", "Failed 1", "Sent 1",
    ]  # fmt: skip


def test_what_failed_is_sent_once_more_and_once_only(browser: Browser) -> None:
    event = make_event()
    category = make_category(event)
    for name in ("one", "two", "three"):
        told(event, category, email=f"{name}@example.org")
    end_as("sent", to="three@example.org")
    for name in ("one", "two"):
        end_as("failed", to=f"{name}@example.org")
    queued = len(db.session.scalars(select(Job.id)).all())
    as_role(browser, "event_owner", event).get(f"/manage/{event.slug}/messages")
    form = browser.page.form(action="retry")
    page = browser.submit(form)
    assert "2 mails are sent once more." in page.text
    browser.submit(form)
    states = dict(db.session.execute(select(OutboxMail.to, OutboxMail.state)).all())
    assert states == {
        "one@example.org": "waiting", "two@example.org": "waiting", "three@example.org": "sent",
    }  # fmt: skip
    assert len(db.session.scalars(select(Job.id)).all()) == queued + 2
    log = entries_of(event.id)
    assert sum(entry.action == "message.retry" for entry in log) == 2


def test_r1_7_the_secretariat_retries_its_own_only(browser: Browser) -> None:
    event = make_event()
    told(event, make_category(event), email="own@example.org")
    told(event, make_category(event, "PRESS", approver="media_desk"), email="press@example.org")
    for name in ("own", "press"):
        end_as("failed", to=f"{name}@example.org")
    as_role(browser, "secretariat", event).get(f"/manage/{event.slug}/messages")
    browser.submit(browser.page.form(action="retry"))
    states = dict(db.session.execute(select(OutboxMail.to, OutboxMail.state)).all())
    assert states == {"own@example.org": "waiting", "press@example.org": "failed"}


def test_a_mail_is_shown_in_its_words_without_the_private_link(browser: Browser) -> None:
    event = make_event()
    person = told(event, make_category(event), language="ar")
    token = token_of(person)
    ref = db.session.scalars(select(OutboxMail.ref)).one()
    page = as_role(browser, "event_owner", event).get(f"/manage/{event.slug}/messages/{ref}")
    letter = page.soup.select_one(".letter")
    assert letter is not None
    assert (letter["lang"], letter["dir"]) == ("ar", "rtl")
    assert event.title("ar") in letter.text
    assert token not in page.response.get_data(as_text=True)


def test_what_is_no_longer_so_has_no_words(browser: Browser) -> None:
    event = make_event()
    person = told(event, make_category(event))
    with transaction():
        db.session.get_one(Registration, person.id).state = "withdrawn"
    ref = db.session.scalars(select(OutboxMail.ref)).one()
    page = as_role(browser, "event_owner", event).get(f"/manage/{event.slug}/messages/{ref}")
    assert "There is nothing to say any more" in page.text


def test_links_with_secrets_and_codes_are_masked(app: Flask) -> None:
    with app.test_request_context():
        text = masked(
            "Open https://hub.example/my/ABCDEFGHJK.abcdefghijklmnop or type 204981.\n"
            "Programme: https://hub.example/en/forum-2026\n"
            "Verify: https://hub.example/c/ABCD-EFGH-JKLM-NPQR?x=1 Elsewhere: http://a.example/x/y/z\n"
            "Room 1204, telephone 0086592123456."
        )
    assert text.splitlines() == [
        "Open https://hub.example/… or type ….",
        "Programme: https://hub.example/en/forum-2026",
        "Verify: https://hub.example/… Elsewhere: http://a.example/…",
        "Room 1204, telephone 0086592123456.",
    ]


@pytest.mark.usefixtures("app")
def test_every_message_of_an_event_has_words() -> None:
    own = {name for name in MESSAGES if not name.startswith("people.")}
    assert own - set(WORDS) == set()


def test_a_page_of_fifty_asks_no_more_than_one(browser: Browser, statements: list[str]) -> None:
    event = make_event()
    category = make_category(event)
    as_role(browser, "secretariat", event)
    counts = []
    for _round in range(2):
        told(event, category)
        statements.clear()
        browser.get(f"/manage/{event.slug}/messages")
        counts.append(len(statements))
        for _number in range(10):
            told(event, category)
    assert counts[0] == counts[1] <= 15
