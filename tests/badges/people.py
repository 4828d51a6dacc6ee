"""People with passes, letters that name them, and their runs."""

from datetime import UTC, datetime
from typing import Any

from flask import Flask

from eventhub.badges import queries, services
from eventhub.badges.models import PrintRun
from eventhub.badges.rules import Choice
from eventhub.core.db import db, transaction
from eventhub.core.ids import new_ref
from eventhub.delegations.models import Delegation, OfficialLetter
from eventhub.events.models import Event
from eventhub.files.models import StoredFile
from eventhub.jobs.runner import run_due
from eventhub.passes import services as passes
from eventhub.registration.models import LetterCover, Registration
from tests.factories import (
    actor_with,
    keep,
    make_category,
    make_entity,
    make_registration,
)

ENDS = datetime(2099, 1, 1, tzinfo=UTC)
PRINTER = actor_with("badge.print")


def admit(event: Event, count: int = 1, **given: Any) -> list[Registration]:
    """Return accredited people of Zambia with passes."""
    category = make_category(event, **({"code": given.pop("code")} if "code" in given else {}))
    entity = make_entity(f"E{category.id}", given.pop("entity", "Zambia"))
    rows = []
    for number in range(1, count + 1):
        with transaction():
            held = passes.issue(event.id, [2], expires_at=ENDS)[0]
        values = {"state": "accredited", "pass_id": held.id, "entity_id": entity.id,
                  "number": number, **given}  # fmt: skip
        rows.append(make_registration(event, category, **values))
    return rows


def send(event: Event, rows: list[Registration]) -> Delegation:
    """Let people be sent by the delegation of their entity."""
    made: Delegation = keep(Delegation(event_id=event.id, entity_id=rows[0].entity_id))
    with transaction():
        for row in rows:
            db.session.get_one(Registration, row.id).delegation_id = made.id
    return made


def name_in_letter(row: Registration, state: str) -> OfficialLetter:
    """Let a letter in this state name somebody."""
    file = keep(
        StoredFile(data_class="letter", name="x", media_type="text/plain", size=1, sha256="0",
                   place=new_ref(), event_id=row.event_id)
    )  # fmt: skip
    letter: OfficialLetter = keep(
        OfficialLetter(event_id=row.event_id, delegation_id=row.delegation_id, version=1,
                       file_id=file.id, state=state)
    )  # fmt: skip
    keep(LetterCover(event_id=row.event_id, letter_id=letter.id, registration_id=row.id))
    return letter


def ask(event: Event, choice: Choice | None = None) -> str:
    """Ask for a run and return its ref."""
    with transaction():
        return services.start_run(event, choice or Choice(), actor=PRINTER).ref


def work(app: Flask) -> None:
    """Let the worker do what is due, and look at what it left."""
    run_due(app)
    db.session.rollback()


def printed(app: Flask, event: Event, choice: Choice | None = None) -> PrintRun:
    """Return a run that the worker has made."""
    ref = ask(event, choice)
    work(app)
    return queries.get_run(event.id, ref)
