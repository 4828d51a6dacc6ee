"""The demo's content gives the figures it promises, and holds together by itself."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from eventhub.agenda.rules import ACCESS, ROLES
from eventhub.demo import content
from eventhub.demo.content.shapes import DemoEvent, DemoSession
from eventhub.entities import reference
from eventhub.events import catalogue

EVENTS = content.events()
every_event = pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.slug)

FIGURES = {
    "xiamen-2024": (251, 226, 39),
    "new-york-2025": (196, 191, 74),
    "beijing-2024": (96, 96, 31),
    "shanghai-2025": (92, 92, 29),
}


@pytest.fixture(scope="module")
def states() -> dict[str, dict[str, Any]]:
    """Give the States of the reference data by code."""
    return {row["code"]: row for row in reference.read().entities if row["iso3"]}


@pytest.fixture(scope="module")
def known_entities(states: dict[str, dict[str, Any]]) -> set[str]:
    """Give the codes of all States and organizations, the invented ones among them."""
    real = {row["code"] for row in reference.read().entities}
    return real | {organization.code for organization in content.organizations()}


def total(event: DemoEvent, codes: set[str] | None = None) -> int:
    """Return how many people the event's delegations have, in these categories or in all."""
    return sum(
        count
        for delegation in event.delegations
        for code, count in delegation.counts.items()
        if codes is None or code in codes
    )


def counting() -> set[str]:
    """Return the categories that count as participants."""
    return {row.code for row in catalogue.categories() if row.counts_as_participant}


@every_event
def test_counts_add_up_to_what_is_expected(event: DemoEvent) -> None:
    registrations, participants, _states = FIGURES[event.slug]
    assert total(event) == event.expected["registrations"] == registrations
    assert total(event, counting()) == event.expected["participants"] == participants
    genders = sum(event.expected[key] for key in ("women", "men", "undisclosed"))
    assert genders == participants


@every_event
def test_states_by_region_and_group(event: DemoEvent, states: dict[str, dict[str, Any]]) -> None:
    there = [states[d.entity] for d in event.delegations if d.entity in states]
    assert len(there) == event.expected["states"] == FIGURES[event.slug][2]
    regions = reference.regions()
    by_region = Counter(regions[row["region"]].names["en"] for row in there)
    assert dict(by_region) == event.expected["by_m49_region"]
    assert dict(Counter(row["un_group"] for row in there)) == event.expected["by_un_group"]
    assert sum(row["lldc"] for row in there) == event.expected["lldc"]
    assert sum(row["sids"] for row in there) == event.expected["sids"]


@every_event
def test_least_developed_on_the_first_day(event: DemoEvent) -> None:
    least = {
        membership.entity
        for membership in reference.read().memberships
        if membership.group == "ldc"
        and (membership.since is None or membership.since <= event.starts_on)
        and (membership.until is None or event.starts_on < membership.until)
    }
    there = {delegation.entity for delegation in event.delegations}
    assert len(there & least) == event.expected["ldc_at_date"]


def test_series_counts_nobody_twice(states: dict[str, dict[str, Any]]) -> None:
    (series,) = content.series()
    parts = [content.load_event(slug) for slug in series.events]
    both = sum(total(part) for part in parts)
    present = [{d.entity for d in part.delegations} & set(states) for part in parts]
    assert both == series.expected["registrations_sum"] == 188
    assert both - len(series.same_person_in_both) == series.expected["distinct_participants"] == 184
    assert len(present[0] | present[1]) == series.expected["distinct_states"] == 43
    assert sum(map(len, present)) == series.expected["sum_of_states"] == 60


@every_event
def test_entities_and_categories_exist(event: DemoEvent, known_entities: set[str]) -> None:
    codes = {row.code for row in catalogue.categories()}
    for delegation in event.delegations:
        assert delegation.entity in known_entities
        assert set(delegation.counts) <= codes
    assert {speaker.entity for speaker in event.speakers} <= known_entities
    for session in event.sessions:
        assert set(session.admit) <= codes
    assert set(event.category_overrides) <= codes | {"all"}


