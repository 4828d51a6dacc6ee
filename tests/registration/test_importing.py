"""R1.32: people by spreadsheet, tried, carried out, undone."""

import pytest
from sqlalchemy import func, select

from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid, NotFound
from eventhub.core.text import fold
from eventhub.files.models import StoredFile
from eventhub.i18n import Translated, use
from eventhub.protocol.services import add_extra, place_entity
from eventhub.questionnaires.queries import answers_of
from eventhub.questionnaires.services import make_ready
from eventhub.registration import services
from eventhub.registration.forms.sheet_fields import fields_of
from eventhub.registration.models import Consent, Decision
from eventhub.registration.queries import setup_of
from eventhub.registration.queries.imports import get_import
from eventhub.registration.rules import FIELDS
from eventhub.registration.rules.heading_words import HEADINGS
from eventhub.registration.rules.importing import digest_of, tally
from tests.factories import make_category
from tests.registration.factories import (
    STAFF,
    accredited,
    mails,
    make_pool,
    nominated,
)
from tests.registration.sheets import HEADS, SEVEN, Desk, rows_of


def test_r1_32_scenario_1_one_row_wrong_then_seven_and_the_eighth_refused(desk):
    make_pool(
        desk.event, "per", scope="per_delegation", categories=["DEL"], seats=7, when_full="refuse"
    )
    word = "DEL"
    rows = rows_of(*SEVEN, category=word)
    rows[3][1] = "Minister of everything"
    assert tally(desk.plan(rows)) == {
        "created": 6, "updated": 0, "asked": 0, "unchanged": 0, "faulty": 1,
    }  # fmt: skip
    ((number, field, sentence),) = desk.faults(rows)
    assert (number, field, desk.columns[field]) == (5, "category_id", 1)  # B5
    assert "Write one of these" in sentence
    with pytest.raises(Conflict):
        desk.apply(rows)
    assert desk.people() == []
    desk.apply(rows, only_good=True)
    assert len(desk.people()) == 6
    rows[3][1] = word
    desk.apply(rows)
    assert [one.family_name for one in desk.people()][-1] == "Mwale"
    assert [one.number for one in desk.people()] == [1, 2, 3, 4, 5, 6, 7]
    eighth = rows_of(("Ben", "Chola"), category=word)
    assert "delegation is full" in desk.faults(eighth)[0][2]
    with pytest.raises(Conflict):
        desk.apply(eighth, only_good=True)
    assert len(desk.people()) == 7


def test_r1_2_every_row_has_its_decisions(desk):
    desk.apply(rows_of(*SEVEN, category="DEL"))
    query = select(Decision.from_state, Decision.to_state, func.count()).group_by(
        Decision.from_state, Decision.to_state
    )
    assert set(db.session.execute(query).all()) == {
        ("", "draft", 7), ("draft", "submitted", 7), ("submitted", "nominated", 7),
    }  # fmt: skip
    assert {one.state for one in desk.people()} == {"nominated"}
    assert {one.source for one in desk.people()} == {"focal_point"}


def test_r1_8_seats_are_counted_row_by_row(desk):
    make_pool(desk.event, "per", scope="per_delegation", categories=["DEL"], seats=2)
    rows = rows_of(*SEVEN[:4], category="DEL")
    assert desk.outcomes(rows) == ["created", "created", "faulty", "faulty"]


def test_r1_32_same_file_twice_changes_nothing(desk):
    rows = rows_of(*SEVEN, category="DEL")
    desk.apply(rows)
    assert desk.outcomes(rows) == ["unchanged"] * 7
    with pytest.raises(Conflict):
        desk.apply(rows)
    assert len(desk.people()) == 7


def test_r1_32_one_import_is_carried_out_once(desk):
    rows = rows_of(*SEVEN[:1], category="DEL")
    kept, lines, seen = desk.keep(), desk.lines(rows), digest_of(desk.plan(rows))
    how = {"delegation": desk.delegation, "only_good": False, "is_informed": True, "seen": seen,
           "text_version": 1, "actor": desk.actor}  # fmt: skip
    with transaction():
        services.apply_import(kept, lines, **how)
    with pytest.raises(Conflict, match="imported already"), transaction():
        services.apply_import(kept, lines, **how)
    assert len(desk.people()) == 1


