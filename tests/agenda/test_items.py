"""The agenda in the narrow sense: items, their numbers, the sessions that take them up (R3.1)."""

from datetime import date

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from eventhub.agenda import queries
from eventhub.agenda.models.items import AgendaItem
from eventhub.agenda.queries.items import agenda_of
from eventhub.agenda.rules.items import Move, letters, moved, moves_of, numbers
from eventhub.agenda.services import items as services
from eventhub.core.actor import SYSTEM
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import Event
from eventhub.events.services import copy_event
from eventhub.i18n import Translated
from tests.agenda.programmes import EDITOR, make_session, publish
from tests.browser import Browser
from tests.factories import give, make_account, make_event

TREE = [("a", None), ("b", None), ("b1", "b"), ("b2", "b"), ("c", None)]
URL = "/manage/xiamen-2026/programme/agenda"
PUBLIC = "/en/xiamen-2026/programme/agenda"


def test_r3_1_numbers_follow_from_the_order() -> None:
    said = numbers(TREE)
    assert said == {"a": "1", "b": "2", "b1": "2 (a)", "b2": "2 (b)", "c": "3"}
    assert [letters(n) for n in (0, 25, 26, 27, 52, 702)] == ["a", "z", "aa", "ab", "ba", "aaa"]


@pytest.mark.parametrize(
    ("item", "move", "then"),
    [
        ("c", Move.UP, "a c b b1 b2"),
        ("a", Move.DOWN, "b b1 b2 a c"),
        ("b2", Move.UP, "a b b2 b1 c"),
        ("c", Move.IN, "a b b1 b2 c"),
        ("b1", Move.OUT, "a b b2 b1 c"),
    ],
)
def test_r3_1_item_moves_one_step(item: str, move: Move, then: str) -> None:
    tree = moved(TREE, item, move)
    assert tree is not None
    assert [one for one, _parent in tree] == then.split()


def test_item_moved_in_stands_under_the_one_before_it() -> None:
    tree = moved(TREE, "c", Move.IN)
    assert tree is not None
    assert dict(tree)["c"] == "b"
    assert numbers(tree)["c"] == "2 (c)"


def test_item_goes_only_where_it_can() -> None:
    assert moves_of(TREE, "a") == [Move.DOWN]
    assert moves_of(TREE, "b") == [Move.UP, Move.DOWN]
    assert moves_of(TREE, "b1") == [Move.DOWN, Move.OUT]
    assert moves_of(TREE, "c") == [Move.UP, Move.IN]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from(list(Move))), max_size=30))
