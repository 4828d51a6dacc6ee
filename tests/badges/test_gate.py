"""R4.3: the four conditions at the gate, read from what is so; the page that lists who waits."""

import pytest
from flask import Flask

from eventhub.badges.queries import at_the_gate, count_reasons, gate_of, progress_of
from eventhub.core.actor import EVERYTHING
from eventhub.core.db import db, transaction
from eventhub.delegations.models import OfficialLetter
from eventhub.events.models import Category, Event
from eventhub.registration.models import ChangeRequest
from tests.badges.people import admit, name_in_letter, send
from tests.browser import Browser
from tests.factories import give, keep, make_account, make_event

LETTERS = ["badges", "delegations", "letters"]


@pytest.fixture
def forum(app: Flask) -> Event:
    """Return a forum whose delegates need a photo and a letter."""
    return make_event(switches=LETTERS)


def ask_for_letters(event: Event) -> None:
    with transaction():
        for one in db.session.scalars(db.select(Category).where(Category.event_id == event.id)):
            one.needs_letter, one.photo_waived = True, True


@pytest.mark.parametrize(
    ("state", "reasons"),
    [
        ("", ("letter_missing",)),
        ("received", ("letter_missing",)),
        ("superseded", ("letter_missing",)),
        ("verified", ()),
    ],
)
def test_r4_3_letter_must_be_verified(forum: Event, state: str, reasons: tuple[str, ...]) -> None:
    [row] = admit(forum)
    send(forum, [row])
    ask_for_letters(forum)
    if state:
        name_in_letter(row, state)
    assert at_the_gate(forum, [row])[0].reasons == reasons
    assert progress_of(forum).held == len(reasons)


def test_r4_3_no_letter_is_asked_of_whom_no_delegation_sends(forum: Event) -> None:
    [row] = admit(forum)
    ask_for_letters(forum)
    assert at_the_gate(forum, [row])[0].reasons == ()
    assert progress_of(forum).held == 0


def test_r4_3_where_letters_are_off_none_is_asked(app: Flask) -> None:
    event = make_event(switches=["badges", "delegations"])
    [row] = admit(event)
    send(event, [row])
    ask_for_letters(event)
    assert at_the_gate(event, [row])[0].reasons == ()
    assert progress_of(event).held == 0


def test_r4_3_letter_refused_after_accreditation_holds_the_badge_back(forum: Event) -> None:
    [row] = admit(forum)
    send(forum, [row])
    ask_for_letters(forum)
    letter = name_in_letter(row, "verified")
    with transaction():
        db.session.get_one(OfficialLetter, letter.id).state = "refused"
    assert at_the_gate(forum, [row])[0].reasons == ("letter_missing",)


def test_r4_3_page_counts_reasons_and_links_to_where_they_are_mended(
    forum: Event, browser: Browser
) -> None:
    people = admit(forum, 3)
    delegation = send(forum, people[:2])
    with transaction():
        for one in db.session.scalars(db.select(Category)):
            one.needs_letter = True
    keep(ChangeRequest(event_id=forum.id, registration_id=people[2].id, old={}, new={}))
    assert count_reasons(gate_of(forum, EVERYTHING)) == {
        "photo_missing": 3, "letter_missing": 2, "change_open": 1,
    }  # fmt: skip
    owner = make_account()
    give(owner, "event_owner", forum)
    browser.sign_in(owner)
    page = browser.get(f"/manage/{forum.slug}/badges")
    assert "3 people" in page.text
    page = browser.get(f"/manage/{forum.slug}/badges/held-back?why=letter_missing")
    links = {link["href"] for link in page.soup.select("tbody a")}
    assert f"/manage/{forum.slug}/delegations/{delegation.ref}/letters" in links
    assert f"/manage/{forum.slug}/people/{people[0].ref}" in links
    assert people[2].ref not in str(page.soup)
    page = browser.get(f"/manage/{forum.slug}/badges/held-back?why=change_open")
    assert f"/manage/{forum.slug}/people/{people[2].ref}#changes" in str(page.soup)


def test_badge_desk_is_sent_to_the_desk_for_a_photo(forum: Event, browser: Browser) -> None:
    [row] = admit(forum)
    staff = make_account()
    give(staff, "badge_desk", forum)
    browser.sign_in(staff)
    page = browser.get(f"/manage/{forum.slug}/badges/held-back")
    assert [link["href"] for link in page.soup.select("tbody a")] == [
        f"/manage/{forum.slug}/desk/{row.ref}"
    ]


def test_list_of_who_is_held_back_takes_the_same_statements_for_1_and_30(
    forum: Event, browser: Browser, statements: list[str]
) -> None:
    owner = make_account()
    give(owner, "event_owner", forum)
    browser.sign_in(owner)
    counts = []
    for code, more in (("DEL", 1), ("ADV", 29)):
        people = admit(forum, more, code=code)
        send(forum, people)
        browser.get(f"/manage/{forum.slug}/badges/held-back")
        statements.clear()
        browser.get(f"/manage/{forum.slug}/badges/held-back")
        counts.append(len(statements))
    assert counts[0] == counts[1]
