"""The draft, its clashes, and what publishing freezes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from eventhub.agenda import queries, rules, services
from eventhub.agenda.models import ProgrammeVersion
from eventhub.agenda.telling import tell
from eventhub.audit.queries import entries_of
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.services import copy_event, rehearse_event
from eventhub.i18n import Translated, use
from eventhub.jobs.models import Job
from tests.agenda.programmes import (
    EDITOR,
    change,
    make_room,
    make_session,
    make_speaker,
    name_speakers,
    publish,
    values,
    wall,
)
from tests.factories import make_event

pytestmark = pytest.mark.usefixtures("app")


def test_r3_6_instants_of_the_vectors() -> None:
    shanghai = make_event(starts_on=date(2024, 4, 2), zone="Asia/Shanghai")
    session = make_session(shanghai, starts=wall("2024-04-02T09:00"))
    assert session.starts_at == datetime(2024, 4, 2, 1, tzinfo=UTC)
    new_york = make_event(starts_on=date(2025, 5, 6), zone="America/New_York")
    session = make_session(new_york, starts=wall("2025-05-06T13:15"))
    assert session.starts_at == datetime(2025, 5, 6, 17, 15, tzinfo=UTC)


def test_r3_6_both_sides_of_the_clock_change_in_new_york() -> None:
    event = make_event(starts_on=date(2026, 3, 6), zone="America/New_York")
    before = make_session(event, starts=wall("2026-03-06T09:00"))
    after = make_session(event, starts=wall("2026-03-09T09:00"))
    assert before.starts_at == datetime(2026, 3, 6, 14, tzinfo=UTC)
    assert after.starts_at == datetime(2026, 3, 9, 13, tzinfo=UTC)


def test_time_that_no_clock_shows_is_refused_with_its_neighbours() -> None:
    event = make_event(starts_on=date(2026, 3, 8), zone="America/New_York")
    with pytest.raises(Invalid) as refused:
        make_session(event, starts=wall("2026-03-08T02:30"), ends=wall("2026-03-08T05:00"))
    assert refused.value.field == "starts"
    assert "01:59" in refused.value.message
    assert "03:00" in refused.value.message


def test_time_that_clocks_show_twice_must_be_chosen() -> None:
    event = make_event(starts_on=date(2026, 11, 1), zone="America/New_York")
    twice = {"starts": wall("2026-11-01T01:30"), "ends": wall("2026-11-01T03:00")}
    with pytest.raises(Invalid) as refused:
        make_session(event, **twice, starts_fold=None)
    assert refused.value.field == "starts_fold"
    first = make_session(event, **twice, starts_fold=0)
    second = make_session(event, **twice, starts_fold=1)
    assert second.starts_at - first.starts_at == timedelta(hours=1)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"ends": wall("2026-04-02T09:00")}, "ends"),
        ({"ends": wall("2026-04-02T08:00")}, "ends"),
        ({"ends": wall("2026-04-03T09:01")}, "ends"),
        ({"titles": Translated()}, "titles"),
        ({"breaks": (("08:00", "09:15"),)}, "breaks"),
        ({"breaks": (("09:30", "09:15"),)}, "breaks"),
    ],
)
def test_what_does_not_fit_is_told_by_its_field(given: dict[str, object], field: str) -> None:
    event = make_event(starts_on=date(2026, 4, 2))
    with pytest.raises(Invalid) as refused:
        make_session(event, **given)
    assert refused.value.field == field


def test_session_may_end_after_midnight() -> None:
    event = make_event(starts_on=date(2026, 4, 2))
    dinner = make_session(event, starts=wall("2026-04-02T22:00"), ends=wall("2026-04-03T01:00"))
    assert dinner.ends_at - dinner.starts_at == timedelta(hours=3)


def test_code_is_unique_in_the_event() -> None:
    event, other = make_event(), make_event()
    make_session(event, code="1.1")
    make_session(other, code="1.1")
    with pytest.raises(Invalid) as refused:
        make_session(event, code="1.1")
    assert refused.value.field == "code"


def test_second_tab_is_told_by_whom() -> None:
    event = make_event()
    session = make_session(event)
    change(event, session, titles=Translated(en="Changed first"))
    with transaction(), pytest.raises(Conflict, match="Test officer"):
        services.change_session(event, session, values(event), version=1, actor=EDITOR)


def _sequences(event_id: int) -> dict[str, int]:
    programme = queries.find_programme(event_id)
    assert programme is not None
    return {session.code: session.sequence for session in programme.sessions}


def test_r3_6_moved_and_cancelled_keep_uid_and_raise_sequence() -> None:
    event = make_event()
    room = make_room(event)
    moved, gone, still, worded = (make_session(event, code=c) for c in ("M", "C", "S", "W"))
    publish(event)
    uids = {s.code: s.uid for s in queries.sessions_of(event.id)}
    change(event, moved, room_id=room.id)
    change(event, worded, titles=Translated(en="Other words"))
    with transaction():
        services.cancel_session(event, gone, actor=EDITOR)
    publish(event)
    programme = queries.find_programme(event.id)
    assert programme is not None
    assert _sequences(event.id) == {"M": 1, "C": 1, "S": 0, "W": 0}
    assert {s.code: s.uid for s in programme.sessions} == uids
    changed = {s.code for s in programme.sessions if s.changed_at == programme.published_at}
    assert changed == {"M", "C", "W"}
    assert still.ref in {s.ref for s in programme.standing()}


def test_r3_6_room_with_another_name_raises_sequence() -> None:
    event = make_event()
    room = make_room(event, "Jimei Hall")
    make_session(event, code="A", room_id=room.id)
    publish(event)
    with transaction():
        room.names = Translated(en="Haicang Hall")
    publish(event)
    assert _sequences(event.id) == {"A": 1}


def test_r3_5_revision_is_numbered_and_told_in_sentences() -> None:
    event = make_event(starts_on=date(2026, 4, 2))
    jimei, haicang = make_room(event, "Room Jimei"), make_room(event, "Room Haicang")
    track = make_session(
        event,
        code="2.3",
        titles=Translated(en="Track 3", fr="Volet 3"),
        room_id=jimei.id,
        starts=wall("2026-04-02T14:15"),
        ends=wall("2026-04-02T17:15"),
    )
    lunch = make_session(event, code="L", titles=Translated(en="Lunch"))
    first = publish(event)
    change(
        event,
        track,
        room_id=haicang.id,
        starts=wall("2026-04-02T14:30"),
        ends=wall("2026-04-02T17:30"),
    )
    with transaction():
        services.cancel_session(event, lunch, actor=EDITOR)
    make_session(event, code="N", titles=Translated(en="Press"), starts=wall("2026-04-02T18:00"))
    chair = make_speaker(event, "Ms. Ama TETTEH")
    name_speakers(track, (chair, "moderator"))
    pending = services.what_would_change(event)
    assert list(tell(pending.changes, pending.before, pending.programme)) == [
        ("cancelled", "L Lunch is cancelled."),
        ("moved", "2.3 Track 3 moved from Room Jimei to Room Haicang, 14:15–17:15 to 14:30–17:30."),
        ("moved", "2.3 Track 3: Ms. Ama TETTEH is named as Moderator."),
        ("added", "N Press is new: Thu 2 April, 18:00 to 19:00, no room."),
    ]
    with use("fr"):
        told = list(tell(pending.changes, pending.before, pending.programme))
    assert any("Volet 3" in sentence for _kind, sentence in told)
    second = publish(event, "Room change")
    assert (first.number, second.number, second.note) == (0, 1, "Room change")
    assert entries_of(event.id)[0].action == "agenda.publish"


def test_corrected_post_of_a_speaker_is_a_change() -> None:
    event = make_event()
    session = make_session(event)
    speaker = make_speaker(event)
    name_speakers(session, (speaker, "chair"))
    publish(event)
    assert not services.what_would_change(event).is_needed
    with transaction():
        services.change_speaker(
            speaker,
            printed_name=speaker.printed_name,
            posts=Translated(en="Prime Minister"),
            entity_id=None,
            biographies=Translated(),
            actor=EDITOR,
        )
    pending = services.what_would_change(event)
    assert pending.is_needed
    assert [sentence for _kind, sentence in tell(pending.changes, pending.before,
                                                 pending.programme)] == [
        "Ms. Ama TETTEH: the post changed."
    ]  # fmt: skip


def test_nothing_new_is_not_published() -> None:
    event = make_event()
    with pytest.raises(Conflict):
        publish(event)
    make_session(event)
    publish(event)
    with pytest.raises(Conflict):
        publish(event)
    assert db.session.query(ProgrammeVersion).count() == 1


def test_publishing_queues_the_pages() -> None:
    event = make_event()
    make_session(event)
    publish(event)
    job = db.session.query(Job).filter_by(name="agenda.render").one()
    assert job.args == {"number": 0}
    assert job.event_id == event.id


def test_published_session_is_cancelled_not_removed() -> None:
    event = make_event()
    published, draft = make_session(event), make_session(event)
    with transaction():
        services.remove_session(event, draft, actor=EDITOR)
    publish(event)
    with transaction(), pytest.raises(Conflict):
        services.remove_session(event, published, actor=EDITOR)


def test_closed_event_takes_no_more_sessions() -> None:
    event = make_event(state="archived")
    with pytest.raises(Conflict):
        make_session(event)


def test_speaker_with_a_part_stays() -> None:
    event = make_event()
    speaker, session = make_speaker(event), make_session(event)
    name_speakers(session, (speaker, "chair"))
    with transaction(), pytest.raises(Conflict):
        services.remove_speaker(speaker, actor=EDITOR)


def test_strangers_speaker_is_refused() -> None:
    session = make_session(make_event())
    stranger = make_speaker(make_event())
    with pytest.raises(Invalid):
        name_speakers(session, (stranger, "chair"))


@pytest.mark.parametrize(
    ("access", "admit", "accredited", "admitted"),
    [
        ("open", [], False, True),
        ("pass_holders", [], False, False),
        ("pass_holders", [], True, True),
        ("by_invitation", ["HOD"], True, False),
        ("by_invitation", ["DEL"], True, True),
        ("closed", [], True, True),
        ("closed", ["DEL"], False, False),
        ("private", [], True, False),
        ("private", ["DEL"], True, True),
    ],
)
def test_r3_2_who_is_admitted(
    access: str, admit: list[str], accredited: bool, admitted: bool
) -> None:
    assert rules.admits(access, admit, "DEL", is_accredited=accredited) is admitted


def _programme(event_id: int) -> list[tuple[str, datetime, int]]:
    return [(s.code, s.starts, s.version) for s in queries.sessions_of(event_id)]


def test_copy_takes_sessions_moved_and_nobody(app: Flask) -> None:
    event = make_event(starts_on=date(2026, 4, 2))
    room = make_room(event)
    session = make_session(event, code="1", room_id=room.id)
    gone = make_session(event, code="2")
    name_speakers(session, (make_speaker(event), "chair"))
    with transaction():
        services.cancel_session(event, gone, actor=EDITOR)
        copy = copy_event(event, starts_on=date(2026, 9, 10), actor=SYSTEM)
    copies = queries.sessions_of(copy.id)
    assert [(s.code, s.starts) for s in copies] == [("1", wall("2026-09-10T09:00"))]
    assert copies[0].uid != session.uid
    assert copies[0].room_id not in (None, room.id)
    assert queries.speakers_of(copy.id) == []
    assert queries.slots_of(copy.id) == {}


def test_copy_recomputes_instants_and_leaves_gaps(app: Flask) -> None:
    event = make_event(starts_on=date(2026, 2, 6), zone="America/New_York")
    make_session(event, code="1", starts=wall("2026-02-08T02:15"))
    with transaction():
        copy = copy_event(event, starts_on=date(2026, 3, 6), actor=SYSTEM)
    (session,) = queries.sessions_of(copy.id)
    assert session.starts == wall("2026-03-08T03:00")
    assert session.starts_at == datetime(2026, 3, 8, 7, tzinfo=UTC)
    assert session.ends_at > session.starts_at


def test_rehearsal_takes_speakers_along(app: Flask) -> None:
    event = make_event(starts_on=date(2026, 4, 2))
    session = make_session(event)
    name_speakers(session, (make_speaker(event), "chair"))
    with transaction():
        (speaker,) = queries.speakers_of(event.id)
        speaker.invited_at = event.starts_at - timedelta(days=30)
        speaker.windows = [{"can": True}]
        queries.slots_of(event.id)[session.id][0].answer = "confirmed"
    with transaction():
        rehearsal = rehearse_event(event, starts_on=date(2026, 4, 1), actor=SYSTEM)
    (copied,) = queries.sessions_of(rehearsal.id)
    (slot,) = queries.slots_of(rehearsal.id)[copied.id]
    (twin,) = queries.speakers_of(rehearsal.id)
    assert (twin.invited_at, twin.windows, slot.answer) == (None, [], "")
    assert slot.speaker_id in {s.id for s in queries.speakers_of(rehearsal.id)}