def test_r1_36_one_file_for_all_delegations_is_seen_by_who_sent_it_alone(desk):
    mine, other = (Desk(desk.world, STAFF, of_all=True) for _staff in range(2))
    kept = mine.keep()
    where = desk.event.id, kept.ref, None
    assert get_import(*where, mine.actor.id).id == kept.id
    with pytest.raises(NotFound):
        get_import(*where, other.actor.id)


def test_r1_32_reference_tells_whom_a_row_changes(desk):
    desk.apply(rows_of(*SEVEN[:2], category="DEL"))
    row = ["ZMB-02", "", "Phiri-Banda", "", "Minister", "j@example.org"]
    (planned,) = desk.plan([row])
    assert planned.outcome == "updated"
    assert set(planned.changes) == {"family_name", "functional_title", "email"}
    desk.apply([row])
    second = desk.people()[1]
    assert (second.family_name, second.given_names, second.email) == (
        "Phiri-Banda", "John", "j@example.org",
    )  # fmt: skip
    assert "phiri banda" in second.search


def test_r1_32_empty_cell_leaves_and_a_hyphen_empties(desk):
    desk.apply([["", "DEL", "Banda", "Mary", "Director", "m@example.org"]])
    desk.apply([["ZMB-01", "", "", "", "-", ""]])
    row = desk.people()[0]
    assert (row.functional_title, row.email) == ("", "m@example.org")


def test_r1_4_what_an_accredited_person_shows_waits_for_an_officer(desk):
    (row,) = accredited(desk.event, desk.world.delegate, entity_id=desk.world.zambia.id)
    rows = [["ZMB-01", "", "Newname", "", "", ""]]
    assert desk.outcomes(rows) == ["asked"]
    desk.apply(rows)
    assert desk.people()[0].family_name == row.family_name != "Newname"
    staff = Desk(desk.world, STAFF)
    staff.apply([["ZMB-01", "", "Newname", "", "", ""]])
    assert desk.people()[0].family_name == "Newname"
    assert desk.people()[0].needs_new_badge


def test_r1_32_faults_are_told_by_cell_and_in_words(desk):
    rows = [
        ["", "", "Banda", "", "", ""],
        ["", "DEL", "", "", "Director", ""],
        ["", "DEL", "Phiri", "", "", "nobody"],
        ["XYZ-99", "DEL", "Zulu", "", "", ""],
        ["", "DEL", "Twin", "Ann", "", ""],
        ["", "DEL", "TWIN", "ann", "", ""],
        ["", "DEL", "x" * 300, "", "", ""],
    ]
    assert [(number, field) for number, field, _said in desk.faults(rows)] == [
        (3, "family_name"), (4, "email"), (5, "ref"), (7, "family_name"), (8, "family_name"),
    ]  # fmt: skip
    assert all(sentence.endswith((".", "it.")) or ":" in sentence or "@" in sentence
               for *_cell, sentence in desk.faults(rows))  # fmt: skip


def test_r1_32_renamed_and_reordered_columns_in_six_languages(desk):
    words = {}
    for language in ("ar", "zh", "en", "fr", "ru", "es"):
        with use(language):
            words[language] = {one.code: one.heading for one in desk.fields()}
    for said in words.values():
        heads = [said["email"], said["given_names"], said["family_name"], said["category_id"]]
        desk.lines([["", "", "", ""], ["a@b.org", "Mary", "Banda", "DEL"]], heads)
        assert desk.columns == {
            "email": 0, "given_names": 1, "family_name": 2, "category_id": 3,
        }  # fmt: skip


