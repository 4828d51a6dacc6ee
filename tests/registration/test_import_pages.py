"""R1.32: the pages on which people come in by spreadsheet, and who may open them."""

import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.delegations import services as delegations
from eventhub.events.models import Event
from eventhub.registration.models import ImportedRow
from tests.factories import give, make_account


@pytest.fixture
def focal(app, world, browser):
    """Return a browser in which the focal point of Zambia is signed in, and the address."""
    account = make_account()
    with transaction():
        db.session.get(Event, world.event.id).switches = ["delegations"]
        delegation = delegations.get_or_open(world.event.id, world.zambia.id, actor=SYSTEM)
        delegations.name_focal_point(delegation, account, actor=SYSTEM)
    browser.sign_in(account)
    return browser, f"/manage/{world.event.slug}/delegations/{delegation.ref}/import"


def send(browser, url, data, name="people.xlsx"):
    return browser.submit(browser.get(url).form(), table=(io.BytesIO(data), name))


def test_r1_32_focal_point_fetches_fills_and_imports(focal, world):
    browser, url = focal
    response = browser.get(f"{url}/table.xlsx").response
    book = load_workbook(io.BytesIO(response.get_data()))
    page = book.worksheets[0]
    heads = [cell.value for cell in page[1]]
    for n, name in enumerate(("Banda", "Phiri"), start=2):
        page.cell(n, heads.index("Family name") + 1, name)
        page.cell(n, heads.index("Category") + 1, "DEL")
    page.cell(3, heads.index("Category") + 1, "Nonsense")
    out = io.BytesIO()
    book.save(out)
    shown = send(browser, url, out.getvalue())
    assert "B3" in shown.text
    assert "Nonsense" in shown.text
    refused = browser.submit(shown.form(1))
    assert refused.status == 422
    done = browser.submit(refused.form(1), informed="y")
    assert "BANDA" in done.text
    assert "PHIRI" not in done.text
    undone = browser.submit(done.form())
    assert "1 person is withdrawn" in undone.text


def test_r1_32_columns_can_be_chosen_by_hand(focal, world):
    browser, url = focal
    shown = send(browser, url, b"Nm;Kind\nBanda;DEL\n", "list.csv")
    assert "UTF-8" in shown.text
    shown = browser.submit(shown.form(), **{"column-0": "family_name", "column-1": "category_id"})
    assert "New" in shown.text
    assert "Error" not in shown.text
    twice = browser.submit(shown.form(), **{"column-0": "family_name", "column-1": "family_name"})
    assert twice.status == 422


def test_r1_32_unreadable_file_is_refused_at_its_field(focal):
    browser, url = focal
    page = send(browser, url, b"%PDF-1.7")
    assert page.status == 422
    assert page.errors()


def test_r1_36_other_delegations_and_strangers_see_no_import(focal, app, world, browser):
    _browser, url = focal
    shown = send(browser, url, b"Family name;Category\nBanda;DEL\n", "list.csv")
    here = shown.response.request.path
    other = make_account()
    give(other, "focal_point", world.event, scope={"delegations": [999]})
    browser.sign_in(other)
    assert browser.get(here).status == 404
    assert browser.get(f"{url}/table.xlsx").status == 404
    assert db.session.scalar(select(func.count()).select_from(ImportedRow)) == 0


def test_r1_32_a_filled_column_that_is_not_used_is_told_and_the_choice_open(focal, world):
    browser, url = focal
    shown = send(browser, url, "姓,部族,职务\nBanda,Bemba,Director\n".encode(), "list.csv")
    assert "1 column of your file is not used" in shown.text
    assert "B: 部族" in shown.text
    assert shown.soup.select("details.section[open]")
    chosen = browser.submit(
        shown.form(0), **{"column-0": "family_name", "column-1": "", "column-2": "functional_title"}
    )
    assert "is not used" not in chosen.text
    assert not chosen.soup.select("details.section[open]")


def test_r1_32_where_all_columns_are_used_nothing_is_told(focal, world):
    browser, url = focal
    shown = send(browser, url, "姓,名,职务\nBanda,Mary,Director\n".encode(), "list.csv")
    assert "is not used" not in shown.text
    assert not shown.soup.select("details.section[open]")
