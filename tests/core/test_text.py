"""Cleaning and folding text of any script."""

import re

import pytest

from eventhub.core import ids
from eventhub.core.text import fold, grams, has_forbidden, searchable, tidy


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800", "\x1b[31m", "a\x7f", "a\x0bb"])
def test_what_cannot_be_stored_is_seen(text: str) -> None:
    assert has_forbidden(text)


@pytest.mark.parametrize("text", ["Ada\nLovelace", "王小明", "منى", "👩‍🚀", "N'Guessan", "a\tb"])
def test_what_people_write_passes(text: str) -> None:
    assert not has_forbidden(text)


def test_tidy_composes_and_drops_needless_blanks() -> None:
    assert tidy("  E\u0301lodie \u00a0 \t YAO ") == "Élodie YAO"
    assert tidy("one\n\ntwo") == "one\n\ntwo"


def test_tidy_keeps_the_spaces_that_french_sets_at_its_marks() -> None:
    said = "Atelier\u202f: «\u00a0réseaux\u00a0» et données\u202f?"
    assert tidy(said) == said
    assert tidy("Abebe\u00a0Bikila") == "Abebe Bikila", "elsewhere they are blanks like others"
    assert tidy("Atelier \u202f: un") == "Atelier : un"


@pytest.mark.parametrize(
    ("text", "found_by"),
    [
        ("Élodie", "ELODIE"),
        ("İstanbul", "istanbul"),
        ("Işık", "isik"),
        ("Łukasz Møller", "lukasz moller"),
        ("Straße", "STRASSE"),
        ("Þór", "thor"),
        ("ＡＢＣ", "abc"),
        ("Нгуен", "нгуен"),
        ("N'Guessan", "n guessan"),
    ],
)
def test_fold_makes_one_of_what_people_type_differently(text: str, found_by: str) -> None:
    assert fold(text) == fold(found_by)


def test_words_of_two_characters_are_found_in_chinese() -> None:
    pieces = searchable(["端木书问", None, "Ministry"]).split()
    assert {"端木", "木书", "书问", "ministry"} <= set(pieces)
    assert grams("abc") == "abc", "Latin words stay whole"
    assert grams("") == ""


def test_refs_are_random_and_hard_to_mistake() -> None:
    refs = {ids.new_ref() for _ in range(2000)}
    assert len(refs) == 2000
    assert all(re.fullmatch(r"[2-9B-DF-HJ-NP-TV-Z]{10}", ref) for ref in refs)
    assert len(ids.digest("x")) == 64
