"""Where sessions stand when rooms are columns, without an application."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from eventhub.agenda.rules import Spot, lay_out
from eventhub.agenda.rules.grid import MOST_COLUMNS, stylesheet

NINE = datetime(2026, 4, 2, 9, tzinfo=UTC)


def _spot(key: str, room: str | None, start: int, minutes: int = 60) -> Spot:
    begins = NINE + timedelta(minutes=start)
    return Spot(key, room, begins, begins + timedelta(minutes=minutes))


def test_parallel_sessions_stand_in_the_order_of_rooms() -> None:
    grid = lay_out([_spot("a", "B", 0), _spot("b", "A", 0)], ["A", "B", "unused"])
    assert [(head.room, head.column, head.width) for head in grid.heads] == [
        ("A", 2, 1),
        ("B", 3, 1),
    ]
    assert grid.cells["a"].column == 3
    assert grid.is_drawn


def test_what_is_alone_goes_across_all_rooms() -> None:
    grid = lay_out([_spot("a", "A", 0), _spot("b", "A", 60), _spot("c", "B", 60)], ["A", "B"])
    assert grid.cells["a"].column is None
    assert grid.cells["b"].column == 2


def test_day_without_parallel_sessions_is_a_list() -> None:
    assert not lay_out([_spot("a", "A", 0), _spot("b", "B", 60)], ["A", "B"]).is_drawn


def test_two_at_once_in_one_room_stand_side_by_side() -> None:
    grid = lay_out([_spot("a", "A", 0), _spot("b", "A", 30), _spot("c", "A", 60)], ["A"])
    assert {key: cell.column for key, cell in grid.cells.items()} == {"a": 2, "b": 3, "c": 2}
    assert grid.heads[0].width == 2


def test_rows_are_the_times_at_which_anything_begins_or_ends() -> None:
    grid = lay_out([_spot("a", "A", 0, 90), _spot("b", "B", 30, 30)], ["A", "B"])
    assert (grid.cells["a"].start, grid.cells["a"].end) == (2, 5)
    assert (grid.cells["b"].start, grid.cells["b"].end) == (3, 4)
    assert [row for row, _time in grid.hours] == [2, 3]


def test_parallel_session_without_room_stands_elsewhere() -> None:
    grid = lay_out([_spot("a", None, 0), _spot("b", "A", 0)], ["A"])
    assert [head.room for head in grid.heads] == ["A", None]


def test_more_rooms_than_can_be_read_are_a_list() -> None:
    rooms = [f"R{n}" for n in range(MOST_COLUMNS + 1)]
    assert not lay_out([_spot(room, room, 0) for room in rooms], rooms).is_drawn


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["A", "B", None]), st.integers(0, 300), st.integers(1, 90)),
        max_size=25,
    )
)
def test_no_two_sessions_share_a_cell(rows: list[tuple[str | None, int, int]]) -> None:
    spots = [_spot(str(n), *row) for n, row in enumerate(rows)]
    grid = lay_out(spots, ["A", "B"])
    placed = [
        (row, column)
        for cell in grid.cells.values()
        for row in range(cell.start, cell.end)
        for column in ([cell.column] if cell.column else range(2, grid.columns + 2))
    ]
    assert len(grid.cells) == len(spots)
    assert len(set(placed)) == len(placed)


def test_stylesheet_has_a_class_for_every_place() -> None:
    sheet = stylesheet()
    for rule in (".from-2{--from:2}", ".to-121{", ".room-41{", ".rooms-40{", ".wide-2{--wide:2}"):
        assert rule in sheet
