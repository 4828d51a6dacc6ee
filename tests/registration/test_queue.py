"""The queue and the record, as officers and desks use them."""

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask

from eventhub.audit.queries import entries_of
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.jobs.runner import run_due
from eventhub.people.models import Account
from eventhub.registration import queries, services
from eventhub.registration.models import Registration
from eventhub.registration.rules import State
from eventhub.registration.views.deciding import ACTS
from eventhub.registration.views.said import said_of
from tests.browser import Browser, Page
from tests.factories import give, make_account
from tests.registration.factories import OFFICER, accredited, do, mails, moves, nominated, sent
from tests.registration.world import World


@pytest.fixture
def officer(world: World, browser: Browser) -> Browser:
    """Return the browser of the event's owner."""
    account = make_account(name="K. Li")
    give(account, "event_owner", world.event)
    return browser.sign_in(account)


def officer_of(app: Flask, world: World, role: str) -> Browser:
    account: Account = make_account()
    give(account, role, world.event)
    return Browser(app).sign_in(account)


def url(world: World, rest: str = "") -> str:
    return f"/manage/{world.event.slug}/people{rest}"


def names(page: Page) -> list[str]:
    return [one.get_text(strip=True) for one in page.soup.select(".waiting .name")]


def state(row: Registration) -> str:
    db.session.rollback()
    return db.session.get_one(Registration, row.id).state


def press(officer: Browser, act: str, **values: object) -> Page:
    """Press a button of the pane beside the list."""
    for form in officer.page.soup.select(".decide form"):
        if form.select_one(f"button[value={act}]"):
            return officer.submit(form, press=f"act={act}", **values)
    raise AssertionError(f"no button {act}")


def test_the_queue_starts_with_who_waits_for_me(officer: Browser, world: World) -> None:
    waits = nominated(world.event, world.delegate, family_name="Banda", given_names="Joseph")
    sent(world.event, world.delegate, family_name="Zulu")
    page = officer.get(url(world))
    assert names(page) == ["Joseph BANDA"]
    assert page.soup.select(".tabs [aria-current]")[-1].get_text(" ", strip=True) == (
        "Waiting for you 1"
    )
    assert "Joseph BANDA" in page.soup.select_one(".decide h2").text
    assert waits[0].ref in page.soup.select_one(".decide").decode()


def test_accrediting_goes_on_to_the_next_and_can_be_undone(
    app: Flask, officer: Browser, world: World, noon: datetime
) -> None:
    first, second = nominated(world.event, world.delegate, 2)
    officer.get(url(world))
    page = press(officer, "accredit")
    assert page.status == 200
    assert moves(first)[-1] == ("nominated", "accredited", "held")
    assert "Undo, 2:00 left" in page.text
    assert " is accredited. It can still be undone." in page.text
    assert second.ref in page.soup.select_one(".decide").decode()
    officer.submit(page.soup.select_one(".undo form"), press="act=undo")
    assert moves(first)[-1] == ("nominated", "accredited", "cancelled")
    officer.get(url(world))
    press(officer, "accredit")
    with clock.at(noon + timedelta(minutes=3)):
        run_due(app)
    assert state(first) == State.ACCREDITED


@pytest.mark.parametrize("act", sorted(ACTS))
def test_every_act_is_told_as_done_not_as_an_order(act: str) -> None:
    one, many = said_of(act, ["Aya"]), said_of(act, ["Aya"] * 3)
    assert "Aya" in one
    assert "3 " in many
    for sentence in (one, many):
        assert re.search(r"\b(is|are|has been|have been) ", sentence)


def test_sending_the_decision_twice_is_one_decision(officer: Browser, world: World) -> None:
    (row,) = nominated(world.event, world.delegate)
    page = officer.get(url(world))
    press(officer, "accredit")
    officer.page = page
    press(officer, "accredit")
    assert [move[2] for move in moves(row)].count("held") == 1


