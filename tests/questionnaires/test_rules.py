"""What a question must have, and which answers it accepts."""

from typing import Any

import pytest

from eventhub.questionnaires.rules import (
    BadAnswer,
    BadQuestion,
    DataClass,
    accepted,
    field_name,
    read_question,
)

DIET: dict[str, Any] = {
    "code": "diet",
    "kind": "choices",
    "class": "sensitive",
    "basis": "consent",
    "keep_days": 7,
    "labels": {"en": "Diet"},
    "purposes": {"en": "For the caterer"},
    "options": [
        {"code": "vegetarian", "labels": {"en": "Vegetarian"}},
        {"code": "vegan", "labels": {"en": "Vegan"}},
    ],
}
LINE: dict[str, Any] = {**DIET, "code": "other", "kind": "line", "class": "normal", "options": []}


@pytest.mark.parametrize("lacking", ["purposes", "basis", "keep_days", "labels", "options"])
def test_r7_1_question_without_purpose_or_the_like_cannot_be_asked(lacking: str) -> None:
    with pytest.raises(BadQuestion, match=lacking):
        read_question({name: value for name, value in DIET.items() if name != lacking})


def test_sensitive_answers_are_sealed_and_normal_ones_are_not() -> None:
    assert read_question(DIET).is_sealed
    assert not read_question(LINE).is_sealed
    assert read_question(DIET).data_class == DataClass.SENSITIVE


def test_options_are_kept_once_in_their_order() -> None:
    diet = read_question(DIET)
    assert accepted(diet, ["vegan", "vegetarian", "vegan"]) == ["vegetarian", "vegan"]
    assert accepted(diet, None) == []


@pytest.mark.parametrize("given", [["meat"], "vegan", 7, [["vegan"]]])
def test_answers_not_offered_are_refused(given: object) -> None:
    with pytest.raises((BadAnswer, TypeError)):
        accepted(read_question(DIET), given)


def test_line_is_kept_as_it_is_up_to_its_length() -> None:
    line = read_question(LINE)
    assert accepted(line, "Ohne Nüsse, s'il vous plaît 🥜") == "Ohne Nüsse, s'il vous plaît 🥜"
    assert accepted(line, None) == ""
    assert accepted(line, "x" * 250) == "x" * 250
    for bad in ("x" * 251, ["x"]):
        with pytest.raises(BadAnswer):
            accepted(line, bad)


def test_field_of_a_question_is_named_after_it() -> None:
    assert field_name("diet") == "answer_diet"
