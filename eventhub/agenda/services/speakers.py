"""Speakers, their parts in sessions, and tracks."""

from collections.abc import Sequence
from typing import NamedTuple

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

MOST_MINUTES = 24 * 60


def add_speaker(
    event_id: int, *, printed_name: str, posts: Translated, entity_id: int | None = None,
    sort_name: str = "", biographies: Translated | None = None, email: str | None = None,
    portrait_id: int | None = None, language: str = "", links: Sequence[str] = (), actor: Actor,
) -> Speaker:  # fmt: skip
    """Add somebody to the people of the programme, printed exactly as written here."""
    speaker = Speaker(
        event_id=event_id, printed_name=printed_name, posts=posts, entity_id=entity_id,
        sort_name=fold(sort_name or printed_name), biographies=biographies or Translated(),
        email=email, portrait_id=portrait_id, language=language, links=list(links),
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
    portrait_id: int | None = None, language: str | None = None,
    links: Sequence[str] | None = None, version: int | None = None, action: str = "speaker.change",
    actor: Actor,
) -> None:  # fmt: skip
    """Change how a speaker is printed; Conflict where somebody else changed it meanwhile.

    Without a new portrait the old one stays, as do language and links that are None.
    """
    check_version(speaker, version, event_id=speaker.event_id)
    speaker.printed_name, speaker.posts, speaker.entity_id = printed_name, posts, entity_id
    speaker.biographies, speaker.sort_name = biographies, fold(sort_name or printed_name)
    speaker.email, speaker.portrait_id = email, portrait_id or speaker.portrait_id
    speaker.language = speaker.language if language is None else language
    speaker.links = speaker.links if links is None else list(links)
    speaker.version += 1
    db.session.flush()
    fields = ("printed_name", "posts", "biographies")
    record(
        actor, action, [Subject("speaker", speaker.ref, hidden=fields)],
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


class Part(NamedTuple):
    """A part in a session: whose (the speaker's id), as what, how many minutes where agreed."""

    speaker_id: int
    role: str
    minutes: int | None = None


def name_speakers(
    session: Session,
    parts: Sequence[Part | tuple[int, str]],
    *,
    version: int | None = None,
    actor: Actor,
) -> None:
    """Say who has which part in a session, in the order of the page.

    Conflict where somebody else changed the session since `version`.
    """
    check_version(session, version, event_id=session.event_id)
    said = [Part(*part) for part in parts]
    if len({part[:2] for part in said}) != len(said):
        raise Invalid(_("Somebody stands twice in the same role."), "speakers")
    known = set(db.session.scalars(select(Speaker.id).where(Speaker.event_id == session.event_id)))
    if any(one.speaker_id not in known or one.role not in ROLES for one in said):
        raise Invalid(_("Choose speakers of this event, each with a role."), "speakers")
    if any(one.minutes is not None and not 0 < one.minutes <= MOST_MINUTES for one in said):
        raise Invalid(_("A part lasts between 1 minute and 24 hours."), "speakers")
    _set_parts(session, said)
    session.version += 1
    db.session.flush()
    subject = Subject("session", session.ref, {"speakers": (None, len(parts))})
    record(actor, "session.name_speakers", [subject], event_id=session.event_id)


def _set_parts(session: Session, parts: Sequence[Part]) -> None:
    """Keep the parts that stay, with what their speakers answered; remove and add the others."""
    rows = db.session.scalars(select(Slot).where(Slot.session_id == session.id)).all()
    kept = {(row.speaker_id, row.role): row for row in rows}
    named = {(part.speaker_id, part.role) for part in parts}
    gone = [row.id for key, row in kept.items() if key not in named]
    if gone:
        db.session.execute(delete(Slot).where(Slot.id.in_(gone)))
    for place, part in enumerate(parts):
        row = kept.get((part.speaker_id, part.role))
        if row is None:
            row = Slot(
                event_id=session.event_id, session_id=session.id, speaker_id=part.speaker_id,
                role=part.role,
            )  # fmt: skip
            db.session.add(row)
        row.place, row.minutes = place, part.minutes


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
