"""Floor cards: tokens of a delegation for one session (R1.13)."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from eventhub.agenda.models import Session
from eventhub.checkin.models import Gate
from eventhub.checkin.services import undo_last
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.core.ids import new_uuid
from eventhub.delegations.models import Delegation
from eventhub.events.models import Event
from eventhub.files.models import StoredFile
from eventhub.files.services import read_file
from eventhub.floor_cards import services
from eventhub.floor_cards.models import FloorCard
from eventhub.floor_cards.queries import cards_of
from eventhub.passes.queries import find_pass
from eventhub.passes.tokens import qr_text
from tests.browser import Browser
from tests.checkin.people import OWNER, lecture, make_forum, make_gate, said, scan
from tests.factories import give, keep, make_account, make_entity
from tests.paper import Tool, fonts, fonts_dir, tool

__all__ = ["fonts", "fonts_dir", "tool"]

Stage = tuple[Event, Session, Delegation]


@pytest.fixture
def stage(app: Flask) -> Stage:
    """Return a forum with delegations, a session, and Zambia's delegation with three cards."""
    event, _category = make_forum()
    with transaction():
        event.switches = [*event.switches, "delegations"]
    session = lecture(event, "2.1", 9)
    zambia = make_entity("ZZM", "Zambia of the cards")
    delegation: Delegation = keep(Delegation(event_id=event.id, entity_id=zambia.id))
    with transaction():
        services.set_cards(event, session, [delegation.id], 3, actor=OWNER)
    return event, session, delegation


def cards(stage: Stage) -> list[FloorCard]:
    db.session.rollback()
    return list(cards_of(stage[0].id, stage[1].id))


def hand(stage: Stage) -> None:
    with transaction():
        services.hand_out(stage[0], stage[1], [stage[2].id], actor=OWNER)


def show(stage: Stage, gate: Gate, card: FloorCard, minutes: int = 0) -> tuple[str, str]:
    entry = find_pass(stage[0].id, card.pass_id)
    assert entry is not None
    text = qr_text(entry, "door.example.org")
    with clock.at(stage[1].starts_at + timedelta(minutes=minutes)):
        return said(stage[0], gate, text)


def test_r1_13_a_card_enters_once_until_its_holder_leaves(stage: Stage) -> None:
    event, session, _delegation = stage
    way_in, way_out = (
        make_gate(event, session_id=session.id, direction=direction) for direction in ("in", "out")
    )
    other = make_gate(event, session_id=lecture(event, "9.9", 9).id)
    card = cards(stage)[0]
    assert show(stage, way_in, card) == ("desk", "not_handed")
    hand(stage)
    assert show(stage, other, card) == ("stop", "other_session")
    assert show(stage, way_in, card) == ("enter", "")
    assert show(stage, way_in, card, 5) == ("stop", "used_elsewhere")
    assert show(stage, way_in, cards(stage)[1], 5) == ("enter", "")
    assert show(stage, way_out, card, 10) == ("enter", "")
    assert show(stage, way_in, card, 15) == ("enter", "")


def test_r1_13_returned_and_void_cards_open_nothing(stage: Stage) -> None:
    event, session, delegation = stage
    gate = make_gate(event, session_id=session.id)
    hand(stage)
    first, _second, third = cards(stage)
    with transaction():
        services.take_back(event, session, [delegation.id], actor=OWNER)
    assert show(stage, gate, first) == ("desk", "not_handed")
    hand(stage)
    with transaction():
        services.set_cards(event, session, [delegation.id], 2, actor=OWNER)
    assert show(stage, gate, third) == ("stop", "void")
    with transaction():
        services.set_cards(event, session, [delegation.id], 3, actor=OWNER)
    assert [card.number for card in cards(stage)] == [1, 2, 4], "a number is never given twice"


def test_r1_13_a_scan_of_a_card_is_taken_back(app: Flask, stage: Stage) -> None:
    event, session, _delegation = stage
    gates = [make_gate(event, session_id=session.id, direction=way) for way in ("in", "out")]
    way_in, way_out = gates
    hand(stage)
    card = cards(stage)[0]
    assert show(stage, way_in, card) == ("enter", "")
    assert cards(stage)[0].inside_since is not None
    guard = make_account()
    give(guard, "door_staff", event, scope={"gates": [one.id for one in gates]})
    door = Browser(app).sign_in(guard)

    def take_back(gate: Gate) -> None:
        page = door.get(f"/door/{event.slug}/{gate.ref}")
        assert "Floor card 1: Zambia of the cards" in page.text
        door.submit(page.form(action="/undo"))

    with clock.at(session.starts_at + timedelta(minutes=1)):
        take_back(way_in)
        assert cards(stage)[0].inside_since is None, "nobody came in after all"
    assert show(stage, way_in, card, 5) == ("enter", "")
    assert show(stage, way_out, card, 10) == ("enter", "")
    with clock.at(session.starts_at + timedelta(minutes=11)):
        take_back(way_out)
        assert cards(stage)[0].inside_since == session.starts_at + timedelta(minutes=5)
    assert show(stage, way_in, card, 15) == ("stop", "used_elsewhere")


def test_r1_13_a_card_scan_taken_back_is_not_let_in_again(stage: Stage) -> None:
    event, session, _delegation = stage
    gate = make_gate(event, session_id=session.id)
    hand(stage)
    entry = find_pass(event.id, cards(stage)[0].pass_id)
    assert entry is not None
    text, uid = qr_text(entry, "door.example.org"), new_uuid()
    with clock.at(session.starts_at):
        assert scan(event, gate, text, uid=uid).answer == "enter"
        with transaction():
            undo_last(gate, uid, actor=OWNER)
        again = scan(event, gate, text, uid=uid)
    assert (again.answer, again.reason) == ("desk", "taken_back")


def test_r1_13_protocol_hands_out_and_takes_back_on_screen(app: Flask, stage: Stage) -> None:
    event, session, delegation = stage
    account = make_account()
    give(account, "protocol", event)
    browser = Browser(app).sign_in(account)
    where = f"/manage/{event.slug}/floor-cards"
    assert "Lecture 2.1" in browser.get(where).text
    page = browser.get(f"{where}/{session.ref}")
    form = page.form(action=f"/{session.ref}")
    browser.submit(form, press="act=hand", who=[delegation.ref])
    assert {card.state for card in cards(stage)} == {"handed"}
    page = browser.submit(form, press="act=set", who=[delegation.ref], count="99")
    assert page.status == 422
    browser.submit(page.form(action=f"/{session.ref}"), press="act=back", who=[delegation.ref])
    assert {card.state for card in cards(stage)} == {"returned"}
    assert browser.post(f"{where}/{session.ref}", {}).status in (400, 422)


def test_r1_13_the_sheet_names_delegation_session_and_number(
    stage: Stage, fonts: Path, tool: Tool, tmp_path: Path
) -> None:
    with transaction():
        file_id = services.make_sheet(stage[0].id, stage[1].id)
    file = db.session.get_one(StoredFile, file_id)
    path = tmp_path / "cards.pdf"
    path.write_bytes(b"".join(read_file(file)))
    assert "Pages:           1" in tool("pdfinfo", path)
    text = tool("pdftotext", path, "-")
    assert "Zambia of the cards" in text
    assert "Lecture 2.1" in text


def test_who_may_not_hand_out_finds_nothing(app: Flask, stage: Stage) -> None:
    account = make_account()
    give(account, "media_desk", stage[0])
    browser = Browser(app).sign_in(account)
    assert browser.get(f"/manage/{stage[0].slug}/floor-cards").status == 404
