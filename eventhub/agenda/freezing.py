"""The draft as a programme that can be published."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from eventhub.agenda.models import Session, Slot, Speaker
from eventhub.agenda.queries import Draft
from eventhub.agenda.queries.documents import Documents
from eventhub.agenda.queries.items import Agenda
from eventhub.agenda.queries.papers import Papers
from eventhub.agenda.rules import FrozenSession, Programme, numbered
from eventhub.agenda.rules.documents import ORGANISERS
from eventhub.core import clock
from eventhub.i18n import Translated


def freeze(draft: Draft, papers: Papers, number: int, before: Programme | None) -> Programme:
    """Return the draft as the programme of this number, which follows `before`."""
    sessions = tuple(_session(draft, papers, session) for session in draft.sessions)
    sessions += tuple(_taken_out(draft, papers, before)) if before else ()
    named = {ref for session in sessions for ref, _role in session.speakers}
    programme = Programme(
        number=number,
        published_at=clock.now(),
        sessions=sessions,
        rooms={
            r.ref: {"names": dict(r.names), "place": r.place, "badge_zone": r.zone_code}
            for r in draft.rooms.values()
        },
        tracks={t.ref: {"code": t.code, "titles": dict(t.titles)} for t in draft.tracks.values()},
        speakers={
            speaker.ref: _speaker(draft, speaker)
            for speaker in draft.speakers.values()
            if speaker.ref in named
        },
        items=_items(papers.agenda),
        documents=_documents(draft, papers.documents),
        is_adopted=papers.agenda.is_adopted,
    )
    return numbered(programme, before)


def _speaker(draft: Draft, speaker: Speaker) -> dict[str, Any]:
    """Return what is printed of a speaker; the portrait by file id alone (decision 13).

    Of who refused it only name, post and where from.
    """
    entity = draft.entities.get(speaker.entity_id or 0, Translated())
    shown = speaker.publishes is not False
    links = {"links": list(speaker.links)} if shown and speaker.links else {}
    return {
        "name": speaker.printed_name, "sort": speaker.sort_name, "posts": dict(speaker.posts),
        "entity": dict(entity), "biographies": dict(speaker.biographies) if shown else {},
        "portrait": speaker.portrait_id if shown else None, **links,
    }  # fmt: skip


def _documents(draft: Draft, documents: Documents) -> dict[str, dict[str, Any]]:
    """Return what is published of the documents; the file by its id alone."""
    return {
        document.ref: {
            "file": file.id, "titles": dict(document.titles), "language": document.language,
            "visibility": document.visibility, "media_type": file.media_type, "size": file.size,
        }
        for session in draft.sessions
        for document, file in documents.get(session.id, [])
        if document.visibility != ORGANISERS
    }  # fmt: skip


def _items(agenda: Agenda) -> dict[str, dict[str, Any]]:
    return {
        item.ref: {
            "number": agenda.numbers[item.id], "is_below": item.parent_id is not None,
            "titles": dict(item.titles), "annotations": dict(item.annotations), "place": place,
        }
        for place, item in enumerate(agenda.items)
    }  # fmt: skip


def _session(draft: Draft, papers: Papers, session: Session) -> FrozenSession:
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
        part_minutes=_minutes(draft.slots.get(session.id, [])),
        hides_title=session.hides_title,
        items=tuple(papers.agenda.refs_of(session.id)),
        documents=tuple(
            document.ref
            for document, _file in papers.documents.get(session.id, [])
            if document.visibility != ORGANISERS
        ),
    )  # fmt: skip


def _minutes(slots: Sequence[Slot]) -> tuple[int, ...]:
    """Return the minutes of each part, 0 where none are agreed; nothing where none are at all."""
    minutes = tuple(slot.minutes or 0 for slot in slots)
    return minutes if any(minutes) else ()


_TIMES = ("zone", "starts", "ends", "starts_at", "ends_at", "place_note")


def _taken_out(draft: Draft, papers: Papers, before: Programme) -> Iterator[FrozenSession]:
    """Yield the sessions of the tray that were public, cancelled where they stood (R3.6)."""
    was = {session.uid: session for session in before.sessions}
    rooms = {room.ref for room in draft.rooms.values()}
    for session in draft.tray:
        if old := was.get(session.uid):
            yield replace(
                _session(draft, papers, session),
                status="cancelled",
                room=old.room if old.room in rooms else None,
                **{name: getattr(old, name) for name in _TIMES},
            )
