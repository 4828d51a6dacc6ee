"""Moving, copying and undoing on the editor's board."""

from datetime import date, timedelta

import pytest

from eventhub.agenda import queries, services
from eventhub.agenda.models import Session
from eventhub.agenda.queries.editing import standing_of
from eventhub.agenda.services import Move, Place
from eventhub.audit.queries import entries_of
from eventhub.core.actor import EVERYTHING, Actor
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import Event
from tests.agenda.programmes import (
    EDITOR,
    change,
    make_room,
    make_session,
    make_speaker,
    name_speakers,
    wall,
)
from tests.factories import make_event

pytestmark = pytest.mark.usefixtures("app")
LI = Actor("account", 2, "K. Li", {"agenda.edit": EVERYTHING})


@pytest.fixture
def event() -> Event:
    """Return an event on 2 and 3 April 2026 in Xiamen."""
    return make_event(starts_on=date(2026, 4, 2), ends_on=date(2026, 4, 3))


def move(event: Event, *moves: Move, actor: Actor = EDITOR) -> list[Session]:
    with transaction():
        return services.move_sessions(event, moves, actor=actor)


def to(session: Session, starts: str | None, minutes: int = 60, room_id: int | None = None) -> Move:
    place = Place(wall(starts) if starts else None, minutes, room_id)
    return Move(session.ref, session.version, place)


def undo(event: Event, actor: Actor = EDITOR) -> services.Outcome:
    with transaction():
        return services.undo(event, actor=actor)


def redo(event: Event, actor: Actor = EDITOR) -> services.Outcome:
    with transaction():
        return services.redo(event, actor=actor)


def test_move_changes_room_time_and_length_at_once(event: Event) -> None:
    room = make_room(event)
    session = make_session(event, starts=wall("2026-04-02T09:00"))
    move(event, to(session, "2026-04-03T14:35", 50, room.id))
    assert (session.starts, session.ends) == (wall("2026-04-03T14:35"), wall("2026-04-03T15:25"))
    assert session.room_id == room.id
    assert session.ends_at - session.starts_at == timedelta(minutes=50)
    assert session.version == 2
    (entry, *_others) = entries_of(event.id, subject_ref=session.ref)
    assert entry.action == "session.move"
    assert entry.changes["minutes"] == [60, 50]


def test_move_to_where_it_stands_changes_nothing(event: Event) -> None:
    session = make_session(event, starts=wall("2026-04-02T09:00"))
    assert move(event, to(session, "2026-04-02T09:00")) == []
    assert session.version == 1
    with pytest.raises(Conflict, match="nothing to undo"):
        undo(event)


def test_second_editor_is_told_by_whom_and_nothing_is_overwritten(event: Event) -> None:
    session = make_session(event, code="2.1", starts=wall("2026-04-02T09:00"))
    stale = to(session, "2026-04-02T16:00")
    move(event, to(session, "2026-04-02T14:30"), actor=LI)
    with pytest.raises(services.Refused, match=r"K\. Li changed 2\.1 meanwhile"):
        move(event, stale)
    assert session.starts == wall("2026-04-02T14:30")


def test_one_that_cannot_go_keeps_all_where_they_are(event: Event) -> None:
    one = make_session(event, starts=wall("2026-04-02T09:00"))
    other = make_session(event, starts=wall("2026-04-02T10:00"))
    with pytest.raises(services.Refused) as refused:
        move(event, to(one, "2026-04-02T11:00"), to(other, "2026-04-02T12:00", 0))
    assert refused.value.reasons.keys() == {other.ref}
    assert one.starts == wall("2026-04-02T09:00")
    assert one.version == 1


@pytest.mark.parametrize(
    ("starts", "told"), [("2026-03-08T02:30", "03:00"), ("2026-11-01T01:30", "twice on that day")]
)
def test_time_that_clocks_never_or_twice_show_is_refused(starts: str, told: str) -> None:
    event = make_event(starts_on=date(2026, 3, 8), zone="America/New_York")
    session = make_session(event, starts=wall("2026-03-08T09:00"))
    with pytest.raises(services.Refused, match=told):
        move(event, to(session, starts))


def test_length_is_real_time_where_clocks_are_put_forward() -> None:
    event = make_event(starts_on=date(2026, 3, 8), zone="America/New_York")
    session = make_session(event, starts=wall("2026-03-08T09:00"))
    move(event, to(session, "2026-03-08T01:30", 60))
    assert session.ends == wall("2026-03-08T03:30")


def test_breaks_move_along_and_are_not_cut(event: Event) -> None:
    session = make_session(
        event,
        starts=wall("2026-04-02T09:00"),
        ends=wall("2026-04-02T12:00"),
        breaks=(("10:30", "10:45"),),
    )
    move(event, to(session, "2026-04-02T14:10", 180))
    assert session.breaks == [["15:40", "15:55"]]
    with pytest.raises(services.Refused, match="breaks do not fit"):
        move(event, to(session, "2026-04-02T14:10", 60))


def test_room_of_another_event_is_refused(event: Event) -> None:
    session = make_session(event)
    foreign = make_room(make_event())
    with pytest.raises(services.Refused, match="removed this room"):
        move(event, to(session, "2026-04-02T10:00", 60, foreign.id))


