"""Where a speaker stands, what is missing, when somebody can speak: pure rules."""

from datetime import UTC, datetime

import pytest

from eventhub.speakers.rules import (
    Missing,
    State,
    Window,
    answer_after,
    can_speak,
    is_good_link,
    missing_of,
    state_of,
)


def at(hour: int) -> datetime:
    return datetime(2026, 4, 2, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("answers", "is_invited", "state"),
    [
        ([], False, State.NOT_INVITED),
        (["", ""], False, State.NOT_INVITED),
        (["", ""], True, State.INVITED),
        (["confirmed", ""], True, State.INVITED),
        (["confirmed", ""], False, State.INVITED),
        (["confirmed", "declined"], True, State.CONFIRMED),
        (["confirmed"], False, State.CONFIRMED),
        (["declined", "declined"], True, State.DECLINED),
        (["declined", "withdrawn"], True, State.WITHDRAWN),
        (["declined", ""], True, State.INVITED),
    ],
)
def test_state_follows_from_the_answers(answers: list[str], is_invited: bool, state: State) -> None:
    assert state_of(answers, is_invited=is_invited) == state


def test_no_after_yes_is_withdrawn_and_can_be_taken_back() -> None:
    assert answer_after("", comes=False) == "declined"
    assert answer_after("confirmed", comes=False) == "withdrawn"
    assert answer_after("withdrawn", comes=False) == "withdrawn"
    assert answer_after("declined", comes=False) == "declined"
    assert answer_after("withdrawn", comes=True) == "confirmed"


def test_nothing_is_missed_of_who_does_not_come_nor_what_was_refused() -> None:
    lacking = {"has_address": False, "is_silent": True, "has_portrait": False}
    all_of = missing_of(**lacking, unwritten=["fr"], publishes=None, state=State.INVITED)
    assert set(all_of) == set(Missing)
    refused = missing_of(**lacking, unwritten=["fr"], publishes=False, state=State.INVITED)
    assert set(refused) == {Missing.ADDRESS, Missing.CONFIRMATION}
    assert missing_of(**lacking, unwritten=["fr"], publishes=None, state=State.DECLINED) == ()


@pytest.mark.parametrize(
    ("windows", "fits"),
    [
        ([], True),
        ([Window(False, at(9), at(10))], True),
        ([Window(False, at(9), at(11))], False),
        ([Window(False, at(11), at(13))], False),
        ([Window(False, at(12), at(13))], True),
        ([Window(True, at(9), at(12))], True),
        ([Window(True, at(9), at(11))], False),
        ([Window(True, at(11), at(13))], False),
        ([Window(True, at(11), at(13)), Window(True, at(9), at(11))], True),
        ([Window(True, at(9), at(13)), Window(False, at(11), at(12))], False),
    ],
)
def test_session_from_ten_to_twelve_fits_the_windows(windows: list[Window], fits: bool) -> None:
    assert can_speak(windows, at(10), at(12)) is fits


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("https://example.org/me", True),
        ("https://example.org:443/", True),
        ("http://example.org", False),
        ("javascript:alert(1)", False),
        ("https://user:pass@example.org", False),
        ("https://localhost/", False),
        ("https://127.0.0.1/", False),
        ("https://example.org:99999/", False),
        ("https://example.org/a b", False),
        ('https://example.org/"onclick', False),
        ("https://example.org/" + "a" * 200, False),
        ("https://[::1", False),
    ],
)
def test_links_are_whole_addresses_of_pages_over_https(text: str, good: bool) -> None:
    assert is_good_link(text) is good
