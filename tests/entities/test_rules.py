"""The order of entities, by the rules' numbers."""

from datetime import date

import pytest

from eventhub.entities import reference
from eventhub.entities.rules import (
    Block,
    Kind,
    Listed,
    Period,
    alphabetical,
    belongs,
    capitals,
    in_blocks,
    in_order,
    name_key,
    person_key,
    rank_language,
    search_text,
    seated,
)

ROWS = {row["code"]: row for row in reference.read().entities}


def listed(code: str, language: str = "en") -> Listed:
    row = ROWS[code]
    rank = row["ranks"].get(rank_language(language))
    return Listed(0, code, Kind(row["kind"]), row["names"].pick(language), rank)


def own(code: str, kind: Kind, name: str) -> Listed:
    return Listed(0, code, kind, name)


def ordered(codes: str, language: str = "en") -> str:
    found = alphabetical([listed(code, language) for code in codes.split()], language)
    return " ".join(entity.code for entity in found)


@pytest.mark.parametrize(
    ("language", "given", "expected"),
    [
        ("en", "CUB CIV HRV CRI CYP", "CRI CIV HRV CUB CYP"),
        ("en", "TKM TUR TUV TUN", "TUN TUR TKM TUV"),
        ("pt", "CUB CIV HRV CRI CYP", "CRI CIV HRV CUB CYP"),
        ("fr", "ARE ESP USA EGY ETH SLV EST", "EGY SLV ARE ESP EST USA ETH"),
        ("zh", "CHN AFG ZMB ALB", "ALB AFG ZMB CHN"),
    ],
)
def test_r2_3_order_follows_the_ranks_of_the_language(
    language: str, given: str, expected: str
) -> None:
    assert ordered(given, language) == expected


def test_r2_3_comparing_names_would_go_wrong() -> None:
    states = [row for row in ROWS.values() if row["ranks"]]
    by_rank = sorted(states, key=lambda row: row["ranks"]["fr"])
    by_name = sorted(states, key=lambda row: row["names"]["fr"])
    assert by_rank != by_name


def test_r2_1_an_added_state_stands_by_its_name_among_the_ranked() -> None:
    states = [listed(code) for code in ("RUS", "RWA", "SAU", "SEN")]
    added = own("XXX", Kind.MEMBER_STATE, "Sahel Republic (invented)")
    codes = [entity.code for entity in alphabetical([added, *states])]
    assert codes == ["RUS", "RWA", "XXX", "SAU", "SEN"]


def test_r2_4_the_arabic_article_is_passed_over() -> None:
    names = ["المنظمة", "الاتحاد", "برنامج"]
    assert sorted(names, key=lambda n: name_key(n, "ar")) == ["الاتحاد", "برنامج", "المنظمة"]


def test_r2_4_names_sort_by_letters_then_accents_then_case() -> None:
    given = ["Zebra", "école", "Ecole", "Eclair", "zebra", "Éclair"]
    assert sorted(given, key=name_key) == ["Eclair", "Éclair", "Ecole", "école", "zebra", "Zebra"]


def test_r2_4_persons_sort_by_the_name_they_have() -> None:
    people = [("Öz", "Ali"), ("Mwila", "Chanda"), ("", "Sukarno"), ("Mwila", "Bwalya")]
    assert sorted(people, key=lambda p: person_key(*p)) == [
        ("Mwila", "Bwalya"),
        ("Mwila", "Chanda"),
        ("Öz", "Ali"),
        ("", "Sukarno"),
    ]


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("MOZ", "MOZ NER ZMB AGO CHN KEN"),
        ("AGO", "AGO CHN KEN MOZ NER ZMB"),
        ("ZMB", "ZMB AGO CHN KEN MOZ NER"),
        ("FRA", "KEN MOZ NER ZMB AGO CHN"),
        ("ZWE", "AGO CHN KEN MOZ NER ZMB"),
    ],
)
def test_r2_5_seats_begin_with_the_state_drawn(first: str, expected: str) -> None:
    states = [listed(code) for code in ["AGO", "CHN", "KEN", "MOZ", "ZMB", "NER"]]
    assert " ".join(state.code for state in seated(states, listed(first))) == expected


