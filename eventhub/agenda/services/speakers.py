"""Speakers, their parts in sessions, and tracks."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from eventhub.agenda.models import Session, Slot, Speaker, Track
from eventhub.agenda.rules import ROLES
from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.core.text import fold
from eventhub.events.services.shared import check_version
from eventhub.i18n import Translated, _


def add_speaker(
    event_id: int, *, printed_name: str, posts: Translated, entity_id: int | None = None,
    sort_name: str = "", biographies: Translated | None = None, email: str | None = None,
    portrait_id: int | None = None, actor: Actor,
) -> Speaker:  # fmt: skip
    """Add somebody to the people of the programme, printed exactly as written here."""
    speaker = Speaker(
        event_id=event_id, printed_name=printed_name, posts=posts, entity_id=entity_id,
        sort_name=fold(sort_name or printed_name), biographies=biographies or Translated(),
        email=email, portrait_id=portrait_id,
    )  # fmt: skip
    db.session.add(speaker)
    db.session.flush()
    record(
        actor, "speaker.add", [Subject("speaker", speaker.ref, hidden=("printed_name",))],
        event_id=event_id,
    )  # fmt: skip
    return speaker


def change_speaker(
    speaker: Speaker, *, printed_name: str, posts: Translated, entity_id: int | None,
    biographies: Translated, sort_name: str = "", email: str | None = None,
    portrait_id: int | None = None, version: int | None = None, actor: Actor,
) -> None:  # fmt: skip
    """Change how a speaker is printed; Conflict where somebody else changed it meanwhile.

    Without a new portrait the old one stays.
    """
    check_version(speaker, version, event_id=speaker.event_id)
    speaker.printed_name, speaker.posts, speaker.entity_id = printed_name, posts, entity_id
    speaker.biographies, speaker.sort_name = biographies, fold(sort_name or printed_name)
    speaker.email, speaker.portrait_id = email, portrait_id or speaker.portrait_id
    speaker.version += 1
    db.session.flush()
    fields = ("printed_name", "posts", "biographies")
    record(
        actor, "speaker.change", [Subject("speaker", speaker.ref, hidden=fields)],
        event_id=speaker.event_id,
    )  # fmt: skip


def remove_speaker(speaker: Speaker, *, actor: Actor) -> None:
    """Remove a speaker who has no part in any session; Conflict otherwise."""
    if db.session.scalar(select(Slot.id).where(Slot.speaker_id == speaker.id).limit(1)):
        raise Conflict(_("This speaker still has a part in a session. Take it away first."))
    subject = Subject("speaker", speaker.ref)
    record(actor, "speaker.remove", [subject], event_id=speaker.event_id)
    db.session.delete(speaker)
    db.session.flush()


def name_speakers(
    session: Session,
    parts: Sequence[tuple[int, str]],
    *,
    version: int | None = None,
    actor: Actor,
) -> None:
    """Say who has which part in a session: (speaker id, role), in the order of the page.

    Conflict where somebody else changed the session since `version`.
    """
    check_version(session, version, event_id=session.event_id)
    if len(set(parts)) != len(parts):
        raise Invalid(_("Somebody stands twice in the same role."), "speakers")
    known = set(db.session.scalars(select(Speaker.id).where(Speaker.event_id == session.event_id)))
    if any(speaker not in known or role not in ROLES for speaker, role in parts):
        raise Invalid(_("Choose speakers of this event, each with a role."), "speakers")
    db.session.execute(delete(Slot).where(Slot.session_id == session.id))
    db.session.add_all(
        Slot(
            event_id=session.event_id, session_id=session.id, speaker_id=speaker, role=role,
            place=place,
        )
        for place, (speaker, role) in enumerate(parts)
    )  # fmt: skip
    session.version += 1
    db.session.flush()
    subject = Subject("session", session.ref, {"speakers": (None, len(parts))})
    record(actor, "session.name_speakers", [subject], event_id=session.event_id)


def add_track(
    event_id: int, code: str, titles: Translated, *, place: int = 0, actor: Actor
) -> Track:
    """Add a track; Invalid where its code is taken."""
    if db.session.scalar(select(Track.id).filter_by(event_id=event_id, code=code)):
        raise Invalid(_("Another track has this code. Choose a different one."), "code")
    track = Track(event_id=event_id, code=code, titles=titles, place=place)
    db.session.add(track)
    db.session.flush()
    record(actor, "track.add", [Subject("track", track.ref)], event_id=event_id)
    return track


def change_track(track: Track, titles: Translated, *, actor: Actor) -> None:
    """Change the track's titles."""
    changed = {"titles": (dict(track.titles), dict(titles))}
    track.titles = titles
    db.session.flush()
    record(actor, "track.change", [Subject("track", track.ref, changed)], event_id=track.event_id)


def remove_track(track: Track, *, actor: Actor) -> None:
    """Remove a track without sessions; Conflict otherwise."""
    if db.session.scalar(select(Session.id).where(Session.track_id == track.id).limit(1)):
        raise Conflict(_("Sessions belong to this track. Move them to another one first."))
    record(actor, "track.remove", [Subject("track", track.ref)], event_id=track.event_id)
    db.session.delete(track)
    db.session.flush()
