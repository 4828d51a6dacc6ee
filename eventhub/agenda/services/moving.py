"""Moving and copying sessions on the board: all of a list, or none of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, inspect, select

from eventhub.agenda.models import Session, Slot
from eventhub.agenda.models.editing import EditorAct
from eventhub.agenda.services.holding import Refused, check_may_wait, locked
from eventhub.agenda.services.placing import Place, place_of, put
from eventhub.audit.queries import entries_of
from eventhub.audit.services import Subject, record
from eventhub.core import clock, ids
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, DomainError
from eventhub.events.models import Event, EventRoom
from eventhub.events.services.shared import check_open
from eventhub.i18n import _

MOST_AT_ONCE = 500
MOST_KEPT = 100
"""So many acts of one editor at one event can be undone."""


@dataclass(frozen=True, slots=True)
class Move:
    """One session and where it is to go; `version` is the one its editor saw, None for any."""

    ref: str
    version: int | None
    to: Place


def move_sessions(event: Event, moves: Sequence[Move], *, actor: Actor) -> list[Session]:
    """Move sessions, resize them, put them into the tray or take them out; return those changed.

    All or none: Refused names each one that cannot go, and why. What was done can be undone.
    """
    sessions = _begin(event, moves)
    steps, changed = [], {}
    for move in moves:
        session = sessions[move.ref]
        before = place_of(session)
        if not before.is_where(move.to):
            changed[move.ref] = (session, before)
    _put_all(event, [move for move in moves if move.ref in changed], sessions)
    db.session.flush()
    for session, before in changed.values():
        after = place_of(session)
        steps.append({"ref": session.ref, "before": before.plain, "after": after.plain})
    _log(event, "session.move", [(s, before) for s, before in changed.values()], actor)
    keep_act(event, "move", steps, actor=actor)
    return [session for session, _before in changed.values()]


def copy_sessions(event: Event, moves: Sequence[Move], *, actor: Actor) -> list[Session]:
    """Copy each session, who speaks in it too, to the place given; return the copies.

    All or none, as `move_sessions`. A copy has a code, an address and a life of its own.
    """
    sources = _begin(event, moves)
    taken = set(db.session.scalars(select(Session.code).where(Session.event_id == event.id)))
    slots = _slots(event.id, [one.id for one in sources.values()])
    copies, reasons = [], {}
    for move in moves:
        source = sources[move.ref]
        code = free_code(source.code, taken)
        taken.add(code)
        try:
            copies.append((source, copy_of(event, source, move.to, {"code": code})))
        except DomainError as error:
            reasons[move.ref] = error.message
    if reasons:
        raise Refused(reasons)
    finish_copies(event, copies, slots)
    record(
        actor,
        "session.copy",
        [Subject("session", copy.ref, {"code": (s.code, copy.code)}) for s, copy in copies],
        event_id=event.id,
    )
    steps = [
        {
            "ref": copy.ref, "uid": copy.uid, "code": copy.code, "source": source.ref,
            "before": None, "after": place_of(copy).plain,
        }
        for source, copy in copies
    ]  # fmt: skip
    keep_act(event, "copy", steps, actor=actor)
    return [copy for _source, copy in copies]


def free_code(code: str, taken: Collection[str]) -> str:
    """Return the code for a copy: 2.1-2, or the next number that nobody has."""
    stem, number = code[:36], 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def copy_of(event: Event, source: Session, place: Place, own: Mapping[str, Any]) -> Session:
    """Return a copy of the session at that place, with these values of its own; not yet added."""
    names = {attribute.key for attribute in inspect(Session).column_attrs} - {"id", "ref", "uid"}
    values: dict[str, Any] = {name: getattr(source, name) for name in names}
    fresh = {"version": 0, "changed_at": clock.now(), "status": "confirmed", "uid": ids.new_uuid()}
    copy = Session(**(values | fresh | dict(own)))
    put(event, copy, place)
    return copy


def finish_copies(
    event: Event,
    copies: Sequence[tuple[Session, Session]],
    slots: Mapping[int, Sequence[Slot]],
) -> None:
    """Add the copies, and give each the speakers of its source."""
    db.session.add_all(copy for _source, copy in copies)
    db.session.flush()
    db.session.add_all(
        Slot(
            event_id=event.id, session_id=copy.id, speaker_id=slot.speaker_id,
            role=slot.role, place=slot.place,
        )
        for source, copy in copies
        for slot in slots.get(source.id, ())
    )  # fmt: skip
    db.session.flush()


def keep_act(event: Event, kind: str, steps: list[Any], *, actor: Actor) -> None:
    """Keep what an editor did, to be undone; what was undone before can then not be redone."""
    if actor.id is None or not steps:
        return
    own = (EditorAct.event_id == event.id, EditorAct.account_id == actor.id)
    db.session.execute(delete(EditorAct).where(*own, EditorAct.is_undone))
    acts = select(EditorAct.id).where(*own).order_by(EditorAct.id.desc())
    oldest = db.session.scalar(acts.offset(MOST_KEPT - 1).limit(1))
    if oldest is not None:
        db.session.execute(delete(EditorAct).where(*own, EditorAct.id <= oldest))
    db.session.add(EditorAct(event_id=event.id, account_id=actor.id, kind=kind, steps=steps))
    db.session.flush()


def _begin(event: Event, moves: Sequence[Move]) -> dict[str, Session]:
    """Return the sessions to be moved; Refused where one is gone or was changed meanwhile."""
    check_open(event)
    if len(moves) > MOST_AT_ONCE:
        raise Conflict(_("Choose at most %(most)s sessions at once.", most=MOST_AT_ONCE))
    sessions = locked(event.id, [move.ref for move in moves])
    rooms = set(db.session.scalars(select(EventRoom.id).where(EventRoom.event_id == event.id)))
    reasons, stale = {}, 0
    for move in moves:
        session = sessions.get(move.ref)
        if session is None:
            reasons[move.ref] = _("Somebody removed this session meanwhile.")
        elif move.version is not None and session.version != move.version:
            stale += 1
            reasons[move.ref] = _(
                "%(who)s changed %(session)s meanwhile; see what it is now.",
                who=who_changed(event.id, move.ref),
                session=session.code,
            )
        elif move.to.room_id is not None and move.to.room_id not in rooms:
            reasons[move.ref] = _("Somebody removed this room meanwhile.")
    if reasons:
        raise Refused(reasons, may_again=stale == len(reasons))
    return sessions


def _put_all(event: Event, moves: Sequence[Move], sessions: Mapping[str, Session]) -> None:
    to_tray = [sessions[move.ref] for move in moves if move.to.starts is None]
    check_may_wait(event.id, to_tray)
    reasons, field = {}, None
    with db.session.no_autoflush:
        for move in moves:
            try:
                put(event, sessions[move.ref], move.to)
            except DomainError as error:
                reasons[move.ref] = f"{sessions[move.ref].code}: {error.message}"
                field = error.field if len(moves) == 1 else None
    if reasons:
        raise Refused(reasons, field)


def who_changed(event_id: int, ref: str) -> str:
    """Return who changed the session last, for a sentence."""
    last = entries_of(event_id, subject_ref=ref, limit=1)
    return last[0].who if last else _("Somebody else")


def _log(event: Event, action: str, moved: list[tuple[Session, Place]], actor: Actor) -> None:
    subjects = []
    for session, before in moved:
        old, new = before.plain, place_of(session).plain
        changed = {name: (old[name], new[name]) for name in old if old[name] != new[name]}
        subjects.append(Subject("session", session.ref, changed))
    if subjects:
        record(actor, action, subjects, event_id=event.id)


def _slots(event_id: int, session_ids: Collection[int]) -> dict[int, list[Slot]]:
    found: dict[int, list[Slot]] = {}
    query = select(Slot).where(Slot.event_id == event_id, Slot.session_id.in_(session_ids))
    for slot in db.session.scalars(query.order_by(Slot.place, Slot.id)):
        found.setdefault(slot.session_id, []).append(slot)
    return found