def test_the_key_of_a_page_holds_for_those_chosen_alone(officer: Browser, world: World) -> None:
    first, second = nominated(world.event, world.delegate, 2)
    page = officer.get(url(world))
    for row in (first, second, second):
        officer.page = page
        press(officer, "accredit", who=row.ref)
    for row in (first, second):
        assert [move[1] for move in moves(row)].count("accredited") == 1


def test_rejecting_needs_a_reason_and_keeps_what_was_typed(officer: Browser, world: World) -> None:
    (row,) = nominated(world.event, world.delegate)
    officer.get(url(world))
    page = press(officer, "reject", text="Not on the list.")
    assert page.status == 422
    assert page.errors() == ["Correct: Choose one."]
    assert page.soup.find("textarea").text.strip() == "Not on the list."
    page = officer.submit(reason="not_nominated")
    assert page.status == 200
    assert moves(row)[-1] == ("nominated", "rejected", "held")


def test_returning_ticks_what_is_to_be_corrected(
    app: Flask, officer: Browser, world: World, noon: datetime
) -> None:
    (row,) = nominated(world.event, world.delegate)
    officer.get(url(world))
    page = press(officer, "return", reason="unclear")
    assert page.status == 422
    assert "Tick what is to be corrected." in page.text
    officer.submit(fields=["email", "family_name"])
    with clock.at(noon + timedelta(minutes=3)):
        run_due(app)
    assert state(row) == State.RETURNED
    assert row.returned_fields == ["family_name", "email"]
    assert mails(world.event) == [("returned", row.email)]


def test_r1_3_a_page_that_is_out_of_date_is_told(officer: Browser, world: World) -> None:
    (row,) = nominated(world.event, world.delegate)
    page = officer.get(url(world))
    do(services.reject, world.event, [row], reason="duplicate", actor=OFFICER)
    officer.page = page
    page = press(officer, "accredit")
    assert "changed meanwhile: Rejected" in page.text
    assert moves(row)[-1] == ("nominated", "rejected", "held")


def test_many_are_chosen_and_rejected_with_one_reason(officer: Browser, world: World) -> None:
    rows = nominated(world.event, world.delegate, 3)
    page = officer.get(url(world))
    form = page.soup.select_one("#chosen")
    page = officer.submit(form, press="act=reject", who=[row.ref for row in rows[:2]])
    assert page.soup.h1.get_text(strip=True) == "Reject 2 people"
    officer.submit(reason="not_eligible")
    assert [moves(row)[-1][1] for row in rows] == ["rejected", "rejected", "nominated"]


def test_nobody_chosen_is_said(officer: Browser, world: World) -> None:
    nominated(world.event, world.delegate)
    page = officer.get(url(world))
    assert (
        "Choose somebody first."
        in officer.submit(page.soup.select_one("#chosen"), press="act=accredit").text
    )


def test_more_than_fifty_are_decided_by_a_job_that_tells_how_far_it_is(
    app: Flask, officer: Browser, world: World, noon: datetime
) -> None:
    with transaction():
        world.event.places = 500
    rows = nominated(world.event, world.delegate, 60)
    page = officer.get(url(world))
    page = officer.submit(page.soup.select_one("form.all"), press="act=accredit")
    assert page.soup.h1.get_text(strip=True) == "Accredit 60 people"
    assert "and 50 more" in page.text
    page = officer.submit()
    assert "0 of 60" in page.text
    do(services.withdraw, world.event, rows[:1], actor=queries.registrant(rows[0]))
    run_due(app)
    page = officer.get(page.response.request.path)
    assert "59 people are decided on." in page.text
    assert "One was left out" in page.text
    with clock.at(noon + timedelta(minutes=3)):
        run_due(app)
    assert state(rows[-1]) == State.ACCREDITED


@pytest.mark.parametrize(
    "text", ["banda", "BÁNDA", "陆一", "zambia", "赞比亚", "zmb-01", "joseph b"]
)
def test_search_finds_in_any_script(officer: Browser, world: World, text: str) -> None:
    with transaction():
        world.zambia.names = world.zambia.names.with_text("zh", "赞比亚")
    nominated(
        world.event, world.delegate, family_name="Banda", given_names="Joseph",
        name_local="陆一宁", entity_id=world.zambia.id,
    )  # fmt: skip
    nominated(world.event, world.delegate, family_name="Other")
    assert names(officer.get(url(world) + f"?q={text}")) == ["Joseph BANDA"]


