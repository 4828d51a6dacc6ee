"""Names as their owners write them."""

from typing import Any

import pytest

from eventhub.registration.rules import Name, capitals, name_key
from tests.registration.world import PEOPLE

PRINTED = {
    "P001": "H.E. Ms. Chileshe Mwila NAMAKANDO-TEMBO",
    "P002": "H.E. Mr. OUHAI Zheran",
    "P003": "S.E. Mme Aya Béatrice N'GUESSAN-KOFFI",
    "P004": "H.E. Mr. Tewodros Alemayehu Gebrekidan",
    "P005": "H.E. Ms. Sriwahyuni",
    "P006": "H.E. Mr. João Otávio DOS SANTOS FIGUEIREDO",
    "P008": "Élodie DE LA FONTENELLE",
    "P011": "İbrahim Ilgaz IŞIKÇI",
    "P012": "NGUYỄN HOÀNG Thị Bích Ngọc",
    "P013": "Ásdís ÞORSTEINSDÓTTIR",
    "P014": "SZŐLŐSI Gergő",
    "P015": "U Thiha Naung",
}


def name(person: dict[str, Any]) -> Name:
    keys = ("family_name", "given_names", "honorific", "name_order", "name_local", "language")
    given = {key: person.get(key, "") for key in keys}
    return Name(**given, name_local_language=person.get("local_language", ""))


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person["id"])
def test_r1_29_every_difficult_name_is_a_name(person: dict[str, Any]) -> None:
    made = name(person)
    assert made.is_there
    assert made.printed()
    for part in (person["given_names"], person["honorific"]):
        assert part in made.printed(), "nothing of it is changed"
    first, second = made.lines
    assert first
    assert bool(second) == bool(person["family_name"] and person["given_names"])


@pytest.mark.parametrize(("ident", "printed"), PRINTED.items())
def test_r2_11_capitals_and_order_are_the_owners(ident: str, printed: str) -> None:
    person = next(one for one in PEOPLE if one["id"] == ident)
    honorific = person["honorific"]
    wanted = printed if printed.startswith(honorific) else f"{honorific} {printed}"
    assert name(person).printed() == wanted


@pytest.mark.parametrize(
    ("text", "language", "capital"),
    [
        ("Işıkçı", "en", "IŞIKÇI"),
        ("yiğit", "", "YİĞİT"),
        ("Yildirim", "tr", "YİLDİRİM"),
        ("Yildirim", "en", "YILDIRIM"),
        ("Élodie", "fr", "ÉLODIE"),
        ("Strauß", "de", "STRAUẞ"),
        ("Παπαδόπουλος", "el", "ΠΑΠΑΔΟΠΟΥΛΟΣ"),
        ("Müller-Lüdenscheidt", "de", "MÜLLER-LÜDENSCHEIDT"),
        ("ngu\u0302ye\u0303n", "vi", "NGÛYẼN"),
        ("欧海", "zh", "欧海"),
        ("الشربيني", "ar", "الشربيني"),
    ],
)
def test_r2_11_capitals_by_language(text: str, language: str, capital: str) -> None:
    assert capitals(text, language) == capital


def test_r2_11_the_sharp_s_by_setting_and_stored_capitals_first() -> None:
    assert capitals("Strauß", "de", sharp_s="SS") == "STRAUSS"
    stored = Name(family_name="van der Berg", given_names="Jan", display_caps="van der BERG")
    assert stored.printed() == "Jan van der BERG"


def test_r1_29_one_part_is_enough_and_no_part_is_none() -> None:
    assert Name(family_name="Sriwahyuni").printed() == "SRIWAHYUNI"
    assert Name(given_names="Sriwahyuni").printed() == "Sriwahyuni"
    assert Name(given_names="Sriwahyuni").lines == ("Sriwahyuni", "")
    assert not Name(honorific="Ms.").is_there


def test_r1_29_a_display_name_stands_as_it_is() -> None:
    shown = Name(family_name="de la Fontenelle", given_names="Élodie", display_name="Élodie dlF")
    assert shown.printed() == "Élodie dlF"
    assert shown.full == "Élodie dlF"


def test_r2_17_in_the_own_script_the_form_of_address_follows() -> None:
    minister = Name(
        family_name="Ouhai",
        given_names="Zheran",
        honorific="阁下",
        name_order="family_first",
        name_local="欧海哲然",
        name_local_language="zh",
    )
    assert minister.printed("zh") == "欧海哲然阁下"
    assert minister.printed("en") == "OUHAI Zheran"
    assert Name(family_name="鹿", given_names="一宁", name_order="family_first").full == "鹿一宁"


def test_names_sort_by_family_name_and_single_names_by_what_there_is() -> None:
    names = [Name("Zulu", "Ruth"), Name("", "Sriwahyuni"), Name("Élan", "Aya"), Name("Banda", "J")]
    ordered = [one.family_name or one.given_names for one in sorted(names, key=name_key)]
    assert ordered == ["Banda", "Élan", "Sriwahyuni", "Zulu"]
