"""Wall times, gaps and folds; no application."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eventhub.events import rules
from eventhub.events.rules import InGap


@pytest.mark.parametrize(
    ("wall", "zone", "instant"),
    [
        ("2024-03-01T23:59", "Asia/Shanghai", "2024-03-01T15:59+00:00"),
        ("2026-03-06T09:00", "America/New_York", "2026-03-06T14:00+00:00"),
        ("2026-03-09T09:00", "America/New_York", "2026-03-09T13:00+00:00"),
        ("2026-03-22T12:00", "Asia/Kathmandu", "2026-03-22T06:15+00:00"),
    ],
)
def test_wall_time_names_an_instant(wall, zone, instant):
    found = rules.wall_to_instant(datetime.fromisoformat(wall), zone)
    assert found == datetime.fromisoformat(instant)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("wall", "zone", "before", "after"),
    [
        ("2026-04-24T00:00", "Africa/Cairo", "2026-04-23T23:59", "2026-04-24T01:00"),
        ("2026-03-08T02:30", "America/New_York", "2026-03-08T01:59", "2026-03-08T03:00"),
        ("2026-03-22T02:30", "Africa/Casablanca", "2026-03-22T01:59", "2026-03-22T03:00"),
        ("2026-03-29T00:00", "Asia/Beirut", "2026-03-28T23:59", "2026-03-29T01:00"),
        ("2011-12-30T12:00", "Pacific/Apia", "2011-12-29T23:59", "2011-12-31T00:00"),
    ],
)
def test_gap_is_refused_with_both_neighbours(wall, zone, before, after):
    with pytest.raises(InGap) as refused:
        rules.wall_to_instant(datetime.fromisoformat(wall), zone)
    assert refused.value.before == datetime.fromisoformat(before)
    assert refused.value.after == datetime.fromisoformat(after)


@pytest.mark.parametrize(
    ("wall", "zone"),
    [("2026-02-15T02:30", "Africa/Casablanca"), ("2026-11-01T01:30", "America/New_York")],
)
def test_fold_chooses_between_two_instants_an_hour_apart(wall, zone):
    naive = datetime.fromisoformat(wall)
    assert rules.is_ambiguous(naive, zone)
    first = rules.wall_to_instant(naive, zone, 0)
    second = rules.wall_to_instant(naive, zone, 1)
    assert second - first == timedelta(hours=1)
    assert rules.local(first, zone) == rules.local(second, zone) == naive
    assert (rules.fold_of(first, zone), rules.fold_of(second, zone)) == (0, 1)


def test_gap_and_plain_time_are_not_ambiguous():
    assert not rules.is_ambiguous(datetime.fromisoformat("2026-03-08T02:30"), "America/New_York")
    assert not rules.is_ambiguous(datetime.fromisoformat("2026-03-09T02:30"), "America/New_York")


def test_day_without_midnight_begins_when_clocks_go_on():
    assert rules.day_begins(date(2026, 4, 24), "Africa/Cairo") == datetime(
        2026, 4, 23, 22, tzinfo=UTC
    )
    assert (
        rules.local(rules.day_begins(date(2026, 4, 24), "Africa/Cairo"), "Africa/Cairo").hour == 1
    )


def test_day_ends_where_the_next_begins():
    length = rules.day_ends(date(2026, 3, 8), "America/New_York") - rules.day_begins(
        date(2026, 3, 8), "America/New_York"
    )
    assert length == timedelta(hours=23)


def test_aware_time_is_no_wall_time():
    with pytest.raises(ValueError, match="no zone"):
        rules.wall_to_instant(datetime(2026, 1, 1, tzinfo=UTC), "UTC")


def test_zones_of_a_country_start_with_its_own_city():
    assert rules.zones_of_country("CN") == ("Asia/Shanghai", "Asia/Urumqi")
    assert rules.zones_of_country("zm") == ("Africa/Lusaka",)
    assert rules.zones_of_country("US")[0] == "America/New_York"
    assert rules.zones_of_country("XX") == ()


def test_only_names_of_the_zone_database_are_zones():
    assert rules.is_zone("Africa/Lusaka")
    assert not rules.is_zone("../etc/passwd")
    assert not rules.is_zone("Beijing")


@settings(deadline=None)
@given(
    st.datetimes(
        min_value=datetime.fromisoformat("1990-01-01T00:00"),
        max_value=datetime.fromisoformat("2037-12-31T00:00"),
    ),
    st.sampled_from(["America/New_York", "Africa/Cairo", "Africa/Casablanca", "Asia/Shanghai"]),
)
def test_every_instant_comes_back_from_its_wall_time(naive, zone):
    instant = naive.replace(tzinfo=UTC, second=0, microsecond=0)
    wall, fold = rules.local(instant, zone), rules.fold_of(instant, zone)
    assert rules.wall_to_instant(wall, zone, fold) == instant