def test_filters_and_order_stand_in_the_address(officer: Browser, world: World) -> None:
    nominated(world.event, world.delegate, family_name="Banda", given_names="")
    nominated(world.event, world.delegate, family_name="Adu", given_names="")
    sent(world.event, world.press, family_name="Press", given_names="")
    page = officer.get(url(world) + "?sort=name")
    assert names(page) == ["ADU", "BANDA", "PRESS"]
    assert names(officer.get(url(world) + "?category=PRESS")) == ["PRESS"]
    assert names(officer.get(url(world) + "?view=nonsense&sort=x&page=-3&at=NONE")) != []
    page = officer.get(url(world) + "?q=nobody+here")
    assert "Nobody here fits these filters." in page.text
    page = officer.get(url(world) + "?q=" + "x" * 5000)
    assert page.status == 200


def test_r1_7_a_desk_sees_its_categories_only(app: Flask, world: World) -> None:
    (delegate,) = nominated(world.event, world.delegate, family_name="Banda")
    (press_,) = sent(world.event, world.press, family_name="Press", given_names="")
    desk = officer_of(app, world, "media_desk")
    assert names(desk.get(url(world))) == ["PRESS"]
    assert names(desk.get(url(world) + "?view=all&q=banda")) == []
    assert desk.get(url(world, f"/{delegate.ref}")).status == 404
    assert desk.get(url(world, f"/{press_.ref}")).status == 200
    page = desk.get(url(world))
    forged = desk.submit(page.soup.select_one("#chosen"), press="act=accredit", who=[delegate.ref])
    assert forged.status == 404
    assert state(delegate) == State.NOMINATED


def test_r1_36_others_find_nothing(app: Flask, world: World, browser: Browser) -> None:
    (row,) = nominated(world.event, world.delegate)
    for role in ("agenda_editor", "door_staff", "focal_point"):
        stranger = officer_of(app, world, role)
        for rest in ("", f"/{row.ref}", "/new", f"/{row.ref}/edit", f"/{row.ref}/photo.jpg"):
            assert stranger.get(url(world, rest)).status == 404, (role, rest)
    assert "/sign-in" in browser.get(url(world), follow=False).location


@pytest.mark.parametrize("view", ["waiting", "waitlist", "all"])
def test_the_list_takes_at_most_fifteen_statements_for_one_and_a_hundred(
    officer: Browser, world: World, statements: list[str], view: str
) -> None:
    with transaction():
        world.event.places = 1 if view == "waitlist" else 500
    sent(world.event, world.delegate)
    nominated(world.event, world.delegate, entity_id=world.zambia.id)
    counts = []
    for more in (0, 99):
        if more and view == "waitlist":
            sent(world.event, world.delegate, more, entity_id=world.kenya.id)
        elif more:
            nominated(world.event, world.delegate, more, entity_id=world.kenya.id)
        statements.clear()
        officer.get(url(world) + f"?view={view}")
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert counts[1] <= 15, statements


def test_the_record_shows_all_and_its_history(officer: Browser, world: World) -> None:
    (row,) = accredited(
        world.event, world.delegate, functional_title="Director", entity_id=world.zambia.id
    )
    page = officer.get(url(world, f"/{row.ref}"))
    for words in ("Director", "Zambia", "ZMB-01", row.email, "Accredited", "Nominated", "Draft"):
        assert words in page.text
    assert [td.text for td in page.soup.select("tbody .first")]


def test_the_record_takes_at_most_fifteen_statements(
    officer: Browser, world: World, statements: list[str]
) -> None:
    (row,) = accredited(world.event, world.delegate, entity_id=world.zambia.id)
    statements.clear()
    officer.get(url(world, f"/{row.ref}"))
    assert len(statements) <= 15, statements


