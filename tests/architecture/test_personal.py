"""Every table that can say something of a person, or belongs to an event, has its answer."""

import pytest
from flask import Flask
from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table

from eventhub.events.seams import CLONE_STEPS
from eventhub.events.services.copying import COPIED
from eventhub.models import METADATA
from eventhub.people.seams import PERSONAL_DATA

PEOPLE = {"registration", "account", "person", "speaker", "photo", "pass", "stored_file", "event"}
"""Tables whose key in another one makes its rows say something of a person, or of an event."""

SPEAKS_OF_PEOPLE = {"email", "to_address", "actor_id", "registration_ids", "phone", "family_name"}
"""Columns that name a human being without a foreign key."""

EXEMPT = {
    "personal data": {
        "accepted_finding": "who let a fault of a programme stand, and why: an official act",
        "agenda_item": "the programme",
        "session_document": "papers of the programme",
        "session_item": "the programme",
        "badge_design": "where the words of a badge stand; names nobody",
        "attempt": "counted under a digest of the address, gone when its window has passed",
        "category": "set-up of an event",
        "editor_act": "which session an editor moved; what cannot be undone any more is dropped",
        "editor_presence": "who has a board open; worth nothing after a minute, and then dropped",
        "certificate_signatory": "who signs certificates signs in public, by permission",
        "delegation": "a State or organization at an event; its focal point is an access_grant",
        "delegation_note": "notes on a delegation; they go with the retention clock",
        "floor_card": "a token of a delegation, whoever holds it",
        "event": "set-up; the contact address is an office's",
        "event_entity": "names and places of States",
        "event_note": "what happened to an event, told to how many",
        "event_room": "set-up of an event",
        "event_setting": "decisions for an event; who signs certificates signs in public",
        "event_zone": "set-up of an event",
        "gate": "set-up of an event",
        "head_absence": "that a delegation's head is away; names nobody",
        "host": "institutions and entities",
        "info_page": "text that the organiser publishes",
        "information_note": "text that the organiser publishes",
        "invitation": "a letter to a State or organization",
        "institution": "an office and its address",
        "letter_run": "letters to States and organizations, made together",
        "letter_text": "wording of letters",
        "letterhead": "an office and its address",
        "official_letter": "the paper of a State: an official record, refused with reason (R7.7)",
        "old_slug": "addresses of an event",
        "pool": "limits of seats",
        "questionnaire": "questions; the answers are an answer_set",
        "seat_draw": "who drew the first seat, before witnesses: an official act",
        "sent_form": "a digest and a ref, gone after days",
        "series": "set-up",
        "session": "the programme; who speaks is a slot",
        "speaker_list": "how the list of a session is run",
        "imported_session": "the programme; who speaks is a slot",
        "static_copy": "public pages; made anew, it holds what is public then",
        "score_import": "a file's name; what it wrote is an imported_score",
        "programme_import": "set-up; its file goes when it is carried out",
        "rank_courtesy": "what levels of rank are given",
        "track": "the programme",
        "vehicle": "a car of the host; its driver goes with the arrivals, seven days after",
    },
    "copy of an event": {
        "accepted_finding": "a copy has sessions of its own",
        "access_grant": "roles are given anew",
        "answer_set": "people never go along",
        "audit_entry": "the log of the event that is copied",
        "calendar_choice": "people never go along",
        "certificate": "people never go along",
        "certificate_run": "people never go along",
        "certificate_withdrawal": "people never go along",
        "change_request": "people never go along",
        "consent": "people never go along",
        "attendance_correction": "people never go along",
        "course_result": "people never go along",
        "imported_score": "people never go along",
        "score_import": "people never go along",
        "survey_answer": "people never go along",
        "survey_receipt": "people never go along",
        "decision": "people never go along",
        "editor_act": "what was done to the event that is copied",
        "editor_presence": "people never go along",
        "courtesy_exception": "people never go along",
        "delegation": "each event invites anew",
        "delegation_contact": "each event invites anew",
        "delegation_note": "each event invites anew",
        "event_note": "the life of the event that is copied",
        "delegation_reminder": "letters of the event that is copied",
        "floor_card": "each event hands out its own",
        "focal_point": "people never go along",
        "head_absence": "people never go along",
        "information_note": "frozen for the event that is copied",
        "invitation": "each event invites anew",
        "job": "work for the event that is copied",
        "letter_cover": "people never go along",
        "letter_run": "letters of the event that is copied",
        "liaison_officer": "roles are given anew",
        "official_letter": "people never go along",
        "old_slug": "a copy has an address of its own",
        "outbox_mail": "letters of the event that is copied",
        "pass": "people never go along",
        "photo": "people never go along",
        "photo_offer": "people never go along",
        "badge_hand_over": "people never go along",
        "pass_reissue": "people never go along",
        "print_run": "people never go along",
        "printed_badge": "people never go along",
        "programme_proposal": "a copy has published nothing yet",
        "programme_version": "a copy has published nothing yet",
        "registration": "people never go along",
        "ticket_line": "people never go along",
        "ticket_list": "people never go along",
        "scan": "people never go along",
        "session_document": "files are enciphered for their event alone",
        "session_seat": "people never go along",
        "session_wait": "people never go along",
        "speaker_invitation": "each event invites anew",
        "star": "people never go along",
        "seat_draw": "each event draws anew",
        "imported_row": "people never go along",
        "remote_session": "people never go along",
        "not_twins": "people never go along",
        "people_import": "people never go along",
        "programme_import": "a copy was never imported",
        "imported_session": "a copy was never imported",
        "static_copy": "public pages of the event that is copied",
        "travel_entry": "people never go along",
        "travel_news": "people never go along",
        "vehicle": "cars of the event that is copied",
        "name_confirmation": "people never go along",
        "speaking_request": "each event inscribes anew",
        "speaking_turn": "what was spoken at the event that is copied",
        "stored_file": "files are enciphered for their event alone",
    },
}
"""By guard: tables that need no answer, and why."""


