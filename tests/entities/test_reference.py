"""The reference data as they lie in the tables."""

from collections import Counter, defaultdict
from datetime import date

import pytest

from eventhub.entities import reference, rules
from eventhub.i18n import LANGUAGES

DATA = reference.read()
STATES = [row for row in DATA.entities if row["kind"] in rules.STATES]
ORGANIZATIONS = [row for row in DATA.entities if row["kind"] not in rules.STATES]


def ldc_on(day: date) -> set[str]:
    periods = defaultdict(list)
    for m in DATA.memberships:
        if m.group == "ldc":
            periods[m.entity].append(rules.Period(m.since, m.until))
    return {code for code, own in periods.items() if rules.belongs(own, day)}


def test_r2_1_counts_193_members_and_two_observers() -> None:
    kinds = Counter(row["kind"] for row in STATES)
    assert kinds == {"member_state": 193, "observer_state": 2}
    assert {r["code"] for r in STATES if r["kind"] == "observer_state"} == {"VAT", "PSE"}


def test_r2_1_regional_groups_add_up() -> None:
    groups = Counter(row["un_group"] for row in STATES if row["un_group"])
    assert groups == {"AFR": 54, "APG": 54, "EEG": 23, "GRULAC": 33, "WEOG": 29}
    western = {row["code"] for row in STATES if row["un_group"] == "WEOG"}
    assert {"ISR", "TUR", "USA"} <= western


def test_r2_1_every_state_has_six_names_and_codes() -> None:
    for row in STATES:
        assert set(row["names"]) == set(rules.RANKED_LANGUAGES), row["code"]
    for column in ("iso2", "iso3", "m49"):
        assert len({row[column] for row in STATES}) == 195


@pytest.mark.parametrize("language", rules.RANKED_LANGUAGES)
def test_r2_3_ranks_are_permutations(language: str) -> None:
    assert sorted(row["ranks"][language] for row in STATES) == list(range(1, 196))


@pytest.mark.parametrize(
    ("language", "locale_name"),
    [
        ("en", "Palestinian Territories"),
        ("en", "North Korea"),
        ("en", "South Korea"),
        ("en", "Turkey"),
        ("en", "Vatican City"),
        ("en", "Russia"),
        ("en", "Congo - Kinshasa"),
        ("fr", "Corée du Nord"),
        ("fr", "Territoires palestiniens"),
        ("es", "Corea del Norte"),
        ("ru", "Россия"),
        ("zh", "韩国"),
        ("zh", "美国"),
        ("ar", "روسيا"),
    ],
)
def test_r2_1_no_state_bears_a_locale_librarys_name(language: str, locale_name: str) -> None:
    assert locale_name not in {row["names"][language] for row in STATES}


def test_r2_2_the_form_in_parentheses_keeps_its_place() -> None:
    names = {row["code"]: row["names"]["en"] for row in STATES}
    assert names["BOL"] == "Bolivia (Plurinational State of)"
    assert names["TZA"] == "United Republic of Tanzania"
    assert not [name for name in names.values() if name.lower().startswith("the ")]
    ranks = {row["code"]: row["ranks"]["en"] for row in STATES}
    assert ranks["BTN"] < ranks["BOL"] < ranks["BIH"]
    assert ranks["CUB"] < ranks["PRK"] < ranks["COD"] < ranks["DNK"]


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2005, 1, 1), 50),
        (date(2013, 6, 1), 49),
        (date(2018, 1, 1), 47),
        (date(2021, 1, 1), 46),
        (date(2024, 4, 2), 45),
        (date(2024, 12, 12), 45),
        (date(2024, 12, 13), 44),
    ],
)
def test_r6_3_counts_least_developed_countries_on_a_day(day: date, count: int) -> None:
    assert len(ldc_on(day)) == count


@pytest.mark.parametrize(
    ("state", "day", "is_ldc"),
    [
        ("STP", date(2024, 4, 2), True),
        ("STP", date(2025, 5, 6), False),
        ("BTN", date(2024, 4, 2), False),
        ("BTN", date(2023, 12, 12), True),
        ("ZMB", date(2024, 4, 2), True),
        ("ZMB", date(1990, 1, 1), False),
        ("CHN", date(2024, 4, 2), False),
    ],
)
def test_r6_3_tells_ldc_status_on_a_day(state: str, day: date, is_ldc: bool) -> None:
    assert (state in ldc_on(day)) is is_ldc


def test_r6_3_marks_ends_that_are_only_scheduled() -> None:
    scheduled = {m.entity for m in DATA.memberships if m.scheduled}
    assert scheduled == {"BGD", "LAO", "NPL", "SLB", "KHM", "SEN"}
    assert all(m.until for m in DATA.memberships if m.scheduled)


def test_r6_3_counts_landlocked_and_island_states() -> None:
    assert sum(row["lldc"] for row in STATES) == 32
    assert sum(row["sids"] for row in STATES) == 37


def test_african_union_has_54_members_in_the_table() -> None:
    members = {m.entity for m in DATA.memberships if m.group == "au"}
    assert members == {row["code"] for row in STATES if row["un_group"] == "AFR"}


def test_r6_2_every_state_lies_in_named_regions() -> None:
    regions = reference.regions()
    for row in STATES:
        for column in ("region", "subregion", "intermediate", "un_group"):
            assert row[column] is None or row[column] in regions, row["code"]
        assert regions[row["subregion"]].part_of == row["region"]
        if row["intermediate"]:
            assert regions[row["intermediate"]].part_of == row["subregion"]
    assert all({"en", "fr", "zh", "ar"} <= set(region.names) for region in regions.values())
    assert {c for c, r in regions.items() if r.part_of is None and c.isdigit()} == {
        "002", "009", "019", "142", "150",
    }  # fmt: skip


def test_organizations_have_names_in_three_languages() -> None:
    assert len(ORGANIZATIONS) >= 40
    assert all({"en", "fr", "zh"} <= set(row["names"]) for row in ORGANIZATIONS)
    assert all(set(row["names"]) <= set(LANGUAGES) for row in ORGANIZATIONS)
    kinds = {row["code"]: row["kind"] for row in ORGANIZATIONS}
    assert kinds["ITU"] == "specialized_agency"
    assert kinds["EU"] == "regional_integration_organization"
    assert set(rules.AGENCIES_BY_PROTOCOL) <= kinds.keys()


def test_no_name_belongs_to_two_entities() -> None:
    bearers = defaultdict(set)
    for row in DATA.entities:
        for name in row["search"].strip("\n").split("\n"):
            bearers[name].add(row["code"])
    assert {name: codes for name, codes in bearers.items() if len(codes) > 1} == {}
    assert len({row["code"] for row in DATA.entities}) == len(DATA.entities)


def test_every_alias_has_its_entity() -> None:
    lines = (reference.FOLDER / "aliases.tsv").read_text(encoding="utf-8").splitlines()
    codes = {line.split("\t")[0] for line in lines if not line.startswith("#")} - {"code"}
    assert len(codes) > 50
    assert codes <= {row["code"] for row in DATA.entities}


def test_rank_levels_stand_in_order_of_precedence() -> None:
    levels = [row["level"] for row in DATA.rank_levels]
    tiers = [row["speaker_tier"] for row in DATA.rank_levels]
    assert len(levels) == 12
    assert levels == sorted(set(levels))
    assert tiers == sorted(tiers)
    assert all({"en", "fr", "zh", "ar"} <= set(row["names"]) for row in DATA.rank_levels)
    assert all(row["names"][code].strip() for row in DATA.rank_levels for code in row["names"])