def test_a_revoked_accreditation_can_be_taken_up_again(officer: Browser, world: World) -> None:
    (row,) = accredited(world.event, world.delegate)
    officer.get(url(world, f"/{row.ref}"))
    page = press(officer, "revoke")
    assert "void at every door at once" in page.text
    officer.submit(reason="misuse")
    assert state(row) == State.REVOKED
    officer.get(url(world, f"/{row.ref}"))
    press(officer, "reinstate")
    officer.submit(text="A mistake")
    assert state(row) == State.NOMINATED
    assert moves(row)[-1] == ("revoked", "nominated", "done")


def test_entering_a_person_by_hand(officer: Browser, world: World) -> None:
    officer.get(url(world, "/new"))
    page = officer.submit(category=world.delegate.ref, family_name="", given_names="")
    assert page.status == 422
    assert "one of them is enough" in page.text
    page = officer.submit(given_names="Sriwahyuni", entity="ZMB", email="s@example.org")
    assert page.status == 200
    row = queries.search(world.event.id, "sriwahyuni", OFFICER.scope("registration.view"))[0]
    assert (row.state, row.source, row.number) == (State.SUBMITTED, "organiser", 1)
    assert mails(world.event) == [("received", "s@example.org")]


def test_editing_by_hand_tells_the_second_window(officer: Browser, world: World) -> None:
    (row,) = accredited(world.event, world.delegate, family_name="Mwila")
    first = officer.get(url(world, f"/{row.ref}/edit"))
    officer.submit(family_name="Phiri")
    officer.page = first
    page = officer.submit(family_name="Zulu")
    assert page.status == 409 or "meanwhile" in page.text
    assert page.soup.find(id="family_name")["value"] == "Zulu", "what was typed is kept"
    assert state(row) == State.ACCREDITED
    assert (row.family_name, row.needs_new_badge) == ("Phiri", True)


def test_r1_4_a_change_is_accepted_or_refused_on_the_record(officer: Browser, world: World) -> None:
    (row,) = accredited(world.event, world.delegate, functional_title="Director")
    with transaction():
        services.request_change(
            row, {"functional_title": "Minister"}, actor=queries.registrant(row)
        )
    page = officer.get(url(world) + "?view=changes")
    assert "Title of the post" in page.text
    page = officer.get(url(world, f"/{row.ref}"))
    assert "Director" in page.soup.select_one("#changes del").text
    page = officer.submit(page.form(action="/changes/"), press="answer=refuse")
    assert page.status == 422
    page = officer.submit(page.form(action="/changes/"), press="answer=accept")
    assert state(row) == State.ACCREDITED
    assert (row.functional_title, row.needs_new_badge) == ("Minister", True)


def test_sensitive_answers_are_shown_on_request_only_and_written_down(
    app: Flask, officer: Browser, world: World
) -> None:
    (row,) = accredited(world.event, world.delegate)
    page = officer.get(url(world, f"/{row.ref}"))
    page = officer.submit(page.form(action="/needs"))
    assert "Nothing was asked for." in page.text
    from_log = [entry.action for entry in entries_of(world.event.id)]
    assert "registration.see_needs" in from_log
    media = officer_of(app, world, "media_desk")
    (press_,) = sent(world.event, world.press)
    page = media.get(url(world, f"/{press_.ref}"))
    assert "Show diet" not in page.text


def test_sending_the_link_again(officer: Browser, world: World) -> None:
    (row,) = sent(world.event, world.delegate)
    page = officer.get(url(world, f"/{row.ref}"))
    officer.submit(page.form(action="/link"))
    assert mails(world.event) == [("link_again", row.email)]


def test_all_words_of_letters_can_be_read(app: Flask, world: World, noon: datetime) -> None:
    (row,) = accredited(world.event, world.delegate, entity_id=world.zambia.id)
    with transaction():
        for language in ("en", "fr", "zh", "ar"):
            row.language = language
            services.send_link(row)
    run_due(app)
    folder = app.extensions["eventhub.settings"].folder("mail")
    assert len(list(folder.glob("*.eml"))) == 4