def test_undo_and_redo_put_back_all_that_was_moved_together(event: Event) -> None:
    room = make_room(event)
    one = make_session(event, starts=wall("2026-04-02T09:00"))
    other = make_session(event, starts=wall("2026-04-02T10:00"), room_id=room.id)
    move(event, to(one, "2026-04-03T09:00"), to(other, None))
    assert not other.is_placed
    assert undo(event).is_done
    assert (one.starts, other.is_placed, other.room_id) == (wall("2026-04-02T09:00"), True, room.id)
    assert redo(event).is_done
    assert (one.starts, other.is_placed) == (wall("2026-04-03T09:00"), False)


def test_undo_goes_back_step_by_step_and_a_new_move_ends_redo(event: Event) -> None:
    session = make_session(event, starts=wall("2026-04-02T09:00"))
    for hour in (10, 11, 12):
        move(event, to(session, f"2026-04-02T{hour}:00"))
    undo(event)
    undo(event)
    assert session.starts == wall("2026-04-02T10:00")
    standing = standing_of(event.id, EDITOR.id)
    assert (standing.undoable, standing.redoable) == (1, 2)
    redo(event)
    assert session.starts == wall("2026-04-02T11:00")
    move(event, to(session, "2026-04-02T15:00"))
    with pytest.raises(Conflict, match="nothing to redo"):
        redo(event)


def test_undo_of_what_somebody_else_moved_since_is_refused_and_told(event: Event) -> None:
    first = make_session(event, code="1.1", starts=wall("2026-04-02T09:00"))
    second = make_session(event, code="2.1", starts=wall("2026-04-02T09:00"))
    move(event, to(first, "2026-04-02T10:00"))
    move(event, to(second, "2026-04-02T10:00"))
    move(event, to(second, "2026-04-02T16:00"), actor=LI)
    outcome = undo(event)
    assert not outcome.is_done
    assert "K. Li changed 2.1 since" in outcome.sentence
    assert second.starts == wall("2026-04-02T16:00")
    assert undo(event).is_done
    assert first.starts == wall("2026-04-02T09:00")


def test_each_editor_undoes_only_what_is_their_own(event: Event) -> None:
    session = make_session(event)
    move(event, to(session, "2026-04-02T15:00"))
    with pytest.raises(Conflict, match="nothing to undo"):
        undo(event, LI)


def test_title_written_since_survives_undo(event: Event) -> None:
    session = make_session(event, starts=wall("2026-04-02T09:00"))
    move(event, to(session, "2026-04-02T15:00"))
    change(event, session, kind="panel")
    assert undo(event).is_done
    assert (session.starts, session.kind) == (wall("2026-04-02T09:00"), "panel")


def test_copy_has_a_code_and_speakers_and_goes_when_undone(event: Event) -> None:
    session = make_session(event, code="2.1", starts=wall("2026-04-02T09:00"))
    name_speakers(session, (make_speaker(event), "chair"))
    with transaction():
        (copy,) = services.copy_sessions(event, [to(session, "2026-04-03T09:00")], actor=EDITOR)
    ref, uid = copy.ref, copy.uid
    assert (copy.code, copy.version, copy.starts) == ("2.1-2", 1, wall("2026-04-03T09:00"))
    assert uid != session.uid
    assert [slot.role for slot in queries.slots_of(event.id)[copy.id]] == ["chair"]
    assert undo(event).is_done
    assert [one.code for one in queries.sessions_of(event.id)] == ["2.1"]
    assert redo(event).is_done
    again = queries.get_session(event.id, ref)
    assert (again.uid, again.code) == (uid, "2.1-2")
    assert len(queries.slots_of(event.id)[again.id]) == 1


def test_copy_that_was_written_into_is_not_taken_away(event: Event) -> None:
    session = make_session(event)
    with transaction():
        (copy,) = services.copy_sessions(event, [to(session, "2026-04-03T09:00")], actor=EDITOR)
    change(event, copy, kind="panel")
    assert not undo(event).is_done
    assert len(queries.sessions_of(event.id)) == 2


def test_only_the_last_hundred_acts_are_kept(event: Event) -> None:
    session = make_session(event, starts=wall("2026-04-02T09:00"))
    base = wall("2026-04-02T10:00")
    for number in range(103):
        move(event, Move(session.ref, None, Place(base + timedelta(minutes=number), 60)))
    assert standing_of(event.id, EDITOR.id).undoable == 100


def test_cancelled_session_does_not_go_into_the_tray(event: Event) -> None:
    session = make_session(event)
    with transaction():
        services.cancel_session(event, session, actor=EDITOR)
    with pytest.raises(services.Refused, match="is cancelled"):
        move(event, to(session, None))
    db.session.expire_all()
    assert session.is_placed


def test_length_of_no_time_or_more_than_a_day_is_refused(event: Event) -> None:
    session = make_session(event)
    for minutes in (0, -5, 24 * 60 + 1):
        with pytest.raises((services.Refused, Invalid), match="at least a minute"):
            move(event, to(session, "2026-04-02T09:00", minutes))
