"""What is gathered from registrations and scans."""

from datetime import UTC, date, datetime

import pytest

from eventhub.entities.models import Entity, EntityGroup, GroupMembership
from eventhub.events.models import Event
from eventhub.i18n import Translated
from eventhub.registration.models import Registration
from eventhub.reports.queries import counted, gathered, report_of, series_figures
from eventhub.reports.rules import Basis
from tests.factories import keep, make_category, make_event, make_institution, make_registration
from tests.reports.factories import came, make_gate, make_person, make_series, make_states, tick

pytestmark = pytest.mark.usefixtures("app")


def in_force(event: Event, entity: Entity | None = None, **given: object) -> Registration:
    """Return an accredited delegate of an entity."""
    category = given.pop("category", None) or make_category(event, f"C{make_gate(event).id}")
    values = {"state": "accredited", "entity_id": entity.id if entity else None}
    return make_registration(event, category, **{**values, **given})  # type: ignore[arg-type]


def test_r6_1_who_came_and_counts_is_a_participant() -> None:
    event, states = make_event(), make_states()
    staff = make_category(event, "STF", counts_as_participant=False)
    here, absent = in_force(event, states["ZMB"]), in_force(event, states["EGY"])
    steward = in_force(event, states["FRA"], category=staff)
    gate = make_gate(event)
    came(gate, here)
    came(gate, steward)
    report = report_of([event.id])
    assert report.basis == Basis.ATTENDED
    assert (report.tally.registered, report.tally.accredited, report.tally.attended) == (3, 3, 2)
    assert (report.figures.participants, report.figures.states) == (1, 1)
    assert set(report.figures.persons_by_state) == {"ZMB"}
    assert absent.state == "accredited"


def test_r6_1_a_scan_that_was_undone_stopped_or_led_out_is_no_attendance() -> None:
    event, states = make_event(), make_states()
    gate = make_gate(event)
    came(gate, in_force(event, states["ZMB"]), undone_at=datetime(2026, 3, 1, 10, tzinfo=UTC))
    came(gate, in_force(event, states["EGY"]), answer="stop")
    came(gate, in_force(event, states["FRA"]), direction="out")
    assert not [row for row in counted([event.id], Basis.ATTENDED) if row.is_participant]


@pytest.mark.parametrize("state", ["draft", "rejected", "withdrawn", "replaced", "revoked"])
def test_r6_1_what_is_not_in_force_counts_on_no_basis(state: str) -> None:
    event = make_event()
    gone = in_force(event, make_states()["ZMB"], state=state)
    came(make_gate(event), gone)
    assert gathered([event.id]) == []


def test_r6_1_before_anybody_came_the_accredited_are_counted() -> None:
    event, states = make_event(), make_states()
    in_force(event, states["ZMB"])
    in_force(event, states["EGY"], state="nominated")
    assert report_of([event.id]).basis == Basis.ACCREDITED
    assert report_of([event.id]).figures.states == 1
    assert report_of([event.id], Basis.REGISTERED).figures.states == 2
    assert report_of([event.id], Basis.ATTENDED).figures.states == 0


def test_r6_1_before_anybody_is_accredited_the_registered_are_counted() -> None:
    event = make_event()
    in_force(event, make_states()["ZMB"], state="submitted")
    assert report_of([event.id]).basis == Basis.REGISTERED


def test_r6_1_a_professor_of_a_university_counts_for_the_university() -> None:
    event, states = make_event(), make_states()
    in_force(event, states["UNZA"])
    found = report_of([event.id]).figures
    assert (found.states, found.organizations, found.participants) == (0, 1, 1)
    assert found.persons_by_organization == {"UNZA": 1}
    assert found.persons_by_region == {}


def test_states_ticked_as_present_bring_their_accredited_people() -> None:
    event, states = make_event(), make_states()
    gate = make_gate(event, kind="states")
    in_force(event, states["ZMB"])
    in_force(event, states["ZMB"])
    in_force(event, states["EGY"])
    tick(gate, states["ZMB"])
    tick(gate, states["FRA"])
    report = report_of([event.id])
    assert report.figures.participants == 2
    assert report.figures.states == 2
    assert report.figures.persons_by_state == {"ZMB": 2, "FRA": 0}
    assert report.tally.registered == 3


