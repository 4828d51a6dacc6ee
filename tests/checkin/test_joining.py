"""Minutes of remote participants from the logs of meetings (R1.27), as certificates count them."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from eventhub.agenda.models import Session
from eventhub.attendance.queries import ledger_of, policy_of
from eventhub.checkin import jobs, join_logs, services
from eventhub.checkin.join_logs import Known, book_of, head_of, reading_of, seen_in
from eventhub.checkin.models import Gate
from eventhub.checkin.queries import attended_ids, gates_of, headcount, inside
from eventhub.checkin.rules import Mark, merged, stays
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.entities.models import Entity
from eventhub.events.models import Category, Event
from eventhub.files.models import StoredFile
from eventhub.jobs.runner import Work
from eventhub.registration.models import Registration
from eventhub.sheets.reading import read_table
from tests.browser import Browser, Page
from tests.checkin.people import (
    OWNER,
    SWITCHES,
    admit,
    lecture,
    make_forum,
    make_gate,
    qr_of,
    scan,
    worker,
)
from tests.factories import make_entity

NINE = datetime(2026, 3, 10, 1, tzinfo=UTC)
DAYS = (NINE - timedelta(days=2), NINE + timedelta(days=2))
PEOPLE = [
    Known(1, "AB12CD34EF", "ZMB-01", "chanda@example.org", "ZAMBIA – Chanda MWILA", "Delegate"),
    Known(2, "GH56JK78MN", "ZMB-02", "mission@example.org", "ZAMBIA – Joseph BANDA", "Delegate"),
    Known(3, "PQ90RS12TU", "ZMB-03", "mission@example.org", "ZAMBIA – Ruth ZULU", "Adviser"),
]


def read(text: str, *, zone: str = "Asia/Shanghai") -> join_logs.Reading:
    table = read_table(text.encode())
    found = head_of(table)
    assert found is not None
    hours = (NINE, NINE + timedelta(hours=2))
    return reading_of(seen_in(table, *found, zone, DAYS), book_of(PEOPLE), [hours])


def minutes(spans: list[tuple[datetime, datetime]]) -> list[tuple[int, int]]:
    return [tuple(int((one - NINE).total_seconds() // 60) for one in span) for span in spans]


def test_r1_27_rows_are_matched_by_personal_id_address_or_name_on_screen() -> None:
    found = read(
        "Name (original name),User email,Participant ID,Join time,Leave time\n"
        "iPad,,AB12CD34EF,2026-03-10 09:00:00,2026-03-10 09:20:00\n"
        "phone,Chanda@Example.org,,2026-03-10 09:30:00,2026-03-10 09:40:00\n"
        "Zambia - Joseph Banda (Delegate),,,2026-03-10 09:00,2026-03-10 10:00\n"
        "ZAMBIA – Ruth ZULU,mission@example.org,,2026-03-10 09:05,2026-03-10 10:05\n"
    )
    assert minutes(found.stays[1]) == [(0, 20), (30, 40)]
    assert minutes(found.stays[2]) == [(0, 60)]
    assert minutes(found.stays[3]) == [(5, 65)]
    assert not found.left_out


def test_r1_27_what_matches_nobody_is_listed_with_the_reason() -> None:
    found = read(
        "Name;E-mail;Join time;Leave time\n"
        "Somebody;;2026-03-10 09:00;2026-03-10 09:20\n"
        "desk;mission@example.org;2026-03-10 09:00;2026-03-10 09:20\n"
        "ZAMBIA – Ruth ZULU;;soon;2026-03-10 09:20\n"
        "ZAMBIA – Ruth ZULU;;2026-03-10 09:00;\n"
        "ZAMBIA – Ruth ZULU;;2026-03-10 09:20;2026-03-10 09:00\n"
        "ZAMBIA – Ruth ZULU;;2026-03-10 15:00;2026-03-10 16:00\n"
        ";;2026-03-10 09:00;2026-03-10 09:20\n"
    )
    assert not found.stays
    assert [(one.row, why) for one, why in found.left_out] == [
        (2, join_logs.UNKNOWN), (3, join_logs.SHARED), (4, join_logs.NO_TIME),
        (5, join_logs.NO_END), (6, join_logs.BACKWARDS), (7, join_logs.ELSEWHEN),
        (8, join_logs.NOBODY),
    ]  # fmt: skip


def test_r1_27_overlapping_stretches_of_two_devices_are_merged() -> None:
    found = read(
        "Name,Email,Join time,Leave time\n"
        "laptop,chanda@example.org,2026-03-10 09:00,2026-03-10 09:30\n"
        "phone,chanda@example.org,2026-03-10 09:20,2026-03-10 09:50\n"
        "phone,chanda@example.org,2026-03-10 10:00,2026-03-10 10:10\n"
    )
    assert minutes(found.stays[1]) == [(0, 50), (60, 70)]
    assert found.rows[1] == 3
    assert merged([(NINE, NINE), (NINE, NINE)]) == [(NINE, NINE)]


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("2026-03-10 09:15:00", "Asia/Shanghai"),
        ("2026-03-10T01:15:00Z", "Asia/Shanghai"),
        ("2026-03-10 02:15:00+01:00", "Asia/Shanghai"),
        ("03/10/2026 09:15:00 AM", "Asia/Shanghai"),
        ("10/03/2026 09:15", "Asia/Shanghai"),
        ("10.3.26, 09:15:00", "Asia/Shanghai"),
        ("2026/3/10 1:15", "UTC"),
        ("3/10/26, 1:15:00\u202fAM", "UTC"),
    ],
)
def test_r1_27_times_are_read_as_platforms_write_them(text: str, zone: str) -> None:
    assert join_logs.read_time(text, zone, DAYS) == NINE + timedelta(minutes=15)


def test_r1_27_nonsense_is_no_time() -> None:
    for text in ("", "soon", "99/99/2026 09:00", "2026-03-10 25:00"):
        assert join_logs.read_time(text, "UTC", DAYS) is None


def test_r1_27_a_log_of_events_below_a_summary_is_read() -> None:
    found = read(
        "1. Summary\n"
        "Meeting title\tForum\n"
        "2. Participants\n"
        "Full Name\tUser Action\tTimestamp\n"
        "ZAMBIA – Ruth ZULU\tJoined\t3/10/2026, 9:00:00 AM\n"
        "ZAMBIA – Joseph BANDA\tJoined before\t3/10/2026, 9:00:00 AM\n"
        "ZAMBIA – Ruth ZULU\tLeft\t3/10/2026, 9:45:00 AM\n"
    )
    assert minutes(found.stays[3]) == [(0, 45)]
    assert [(one.row, why) for one, why in found.left_out] == [(6, join_logs.NO_END)]


def test_r1_27_one_room_online_does_not_serve_sessions_side_by_side() -> None:
    hour = timedelta(hours=1)
    spans = {1: (NINE, NINE + hour), 2: (NINE, NINE + hour), 3: (NINE + hour, NINE + 2 * hour)}
    assert join_logs.apart(spans).keys() == {3}


def test_r1_27_time_in_the_room_and_on_the_screen_are_told_apart() -> None:
    marks = [Mark(NINE, "in"), Mark(NINE + timedelta(minutes=5), "in", True),
             Mark(NINE + timedelta(minutes=9), "out", True)]  # fmt: skip
    found = [(stay.since, stay.until) for stay in stays(marks)]
    assert found == [(NINE, None), (marks[1].at, marks[2].at)]


# Through the pages


Meeting = tuple[Event, Category, Session]


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """Return a hybrid seminar with a lecture of two hours that counts 100 minutes."""
    event, category = make_forum(
        preset="seminar", switches=[*SWITCHES, "certificates"], mode="hybrid",
        online_url="https://video.example.org/room",
    )  # fmt: skip
    session = lecture(event, "M1", 9, counts_for_certificate=True, credit_minutes=100)
    return event, category, session


def zambian(event: Event, category: Category, name: str, **given: object) -> Registration:
    entity = db.session.scalar(db.select(Entity)) or make_entity()
    return admit(event, category, given_names=name, entity_id=entity.id, **given)


def log(*rows: tuple[str, str, int, int], start: datetime) -> str:
    lines = ["Name,Email,Join time,Leave time"]
    for name, email, joined, left in rows:
        since, until = (start + timedelta(minutes=one) for one in (joined, left))
        lines.append(f"{name},{email},{since:%Y-%m-%d %H:%M:%S},{until:%Y-%m-%d %H:%M:%S}")
    return "\n".join(lines)


def send(browser: Browser, event: Event, text: str, **given: str) -> Page:
    page = browser.get(f"/manage/{event.slug}/remote")
    form = page.form(action="/remote")
    return browser.submit(form, log=(io.BytesIO(text.encode()), "log.csv"), **given)


def credit(event: Event, row: Registration) -> dict[str, int]:
    db.session.rollback()
    category = db.session.get_one(Category, row.category_id)
    record = ledger_of(event, policy_of(event)).record(row.id, category.code)
    return {code: one.minutes for code, one in record.sessions.items() if one.minutes}


def test_r1_27_remote_minutes_count_for_the_certificate(app: Flask, meeting: Meeting) -> None:
    event, category, session = meeting
    chanda = zambian(event, category, "Chanda", email="chanda@example.org", mode="remote")
    browser = worker(Browser(app), event, "event_owner")
    text = log(("x", "chanda@example.org", 0, 60), ("y", "chanda@example.org", 30, 90),
               ("Somebody", "", 0, 60), start=session.starts)  # fmt: skip
    with clock.at(event.ends_at):
        page = send(browser, event, text)
        assert "Nothing is counted yet" in page.text
        assert "Chanda MWILA" in page.text
        assert "Nobody confirmed is called so" in page.text
        assert credit(event, chanda) == {}
        counted = browser.submit(page.form(action="/remote/"))
        assert "The minutes of 1 person are counted." in counted.text
        assert credit(event, chanda) == {"M1": 75}
        assert attended_ids(event.id) == {chanda.id}
        assert not kept_logs()
        again = send(browser, event, text)
        refused = browser.submit(again.form(action="/remote/"))
        assert refused.status == 422
        assert "This log brings nothing new." in refused.text
        more = send(browser, event, log(("x", "chanda@example.org", 80, 120), start=session.starts),
                    session=session.ref)  # fmt: skip
        browser.submit(more.form(action="/remote/"))
        assert credit(event, chanda) == {"M1": 100}
        page = browser.get(f"/manage/{event.slug}/remote")
        assert "120" in page.text
        back = browser.submit(page.form(action="/take-back"))
    assert "The minutes of 1 person are taken back." in back.text
    assert credit(event, chanda) == {}


def test_r1_27_who_joins_from_afar_is_in_no_room(app: Flask, meeting: Meeting) -> None:
    event, category, session = meeting
    here = zambian(event, category, "Here")
    afar = zambian(event, category, "Afar", mode="remote")
    spans = [(session.starts_at, session.ends_at)]
    door = make_gate(event, session_id=session.id)
    with clock.at(session.starts_at):
        scan(event, door, qr_of(here))
        with transaction():
            file = services.keep_log(event, b"x", "log.csv", actor=OWNER)
            number = services.apply_log(event, [session], {afar.id: spans}, file.ref, actor=OWNER)
    assert number == 1
    assert inside(event.id, session_id=session.id) == 1
    assert headcount(event.id, event.starts_at).came == 1
    assert [gate.id for gate in gates_of(event.id)] == [door.id]
    meeting_gate = db.session.scalars(db.select(Gate).filter_by(kind="remote")).one()
    browser = worker(Browser(app), event, "event_owner")
    assert browser.get(f"/manage/{event.slug}/gates/{meeting_gate.ref}/scan").status == 404


def test_r1_27_a_log_that_nobody_counted_is_forgotten(app: Flask, meeting: Meeting) -> None:
    event, _category, _session = meeting
    with transaction():
        services.keep_log(event, b"x", "log.csv", actor=OWNER)
    assert jobs.forget_logs(Work(1, "test", None)) == {"files": 0}
    with clock.at(clock.now() + timedelta(days=2)):
        assert jobs.forget_logs(Work(1, "test", None)) == {"files": 1}
    assert not kept_logs()


def test_r1_27_a_file_without_the_headings_is_refused_beside_the_field(
    app: Flask, meeting: Meeting
) -> None:
    event, _category, _session = meeting
    browser = worker(Browser(app), event, "event_owner")
    page = send(browser, event, "Name,Colour\nA,red\n")
    assert page.status == 422
    assert "No row has headings for who it was" in page.text
    assert not kept_logs()


def test_r1_27_strangers_and_events_in_a_hall_have_no_such_page(
    app: Flask, meeting: Meeting
) -> None:
    event, _category, _session = meeting
    where = f"/manage/{event.slug}/remote"
    assert worker(Browser(app), event, "door_staff").get(where).status == 404
    owner = worker(Browser(app), event, "event_owner")
    assert owner.get(where).status == 200
    other, _others = make_forum(mode="hybrid")
    with transaction():
        file = services.keep_log(other, b"x", "log.csv", actor=OWNER)
    assert owner.get(f"{where}/{file.ref}").status == 404
    with transaction():
        event.mode = "in_person"
    assert owner.get(where).status == 404


def kept_logs() -> list[StoredFile]:
    db.session.rollback()
    return list(db.session.scalars(db.select(StoredFile).filter_by(data_class="join_log")))


def test_the_page_of_remote_participants_asks_no_more_for_many(
    app: Flask, meeting: Meeting, statements: list[str]
) -> None:
    event, category, session = meeting
    browser = worker(Browser(app), event, "event_owner")
    counts = []
    for more in (1, 9):
        rows = [zambian(event, category, f"P{more}{n}", mode="remote") for n in range(more)]
        lecture(event, f"N{more}", 12 + more)
        spans = [(session.starts_at, session.ends_at)]
        with transaction():
            file = services.keep_log(event, b"x", "log.csv", actor=OWNER)
            stays_of = {row.id: spans for row in rows}
            services.apply_log(event, [session], stays_of, file.ref, actor=OWNER)
        statements.clear()
        browser.get(f"/manage/{event.slug}/remote")
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert counts[1] <= 15