def test_no_moving_loses_or_doubles_an_item(steps: list[tuple[int, Move]]) -> None:
    tree: list[tuple[int, int | None]] = [(n, None) for n in range(7)]
    for item, move in steps:
        tree = moved(tree, item, move) or tree
        assert sorted(one for one, _parent in tree) == list(range(7))
        tops = {one for one, parent in tree if parent is None}
        assert {parent for _one, parent in tree if parent is not None} <= tops
        assert tree[0][1] is None


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a forum of one day in two languages."""
    day = date(2026, 4, 2)
    return make_event(slug="xiamen-2026", starts_on=day, ends_on=day, languages=["en", "fr"])


@pytest.fixture
def editor(event: Event, browser: Browser) -> Browser:
    """Return the browser of an agenda editor."""
    account = make_account()
    give(account, "agenda_editor", event)
    return browser.sign_in(account)


def make_item(event: Event, title: str, annotation: str = "") -> AgendaItem:
    """Return an item at the end of the agenda."""
    annotations = Translated(en=annotation) if annotation else Translated()
    with transaction():
        return services.add_item(event, Translated(en=title), annotations, actor=EDITOR)


def move(event: Event, item: AgendaItem, where: Move) -> None:
    """Move an item."""
    with transaction():
        services.move_item(event, item, where, actor=EDITOR)


def on_paper(event: Event) -> list[str]:
    """Return number and title of each item."""
    agenda = agenda_of(event.id)
    return [f"{agenda.numbers[one.id]} {one.titles.pick()}" for one in agenda.items]


def test_editor_writes_and_orders_the_agenda(editor: Browser, event: Event) -> None:
    assert "The agenda has no item yet." in editor.get(URL).text
    for title in ("Adoption of the agenda", "Development", "Skills"):
        editor.get(f"{URL}/new")
        editor.submit(titles_en=title, titles_fr="", annotations_en="**Note**")
    page = editor.get(URL)
    (button,) = (
        form
        for form in page.soup.find_all("form")
        if str(form.get("action")).endswith(f"{agenda_of(event.id).items[2].ref}/in")
    )
    editor.submit(button)
    assert on_paper(event) == ["1 Adoption of the agenda", "2 Development", "2 (a) Skills"]
    editor.get(f"{URL}/{agenda_of(event.id).items[0].ref}")
    editor.submit(titles_en="Opening")
    assert on_paper(event)[0] == "1 Opening"


def test_item_without_a_title_is_refused_and_nothing_typed_is_lost(editor: Browser) -> None:
    editor.get(f"{URL}/new")
    page = editor.submit(titles_en="", annotations_en="What it is about")
    assert page.status == 422
    assert "What it is about" in page.text


def test_item_that_cannot_go_there_stays(event: Event) -> None:
    item = make_item(event, "One")
    with pytest.raises(Conflict):
        move(event, item, Move.UP)
    assert on_paper(event) == ["1 One"]


def test_item_under_which_something_stands_is_not_removed(event: Event) -> None:
    one, two = make_item(event, "One"), make_item(event, "Two")
    move(event, two, Move.IN)
    session = make_session(event)
    with transaction():
        services.take_up(event, session, [two.ref], actor=EDITOR)
    for item in (one, two):
        with pytest.raises(Conflict), transaction():
            services.remove_item(event, item, actor=EDITOR)
    with transaction():
        services.take_up(event, session, [], actor=EDITOR)
        services.remove_item(event, two, actor=EDITOR)
    assert on_paper(event) == ["1 One"]


def test_change_of_somebody_else_is_told(event: Event) -> None:
    item = make_item(event, "One")
    with pytest.raises(Conflict), transaction():
        services.change_item(
            event, item, Translated(en="Two"), Translated(), version=7, actor=EDITOR
        )


def test_r3_1_sessions_and_items_are_many_to_many(editor: Browser, event: Event) -> None:
    one, two = make_item(event, "One"), make_item(event, "Two")
    first, second = make_session(event), make_session(event)
    page = "/manage/xiamen-2026/programme/sessions/"
    editor.get(page + first.ref)
    editor.submit(items=[one.ref, two.ref])
    editor.get(page + second.ref)
    editor.submit(items=[two.ref])
    agenda = agenda_of(event.id)
    assert agenda.refs_of(first.id) == [one.ref, two.ref]
    assert agenda.refs_of(second.id) == [two.ref]
    assert "2 sessions take it up." in editor.get(URL).text


def test_item_of_another_event_is_not_taken_up(event: Event) -> None:
    other = make_item(make_event(), "Elsewhere")
    session = make_session(event)
    with pytest.raises(Invalid), transaction():
        services.take_up(event, session, [other.ref], actor=EDITOR)


def test_r3_1_public_agenda_is_provisional_until_it_is_adopted(
    browser: Browser, event: Event
) -> None:
    item = make_item(event, "Capacity-building", "What States *need*.")
    session = make_session(event, titles=Translated(en="Track 1"))
    closed = make_session(event, titles=Translated(en="Heads only"), access="closed")
    with transaction():
        for one in (session, closed):
            services.take_up(event, one, [item.ref], actor=EDITOR)
    publish(event)
    page = browser.get(PUBLIC)
    assert page.soup.h1 is not None
    assert page.soup.h1.get_text() == "Provisional agenda"
    assert "<em>need</em>" in page.response.get_data(as_text=True)
    assert "Track 1" in page.text
    assert "Heads only" not in page.text
    assert "Provisional agenda" in browser.get("/en/xiamen-2026/programme").text
    assert (
        "1 Capacity-building"
        in browser.get(f"/en/xiamen-2026/programme/sessions/{session.ref}").text
    )
    with transaction():
        services.say_adopted(event, True, actor=EDITOR)
    publish(event)
    page = browser.get(PUBLIC)
    assert page.soup.h1 is not None
    assert page.soup.h1.get_text() == "Agenda"


def test_programme_without_items_has_no_page_of_the_agenda(browser: Browser, event: Event) -> None:
    make_session(event)
    publish(event)
    assert browser.get(PUBLIC).status == 404
    assert "agenda" not in browser.get("/en/xiamen-2026/programme").text.lower()


def test_revision_tells_what_changed_of_the_agenda(editor: Browser, event: Event) -> None:
    one, two = make_item(event, "One"), make_item(event, "Two")
    session = make_session(event, code="7", titles=Translated(en="Talks"))
    publish(event)
    move(event, two, Move.UP)
    three = make_item(event, "Three")
    give(owner := make_account(), "event_owner", event)
    page = editor.sign_in(owner).get("/manage/xiamen-2026/programme/publish")
    assert "Agenda item 3 is new: Three." in page.text
    assert "Two is now agenda item 1 instead of 2." in page.text
    publish(event)
    with transaction():
        services.remove_item(event, three, actor=EDITOR)
        services.say_adopted(event, True, actor=EDITOR)
        services.take_up(event, session, [one.ref], actor=EDITOR)
    text = editor.get("/manage/xiamen-2026/programme/publish").text
    assert "Three, item 3, is taken off the agenda." in text
    assert "The agenda is adopted." in text
    assert "7 Talks: the agenda items changed." in text
    publish(event)
    programme = queries.find_programme(event.id)
    assert programme is not None
    assert programme.is_adopted
    assert sorted(item["number"] for item in programme.items.values()) == ["1", "2"]


def test_stranger_neither_reads_nor_writes_the_draft(browser: Browser, event: Event) -> None:
    item = make_item(event, "One")
    browser.sign_in(make_account())
    assert browser.get(URL).status == 404
    for address in (f"{URL}/{item.ref}", f"{URL}/new"):
        assert browser.get(address).status == 404


def test_statements_do_not_grow_with_the_agenda(
    editor: Browser, event: Event, statements: list[str]
) -> None:
    make_item(event, "One")
    editor.get(URL)
    statements.clear()
    editor.get(URL)
    few = len(statements)
    for number in range(30):
        make_item(event, f"Item {number}")
    statements.clear()
    editor.get(URL)
    assert len(statements) == few <= 15


def test_copy_of_an_event_takes_the_agenda_along(event: Event) -> None:
    make_item(event, "One")
    two = make_item(event, "Two")
    move(event, two, Move.IN)
    session = make_session(event)
    with transaction():
        services.take_up(event, session, [two.ref], actor=EDITOR)
        copy = copy_event(event, starts_on=date(2026, 9, 10), actor=SYSTEM)
    assert on_paper(copy) == ["1 One", "1 (a) Two"]
    (row,) = queries.sessions_of(copy.id)
    assert agenda_of(copy.id).refs_of(row.id) == [agenda_of(copy.id).items[1].ref]


def test_one_day_is_the_order_of_the_day_once_the_agenda_is_adopted(
    browser: Browser, event: Event
) -> None:
    make_item(event, "One")
    make_session(event)
    publish(event)
    day = "/en/xiamen-2026/programme/2026-04-02"
    assert "Order of the day" not in browser.get(day).text
    with transaction():
        services.say_adopted(event, True, actor=EDITOR)
    publish(event)
    assert "Order of the day" in browser.get(day).text
