"""The one order of an event: blocks, names, observers, the first seat."""

from datetime import UTC, datetime, timedelta

import pytest

from eventhub.core import clock
from eventhub.core.actor import EVERYTHING, SYSTEM
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid, NotFound
from eventhub.delegations import services as delegations
from eventhub.delegations.queries import delegations_of
from eventhub.entities.models import Entity
from eventhub.entities.queries import choices, find_by_name, get_entity, search_entities
from eventhub.entities.rules import Block
from eventhub.events.models import Event
from eventhub.events.services import copy_event
from eventhub.protocol import queries, services
from tests.factories import make_event

R2_5 = ("AGO", "CHN", "KEN", "MOZ", "ZMB", "NER")


def ids(*codes: str) -> list[int]:
    return [get_entity(code).id for code in codes]


def codes(order: queries.Order) -> str:
    return " ".join(placed.entity.code for placed in order)


def ordered(event: Event, given: str, language: str = "en") -> str:
    return codes(queries.order_of(event.id, language, only=ids(*given.split())))


def name(event: Event, code: str, **given: object) -> None:
    with transaction():
        services.place_entity(event, get_entity(code), actor=SYSTEM, **{"names": {}, **given})


def decide(event: Event, **values: object) -> None:
    with transaction():
        services.change_order(event, values, actor=SYSTEM)


def open_delegations(event: Event, *given: str) -> None:
    with transaction():
        for code in given:
            delegations.open_for(event.id, code, actor=SYSTEM)


@pytest.mark.parametrize(
    ("language", "given", "expected"),
    [
        ("en", "CUB CIV HRV CRI CYP", "CRI CIV HRV CUB CYP"),
        ("en", "TKM TUR TUV TUN", "TUN TUR TKM TUV"),
        ("fr", "ARE ESP USA EGY ETH SLV EST", "EGY SLV ARE ESP EST USA ETH"),
    ],
)
def test_r2_3_lists_follow_the_ranks(event, language, given, expected) -> None:
    assert ordered(event, given, language) == expected


def test_r2_1_an_event_names_a_state_in_its_own_way(event) -> None:
    name(event, "TUR", names={"en": "Republic of Türkiye", "fr": "République de Türkiye"})
    zambia, turkiye = ids("ZMB", "TUR")
    assert queries.names_at(event.id, [turkiye, zambia, None], "fr") == {
        turkiye: "République de Türkiye", zambia: "Zambie",
    }  # fmt: skip
    assert queries.names_at(event.id, [turkiye], "es") == {turkiye: "Türkiye"}
    assert queries.name_at(event.id, get_entity("TUR"), "en") == "Republic of Türkiye"
    assert ordered(event, "TUR TUN TUV") == "TUN TUR TUV", "a formal name moves nobody"
    other = make_event()
    assert queries.names_at(other.id, [turkiye], "en") == {turkiye: "Türkiye"}


def test_r2_1_a_name_may_move_its_state(event) -> None:
    name(event, "SWZ", names={"en": "Swaziland"}, sorts_by_name=True)
    assert ordered(event, "ETH SWZ SWE SUR") == "ETH SUR SWZ SWE"
    assert ordered(event, "ETH SWZ EST", "fr") == "EST SWZ ETH", "no name in French: as ever"


def test_r2_1_an_extra_entity_is_of_this_event_alone(event) -> None:
    with transaction():
        extra = services.add_extra(
            event, names={"en": "Sahel Republic (invented)"}, block="member_states", actor=SYSTEM
        )
    found = codes(queries.order_of(event.id))
    assert f"RWA {extra.code} KNA" in found
    assert find_by_name("Sahel Republic (invented)") is None
    assert search_entities("Sahel Republic", "en") == []
    assert extra.code not in {code for rows in choices("en").values() for code, _name in rows}
    other = make_event()
    assert extra.code not in codes(queries.order_of(other.id))
    with pytest.raises(NotFound):
        queries.get_placed(other.id, extra.code)
    with transaction():
        copy = copy_event(event, starts_on=event.starts_on + timedelta(days=365), actor=SYSTEM)
    assert extra.code in codes(queries.order_of(copy.id))


def test_r2_1_an_extra_entity_goes_unless_somebody_is_expected(event) -> None:
    with transaction():
        extra = services.add_extra(event, names={"en": "Ourland"}, block="others", actor=SYSTEM)
    open_delegations(event, extra.code)
    with pytest.raises(Conflict), transaction():
        services.remove_extra(event, queries.get_placed(event.id, extra.code), actor=SYSTEM)
    with pytest.raises(Conflict), transaction():
        services.remove_extra(event, queries.get_placed(event.id, "ZMB"), actor=SYSTEM)


@pytest.mark.parametrize(
    ("language", "names"),
    [
        (
            "en",
            "Bolivia (Plurinational State of)|Congo|Democratic People's Republic of Korea|"
            "Democratic Republic of the Congo|Gambia|Iran (Islamic Republic of)|"
            "Micronesia (Federated States of)|Republic of Korea|Republic of Moldova|"
            "Syrian Arab Republic|United Republic of Tanzania|Venezuela (Bolivarian Republic of)",
        ),
    ],
)
def test_r2_2_lists_use_the_bare_short_name_in_its_place(event, language, names) -> None:
    given = ids("VEN", "TZA", "SYR", "MDA", "KOR", "FSM", "IRN", "GMB", "COD", "PRK", "COG", "BOL")
    order = queries.order_of(event.id, language, only=given)
    assert [placed.name for placed in order] == names.split("|")


