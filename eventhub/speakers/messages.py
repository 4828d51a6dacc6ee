"""The letters to speakers, the invitation with its link and the reminder; and of their refusals."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from eventhub.agenda.models import Speaker
from eventhub.agenda.words import ROLES
from eventhub.core import clock
from eventhub.core.db import db
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.events.queries import get_event_by_id, rooms_of
from eventhub.events.rules import local, zones_of_country
from eventhub.events.words import city_of, where_of
from eventhub.i18n import current, use
from eventhub.i18n.times import clock_time, event_time, plain_day, span
from eventhub.institutions.models import Institution
from eventhub.mail.seams import Letter, Message
from eventhub.mail.services import Addressed, send
from eventhub.mail.wording import letter
from eventhub.speakers.models import SpeakerInvitation
from eventhub.speakers.queries import Part, Row, parts_of, token_of
from eventhub.speakers.rules import GONE
from eventhub.web.urls import absolute


def tell(event: Event, name: str, speakers: Sequence[Speaker]) -> int:
    """Put one letter for each speaker with an address into the outbox; return how many."""
    first = event.languages[0]
    addressed = [
        Addressed(one.email, one.language or first, {"speaker": one.id})
        for one in speakers
        if one.email
    ]
    send(f"speakers.{name}", addressed, event_id=event.id)
    return len(addressed)


def tell_of_refusal(event: Event, speaker: Speaker, slots: Sequence[int]) -> None:
    """Tell the organisers, at the event's address, which parts (ids of slots) a speaker refused."""
    if event.contact_email:
        ids = {"speaker": speaker.id, "slots": list(slots)}
        to = Addressed(event.contact_email, event.languages[0], ids)
        send("speakers.declined", [to], event_id=event.id)


def declined(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Say what a speaker declined or withdrew from; nothing where they come after all."""
    speaker = db.session.get(Speaker, ids["speaker"])
    if speaker is None or speaker.event_id != event_id:
        return None
    event = get_event_by_id(speaker.event_id)
    parts = [
        part
        for part in parts_of(event.id, [speaker.id])[speaker.id]
        if part.slot.id in ids["slots"] and part.slot.answer in GONE
    ]
    if not parts:
        return None
    institution = db.session.get_one(Institution, event.institution_id)
    rooms = room_names(event)
    return letter(
        "speakers/declined",
        institution=institution.names.pick(None, event.languages),
        title=event.title(),
        where=where_of(event),
        days=span(event.starts_on, event.ends_on),
        name=speaker.printed_name,
        parts=[
            {**part_words(event, part, rooms, None), "note": part.slot.answer_note}
            for part in parts
        ],
        url=absolute("speakers.show_speaker", slug=event.slug, ref=speaker.ref),
    )


def invited(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Ask to confirm each part; nothing where the speaker has no part any more."""
    return _letter("invited", event_id, ids, silent_only=False)


def reminded(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Ask again for the answers that are not there; nothing where all are."""
    return _letter("reminded", event_id, ids, silent_only=True)


def own_zone(invitation: SpeakerInvitation | None, entity: Entity | None) -> str | None:
    """Return the zone of a speaker's clocks: as told, else of a country that has only one."""
    if invitation is not None and invitation.zone:
        return invitation.zone
    zones = zones_of_country(entity.iso2) if entity and entity.iso2 else ()
    return zones[0] if len(zones) == 1 else None


def part_words(
    event: Event, part: Part, rooms: Mapping[int, str], zone: str | None
) -> dict[str, Any]:
    """Return one part as letters and pages say it: role, title, when on both clocks, where."""
    session = part.session
    when = event_time(session.starts_at, session.zone, city_of(event), reader_zone=zone)
    return {
        "role": str(ROLES[part.slot.role]),
        "title": session.titles.pick(None, event.languages),
        "code": session.code,
        "when": when,
        "until": clock_time(local(session.ends_at, session.zone)),
        "where": rooms.get(session.room_id or 0) or session.place_note.pick(None, event.languages),
    }


def room_names(event: Event) -> dict[int, str]:
    """Return the names of the event's rooms in the present language, by id."""
    return {room.id: room.names.pick(None, event.languages) for room in rooms_of(event.id)}


def _letter(
    name: str, event_id: int | None, ids: Mapping[str, Any], *, silent_only: bool
) -> Letter | None:
    speaker = db.session.get(Speaker, ids["speaker"])
    if speaker is None or speaker.event_id != event_id:
        return None
    query = select(SpeakerInvitation).where(SpeakerInvitation.speaker_id == speaker.id)
    invitation = db.session.scalar(query)
    if invitation is None or invitation.expires_at <= clock.now():
        return None
    event = get_event_by_id(speaker.event_id)
    parts = [
        part
        for part in parts_of(event.id, [speaker.id])[speaker.id]
        if part.slot.answer not in GONE and not (silent_only and part.slot.answer)
    ]
    if not parts:
        return None
    url = absolute("speakers.show_own", token=token_of(speaker, invitation), lang=current())
    return _worded(name, event, speaker, parts, invitation, url)


def preview(event: Event, row: Row) -> Letter:
    """Return the invitation as this speaker would get it, in their language, without the link."""
    with use(row.speaker.language or event.languages[0]):
        parts = [part for part in row.parts if part.slot.answer not in GONE]
        return _worded("invited", event, row.speaker, parts, row.invitation, "…")


def _worded(
    name: str,
    event: Event,
    speaker: Speaker,
    parts: Sequence[Part],
    invitation: SpeakerInvitation | None,
    url: str,
) -> Letter:
    entity = db.session.get(Entity, speaker.entity_id) if speaker.entity_id else None
    institution = db.session.get_one(Institution, event.institution_id)
    rooms, zone = room_names(event), own_zone(invitation, entity)
    ends = max(event.ends_at, invitation.expires_at) if invitation else event.ends_at
    return letter(
        f"speakers/{name}",
        reply_to=event.contact_email,
        institution=institution.names.pick(None, event.languages),
        title=event.title(),
        where=where_of(event),
        days=span(event.starts_on, event.ends_on),
        name=speaker.printed_name,
        parts=[part_words(event, part, rooms, zone) for part in parts],
        url=url,
        until=plain_day(local(ends, event.zone).date()),
        contact=event.contact_email,
    )


WORDED: dict[str, Message] = {
    "speakers.invited": invited,
    "speakers.reminded": reminded,
    "speakers.declined": declined,
}
"""Every letter by its name."""
