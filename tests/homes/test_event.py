"""The home of an event."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from eventhub import homes
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db, transaction
from eventhub.events.models import Event
from eventhub.events.seams import STAGES, Stage, StageState
from eventhub.homes.deeds import DEEDS
from eventhub.homes.words import happening, how_far
from eventhub.mail.models import OutboxMail
from eventhub.mail.services import Addressed, send
from tests.browser import Browser
from tests.factories import give, make_account, make_category, make_event, make_registration
from tests.reports.factories import came, make_gate, make_states


def as_role(browser: Browser, role: str, event: Event) -> Browser:
    account = make_account()
    give(account, role, event)
    return browser.sign_in(account)


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Stage]]:
    """Let the test alone say which stages there are."""
    there = list(STAGES)
    STAGES.clear()
    yield STAGES
    STAGES[:] = there


def stage(key: str, order: int, *, done: bool, page: str = "messages", late: bool = False) -> Stage:
    def state(event: Event) -> StageState:
        return StageState(done, f"{key} stands at {order}", f"/manage/{event.slug}/{page}", late)

    return Stage(key, order, lambda: key.title(), state)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-03-01T12:00", "in 33 days"),
        ("2026-04-01T12:00", "in 2 days"),
        ("2026-04-02T15:59", "tomorrow"),
        ("2026-04-02T16:00", "day 1 of 2"),
        ("2026-04-04T12:00", "day 2 of 2"),
        ("2026-04-04T16:00", "ended"),
    ],
)
@pytest.mark.usefixtures("app")
def test_how_far_is_counted_in_the_days_of_the_event(day: str, said: str) -> None:
    event = make_event(starts_on=date(2026, 4, 3), ends_on=date(2026, 4, 4))
    assert how_far(event, datetime.fromisoformat(day).replace(tzinfo=UTC)) == said


@pytest.mark.usefixtures("app")
def test_an_event_of_one_day_is_today() -> None:
    event = make_event(starts_on=date(2026, 4, 3), ends_on=date(2026, 4, 3))
    assert how_far(event, datetime(2026, 4, 3, 1, tzinfo=UTC)) == "today"


def test_r1_36_strangers_and_door_staff_find_nothing(browser: Browser) -> None:
    event, elsewhere = make_event(), make_event()
    assert "/sign-in" in browser.get(f"/manage/{event.slug}", follow=False).location
    for role, place in (("event_owner", elsewhere), ("door_staff", event), ("focal_point", event)):
        as_role(browser, role, place)
        assert browser.get(f"/manage/{event.slug}").status == 404


def test_stages_stand_in_their_order_done_now_and_late(
    browser: Browser, stages: list[Stage]
) -> None:
    stages += [
        stage("print", 60, done=False, late=True), stage("publish", 20, done=True),
        stage("invite", 30, done=False), stage("programme", 50, done=False),
    ]  # fmt: skip
    event = make_event()
    page = as_role(browser, "event_owner", event).get(f"/manage/{event.slug}")
    shown = [
        (item.a.text, " ".join(item.get("class") or [])) for item in page.soup.select(".stages li")
    ]
    assert shown == [("Publish", "done"), ("Invite", "now"), ("Programme", ""), ("Print", "late")]
    assert "invite stands at 30" in page.text


def test_late_things_stand_first_and_five_at_most_are_shown(
    browser: Browser, stages: list[Stage]
) -> None:
    stages += [stage("set_up", 10, done=False)]
    stages += [stage(f"late{n}", 20 + n, done=False, late=True) for n in range(6)]
    event = make_event()
    page = as_role(browser, "event_owner", event).get(f"/manage/{event.slug}")
    first = page.soup.select_one("ul.todo")
    assert first is not None
    assert ["late" in (item.get("class") or []) for item in first.select("li")] == [True] * 5
    assert "2 more things" in page.text
    assert len(page.soup.select("details ul.todo li")) == 2


def test_the_queue_of_ones_own_categories_waits(browser: Browser, stages: list[Stage]) -> None:
    stages += [stage("publish", 20, done=True)]
    event = make_event()
    press = make_category(event, "PRESS", approver="media_desk", vouched_by="none")
    delegates = make_category(event, "DEL")
    for category, state in ((press, "nominated"), (delegates, "nominated"),
                            (delegates, "nominated"), (delegates, "submitted")):  # fmt: skip
        make_registration(event, category, state=state)
    page = as_role(browser, "event_owner", event).get(f"/manage/{event.slug}")
    assert "3 people wait for your decision." in page.text
    page = as_role(browser, "media_desk", event).get(f"/manage/{event.slug}")
    assert "One person waits for your decision." in page.text
    page = as_role(browser, "agenda_editor", event).get(f"/manage/{event.slug}")
    assert "decision" not in page.text


def test_nothing_waits_when_all_is_done(browser: Browser, stages: list[Stage]) -> None:
    stages += [stage("publish", 20, done=True)]
    event = make_event()
    page = as_role(browser, "event_owner", event).get(f"/manage/{event.slug}")
    assert "Nothing waits for you." in page.text


def test_stages_lead_only_where_the_role_may_go(browser: Browser, stages: list[Stage]) -> None:
    stages += [stage("messages", 10, done=True), stage("figures", 20, done=True, page="figures"),
               stage("programme", 30, done=True, page="programme")]  # fmt: skip
    event = make_event()
    seen = {}
    for role in ("event_owner", "media_desk", "agenda_editor", "observer"):
        page = as_role(browser, role, event).get(f"/manage/{event.slug}")
        seen[role] = [link.text for link in page.soup.select(".stages a")]
    assert seen == {
        "event_owner": ["Messages", "Figures", "Programme"],
        "media_desk": ["Figures", "Programme"],
        "agenda_editor": ["Programme"],
        "observer": [],
    }


def test_mails_that_came_back_are_late(browser: Browser, stages: list[Stage]) -> None:
    event = make_event()
    with transaction():
        send("events.cancelled", [Addressed("a@example.org", "en")], event_id=event.id)
    with transaction():
        db.session.execute(update(OutboxMail).values(state="failed"))
    page = as_role(browser, "event_owner", event).get(f"/manage/{event.slug}")
    assert "One mail could not be delivered." in page.text
    page = as_role(browser, "agenda_editor", event).get(f"/manage/{event.slug}")
    assert "could not be delivered" not in page.text


def test_figures_forecast_before_and_say_after(browser: Browser) -> None:
    event, states = make_event(), make_states()
    category = make_category(event)
    people = [
        make_registration(event, category, state="accredited", entity_id=states[code].id)
        for code in ("ZMB", "EGY", "FRA")
    ]
    as_role(browser, "event_owner", event)
    page = browser.get(f"/manage/{event.slug}")
    assert "Forecast: 3 participants from 3 countries" in page.text
    assert "counted here when somebody of theirs is accredited" in page.text
    gate = make_gate(event)
    for person in people[:2]:
        came(gate, person)
    page = browser.get(f"/manage/{event.slug}")
    assert "2 participants from 2 countries" in page.text
    assert "counted here when somebody of theirs came" in page.text
    assert "Forecast" not in page.text


def test_the_latest_happenings_are_taken_together(browser: Browser) -> None:
    event = make_event()
    officer = Actor("account", 7, "A. Phiri", {})
    with transaction():
        record(officer, "event.publish", [Subject("event", event.ref)], event_id=event.id)
        each = [Subject("registration", str(n)) for n in range(12)]
        record(officer, "registration.hold", each, event_id=event.id)
    page = as_role(browser, "event_owner", event).get(f"/manage/{event.slug}")
    said = [item.bdi.text for item in page.soup.select(".latest li")]
    assert said == ["A. Phiri decided on 12 registrations", "A. Phiri published the event"]


def test_what_goes_on_by_itself_hides_no_step(browser: Browser, stages: list[Stage]) -> None:
    def open_still(event: Event) -> StageState:
        return StageState(False, "30 came", f"/manage/{event.slug}/messages", asks_nobody=True)

    stages += [
        Stage("invite", 30, lambda: "Invite", open_still),
        stage("programme", 50, done=False),
    ]
    event = make_event()
    page = as_role(browser, "event_owner", event).get(f"/manage/{event.slug}")
    (only,) = page.soup.select("ul.todo li")
    assert "programme stands at 50" in only.text


def test_every_kind_of_thing_in_the_log_is_told_in_words() -> None:
    """What belongs to no event has no home that could tell it."""
    of_no_event = {
        "account", "entity", "entity_group", "institution", "job", "key", "mail", "reference",
        "series", "venue",
        "venue_room",
    }  # fmt: skip
    source = Path(homes.__file__).parent.parent
    kinds = {
        kind
        for path in source.rglob("*.py")
        for kind in re.findall(r"[sS]ubject\(\s*\"(\w+)\"", path.read_text())
    }
    told_by_action = {"course_results", "certificate", "print_run", "message", "scan"}
    silent = {
        kind
        for kind in kinds - of_no_event - told_by_action
        if "thing" in happening("other.act", kind, "A. Phiri", 2)
    }
    assert not silent
    for action in ("certificate.results", "badge.print", "message.retry", "scan.undo"):
        assert "thing" not in happening(action, "other", "A. Phiri", 2)


def test_acts_of_the_worker_say_what_they_did_not_that_the_set_up_changed() -> None:
    for action in ("arrival.purge", "speaker.purge", "event.setting", "agenda.propose"):
        assert "set-up" not in happening(action, "event", "EventHub", 1), action
    assert happening("arrival.purge", "event", "EventHub", 1) == (
        "EventHub erased the journeys, as it was set"
    )
    assert happening("floor_card.hand", "session", "K. Li", 2) == "K. Li handed out floor cards"
    said = happening("registration.set_session_seat", "registration", "K. Li", 3)
    assert said == "K. Li changed 3 seats in sessions"


@pytest.mark.parametrize("action", sorted(DEEDS))
def test_each_deed_is_recorded_somewhere_and_can_be_said(action: str) -> None:
    """No sentence for an act that no feature writes into the log any more."""
    package = Path(homes.__file__).parent.parent
    by_part = {
        "registration.accepted_change", "registration.refused_change",
        "delegation.call", "delegation.note",
    }  # fmt: skip
    sources = (path for path in package.rglob("*.py") if path.name != "deeds.py")
    assert action in by_part or any(f'"{action}"' in path.read_text("utf-8") for path in sources)
    for n in (1, 2):
        assert "K. Li" in DEEDS[action]("K. Li", n)


def test_latest_happenings_stand_in_the_order_of_their_time(
    browser: Browser, noon: datetime
) -> None:
    event = make_event()
    officer = Actor("account", 7, "A. Phiri", {})
    for minutes, action in ((5, "event.cancel"), (0, "event.publish")):
        with clock.at(noon + timedelta(minutes=minutes)), transaction():
            record(officer, action, [Subject("event", event.ref)], event_id=event.id)
    page = as_role(browser, "event_owner", event).get(f"/manage/{event.slug}")
    said = [item.bdi.text for item in page.soup.select(".latest li")]
    assert said == ["A. Phiri cancelled the event", "A. Phiri published the event"]


def test_who_may_not_read_the_log_sees_no_happenings(browser: Browser) -> None:
    event = make_event()
    with transaction():
        record(
            Actor("account", 7, "A. Phiri", {}), "event.publish", [Subject("event", event.ref)],
            event_id=event.id,
        )  # fmt: skip
    page = as_role(browser, "media_desk", event).get(f"/manage/{event.slug}")
    assert "A. Phiri" not in page.text


def test_a_draft_and_a_cancelled_event_say_so(browser: Browser) -> None:
    for state, word in (("draft", "Draft"), ("cancelled", "Cancelled")):
        event = make_event(state=state)
        page = as_role(browser, "event_owner", event).get(f"/manage/{event.slug}")
        assert word in page.text
        assert bool(page.soup.select("main .facts a")) == (state != "draft")


@pytest.mark.parametrize("preset", ["forum", "side_event", "seminar"])
@pytest.mark.parametrize("first_day", [date(2024, 4, 2), date(2099, 4, 2)])
def test_a_full_home_asks_fifteen_statements_at_most(
    browser: Browser, statements: list[str], preset: str, first_day: date
) -> None:
    switches = ["delegations", "seats", "badges", "doors", "states_in_room", "roll_call",
                "certificates", "speakers"]  # fmt: skip
    event = make_event(preset=preset, switches=switches, starts_on=first_day)
    category, gate, states = make_category(event), make_gate(event), make_states()
    as_role(browser, "event_owner", event)
    counts = []
    for _round in range(2):
        for _number in range(8):
            person = make_registration(
                event, category, state="accredited", entity_id=states["ZMB"].id
            )
            came(gate, person)
        url = f"/manage/{event.slug}"
        statements.clear()
        assert browser.get(url).status == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 15


def test_the_clock_of_the_page_is_the_applications(browser: Browser) -> None:
    event = make_event(starts_on=date(2026, 4, 3))
    as_role(browser, "event_owner", event)
    with clock.at(datetime(2026, 3, 1, 12, tzinfo=UTC)):
        assert "in 33 days" in browser.get(f"/manage/{event.slug}").text
