"""The workspace of a delegation: order, entering, correcting, asking, all in bulk."""

from datetime import timedelta
from pathlib import Path

from flask import Flask

from eventhub.audit.models import AuditEntry
from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.delegations.models import Delegation
from eventhub.delegations.services import end_preparation
from eventhub.i18n import Translated
from eventhub.registration.models import Decision
from eventhub.registration.rules import State
from eventhub.registration.services import Entry, add_pool, enter_people
from eventhub.registration.services.paper import delegation_paper
from tests.browser import Browser, Page
from tests.factories import give, make_account, make_category, make_event
from tests.paper import Tool
from tests.registration.factories import person, sent
from tests.registration.workspaces import line, names, people, url
from tests.registration.world import World


def test_people_are_entered_line_by_line_and_nominated_at_once(
    focal_point: Browser, world: World, zambia: Delegation
) -> None:
    page = focal_point.get(url(world, zambia, "/add"))
    assert len(page.soup.select("tbody tr")) == 5
    focal_point.submit(
        page.form(action="/add"),
        press="act=save",
        informed="y",
        **line(0, given_names="Mary", family_name="Banda", functional_title="Director"),
        **line(2, family_name="Suharto"),
    )
    assert names(people(world)) == ["Mary Banda", "Suharto"]
    assert {row.state for row in people(world)} == {State.NOMINATED}
    assert {row.source for row in people(world)} == {"focal_point"}
    assert "2 people are entered." in focal_point.page.text


def offered(page: Page) -> set[str]:
    """Return the roles that the first line offers."""
    return {one.text for one in page.soup.select("[name=lines-0-category] option")[1:]}


def test_a_focal_point_enters_those_it_vouches_for(
    focal_point: Browser, world: World, zambia: Delegation
) -> None:
    assert offered(focal_point.get(url(world, zambia, "/add"))) == {world.delegate.name()}


def test_where_nobody_vouches_a_focal_point_enters_whoever_may_register(
    focal_point: Browser, world: World, zambia: Delegation
) -> None:
    with transaction():
        world.delegate.vouched_by, world.delegate.approver = "none", "none"
        world.press.is_public = False
    page = focal_point.get(url(world, zambia, "/add"))
    assert offered(page) == {one.name() for one in (world.delegate, world.staff, world.open)}
    focal_point.submit(
        page.form(action="/add"),
        press="act=save",
        informed="y",
        **line(0, family_name="Banda", category=world.delegate.ref),
    )
    assert [row.state for row in people(world)] == [State.ACCREDITED]


def test_each_fault_stands_by_its_cell_and_nothing_typed_is_lost(
    focal_point: Browser, world: World, zambia: Delegation
) -> None:
    page = focal_point.get(url(world, zambia, "/add"))
    page = focal_point.submit(
        page.form(action="/add"),
        press="act=save",
        informed="y",
        **line(0, given_names="Mary", family_name="Banda", email="mary@"),
        **line(1, functional_title="Director"),
    )
    assert page.status == 422
    assert page.soup.select_one("#lines-0-email-error") is not None
    assert page.soup.select_one("#lines-1-family_name-error") is not None
    kept = page.soup.select_one("[name=lines-0-given_names]")
    assert kept is not None
    assert kept["value"] == "Mary"
    assert people(world) == []


def test_r1_30_a_name_that_is_there_already_is_told_and_may_be_meant(
    focal_point: Browser, world: World, zambia: Delegation
) -> None:
    cells = line(0, given_names="Mary", family_name="Banda")
    for _time in range(2):
        page = focal_point.get(url(world, zambia, "/add"))
        page = focal_point.submit(page.form(action="/add"), press="act=save", informed="y", **cells)
    assert page.status == 422
    assert "is in the delegation already" in page.text
    focal_point.submit(
        page.form(action="/add"), press="act=save", informed="y", **{"lines-0-twice": "y"}
    )
    assert names(people(world)) == ["Mary Banda", "Mary Banda"]


def test_a_pasted_list_is_guessed_and_shown_before_it_is_kept(
    focal_point: Browser, world: World, zambia: Delegation
) -> None:
    page = focal_point.get(url(world, zambia, "/add"))
    pasted = "1. Ms. Mary BANDA, Director, mary@example.org\n2. Ruth Zulu, Counsellor"
    page = focal_point.submit(page.form(action="/add"), press="act=guess", pasted=pasted)
    assert people(world) == []
    cells = {one["name"]: one.get("value", "") for one in page.soup.select("tbody input[name]")}
    assert cells["lines-0-family_name"] == "BANDA"
    assert cells["lines-0-email"] == "mary@example.org"
    assert cells["lines-1-given_names"] == "Ruth Zulu"
    assert "could not be told apart" in page.text
    focal_point.submit(
        page.form(action="/add"), press="act=save", informed="y",
        **line(1, given_names="Ruth", family_name="Zulu"),
    )  # fmt: skip
    assert names(people(world)) == ["Mary BANDA", "Ruth Zulu"]