@every_event
def test_only_the_flagged_delegations_are_over_quota(
    event: DemoEvent, states: dict[str, dict[str, Any]]
) -> None:
    quota, over = event.quota, []
    for delegation in event.delegations:
        if quota["applies_to"] == "states" and delegation.entity not in states:
            continue
        if delegation.role == "host" and quota.get("host_exempt"):
            continue
        limit = quota["per_delegation_total"]
        if delegation.role == "co_host":
            limit = quota["co_hosts"]
        outside = quota.get("excluded_from_total", [])
        people = sum(n for code, n in delegation.counts.items() if code not in outside)
        pools = [
            sum(delegation.counts.get(code, 0) for code in pool.split("+")) > most
            for pool, most in quota.get("pools", {}).items()
        ]
        if people > limit or any(pools):
            over.append(delegation.entity)
    assert sorted(over) == sorted(quota["flagged"])


@every_event
def test_sessions_lie_in_the_event_and_end_after_they_start(event: DemoEvent) -> None:
    eve = event.starts_on - timedelta(days=1)
    for session in event.sessions:
        assert session.start < session.end
        assert eve <= session.start.date() <= session.end.date() <= event.ends_on
        for start, end in session.breaks:
            assert session.start.time() < start < end < session.end.time()
        assert session.access in ACCESS
        assert set(session.roles) <= set(ROLES)
    codes = [session.code for session in event.sessions]
    assert len(codes) == len(set(codes))


def overlap(one: DemoSession, other: DemoSession) -> bool:
    """Tell whether two sessions share time; touching ends do not."""
    return one.start < other.end and other.start < one.end


def rooms(session: DemoSession) -> set[str]:
    """Return the rooms that a session takes."""
    return {session.room, *session.more_rooms} - {content.OFF_SITE}


@every_event
def test_no_room_and_no_speaker_is_used_twice_at_once(event: DemoEvent) -> None:
    for one, other in combinations(event.sessions, 2):
        if overlap(one, other):
            assert not rooms(one) & rooms(other), (one.code, other.code)
            first, second = (sum(s.roles.values(), ()) for s in (one, other))
            assert not set(first) & set(second), (one.code, other.code)


@every_event
def test_rooms_belong_to_the_venue_and_have_the_booths(event: DemoEvent) -> None:
    (venue,) = (venue for venue in content.venues() if venue.code == event.venue)
    assert venue.time_zone == event.time_zone
    by_code = {room.code: room for room in venue.rooms}
    zones = {zone.code for zone in catalogue.zones()}
    assert {room.zone for room in venue.rooms} <= zones
    for session in event.sessions:
        for code in rooms(session):
            assert code in by_code
        if session.interpretation:
            assert set(session.interpretation) <= set(by_code[session.room].booths), session.code
    assert {track.room for track in event.tracks} <= set(by_code)
    assert {s.track for s in event.sessions if s.track} == {track.code for track in event.tracks}


@every_event
def test_everything_shown_is_in_english_french_and_chinese(event: DemoEvent) -> None:
    three = {"en", "fr", "zh"}
    texts = [event.title, event.summary]
    texts += [track.title for track in event.tracks]
    texts += [text for session in event.sessions for text in (session.title, session.summary)]
    texts += [text for page in event.pages for text in (page.title, page.text)]
    texts += [speaker.post for speaker in event.speakers]
    texts += [speaker.biography for speaker in event.speakers if speaker.biography]
    assert len(event.pages) >= 2
    for text in texts:
        assert three <= set(text), text
    if "ar" in event.languages:
        for session in event.sessions:
            assert "ar" in session.title, session.code


