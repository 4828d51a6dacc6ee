"""Courtesies by rank, what each head is due, exceptions with their note (R2.20)."""

import pytest
from flask import Flask

from eventhub.arrivals.models import RankCourtesy
from eventhub.arrivals.queries.courtesies import dues_of, get_rank
from eventhub.arrivals.rules import Courtesy
from eventhub.arrivals.services import courtesies
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import Event
from eventhub.events.seams import CLONE_STEPS
from tests.arrivals.conftest import Party, browser_with
from tests.factories import make_event

MINISTERS = Courtesy(lounge=True, car="own", escort=True, room="suite")


def give(event: Event, courtesy: Courtesy = MINISTERS, version: int = 0) -> None:
    with transaction():
        courtesies.set_courtesy(event, get_rank("MIN"), courtesy, version=version, actor=SYSTEM)


def test_r2_20_a_rank_is_due_what_the_events_table_says(party: Party) -> None:
    assert not dues_of(party.event.id).of(party.head).courtesy.is_any
    give(party.event)
    dues = dues_of(party.event.id)
    assert dues.of(party.head).courtesy == MINISTERS
    assert not dues.of(party.delegates[0]).courtesy.is_any, "no rank, nothing due"
    assert not dues_of(make_event().id).by_rank, "the table is one event's"
    with pytest.raises(Conflict):
        give(party.event, version=0)
    with pytest.raises(Invalid) as caught:
        give(party.event, Courtesy(car="limousine"), version=1)
    assert caught.value.field == "car"


def test_r2_20_an_exception_needs_a_note(party: Party) -> None:
    give(party.event)
    less = Courtesy(car="shared")
    for note in ("", "  "):
        with pytest.raises(Invalid, match="Say why") as caught, transaction():
            courtesies.make_exception(party.event, party.head, less, note, version=0, actor=SYSTEM)
        assert caught.value.field == "note"
    with transaction():
        courtesies.make_exception(
            party.event, party.head, less, "Asked for it", version=0, actor=SYSTEM
        )
    due = dues_of(party.event.id).of(party.head)
    assert (due.courtesy, due.note) == (less, "Asked for it")
    with transaction():
        courtesies.end_exception(party.event, party.head, actor=SYSTEM)
    assert dues_of(party.event.id).of(party.head).courtesy == MINISTERS


def test_r2_20_protocol_sets_the_table_and_sees_what_each_head_is_due(
    app: Flask, party: Party
) -> None:
    browser = browser_with(app, party, "protocol")
    browser.get(party.url("arrivals/courtesies/ranks/MIN"))
    browser.submit(lounge="y", car="own", escort="y", room="suite")
    page = browser.get(party.url("arrivals/courtesies"))
    (row,) = [one for one in page.soup.find_all("tr") if "BANDA" in one.get_text()]
    for phrase in ("Zambia", "Minister", "VIP lounge", "Own car", "Escort", "Suite"):
        assert phrase in row.get_text()
    browser.get(party.url(f"arrivals/courtesies/people/{party.head.ref}"))
    page = browser.submit(room="standard", note="")
    assert page.status == 422
    assert "Say why this person is an exception." in page.errors()[0]
    page = browser.submit(room="standard", note="The suites are taken")
    (row,) = [one for one in page.soup.find_all("tr") if "BANDA" in one.get_text()]
    assert "Standard room" in row.get_text()
    assert "The suites are taken" in row.get_text()
    browser.get(party.url(f"arrivals/courtesies/people/{party.head.ref}"))
    browser.submit(browser.page.form(action="/end"))
    assert dues_of(party.event.id).exceptions == {}
    assert browser.get(party.url("arrivals/courtesies/ranks/XYZ")).status == 404
    sheet = browser.get(party.url(f"delegations/{party.zambia.ref}/arrivals"))
    assert "VIP lounge · Own car · Escort · Suite" in sheet.text


def test_r2_20_the_table_goes_along_when_an_event_is_copied(party: Party) -> None:
    give(party.event)
    (step,) = [one for one in CLONE_STEPS if "rank_courtesy" in one.tables]
    other = make_event()
    with transaction():
        step.copy(party.event.id, other.id, {}, actor=SYSTEM)
    assert dues_of(other.id).of(party.head).courtesy == MINISTERS
    assert db.session.query(RankCourtesy).count() == 2
