"""The lists of registrations and stand-ins that the content grows into."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from eventhub.attendance.rules import Credit, Policy, Record, credited, level
from eventhub.demo import content, people
from eventhub.demo.content.shapes import DemoEvent
from eventhub.demo.people import DemoRegistration
from eventhub.events import catalogue

EVENTS = content.events()
every_event = pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.slug)

ALL_STATES = {
    "draft", "submitted", "nominated", "returned", "waitlisted",
    "accredited", "rejected", "withdrawn", "replaced", "revoked",
}  # fmt: skip


def counting(registrations: tuple[DemoRegistration, ...]) -> list[DemoRegistration]:
    """Return the registrations of those who count as participants."""
    codes = {row.code for row in catalogue.categories() if row.counts_as_participant}
    return [one for one in registrations if one.category in codes]


@every_event
def test_everybody_has_one_registration_and_is_accredited(event: DemoEvent) -> None:
    registrations = people.registrations_of(event.slug)
    assert len(registrations) == event.expected["registrations"]
    assert len({one.id for one in registrations}) == len(registrations)
    assert {one.state for one in registrations} == {"accredited"}
    sent = Counter((one.entity, one.category) for one in registrations)
    assert sent == {
        (delegation.entity, code): count
        for delegation in event.delegations
        for code, count in delegation.counts.items()
    }


@every_event
def test_genders_come_out_as_expected(event: DemoEvent) -> None:
    genders = Counter(one.gender for one in counting(people.registrations_of(event.slug)))
    assert genders == {
        "woman": event.expected["women"],
        "man": event.expected["men"],
        "undisclosed": event.expected["undisclosed"],
    }


def test_ids_number_people_in_their_delegation() -> None:
    zambia = [one.id for one in people.registrations_of("xiamen-2024") if one.entity == "ZMB"]
    assert zambia == [
        "P001",
        "DEL-XMN-ZMB-02",
        "DEL-XMN-ZMB-03",
        "DEL-XMN-ZMB-04",
        "DEL-XMN-ZMB-05",
    ]
    second = next(o for o in people.registrations_of("xiamen-2024") if o.id == "DEL-XMN-ZMB-02")
    assert (second.family_name, second.given_names) == ("Demo", "ZMB 02")


def test_named_people_keep_what_the_content_says() -> None:
    by_id = {one.id: one for event in EVENTS for one in people.registrations_of(event.slug)}
    for person in content.people():
        one = by_id[person.id]
        for field in ("event", "entity", "category", "rank", "gender", "honorific", "email"):
            assert getattr(one, field) == getattr(person, field)
        assert (one.family_name, one.given_names) == (person.family_name, person.given_names)


def test_same_four_persons_in_both_seminars_with_the_same_data() -> None:
    (series,) = content.series()
    first, second = ({o.id: o for o in people.registrations_of(slug)} for slug in series.events)
    assert set(first) & set(second) == set(series.same_person_in_both)
    assert len(set(first) | set(second)) == 184
    for who in series.same_person_in_both:
        for field in ("entity", "gender", "honorific", "given_names", "title", "email"):
            assert getattr(first[who], field) == getattr(second[who], field)


@every_event
def test_head_has_the_rank_of_the_delegation_and_nobody_stands_above(event: DemoEvent) -> None:
    heads = {d.entity: d.head_rank for d in event.delegations if d.head_rank}
    for one in people.registrations_of(event.slug):
        if one.entity in heads and one.category != "SPK":
            head = heads[one.entity]
            assert people.RANKS.index(one.rank) >= people.RANKS.index(head)
            if one.category == "HOD":
                assert one.rank == head


@every_event
def test_undisclosed_gender_has_no_gendered_honorific(event: DemoEvent) -> None:
    for one in people.registrations_of(event.slug):
        if one.gender == "undisclosed":
            assert one.honorific in ("", "Mx.", "H.E.", "S.E.", "S. Ex.ª")


@every_event
def test_forms_are_sent_while_registration_is_open(event: DemoEvent) -> None:
    opens = event.moment("registration_opens")
    closes = event.moment("rsvp_closes" if event.preset == "side_event" else "nomination_closes")
    for one in people.registrations_of(event.slug):
        assert one.submitted_at is not None
        assert one.decided_at is not None
        assert opens < one.submitted_at < closes
        assert one.submitted_at <= one.decided_at
        assert one.decided_at.date() < event.starts_on


@every_event
def test_every_participant_attended_something_their_badge_opens(event: DemoEvent) -> None:
    zones = {row.code: row.zones for row in catalogue.categories()}
    room_zone = {r.code: r.zone for venue in content.venues() for r in venue.rooms}
    sessions = {session.code: session for session in event.sessions}
    for one in people.registrations_of(event.slug):
        visits = one.attendance.check_ins
        assert visits
        assert len({visit.session for visit in visits}) == len(visits)
        for visit in visits:
            session = sessions[visit.session]
            assert session.start - timedelta(minutes=30) <= visit.at < session.end
            if session.admit:
                assert one.category in session.admit
            if event.preset == "forum":
                assert room_zone[session.room] in zones[one.category], (one.id, session.code)


def test_rooms_hold_those_who_came() -> None:
    capacity = {r.code: r.capacity for venue in content.venues() for r in venue.rooms}
    for event in EVENTS:
        came = Counter(
            visit.session
            for one in people.registrations_of(event.slug)
            for visit in one.attendance.check_ins
        )
        for session in event.sessions:
            if session.room in capacity:
                seats = capacity[session.room] + sum(capacity[r] for r in session.more_rooms)
                assert came[session.code] <= seats, session.code


def test_speakers_are_in_the_sessions_in_which_they_speak() -> None:
    event = content.load_event("xiamen-2024")
    for one in people.registrations_of("xiamen-2024"):
        went = {visit.session for visit in one.attendance.check_ins}
        for session in event.sessions:
            if any(one.id in ids for ids in session.roles.values()):
                assert session.code in went, (one.id, session.code)


@pytest.mark.parametrize("slug", ["beijing-2024", "shanghai-2025"])
def test_attendance_gives_certificates_of_all_levels(slug: str) -> None:
    event = content.load_event(slug)
    zone, rules = ZoneInfo(event.time_zone), event.certificate_policy
    policy = Policy(
        participation_share=rules["participation"]["min_credit_share"],
        completion_share=rules["completion"]["min_credit_share"],
        post_test=rules["completion"]["min_post_test"],
        survey=rules["completion"]["survey_submitted"],
    )
    credits_ = {
        s.code: Credit(
            s.code, s.start.replace(tzinfo=zone), s.end.replace(tzinfo=zone), s.credit_minutes
        )
        for s in event.sessions
    }
    levels: Counter[str] = Counter()
    for one in people.registrations_of(slug):
        credit = {
            visit.session: credited(
                credits_[visit.session],
                [(visit.at.replace(tzinfo=zone), None)],
                late_ok=timedelta(minutes=policy.late_ok_minutes),
            )
            for visit in one.attendance.check_ins
        }
        record = Record(
            credit,
            possible=1380,
            missed=tuple(
                code for code in rules["completion"]["mandatory_sessions"] if code not in credit
            ),
            post_test=one.attendance.post_test,
            survey=one.attendance.survey,
            check_ins=len(credit),
        )
        levels[level(record, policy).level] += 1
    assert levels == event.expected["certificates"]
    assert set(levels) == {"completion", "participation", "none"}


def test_side_event_asks_for_a_pass_or_a_ticket() -> None:
    admissions = Counter(one.admission for one in people.registrations_of("new-york-2025"))
    assert set(admissions) == {"valid_pass", "needs_ticket", "official_delegation"}
    assert admissions["valid_pass"] > 150
    assert {one.admission for one in people.registrations_of("beijing-2024")} == {None}


def test_the_lists_are_the_same_each_time() -> None:
    assert people.registrations_of("xiamen-2024") == people.registrations_of("xiamen-2024")
    first = people.registrations_of("xiamen-2024")[1]
    assert (first.id, first.gender) == ("DEL-XMN-CHN-02", "man")


TODAY = datetime.combine(date(2030, 5, 6), time(11))


@pytest.fixture(params=["new-york-2025", "beijing-2024", "shanghai-2025"])
def stand_ins(request: pytest.FixtureRequest) -> tuple[DemoRegistration, ...]:
    """Give the people of a rehearsal whose first day is three weeks ahead or today."""
    ahead = 21 if request.param == "new-york-2025" else 0
    return people.rehearsal_of(request.param, TODAY.date() + timedelta(days=ahead), TODAY)


def test_forty_stand_ins_in_many_scripts(stand_ins: tuple[DemoRegistration, ...]) -> None:
    assert len(stand_ins) == 40
    assert len({one.id for one in stand_ins}) == 40
    assert len({one.local_language for one in stand_ins} - {None}) >= 15


def test_nobody_in_a_rehearsal_sends_a_form_in_the_future(
    stand_ins: tuple[DemoRegistration, ...],
) -> None:
    for one in stand_ins:
        assert (one.submitted_at is None) == (one.state == "draft")
        if one.submitted_at:
            assert one.submitted_at <= TODAY


def test_seminar_rehearsal_shows_every_state() -> None:
    found = people.rehearsal_of("beijing-2024", TODAY.date(), TODAY)
    assert {one.state for one in found} == ALL_STATES
    assert max(Counter(one.entity for one in found).values()) <= 5


def test_replacement_came_after_the_one_it_replaces(
    stand_ins: tuple[DemoRegistration, ...],
) -> None:
    by_id = {one.id: one for one in stand_ins}
    (new,) = (one for one in stand_ins if one.replaces)
    old = by_id[str(new.replaces)]
    assert old.state == "replaced"
    assert new.entity == old.entity
    assert old.submitted_at is not None
    assert new.submitted_at is not None
    assert old.submitted_at < new.submitted_at
