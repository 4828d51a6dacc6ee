"""Somebody on the programme. The programme is an official record: name, post and part stay."""

from dataclasses import replace

from sqlalchemy import select, update

from eventhub.agenda.frozen import pack
from eventhub.agenda.models import ProgrammeProposal, ProgrammeVersion, Session, Slot, Speaker
from eventhub.agenda.queries import programme_in
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.files.models import StoredFile
from eventhub.files.services import erase_files
from eventhub.i18n import Translated
from eventhub.jobs.services import queue
from eventhub.people.seams import Held, HeldFile, PersonalData, Whose
from eventhub.photos.models import Photo
from eventhub.photos.services import erase_photos

PERSONAL_PARTS = ("biographies", "portrait", "links")
"""What of a published speaker goes with erasure."""


def held(whose: Whose) -> Held:
    """Return how the person is printed, the biography, the portrait, the parts in sessions."""
    speaker = _speaker(whose)
    if speaker is None:
        return Held()
    query = (
        select(Session, Slot)
        .join(Slot, Slot.session_id == Session.id)
        .where(Slot.event_id == speaker.event_id, Slot.speaker_id == speaker.id)
        .order_by(Session.starts_at)
    )
    parts = [
        {
            "session": session.code, "title": session.title(), "role": slot.role,
            "minutes": slot.minutes,
            "answer": slot.answer, "note": slot.answer_note,
            "answered_at": whose.time(slot.answered_at),
        }
        for session, slot in db.session.execute(query)
    ]  # fmt: skip
    row = {
        "printed_name": speaker.printed_name,
        "posts": dict(speaker.posts),
        "biographies": dict(speaker.biographies),
        "email": speaker.email,
        "language": speaker.language,
        "links": list(speaker.links),
        "agreed_to_publication": speaker.publishes,
    }
    stored = db.session.get(StoredFile, speaker.portrait_id) if speaker.portrait_id else None
    files = [HeldFile("portrait.jpg", stored)] if stored else []
    return Held({"speaker": [row], "slot": parts}, files)


def erase(whose: Whose, *, actor: Actor) -> None:
    """Blank address, biography and portrait, in published versions too (decision 13)."""
    speaker = _speaker(whose)
    if speaker is None:
        return
    file_id = speaker.portrait_id
    speaker.email, speaker.biographies, speaker.portrait_id = None, Translated(), None
    speaker.language, speaker.links, speaker.publishes = "", [], None
    slots = (Slot.event_id == speaker.event_id, Slot.speaker_id == speaker.id)
    db.session.execute(update(Slot).where(*slots).values(answer_note=""))
    speaker.version += 1
    db.session.flush()
    if file_id is not None:
        query = select(Photo.id).where(Photo.event_id == speaker.event_id, Photo.file_id == file_id)
        erase_photos(speaker.event_id, db.session.scalars(query).all(), actor=actor)
        erase_files([file_id])
    _blank_versions(speaker)


def _blank_versions(speaker: Speaker) -> None:
    changed = False
    query = select(ProgrammeVersion).where(ProgrammeVersion.event_id == speaker.event_id)
    for version in db.session.scalars(query.order_by(ProgrammeVersion.number)).all():
        if _blank(version, speaker):
            changed = True
            queue("agenda.render", event_id=speaker.event_id, number=version.number)
    proposed = select(ProgrammeProposal).where(ProgrammeProposal.event_id == speaker.event_id)
    for proposal in db.session.scalars(proposed):
        _blank(proposal, speaker)
    if changed:  # pages that were made of it are made anew
        db.session.get_one(Event, speaker.event_id).version += 1


def _blank(kept: ProgrammeVersion | ProgrammeProposal, speaker: Speaker) -> bool:
    programme = programme_in(kept)
    printed = programme.speakers.get(speaker.ref)
    if printed is None or not any(printed.get(name) for name in PERSONAL_PARTS):
        return False
    left = {name: value for name, value in printed.items() if name != "links"}
    blank = {**left, "biographies": {}, "portrait": None}
    told = replace(programme, speakers={**programme.speakers, speaker.ref: blank})
    kept.data, kept.sha256 = pack(told)
    return True


def _speaker(whose: Whose) -> Speaker | None:
    if whose.speaker_id is None:
        return None
    query = select(Speaker).where(
        Speaker.event_id == whose.event_id, Speaker.id == whose.speaker_id
    )
    return db.session.scalar(query)


PERSONAL = PersonalData(
    "agenda",
    frozenset({"speaker", "slot", "programme_version", "programme_proposal"}),
    held,
    erase,
)
