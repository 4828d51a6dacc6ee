"""People by spreadsheet: kept, carried out, undone (R1.32)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert, select

from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.delegations.models import Delegation
from eventhub.files.models import StoredFile
from eventhub.files.services import remove_file, store_file
from eventhub.i18n import _, current
from eventhub.questionnaires.queries import answers_by_registration
from eventhub.questionnaires.services import save_many_answers
from eventhub.registration.models import ImportedRow, PeopleImport, Registration
from eventhub.registration.queries import Setup, setup_of
from eventhub.registration.queries.imports import rows_of_import
from eventhub.registration.rules import ENDED
from eventhub.registration.rules.importing import Line, Outcome, Planned, digest_of, tally
from eventhub.registration.services.deciding import withdraw
from eventhub.registration.services.drafts import Entry, check_event, enter, save_many_consents
from eventhub.registration.services.planning import Planner, SeatsSeen, source_of
from eventhub.registration.services.seats import Seats
from eventhub.registration.services.submitting import submit
from eventhub.registration.services.writing import ask, write

DATA_CLASS = "sensitive"
"""Of the file: it may hold answers about health or belief."""


def keep_import(
    event_id: int, delegation: Delegation | None, *, data: bytes, name: str, actor: Actor
) -> PeopleImport:
    """Keep a file as it was sent, so that nothing of it is lost whatever is wrong with it."""
    file = store_file(
        data,
        event_id=event_id,
        data_class=DATA_CLASS,
        name=name or "table",
        media_type="application/octet-stream",
    )
    row = PeopleImport(
        event_id=event_id,
        delegation_id=delegation.id if delegation else None,
        account_id=actor.id,
        file_id=file.id,
        name=name[:250],
        started_by=actor.label[:250],
    )
    db.session.add(row)
    db.session.flush()
    record(actor, "people_import.send", [Subject("people_import", row.ref)], event_id=event_id)
    return row


def read_as(row: PeopleImport, *, encoding: str, columns: Mapping[str, str]) -> None:
    """Say how the letters of a file are read and which of its columns is which field."""
    _check_waiting(row)
    row.encoding, row.columns = encoding, dict(columns)
    db.session.flush()


def plan_import(
    setup: Setup,
    lines: Sequence[Line],
    *,
    delegation: Delegation | None,
    begun_at: datetime | None = None,
    actor: Actor,
) -> list[Planned]:
    """Return what would become of each row now; nothing is written or locked."""
    seats = SeatsSeen(setup)
    planner = Planner(
        setup, lines, delegation=delegation, actor=actor, seats=seats, begun_at=begun_at
    )
    with db.session.no_autoflush:
        plan = planner.plan()
    for pool in seats.pools:
        db.session.expire(pool)
    return plan


def apply_import(
    row: PeopleImport,
    lines: Sequence[Line],
    *,
    delegation: Delegation | None,
    only_good: bool,
    is_informed: bool,
    seen: str,
    text_version: int,
    override: str = "",
    actor: Actor,
    tell: bool = True,
) -> PeopleImport:
    """Carry out all rows, or the good ones, in one transaction.

    `is_informed` is that the people were told of the privacy notice (R7.5); `seen` is the digest
    of the plan that the person saw: Conflict where it is another one by now; `override` is why
    staff enter people after the deadline (R1.15).
    """
    db.session.refresh(row, with_for_update=True)
    _check_waiting(row)
    setup = setup_of(row.event_id)
    check_event(setup.event)
    planner = Planner(
        setup,
        lines,
        delegation=delegation,
        actor=actor,
        seats=Seats(setup),
        begun_at=row.created_at,
        lock=True,
    )
    with db.session.no_autoflush:
        plan = planner.plan()
    _check(plan, only_good=only_good, is_informed=is_informed, seen=seen)
    done = _update(setup, planner, plan, actor=actor)
    done += _create(
        setup, delegation, plan, begun_at=row.created_at, override=override, actor=actor, tell=tell
    )
    _save_the_rest(row.event_id, done, text_version=text_version, actor=actor)
    _write_rows(row, done)
    row.state, row.applied_at = "applied", clock.now()
    row.counts = tally(plan)
    subject = Subject("people_import", row.ref, {n: (0, count) for n, count in row.counts.items()})
    record(actor, "people_import.apply", [subject], event_id=row.event_id)
    db.session.flush()
    return row


def undo_import(row: PeopleImport, *, actor: Actor, tell: bool = True) -> list[Registration]:
    """Withdraw the people whom an import brought and whom nobody has touched since; return them.

    Whoever was changed meanwhile stays, and so does what the import changed of others.
    """
    db.session.refresh(row, with_for_update=True)
    if row.state != "applied":
        raise Conflict(_("This import was not carried out, or is undone already."))
    untouched = [one.id for done, one in rows_of_import(row.id) if is_untouched(done, one)]
    ended: list[Registration] = []
    if untouched:
        said = _("The import of %(file)s was undone.", file=row.name)
        ended = withdraw(row.event_id, untouched, reason="other", text=said, actor=actor, tell=tell)
    row.state, row.undone_at = "undone", clock.now()
    subject = Subject("people_import", row.ref, {"withdrawn": (0, len(ended))})
    record(actor, "people_import.undo", [subject], event_id=row.event_id)
    db.session.flush()
    return ended


def is_untouched(done: ImportedRow, registration: Registration) -> bool:
    """Tell whether an import brought the person and nothing happened to them since."""
    return (
        done.outcome == Outcome.CREATED
        and registration.version == done.version
        and registration.state not in ENDED
    )


def events_with_files(before: datetime) -> list[int]:
    """Return the ids of events with files of imports sent before an instant."""
    query = select(PeopleImport.event_id).where(
        PeopleImport.file_id.is_not(None), PeopleImport.created_at < before
    )
    return list(db.session.scalars(query.distinct()))


def forget_files(event_id: int, before: datetime) -> int:
    """Remove the files of imports sent before an instant; return how many."""
    query = select(PeopleImport).where(
        PeopleImport.event_id == event_id,
        PeopleImport.file_id.is_not(None),
        PeopleImport.created_at < before,
    )
    return _forget(list(db.session.scalars(query)))


def forget_files_with(event_id: int, registration_id: int) -> int:
    """Remove the files that brought or changed a person whose data are erased; return how many."""
    query = (
        select(PeopleImport)
        .join(ImportedRow, ImportedRow.import_id == PeopleImport.id)
        .where(
            PeopleImport.event_id == event_id,
            PeopleImport.file_id.is_not(None),
            ImportedRow.registration_id == registration_id,
        )
    )
    return _forget(list(db.session.scalars(query)))


def _forget(imports: Sequence[PeopleImport]) -> int:
    files = [row.file_id for row in imports]
    for row in imports:
        row.file_id = None
    db.session.flush()
    for file in db.session.scalars(select(StoredFile).where(StoredFile.id.in_(files))):
        remove_file(file)
    return len(imports)


def _check_waiting(row: PeopleImport) -> None:
    if row.state != "sent":
        raise Conflict(_("This file was imported already. Send it again to import it once more."))


def _check(plan: Sequence[Planned], *, only_good: bool, is_informed: bool, seen: str) -> None:
    if digest_of(plan) != seen:
        raise Conflict(_("Something changed meanwhile. Look at the rows again."))
    counts = tally(plan)
    if counts[Outcome.FAULTY] and not only_good:
        raise Conflict(_("Some rows have errors. Correct them, or import the good rows only."))
    if counts[Outcome.FAULTY] + counts[Outcome.UNCHANGED] == len(plan):
        raise Conflict(_("No row brings anything new."))
    if counts[Outcome.CREATED] and not is_informed:
        said = _("Say that these people know what is kept of them, or inform them first.")
        raise Invalid(said, "informed")


Done = tuple[Planned, Registration]


def _update(setup: Setup, planner: Planner, plan: Sequence[Planned], *, actor: Actor) -> list[Done]:
    done: list[Done] = []
    writes, asks = [], []
    for one in plan:
        if one.outcome not in (Outcome.UPDATED, Outcome.ASKED):
            continue
        registration = planner.rows[one.registration_id or 0]
        fields = {n: pair[1] for n, pair in one.changes.items() if n in one.line.values}
        waits = planner.waits_for_officer(registration, fields)
        at_once = {name: value for name, value in fields.items() if name not in waits}
        writes.append((registration, at_once))
        asks.append((registration, waits))
        done.append((one, registration))
    write(setup, writes, actor=actor)
    ask(asks, actor=actor)
    return done


def _create(
    setup: Setup,
    delegation: Delegation | None,
    plan: Sequence[Planned],
    *,
    begun_at: datetime,
    override: str,
    actor: Actor,
    tell: bool,
) -> list[Done]:
    new = [one for one in plan if one.outcome == Outcome.CREATED]
    if not new:
        return []
    entries = []
    for one in new:
        values = {"language": current(), **one.line.values}
        if delegation is not None:
            values["entity_id"] = delegation.entity_id
        category_id = values.pop("category_id")
        entries.append(Entry(category_id, values))
    rows = enter(setup.event.id, entries, actor=actor, source=source_of(actor), setup=setup)
    rows = submit(
        setup.event.id,
        [row.id for row in rows],
        actor=actor,
        override=override,
        begun_at=begun_at,
        tell=tell,
    )
    return list(zip(new, rows, strict=True))


def _save_the_rest(event_id: int, done: Sequence[Done], *, text_version: int, actor: Actor) -> None:
    """Keep answers and consents, as whoever imports declares them (R7.5)."""
    consents = {row.id: one.line.consents for one, row in done if one.line.consents}
    save_many_consents(
        event_id, consents, text_version=text_version, language=current(),
        declared_by=source_of(actor),
    )  # fmt: skip
    answering = {row.id: (one, row) for one, row in done if one.line.answers}
    if not answering:
        return
    kept = answers_by_registration(event_id, set(answering))
    given = {id_: {**kept.get(id_, {}), **one.line.answers} for id_, (one, _r) in answering.items()}
    refs = {id_: row.ref for id_, (_one, row) in answering.items()}
    save_many_answers(event_id, given, refs=refs, actor=actor)


def _write_rows(row: PeopleImport, done: Sequence[Done]) -> None:
    rows = [
        {
            "event_id": row.event_id,
            "import_id": row.id,
            "registration_id": registration.id,
            "number": one.line.number,
            "outcome": str(one.outcome),
            "version": registration.version,
        }
        for one, registration in done
    ]
    if rows:
        db.session.execute(insert(ImportedRow), rows)