def test_columns_pasted_from_a_sheet_stay_columns(
    focal_point: Browser, world: World, zambia: Delegation
) -> None:
    page = focal_point.get(url(world, zambia, "/add"))
    pasted = "No.\tName\tTitle\tE-mail\r\n1\tMs. Mary BANDA\tDirector, ICT\tm@example.org\r\n"
    page = focal_point.submit(page.form(action="/add"), press="act=guess", pasted=pasted)
    cells = {one["name"]: one.get("value", "") for one in page.soup.select("tbody input[name]")}
    assert cells["lines-0-family_name"] == "BANDA"
    assert cells["lines-0-functional_title"] == "Director, ICT"
    assert cells["lines-0-email"] == "m@example.org"


def test_r1_8_the_eighth_is_refused_at_its_line(
    focal_point: Browser, world: World, zambia: Delegation
) -> None:
    with transaction():
        add_pool(world.event, "del", seats=1, categories=["DEL"], actor=SYSTEM)
    page = focal_point.get(url(world, zambia, "/add"))
    page = focal_point.submit(
        page.form(action="/add"), press="act=save", informed="y",
        **line(0, family_name="One"), **line(1, family_name="Two"),
    )  # fmt: skip
    assert page.status == 422
    assert "The delegation is full" in page.text
    assert page.soup.select_one("#lines-1-category-error") is not None
    assert page.soup.select_one("#lines-0-category-error") is None
    assert people(world) == []


def test_r2_9_the_focal_points_order_is_kept_inside_a_role(
    focal_point: Browser, world: World, zambia: Delegation
) -> None:
    head = make_category(world.event, "HOD", place=9)
    rows = sent(world.event, world.delegate, 3, entity_id=world.zambia.id)
    sent(world.event, head, entity_id=world.zambia.id)
    page = focal_point.get(url(world, zambia))

    def order() -> list[str]:
        return [str(box["value"]) for box in focal_point.page.soup.select("input[name=who]")]

    first = order()
    assert first[0] not in [row.ref for row in rows], "the head stands first"
    focal_point.submit(page.form(action="/decide"), press=f"act=up:{first[3]}")
    assert order() == [first[0], first[1], first[3], first[2]]
    sent(world.event, world.delegate, entity_id=world.zambia.id)
    focal_point.get(url(world, zambia))
    assert order()[:4] == [first[0], first[1], first[3], first[2]], "a newcomer comes last"


def test_protocol_enters_a_head_with_four_fields(
    browser: Browser, world: World, zambia: Delegation
) -> None:
    make_category(world.event, "HOD", approver="protocol")
    account = make_account()
    give(account, "protocol", world.event)
    browser.sign_in(account)
    page = browser.get(url(world, zambia, "/head"))
    assert len(page.form(action="/head").select("input.input")) == 4
    browser.submit(
        page.form(action="/head"), honorific="H.E. Ms.", family_name="Mwila",
        functional_title="Minister of Technology",
    )  # fmt: skip
    assert [row.family_name for row in people(world)] == ["Mwila"]


def test_r7_5_nobody_is_entered_before_one_declares_to_have_told_them(
    focal_point: Browser, world: World, zambia: Delegation
) -> None:
    page = focal_point.get(url(world, zambia, "/add"))
    pasted = "Ms. Mary BANDA, Director, mary@example.org"
    page = focal_point.submit(page.form(action="/add"), press="act=guess", pasted=pasted)
    page = focal_point.submit(page.form(action="/add"), press="act=save")
    assert page.status == 422
    assert "Say that these people know" in page.text
    assert people(world) == []
    page = focal_point.submit(page.form(action="/add"), press="act=save", informed="y")
    assert names(people(world)) == ["Mary BANDA"], "nothing typed was lost"
    kept = db.session.query(AuditEntry).filter_by(action="registration.declare_informed").one()
    assert kept.subject_ref == people(world)[0].ref


def test_r1_15_staff_say_why_the_same_people_come_after_the_deadline(
    app: Flask, world: World, zambia: Delegation
) -> None:
    start = world.event.starts_on.replace(year=world.event.starts_on.year - 1)
    before = make_event(starts_on=start, institution_id=world.event.institution_id)
    category = make_category(before, "DEL", vouched_by="none", approver="none")
    sent(before, category, entity_id=world.zambia.id)
    owner = make_account()
    give(owner, "event_owner", world.event)
    staff = Browser(app).sign_in(owner)
    with clock.at(world.event.registration_closes_at + timedelta(hours=1)):
        page = staff.get(url(world, zambia, "/last-time"))
        (box,) = (str(one["value"]) for one in page.soup.select("input[name=who]"))
        page = staff.submit(page.form(action="/last-time"), who=[box], informed="y")
        assert page.status == 422
        assert people(world) == []
        assert page.soup.select("input[name=who][checked]"), "the choice is kept"
        said = "The note came late."
        staff.submit(page.form(action="/last-time"), who=[box], informed="y", override=said)
    (row,) = people(world)
    assert row.is_late
    assert db.session.query(Decision).filter_by(registration_id=row.id, text=said).count()


