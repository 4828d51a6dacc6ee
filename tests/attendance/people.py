"""A seminar and who came to it."""

from datetime import datetime, timedelta
from itertools import count

from eventhub.agenda.models import Session
from eventhub.attendance.rules import SETTING
from eventhub.checkin.models import Gate, Scan
from eventhub.core import ids
from eventhub.core.db import db
from eventhub.events.models import Event, EventSetting
from eventhub.i18n import Translated
from eventhub.registration.models import Registration
from tests.factories import keep, make_category, make_event, make_registration

_numbers = count()
POLICY = {"participation_share": 0.5, "completion_share": 0.8}


def make_seminar() -> Event:
    """Return a seminar of two lectures of 100 credit minutes each."""
    event = make_event(preset="seminar", code="SEM-2026", switches=["certificates", "roll_call"])
    keep(EventSetting(event_id=event.id, feature=SETTING, values=dict(POLICY)))
    add_lecture(event, "M1", hours=9, is_mandatory=True)
    add_lecture(event, "M2", hours=12)
    return event


def add_lecture(event: Event, code: str, *, hours: int, is_mandatory: bool = False) -> Session:
    """Add a lecture of two hours, worth 100 minutes, so many hours after the first midnight."""
    wall = datetime.combine(event.starts_on, datetime.min.time()) + timedelta(hours=hours)
    starts_at = event.starts_at + timedelta(hours=hours)
    return keep(
        Session(
            event_id=event.id, code=code, titles=Translated(en=code), kind="lecture",
            descriptions=Translated(), place_note=Translated(), zone=event.zone, starts=wall,
            ends=wall + timedelta(hours=2), starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2), counts_for_certificate=True,
            credit_minutes=100, is_mandatory=is_mandatory,
        )
    )  # fmt: skip


def attend(event: Event, person: Registration, *codes: str) -> None:
    """Write a tick at the start of each session."""
    for session in db.session.scalars(db.select(Session).where(Session.code.in_(codes))).all():
        gate = db.session.scalar(db.select(Gate).filter_by(session_id=session.id)) or keep(
            Gate(event_id=event.id, names=Translated(en="x"), kind="roll_call",
                 session_id=session.id)
        )  # fmt: skip
        keep(
            Scan(
                uid=ids.new_uuid(), event_id=event.id, gate_id=gate.id, answer="enter",
                registration_id=person.id, direction="in", source="tick",
                device_at=session.starts_at,
            )
        )  # fmt: skip


def participant(event: Event, *codes: str, **given: object) -> Registration:
    """Return somebody accredited who attended the sessions."""
    category = make_category(event, f"C{next(_numbers)}")
    person = make_registration(event, category, state="accredited", **given)
    attend(event, person, *codes)
    return person


def session_called(code: str) -> Session:
    """Return the session with this code."""
    return db.session.scalars(db.select(Session).filter_by(code=code)).one()