@every_event
def test_roles_name_speakers_or_people_of_the_event(event: DemoEvent) -> None:
    own = {speaker.id for speaker in event.speakers}
    named = {person.id for person in content.people() if person.event == event.slug}
    spoken = {who for session in event.sessions for ids in session.roles.values() for who in ids}
    assert spoken <= own | named
    assert own <= spoken, "a speaker without a session"


def test_each_track_has_its_moderator_keynote_panel_and_rapporteur() -> None:
    tracks = [s for s in content.load_event("xiamen-2024").sessions if s.type == "parallel"]
    shape = {"moderator": 1, "keynote": 1, "panellist": 4, "rapporteur": 1}
    assert len(tracks) == 5
    for session in tracks:
        assert {role: len(ids) for role, ids in session.roles.items()} == shape


def test_seminars_have_1380_credit_minutes() -> None:
    for slug in ("beijing-2024", "shanghai-2025"):
        sessions = content.load_event(slug).sessions
        assert sum(s.credit_minutes for s in sessions if s.counts_for_certificate) == 1380


@every_event
def test_deadlines_follow_each_other(event: DemoEvent) -> None:
    opens = event.moment("registration_opens")
    closes = event.moment("rsvp_closes" if event.preset == "side_event" else "nomination_closes")
    assert opens < closes < datetime.combine(event.starts_on, datetime.min.time())
    ZoneInfo(event.time_zone)


@every_event
def test_hosts_and_series_exist(event: DemoEvent) -> None:
    institutions = {institution.code for institution in content.institutions()}
    assert event.hosts
    assert set(event.hosts) <= institutions
    for series in content.series():
        assert (event.slug in series.events) == (event.series == series.slug)
        assert series.institution in institutions
    assert {venue.institution for venue in content.venues()} <= institutions


def test_named_people_stand_in_a_delegation_of_their_event() -> None:
    people = content.people()
    assert len(people) == 24
    seats = {
        (event.slug, delegation.entity, code): count
        for event in EVENTS
        for delegation in event.delegations
        for code, count in delegation.counts.items()
    }
    taken = Counter((person.event, person.entity, person.category) for person in people)
    assert all(count <= seats[seat] for seat, count in taken.items())


def test_hard_names_are_kept_to_the_letter() -> None:
    people = {person.id: person for person in content.people()}
    assert people["P011"].printed_name == "İbrahim Ilgaz Işıkçı"
    assert people["P012"].printed_name == "Nguyễn Hoàng Thị Bích Ngọc"
    assert people["P008"].printed_name == "Élodie de La Fontenelle"
    assert people["P010"].name_local == "نادية الشربيني منصور"
    assert [i for i, person in people.items() if not person.family_name] == ["P004", "P005", "P015"]


def test_every_address_is_reserved_for_examples() -> None:
    addresses = [person.email for person in content.people()]
    addresses += [institution.email for institution in content.institutions()]
    addresses += [event.contact for event in EVENTS]
    assert all(address.endswith(".example.org") for address in addresses)


def test_categories_are_told_apart_without_colour() -> None:
    categories = catalogue.categories()
    assert len(categories) == 21
    assert len({category.mark for category in categories}) == 21
    for category in categories:
        assert set(category.names) >= {"en", "fr", "zh", "ar"}


def test_vectors_agree_with_each_other_and_with_python() -> None:
    vectors = content.vectors()
    for case in vectors["time_zone"]["cases"]:
        assert case["local"].replace(tzinfo=ZoneInfo(case["zone"])) == case["utc"]
    for case in vectors["speaker_capacity"]["cases"]:
        each = case["limit_s"] + case["turnover_s"]
        assert case["meeting_minutes"] * 60 // each == case["expected"]
    for name in ("english_order", "english_order_T", "french_order"):
        assert sorted(vectors[name]["input"]) == sorted(vectors[name]["expected"])
    states = {case["state"] for case in vectors["ldc_status"]["cases"]}
    assert states == {"STP", "BTN"}
    assert isinstance(vectors["ldc_status"]["cases"][0]["date"], date)
