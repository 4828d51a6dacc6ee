"""What R3.4 warns of about speakers."""

from datetime import timedelta

from eventhub.agenda.lint import look_over
from eventhub.agenda.models import Session, Speaker
from eventhub.agenda.queries import load_draft
from eventhub.core import clock
from eventhub.core.db import transaction
from eventhub.events.models import Event
from eventhub.events.rules import wall_to_instant
from eventhub.speakers import services
from eventhub.speakers.queries import get_row, windows_of
from eventhub.speakers.services import Availability, SaidWindow
from tests.agenda.programmes import EDITOR, wall

MINE = ("speaker_gone", "speaker_unavailable", "speaker_silent")


def found(event: Event) -> list[tuple[str, str, str]]:
    return [
        (one.finding.check, str(one.finding.severity), one.sentence)
        for one in look_over(event, load_draft(event.id))
        if one.finding.check in MINE
    ]


def answer(event: Event, speaker: Speaker, session: Session, *, comes: bool) -> None:
    row = get_row(event, speaker.ref)
    name = next(part.name for part in row.parts if part.session.id == session.id)
    with transaction():
        services.answer_parts(
            speaker, row.parts, {name: (comes, "")}, invitation=row.invitation, actor=EDITOR
        )


def tell(event: Event, speaker: Speaker, *windows: SaidWindow, zone: str = "Africa/Lusaka") -> None:
    invitation = get_row(event, speaker.ref).invitation
    assert invitation is not None
    said = Availability(zone, "in_person", "", windows)
    with transaction():
        services.say_availability(event, speaker, invitation, said, actor=EDITOR)


def test_r3_4_speaker_who_declined_or_withdrew_and_is_named_is_an_error(
    event: Event, sessions: list[Session], invited: Speaker
) -> None:
    assert found(event) == []
    answer(event, invited, sessions[0], comes=False)
    answer(event, invited, sessions[1], comes=True)
    answer(event, invited, sessions[1], comes=False)
    assert found(event) == [
        ("speaker_gone", "error", "Ms. Ama TETTEH has declined and is still named."),
        ("speaker_gone", "error", "Ms. Ama TETTEH has withdrawn and is still named."),
    ]


def test_r3_4_speaker_outside_their_times_is_an_error(
    event: Event, sessions: list[Session], invited: Speaker
) -> None:
    morning = SaidWindow(False, wall("2026-04-02T08:00"), wall("2026-04-02T09:00"))
    tell(event, invited, morning)  # 14:00 to 15:00 in Xiamen, when the panel is
    assert found(event) == [
        ("speaker_unavailable", "error", "Ms. Ama TETTEH cannot speak at this time.")
    ]
    tell(event, invited, SaidWindow(True, wall("2026-04-02T03:00"), wall("2026-04-03T10:00")))
    assert [one[0] for one in found(event)] == ["speaker_unavailable"], "the closing, 10:00 there"
    answer(event, invited, sessions[2], comes=False)
    assert [one[0] for one in found(event)] == ["speaker_gone"], "who declined need not be free"


def test_r3_4_speaker_who_was_asked_and_is_silent_is_warned_of_fourteen_days_before(
    event: Event, sessions: list[Session], invited: Speaker
) -> None:
    opening = wall_to_instant(wall("2026-04-02T09:00"), event.zone)
    answer(event, invited, sessions[1], comes=True)
    with clock.at(opening - timedelta(days=14, minutes=1)):
        assert found(event) == []
    with clock.at(opening - timedelta(days=14)):
        assert found(event) == [
            ("speaker_silent", "warning", "Ms. Ama TETTEH has not confirmed yet.")
        ]
    with clock.at(opening + timedelta(hours=2)):
        assert [one[0] for one in found(event)] == ["speaker_silent"], "the closing alone"
    answer(event, invited, sessions[0], comes=True)
    with clock.at(opening - timedelta(days=14)):
        assert found(event) == []


def test_r3_4_speaker_who_was_never_asked_is_not_silent(event: Event, ama: Speaker) -> None:
    with clock.at(event.starts_at - timedelta(days=2)):
        assert found(event) == []


def test_window_in_hours_that_clocks_show_twice_counts_widely(
    event: Event, sessions: list[Session], invited: Speaker
) -> None:
    """In New York the hour from one to two is shown twice on 1 November 2026."""
    twice = SaidWindow(False, wall("2026-11-01T01:00"), wall("2026-11-01T01:30"))
    tell(event, invited, twice, zone="America/New_York")
    (window,) = windows_of(invited)
    assert window.ends_at - window.starts_at == timedelta(hours=1, minutes=30)
