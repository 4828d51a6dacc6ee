"""An older version becomes the programme again, as a new version."""

from datetime import date

import pytest
from flask import Flask

from eventhub.agenda import queries, services
from eventhub.agenda.models import ProgrammeProposal
from eventhub.agenda.rules import FrozenSession
from eventhub.agenda.services import Terms
from eventhub.agenda.telling import tell
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict
from eventhub.events.models import Event
from eventhub.i18n import Translated
from tests.agenda.programmes import (
    EDITOR,
    change,
    make_room,
    make_session,
    make_speaker,
    name_speakers,
    publish,
    wall,
)
from tests.factories import make_event


@pytest.fixture
def event(app: Flask) -> Event:
    """Return an event whose first version has A and B; in Rev.1 A moved, B is cancelled, C new."""
    event = make_event(starts_on=date(2026, 4, 2))
    first = make_session(event, code="A", titles=Translated(en="A"), room_id=make_room(event).id)
    second = make_session(event, code="B", titles=Translated(en="B"))
    name_speakers(second, (make_speaker(event, "Ms. Ama TETTEH"), "chair"))
    publish(event)
    change(event, first, starts=wall("2026-04-02T11:00"), ends=wall("2026-04-02T12:00"))
    with transaction():
        services.cancel_session(event, second, actor=EDITOR)
    make_session(event, code="C", titles=Translated(en="C"))
    name_speakers(second)
    publish(event)
    return event


def _published(event: Event) -> dict[str, FrozenSession]:
    programme = queries.find_programme(event.id)
    assert programme is not None
    return {session.code: session for session in programme.sessions}


def _back(event: Event, number: int = 0, *, with_draft: bool = False) -> None:
    with transaction():
        services.go_back(event, number, Terms(), with_draft=with_draft, actor=EDITOR)


def test_r3_6_going_back_keeps_uids_and_only_raises_sequence(event: Event) -> None:
    before = _published(event)
    assert {code: s.sequence for code, s in before.items()} == {"A": 1, "B": 1, "C": 0}
    _back(event)
    after = _published(event)
    assert {code: s.uid for code, s in after.items()} == {c: s.uid for c, s in before.items()}
    assert {code: s.sequence for code, s in after.items()} == {"A": 2, "B": 2, "C": 1}
    assert {code: s.status for code, s in after.items()} == {
        "A": "confirmed", "B": "confirmed", "C": "cancelled",
    }  # fmt: skip
    assert after["A"].starts == "2026-04-02T09:00"
    assert queries.latest_number(event.id) == 2


def test_r3_5_preview_says_what_going_back_changes(event: Event) -> None:
    pending = services.what_going_back_changes(event, 0)
    assert [sentence for _kind, sentence in tell(pending.changes, pending.before,
                                                 pending.programme)] == [
        "A A moved from 11:00–12:00 to 09:00–10:00.",
        "B B takes place after all.",
        "B B: Ms. Ama TETTEH is named as Chair.",
        "C C is cancelled.",
    ]  # fmt: skip
    assert queries.latest_number(event.id) == 1


def test_draft_stays_and_differs(event: Event) -> None:
    _back(event)
    draft = {row.code: row.status for row in queries.sessions_of(event.id)}
    assert draft == {"A": "confirmed", "B": "cancelled", "C": "confirmed"}
    pending = services.what_would_change(event)
    assert sorted(change.kind for change in pending.changes) == ["cancelled", "moved", "moved"]


def test_draft_goes_back_too_where_asked(event: Event) -> None:
    _back(event, with_draft=True)
    draft = {row.code: row for row in queries.sessions_of(event.id)}
    assert {code: row.status for code, row in draft.items()} == {
        "A": "confirmed", "B": "confirmed", "C": "cancelled",
    }  # fmt: skip
    assert draft["A"].starts == wall("2026-04-02T09:00")
    assert [slot.role for slot in queries.slots_of(event.id)[draft["B"].id]] == ["chair"]
    assert services.what_would_change(event).changes == []


def test_sessions_that_swapped_codes_swap_back(event: Event) -> None:
    rows = {row.code: row for row in queries.sessions_of(event.id)}
    change(event, rows["A"], code="X")
    change(event, rows["C"], code="A")
    change(event, rows["A"], code="C")
    publish(event)
    _back(event, 1, with_draft=True)
    assert {row.uid: row.code for row in queries.sessions_of(event.id)} == {
        session.uid: code for code, session in _published(event).items()
    }


def test_going_back_to_what_is_in_force_is_refused(event: Event) -> None:
    with pytest.raises(Conflict, match="Nothing has changed"):
        _back(event, 1)


def test_r3_6_session_added_since_stays_cancelled_in_every_later_version(event: Event) -> None:
    _back(event)
    session = next(row for row in queries.sessions_of(event.id) if row.code == "C")
    with transaction(), pytest.raises(Conflict):
        services.remove_session(event, session, actor=EDITOR)


def test_two_persons_bring_it_back(event: Event) -> None:
    with transaction():
        services.ask_two_persons(event, wanted=True, actor=EDITOR)
        proposal = services.go_back(event, 0, Terms(), actor=EDITOR)
    assert isinstance(proposal, ProgrammeProposal)
    assert (proposal.number, proposal.back_to) == (2, 0)
    assert queries.latest_number(event.id) == 1
