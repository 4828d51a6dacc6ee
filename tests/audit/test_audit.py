"""The audit log: append-only, sealed, readable as long as its key exists."""

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from eventhub.audit.models import AuditEntry, AuditLabel
from eventhub.audit.queries import entries_of
from eventhub.audit.services import Subject, record
from eventhub.core.actor import SYSTEM, Actor
from eventhub.core.db import db, transaction
from eventhub.keys.ring import ring

OFFICER = Actor("account", 7, "Ada Officer")


def write(
    event_id: int | None = 1, actor: Actor = OFFICER, ref: str = "AAAA", value: str = "accredited"
) -> None:
    changes = {"state": ("submitted", value)}
    with transaction():
        subject = Subject("registration", ref, changes, hidden=("email",))
        record(actor, "registration.accredit", [subject], event_id=event_id)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET action = 'x'",
        "DELETE FROM audit_entry",
        "UPDATE audit_entry SET sealed = NULL WHERE id = 1",
    ],
)
def test_entries_can_be_neither_changed_nor_deleted(app: Flask, statement: str) -> None:
    write()
    with pytest.raises(DatabaseError, match="append-only"), transaction():
        db.session.execute(text(statement))
    assert len(entries_of(1)) == 1


def test_entry_says_who_did_what_to_what(app: Flask) -> None:
    write()
    (entry,) = entries_of(1)
    assert (entry.who, entry.action) == ("Ada Officer", "registration.accredit")
    assert (entry.subject_kind, entry.subject_ref) == ("registration", "AAAA")
    assert entry.changes == {"state": ["submitted", "accredited"]}
    assert entry.fields == ["email", "state"], "of a hidden field the name alone"


def test_a_label_that_was_rolled_back_is_made_again(app: Flask) -> None:
    def break_off() -> None:
        with transaction():
            record(OFFICER, "registration.accredit", [Subject("registration", "AAAA")], event_id=1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_off()
    assert db.session.scalar(select(AuditLabel)) is None
    write()
    write()
    assert [label.label for label in db.session.scalars(select(AuditLabel))] == ["Ada Officer"]
    assert [entry.who for entry in entries_of(1)] == ["Ada Officer"] * 2


def test_values_lie_sealed_in_the_database(app: Flask) -> None:
    write(value="a very plain value")
    row = db.session.scalars(select(AuditEntry)).one()
    assert row.sealed is not None
    assert b"plain value" not in row.sealed


def test_values_of_one_entry_do_not_open_as_those_of_another(app: Flask) -> None:
    write()
    row = db.session.scalars(select(AuditEntry)).one()
    assert row.sealed is not None
    with pytest.raises(ValueError, match="not enciphered"):
        ring().decipher(ring().event_key(1, "audit"), row.sealed, b"registration:BBBB")


def test_erasing_destroys_the_key_and_keeps_the_entries(app: Flask) -> None:
    write(1)
    write(2)
    ring().destroy_event_key(1, "audit")
    (erased,), (kept,) = entries_of(1), entries_of(2)
    assert erased.changes == {}
    assert erased.fields == ["email", "state"]
    assert kept.changes == {"state": ["submitted", "accredited"]}


def test_label_is_written_once_and_may_be_replaced(app: Flask) -> None:
    write()
    write()
    label = db.session.scalars(select(AuditLabel)).one()
    with transaction():
        label.label = "erased"
    assert [entry.who for entry in entries_of(1)] == ["erased", "erased"]


def test_newest_first_by_event_subject_and_page(app: Flask) -> None:
    for ref in ("A", "B", "A"):
        write(1, ref=ref)
    write(None, SYSTEM)
    assert [e.subject_ref for e in entries_of(1)] == ["A", "B", "A"]
    assert len(entries_of(1, subject_ref="A")) == 2
    first = entries_of(1, limit=2)
    assert [e.id for e in entries_of(1, before_id=first[-1].id)] == [first[-1].id - 1]
    (own,) = entries_of(None)
    assert own.who == "EventHub"


def test_entry_and_change_are_one_transaction(app: Flask) -> None:
    def fails() -> None:
        with transaction():
            record(OFFICER, "registration.accredit", [Subject("registration", "A")], event_id=1)
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011  (our own)
        fails()
    assert entries_of(1) == []


def test_many_subjects_are_written_at_once(app: Flask) -> None:
    with transaction():
        subjects = [Subject("registration", str(number)) for number in range(300)]
        record(OFFICER, "registration.accredit", subjects, event_id=1)
        record(OFFICER, "registration.accredit", [], event_id=1)
    assert len(entries_of(1, limit=1000)) == 300
