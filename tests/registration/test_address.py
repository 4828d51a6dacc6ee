"""Forms of address and titles, by the rules' numbers."""

import pytest

from eventhub.core.db import db, transaction
from eventhub.delegations.models import Delegation
from eventhub.entities.models import RankLevel
from eventhub.i18n import Translated
from eventhub.registration import messages
from eventhub.registration.models import Registration
from eventhub.registration.queries import titled_name
from eventhub.registration.rules import Name, propose_honorific, propose_salutation, title_in
from tests.browser import Browser
from tests.factories import give, keep, make_account
from tests.registration.factories import accredited, sent
from tests.registration.world import World

HEAD_OF_STATE, MINISTER, AMBASSADOR, CHARGE, EXPERT = 10, 30, 50, 55, 80


@pytest.mark.parametrize(
    ("level", "gender", "language", "expected"),
    [
        (HEAD_OF_STATE, "woman", "en", "H.E. Ms."),
        (MINISTER, "man", "en", "H.E. Mr."),
        (AMBASSADOR, "undisclosed", "en", "H.E."),
        (AMBASSADOR, "another", "fr", "S.E."),
        (MINISTER, "woman", "fr", "S.E. Mme"),
        (MINISTER, "man", "fr", "S.E. M."),
        (CHARGE, "man", "en", "Mr."),
        (EXPERT, "woman", "es", "Sra."),
        (EXPERT, "undisclosed", "en", ""),
        (None, "undisclosed", "zh", ""),
        (MINISTER, "undisclosed", "zh", "阁下"),
        (EXPERT, "man", "zh", "先生"),
        (EXPERT, "woman", "zh", "女士"),
        (AMBASSADOR, "man", "ru", "Е. П. г-н"),
        (MINISTER, "woman", "ar", "معالي السيدة"),
        (AMBASSADOR, "man", "ar", "سعادة السيد"),
    ],
)
def test_r2_17_honorific_is_proposed_by_rank_and_disclosed_gender(
    level: int | None, gender: str, language: str, expected: str
) -> None:
    assert propose_honorific(level, gender, language) == expected


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt", "ru", "zh", "ar"])
@pytest.mark.parametrize("level", [MINISTER, EXPERT])
def test_r2_17_undisclosed_gender_gets_no_gendered_form(language: str, level: int) -> None:
    forms = {g: propose_honorific(level, g, language) for g in ("woman", "man", "undisclosed")}
    if forms["woman"] != forms["man"]:
        assert forms["undisclosed"] not in (forms["woman"], forms["man"])


@pytest.mark.parametrize(
    ("level", "gender", "language", "expected"),
    [
        (AMBASSADOR, "undisclosed", "en", "Excellency,"),
        (EXPERT, "woman", "en", "Dear Ms. Mwila,"),
        (EXPERT, "undisclosed", "en", "Dear Chanda Mwila,"),
        (EXPERT, "undisclosed", "fr", "Madame, Monsieur,"),
        (MINISTER, "man", "zh", "尊敬的Chanda Mwila阁下："),
        (MINISTER, "woman", "ar", "صاحبة السعادة،"),
    ],
)
def test_r2_17_salutation_line_is_proposed(
    level: int, gender: str, language: str, expected: str
) -> None:
    line = propose_salutation(level, gender, language, family="Mwila", full="Chanda Mwila")
    assert line == expected


@pytest.mark.parametrize(
    ("name", "title", "language", "expected"),
    [
        (
            Name("Mwila", "Chanda", "H.E. Ms."), "Minister of Trade", "en",
            "H.E. Ms. Chanda MWILA, Minister of Trade",
        ),
        (Name("王", "伟", "先生", name_order="family_first"), "部长", "zh", "王伟先生 部长"),
        (
            Name("Wang", "Wei", "阁下", name_local="王伟", name_local_language="zh"), "部长", "zh",
            "王伟阁下 部长",
        ),
        (Name("Mwila", "Chanda"), "", "en", "Chanda MWILA"),
        (Name("Haddad", "Rami"), "وزير", "ar", "Rami HADDAD، وزير"),
    ],
)  # fmt: skip
def test_r2_17_print_order(name: Name, title: str, language: str, expected: str) -> None:
    assert name.with_title(title, language) == expected