@pytest.mark.parametrize(
    ("heads", "codes"),
    [
        (["姓", "名", "职务", "工作单位", "电子邮箱", "手机号码", "性别", "类别"],
         ["family_name", "given_names", "functional_title", "organisation", "email", "phone",
          "gender", "category_id"]),
        (["Nom", "Prénoms", "Fonction", "Ministère", "Courriel", "Téléphone", "Sexe", "Qualité"],
         ["family_name", "given_names", "functional_title", "organisation", "email", "phone",
          "gender", "category_id"]),
        (["Apellidos", "Nombres", "Cargo", "Institución", "Correo electrónico", "Móvil"],
         ["family_name", "given_names", "functional_title", "organisation", "email", "phone"]),
        (["Фамилия", "Имя и отчество", "Должность", "Ведомство", "Эл. почта", "Телефон", "Пол"],
         ["family_name", "given_names", "functional_title", "organisation", "email", "phone",
          "gender"]),
        (["اسم العائلة", "الاسم الأول", "المنصب", "الجهة", "البريد الإلكتروني", "الهاتف", "الجنس"],
         ["family_name", "given_names", "functional_title", "organisation", "email", "phone",
          "gender"]),
        (["Apelido", "Nomes próprios", "Função", "Instituição", "Correio eletrónico", "Telemóvel"],
         ["family_name", "given_names", "functional_title", "organisation", "email", "phone"]),
        (["Surname", "First name", "Job title", "Institution", "E-mail", "Mobile", "Sex", "Role"],
         ["family_name", "given_names", "functional_title", "organisation", "email", "phone",
          "gender", "category_id"]),
    ],
)  # fmt: skip
def test_r1_32_headings_of_ministries_own_lists_are_understood(desk, heads, codes):
    desk.lines([["x"] * len(heads)], heads)
    assert [next((c for c, at in desk.columns.items() if at == n), "") for n in range(len(heads))] \
        == codes  # fmt: skip


def test_r1_32_no_heading_means_two_fields(desk):
    words = [(fold(word), code) for code, some in HEADINGS.items() for word in some]
    assert len(dict(words)) == len(set(words))
    known = {one.code for one in fields_of(desk.event, categories=[], asked=[], with_entity=True)}
    assert {one for one in known if not one.startswith("consent_")} <= {
        "category_id" if one == "category" else one for one in HEADINGS
    }


def test_r1_3_something_changed_meanwhile_is_not_overwritten(desk):
    desk.apply(rows_of(*SEVEN[:1], category="DEL"))
    change = [["ZMB-01", "", "", "", "Minister", ""]]
    seen = digest_of(desk.plan(change))
    row = desk.people()[0]
    with transaction():
        services.edit(
            desk.event.id, row.id, {"functional_title": "Envoy"}, version=row.version, actor=STAFF
        )
    with pytest.raises(Conflict):
        desk.apply(change, seen=seen)
    assert desk.people()[0].functional_title == "Envoy"


def test_r7_5_focal_point_declares_to_have_informed(desk):
    rows = rows_of(*SEVEN[:1], category="DEL")
    with pytest.raises(Invalid):
        desk.apply(rows, informed=False)
    assert desk.people() == []


def test_r7_5_answers_need_a_yes_and_are_enciphered(desk):
    with transaction():
        make_ready(desk.event.id, "forum")
    fields = {one.code: one for one in desk.fields()}
    diet = next(one for one in fields.values() if one.code.startswith("answer_") and one.is_many)
    heads = [*HEADS, diet.heading, fields["consent_needs"].heading,
             fields["consent_partners"].heading]  # fmt: skip
    row = ["", "DEL", "Banda", "Mary", "", "", diet.words[0], "", "No"]
    ((number, field, _sentence),) = desk.faults([row], heads)
    assert (number, field) == (2, "consent_needs")
    row[7] = "Yes"
    desk.apply([row], heads)
    person = desk.people()[0]
    assert list(answers_of(desk.event.id, person.id).values())
    kept = {(one.purpose, one.is_given, one.declared_by)
            for one in db.session.scalars(select(Consent))}  # fmt: skip
    assert kept == {("needs", True, "focal_point"), ("partners", False, "focal_point")}


def test_r1_32_focal_point_reaches_only_the_own_delegation(desk):
    (other,) = nominated(desk.event, desk.world.delegate, entity_id=desk.world.kenya.id)
    assert desk.faults([[other.ref, "", "Stolen", "", "", ""]])[0][1] == "ref"
    assert desk.faults([["KEN-01", "", "Stolen", "", "", ""]])[0][1] == "ref"


