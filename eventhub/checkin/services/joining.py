"""Minutes of those who took part from afar, from the logs of a meeting (R1.27)."""

from collections.abc import Mapping, Sequence

from sqlalchemy import insert

from eventhub.agenda.models import Session
from eventhub.audit.services import Subject, record
from eventhub.checkin.join_logs import apart
from eventhub.checkin.models import Scan
from eventhub.checkin.queries import remote_stays
from eventhub.checkin.queries.joining import LOG_CLASS, find_log, find_meeting, remote_scans
from eventhub.checkin.rules import ENTER, REMOTE, Span, merged
from eventhub.checkin.services.gates import ensure_gate
from eventhub.checkin.services.undoing import undo
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, NotFound
from eventhub.core.ids import new_uuid
from eventhub.events.models import Event
from eventhub.events.services.shared import check_open
from eventhub.files.models import StoredFile
from eventhub.files.services import erase_files, store_file
from eventhub.i18n import _


def keep_log(event: Event, data: bytes, name: str, *, actor: Actor) -> StoredFile:
    """Keep a log until it is carried out or forgotten: it names whoever was in the meeting."""
    file = store_file(
        data, event_id=event.id, data_class=LOG_CLASS, name=name, media_type="text/plain"
    )
    record(actor, "join_log.send", [Subject("file", file.ref)], event_id=event.id)
    return file


def apply_log(
    event: Event,
    sessions: Sequence[Session],
    stays: Mapping[int, Sequence[Span]],
    ref: str,
    *,
    actor: Actor,
) -> int:
    """Add stretches, by registration id, to the sessions in whose time they lie; erase the log.

    What is known already is merged with it, so that a log sent twice changes nothing. Returns
    for how many people something was new. Conflict where nothing was.
    """
    check_open(event)
    file = find_log(event.id, ref)
    if file is None:
        raise NotFound
    changed: set[int] = set()
    for session in sessions:
        own = {
            person: those
            for person, spans in stays.items()
            if (those := [one for one in spans if _touches(one, session)])
        }
        if own:
            changed |= _add(event, session, own, actor=actor)
    if not changed:
        raise Conflict(_("This log brings nothing new."))
    subjects = [
        Subject("session", session.ref, {"people": (None, len(changed))}) for session in sessions
    ]
    record(actor, "join_log.apply", subjects, event_id=event.id)
    erase_files([file.id])
    return len(changed)


def take_back_logs(event: Event, session: Session, *, actor: Actor) -> int:
    """Take back all that logs said of a session; return of how many people."""
    check_open(event)
    gate = find_meeting(event.id, session.id)
    scans = remote_scans(gate) if gate else []
    people = {scan.registration_id for scan in scans}
    undo(scans, actor=actor)
    record(
        actor, "join_log.take_back", [Subject("session", session.ref)], event_id=event.id
    )  # fmt: skip
    return len(people)


def served_by(sessions: Sequence[Session], session: Session | None) -> list[Session]:
    """Return the sessions that a log may tell of: the one named, or all that run beside none."""
    if session is not None:
        return [session]
    alone = apart({one.id: (one.starts_at, one.ends_at) for one in sessions})
    return [one for one in sessions if one.id in alone]


def _touches(span: Span, session: Session) -> bool:
    return span[0] < session.ends_at and session.starts_at < span[1]


def _add(
    event: Event, session: Session, stays: Mapping[int, Sequence[Span]], *, actor: Actor
) -> set[int]:
    gate = ensure_gate(event, REMOTE, session, actor=actor)
    before = remote_stays(gate.id)
    after = {
        person: whole
        for person, spans in stays.items()
        if (whole := merged([*before.get(person, []), *spans])) != before.get(person, [])
    }
    undo(remote_scans(gate, after.keys() & before.keys()), actor=actor)
    rows = [
        {
            "uid": new_uuid(),
            "event_id": event.id,
            "gate_id": gate.id,
            "registration_id": person,
            "direction": direction,
            "answer": ENTER,
            "source": "join_log",
            "device_at": at,
            "account_id": actor.id,
        }
        for person, spans in after.items()
        for span in spans
        for direction, at in zip(("in", "out"), span, strict=True)
    ]
    if rows:
        db.session.execute(insert(Scan), rows)
    return set(after)