def test_r2_4_chinese_lists_follow_pinyin_or_strokes(event) -> None:
    assert ordered(event, "CHN AFG ZMB ALB GIN", "zh") == "ALB AFG GIN ZMB CHN"
    decide(event, chinese_by_strokes=True)
    assert ordered(event, "CHN AFG ZMB ALB GIN", "zh") == "GIN CHN ALB AFG ZMB"
    assert ordered(event, "CHN AFG ZMB ALB GIN") == "AFG ALB CHN GIN ZMB"


def test_one_language_may_order_all_lists(event) -> None:
    decide(event, language="en")
    order = queries.order_of(event.id, "fr", only=ids("DEU", "ZAF", "EGY"))
    assert [placed.name for placed in order] == ["Égypte", "Allemagne", "Afrique du Sud"]


def test_r2_5_seats_begin_with_the_state_drawn(event) -> None:
    open_delegations(event, *R2_5, "FAO", "VAT")
    with transaction():
        services.record_first_seat(
            event, "MOZ", drawn_by="The President", witness="The Secretary",
            drawn_at=clock.now() - timedelta(hours=1), actor=SYSTEM,
        )  # fmt: skip
    first = queries.first_seat_of(event.id)
    expected = queries.expected_at(event.id)
    assert codes(queries.seating_of(event.id, first, only=expected)) == (
        "MOZ NER ZMB AGO CHN KEN VAT FAO"
    )
    without = ids("AGO", "KEN", "NER")
    assert codes(queries.seating_of(event.id, first, only=without)) == "NER AGO KEN"


def test_r2_5_a_drawing_is_kept_and_the_next_needs_a_reason(event) -> None:
    open_delegations(event, *R2_5, "VAT")
    said = {"drawn_by": "The President", "witness": "The Secretary", "actor": SYSTEM}
    with transaction():
        first = services.draw_first_seat(event, **said)
    assert first.lots == 6
    assert first.entity_id in ids(*R2_5)
    with pytest.raises(Invalid) as refused, transaction():
        services.draw_first_seat(event, **said)
    assert refused.value.field == "reason"
    with transaction():
        again = services.draw_first_seat(event, reason="It withdrew", **said)
    assert [draw.id for draw in queries.draws_of(event.id)] == [again.id, first.id]
    assert queries.first_seat_of(event.id) == again.entity_id


def test_r2_5_a_drawing_needs_its_witness_and_a_state_of_the_urn(event) -> None:
    open_delegations(event, *R2_5)
    at = datetime.now(UTC) - timedelta(minutes=1)
    said = {"drawn_by": "The President", "drawn_at": at, "actor": SYSTEM}
    with pytest.raises(Invalid) as refused, transaction():
        services.record_first_seat(event, "MOZ", witness=" ", **said)
    assert refused.value.field == "witness"
    with pytest.raises(Invalid) as refused, transaction():
        services.record_first_seat(event, "FRA", witness="A", **said)
    assert refused.value.field == "entity"
    with pytest.raises(Invalid) as refused, transaction():
        services.record_first_seat(
            event, "MOZ", witness="A", **{**said, "drawn_at": at + timedelta(days=1)}
        )
    assert refused.value.field == "drawn_at"


def test_r2_6_observers_stand_as_the_event_and_the_entity_say(event) -> None:
    given = "ALB VAT PSE ZWE"
    assert ordered(event, given) == "ALB ZWE VAT PSE"
    decide(event, observers="interleaved")
    assert ordered(event, given) == "ALB PSE ZWE VAT", "the Holy See stays after the members"
    name(event, "PSE", observers="after_members")
    assert ordered(event, given) == "ALB ZWE VAT PSE"
    name(event, "VAT", observers="interleaved")
    assert ordered(event, given) == "ALB VAT ZWE PSE"


def test_r2_7_blocks_stand_in_order_and_agencies_by_protocol(event) -> None:
    given = "WIPO ITU ILO FAO UNDP AU EU VAT ZMB"
    assert ordered(event, given) == "ZMB VAT EU AU UNDP FAO ILO ITU WIPO"
    decide(event, agencies_by_protocol=True)
    assert ordered(event, given) == "ZMB VAT EU AU UNDP ILO FAO ITU WIPO"


def test_r2_7_an_event_moves_an_entity_to_another_block(event) -> None:
    name(event, "AU", block="others")
    order = queries.order_of(event.id, only=ids("AU", "EU"))
    assert {block: codes(queries.Order({block: own})) for block, own in order.blocks.items()} == {
        Block.REGIONAL_INTEGRATION: "EU", Block.OTHERS: "AU",
    }  # fmt: skip


def test_what_somebody_else_changed_is_not_overwritten(event) -> None:
    name(event, "ZMB", names={"en": "Republic of Zambia"}, version=0)
    with pytest.raises(Conflict):
        name(event, "ZMB", names={"en": "Zambia!"}, version=0)
    name(event, "ZMB", names={}, version=1)
    assert queries.name_at(event.id, get_entity("ZMB")) == "Zambia"


def test_the_order_costs_one_statement_however_long(event, statements) -> None:
    event_id, some = event.id, ids("ZMB", "AGO")
    for only in (some, None):
        statements.clear()
        assert list(queries.order_of(event_id, only=only))
        assert len(statements) == 1


def test_delegations_stand_in_the_events_order_under_its_names(event) -> None:
    open_delegations(event, "ZMB", "AGO", "PSE")
    name(event, "AGO", names={"en": "Republic of Angola"})
    decide(event, observers="interleaved")
    found = delegations_of(event.id, EVERYTHING, "en")
    assert [sent.name for sent in found] == ["Republic of Angola", "State of Palestine", "Zambia"]
    assert db.session.get(Entity, found[0].entity.id).name("en") == "Angola"
