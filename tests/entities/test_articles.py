"""R2.2: articles stand in sentences, never in lists."""

import pytest

from eventhub.entities import reference
from eventhub.entities.articles import body_in_text, in_text
from eventhub.entities.rules import STATES

ROWS = {row["code"]: row for row in reference.read().entities if row["kind"] in STATES}


@pytest.mark.parametrize(
    ("code", "language", "expected"),
    [
        ("GMB", "en", "the Gambia"),
        ("ZMB", "en", "Zambia"),
        ("SSD", "en", "South Sudan"),
        ("SDN", "en", "the Sudan"),
        ("BOL", "en", "the Plurinational State of Bolivia"),
        ("IRN", "en", "the Islamic Republic of Iran"),
        ("COD", "en", "the Democratic Republic of the Congo"),
        ("NLD", "fr", "le Royaume des Pays-Bas"),
        ("ZMB", "fr", "la Zambie"),
        ("MLI", "fr", "le Mali"),
        ("EGY", "fr", "l'Égypte"),
        ("USA", "fr", "les États-Unis d'Amérique"),
        ("CUB", "fr", "Cuba"),
        ("YEM", "fr", "le Yémen"),
        ("CHN", "zh", "中国"),
    ],
)
def test_r2_2_articles_are_for_running_text(code: str, language: str, expected: str) -> None:
    assert in_text(code, ROWS[code]["names"].pick(language), language) == expected


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt"])
def test_r2_2_no_name_of_the_table_begins_with_an_article(language: str) -> None:
    articles = ("the ", "la ", "le ", "les ", "l'", "los ", "las ", "o ", "os ")
    names = [row["names"].pick(language) for row in ROWS.values()]
    assert [name for name in names if name.casefold().startswith(articles)] == []


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("Republic of Zambia", "en", "the Republic of Zambia"),
        ("Lebanese Republic", "en", "the Lebanese Republic"),
        ("Grand Duchy of Luxembourg", "en", "the Grand Duchy of Luxembourg"),
        ("Hungary", "en", "Hungary"),
        ("the Holy See", "en", "the Holy See"),
        ("République de Zambie", "fr", "la République de Zambie"),
        ("État du Koweït", "fr", "l'État du Koweït"),
        ("Émirats arabes unis", "fr", "les Émirats arabes unis"),
        ("Reino de España", "es", "el Reino de España"),
        ("República de Angola", "pt", "a República de Angola"),
        ("赞比亚共和国", "zh", "赞比亚共和国"),
    ],
)
def test_r2_2_formal_names_have_their_article_too(name: str, language: str, expected: str) -> None:
    assert body_in_text(name, language) == expected


def test_a_name_that_an_event_wrote_stays_as_written() -> None:
    assert in_text("FRA", "French Republic", "en") == "French Republic"
