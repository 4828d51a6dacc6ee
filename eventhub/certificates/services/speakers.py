"""Certificates of appreciation for speakers, with the titles of their sessions (R5.3)."""

from collections.abc import Collection

from eventhub.agenda.models import Speaker
from eventhub.certificates.models import Certificate
from eventhub.certificates.queries import design_of, pending_in
from eventhub.certificates.services.issuing import (
    hold,
    latest_by,
    may_follow,
    next_issue,
    next_number,
    same_on_all,
    write_down,
)
from eventhub.core.actor import Actor
from eventhub.events.models import Event
from eventhub.protocol.queries import texts_at
from eventhub.speakers.queries import Part, rows_of

NOT_SPOKEN = frozenset({"declined", "withdrawn"})


def speakers_with_parts(event: Event) -> list[tuple[Speaker, list[Part]]]:
    """Return who speaks in a session that takes place and did not decline, with these parts."""
    found = []
    for row in rows_of(event):
        spoken = [
            part for part in row.parts
            if part.slot.answer not in NOT_SPOKEN and part.session.is_placed
        ]  # fmt: skip
        if spoken:
            found.append((row.speaker, spoken))
    return found


def issue_to_speakers(
    event: Event, speaker_ids: Collection[int] | None = None, *, run_id: int | None = None,
    actor: Actor,
) -> list[Certificate]:  # fmt: skip
    """Issue to all speakers (or those named) whose part is not declined; return the new ones.

    As for participants, who has one that says the same keeps it.
    """
    hold(event)
    wanted = [
        (speaker, parts) for speaker, parts in speakers_with_parts(event)
        if speaker_ids is None or speaker.id in speaker_ids
    ]  # fmt: skip
    same = same_on_all(event, design_of(event), by_hours=False)
    latest = latest_by(event.id, Certificate.speaker_id)
    entities = texts_at(event.id, [speaker.entity_id for speaker, _parts in wanted])
    pending, number, made = pending_in(event.id), next_number(event.id), []
    for speaker, parts in wanted:
        entity = entities.get(speaker.entity_id or 0)
        titles = {part.session.id: dict(part.session.titles) for part in parts}
        shown = {
            **same, "name": speaker.printed_name, "name_local": "", "name_local_language": "",
            "entity": dict(entity) if entity else {}, "level": "appreciation",
            "quarter_hours": 0, "sessions": list(titles.values()),
        }  # fmt: skip
        before = latest.get(speaker.id)
        if not may_follow(before, shown, pending, by_name=speaker_ids is not None):
            continue
        if before is None:
            number += 1
        certificate = next_issue(event, before, shown, before.number if before else number)
        certificate.speaker_id, certificate.run_id = speaker.id, run_id
        made.append(certificate)
    return write_down(event, made, actor)
