"""Entities in the database: loading, finding, ordering, adding."""

import gzip
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, DomainError, Invalid, NotFound
from eventhub.entities import queries, rules, services
from eventhub.entities.models import Entity, EntityGroup, GroupMembership, RankLevel
from eventhub.i18n import use


def count(model: type[Entity | EntityGroup | GroupMembership | RankLevel]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def add(name: str, kind: str = "ngo", code: str | None = None) -> Entity:
    with transaction():
        return services.add_organization({"en": name}, kind=kind, code=code, actor=SYSTEM)


def test_loading_takes_few_statements(empty: Flask, statements: list[str]) -> None:
    with transaction():
        changed = services.load_reference(actor=SYSTEM)
    assert changed == count(Entity) + count(EntityGroup) + count(RankLevel) + count(GroupMembership)
    assert len(statements) < 25
    assert count(Entity) > 235
    assert count(RankLevel) == 12


def test_loading_again_changes_nothing(loaded: Flask, statements: list[str]) -> None:
    before = queries.get_entity("ZMB").changed_at
    with transaction():
        assert services.load_reference(actor=SYSTEM) == 0
    assert not [sent for sent in statements if sent.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert queries.get_entity("ZMB").changed_at == before


def test_loading_puts_right_what_differs(loaded: Flask) -> None:
    with transaction():
        zambia = queries.get_entity("ZMB")
        zambia.names = zambia.names.with_text("en", "Northern Rhodesia")
        stray = queries.get_entity("CHN")
        group = db.session.scalars(select(EntityGroup).filter_by(code="ldc")).one()
        db.session.add(GroupMembership(group_id=group.id, entity_id=stray.id))
    with transaction():
        assert services.load_reference(actor=SYSTEM) == 2
    assert queries.get_entity("ZMB").name("en") == "Zambia"
    assert stray.id not in queries.members_at("ldc", date(2024, 4, 2))


def test_loading_leaves_own_entries_and_groups_alone(empty: Flask) -> None:
    own = add("Invented Training Unit", code="ITU")
    with transaction():
        friends = EntityGroup(code="friends", names={"en": "Group of Friends"})
        db.session.add(friends)
        db.session.flush()
        db.session.add(GroupMembership(group_id=friends.id, entity_id=own.id))
    with transaction():
        services.load_reference(actor=SYSTEM)
    assert queries.get_entity("ITU").name("en") == "Invented Training Unit"
    assert queries.members_at("friends", date(2024, 4, 2)) == {own.id}


def test_r2_3_entities_come_in_the_order_of_the_language(loaded: Flask) -> None:
    english = [entity.code for entity in queries.entities_in_order("en")]
    assert english[:3] == ["AFG", "ALB", "DZA"]
    assert english[192:196] == ["ZWE", "VAT", "PSE", "EU"]
    french = [e.code for e in queries.entities_in_order("fr", {rules.Kind.MEMBER_STATE})]
    assert french[:3] == ["AFG", "ZAF", "ALB"]
    assert len(french) == 193


def test_r2_1_names_are_said_in_the_readers_language(loaded: Flask) -> None:
    turkey = queries.get_entity("TUR")
    assert turkey.name("ru") == "Турция"
    assert turkey.name("pt") == "Türkiye"
    with use("zh"):
        assert turkey.name() == "土耳其"


def test_unknown_code_is_not_found(loaded: Flask) -> None:
    with pytest.raises(NotFound):
        queries.get_entity("XYZ")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Ivory Coast", "CIV"),
        ("COTE D'IVOIRE", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("Turkey", "TUR"),
        ("turkiye", "TUR"),
        ("Tanzania", "TZA"),
        ("South Korea", "KOR"),
        ("韩国", "KOR"),
        ("Bolivia", "BOL"),
        ("  congo  ", "COG"),
        ("Congo-Kinshasa", "COD"),
        ("Россия", "RUS"),
        ("zmb", "ZMB"),
        ("OMS", "WHO"),
        ("Union internationale des télécommunications", "ITU"),
        ("الصين", "CHN"),
    ],
)
def test_finds_by_any_name_people_type(loaded: Flask, typed: str, code: str) -> None:
    found = queries.find_by_name(typed)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("typed", ["", "Ruritania", "%", "Guine", "\n"])
def test_finds_nothing_by_a_name_nobody_bears(loaded: Flask, typed: str) -> None:
    assert queries.find_by_name(typed) is None


def test_many_names_are_found_in_two_queries(loaded: Flask, statements: list[str]) -> None:
    found = queries.find_by_names(["Zambia", "Zambie", "Nowhere", "Brésil"])
    assert {text: entity.code for text, entity in found.items()} == {
        "Zambia": "ZMB",
        "Zambie": "ZMB",
        "Brésil": "BRA",
    }
    assert len([sent for sent in statements if sent.startswith("SELECT")]) == 2


def test_search_holds_every_word_and_ranks_beginnings_first(loaded: Flask) -> None:
    def codes(text: str, limit: int = 20) -> list[str]:
        return [entity.code for entity in queries.search_entities(text, "en", limit)]

    assert codes("guinea") == ["GIN", "GNB", "GNQ", "PNG"]
    assert codes("republic korea") == ["PRK", "KOR"]
    assert codes("坦桑") == ["TZA"]
    assert codes("guinea", 2) == ["GIN", "GNB"]
    assert codes("   ") == []
    assert codes("%") == []
    assert codes("a_b") == []


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Republic of Zambia", "ZMB"),
        ("Permanent Mission of Kenya to the United Nations", "KEN"),
        ("the Democratic Republic of the Congo (Kinshasa)", "COD"),
        ("Republic of Guinea-Bissau", "GNB"),
        ("République du Sénégal", "SEN"),
        ("中国常驻联合国代表团", "CHN"),
        ("Nigeira", "NGA"),
        ("Kazakstan", "KAZ"),
    ],
)
def test_formal_and_misspelt_names_propose_who_is_meant(
    loaded: Flask, typed: str, first: str
) -> None:
    assert queries.find_by_name(typed) is None
    assert queries.similar_entities(typed, "en", 6)[0].code == first