def test_r2_18_titles_stay_as_submitted_and_in_english_if_given() -> None:
    assert title_in("en", "Ministre du commerce", "Minister of Trade") == "Minister of Trade"
    assert title_in("fr", "Ministre du commerce", "Minister of Trade") == "Ministre du commerce"
    assert title_in("en", "Ministre du commerce", "") == "Ministre du commerce"
    assert title_in("zh", "Ministre du commerce", "Minister of Trade") == "Ministre du commerce"


@pytest.fixture
def officer(browser: Browser, world: World) -> Browser:
    """Return an officer of the secretariat; ministers are known."""
    keep(RankLevel(level=MINISTER, code="MIN", names=Translated(en="Minister"), speaker_tier=2))
    account = make_account()
    give(account, "event_owner", world.event)
    return browser.sign_in(account)


def test_r2_17_staff_ask_for_a_proposal_and_change_it(officer: Browser, world: World) -> None:
    row = accredited(world.event, world.delegate, entity_id=world.zambia.id)[0]
    ref, url = row.ref, f"/manage/{world.event.slug}/people/{row.ref}"
    officer.get(f"{url}/edit")
    page = officer.submit(rank="MIN", gender="undisclosed", language="en", press="propose=1")
    assert page.status == 200
    assert page.soup.select_one("[name=honorific]")["value"] == "H.E."
    assert page.soup.select_one("[name=salutation]")["value"] == "Excellency,"
    db.session.rollback()
    assert db.session.query(Registration).filter_by(ref=ref).one().salutation == ""
    page = officer.submit(
        salutation="Madam Minister,", functional_title="Ministre du commerce",
        title_en="Minister of Trade", in_office_since="2024-05-01",
    )  # fmt: skip
    db.session.rollback()
    kept = db.session.query(Registration).filter_by(ref=ref).one()
    assert (kept.honorific, kept.salutation) == ("H.E.", "Madam Minister,")
    assert kept.in_office_since.isoformat() == "2024-05-01"
    assert titled_name(kept, "en").endswith(", Minister of Trade")
    assert titled_name(kept, "fr").endswith(", Ministre du commerce")
    assert "Madam Minister," in page.text


def test_r2_17_letters_begin_with_the_salutation(world: World) -> None:
    row = accredited(world.event, world.delegate, entity_id=world.zambia.id)[0]
    with transaction():
        row.salutation = "Madam Minister,"
    said = messages.WORDED["registration.accredited"](row.event_id, {"registration": row.id})
    assert said is not None
    assert "Madam Minister," in said.text
    assert "Madam Minister," in said.html


def test_r2_17_a_focal_point_asks_for_a_proposal_and_changes_it(
    browser: Browser, world: World
) -> None:
    keep(RankLevel(level=MINISTER, code="MIN", names=Translated(en="Minister"), speaker_tier=2))
    row = sent(world.event, world.delegate, entity_id=world.zambia.id)[0]
    account = make_account()
    give(account, "focal_point", world.event, scope={"delegations": [row.delegation_id]})
    delegation = db.session.get_one(Delegation, row.delegation_id)
    browser.sign_in(account)
    url = f"/manage/{world.event.slug}/delegations/{delegation.ref}/people/{row.ref}"
    page = browser.get(url)
    assert "H.E. Ms." in {one["value"] for one in page.soup.select("#honorifics option")}
    form = page.form(action=url)
    page = browser.submit(
        form, rank="MIN", gender="woman", language="fr", honorific="", press="propose=1"
    )
    assert page.status == 200
    assert page.soup.select_one("[name=honorific]")["value"] == "S.E. Mme"
    assert page.soup.select_one("[name=salutation]")["value"] == "Excellence,"
    assert page.soup.select_one("details[open] [name=salutation]") is not None
    db.session.rollback()
    assert db.session.get_one(Registration, row.id).salutation == ""
    form = page.form(action=url)
    browser.submit(form, functional_title="Ministre du commerce", title_en="Minister of Trade")
    db.session.rollback()
    kept = db.session.get_one(Registration, row.id)
    assert (kept.honorific, kept.salutation) == ("S.E. Mme", "Excellence,")
    assert (kept.functional_title, kept.title_en) == ("Ministre du commerce", "Minister of Trade")
