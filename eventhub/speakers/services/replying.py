"""What a speaker says: to each part, of their own printed lines, of when and how they can come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from eventhub.agenda.models import Slot, Speaker
from eventhub.agenda.services import change_speaker
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db, dumps
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import Event
from eventhub.events.rules import InGap, is_zone, wall_to_instant
from eventhub.i18n import Translated, _
from eventhub.i18n.times import clock_time, zone_city
from eventhub.keys.ring import ring
from eventhub.speakers.models import SpeakerInvitation
from eventhub.speakers.queries import KEY, Part, needs_of, seal_context
from eventhub.speakers.rules import (
    LONGEST_NOTE,
    MOST_WINDOWS,
    Presence,
    answer_after,
)


def answer_parts(
    speaker: Speaker,
    parts: Sequence[Part],
    said: Mapping[str, tuple[bool, str]],
    *,
    invitation: SpeakerInvitation | None,
    actor: Actor,
) -> dict[int, str]:
    """Write down to which parts (by `Part.name`) the speaker comes, each with a note.

    Return the new answers by the ids of their slots, those with a new note alone too. Parts that
    are not named stay as they are.
    """
    ids = [part.slot.id for part in parts]
    locked = db.session.scalars(select(Slot).where(Slot.id.in_(ids)).with_for_update()).all()
    slots = {slot.id: slot for slot in locked}
    changes: dict[str, tuple[Any, Any]] = {}
    new: dict[int, str] = {}
    for part in parts:
        slot = slots.get(part.slot.id)
        if part.name not in said or slot is None:
            continue
        comes, note = said[part.name]
        answer = answer_after(slot.answer, comes=comes)
        if (slot.answer, slot.answer_note) == (answer, note):
            continue
        changes[f"{part.session.code} {slot.role}"] = (slot.answer, str(answer))
        slot.answer, slot.answer_note = str(answer), note[:LONGEST_NOTE]
        slot.answered_at = clock.now()
        new[slot.id] = str(answer)
    if changes:
        _note(invitation)
        subject = Subject("speaker", speaker.ref, changes)
        record(actor, "speaker.answer", [subject], event_id=speaker.event_id)
    db.session.flush()
    return new


@dataclass(frozen=True, slots=True)
class Correction:
    """How the speaker wants to be printed; no new portrait is None."""

    printed_name: str
    posts: Translated
    biographies: Translated
    links: tuple[str, ...]
    publishes: bool
    portrait_id: int | None = None


def correct(
    speaker: Speaker,
    invitation: SpeakerInvitation,
    said: Correction,
    *,
    version: int | None,
    actor: Actor,
) -> None:
    """Write down how the speaker wants to be printed; the team sees what was there before.

    Conflict where the team locked it or changed it meanwhile.
    """
    if invitation.is_locked:
        raise Conflict(
            _("What is printed of you is being prepared. Write to the organiser to change it.")
        )
    before = _shown(speaker)
    change_speaker(
        speaker,
        printed_name=said.printed_name,
        sort_name=speaker.sort_name,
        posts=said.posts,
        biographies=said.biographies,
        entity_id=speaker.entity_id,
        email=speaker.email,
        portrait_id=said.portrait_id,
        links=said.links,
        version=version,
        action="speaker.correct",
        actor=actor,
    )
    speaker.publishes = said.publishes
    after = _shown(speaker)
    news = {name: value for name, value in before.items() if value != after[name]}
    invitation.news = {**news, **invitation.news}
    _note(invitation)
    db.session.flush()


@dataclass(frozen=True, slots=True)
class SaidWindow:
    """A time as the speaker said it, on the clocks of the speaker's zone."""

    can: bool
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Availability:
    """When and how a speaker can come, and what they need."""

    zone: str
    presence: str
    needs: str
    windows: tuple[SaidWindow, ...] = ()


def say_availability(
    event: Event,
    speaker: Speaker,
    invitation: SpeakerInvitation,
    said: Availability,
    *,
    version: int | None = None,
    actor: Actor,
) -> None:
    """Write down when and how the speaker can come; Invalid with its field for what cannot be.

    Fields are zone, presence, windows, and starts_1 or ends_1 for the first window. A time that
    clocks show twice counts widely: a window begins at the first and ends at the second.
    """
    if version is not None and version != invitation.version:
        raise Conflict(_("This was changed meanwhile. Reload the page and try again."))
    if not is_zone(said.zone):
        raise Invalid(_("Choose one from the list."), "zone")
    if said.presence not in set(Presence):
        raise Invalid(_("Choose one from the list."), "presence")
    if len(said.windows) > MOST_WINDOWS:
        raise Invalid(_("Tell at most twelve times."), "windows")
    rows = [_window(said.zone, place, one) for place, one in enumerate(said.windows, start=1)]
    changes = {
        "zone": (invitation.zone, said.zone), "presence": (invitation.presence, said.presence),
        "windows": (len(speaker.windows), len(rows)),
    }  # fmt: skip
    hidden = ("needs",) if needs_of(invitation) != said.needs else ()
    speaker.windows = rows
    invitation.zone, invitation.presence = said.zone, said.presence
    invitation.sealed = _sealed(event.id, speaker.id, said.needs)
    _note(invitation)
    db.session.flush()
    subject = Subject("speaker", speaker.ref, changes, hidden=hidden)
    record(actor, "speaker.availability", [subject], event_id=event.id)


def _window(zone: str, place: int, said: SaidWindow) -> dict[str, Any]:
    starts_at = _instant(said.starts, zone, 0, f"starts_{place}")
    ends_at = _instant(said.ends, zone, 1, f"ends_{place}")
    if starts_at >= ends_at or said.starts >= said.ends:
        raise Invalid(_("It must end after it begins."), f"ends_{place}")
    starts, ends = (wall.isoformat(timespec="minutes") for wall in (said.starts, said.ends))
    return {"can": said.can, "zone": zone, "starts": starts, "ends": ends}


def _instant(wall: datetime, zone: str, fold: int, field: str) -> datetime:
    try:
        return wall_to_instant(wall, zone, fold)
    except InGap as gap:
        said = _(
            "No clock in %(city)s shows this time: it is put forward from %(before)s to %(after)s.",
            city=zone_city(zone),
            before=clock_time(gap.before),
            after=clock_time(gap.after),
        )
        raise Invalid(said, field) from None


def _sealed(event_id: int, speaker_id: int, needs: str) -> bytes | None:
    if not needs:
        return None
    key = ring().event_key(event_id, KEY)
    return ring().encipher(key, dumps(needs).encode(), seal_context(speaker_id))


def _note(invitation: SpeakerInvitation | None) -> None:
    if invitation is not None:
        invitation.answered_at = clock.now()
        invitation.version += 1


def _shown(speaker: Speaker) -> dict[str, Any]:
    return {
        "printed_name": speaker.printed_name, "posts": dict(speaker.posts),
        "biographies": dict(speaker.biographies), "portrait": speaker.portrait_id,
        "links": list(speaker.links), "publishes": speaker.publishes,
    }  # fmt: skip
