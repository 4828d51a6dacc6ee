"""How long each speaks: typed, checked, published (R3.1, R3.36)."""

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from eventhub.agenda import queries, services
from eventhub.agenda.frozen import SCHEMA, pack, unpack
from eventhub.agenda.lint import faults_of, look_over
from eventhub.agenda.queries.items import agenda_of
from eventhub.agenda.rules import Plan, Planned, changes_between, lint
from eventhub.agenda.services.items import take_up
from eventhub.core.db import transaction
from eventhub.core.errors import Invalid
from eventhub.events.models import Event
from tests.agenda.programmes import EDITOR, make_room, make_session, make_speaker, publish, wall
from tests.agenda.test_items import make_item
from tests.browser import Browser
from tests.factories import give, make_account, make_event

NINE = datetime(2026, 4, 2, 9, tzinfo=UTC)


def found(minutes: tuple[int, ...], lasts: int, kind: str = "opening", pause: int = 0) -> list[str]:
    """Return the checks that find something in one session of so many minutes."""
    breaks = ((NINE, NINE + timedelta(minutes=pause)),) if pause else ()
    one = Planned(
        "R1", kind, NINE.date(), NINE, NINE + timedelta(minutes=lasts), minutes=minutes,
        breaks=breaks,
    )  # fmt: skip
    return [finding.check for finding in lint(Plan(NINE.date(), NINE.date(), [one]))]


@pytest.mark.parametrize(
    ("minutes", "lasts", "is_found"),
    [
        ((5, 5, 5), 23, False),
        ((5, 5, 5), 22, True),
        ((10,), 16, False),
        ((10,), 15, True),
        ((), 1, False),
    ],
)
def test_r3_36_speeches_changes_and_slack_must_fit_the_opening(
    minutes: tuple[int, ...], lasts: int, is_found: bool
) -> None:
    assert ("speeches_too_long" in found(minutes, lasts)) is is_found


def test_r3_36_breaks_leave_less_time_and_panels_are_not_ceremonies() -> None:
    assert found((5, 5, 5), 30) == []
    assert found((5, 5, 5), 30, pause=10) == ["speeches_too_long"]
    assert "speeches_too_long" not in found((30,), 10, kind="panel")


def _opening(event: Event, *minutes: int | None) -> str:
    room = make_room(event)
    with transaction():
        room.zone_code = "Z2"
    session = make_session(
        event,
        kind="opening",
        room_id=room.id,
        starts=wall("2026-04-02T09:00"),
        ends=wall("2026-04-02T09:30"),
    )
    people = [make_speaker(event, f"Speaker {n}") for n in range(len(minutes))]
    parts = [
        services.Part(one.id, "speaker", long) for one, long in zip(people, minutes, strict=True)
    ]
    with transaction():
        services.name_speakers(session, parts, actor=EDITOR)
    return session.ref


@pytest.fixture
def event(app: Flask) -> Event:
    """Return an event of one day."""
    return make_event(slug="xiamen-2026", starts_on=NINE.date(), ends_on=NINE.date())


def test_r3_36_error_says_how_many_minutes_are_needed(event: Event) -> None:
    ref = _opening(event, 10, 15, None)
    (said,) = faults_of(look_over(event, queries.load_draft(event.id)))[ref]
    assert said == "The speeches need 32 minutes with the changes between them, and there are 30."


def test_editor_types_minutes_and_everybody_reads_them(browser: Browser, event: Event) -> None:
    ref = _opening(event, None, None)
    account = make_account()
    give(account, "agenda_editor", event)
    browser.sign_in(account)
    page = f"/manage/xiamen-2026/programme/sessions/{ref}/speakers"
    browser.get(page)
    wrong = browser.submit(**{"parts-0-minutes": "0"})
    assert wrong.status == 422
    browser.get(page)
    browser.submit(**{"parts-0-minutes": "10"})
    publish(event)
    shown = browser.get(f"/en/xiamen-2026/programme/sessions/{ref}").text
    assert shown.count("10 minutes") == 1


def test_part_of_no_time_or_of_days_is_refused(event: Event) -> None:
    for minutes in (0, -5, 24 * 60 + 1):
        with pytest.raises(Invalid):
            _opening(event, minutes)


def test_old_version_without_minutes_opens_and_shows_no_change(event: Event) -> None:
    _opening(event, None)
    publish(event)
    now = queries.find_programme(event.id)
    assert now is not None
    raw = json.loads(gzip.decompress(pack(now)[0]))
    newer = ("part_minutes", "hides_title")
    raw["sessions"] = [{n: v for n, v in s.items() if n not in newer} for s in raw["sessions"]]
    raw["rooms"] = {
        ref: {n: v for n, v in room.items() if n != "badge_zone"}
        for ref, room in raw["rooms"].items()
    }
    old = unpack(gzip.compress(json.dumps(raw).encode()), SCHEMA)
    assert not changes_between(old, now)
    (session,) = now.sessions
    longer = replace(now, sessions=(replace(session, part_minutes=(7,)),))
    (change,) = changes_between(old, longer)
    assert change.fields == ("part_minutes",)


def test_draft_that_goes_back_has_the_minutes_and_items_of_old(event: Event) -> None:
    ref = _opening(event, 10, None)
    session = queries.get_session(event.id, ref)
    item = make_item(event, "Opening")
    with transaction():
        take_up(event, session, [item.ref], actor=EDITOR)
    publish(event)
    slots = queries.slots_of(event.id)[session.id]
    with transaction():
        parts = [services.Part(slot.speaker_id, slot.role, 3) for slot in slots]
        services.name_speakers(session, parts, actor=EDITOR)
        take_up(event, session, [], actor=EDITOR)
    publish(event)
    with transaction():
        services.go_back(event, 0, services.Terms(), with_draft=True, actor=EDITOR)
    assert [slot.minutes for slot in queries.slots_of(event.id)[session.id]] == [10, None]
    assert agenda_of(event.id).refs_of(session.id) == [item.ref]
    assert services.what_would_change(event).changes == []