def test_r1_32_focal_point_imports_whom_it_vouches_for_and_nobody_else(desk):
    with transaction():
        desk.event.switches = ["delegations"]
    rows = rows_of(("Mary", "Banda"), category="PRESS")
    assert [field for _row, field, _sentence in desk.faults(rows)] == ["category_id"]
    assert desk.outcomes(rows_of(("Mary", "Banda"))) == ["created"]
    desk.apply(rows_of(("Mary", "Banda")))
    assert [field for _row, field, _sentence in desk.faults(rows)] == ["category_id"]


def test_r1_32_staff_import_any_delegation_by_name_or_code(desk):
    staff = Desk(desk.world, STAFF, of_all=True)
    heads = ["State or organization", "Ministry, office or organization", "Category",
             "Family name"]  # fmt: skip
    rows = [["Zambia", "", "DEL", "Banda"], ["KENYA", "", "DEL", "Otieno"],
            ["", "Farmers' Union", "PRESS", "Mary"], ["Atlantis", "", "DEL", "Nobody"],
            ["", "", "DEL", "Lost"]]  # fmt: skip
    assert staff.outcomes(rows, heads) == ["created"] * 3 + ["faulty"] * 2
    staff.apply(rows, heads, only_good=True)
    assert [one.entity_id for one in staff.people()] == [
        desk.world.zambia.id, desk.world.kenya.id, None,
    ]  # fmt: skip
    assert {one.source for one in staff.people()} == {"organiser"}


@pytest.mark.parametrize(("actor", "who"), [(None, "focal_point"), (STAFF, "organiser")])
def test_r7_5_a_consent_says_who_declared_it(desk, actor, who):
    heads = ["State or organization", "Category", "Family name",
             "Agrees to be photographed and filmed"]  # fmt: skip
    mine = Desk(desk.world, actor, of_all=actor is not None)
    mine.apply([["Zambia", "DEL", "Banda", "Yes"]], heads)
    assert {one.declared_by for one in db.session.scalars(select(Consent))} == {who}


def test_r2_1_entities_are_called_as_the_event_calls_them(desk):
    with transaction():
        extra = add_extra(
            desk.event, names={"en": "Sahel Republic (invented)"}, block="others", actor=SYSTEM
        )
        place_entity(desk.event, desk.world.zambia, names={"en": "Zambezia"}, actor=SYSTEM)
    staff = Desk(desk.world, STAFF, of_all=True)
    (column,) = (one for one in staff.fields() if one.code == "entity_id")
    assert set(column.words) == {"Kenya", "Sahel Republic (invented)", "Zambezia"}
    heads = ["State or organization", "Category", "Family name"]
    rows = [["ZAMBEZIA", "DEL", "Banda"], [extra.code, "DEL", "Sow"], ["Zambia", "DEL", "Zulu"],
            ["Sahel Republic (invented)", "DEL", "Ba"]]  # fmt: skip
    staff.apply(rows, heads)
    zambia = desk.world.zambia.id
    assert [one.entity_id for one in staff.people()] == [zambia, extra.id, zambia, extra.id]


def test_r1_32_every_field_of_the_form_has_its_column(desk):
    elsewhere = {"photo_id", "entity_id", "mode", "admission"}
    assert FIELDS - elsewhere == {one.code for one in desk.fields()} & FIELDS
    heads = [*HEADS, "Title in English", "In office since"]
    rows = [["", "DEL", "Banda", "Mary", "Ministre", "", "Minister", "2024-05-01"],
            ["", "DEL", "Zulu", "Ruth", "", "", "", "01/05/24"]]  # fmt: skip
    assert desk.faults(rows, heads) == [(3, "in_office_since", "Write the date like 1985-03-27.")]
    desk.apply(rows, heads, only_good=True)
    (kept,) = desk.people()
    assert (kept.title_en, str(kept.in_office_since)) == ("Minister", "2024-05-01")
    rows = [[kept.ref, "DEL", "", "", "", "", "", "-"]]
    desk.apply(rows, heads)
    assert desk.people()[0].in_office_since is None


