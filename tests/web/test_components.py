from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from wtforms import FileField, Form, HiddenField, StringField
from wtforms.validators import InputRequired

from eventhub.admin.gallery import Entry, Page, gallery_context
from eventhub.i18n import gettext, ngettext
from eventhub.web.rosette import rosette

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def templates() -> Environment:
    """The project's templates with only what every page may rely on."""
    env = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(
        _=gettext, ngettext=ngettext, asset=lambda path: f"/static/{path}", csrf_token=lambda: "t0k"
    )
    return env


@pytest.fixture(scope="module")
def draw(templates) -> Callable[..., BeautifulSoup]:
    """Return a function that renders a snippet after importing every component."""
    names = {
        "page": "title, head, notice, flash, empty, steps, summary_list, links, menu",
        "form": "form_start, form_end, field, error_summary, button, post_button, confirm_box",
        "table": "table, pager",
        "marks": "state, mark, person_card",
        "figures": "bars, progress, answer",
    }
    imports = "".join(
        f'{{% from "components/{file}.html" import {macros} %}}' for file, macros in names.items()
    )

    def drawn(snippet: str, **given: object) -> BeautifulSoup:
        return BeautifulSoup(templates.from_string(imports + snippet).render(**given), "lxml")

    return drawn


def page_context(**given: object) -> dict[str, object]:
    return {
        "lang": "ar",
        "dir": "rtl",
        "page_languages": [("en", "English", "/en/x"), ("ar", "العربية", "/ar/x")],
        "masthead": SimpleNamespace(
            institution="Ministry",
            reference="Rev.2",
            home_url="/",
            rosette=Markup(rosette("XMN-2024", 40)),
        ),
        "event_css": "/event.css",
        "nav": [Entry("Home", "/home"), Entry("People", "/people", current=True, count="12")],
        "top_nav": [Entry("Events", "/manage")],
        "part_nav": [],
        "viewer": SimpleNamespace(name="K. Li", is_signed_in=True),
        "flashes": [("good", "Saved."), ("stop", "The room is taken.")],
        "sign_out_url": "/out",
        "account_url": "/me",
        "search_url": "/search",
        "demo_url": None,
        **given,
    }


class NameForm(Form):
    """Two fields and the hidden ones of every form."""

    csrf_token = HiddenField(default="c5rf")
    idempotency_key = HiddenField(default="once")
    name = StringField("Name", [InputRequired()], description="As in your passport.")
    photo = FileField("Photo")


def test_living_page_holds_together(templates):
    page = BeautifulSoup(
        templates.get_template("admin/components.html").render(**page_context(**gallery_context())),
        "lxml",
    )
    ids = Counter(tag["id"] for tag in page.find_all(id=True))
    assert [name for name, times in ids.items() if times > 1] == []
    assert len([h for h in page.find_all("h1") if "word" not in h.get("class", [])]) == 1
    for control in page.select("input:not([type=hidden]), select, textarea"):
        assert page.find("label", attrs={"for": control["id"]}), control
    for described in page.find_all(attrs={"aria-describedby": True}):
        assert all(name in ids for name in described["aria-describedby"].split())
    for link in page.select(".errors a"):
        assert link["href"].removeprefix("#") in ids


def test_page_names_its_language_and_direction(templates):
    page = BeautifulSoup(
        templates.get_template("layouts/public.html").render(**page_context()), "lxml"
    )
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
    assert page.select_one(".languages [aria-current]").text == "العربية"
    assert page.select_one("a.skip")["href"] == "#" + page.main["id"]
    assert [notice.p.text for notice in page.select("main .notice")] == ["Done", "Not done"]
    sheets = [link["href"] for link in page.select("link[rel=stylesheet]")]
    assert sheets == ["/static/css/public.css", "/event.css"]


def test_work_page_marks_the_present_entry_and_reaches_the_menu(templates):
    page = BeautifulSoup(
        templates.get_template("layouts/work.html").render(**page_context()), "lxml"
    )
    assert page.select_one(".menu.side [aria-current]")["href"] == "/people"
    assert page.find(id=page.select_one(".to-menu")["href"].removeprefix("#"))
    assert page.select_one("form[action='/out'] input")["value"] == "t0k"


def test_work_page_of_a_stranger_offers_no_menu_of_an_event(templates):
    page = BeautifulSoup(
        templates.get_template("layouts/work.html").render(
            **page_context(
                nav=[],
                search_url=None,
                demo_url=None,
                viewer=SimpleNamespace(name="", is_signed_in=False),
            )
        ),
        "lxml",
    )
    assert not page.select(".menu.side, form")
    assert "has-menu" not in page.body["class"]


