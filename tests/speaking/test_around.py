"""What a list leaves elsewhere: the log, copies of an event, what is held about a speaker."""

from datetime import datetime

from flask import Flask

from eventhub.audit.queries import entries_of
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.events.models import Event
from eventhub.events.services import rehearse_event
from eventhub.people.seams import Whose
from eventhub.speaking import personal, services
from eventhub.speaking.models import SpeakingRequest
from eventhub.speaking.queries import list_lines
from tests.factories import make_category, make_registration
from tests.speaking.lists import CHAIR, do, floor, inscribe, make_list, state


def test_every_act_stands_in_the_log(app: Flask, noon: datetime) -> None:
    one = make_list()
    row = inscribe(one, "ZMB", speaker="Ms. Ama TETTEH")
    do(services.speak, one, row.id)
    do(services.finish, one)
    do(services.undo, one)
    entries = [*entries_of(one.event_id, subject_ref=row.ref),
               *entries_of(one.event_id, subject_ref=one.ref)]  # fmt: skip
    assert {entry.action for entry in entries} == {
        "speaking_request.add", "speaking_request.speak", "speaking_request.done",
        "speaker_list.make", "speaker_list.undo",
    }  # fmt: skip
    assert "TETTEH" not in repr([entry.changes for entry in entries])


def test_copy_of_an_event_takes_the_lists_along_and_nobody_on_them(app: Flask) -> None:
    one = make_list(limit_s=240, ordering="balanced", is_public=True)
    inscribe(one, "ZMB")
    event = db.session.get_one(Event, one.event_id)
    with transaction():
        copy = rehearse_event(event, starts_on=event.starts_on, actor=SYSTEM)
    [line] = [line for line in list_lines(copy.id) if line.listed]
    assert line.listed is not None
    assert (line.listed.limit_s, line.listed.ordering) == (240, "balanced")
    assert (line.waiting, line.listed.is_public) == (0, False)
    assert line.session.event_id == copy.id


def test_speaker_is_told_what_is_held_and_is_forgotten(app: Flask, noon: datetime) -> None:
    one = make_list()
    event = db.session.get_one(Event, one.event_id)
    zambia = state("ZMB")
    person = make_registration(
        event, make_category(event), entity_id=zambia.id, family_name="TETTEH", given_names="Ama"
    )
    row = inscribe(one, "ZMB", speaker="H.E. Ms. Ama TETTEH", gender="woman")
    other = inscribe(one, "KEN", speaker="Mr. Ama TETTEH")
    do(services.speak, one, row.id)
    do(services.finish, one)
    whose = Whose(person.ref, event_id=event.id, registration_id=person.id, zone="UTC")
    held = personal.held(whose).rows
    assert [line["speaker"] for line in held["speaking_request"]] == ["H.E. Ms. Ama TETTEH"]
    assert [line["seconds"] for line in held["speaking_turn"]] == [0]
    with transaction():
        personal.erase(whose, actor=CHAIR)
    rows = {one.id: one for one in db.session.query(SpeakingRequest)}
    assert (rows[row.id].speaker, rows[row.id].gender, rows[row.id].state) == ("", "", "done")
    assert rows[other.id].speaker == "Mr. Ama TETTEH"
    assert [entry.name for entry in floor(one).done] == ["Zambia"]
