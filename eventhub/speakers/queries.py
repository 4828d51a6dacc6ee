"""Asking for speakers: where they stand, whose link it is, what they need."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from eventhub.agenda.models import Session, Slot, Speaker
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.events.rules import InGap, wall_to_instant
from eventhub.institutions.models import Institution
from eventhub.keys import links
from eventhub.keys.ring import KeyDestroyed, ring
from eventhub.speakers.models import SpeakerInvitation
from eventhub.speakers.rules import Answer, Missing, State, Window, missing_of, state_of

LINK_KIND = "speaker"
KEY = "speakers"
"""The class of data under whose key the needs of speakers are enciphered."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a speaker in a session that takes place."""

    slot: Slot
    session: Session

    @property
    def name(self) -> str:
        """Return how forms call this part."""
        return f"{self.session.ref}_{self.slot.role}"


@dataclass(frozen=True, slots=True)
class Row:
    """A speaker with what is arranged, the parts in the order of time, and what they come to."""

    speaker: Speaker
    invitation: SpeakerInvitation | None
    parts: tuple[Part, ...]
    state: State
    missing: tuple[Missing, ...]
    unwritten: tuple[str, ...]
    """Languages of the event without a biography."""

    @property
    def confirmed(self) -> int:
        """Return how many parts are confirmed."""
        return sum(part.slot.answer == Answer.CONFIRMED for part in self.parts)

    @property
    def is_silent(self) -> bool:
        """Tell whether the speaker was invited and has not answered to every part."""
        asked = self.speaker.invited_at is not None
        return asked and any(not part.slot.answer for part in self.parts)


def rows_of(event: Event, refs: Collection[str] | None = None) -> list[Row]:
    """Return the speakers of an event by sort name, all or those named; two statements."""
    query = (
        select(Speaker, SpeakerInvitation)
        .outerjoin(SpeakerInvitation, SpeakerInvitation.speaker_id == Speaker.id)
        .where(Speaker.event_id == event.id)
        .order_by(Speaker.sort_name, Speaker.id)
    )
    if refs is not None:
        query = query.where(Speaker.ref.in_(refs))
    found = db.session.execute(query).all()
    parts = parts_of(event.id, [speaker.id for speaker, _invitation in found] if refs else None)
    return [row_of(event, speaker, parts[speaker.id], asked) for speaker, asked in found]


def row_of(
    event: Event, speaker: Speaker, parts: list[Part], invitation: SpeakerInvitation | None
) -> Row:
    """Return one speaker with what the parts and the invitation come to."""
    answers = [part.slot.answer for part in parts]
    state = state_of(answers, is_invited=speaker.invited_at is not None)
    unwritten = tuple(code for code in event.languages if not speaker.biographies.get(code))
    missing = missing_of(
        has_address=bool(speaker.email),
        is_silent="" in answers,
        has_portrait=speaker.portrait_id is not None,
        unwritten=unwritten,
        publishes=speaker.publishes,
        state=state,
    )
    return Row(speaker, invitation, tuple(parts), state, missing, unwritten)


def get_row(event: Event, ref: str) -> Row:
    """Return one speaker; NotFound where the event has none of that ref."""
    found = rows_of(event, [ref])
    if not found:
        raise NotFound
    return found[0]


def parts_of(event_id: int, speaker_ids: Collection[int] | None = None) -> Mapping[int, list[Part]]:
    """Return the parts in sessions that are not cancelled, by speaker id, in the order of time."""
    query = (
        select(Slot, Session)
        .join(Session, Session.id == Slot.session_id)
        .where(Slot.event_id == event_id, Session.status != "cancelled")
        .order_by(Session.starts_at, Session.id, Slot.place)
    )
    if speaker_ids is not None:
        query = query.where(Slot.speaker_id.in_(speaker_ids))
    found: dict[int, list[Part]] = defaultdict(list)
    for slot, session in db.session.execute(query):
        found[slot.speaker_id].append(Part(slot, session))
    return found


@dataclass(frozen=True, slots=True)
class Own:
    """Who came by a link: the speaker, the event and its host, where the speaker is from."""

    row: Row
    event: Event
    institution: Institution
    entity: Entity | None

    @property
    def speaker(self) -> Speaker:
        """Return the speaker."""
        return self.row.speaker

    @property
    def invitation(self) -> SpeakerInvitation:
        """Return what is arranged; it is there, since the link is its."""
        assert self.row.invitation is not None
        return self.row.invitation

    @property
    def actor(self) -> Actor:
        """Return who acts through the link."""
        return Actor("speaker", self.speaker.id, self.speaker.ref)


def token_of(speaker: Speaker, invitation: SpeakerInvitation) -> str:
    """Return the token of the speaker's link, as it is valid now."""
    return links.token(LINK_KIND, speaker.ref, invitation.link_number)


def by_token(token: str) -> Own:
    """Return whose link it is; NotFound where it is wrong, was renewed, or is too old.

    Two statements.
    """
    query = (
        select(Speaker, SpeakerInvitation, Event, Institution, Entity)
        .join(SpeakerInvitation, SpeakerInvitation.speaker_id == Speaker.id)
        .join(Event, Event.id == Speaker.event_id)
        .join(Institution, Institution.id == Event.institution_id)
        .outerjoin(Entity, Entity.id == Speaker.entity_id)
        .where(Speaker.ref == links.ref_in(token))
    )
    found = db.session.execute(query).first()
    if found is None:
        raise NotFound
    speaker, invitation, event, institution, entity = found
    is_good = links.holds(token, LINK_KIND, speaker.ref, invitation.link_number)
    if not is_good or invitation.expires_at <= clock.now():
        raise NotFound
    parts = parts_of(event.id, [speaker.id])[speaker.id]
    return Own(row_of(event, speaker, parts, invitation), event, institution, entity)


def windows_of(speaker: Speaker) -> list[Window]:
    """Return when a speaker can and cannot speak, in the order of time.

    Where clocks show a time twice, a window begins at the first and ends at the second; a time
    that a later change of the zone took away counts as the first one after it.
    """
    found = []
    for one in speaker.windows:
        starts, ends = (datetime.fromisoformat(one[name]) for name in ("starts", "ends"))
        starts_at, ends_at = _instant(starts, one["zone"], 0), _instant(ends, one["zone"], 1)
        found.append(Window(one["can"], starts_at, ends_at, one["zone"], starts, ends))
    return sorted(found, key=lambda window: window.starts_at)


def _instant(wall: datetime, zone: str, fold: int) -> datetime:
    try:
        return wall_to_instant(wall, zone, fold)
    except InGap as gap:
        return wall_to_instant(gap.after, zone)


def seal_context(speaker_id: int) -> bytes:
    """Return what binds enciphered needs to their speaker."""
    return f"speaker:{speaker_id}".encode()


def needs_of(invitation: SpeakerInvitation | None) -> str:
    """Return what a speaker needs, in clear; nothing where the key was destroyed."""
    if invitation is None or invitation.sealed is None:
        return ""
    try:
        key = ring().event_key(invitation.event_id, KEY)
    except KeyDestroyed:
        return ""
    text = ring().decipher(key, invitation.sealed, seal_context(invitation.speaker_id))
    return str(json.loads(text))
