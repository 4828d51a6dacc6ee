"""The demo as it stands after loading: the figures that must come out, and nothing left to do."""

import stat
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from eventhub.access.models import Grant
from eventhub.access.rules import ROLES, holds_at
from eventhub.agenda.frozen import unpack
from eventhub.agenda.lint import look_over
from eventhub.agenda.models import ProgrammeVersion
from eventhub.agenda.queries import load_draft
from eventhub.audit.models import AuditEntry
from eventhub.certificates.models import CertificateRun
from eventhub.certificates.queries import count_by_level
from eventhub.core import clock
from eventhub.core.db import db
from eventhub.demo import content
from eventhub.demo.content.shapes import DemoEvent
from eventhub.demo.loading import rehearsing
from eventhub.demo.loading.crew import FILE
from eventhub.demo.people import registrations_of
from eventhub.demo.queries import find_rehearsal, history
from eventhub.entities.models import Entity
from eventhub.entities.queries import region_name
from eventhub.events.queries import find_series, get_event, public_events
from eventhub.events.rules import wall_to_instant
from eventhub.files.models import StoredFile
from eventhub.files.services import read_whole
from eventhub.i18n import use
from eventhub.jobs.models import Job
from eventhub.mail.models import OutboxMail
from eventhub.people.models import Account
from eventhub.people.queries import find_account
from eventhub.people.services import find_by_password
from eventhub.photos.models import Photo
from eventhub.registration.models import Decision, Registration
from eventhub.registration.queries.remote import remote_settings_of
from eventhub.rehearsals.people import stand_ins
from eventhub.reports.headline import headline, represented
from eventhub.reports.queries import report_of, series_figures
from tests.demo.conftest import Demo, registrations

every_event = pytest.mark.parametrize("one", content.events(), ids=lambda one: one.slug)


@every_event
@pytest.mark.usefixtures("demo")
def test_everybody_is_accredited_at_the_time_told(one: DemoEvent) -> None:
    event = get_event(one.slug)
    rows = [row for row in registrations(event) if row.state == "accredited"]
    assert len(rows) == one.expected["registrations"]
    wanted = Counter(
        wall_to_instant(row.decided_at, event.zone)
        for row in registrations_of(one.slug)
        if row.decided_at
    )
    assert Counter(row.accredited_at for row in rows) == wanted
    opens = wall_to_instant(one.moment("registration_opens"), event.zone)
    assert all(opens < row.submitted_at <= event.registration_closes_at for row in rows)  # type: ignore[operator]


@every_event
@pytest.mark.usefixtures("demo")
def test_r6_1_figures_come_out_as_expected(one: DemoEvent) -> None:
    figures, expected = report_of([get_event(one.slug).id]).figures, one.expected
    assert figures.registered == expected["registrations"]
    assert figures.participants == expected["participants"]
    assert (figures.women, figures.men) == (expected["women"], expected["men"])
    assert figures.undisclosed == expected["undisclosed"]
    assert figures.states == expected["states"]
    assert figures.ldc == expected["ldc_at_date"]
    assert (figures.lldc, figures.sids) == (expected["lldc"], expected["sids"])
    regions = {region_name(code, "en"): count for code, count in figures.states_by_region.items()}
    assert regions == expected["by_m49_region"]
    assert figures.states_by_group == expected["by_un_group"]


@pytest.mark.usefixtures("demo")
def test_r6_7_series_counts_persons_and_states_once() -> None:
    for one in content.series():
        series = find_series(one.slug)
        assert series is not None
        figures = series_figures(series.id)
        assert figures.participants == one.expected["distinct_participants"]
        assert figures.states == one.expected["distinct_states"]
        alone = [report_of([get_event(slug).id]).figures for slug in one.events]
        assert sum(f.states for f in alone) == one.expected["sum_of_states"]
        assert sum(f.registered for f in alone) == one.expected["registrations_sum"]
        with use("en"):
            said = headline(figures.participants, figures.states)
        assert one.expected["headline"]["participants"] in said
        assert one.expected["headline"]["countries"] in said


@pytest.mark.usefixtures("demo")
def test_r1_11_those_over_quota_are_flagged_and_no_others() -> None:
    for one in content.events():
        query = (
            select(Entity.code)
            .join(Registration, Registration.entity_id == Entity.id)
            .where(Registration.event_id == get_event(one.slug).id, Registration.is_over_quota)
        )
        assert set(db.session.scalars(query)) == set(one.quota["flagged"]), one.slug


