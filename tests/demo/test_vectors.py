"""The figures of the demo against the vectors they must come out as."""

import pytest

from eventhub.demo import content
from eventhub.entities.queries import get_entity, members_at
from eventhub.entities.rules import in_order
from eventhub.events.rules import wall_to_instant
from eventhub.i18n import use
from eventhub.reports.headline import quoted
from eventhub.reports.rules import rounded_down

VECTORS = content.vectors()


@pytest.mark.parametrize("name", ["english_order", "english_order_T", "french_order"])
@pytest.mark.usefixtures("demo")
def test_r2_4_order_of_states(name: str) -> None:
    case, language = VECTORS[name], "fr" if name.startswith("french") else "en"
    listed = [get_entity(code).listed(language) for code in case["input"]]
    assert [one.code for one in in_order(listed, language)] == case["expected"]


@pytest.mark.usefixtures("demo")
def test_r6_3_least_developed_at_the_date() -> None:
    for case in VECTORS["ldc_status"]["cases"]:
        is_member = get_entity(case["state"]).id in members_at("ldc", case["date"])
        assert is_member == case["ldc"], case


def test_times_of_the_vectors() -> None:
    for case in VECTORS["time_zone"]["cases"]:
        assert wall_to_instant(case["local"], case["zone"]) == case["utc"]


def test_r6_6_rounding_of_the_vectors() -> None:
    for case in VECTORS["headline_rounding"]["cases"]:
        assert rounded_down(case["n"]) == (case["floor"], case["exact"])


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
@pytest.mark.usefixtures("demo")
def test_r6_6_headline_of_the_vectors(language: str) -> None:
    case = VECTORS["headline_sentence"]
    with use(language):
        assert quoted("seminar", case["participants"], case["countries"]) == case[language]