def test_same_people_as_last_time_come_without_photo_and_consents(
    focal_point: Browser, world: World, zambia: Delegation, app: Flask
) -> None:
    start = world.event.starts_on.replace(year=world.event.starts_on.year - 1)
    before = make_event(starts_on=start, institution_id=world.event.institution_id)
    category = make_category(before, "DEL", vouched_by="none", approver="none")
    sent(before, category, 2, entity_id=world.zambia.id, functional_title="Director")
    page = focal_point.get(url(world, zambia, "/last-time"))
    assert not page.soup.select("input[name=who]"), "another focal point looked after it then"
    owner = make_account()
    give(owner, "event_owner", world.event)
    staff = Browser(app).sign_in(owner)
    page = staff.get(url(world, zambia, "/last-time"))
    boxes = [str(box["value"]) for box in page.soup.select("input[name=who]")]
    assert len(boxes) == 2
    staff.submit(page.form(action="/last-time"), who=boxes[:1], informed="y")
    (row,) = people(world)
    assert row.functional_title == "Director"
    assert row.photo_id is None
    assert "consents" in staff.page.text


def test_the_paper_for_initials_names_everybody_in_order(
    focal_point: Browser,
    world: World,
    zambia: Delegation,
    tool: Tool,
    fonts: Path,
    tmp_path: Path,
) -> None:
    head = make_category(world.event, "HOD", names=Translated(en="Head of delegation", zh="团长"))
    sent(world.event, world.delegate, entity_id=world.zambia.id, family_name="Banda")
    sent(world.event, head, entity_id=world.zambia.id, family_name="Mwila")
    for language in ("en", "fr", "zh", "ar"):
        pdf, name = delegation_paper(world.event.id, zambia.id, language)
        assert name.endswith(f"-zmb-{language}.pdf")
        path = tmp_path / name
        path.write_bytes(pdf)
        text = tool("pdftotext", path, "-")
        assert text.index("MWILA") < text.index("BANDA")
    page = focal_point.get(url(world, zambia, "/paper"))
    assert page.status == 200


def test_the_table_taken_away_holds_those_chosen(
    focal_point: Browser, world: World, zambia: Delegation
) -> None:
    first, _second = sent(world.event, world.delegate, 2, entity_id=world.zambia.id)
    page = focal_point.get(url(world, zambia))
    page = focal_point.submit(page.form(action="/decide"), press="act=download", who=[first.ref])
    assert page.response.mimetype.endswith("spreadsheetml.sheet")
    page.response.close()


def test_r1_33_in_preparation_names_are_kept_and_go_all_at_once(
    focal_point: Browser, world: World, zambia: Delegation
) -> None:
    with transaction():
        db.session.merge(zambia).readiness = "preparation"
    page = focal_point.get(url(world, zambia, "/add"))
    cells = line(0, family_name="Banda") | line(1, family_name="Zulu")
    page = focal_point.submit(page.form(action="/add"), press="act=save", informed="y", **cells)
    assert "In preparation" in page.text
    assert {row.state for row in people(world)} == {State.SUBMITTED}
    assert page.soup.select_one("button[value=vouch]") is None
    with transaction():
        end_preparation(db.session.merge(zambia), actor=SYSTEM)
    assert {row.state for row in people(world)} == {State.NOMINATED}


def test_r1_15_after_the_deadline_and_its_grace_only_staff_enters(
    app: Flask, focal_point: Browser, world: World, zambia: Delegation
) -> None:
    owner = make_account()
    give(owner, "event_owner", world.event)
    staff, closes = Browser(app).sign_in(owner), world.event.registration_closes_at
    address = url(world, zambia, "/add")
    turns = ((14, focal_point, "", 200), (16, focal_point, "", 422), (16, staff, "", 422),
             (16, staff, "The note came late.", 200))  # fmt: skip
    for minutes, browser, why, status in turns:
        with clock.at(closes - timedelta(minutes=1)):
            handed_out = browser.get(address)
        with clock.at(closes + timedelta(minutes=minutes)):
            cells = line(0, family_name=f"Late {minutes} {status}")
            form = handed_out.form(action="/add")
            page = browser.submit(form, press="act=save", informed="y", override=why, **cells)
            assert page.status == status, (minutes, why, page.text)
    assert [row.is_late for row in people(world)] == [True, True]
    assert "The deadline has passed" in focal_point.page.text


def test_the_workspace_takes_at_most_15_statements(
    focal_point: Browser, world: World, zambia: Delegation, statements: list[str]
) -> None:
    counts, address = [], url(world, zambia)
    for more in (1, 299):
        world.event.places = 400
        rows = [person(entity_id=world.zambia.id) for _n in range(more)]
        with transaction():
            db.session.merge(world.event)
            entries = [Entry(world.delegate.id, row) for row in rows]
            enter_people(db.session.merge(zambia), entries, actor=SYSTEM, tell=False)
        statements.clear()
        focal_point.get(address)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 15, counts
