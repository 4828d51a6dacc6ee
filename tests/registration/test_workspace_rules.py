"""Order inside a delegation, pasted lists, whose photo a file is, what is missing."""

import pytest

from eventhub.registration.rules.delegation_order import Placed, in_delegation_order, moved
from eventhub.registration.rules.missing import Missing, what_is_missing
from eventhub.registration.rules.pasted import MOST_ROWS, guess_rows, split_name
from eventhub.registration.rules.photo_names import Known, whose

CATEGORIES = {"head of delegation": "HOD", "delegate": "DEL", "cheffe de delegation": "HOD"}


def placed(person: int, category: str, **given: object) -> Placed:
    return Placed(person, category, {"PRESS": 9, "SEC": 5}.get(category, 0), **given)  # type: ignore[arg-type]


def ids(people: list[Placed]) -> list[int]:
    return [one.id for one in in_delegation_order(people)]


def test_r2_9_head_deputy_delegates_alternates_advisers_then_others() -> None:
    codes = ("PRESS", "ADV", "ALT", "DEL", "SEC", "DHOD", "HOD")
    assert ids([placed(n, code) for n, code in enumerate(codes)]) == [6, 5, 3, 2, 1, 4, 0]


def test_r2_9_inside_a_role_the_number_then_the_rank_then_the_name() -> None:
    people = [
        placed(1, "DEL", name=("zulu", "")),
        placed(2, "DEL", name=("banda", "")),
        placed(3, "DEL", rank=2, name=("zulu", "")),
        placed(4, "DEL", number=1, name=("zzz", "")),
    ]
    assert ids(people) == [4, 3, 2, 1]


def test_r2_9_an_explicit_order_is_never_sorted_anew() -> None:
    people = [placed(n, "DEL", name=(name, "")) for n, name in enumerate("abc")]
    numbers = moved(people, 2, -1)
    assert numbers == {0: 1, 2: 2, 1: 3}
    kept = [placed(n, "DEL", number=numbers[n], name=("x", "")) for n in (0, 1, 2)]
    assert ids([*kept, placed(9, "DEL", rank=1, name=("a", ""))]) == [0, 2, 1, 9]


def test_a_person_at_the_end_of_the_role_stays_there() -> None:
    people = [placed(1, "HOD"), placed(2, "DEL"), placed(3, "DEL")]
    assert moved(people, 2, -1) == {}
    assert moved(people, 3, 1) == {}
    assert moved(people, 7, 1) == {}


@pytest.mark.parametrize(
    ("text", "family", "given", "honorific", "sure"),
    [
        ("Ms. Mary BANDA", "BANDA", "Mary", "Ms.", True),
        ("H.E. Mr. Joseph PHIRI", "PHIRI", "Joseph", "H.E. Mr.", True),
        ("BANDA, Mary", "BANDA", "Mary", "", True),
        ("Ahmed EL SAYED", "EL SAYED", "Ahmed", "", True),
        ("S.E. Mme Aya KOUASSI", "KOUASSI", "Aya", "S.E. Mme", True),
        ("Suharto", "Suharto", "", "", True),
        ("Mary Jane Banda", "", "Mary Jane Banda", "", False),
        ("王小明", "王小明", "", "", True),
    ],
)
def test_r1_29_a_name_is_told_apart_by_its_capitals_never_at_blanks(
    text: str, family: str, given: str, honorific: str, sure: bool
) -> None:
    parts, is_sure = split_name(text)
    assert parts.get("family_name", "") == family
    assert parts.get("given_names", "") == given
    assert parts.get("honorific", "") == honorific
    assert is_sure == sure


def test_a_numbered_list_from_a_message() -> None:
    text = "1. Ms. Mary BANDA, Director, mary@example.org\n\n2) Mr. Joseph PHIRI, Counsellor\n"
    first, second = guess_rows(text, CATEGORIES)
    assert first.values == {
        "honorific": "Ms.", "given_names": "Mary", "family_name": "BANDA",
        "functional_title": "Director", "email": "mary@example.org",
    }  # fmt: skip
    assert second.values["functional_title"] == "Counsellor"


def test_rows_from_excel_with_titles_of_columns_in_french() -> None:
    text = "Nom\tPrénom\tFonction\tCourriel\tQualité\nKOUASSI\tAya\tMinistre\ta@x.ci\tDélégué\n"
    (row,) = guess_rows(text, {**CATEGORIES, "delegue": "DEL"})
    assert row.values == {
        "family_name": "KOUASSI", "given_names": "Aya", "functional_title": "Ministre",
        "email": "a@x.ci", "category": "DEL",
    }  # fmt: skip


