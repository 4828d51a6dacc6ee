"""Adding, changing and cancelling sessions of the draft."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from eventhub.agenda.models import Session, Slot
from eventhub.agenda.models.items import SessionItem
from eventhub.agenda.queries import find_newest, programme_in
from eventhub.agenda.rules import break_walls
from eventhub.agenda.services.documents import forget_documents
from eventhub.agenda.services.holding import check_may_wait, locked
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import Event
from eventhub.events.services import instant_of
from eventhub.events.services.shared import check_open, check_version
from eventhub.i18n import Translated, _
from eventhub.venues.rules import LAYOUTS

LONGEST = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class SessionValues:
    """What an organiser says of a session; times are wall times in the event's zone."""

    code: str
    titles: Translated
    kind: str
    starts: datetime
    ends: datetime
    is_placed: bool = True
    """False: it has no time yet, and only its length counts."""
    starts_fold: int | None = 0
    """Which of two equal times is meant: 0 the earlier, 1 the later; None where nobody said."""
    ends_fold: int | None = 0
    descriptions: Translated = field(default_factory=Translated)
    track_id: int | None = None
    room_id: int | None = None
    place_note: Translated = field(default_factory=Translated)
    layout: str = ""
    access: str = "open"
    admit: tuple[str, ...] = ()
    hides_title: bool = False
    floor_languages: tuple[str, ...] = ()
    interpretation: tuple[str, ...] = ()
    counts_for_certificate: bool = False
    is_mandatory: bool = False
    credit_minutes: int = 0
    breaks: tuple[tuple[str, str], ...] = ()


def add_session(event: Event, values: SessionValues, *, actor: Actor) -> Session:
    """Add a session to the draft; Invalid with its field where something does not fit."""
    session = Session(event_id=event.id, zone=event.zone)
    _write(event, session, values)
    db.session.add(session)
    db.session.flush()
    record(actor, "session.add", [_subject(session)], event_id=event.id)
    return session


def change_session(
    event: Event, session: Session, values: SessionValues, *, version: int | None, actor: Actor
) -> Session:
    """Change a session of the draft; Conflict where somebody else changed it meanwhile."""
    locked(event.id, [session.ref])
    check_version(session, version, event_id=event.id)
    if session.is_placed and not values.is_placed:
        check_may_wait(event.id, [session])
    before = {name: _plain(getattr(session, name)) for name in _AUDITED}
    _write(event, session, values)
    session.version += 1
    session.changed_at = clock.now()
    db.session.flush()
    changed = {
        name: (old, _plain(getattr(session, name)))
        for name, old in before.items()
        if old != _plain(getattr(session, name))
    }
    record(actor, "session.change", [Subject("session", session.ref, changed)], event_id=event.id)
    return session


def cancel_session(event: Event, session: Session, *, actor: Actor) -> None:
    """Cancel a session: it stays on the page and in calendars as cancelled."""
    _set_status(event, session, "cancelled", "session.cancel", actor)


def reopen_session(event: Event, session: Session, *, actor: Actor) -> None:
    """Let a cancelled session take place after all."""
    _set_status(event, session, "confirmed", "session.reopen", actor)


def remove_session(event: Event, session: Session, *, actor: Actor) -> None:
    """Remove a session that was never published; Conflict where it was (cancel it instead).

    Conflict too where something else counts on it: its seats, floor cards or a door.
    """
    newest = find_newest(event.id)
    if newest and any(frozen.uid == session.uid for frozen in programme_in(newest).sessions):
        raise Conflict(_("This session was published. Cancel it, so that calendars are told."))
    told = _subject(session)
    try:
        with db.session.begin_nested():
            forget_documents(session)
            for below in (Slot, SessionItem):
                db.session.execute(delete(below).where(below.session_id == session.id))
            db.session.delete(session)
    except IntegrityError:
        said = _("Seats, floor cards or a door belong to this session. Cancel it instead.")
        raise Conflict(said) from None
    record(actor, "session.remove", [told], event_id=event.id)


def _set_status(event: Event, session: Session, status: str, action: str, actor: Actor) -> None:
    check_open(event)
    if session.status == status:
        return
    changed = {"status": (session.status, status)}
    session.status, session.changed_at = status, clock.now()
    session.version += 1
    db.session.flush()
    record(actor, action, [Subject("session", session.ref, changed)], event_id=event.id)


_AUDITED = (
    "code", "titles", "kind", "starts", "ends", "room_id", "track_id", "access", "hides_title",
    "status", "is_placed",
)  # fmt: skip


def _write(event: Event, session: Session, values: SessionValues) -> None:
    check_open(event)
    taken = select(Session.id).where(
        Session.event_id == event.id, Session.code == values.code, Session.id != session.id
    )
    with db.session.no_autoflush:
        if db.session.scalar(taken) is not None:
            raise Invalid(code_is_taken(), "code")
    write_values(event, session, values)


def code_is_taken() -> str:
    """Return the sentence for a code that another session has."""
    return _("Another session has this code. Choose a different one.")


def check_values(event: Event, values: SessionValues) -> tuple[datetime, datetime]:
    """Return when such a session starts and ends; Invalid with its field where it cannot be.

    The database is not asked.
    """
    if not values.titles:
        raise Invalid(_("Write a title in at least one language."), "titles")
    starts_at = instant_of(values.starts, event.zone, fold=values.starts_fold, field="starts")
    ends_at = instant_of(values.ends, event.zone, fold=values.ends_fold, field="ends")
    if ends_at <= starts_at:
        raise Invalid(_why_it_ends_too_early(values), "ends")
    if values.layout and values.layout not in LAYOUTS:
        raise Invalid(_("Choose how the room is set."), "layout")
    if ends_at - starts_at > LONGEST:
        raise Invalid(_("A session lasts at most 24 hours. Make one for each day."), "ends")
    for begins, finishes in break_walls(values.starts, values.breaks):
        if finishes > values.ends:
            raise Invalid(_("A break lies within the session and ends after it starts."), "breaks")
        for wall in (begins, finishes):
            instant_of(wall, event.zone, field="breaks")
    return starts_at, ends_at


def _why_it_ends_too_early(values: SessionValues) -> str:
    if values.ends < values.starts and values.ends.date() == values.starts.date():
        return _(
            "It ends before it starts. Where it ends after midnight, write the day on which it "
            "ends under “Ends on”."
        )
    return _("The session must end after it starts.")


def write_values(event: Event, session: Session, values: SessionValues) -> None:
    """Set what is said of a session; Invalid with its field where it cannot be."""
    starts_at, ends_at = check_values(event, values)
    for name in values.__dataclass_fields__:
        given: Any = getattr(values, name)
        setattr(session, name, [*given] if isinstance(given, tuple) else given)
    session.starts_fold, session.ends_fold = values.starts_fold or 0, values.ends_fold or 0
    session.breaks = [[start, end] for start, end in values.breaks]
    session.zone, session.starts_at, session.ends_at = event.zone, starts_at, ends_at


def _subject(session: Session) -> Subject:
    return Subject("session", session.ref, {"code": (None, session.code)})


def _plain(value: Any) -> Any:
    if isinstance(value, Translated):
        return dict(value)
    return value.isoformat() if isinstance(value, datetime) else value
