"""The lists of speakers of the demo: one left half-way, one run whole, one ready to be run."""

import pytest

from eventhub.demo.loading.speaking import FLOOR
from eventhub.demo.queries import find_rehearsal
from eventhub.events.models import Event
from eventhub.events.queries import find_event
from eventhub.speaking.queries import Floor, floor_of, list_lines, log_of

pytestmark = pytest.mark.usefixtures("demo")


def floor_at(event: Event | None) -> Floor:
    """Return the one list of an event."""
    assert event is not None
    [line] = [line for line in list_lines(event.id) if line.listed is not None]
    assert line.listed is not None
    return floor_of(event, line.listed, line.session)


def test_side_event_has_twelve_slots_in_45_minutes_half_of_them_spoken() -> None:
    floor = floor_at(find_event("new-york-2025"))
    assert (len(floor.entries), len(floor.done), len(floor.waiting)) == (12, 6, 6)
    assert (floor.forecast.capacity, floor.forecast.over) == (12, 0)
    assert floor.turn is None
    log = log_of(floor.event.id, floor.listed.id)
    assert len(log) == 6
    assert floor.session.starts_at < log[0].started_at < log[-1].started_at < floor.session.ends_at


def test_r3_8_side_event_speaks_by_rank_then_time() -> None:
    floor = floor_at(find_event("new-york-2025"))
    log = [line.names.pick("en") for line in log_of(floor.event.id, floor.listed.id)]
    assert log == ["Ethiopia", "Kenya", "Brazil", "Japan", "Maldives", "Burundi"]
    assert [one.code for one in floor.waiting] == ["MHL", "FRA", "PAK", "KWT", "EU", "UNDP"]


def test_forum_ran_its_high_level_segment_to_the_end() -> None:
    floor = floor_at(find_event("xiamen-2024"))
    assert len(floor.done) == len(FLOOR["xiamen-2024"])
    assert not floor.waiting
    assert floor.listed.ordering == "balanced"


def test_rehearsal_is_ready_to_be_run() -> None:
    floor = floor_at(find_rehearsal("new-york-2025"))
    assert (len(floor.waiting), len(floor.done), floor.turn) == (12, 0, None)
    assert floor.listed.limit_s == 180
