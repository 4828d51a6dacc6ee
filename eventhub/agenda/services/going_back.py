"""Making an older version the programme again: as a new version, never by unmaking one."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from eventhub.agenda.models import (
    ProgrammeProposal,
    ProgrammeVersion,
    Session,
    Slot,
    Speaker,
    Track,
)
from eventhub.agenda.queries import (
    find_newest,
    find_version,
    programme_in,
    publishing_settings,
    sessions_of,
    slots_of,
    speakers_of,
    tracks_of,
)
from eventhub.agenda.queries.items import agenda_of
from eventhub.agenda.rules import FrozenSession, Programme, brought_back, changes_between, numbered
from eventhub.agenda.services.items import take_up
from eventhub.agenda.services.proposing import keep_proposal
from eventhub.agenda.services.publishing import Pending, Terms, begin, checked, keep_version
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.events.models import Event, EventRoom
from eventhub.events.queries import rooms_of
from eventhub.events.rules import fold_of
from eventhub.i18n import Translated


def what_going_back_changes(event: Event, number: int) -> Pending:
    """Return what publishing the older version of this number anew would do; NotFound for none."""
    wanted, newest = find_version(event.id, number), find_newest(event.id)
    if wanted is None or newest is None:
        raise NotFound
    before = programme_in(newest)
    programme = numbered(brought_back(programme_in(wanted), before), before)
    return Pending(changes_between(before, programme), programme, before, newest)


def go_back(
    event: Event, number: int, terms: Terms, *, with_draft: bool = False, actor: Actor
) -> ProgrammeVersion | ProgrammeProposal:
    """Publish what an older version said as a new version; propose it where two persons publish.

    What was added since is cancelled, and stays so in calendars. The draft stays as it is and so
    differs from then on, unless it shall go back too (`with_draft`). Conflict as for publishing.
    """
    begin(event)
    pending = checked(event, what_going_back_changes(event, number), terms)
    if with_draft:
        _take_draft_back(event, pending.programme, number, actor)
    if publishing_settings(event.id).two_persons:
        return keep_proposal(event, pending.programme, terms, back_to=number, actor=actor)
    return keep_version(event, pending.programme, pending.before, terms, actor=actor)


def _take_draft_back(event: Event, programme: Programme, number: int, actor: Actor) -> None:
    """Let the draft say of published sessions what the programme says; others stay."""
    frozen = {session.uid: session for session in programme.sessions}
    drafted = sessions_of(event.id, or_in_tray=True)
    rows = [row for row in drafted if row.uid in frozen]
    rooms = {room.ref: room for room in rooms_of(event.id)}
    tracks = {track.ref: track for track in tracks_of(event.id)}
    _free_codes(event, rows, frozen)
    for row in rows:
        _write(row, frozen[row.uid], rooms, tracks)
    _write_speakers(event, rows, frozen)
    _write_items(event, rows, frozen, actor)
    db.session.flush()
    subject = Subject("event", event.ref, {"draft": (None, number)})
    record(actor, "agenda.draft_back", [subject], event_id=event.id)


def _free_codes(event: Event, rows: list[Session], frozen: dict[str, FrozenSession]) -> None:
    """Let rows swap their codes: none keeps one that another one is about to get."""
    for row in rows:
        if row.code != frozen[row.uid].code:
            row.code = f"~{row.ref}"
    db.session.flush()
    taken = set(db.session.scalars(select(Session.code).where(Session.event_id == event.id)).all())
    for row in rows:
        wanted = frozen[row.uid].code
        if row.code == wanted:
            continue
        row.code = wanted if wanted not in taken else f"{wanted} ({row.ref})"[:40]
        taken.add(row.code)
    db.session.flush()


def _write(
    row: Session,
    frozen: FrozenSession,
    rooms: dict[str, EventRoom],
    tracks: dict[str, Track],
) -> None:
    room, track = rooms.get(frozen.room or ""), tracks.get(frozen.track or "")
    values: dict[str, Any] = {
        "titles": Translated(frozen.titles), "descriptions": Translated(frozen.descriptions),
        "kind": frozen.kind, "room_id": room.id if room else None,
        "track_id": track.id if track else None, "place_note": Translated(frozen.place_note),
        "zone": frozen.zone, "starts": datetime.fromisoformat(frozen.starts),
        "ends": datetime.fromisoformat(frozen.ends), "starts_at": frozen.starts_at,
        "ends_at": frozen.ends_at, "starts_fold": fold_of(frozen.starts_at, frozen.zone),
        "ends_fold": fold_of(frozen.ends_at, frozen.zone), "access": frozen.access,
        "admit": list(frozen.admit), "floor_languages": list(frozen.floor_languages),
        "interpretation": list(frozen.interpretation), "status": frozen.status,
        "hides_title": frozen.hides_title, "is_placed": True,
    }  # fmt: skip
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.version += 1
        row.changed_at = clock.now()


def _write_speakers(event: Event, rows: list[Session], frozen: dict[str, FrozenSession]) -> None:
    """Name the speakers of old in their order; the parts that stay keep all else of them."""
    by_ref: dict[str, Speaker] = {one.ref: one for one in speakers_of(event.id)}
    named = slots_of(event.id)
    for row in rows:
        said = frozen[row.uid]
        minutes = dict(zip(said.speakers, said.part_minutes, strict=False))
        wanted = {
            (by_ref[ref].id, role): minutes.get((ref, role)) or None
            for ref, role in said.speakers
            if ref in by_ref
        }
        slots = {(slot.speaker_id, slot.role): slot for slot in named.get(row.id, [])}
        if gone := [slot.id for part, slot in slots.items() if part not in wanted]:
            db.session.execute(delete(Slot).where(Slot.id.in_(gone)))
        for place, part in enumerate(wanted):
            if part not in slots:
                speaker_id, role = part
                slots[part] = Slot(
                    event_id=event.id, session_id=row.id, speaker_id=speaker_id, role=role
                )
                db.session.add(slots[part])
            slots[part].place, slots[part].minutes = place, wanted[part]


def _write_items(
    event: Event, rows: list[Session], frozen: dict[str, FrozenSession], actor: Actor
) -> None:
    """Let sessions take up the items of old, those that are still on the agenda."""
    agenda = agenda_of(event.id)
    there = {item.ref for item in agenda.items}
    for row in rows:
        wanted = [ref for ref in frozen[row.uid].items if ref in there]
        if wanted != agenda.refs_of(row.id):
            take_up(event, row, wanted, actor=actor)