def test_r1_32_undo_withdraws_whom_nobody_touched(desk):
    done = desk.apply(rows_of(*SEVEN[:3], category="DEL"))
    touched = desk.people()[1]
    with transaction():
        services.edit(
            desk.event.id, touched.id, {"phone": "1"}, version=touched.version, actor=STAFF
        )
    with transaction():
        ended = services.undo_import(done, actor=desk.actor)
    assert {one.family_name for one in ended} == {"Banda", "Zulu"}
    assert [one.state for one in desk.people()] == ["withdrawn", "nominated", "withdrawn"]
    last = db.session.scalars(select(Decision).order_by(Decision.id.desc())).first()
    assert (last.reason, "people.xlsx" in last.text) == ("other", True)
    with pytest.raises(Conflict), transaction():
        services.undo_import(done, actor=desk.actor)


def test_r1_31_people_are_told_by_mail_where_they_have_an_address(desk):
    desk.apply([["", "DEL", "Banda", "", "", "mission@example.org"],
                ["", "DEL", "Phiri", "", "", "mission@example.org"],
                ["", "DEL", "Zulu", "", "", ""]])  # fmt: skip
    assert [to for _message, to in mails(desk.event)] == ["mission@example.org"] * 2


def test_r1_32_statements_do_not_grow_with_rows(desk, statements):
    """Both fill one page of what is inserted at once (PostgreSQL: 50 rows)."""
    counts = []
    desk.apply(rows_of(*SEVEN, category="DEL"))
    for count in (10, 45):
        rows = [["", "DEL", f"Family{count}-{n}", "Given", "", f"a{n}@b.org"] for n in range(count)]
        statements.clear()
        seen = digest_of(desk.plan(rows))
        planned = len(statements)
        desk.apply(rows, seen=seen)
        counts.append((planned, len(statements)))
    assert counts[0] == counts[1]


def test_r1_32_files_are_forgotten_after_their_time(desk, noon):
    kept = desk.keep()
    with transaction():
        assert services.forget_files(desk.event.id, noon) == 0
        assert services.forget_files(desk.event.id, noon.replace(year=noon.year + 1)) == 1
    assert kept.file_id is None
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 0


def test_r1_32_all_that_is_wrong_in_a_row_is_told_at_once(desk):
    make_category(desk.event, "ALT", names=Translated(en="Alternate"))
    desk.setup = setup_of(desk.event.id)
    rows = [["", "", "Phiri", "", "", "nobody"], ["", "Nonsense", "", "", "", "nobody"]]
    assert [(number, field) for number, field, _said in desk.faults(rows)] == [
        (2, "email"), (2, "category_id"), (3, "category_id"), (3, "email"), (3, "family_name"),
    ]  # fmt: skip


def test_r1_32_the_only_category_need_not_be_named(desk):
    assert desk.outcomes([["", "", "Banda", "Mary", "", ""]]) == ["created"]
    desk.apply([["", "", "Banda", "Mary", "", ""]])
    assert [one.category_id for one in desk.people()] == [desk.world.delegate.id]
    assert desk.outcomes([["", "Nonsense", "Zulu", "Ruth", "", ""]]) == ["faulty"]


def test_r1_32_only_categories_are_offered_in_which_one_may_enter(desk):
    make_category(desk.event, "NGO", names=Translated(en="Civil society"))
    make_category(desk.event, "IGO", names=Translated(en="International organization"))
    setup = setup_of(desk.event.id)
    on = [one for one in setup.categories.values() if one.is_on]
    offered = {one.id for one in setup.of_focal_points("member_state")}
    fields = fields_of(desk.event, categories=on, asked=[], with_entity=False, offered=offered)
    category = next(one for one in fields if one.code == "category_id")
    assert category.words == ("Delegate (DEL)",)
    press = next(one for one in on if one.code == "PRESS")
    assert category.said(press.id)
    assert [one.code for one in setup.of_focal_points("ngo")] == ["DEL", "NGO", "IGO"]
    assert [one.code for one in setup.of_focal_points("igo")] == ["DEL", "IGO"]
