"""Copies, rehearsals, and erasing them whole."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import Base, db, transaction
from eventhub.core.errors import Conflict
from eventhub.events import queries, seams, services
from eventhub.events.models import Category, Event
from eventhub.events.services.copying import KEPT
from eventhub.files.services import read_whole, store_file
from eventhub.i18n import Translated
from eventhub.jobs.runner import run_due
from eventhub.jobs.services import queue
from eventhub.keys.ring import KeyDestroyed, ring
from eventhub.mail.services import Addressed, mails_of, send
from eventhub.mail.transport import Smtp
from tests.factories import make_registration

POINTS_TO_NO_EVENT = {"stored_file"}
"""Tables whose rows may belong to no event: their event_id may be empty."""


@pytest.fixture
def published(make):
    event = make(closes=datetime.fromisoformat("2026-05-01T18:00"))
    with transaction():
        services.add_room(event, code="A", names=Translated(en="Hall A"), actor=SYSTEM)
        services.add_host(event, names=Translated(en="Zambia"), actor=SYSTEM)
        services.add_info_page(
            event,
            slug="arrival",
            titles=Translated(en="Arrival"),
            bodies=Translated(en="By train."),
            actor=SYSTEM,
        )
        services.change_setting(event, "doors", {"minutes": 45}, actor=SYSTEM)
        services.change_switches(event, on=["badges"], actor=SYSTEM)
        services.publish_event(event, actor=SYSTEM)
    return event


def test_copy_takes_the_set_up_and_moves_the_days(published):
    with transaction():
        copy = services.copy_event(published, starts_on=date(2027, 6, 1), actor=SYSTEM)
    assert (copy.slug, copy.state, copy.published_at) == ("xiamen-2027", "draft", None)
    assert (copy.ends_on, copy.registration_closes) == (
        date(2027, 6, 2),
        datetime.fromisoformat("2027-04-30T18:00"),
    )
    assert copy.registration_closes_at == datetime(2027, 4, 30, 10, tzinfo=UTC)
    assert copy.switches == ["badges"]
    assert [room.code for room in queries.rooms_of(copy.id)] == ["A"]
    assert [page.slug for page in queries.info_pages_of(copy.id)] == ["arrival"]
    assert len(queries.hosts_of(copy.id)) == 2
    assert len(queries.categories_of(copy.id)) == len(queries.categories_of(published.id))
    refs = {row.ref for row in queries.categories_of(copy.id)}
    assert not refs & {row.ref for row in queries.categories_of(published.id)}


def test_copy_takes_no_people(published):
    category = queries.categories_of(published.id)[0]
    make_registration(published, category)
    with transaction():
        copy = services.copy_event(published, starts_on=date(2027, 6, 1), actor=SYSTEM)
    registration = Base.metadata.tables["registration"]
    query = select(func.count()).where(registration.c.event_id == copy.id)
    assert db.session.scalar(query) == 0


def test_copy_hands_each_step_the_ids_of_what_was_copied(published, monkeypatch):
    seen = []

    def step(from_event_id, to_event_id, ids, *, actor):
        seen.append((from_event_id, to_event_id, dict(ids)))

    monkeypatch.setattr(seams, "CLONE_STEPS", [seams.CloneStep(frozenset(), step)])
    with transaction():
        copy = services.copy_event(published, starts_on=date(2027, 6, 1), actor=SYSTEM)
    (from_id, to_id, ids) = seen[0]
    assert (from_id, to_id) == (published.id, copy.id)
    old = queries.categories_of(published.id)[3]
    new = db.session.get(Category, ids["category"][old.id])
    assert (new.event_id, new.code) == (copy.id, old.code)
    assert set(ids["event_room"]) == {room.id for room in queries.rooms_of(published.id)}


def test_rehearsal_is_live_hidden_and_marked(published):
    with transaction():
        copy = services.rehearse_event(published, starts_on=date(2026, 3, 1), actor=SYSTEM)
    assert copy.slug == "xiamen-2026-rehearsal"
    assert copy.state == "published"
    assert copy.erased_on == date(2026, 3, 15)
    assert copy.registration_closes_at > clock.now()
    now = clock.now()
    assert copy.id not in {one.id for one in queries.public_events(now, past=False)}
    with pytest.raises(Conflict), transaction():
        services.rehearse_event(copy, starts_on=date(2026, 3, 2), actor=SYSTEM)


@pytest.fixture
def rehearsal(published):
    with transaction():
        return services.rehearse_event(published, starts_on=date(2026, 3, 1), actor=SYSTEM)


def test_mails_of_a_rehearsal_never_leave_the_house(rehearsal, published, app, monkeypatch):
    delivered = []
    monkeypatch.setattr(Smtp, "deliver", lambda _self, message: delivered.append(message["To"]))
    monkeypatch.setattr("eventhub.mail.jobs.transport", lambda _settings: Smtp("smtp://x:25"))
    with transaction():
        for event in (rehearsal, published):
            services.cancel_event(event, notice=Translated(), actor=SYSTEM)
            told = [Addressed(f"{event.slug}@example.org", "en")]
            send("events.cancelled", told, event_id=event.id)
    run_due(app)
    assert delivered == ["xiamen-2026@example.org"]
    assert [mail.state for mail in mails_of(rehearsal.id)] == ["caught"]
    assert [mail.state for mail in mails_of(published.id)] == ["sent"]


def test_rehearsal_is_erased_on_its_day_and_nothing_else_is(rehearsal, published, app):
    category = queries.categories_of(rehearsal.id)[0]
    make_registration(rehearsal, category)
    with transaction():
        file = store_file(
            b"face", event_id=rehearsal.id, data_class="photo", name="a", media_type="image/jpeg"
        )
        rehearsal_id, place = rehearsal.id, file.place
        queue("events.erase_rehearsals")
    assert read_whole(file) == b"face"
    run_due(app)
    assert queries.find_event_by_id(rehearsal_id) is not None, "a day too early"

    with clock.at(clock.now() + timedelta(days=14)):
        with transaction():
            queue("events.erase_rehearsals")
        run_due(app)
    db.session.rollback()
    assert queries.find_event_by_id(rehearsal_id) is None
    assert queries.find_event("xiamen-2026") is not None
    for table in Base.metadata.sorted_tables:
        if "event_id" in table.c and table.name not in KEPT:
            query = select(func.count()).select_from(table)
            left = db.session.scalar(query.where(table.c.event_id == rehearsal_id))
            assert left == 0, table.name
    assert place
    with pytest.raises(KeyDestroyed):
        ring().event_key(rehearsal_id, "photo")


def test_public_event_is_never_erased(published):
    with pytest.raises(Conflict), transaction():
        services.erase_event(published, actor=SYSTEM)


def test_draft_is_deleted_with_its_rehearsals(make):
    event = make()
    with transaction():
        services.rehearse_event(event, starts_on=date(2026, 3, 5), actor=SYSTEM)
    with transaction():
        services.delete_draft(event, actor=SYSTEM)
    assert db.session.scalar(select(func.count()).select_from(Event)) == 0


def test_published_event_is_no_draft(published):
    with pytest.raises(Conflict), transaction():
        services.delete_draft(published, actor=SYSTEM)


def test_every_table_below_an_event_names_the_event():
    """What refers to a row of an event is erased with it only where it names the event too."""
    below = {table.name for table in Base.metadata.tables.values() if "event_id" in table.c}
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table.name in below - POINTS_TO_NO_EVENT:
                assert "event_id" in table.c, f"{table.name} refers to {key.column.table.name}"