@pytest.mark.usefixtures("demo")
def test_r5_2_certificates_have_the_levels_expected() -> None:
    for one in content.events():
        levels = count_by_level(get_event(one.slug).id)
        if one.preset == "seminar":
            wanted = {k: n for k, n in one.expected["certificates"].items() if k != "none"}
            assert levels == wanted
        elif one.preset == "forum":
            assert set(levels) == {"attendance"}
            assert 5 <= levels["attendance"] <= 25
        else:
            assert levels == {}


@pytest.mark.usefixtures("demo")
def test_states_were_ticked_where_the_event_counts_them() -> None:
    one = content.load_event("new-york-2025")
    report = report_of([get_event(one.slug).id])
    with use("en"):
        assert represented(report.figures.states) == one.expected["headline"]


@every_event
@pytest.mark.usefixtures("demo")
def test_programme_is_published_without_clashes(one: DemoEvent) -> None:
    event = get_event(one.slug)
    draft = load_draft(event.id)
    assert len(draft.sessions) == len(one.sessions)
    errors = [one for one in look_over(event, draft) if one.finding.severity == "error"]
    assert not [one for one in errors if one.accepted is None]
    query = select(ProgrammeVersion).where(ProgrammeVersion.event_id == event.id)
    versions = list(db.session.scalars(query.order_by(ProgrammeVersion.number)))
    assert versions[-1].published_at < event.starts_at
    rooms = {room.id: room.code for room in draft.rooms.values()}
    there = {s.code: rooms.get(s.room_id or 0, content.OFF_SITE) for s in draft.sessions}
    assert there == {session.code: session.room for session in one.sessions}


@pytest.mark.usefixtures("demo")
def test_forum_has_one_revision_that_moves_one_session() -> None:
    event = get_event("xiamen-2024")
    query = select(ProgrammeVersion).where(ProgrammeVersion.event_id == event.id)
    first, second = db.session.scalars(query.order_by(ProgrammeVersion.number))
    assert (first.number, second.number) == (0, 1)
    changed = [(change["kind"], change["fields"]) for change in second.changes]
    assert sorted(changed) == [
        ("edited", ["documents"]), ("edited", ["documents"]), ("moved", ["room"]),
    ]  # fmt: skip
    moved = {s.code: s.sequence for s in unpack(second.data, second.schema).sessions if s.sequence}
    assert moved == {"2.3": 1}


@pytest.mark.usefixtures("demo")
def test_photos_are_accepted_and_can_be_read() -> None:
    for one in content.events():
        event = get_event(one.slug)
        rows = registrations(event)
        with_photo = [row for row in rows if row.photo_id]
        assert len(with_photo) == (0 if one.preset == "side_event" else len(rows))
        query = select(Registration.state, Photo.state).join(
            Photo, Photo.id == Registration.photo_id
        )
        states = {row[:2] for row in db.session.execute(query.where(Photo.event_id == event.id))}
        assert states <= {("accredited", "ok"), ("waitlisted", "pending")}
    file = db.session.scalars(select(StoredFile).where(StoredFile.data_class == "photo")).first()
    assert file is not None
    assert read_whole(file).startswith(b"\xff\xd8")


@pytest.mark.usefixtures("demo")
def test_no_mail_of_history_waits() -> None:
    past = [event.id for event in history()]
    query = select(OutboxMail.state, func.count()).where(OutboxMail.event_id.in_(past))
    assert {state for state, _n in db.session.execute(query.group_by(OutboxMail.state))} == {"sent"}
    jobs = select(Job.name).where(Job.event_id.in_(past)).distinct()
    assert set(db.session.scalars(jobs)) == {
        "certificates.make",
        "certificates.run",
        "badges.print_run",
        "agenda.print",
        "agenda.render",
        "agenda.tell",
        "calendars.tell",
        "delegations.information_note",
    }
    told = select(Job.args).where(Job.name == "certificates.make")
    assert all(args["tell"] is False for args in db.session.scalars(told))
    assert not any(db.session.scalars(select(CertificateRun.tells)))


