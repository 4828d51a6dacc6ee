"""R1.32: addresses, guesses and guards."""

import pytest

from eventhub.sheets.rules import (
    address,
    column_of,
    guarded,
    guess_columns,
    guess_separator,
    is_risky,
    unguarded,
)

NAMES = {
    "family_name": {"Family name", "Nom de famille", "姓", "Фамилия"},
    "given_names": {"Given names", "Prénoms", "名", "Имя"},
    "email": {"E-mail address", "E-mail", "Courriel"},
    "organisation": {"Ministry, office or organization", "Organization"},
}


@pytest.mark.parametrize(
    ("column", "row", "said"),
    [(1, 5, "B5"), (0, 1, "A1"), (25, 2, "Z2"), (26, 2, "AA2"), (701, 9, "ZZ9")],
)
def test_r1_32_address_of_a_cell(column, row, said):
    assert address(column, row) == said
    assert column_of(said) == column


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1", "＋1", "－1", "＠x", "  =1", " ＝1"]
)
def test_texts_that_would_be_run_are_guarded(text):
    assert is_risky(text)
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


def test_plain_texts_stay_as_they_are():
    assert guarded("Banda-Phiri") == "Banda-Phiri"
    assert unguarded("'Aziz") == "'Aziz"


def test_r1_32_columns_are_guessed_whatever_their_order_language_and_case():
    headings = ["COURRIEL", "nom de famille", "", "Prenoms", "Shoe size"]
    assert guess_columns(headings, NAMES) == ["email", "family_name", None, "given_names", None]


def test_r1_32_headings_with_more_words_are_guessed_too():
    headings = ["Family name (as in passport)", "E-mail of the person", "Organization / ministry"]
    assert guess_columns(headings, NAMES) == ["family_name", "email", "organisation"]


def test_r1_32_each_field_is_guessed_once():
    assert guess_columns(["E-mail", "E-mail"], NAMES) == ["email", None]


def test_r1_32_hint_of_the_separator_is_followed():
    assert guess_separator("sep=|\nName|Title, post\n") == "|"