def of_people(metadata: MetaData) -> set[str]:
    """Return the tables with a key of a person or of an event, or a column that names one."""
    found = set()
    for table in metadata.tables.values():
        keys = {key.column.table.name for column in table.c for key in column.foreign_keys}
        if keys & PEOPLE or SPEAKS_OF_PEOPLE & {column.name for column in table.c}:
            found.add(table.name)
    return found


def of_events(metadata: MetaData) -> set[str]:
    return {table.name for table in metadata.tables.values() if "event_id" in table.c}


def answered() -> dict[str, list[str]]:
    """Return by table the features that answer for it."""
    found: dict[str, list[str]] = {}
    for part in PERSONAL_DATA:
        for table in part.tables:
            found.setdefault(table, []).append(part.feature)
    return found


def unanswered(metadata: MetaData) -> set[str]:
    return of_people(metadata) - answered().keys() - EXEMPT["personal data"].keys()


def uncopied(metadata: MetaData) -> set[str]:
    copied = {table for step in CLONE_STEPS for table in step.tables}
    copied |= {model.__tablename__ for model in COPIED}
    return of_events(metadata) - copied - EXEMPT["copy of an event"].keys()


def test_every_table_of_people_is_exported_and_erased_by_one_feature(app: Flask) -> None:
    assert not unanswered(METADATA), "say how they are exported and erased, or why they need not be"
    twice = {table: features for table, features in answered().items() if len(features) > 1}
    assert not twice


def test_every_table_of_events_is_copied_or_not_on_purpose(app: Flask) -> None:
    assert not uncopied(METADATA), "say how they are copied with an event, or why they are not"
    tables = [table for step in CLONE_STEPS for table in step.tables]
    assert len(tables) == len(set(tables))


def test_declarations_and_exemptions_name_tables_that_are_there(app: Flask) -> None:
    named = {*answered(), *(table for step in CLONE_STEPS for table in step.tables)}
    for reasons in EXEMPT.values():
        named |= reasons.keys()
        assert all(reasons.values())
    assert not named - METADATA.tables.keys()
    assert not answered().keys() & EXEMPT["personal data"].keys(), "answered and exempt at once"


@pytest.mark.parametrize("key", ["registration", "account", "speaker", "pass"])
def test_new_table_of_people_without_an_answer_is_seen(app: Flask, key: str) -> None:
    planted = MetaData()
    Table(key, planted, Column("id", Integer, primary_key=True))
    Table("planted", planted, Column("whose_id", Integer, ForeignKey(f"{key}.id")))
    Table("letters", planted, Column("email", String(320)))
    assert {"planted", "letters"} <= unanswered(planted)


def test_new_table_of_events_without_an_answer_is_seen(app: Flask) -> None:
    planted = MetaData()
    Table("planted", planted, Column("event_id", Integer))
    assert uncopied(planted) == {"planted"}
