"""Correcting by hand what scans say, with the reason, and taking that back."""

from collections.abc import Collection

from eventhub.agenda.models import Session
from eventhub.attendance.models import AttendanceCorrection
from eventhub.attendance.queries.ledger import credit_of
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import Event
from eventhub.i18n import _
from eventhub.registration.models import Registration


def correct(
    event: Event,
    session: Session,
    people: Collection[Registration],
    *,
    minutes: int | None,
    reason: str,
    actor: Actor,
) -> list[AttendanceCorrection]:
    """Set the credited minutes of people in a session, or excuse them where `minutes` is None.

    Raises Invalid with the field where the reason is missing, the session counts for nothing, or
    it is worth fewer minutes.
    """
    if not reason.strip():
        raise Invalid(_("Say why: the reason is kept with the correction."), "reason")
    credit = credit_of(session)
    if session.status == "cancelled" or not (credit.counts or credit.is_mandatory):
        raise Invalid(_("This session does not count."), "session")
    most = credit.minutes or credit.net_seconds // 60
    if minutes is not None and not 0 <= minutes <= most:
        raise Invalid(_("Write a number from 0 to %(n)s.", n=most), "minutes")
    rows = [
        AttendanceCorrection(
            event_id=event.id, registration_id=one.id, session_id=session.id, minutes=minutes,
            reason=reason.strip()[:250], made_by=actor.label[:250], made_at=clock.now(),
        )
        for one in people
    ]  # fmt: skip
    db.session.add_all(rows)
    db.session.flush()
    action = "attendance.excuse" if minutes is None else "attendance.correct"
    changed = {} if minutes is None else {f"minutes.{session.code}": (None, minutes)}
    subjects = [Subject("registration", one.ref, changed, hidden=("reason",)) for one in people]
    record(actor, action, subjects, event_id=event.id)
    return rows


def undo_correction(
    event: Event, person: Registration, row: AttendanceCorrection, *, actor: Actor
) -> None:
    """Take a correction back: what counted before it counts again."""
    db.session.refresh(row, with_for_update=True)
    if row.undone_at is not None:
        raise Conflict(_("This correction is undone already."))
    row.undone_at, row.undone_by = clock.now(), actor.label[:250]
    db.session.flush()
    record(actor, "attendance.undo", [Subject("registration", person.ref)], event_id=event.id)
