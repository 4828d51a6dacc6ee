"""How speakers of an event were asked to confirm, and what they answered."""

from datetime import datetime, time, timedelta

from eventhub.agenda.lint import look_over
from eventhub.agenda.queries import load_draft
from eventhub.agenda.services import accept_finding
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.demo.content.shapes import DemoEvent
from eventhub.demo.loading.crew import Crew, acting
from eventhub.demo.loading.steps import instant
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.rehearsals.chance import below
from eventhub.speakers.messages import own_zone
from eventhub.speakers.queries import Row, rows_of
from eventhub.speakers.services import (
    Availability,
    SaidWindow,
    answer_parts,
    invite,
    remind,
    say_availability,
)

ASKED_BEFORE = timedelta(days=38)
ANSWERED_BEFORE = timedelta(days=34)
REMINDED_BEFORE = timedelta(days=31)
LATE_BEFORE = timedelta(days=30)
NOT_ASKED = 12
"""One of so many speakers was never asked by a link: the team knows them well."""
SILENT = 9
"""One of so many answers only to the reminder."""
REFUSES = 11
"""One of so many does not want portrait and biography to be public."""
VIDEO = "Speaks by a message on video instead"


def ask_speakers(one: DemoEvent, event: Event, crew: Crew) -> None:
    """Invite the speakers, take their answers, remind the silent; one declines and is replaced."""
    actor = acting(crew["editor"], event)
    rows = [row for row in rows_of(event) if row.parts]
    asked = [row for row in rows if below(NOT_ASKED, "asked", row.speaker.sort_name)]
    late = [row for row in asked if not below(SILENT, "silent", row.speaker.sort_name)]
    with clock.at(_before(one, event, ASKED_BEFORE)):
        invite(event, [row.speaker.ref for row in asked], actor=actor)
    by_ref = {row.speaker.ref: row for row in rows_of(event)}
    asked, late = ([by_ref[row.speaker.ref] for row in some] for some in (asked, late))
    with clock.at(_before(one, event, ANSWERED_BEFORE)):
        for row in asked:
            if row not in late:
                _answer(event, row)
    if late:
        with clock.at(_before(one, event, REMINDED_BEFORE)):
            remind(event, actor=actor)
        with clock.at(_before(one, event, LATE_BEFORE)):
            for row in late[1:]:
                _answer(event, row)
            _decline_one(event, asked, actor)


def _before(one: DemoEvent, event: Event, before: timedelta) -> datetime:
    return instant(datetime.combine(one.starts_on, time(10)) - before, event)


def _answer(event: Event, row: Row) -> None:
    invitation, speaker = row.invitation, row.speaker
    assert invitation is not None
    themselves = Actor("speaker", speaker.id, speaker.ref)
    said = {part.name: (True, "") for part in row.parts}
    answer_parts(speaker, row.parts, said, invitation=invitation, actor=themselves)
    speaker.publishes = bool(below(REFUSES, "publishes", speaker.sort_name))
    entity = db.session.get(Entity, speaker.entity_id) if speaker.entity_id else None
    zone = own_zone(invitation, entity) or event.zone
    last = datetime.combine(event.ends_on, time(0)) + timedelta(days=2)
    leaves = SaidWindow(False, last, last + timedelta(days=1))
    say_availability(
        event, speaker, invitation,
        Availability(zone, "in_person", "", (leaves,)), actor=themselves,
    )  # fmt: skip


def _decline_one(event: Event, asked: list[Row], actor: Actor) -> None:
    """Let the first speaker with a part among several decline it; the team accepts that."""
    row = next((one for one in asked if len(one.parts) > 1), None)
    if row is None:
        return
    part = row.parts[-1]
    themselves = Actor("speaker", row.speaker.id, row.speaker.ref)
    said = {part.name: (False, "I travel back that day; I send a message on video.")}
    answer_parts(row.speaker, row.parts, said, invitation=row.invitation, actor=themselves)
    for told in look_over(event, load_draft(event.id)):
        if told.finding.check == "speaker_gone":
            accept_finding(event, told.finding, VIDEO, actor=actor)