def test_form_carries_its_hidden_fields_without_ids(draw):
    page = draw("{{ form_start('/go', form, multipart=true) }}{{ form_end() }}", form=NameForm())
    assert {(tag["name"], tag["value"]) for tag in page.select("input[type=hidden]")} == {
        ("csrf_token", "c5rf"),
        ("idempotency_key", "once"),
    }
    assert not page.find_all(id=True)
    assert page.form["enctype"] == "multipart/form-data"


def test_required_is_unmarked_and_optional_is_said(draw):
    page = draw("{{ field(form.name) }}{{ field(form.photo) }}", form=NameForm())
    assert page.find("label", attrs={"for": "name"}).text.strip() == "Name"
    assert "(optional)" in page.find("label", attrs={"for": "photo"}).text
    assert page.find(id="name")["type"] == "text"


def test_field_in_error_says_what_to_correct_and_keeps_what_was_typed(draw):
    form = NameForm(data={"name": "<b>MWILA"})
    form.name.errors = ["Leave out the sign <."]
    page = draw("{{ error_summary(form) }}{{ field(form.name) }}", form=form)
    control = page.find("input", id="name")
    assert control["value"] == "<b>MWILA"
    assert control["aria-invalid"] == "true"
    assert control["aria-describedby"] == "name-hint name-error"
    assert page.find(id="name-error").text == "Correct: Leave out the sign <."
    assert page.select_one(".errors h2").text == "One answer needs a correction"
    assert page.select_one(".errors a[href='#name']").text == "Name: Leave out the sign <."


def test_summary_counts_the_answers_inside_a_part(draw):
    wrong = gallery_context()["wrong"]
    page = draw("{{ error_summary(form) }}", form=wrong)
    links = {link["href"] for link in page.select(".errors a")}
    assert page.h2.text == f"{len(links)} answers need a correction"
    assert "#wrong-hall-places" in links


def test_no_summary_where_all_is_right(draw):
    assert not draw("{{ error_summary(form) }}", form=NameForm()).find("div")


def test_picture_once_sent_is_kept(draw):
    page = draw("{{ field(form.photo, current='/p/1', current_alt='You') }}", form=NameForm())
    assert (page.img["src"], page.img["alt"]) == ("/p/1", "You")


def test_table_shows_rows_or_says_why_there_are_none(draw):
    call = (
        "{% call(row) table('People', [{'label': 'Name', 'sort_url': '?s=name', 'sorted':"
        " 'ascending'}], rows, empty_sentence='Nobody yet.') %}<td>{{ row }}</td>{% endcall %}"
    )
    page = draw(call, rows=["<i>", "B"])
    assert [cell.text for cell in page.select("tbody td")] == ["<i>", "B"]
    assert page.th["aria-sort"] == "ascending"
    assert page.caption.text == "People"
    page = draw(call, rows=[])
    assert page.text.strip() == "Nobody yet."


@pytest.mark.parametrize(
    ("number", "ways"), [(1, ["?page=2"]), (2, ["?page=1", "?page=3"]), (3, ["?page=2"])]
)
def test_pager_leads_on_and_back(draw, number, ways):
    page = draw("{{ pager(page) }}", page=Page(number, 3, 41))
    assert [link["href"] for link in page.find_all("a")] == ways
    assert "41 entries" in page.text


def test_bars_are_drawn_to_scale_and_tell_the_numbers(draw):
    page = draw("{{ bars(rows, 'Regions', 'Region', 'People') }}", rows=[("A", 200), ("B", 50)])
    assert [bar["width"] for bar in page.find_all("rect")] == ["100.0%", "25.0%"]
    assert [cell.text for cell in page.select("td.number")] == ["200", "50"]
    assert draw("{{ bars([], 'None', 'Region', 'People') }}").select("tbody tr") == []


@pytest.mark.parametrize("kind", ["go", "stop", "desk"])
def test_answers_of_the_door_differ_in_shape_and_word(draw, kind):
    page = draw("{% call answer(kind, kind) %}{% endcall %}", kind=kind)
    others = [
        draw("{% call answer(kind, kind) %}{% endcall %}", kind=other).path["d"]
        for other in {"go", "stop", "desk"} - {kind}
    ]
    assert page.path["d"] not in others
    assert page.h1.text == kind


def test_what_people_typed_is_never_markup(draw):
    page = draw(
        "{{ title(x, x) }}{{ summary_list([(x, x)]) }}{{ state(x) }}{{ mark(x, x) }}"
        "{{ person_card(x, x, '', '', [x]) }}{{ links([(x, '/', x)]) }}{{ flash('note', x) }}"
        "{{ empty(x, '/', x) }}{{ button(x) }}{{ post_button('/', x, '', {'a': x}) }}",
        x="<script>1</script>",
    )
    assert not page.find("script")