def test_semicolons_and_two_columns_of_names() -> None:
    text = "BANDA; Mary; Director; Ministry of ICT; mary@x.zm; +260 211 123456"
    (row,) = guess_rows(text, CATEGORIES)
    assert row.values["family_name"] == "BANDA"
    assert row.values["given_names"] == "Mary"
    assert row.values["organisation"] == "Ministry of ICT"
    assert row.values["phone"] == "+260 211 123456"


@pytest.mark.parametrize("number", ["No.", "", "#", "N°"])
def test_a_column_of_numbers_is_passed_over_with_or_without_its_title(number: str) -> None:
    rows = "1\tMary BANDA\tDirector\n2.\tRuth ZULU\tCounsellor\n"
    for text in (f"{number}\tName\tTitle\n{rows}", rows):
        found = [row.values for row in guess_rows(text, CATEGORIES)]
        assert [one["family_name"] for one in found] == ["BANDA", "ZULU"]
        assert [one["functional_title"] for one in found] == ["Director", "Counsellor"]


def test_a_category_that_is_not_known_is_doubtful() -> None:
    (row,) = guess_rows("Name\tRole\nMary BANDA\tWizard\n", CATEGORIES)
    assert "category" in row.doubts


def test_bounded_whatever_is_pasted() -> None:
    assert guess_rows("", CATEGORIES) == []
    assert guess_rows("\n\t\n  \n", CATEGORIES) == []
    assert len(guess_rows("Mary BANDA\n" * 5000, CATEGORIES)) == MOST_ROWS


PEOPLE = [
    Known(1, ("Banda", "Mary"), 7, "AAAAAAAAAA"),
    Known(2, ("Banda", "Joseph"), 8, "BBBBBBBBBB"),
    Known(3, ("Suharto", ""), 9, "CCCCCCCCCC"),
    Known(4, ("N'Guessan", "Aya"), 10, "DDDDDDDDDD"),
]


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("banda_mary.jpg", 1),
        ("Joseph BANDA (passport).png", 2),
        ("banda.jpg", None),
        ("suharto.jpeg", 3),
        ("ZMB-07.jpg", 1),
        ("zmb_8.jpg", 2),
        ("07.jpg", 1),
        ("CCCCCCCCCC.jpg", 3),
        ("N_Guessan Aya.jpg", 4),
        ("IMG_2231.jpg", None),
        ("99.jpg", None),
        ("C:\\photos\\mary banda.jpg", 1),
    ],
)
def test_a_photo_is_matched_by_reference_or_name_or_not_at_all(
    name: str, person: int | None
) -> None:
    assert whose(name, PEOPLE, code="ZMB") == person


def test_what_is_missing_is_told_by_urgency_and_of_nobody_who_has_ended() -> None:
    asked = ("photo", "consents", "functional_title", "email")
    given = {"asked": asked, "photo": None, "photo_waived": False, "has_consents": False}
    assert what_is_missing(state="returned", **given) == [  # type: ignore[arg-type]
        Missing.CORRECTION, Missing.PHOTO, Missing.CONSENT, Missing.POST, Missing.EMAIL,
    ]  # fmt: skip
    assert what_is_missing(state="withdrawn", **given) == []  # type: ignore[arg-type]
    waived = {**given, "photo_waived": True, "has_consents": True}
    assert what_is_missing(state="nominated", email="a@b.c", post="x", **waived) == []  # type: ignore[arg-type]


def test_each_line_of_a_mixed_list_has_its_own_separator() -> None:
    text = (
        "Ms Mary BANDA\tDirector\tmary@example.org\n"
        "Mr Joseph PHIRI, Programme officer, joseph@example.org\n"
        "Ms Ruth ZULU, Counsellor, ruth@example.org\n"
    )
    found = guess_rows(text, CATEGORIES)
    assert [row.values["family_name"] for row in found] == ["BANDA", "PHIRI", "ZULU"]
    assert [row.values["given_names"] for row in found] == ["Mary", "Joseph", "Ruth"]
    assert found[1].values["functional_title"] == "Programme officer"
    assert [list(row.doubts) for row in found] == [[], [], []]


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [("PHIRI, Joseph", True), ("Joseph PHIRI, Programme officer", False),
     ("Joseph PHIRI, Lusaka, Zambia", False), ("Mary Banda, Directrice générale", False)],
)  # fmt: skip
def test_a_post_after_a_comma_is_no_sure_given_name(text: str, is_sure: bool) -> None:
    assert split_name(text)[1] is is_sure
