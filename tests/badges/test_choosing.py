"""R4.12: whose badges a run makes, in the order of envelopes; what changed since the last run."""

from flask import Flask

from eventhub.badges import queries
from eventhub.badges.rules import Choice, choice_in
from eventhub.core.actor import EVERYTHING
from eventhub.core.db import db, transaction
from eventhub.entities.models import EntityGroup, GroupMembership
from eventhub.events.models import Category, Event
from eventhub.i18n import Translated
from eventhub.passes import services as passes
from eventhub.passes.models import Pass
from eventhub.registration.models import Registration
from tests.badges.people import PRINTER, admit, ask, printed, send
from tests.browser import Browser
from tests.factories import give, keep, make_account


def refs(event: Event, choice: Choice) -> list[str]:
    return [row.ref for row in queries.chosen(event, choice, EVERYTHING)]


def test_choice_is_kept_and_read_back() -> None:
    choice = Choice(state="changed", refs=("A", "B"), kinds=("K",), entity="ZMB", covers=True)
    assert choice_in(choice.kept()) == choice
    assert Choice().kept() == {}
    assert choice_in({"categories": [1, 2], "all": True}) == Choice()


def test_r4_12_filters_by_category_entity_group_and_person(event: Event) -> None:
    mine, others = admit(event, 2, code="DEL"), admit(event, 1, code="ADV")
    kind = db.session.get_one(Category, others[0].category_id).ref
    code = f"E{mine[0].category_id}"
    group = keep(EntityGroup(code="G74", names=Translated(en="Our 74")))
    keep(GroupMembership(group_id=group.id, entity_id=others[0].entity_id))
    assert refs(event, Choice(kinds=(kind,))) == [others[0].ref]
    assert refs(event, Choice(entity=code)) == [row.ref for row in mine]
    assert refs(event, Choice(group="G74")) == [others[0].ref]
    assert refs(event, Choice(group="NONE")) == []
    assert refs(event, Choice(refs=(mine[1].ref,))) == [mine[1].ref]
    assert refs(event, Choice(refs=(mine[1].ref,), kinds=(kind,))) == []


def test_r4_12_envelope_order_is_by_entity_then_category_then_number(event: Event) -> None:
    second = admit(event, 2, code="DEL")
    first = admit(event, 1, code="ADV")
    nobody = admit(event, 1, code="PRS", entity_id=None)
    with transaction():
        for row, code in ((second[0], "ZZZ"), (first[0], "AAA")):
            entity = db.session.get_one(Registration, row.id).entity_id
            db.session.execute(
                db.text("UPDATE entity SET code = :code WHERE id = :id"),
                {"code": code, "id": entity},
            )
    rows = [*first, *second, *nobody]
    assert refs(event, Choice()) == [row.ref for row in rows]


def test_r4_12_since_the_last_run_is_what_changed_or_is_new(
    app: Flask, event: Event, fonts: object
) -> None:
    same, renamed, reissued, rezoned = admit(event, 4)
    printed(app, event)
    [new] = admit(event, 1, code="ADV")
    assert refs(event, Choice(state="changed")) == [new.ref]
    with transaction():
        db.session.get_one(Registration, renamed.id).family_name = "ZULU"
        db.session.get_one(Pass, rezoned.pass_id).zone_bits = 6
        passes.reissue(
            db.session.get_one(Pass, reissued.pass_id), reason="lost", document="passport",
            actor=PRINTER,
        )  # fmt: skip
    changed = {new.ref, renamed.ref, reissued.ref, rezoned.ref}
    assert set(refs(event, Choice(state="changed"))) == changed
    assert set(refs(event, Choice(state="new"))) == {new.ref, reissued.ref}
    assert same.ref in refs(event, Choice())
    printed(app, event, Choice(state="changed"))
    assert refs(event, Choice(state="changed")) == []


def test_badge_of_old_counts_as_changed_only_where_it_was_marked(
    app: Flask, event: Event, fonts: object
) -> None:
    [row] = admit(event)
    printed(app, event)
    with transaction():
        for one in queries.last_printed(event.id, [row.pass_id or 0]).values():
            one.face = ""
    assert refs(event, Choice(state="changed")) == []
    with transaction():
        db.session.get_one(Registration, row.id).needs_new_badge = True
    assert refs(event, Choice(state="changed")) == [row.ref]


def test_people_are_found_by_what_is_said_on_the_telephone(event: Event) -> None:
    one, two = admit(event, 2)
    code = f"E{one.category_id}"
    typed = [f"{code}-01", f"{code.lower()}-2", one.ref.lower(), f"{code}-x", "QQQ-01", "NOBODY"]
    assert queries.find_refs(event.id, typed) == {
        f"{code}-01": one.ref, f"{code.lower()}-2": two.ref, one.ref.lower(): one.ref,
    }  # fmt: skip


def test_page_asks_for_the_numbers_that_nobody_has(event: Event, browser: Browser) -> None:
    [row] = admit(event)
    owner = make_account()
    give(owner, "event_owner", event)
    browser.sign_in(owner)
    page = browser.get(f"/manage/{event.slug}/badges")
    page = browser.submit(page.form(), people=f"{row.ref}, QQQ-07", state="all")
    assert page.status == 422
    assert "Nobody has the number QQQ-07." in page.text
    assert f"{row.ref}, QQQ-07" in page.soup.select_one("textarea").text
    page = browser.submit(page.form(), people=row.ref, state="all", covers="y", code="short")
    assert page.status == 200
    [run] = queries.runs_of(event.id)
    assert choice_in(run.what) == Choice(refs=(row.ref,), covers=True, code="short")


def test_choosing_takes_the_same_statements_for_1_and_30(
    event: Event, statements: list[str]
) -> None:
    admit(event, 1)
    counts = []
    for more in (0, 29):
        if more:
            send(event, admit(event, more, code="ADV"))
        statements.clear()
        queries.chosen(event, Choice(state="changed"), EVERYTHING)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 10


def test_run_page_and_list_take_the_same_statements_for_1_and_5_runs(
    event: Event, browser: Browser, statements: list[str]
) -> None:
    admit(event)
    owner = make_account()
    give(owner, "event_owner", event)
    browser.sign_in(owner)
    counts = []
    for more in (1, 4):
        for _turn in range(more):
            ask(event)
        browser.get(f"/manage/{event.slug}/badges")
        statements.clear()
        browser.get(f"/manage/{event.slug}/badges")
        counts.append(len(statements))
    assert counts[0] == counts[1]