@pytest.mark.parametrize("typed", ["Quill & Harrow Weekly", "", "%", "Romance Institute"])
def test_names_unlike_any_other_propose_nobody(loaded: Flask, typed: str) -> None:
    assert queries.similar_entities(typed, "en") == []


def test_r6_3_members_of_a_group_on_a_day(loaded: Flask, statements: list[str]) -> None:
    members = queries.members_at("ldc", date(2024, 4, 2))
    assert len(statements) == 2  # BEGIN and one query
    assert len(members) == 45
    assert len(queries.members_at("ldc", date(2024, 12, 13))) == 44
    assert len(queries.members_at("au", date(2024, 4, 2))) == 54
    assert queries.members_at("none", date(2024, 4, 2)) == frozenset()


def test_names_of_many_take_one_query(loaded: Flask, statements: list[str]) -> None:
    ids = [queries.get_entity(code).id for code in ("FRA", "ITU")]
    statements.clear()
    assert list(queries.names_of(ids, "es").values()) == [
        "Francia",
        "Unión Internacional de Telecomunicaciones",
    ]
    assert len(statements) == 1
    assert queries.names_of([], "es") == {}


def test_choices_cost_one_query(loaded: Flask, statements: list[str]) -> None:
    for expected in ("first", "again"):
        statements.clear()
        groups = queries.choices("en")
        selects = [sent for sent in statements if sent.startswith("SELECT")]
        assert len(selects) == 1, expected
    assert list(groups) == ["Member States", "Observer States", "Organizations"]
    assert groups["Member States"][0] == ("AFG", "Afghanistan")
    assert len(groups["Member States"]) == 193


@pytest.mark.parametrize("language", ["ar", "en", "fr", "ru", "zh"])
def test_choices_fit_a_slow_link(loaded: Flask, language: str) -> None:
    groups = queries.choices(language)
    html = "".join(
        f'<option value="{code}">{name}</option>' for part in groups.values() for code, name in part
    )
    assert html.count("<option") == count(Entity)
    assert len(gzip.compress(html.encode())) < 6000


def test_choices_follow_changes_and_cannot_be_spoilt(loaded: Flask) -> None:
    queries.choices("fr").clear()
    assert len(queries.choices("fr")) == 3
    add("Open Skills Network")
    organizations = list(queries.choices("fr").values())[-1]
    assert ("OSN", "Open Skills Network") in organizations


def test_choices_of_an_empty_table_are_empty(empty: Flask) -> None:
    assert queries.choices("en") == {}


def test_an_own_organization_is_found_and_takes_its_place(loaded: Flask) -> None:
    with transaction():
        entity = services.add_organization(
            {"en": "  Coastal  University of Technology ", "zh": "滨海理工大学"},
            kind="academia",
            aliases=["CoastTech"],
            actor=SYSTEM,
        )
    assert (entity.code, entity.is_reference) == ("CUT", False)
    assert entity.name("en") == "Coastal University of Technology"
    assert entity.name("fr") == "Coastal University of Technology"
    assert queries.find_by_name("coasttech") == entity
    assert queries.search_entities("滨海", "zh") == [entity]
    ordered = [found.code for found in queries.entities_in_order("en")]
    assert ordered[-4:] == ["CUT", "IPU", "ICRC", "IFRC"]


def test_codes_made_from_initials_are_free(loaded: Flask) -> None:
    assert add("Invented Television Union", "press").code == "ITU-2"
    assert add("Invented Telephone Union", "press").code == "ITU-3"
    assert add("滨海").code == "ORG"


@pytest.mark.parametrize(
    ("name", "kind", "code", "error", "field"),
    [
        (" ", "ngo", None, Invalid, "name"),
        ("...", "ngo", None, Invalid, "name"),
        ("x" * 251, "ngo", None, Invalid, "name"),
        ("A\x00B", "ngo", None, Invalid, "name"),
        ("Turkey", "ngo", None, Conflict, "name"),
        ("World Health Organisation mondiale de la santé", "club", None, Invalid, "kind"),
        ("A new State", "member_state", None, Invalid, "kind"),
        ("A network", "ngo", "a b", Invalid, "code"),
        ("A network", "ngo", "itu", Conflict, "code"),
    ],
)
def test_refuses_bad_organizations_by_their_field(
    loaded: Flask, name: str, kind: str, code: str | None, error: type[DomainError], field: str
) -> None:
    before = count(Entity)
    db.session.rollback()
    with pytest.raises(error) as refused:
        add(name, kind, code)
    assert refused.value.field == field
    assert refused.value.message
    assert count(Entity) == before


def test_region_and_block_names(loaded: Flask) -> None:
    assert queries.region_name("014", "fr") == "Afrique orientale"
    assert queries.region_name("GRULAC", "en") == "Latin American and Caribbean States"
    assert queries.block_title(rules.Block.MEMBER_STATES) == "Member States"
    assert set(queries.BLOCK_TITLES) == set(rules.Block)


def test_groups_and_rank_levels_are_listed(loaded: Flask) -> None:
    assert [group.code for group in queries.groups()] == ["au", "ldc"]
    levels = queries.rank_levels()
    assert levels[0].name("fr") == "Chef d'État"
    assert [level.level for level in levels] == sorted(level.level for level in levels)
