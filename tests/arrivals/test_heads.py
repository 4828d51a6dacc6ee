"""The list of heads: who stands where, with arrival and officer, on screen, table, paper."""

import io
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook

from eventhub.arrivals.queries.heads import heads_of
from eventhub.arrivals.services.paper import heads_paper
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.delegations.models import Delegation
from eventhub.entities.models import RankLevel
from eventhub.events.models import Category, EventSetting
from eventhub.i18n import Translated
from eventhub.protocol.models import SeatDraw
from eventhub.registration.models import HeadAbsence, Registration
from tests.arrivals.conftest import Party, browser_with, enter, leg, make_officer
from tests.factories import keep, make_category, make_entity
from tests.paper import Tool, fonts, fonts_dir, tool
from tests.registration.factories import accredited

__all__ = ["fonts", "fonts_dir", "tool"]


@pytest.fixture
def levels(party: Party) -> dict[str, RankLevel]:
    """Return ambassadors and chargés d'affaires beside the ministers."""
    return {
        code: keep(RankLevel(level=level, code=code, names=Translated(en=code), speaker_tier=4))
        for code, level in (("AMB", 50), ("CDA", 55))
    }


def head_of(
    party: Party, code: str, name: str, place: int, level: RankLevel, **given: Any
) -> Registration:
    entity = make_entity(code, name, ranks={"en": place})
    category = db.session.get_one(Category, party.head.category_id)
    values = {"entity_id": entity.id, "rank_level_id": level.id, **given}
    (row,) = accredited(party.event, category, **values)
    return row


def order(party: Party) -> list[str]:
    db.session.rollback()
    return [line.sent.entity.code for line in heads_of(party.event.id).lines]


def decide(party: Party, **values: Any) -> None:
    keep(EventSetting(event_id=party.event.id, feature="order", values=values))


def test_r2_8_rank_first_then_the_seats_from_the_state_drawn(
    party: Party, levels: dict[str, RankLevel]
) -> None:
    head_of(party, "AGO", "Angola", 1, levels["CDA"])
    head_of(party, "EGY", "Egypt", 2, levels["AMB"])
    moz = head_of(party, "MOZ", "Mozambique", 3, levels["AMB"])
    head_of(party, "NER", "Niger", 4, levels["AMB"])
    assert order(party) == ["ZMB", "EGY", "MOZ", "NER", "AGO"], "the chargé after ambassadors"
    keep(
        SeatDraw(
            event_id=party.event.id, entity_id=moz.entity_id, method="by_hand", drawn_by="A",
            witness="B", drawn_at=clock.now(), lots=5,
        )
    )  # fmt: skip
    assert order(party) == ["ZMB", "MOZ", "NER", "EGY", "AGO"]


def test_r2_8_by_the_time_in_office_and_the_host_last(
    party: Party, levels: dict[str, RankLevel]
) -> None:
    head_of(party, "EGY", "Egypt", 2, levels["AMB"], in_office_since=date(2024, 5, 1))
    head_of(party, "NER", "Niger", 4, levels["AMB"], in_office_since=date(2020, 5, 1))
    decide(party, heads_by="in_office", host_stands="last")
    assert order(party) == ["ZMB", "NER", "EGY"]
    with transaction():
        db.session.get_one(Delegation, party.zambia.id).role = "host"
    assert order(party) == ["NER", "EGY", "ZMB"]


def test_r2_15_an_acting_head_stands_by_the_own_rank_and_regrets_are_left_out(
    party: Party, levels: dict[str, RankLevel]
) -> None:
    head_of(party, "EGY", "Egypt", 2, levels["AMB"])
    deputy = make_category(party.event, "DHOD", mark="DH")
    accredited(party.event, deputy, entity_id=party.zambia.entity_id, family_name="Deputy",
               rank_level_id=levels["CDA"].id)  # fmt: skip
    since = clock.now()
    keep(HeadAbsence(event_id=party.event.id, delegation_id=party.zambia.id,
                     since=since.replace(tzinfo=None), since_at=since))  # fmt: skip
    lines = heads_of(party.event.id).lines
    assert [(one.sent.entity.code, one.is_acting) for one in lines] == [
        ("EGY", False),
        ("ZMB", True),
    ]
    assert [one.entity.code for one in heads_of(party.event.id).headless] == ["KEN"]
    with transaction():
        db.session.get_one(Delegation, party.kenya.id).reply = "regrets"
    assert heads_of(party.event.id).headless == []
    with clock.at(since - timedelta(hours=1)):
        assert heads_of(party.event.id).lines[0].sent.entity.code == "ZMB"


def prepare(party: Party) -> None:
    make_officer(party, party.zambia)
    enter(party, party.head, arrival=leg("2026-03-31T14:20", airport="XMN", flight="CA 921"))
    with transaction():
        row = db.session.get_one(Registration, party.head.id)
        row.honorific, row.functional_title, row.language = "H.E.", "Minister of Trade", "fr"


def test_r2_15_the_list_has_number_entity_name_title_language_arrival_officer(
    app: Flask, party: Party
) -> None:
    prepare(party)
    browser = browser_with(app, party, "protocol")
    page = browser.get(party.url("heads"))
    known = ("1", "Zambia", "H.E.", "BANDA", "Minister of Trade", "Minister", "Français",
             "Tue 31 March, 14:20 · CA 921 · XMN", "Lin Mei")  # fmt: skip
    row = page.soup.select_one("tbody tr")
    assert row is not None
    for word in known:
        assert word.lower() in " ".join(row.get_text(" ").split()).lower(), word
    assert "1 delegation has not named its head" in page.text
    answer = browser.client.get(party.url("heads.xlsx"))
    cells = list(load_workbook(io.BytesIO(answer.data)).worksheets[0].iter_rows(values_only=True))
    assert len(cells) == 2
    for word in known:
        assert word.lower() in str(cells[1]).lower(), word


def test_r2_15_without_arrivals_the_list_has_none(app: Flask, party: Party) -> None:
    prepare(party)
    with transaction():
        party.event.switches = ["delegations"]
    browser = browser_with(app, party, "protocol")
    page = browser.get(party.url("heads"))
    for hidden in ("CA 921", "Lin Mei", "Arrives"):
        assert hidden not in page.text
    answer = browser.client.get(party.url("heads.xlsx"))
    (sheet,) = load_workbook(io.BytesIO(answer.data)).worksheets
    assert sheet.max_column == 6


def test_r2_15_the_list_on_paper(
    app: Flask, party: Party, fonts: Path, tool: Tool, tmp_path: Path
) -> None:
    prepare(party)
    path = tmp_path / "heads.pdf"
    for shown, is_there in (([party.head.id], True), ([], False)):
        pdf, _name = heads_paper(party.event.id, shown, "en", has_arrivals=True)
        path.write_bytes(pdf)
        text = tool("pdftotext", "-layout", path, "-")
        for known in ("Heads of delegation", "Zambia", "BANDA", "Minister of Trade", "Lin Mei"):
            assert known in text
        assert ("CA 921" in text) is is_there, "only of whom the reader may see it"


def test_r2_15_the_worker_is_asked_for_the_paper(app: Flask, party: Party) -> None:
    prepare(party)
    browser = browser_with(app, party, "protocol")
    page = browser.get(party.url("heads"))
    began = datetime.now().astimezone()
    page = browser.submit(page.form(action="/paper"))
    assert page.status == 200
    assert "The PDF is being made" in page.text
    assert datetime.now().astimezone() - began < timedelta(seconds=8)
    where = page.response.request.path
    assert browser_with(app, party, "media_desk").get(where).status == 404