def test_r2_6_observers_stand_after_the_members_the_holy_see_first() -> None:
    codes = ["PSE", "ZWE", "VAT", "ALB"]
    for language in ("en", "fr", "es", "ru", "zh", "ar"):
        found = in_order([listed(code, language) for code in codes], language)
        assert [entity.code for entity in found][2:] == ["VAT", "PSE"]


def test_r2_6_an_observer_may_sit_among_the_members() -> None:
    states = [listed(code) for code in ["PSE", "ZWE", "VAT", "SDN", "ESP"]]
    blocks = in_blocks(states, interleaved=frozenset({"PSE"}))
    assert [e.code for e in blocks[Block.MEMBER_STATES]] == ["ESP", "PSE", "SDN", "ZWE"]
    assert [e.code for e in blocks[Block.OBSERVER_STATES]] == ["VAT"]


def test_r2_7_blocks_stand_in_order() -> None:
    mixed = [
        own("SEC", Kind.SECRETARIAT, "Secretariat"),
        own("NEWS", Kind.PRESS, "A news agency"),
        own("CO", Kind.PRIVATE, "A company"),
        own("UNI", Kind.ACADEMIA, "A university"),
        own("NGO", Kind.NGO, "A network"),
        *(listed(code) for code in ("ITU", "ECA", "UNDP", "ODET", "AU", "EU", "VAT", "ZMB")),
    ]
    assert [entity.code for entity in in_order(mixed)] == [
        "ZMB", "VAT", "EU", "AU", "ECA", "UNDP", "ODET", "ITU",
        "NGO", "CO", "UNI", "NEWS", "SEC",
    ]  # fmt: skip


def test_r2_7_every_kind_has_its_block() -> None:
    assert [own("X", kind, "X").block for kind in Kind]
    assert set(in_blocks(own(kind, kind, kind) for kind in Kind)) == set(Block)


def test_r2_7_agencies_may_follow_protocol() -> None:
    codes = ("WIPO", "ITU", "IOM", "ILO", "FAO")
    agencies = [listed(code) for code in codes]
    by_name = in_blocks(agencies)[Block.SPECIALIZED_AGENCIES]
    assert [e.code for e in by_name] == ["FAO", "ILO", "IOM", "ITU", "WIPO"]
    by_protocol = in_blocks(agencies, agencies_by_protocol=True)[Block.SPECIALIZED_AGENCIES]
    assert [e.code for e in by_protocol] == ["ILO", "FAO", "ITU", "WIPO", "IOM"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Côte d'Ivoire", "fr", "CÔTE D'IVOIRE"),
        ("Türkiye", "en", "TÜRKİYE"),
        ("Birleşik Krallık", "tr", "BİRLEŞİK KRALLIK"),
        ("Российская Федерация", "ru", "РОССИЙСКАЯ ФЕДЕРАЦИЯ"),
        ("赞比亚", "zh", "赞比亚"),
    ],
)
def test_r2_11_headings_keep_accents_and_dots(text: str, language: str, expected: str) -> None:
    assert capitals(text, language) == expected


def test_r6_3_a_period_ends_the_day_before_its_end() -> None:
    period = Period(date(2020, 1, 1), date(2024, 12, 13))
    assert not period.holds_on(date(2019, 12, 31))
    assert period.holds_on(date(2020, 1, 1))
    assert period.holds_on(date(2024, 12, 12))
    assert not period.holds_on(date(2024, 12, 13))
    assert belongs([period, Period(date(2026, 1, 1))], date(2030, 1, 1))
    assert not belongs([], date(2030, 1, 1))


def test_search_text_frames_each_name_once() -> None:
    text = search_text("CIV", {"en": "Côte d'Ivoire", "fr": "Côte d'Ivoire"}, ["Ivory Coast"])
    assert text == "\nciv\ncote d ivoire\nivory coast\n"
