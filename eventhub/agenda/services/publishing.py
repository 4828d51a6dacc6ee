"""Freezing the draft into a numbered version."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from eventhub.agenda.frozen import SCHEMA, pack
from eventhub.agenda.models import ProgrammeVersion, Session, Speaker
from eventhub.agenda.queries import Draft, find_programme, load_draft
from eventhub.agenda.rules import (
    MOVES_CALENDAR,
    SHOWN,
    Change,
    FrozenSession,
    Programme,
    changes_between,
)
from eventhub.agenda.signals import published
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict
from eventhub.events.models import Event
from eventhub.events.services.shared import check_open
from eventhub.i18n import Translated, _
from eventhub.jobs.services import queue


@dataclass(frozen=True, slots=True)
class Pending:
    """What publishing would do: the changes, the programme it would publish, the one in force."""

    changes: list[Change]
    programme: Programme
    before: Programme | None

    @property
    def is_needed(self) -> bool:
        """Tell whether there is anything to publish."""
        return bool(self.programme.sessions) and (self.before is None or bool(self.changes))


def what_would_change(event: Event, draft: Draft | None = None) -> Pending:
    """Return what publishing the draft would do now."""
    before = find_programme(event.id)
    number = 0 if before is None else before.number + 1
    programme = _freeze(draft or load_draft(event.id), number, before)
    return Pending(changes_between(before, programme), programme, before)


def publish_agenda(event: Event, *, note: str = "", actor: Actor) -> ProgrammeVersion:
    """Freeze the draft as the next version; Conflict where it says nothing new.

    What follows (pages made anew, people told) hangs on the signal `agenda.signals.published`.
    """
    check_open(event)
    db.session.scalars(select(Event.id).where(Event.id == event.id).with_for_update()).one()
    pending = what_would_change(event)
    programme, before = pending.programme, pending.before
    if not programme.sessions:
        raise Conflict(_("Add a session before publishing the programme."))
    if not pending.is_needed:
        raise Conflict(_("Nothing has changed since the last publication."))
    data, sha256 = pack(programme)
    version = ProgrammeVersion(
        event_id=event.id, number=programme.number, schema=SCHEMA, data=data,
        sha256=sha256, note=note, published_by=actor.label, published_at=programme.published_at,
        changes=[{"uid": c.uid, "kind": c.kind, "fields": list(c.fields)} for c in pending.changes],
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    changed = {"number": (before.number if before else None, version.number)}
    record(actor, "agenda.publish", [Subject("event", event.ref, changed)], event_id=event.id)
    published.send(event, version=version)
    return version


def queue_render(event: Event, *, version: ProgrammeVersion) -> None:
    """Queue the making of a version's pages; connected to `agenda.signals.published`."""
    queue("agenda.render", event_id=event.id, number=version.number)


def _freeze(draft: Draft, number: int, before: Programme | None) -> Programme:
    sessions = tuple(_session(draft, session) for session in draft.sessions)
    named = {ref for session in sessions for ref, _role in session.speakers}
    programme = Programme(
        number=number,
        published_at=clock.now(),
        sessions=sessions,
        rooms={r.ref: {"names": dict(r.names), "place": r.place} for r in draft.rooms.values()},
        tracks={t.ref: {"code": t.code, "titles": dict(t.titles)} for t in draft.tracks.values()},
        speakers={
            speaker.ref: _speaker(draft, speaker)
            for speaker in draft.speakers.values()
            if speaker.ref in named
        },
    )
    return replace(programme, sessions=_numbered(programme, before))


def _speaker(draft: Draft, speaker: Speaker) -> dict[str, Any]:
    """Return what is printed of a speaker; the portrait by file id alone (decision 13)."""
    entity = draft.entities.get(speaker.entity_id or 0, Translated())
    return {
        "name": speaker.printed_name, "sort": speaker.sort_name, "posts": dict(speaker.posts),
        "entity": dict(entity), "biographies": dict(speaker.biographies),
        "portrait": speaker.portrait_id,
    }  # fmt: skip


def _session(draft: Draft, session: Session) -> FrozenSession:
    room = draft.rooms[session.room_id].ref if session.room_id else None
    track = draft.tracks[session.track_id].ref if session.track_id else None
    return FrozenSession(
        uid=session.uid, ref=session.ref, code=session.code, titles=dict(session.titles),
        descriptions=dict(session.descriptions), kind=session.kind, track=track, room=room,
        place_note=dict(session.place_note), zone=session.zone,
        starts=f"{session.starts:%Y-%m-%dT%H:%M}", ends=f"{session.ends:%Y-%m-%dT%H:%M}",
        starts_at=session.starts_at, ends_at=session.ends_at, access=session.access,
        admit=tuple(session.admit), floor_languages=tuple(session.floor_languages),
        interpretation=tuple(session.interpretation), status=session.status,
        speakers=tuple(
            (draft.speakers[slot.speaker_id].ref, slot.role)
            for slot in draft.slots.get(session.id, [])
        ),
    )  # fmt: skip


def _numbered(programme: Programme, before: Programme | None) -> tuple[FrozenSession, ...]:
    """Give each session its SEQUENCE and the time of its last change (R3.6)."""
    old = {session.uid: session for session in before.sessions} if before else {}
    numbered = []
    for session in programme.sessions:
        was = old.get(session.uid)
        if was is None or before is None:
            numbered.append(replace(session, changed_at=programme.published_at))
            continue
        moved = any(getattr(session, name) != getattr(was, name) for name in MOVES_CALENDAR)
        moved = moved or _place(programme, session) != _place(before, was)
        edited = any(getattr(session, name) != getattr(was, name) for name in SHOWN)
        edited = edited or _people(programme, session) != _people(before, was)
        numbered.append(
            replace(
                session,
                sequence=was.sequence + 1 if moved else was.sequence,
                changed_at=programme.published_at if moved or edited else was.changed_at,
            )
        )
    return tuple(numbered)


def _place(programme: Programme, session: FrozenSession) -> Any:
    return programme.rooms[session.room]["names"] if session.room else None


def _people(programme: Programme, session: FrozenSession) -> list[Any]:
    return [programme.speakers[ref] for ref, _role in session.speakers]
