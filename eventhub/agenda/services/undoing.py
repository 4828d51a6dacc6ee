"""Undoing and redoing what one editor did, step by step, kept on the server.

Each step of an act says of one session: its `ref`, its place `before` (None: it was made then) and
`after`. Undoing puts it back only where it still stands where the act had put it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from eventhub.agenda.models import Session
from eventhub.agenda.models.editing import EditorAct
from eventhub.agenda.queries import slots_of
from eventhub.agenda.services.holding import check_may_wait, locked
from eventhub.agenda.services.moving import (
    copy_of,
    finish_copies,
    who_changed,
)
from eventhub.agenda.services.placing import Place, place_of, put
from eventhub.agenda.services.sessions import remove_session
from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, DomainError
from eventhub.events.models import Event
from eventhub.events.services.shared import check_open
from eventhub.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of undoing or redoing, in a sentence."""

    is_done: bool
    sentence: str


def undo(event: Event, *, actor: Actor) -> Outcome:
    """Undo the last thing this editor did at the event; Conflict where there is nothing.

    Where somebody changed since what it touched, nothing is undone, and the act is forgotten.
    """
    return _again(event, back=True, actor=actor)


def redo(event: Event, *, actor: Actor) -> Outcome:
    """Do again what this editor undid last, as `undo`."""
    return _again(event, back=False, actor=actor)


def _again(event: Event, *, back: bool, actor: Actor) -> Outcome:
    check_open(event)
    act = _next(event.id, actor.id, back=back)
    if act is None:
        raise Conflict(_("There is nothing to undo.") if back else _("There is nothing to redo."))
    try:
        with db.session.begin_nested():
            _replay(event, act, back=back, actor=actor)
    except DomainError as error:
        db.session.delete(act)
        db.session.flush()
        return Outcome(False, error.message)
    act.is_undone = back
    db.session.flush()
    count = len(act.steps)
    done = (
        ngettext("One session is as it was before.", "%(n)s sessions are as they were.", count)
        if back
        else ngettext("Done again with one session.", "Done again with %(n)s sessions.", count)
    )
    return Outcome(True, done)


def _next(event_id: int, account_id: int | None, *, back: bool) -> EditorAct | None:
    order = EditorAct.id.desc() if back else EditorAct.id
    query = (
        select(EditorAct)
        .where(
            EditorAct.event_id == event_id,
            EditorAct.account_id == account_id,
            EditorAct.is_undone.is_(not back),
        )
        .order_by(order)
        .limit(1)
        .with_for_update()
    )
    return db.session.scalar(query)


def _replay(event: Event, act: EditorAct, *, back: bool, actor: Actor) -> None:
    refs = {step["ref"] for step in act.steps} | {step.get("source", "") for step in act.steps}
    sessions = locked(event.id, refs)
    if act.kind == "copy":
        _replay_copies(event, act.steps, sessions, back=back, actor=actor)
        return
    was, wanted = ("after", "before") if back else ("before", "after")
    for step in act.steps:
        _check_there(event, sessions.get(step["ref"]), step, was)
    pairs = [(sessions[step["ref"]], Place.of(step[wanted])) for step in act.steps]
    check_may_wait(event.id, [session for session, place in pairs if place.starts is None])
    subjects = []
    for session, place in pairs:
        old = place_of(session).plain
        put(event, session, place)
        new = place_of(session).plain
        changed = {name: (old[name], new[name]) for name in old if old[name] != new[name]}
        subjects.append(Subject("session", session.ref, changed))
    db.session.flush()
    record(actor, "session.move", subjects, event_id=event.id)


def _check_there(event: Event, session: Session | None, step: Mapping[str, Any], was: str) -> None:
    if session is None:
        raise Conflict(_("Somebody removed the session meanwhile, so this cannot be undone."))
    if place_of(session) != Place.of(step[was]):
        raise Conflict(
            _(
                "%(who)s changed %(session)s since, so it stays as it is. The next Undo goes one "
                "step further back.",
                who=who_changed(event.id, session.ref),
                session=session.code,
            )
        )


def _replay_copies(
    event: Event,
    steps: list[Any],
    sessions: Mapping[str, Session],
    *,
    back: bool,
    actor: Actor,
) -> None:
    if back:
        for step in steps:
            copy = sessions.get(step["ref"])
            _check_there(event, copy, step, "after")
            if copy is not None and not _is_untouched(copy, sessions.get(step["source"])):
                raise Conflict(_("%(session)s was changed since it was copied.", session=copy.code))
            if copy is not None:
                remove_session(event, copy, actor=actor)
        db.session.flush()
        return
    slots = slots_of(event.id)
    copies = []
    for step in steps:
        source = sessions.get(step["source"])
        if source is None:
            raise Conflict(_("Somebody removed the session that was copied."))
        own = {name: step[name] for name in ("ref", "uid", "code")}
        copies.append((source, copy_of(event, source, Place.of(step["after"]), own)))
    finish_copies(event, copies, slots)
    subjects = [Subject("session", copy.ref, {"code": (s.code, copy.code)}) for s, copy in copies]
    record(actor, "session.copy", subjects, event_id=event.id)


KEPT_APART = ("titles", "descriptions", "kind", "track_id", "access", "floor_languages")


def _is_untouched(copy: Session, source: Session | None) -> bool:
    """Tell whether nobody wrote anything into the copy: it may go without loss."""
    if source is None:
        return False
    return all(getattr(copy, name) == getattr(source, name) for name in KEPT_APART)
