"""Groups of States: whose they are, filled by pasting, with the days of each membership."""

from datetime import date

import pytest

from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid, NotFound
from eventhub.entities import grouping
from eventhub.entities.models import EntityGroup
from eventhub.entities.queries import get_entity, members_at
from tests.factories import give, make_account, make_institution

PASTED = "1. Zambia\nRépublique du Kenya; 中国\nNigeira\nQuill & Harrow\nzmb"


@pytest.fixture
def institution(event):
    """Return an institution; all States are known."""
    return make_institution()


@pytest.fixture
def group(institution):
    """Return a group of the institution."""
    with transaction():
        names = {"en": "Group of Friends"}
        return grouping.make_group(names, institution_id=institution.id, actor=SYSTEM)


@pytest.fixture
def organiser(browser, institution):
    """Return an organiser of the institution, signed in."""
    account = make_account()
    give(account, "institution_organiser", institution_id=institution.id)
    return browser.sign_in(account)


def ids(*codes):
    return [get_entity(code).id for code in codes]


def add(group, *codes, **days):
    with transaction():
        return grouping.add_members(group, ids(*codes), actor=SYSTEM, **days)


def url(institution, rest=""):
    return f"/manage/institutions/{institution.ref}/groups{rest}"


def test_members_belong_for_their_days(group):
    add(group, "ZMB", "KEN", since=date(2024, 1, 1), until=date(2025, 1, 1))
    assert members_at(group.code, date(2023, 12, 31)) == frozenset()
    assert members_at(group.code, date(2024, 6, 1)) == frozenset(ids("ZMB", "KEN"))
    assert members_at(group.code, date(2025, 1, 1)) == frozenset()


def test_nobody_belongs_twice_on_a_day(group):
    assert add(group, "ZMB", since=date(2024, 1, 1), until=date(2025, 1, 1)) == 1
    assert add(group, "ZMB", "KEN", since=date(2024, 6, 1)) == 1, "Kenya alone is new"
    assert add(group, "ZMB", since=date(2025, 1, 1)) == 1
    later = grouping.members_in(group.id)[-1]
    with pytest.raises(Conflict), transaction():
        grouping.change_member(group, later.id, since=date(2024, 3, 1), until=None, actor=SYSTEM)
    days = {"since": date(2026, 1, 1), "until": date(2026, 1, 1)}
    with pytest.raises(Invalid), transaction():
        grouping.change_member(group, later.id, **days, actor=SYSTEM)


def test_groups_of_the_software_are_kept_by_it(event):
    african_union = grouping.get_group("au", None)
    with pytest.raises(Conflict):
        add(african_union, "CHN")
    with pytest.raises(Conflict), transaction():
        grouping.remove_group(african_union, actor=SYSTEM)


def test_a_group_is_of_its_institution(group, institution):
    other = make_institution()
    codes = {one.code for one in grouping.groups_for([other.id])}
    assert codes == {"ldc", "au"}
    assert grouping.groups_for([institution.id])[-1].code == group.code
    with pytest.raises(NotFound):
        grouping.get_group(group.code, other.id)


def test_names_are_pasted_looked_at_and_added(organiser, institution):
    organiser.get(url(institution, "/new"))
    page = organiser.submit(name_en="Our 74")
    assert "Nobody belongs to it yet" in page.text
    page = organiser.submit(page.form(), names=PASTED, since="2026-01-01")
    assert page.status == 200
    assert "Nothing is added yet" in page.text
    rows = [row.get_text(" ", strip=True) for row in page.soup.select("tbody tr")]
    assert [row.split(" ")[0] for row in rows] == [
        "Zambia",
        "République",
        "中国",
        "Nigeira",
        "Quill",
    ]
    assert "near to it" in rows[3]
    assert "not known" in rows[4]
    db.session.rollback()
    group = db.session.query(EntityGroup).filter_by(is_reference=False).one()
    assert grouping.members_in(group.id) == []
    page = organiser.submit(page.form(), member=["ZMB", "KEN", "CHN", "NGA", ""])
    assert "4 members were added." in page.text
    db.session.rollback()
    assert members_at(group.code, date(2026, 1, 1)) == frozenset(ids("ZMB", "KEN", "CHN", "NGA"))
    assert members_at(group.code, date(2025, 12, 31)) == frozenset()


def test_days_of_a_membership_are_changed_and_removed(organiser, institution, group):
    add(group, "ZMB", "KEN")
    first, second = (one.id for one in grouping.members_in(group.id))
    code = group.code
    organiser.get(url(institution, f"/{code}/members/{first}"))
    page = organiser.submit(until="2026-02-01", since="2026-02-01")
    assert page.status == 422
    page = organiser.submit(until="2026-02-01", since="")
    assert "1 February 2026" in page.text
    page = organiser.get(url(institution, f"/{code}/members/{second}"))
    organiser.submit(page.form(action="/remove"))
    db.session.rollback()
    assert members_at(code, date(2026, 1, 31)) == frozenset(ids("ZMB"))


def test_a_group_is_renamed_and_removed(organiser, institution, group):
    add(group, "ZMB")
    code = group.code
    organiser.get(url(institution, f"/{code}/name"))
    assert "Friends of Unity" in organiser.submit(name_en="Friends of Unity").text
    page = organiser.submit(organiser.page.form(action=f"{code}/remove"))
    assert "The group Friends of Unity is removed." in page.text
    assert organiser.get(url(institution, f"/{code}")).status == 404


def test_another_institutions_groups_are_not_there(organiser, group):
    other = make_institution()
    assert organiser.get(url(other, "/new")).status == 404
    assert organiser.get("/manage/installation/groups/new").status == 404
    assert "Group of Friends" in organiser.get("/manage/institutions/groups").text


def test_the_installation_has_groups_of_all(browser, event):
    account = make_account()
    give(account, "site_administrator")
    browser.sign_in(account)
    browser.get("/manage/installation/groups/new")
    browser.submit(name_en="Group of 77")
    assert browser.get("/manage/installation/groups/au").status == 200
    assert "Group of 77" in browser.get("/manage/institutions/groups").text


def test_a_list_of_members_costs_the_same_for_all(organiser, institution, group, statements):
    counts = []
    code = group.code
    for codes in (["ZMB"], ["AGO", "KEN", "CHN", "MOZ", "NER", "FRA"]):
        add(group, *codes)
        statements.clear()
        organiser.get(url(institution, f"/{code}"))
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 15
