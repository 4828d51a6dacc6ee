"""Clashes and changes, without an application."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from eventhub.agenda.frozen import pack, unpack
from eventhub.agenda.rules import Change, FrozenSession, Programme, Use, changes, clashes

NINE = datetime(2026, 4, 2, 9, tzinfo=UTC)


def _use(session: str, resource: str, start: int, minutes: int) -> Use:
    begins = NINE + timedelta(minutes=start)
    return Use(session, resource, begins, begins + timedelta(minutes=minutes))


def test_overlap_in_one_room_is_a_clash() -> None:
    a, b = _use("a", "hall", 0, 60), _use("b", "hall", 59, 60)
    assert list(clashes([b, a])) == [(a, b)]


def test_end_is_exclusive() -> None:
    assert not list(clashes([_use("a", "hall", 0, 60), _use("b", "hall", 60, 60)]))


def test_rooms_do_not_clash_with_each_other() -> None:
    assert not list(clashes([_use("a", "hall", 0, 60), _use("b", "room", 0, 60)]))


def test_one_session_does_not_clash_with_itself() -> None:
    assert not list(clashes([_use("a", "p1", 0, 60), _use("a", "p1", 0, 60)]))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 300), st.integers(1, 90)), max_size=30))
def test_sweep_finds_the_same_pairs_as_comparing_all(rows: list[tuple[int, int, int]]) -> None:
    uses = [_use(str(n), str(r), start, minutes) for n, (r, start, minutes) in enumerate(rows)]
    found = {frozenset((a.session, b.session)) for a, b in clashes(uses)}
    slow = {
        frozenset((a.session, b.session))
        for a in uses
        for b in uses
        if a.session < b.session
        and a.resource == b.resource
        and a.start < b.end
        and b.start < a.end
    }
    assert found == slow


def _frozen(uid: str = "u1", **given_values: object) -> FrozenSession:
    base = FrozenSession(
        uid=uid, ref="R1", code="1.1", titles={"en": "Opening"}, descriptions={}, kind="opening",
        track=None, room="HALL", place_note={}, zone="Asia/Shanghai", starts="2026-04-02T09:00",
        ends="2026-04-02T10:00", starts_at=NINE, ends_at=NINE + timedelta(hours=1), access="open",
        admit=(), floor_languages=("en",), interpretation=("fr",), status="confirmed",
        speakers=(("S1", "chair"),),
    )  # fmt: skip
    return replace(base, **given_values)  # type: ignore[arg-type]


def test_r3_5_changes_name_what_moved() -> None:
    old = [_frozen("u1"), _frozen("u2"), _frozen("u3")]
    new = [
        _frozen("u1", room="ROOM"), _frozen("u2", titles={"en": "Welcome"}),
        _frozen("u3", status="cancelled"), _frozen("u4"),
    ]  # fmt: skip
    assert changes(old, new) == [
        Change("u1", "moved", ("room",)),
        Change("u2", "edited", ("titles",)),
        Change("u3", "cancelled", ("status",)),
        Change("u4", "added"),
    ]


def test_nothing_changed_is_no_change() -> None:
    assert changes([_frozen()], [_frozen()]) == []


def test_frozen_programme_reads_back_the_same() -> None:
    programme = Programme(
        2, NINE, (_frozen(changed_at=NINE, sequence=3, titles={"zh": "开幕式", "ar": "الافتتاح"}),),
        rooms={"HALL": {"names": {"en": "Hall"}, "place": 1}},
        speakers={"S1": {"name": "李", "sort": "li", "posts": {}, "entity": {}}},
    )  # fmt: skip
    data, sha256 = pack(programme)
    assert unpack(data, 1) == programme
    assert pack(programme) == (data, sha256)