@pytest.mark.usefixtures("demo")
def test_history_is_in_the_log_at_its_time_by_those_who_did_it() -> None:
    event = get_event("xiamen-2024")
    query = select(func.min(AuditEntry.at), func.max(AuditEntry.at), func.count()).where(
        AuditEntry.event_id == event.id, AuditEntry.action == "registration.move"
    )
    first, last, count = db.session.execute(query).one()
    assert (
        wall_to_instant(content.load_event(event.slug).moment("registration_opens"), event.zone)
        < first
    )
    assert last < event.starts_at
    today = select(AuditEntry.action).where(
        AuditEntry.event_id == event.id, AuditEntry.at > event.ends_at
    )
    assert list(db.session.scalars(today)) == []
    assert count >= 3 * 251
    officer = find_account("officer@demo.example.org")
    assert officer is not None
    decided = select(func.count()).where(
        Decision.event_id == event.id, Decision.actor_id == officer.id
    )
    assert (db.session.scalar(decided) or 0) > 100


def test_accounts_open_with_the_passwords_told(demo: Demo) -> None:
    path = demo.settings.data_dir / FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    text = path.read_text("utf-8")
    words = " ".join(account.role.lower() for account in demo.accounts)
    for word in ("administrator", "organiser", "accreditation", "focal", "door"):
        assert word in words
    for one in demo.accounts:
        account = find_by_password(one.email, one.password)
        assert account is not None
        assert account.is_demo
        assert one.password in text
        assert one.password not in (account.password_hash or "")


@pytest.mark.usefixtures("demo")
def test_r1_37_roles_of_the_demo_do_not_end_with_the_event() -> None:
    event = get_event("xiamen-2024")
    query = (
        select(Grant)
        .join(Account, Account.id == Grant.account_id)
        .where(Grant.event_id == event.id, Account.is_demo)
    )
    grants = list(db.session.scalars(query))
    assert {grant.role for grant in grants} >= {"event_owner", "secretariat", "door_staff"}
    for grant in grants:
        assert holds_at(
            ROLES[grant.role],
            ends_at=grant.ends_at,
            event_ends_at=event.ends_at,
            lasting=grant.lasting,
            instant=clock.now(),
        )


@pytest.mark.usefixtures("demo")
def test_rehearsals_stand_as_the_stand_ins_say() -> None:
    for plan in rehearsing.PLANS:
        event = find_rehearsal(plan.slug)
        assert event is not None
        one = content.load_event(plan.slug)
        wanted = {
            (who.given_names, who.family_name): who.state_at(one.preset) for who in stand_ins()
        }
        rows = registrations(event)
        assert len(rows) == 40
        for row in rows:
            assert row.state == wanted[row.given_names, row.family_name], row.family_name
        (taken,) = [row for row in rows if row.replaces_id]
        assert {row.id: row.state for row in rows}[taken.replaces_id or 0] == "replaced"
        assert event not in public_events(clock.now(), past=False)
    side_event, seminar = map(find_rehearsal, ("new-york-2025", "shanghai-2025"))
    assert side_event is not None
    assert seminar is not None
    assert seminar.starts_on - clock.now().date() in (timedelta(), timedelta(days=1))
    assert 20 <= (side_event.starts_on - clock.now().date()).days <= 21


@pytest.mark.usefixtures("demo")
def test_r1_27_some_of_the_hybrid_rehearsal_take_part_remotely() -> None:
    side_event, seminar = map(find_rehearsal, ("new-york-2025", "shanghai-2025"))
    assert side_event is not None
    assert seminar is not None
    assert (side_event.online_url or "").startswith("https://meeting.example.org/")
    remote = [row for row in registrations(side_event) if row.mode == "remote"]
    assert 2 <= len(remote) <= 6
    assert {row.state for row in remote} == {"accredited"}
    assert remote_settings_of(side_event.id).phone
    assert not [row for row in registrations(seminar) if row.mode == "remote"]


@pytest.mark.usefixtures("demo")
def test_mails_of_the_rehearsals_wait_for_the_worker() -> None:
    event = find_rehearsal("shanghai-2025")
    assert event is not None
    query = select(OutboxMail.state).where(OutboxMail.event_id == event.id)
    states = list(db.session.scalars(query))
    assert set(states) == {"waiting"}
    assert len(states) > 40