def test_a_tick_at_another_event_does_not_count_here() -> None:
    event, other, states = make_event(), make_event(), make_states()
    in_force(event, states["ZMB"])
    tick(make_gate(other, kind="states"), states["ZMB"])
    assert report_of([event.id], Basis.ATTENDED).figures.participants == 0


@pytest.mark.parametrize(("first_day", "ldc"), [("2024-12-12", 1), ("2024-12-13", 0)])
def test_r6_3_least_developed_is_who_was_so_at_the_date_of_the_event(
    first_day: str, ldc: int
) -> None:
    sao_tome = make_states()["ZMB"]
    group = keep(EntityGroup(code="ldc", names=Translated(en="LDC"), is_reference=True))
    keep(
        GroupMembership(
            group_id=group.id, entity_id=sao_tome.id, since=date(1982, 1, 1),
            until=date(2024, 12, 13),
        )
    )  # fmt: skip
    event = make_event(starts_on=date.fromisoformat(first_day))
    in_force(event, sao_tome)
    found = report_of([event.id]).figures
    assert (found.ldc, found.lldc, found.sids) == (ldc, 1, 0)


def test_r6_7_a_person_at_two_events_of_a_series_is_one_person() -> None:
    states, host = make_states(), make_institution()
    first = make_event(institution_id=host.id)
    series = make_series(first)
    events = [make_event(institution_id=host.id, series_id=series.id) for _number in range(2)]
    person = make_person()
    for event in events:
        gate = make_gate(event)
        came(gate, in_force(event, states["ZMB"], person_id=person.id))
        came(gate, in_force(event, states["FRA"]))
    found = series_figures(series.id)
    assert (found.participants, found.states) == (3, 2)
    each = report_of([event.id for event in events]).by_event
    assert [one.participants for one in each.values()] == [2, 2]


def test_r6_7_who_is_not_confirmed_as_the_same_person_stays_two() -> None:
    states, host = make_states(), make_institution()
    series = make_series(make_event(institution_id=host.id))
    for _number in range(2):
        event = make_event(institution_id=host.id, series_id=series.id)
        came(make_gate(event), in_force(event, states["ZMB"], email="same@example.org"))
    assert series_figures(series.id).participants == 2


def test_rehearsals_are_not_of_the_series() -> None:
    states, host = make_states(), make_institution()
    series = make_series(make_event(institution_id=host.id))
    event = make_event(institution_id=host.id, series_id=series.id)
    copy = make_event(institution_id=host.id, series_id=series.id, rehearsal_of_id=event.id)
    came(make_gate(copy), in_force(copy, states["ZMB"]))
    assert series_figures(series.id).participants == 0


def test_the_figures_of_a_desk_are_those_of_its_categories() -> None:
    event, states = make_event(), make_states()
    press, delegates = make_category(event, "PRESS"), make_category(event, "DEL")
    in_force(event, states["ZMB"], category=press)
    in_force(event, states["EGY"], category=delegates)
    report = report_of([event.id], category_ids=frozenset({press.id}))
    assert set(report.figures.persons_by_state) == {"ZMB"}
    assert report.tally.registered == 1


def test_a_hundred_registrations_ask_no_more_than_one(statements: list[str]) -> None:
    event, states = make_event(), make_states()
    category, gate = make_category(event), make_gate(event)
    came(gate, in_force(event, states["ZMB"], category=category))
    event_ids = [event.id]
    statements.clear()
    report_of(event_ids)
    one = len(statements)
    for number in range(30):
        entity = states["EGY"] if number % 2 else states["FRA"]
        came(gate, in_force(event, entity, category=category))
    statements.clear()
    assert report_of(event_ids).figures.participants == 31
    assert len(statements) == one <= 3
