"""Names pasted in any language: who is meant, who is not certain, who is near."""

import pytest
from flask import Flask

from eventhub.entities.recognizing import recognize
from tests.factories import make_entity

SIX = """
1. Zambia
2) la République de Zambie;
• Чад
赞比亚共和国
كينيا
Reino de España
"""


def found(text: str) -> list[str]:
    return [one.found.code if one.found else "?" for one in recognize(text)]


@pytest.fixture(autouse=True)
def reference(loaded: Flask) -> None:
    """Know all States."""


def test_names_of_six_languages_are_found_once() -> None:
    assert found(SIX) == ["ZMB", "TCD", "KEN", "ESP"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("zambia, KENYA ; cote d'ivoire", "ZMB KEN CIV"),
        ("ZMB\tKEN", "ZMB KEN"),
        ("the Gambia", "GMB"),
        ("中国、法国，赞比亚", "CHN FRA ZMB"),
        ("مصر، كينيا", "EGY KEN"),
        ("Bolivia (Plurinational State of)", "BOL"),
        ("Federal Democratic Republic of Ethiopia", "ETH"),
        ("Hashemite Kingdom of Jordan", "JOR"),
        ("République du Sénégal", "SEN"),
        ("Российская Федерация", "RUS"),
        ("UNESCO; European Union", "UNESCO EU"),
        ("Republic of Guinea-Bissau, Republic of Guinea", "GNB GIN"),
        ("", ""),
    ],
)
def test_formal_short_and_coded_names_are_found(text: str, codes: str) -> None:
    assert " ".join(found(text)) == codes


@pytest.mark.parametrize("text", ["Nigeira", "Kazakstan", "Republic of China"])
def test_what_is_not_certain_is_proposed_and_never_taken(text: str) -> None:
    (one,) = recognize(text)
    assert one.found is None
    assert one.choices
    assert not one.is_ambiguous


def test_a_name_of_two_is_for_choosing(loaded: Flask) -> None:
    make_entity("GFI", "Green Fund", kind="igo", search="\ngfi\ngreen fund\n")
    make_entity("GFII", "Green Fund (private)", kind="private", search="\ngfii\ngreen fund\n")
    (one,) = recognize("green fund")
    assert one.is_ambiguous
    assert [entity.code for entity in one.choices] == ["GFI", "GFII"]


def test_a_name_of_nobody_stands_alone() -> None:
    (one,) = recognize("Quill & Harrow Weekly")
    assert (one.text, one.found, one.choices) == ("Quill & Harrow Weekly", None, ())


def test_two_statements_for_all_names(statements: list[str]) -> None:
    for text in ("Zambia", SIX * 20):
        statements.clear()
        recognize(text)
        assert len([one for one in statements if one != "BEGIN"]) == 2
