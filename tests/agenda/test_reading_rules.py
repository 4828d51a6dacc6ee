"""Choices carried by an address, what is on at an instant, parts of a programme."""

from datetime import datetime, timedelta
from typing import Any

from eventhub.agenda.rules import (
    Choice,
    FrozenSession,
    at_turn,
    belongs,
    clashing,
    count_parts,
    read_choice,
    turn_at,
    turns,
)
from eventhub.agenda.rules.choice import MOST_CHOSEN


def frozen(ref: str, starts: str, minutes: int = 60, **given: Any) -> FrozenSession:
    """Return a session in UTC that starts at a wall time like 2026-04-02T09:00."""
    begins = datetime.fromisoformat(f"{starts}:00+00:00")
    values: dict[str, Any] = {
        "uid": ref, "ref": ref, "code": ref, "titles": {"en": ref}, "descriptions": {},
        "kind": "panel", "track": None, "room": "A", "place_note": {}, "zone": "UTC",
        "starts": starts, "ends": starts, "starts_at": begins,
        "ends_at": begins + timedelta(minutes=minutes), "access": "open", "admit": (),
        "floor_languages": (), "interpretation": (), "status": "confirmed", "speakers": (),
    }  # fmt: skip
    return FrozenSession(**{**values, **given})


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}:00+00:00")


def test_choice_goes_through_an_address_and_back() -> None:
    assert read_choice("a1.b2.a1").refs == ("a1", "b2")
    assert read_choice("a1.b2").text == "a1.b2"
    assert not read_choice("")
    assert read_choice("<script>.ok.né.a b").refs == ("ok",)


def test_choice_has_a_bound() -> None:
    assert len(read_choice(".".join(f"r{n}" for n in range(1000)))) == MOST_CHOSEN


def test_choice_turns_one_session_on_and_off() -> None:
    assert Choice(("a", "b")).turned("c") == "a.b.c"
    assert Choice(("a", "b")).turned("a") == "b"
    assert Choice(("a",)).turned("a") == ""


def test_chosen_sessions_that_touch_do_not_clash_and_overlapping_ones_do() -> None:
    one, two = frozen("1", "2026-04-02T09:00"), frozen("2", "2026-04-02T10:00")
    three = frozen("3", "2026-04-02T10:59", room="B")
    gone = frozen("4", "2026-04-02T10:00", status="cancelled")
    assert clashing([one, two, three, gone]) == [(two, three)]


def test_now_is_what_runs_and_the_next_of_each_room_on_that_day() -> None:
    first = frozen("1", "2026-04-02T09:00")
    beside = frozen("2", "2026-04-02T09:30", room="B")
    next_a = frozen("3", "2026-04-02T11:00")
    tomorrow = frozen("4", "2026-04-03T09:00", room="B")
    all_four = (first, beside, next_a, tomorrow)
    changes = turns(all_four)

    def now(text: str) -> Any:
        return at_turn(all_four, turn_at(changes, at(text)), ["A", "B"])

    before = now("04-02T08:59")
    assert (before.places, before.coming, before.has_begun) == ((), (first,), False)
    [room] = now("04-02T09:00").places[:1]
    assert (room.room, room.running, room.following) == ("A", (first,), next_a)
    rooms = now("04-02T10:15").places
    assert [(p.room, p.running, p.following) for p in rooms] == [
        ("A", (), next_a),
        ("B", (beside,), None),
    ]
    night = now("04-02T22:00")
    assert (night.places, night.coming, night.has_begun) == ((), (tomorrow,), True)
    after = now("04-03T10:00")
    assert (after.places, after.coming, after.has_begun) == ((), (), True)


def test_now_knows_sessions_across_midnight_and_in_no_room() -> None:
    late = frozen("1", "2026-04-02T23:00", 120, room=None)
    [place] = at_turn((late,), 1, ["A"]).places
    assert (place.room, place.running) == (None, (late,))


def test_nothing_changes_between_two_turns() -> None:
    changes = turns((frozen("1", "2026-04-02T09:00"), frozen("2", "2026-04-02T10:00")))
    assert len(changes) == 3
    assert turn_at(changes, at("04-02T09:01")) == turn_at(changes, at("04-02T09:59"))
    assert turn_at(changes, at("04-02T09:59")) != turn_at(changes, at("04-02T10:00"))


def test_session_is_of_the_languages_spoken_and_interpreted() -> None:
    session = frozen("1", "2026-04-02T09:00", floor_languages=("en",), interpretation=("fr", "en"))
    assert belongs(session, "language", "fr")
    assert belongs(session, "language", "en")
    assert not belongs(session, "language", "zh")
    assert belongs(session, "room", "A")
    assert not belongs(session, "track", "A")
    assert count_parts([session])["language"] == {"en": 1, "fr": 1}
