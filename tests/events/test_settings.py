"""Settings pages: what is typed is saved, refused beside its field, or told to the second tab."""

import re

import pytest

from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.entities.services import load_reference
from eventhub.events import catalogue, queries, services
from eventhub.i18n import LANGUAGES, Translated
from eventhub.venues import services as venues
from tests.browser import Browser

PAGES = [
    *("", "/basics", "/dates", "/registration", "/languages", "/switches", "/categories"),
    *("/hosts", "/rooms", "/rooms/new", "/pages", "/pages/new", "/life", "/life/postpone"),
    *("/life/cancel", "/life/archive", "/life/resume", "/address"),
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_is_sound_and_asks_little_of_the_database(
    make, owner, statements, path, language
):
    event = make()
    browser = owner(event)
    browser.get(f"/manage/{event.slug}/settings{path}")
    statements.clear()
    page = browser.get(f"/manage/{event.slug}/settings{path}?lang={language}")
    assert page.status == 200
    assert len(statements) <= 15, "\n".join(statements)


def test_basics_are_saved_in_every_language(make, owner):
    event = make()
    browser = owner(event)
    browser.get(f"/manage/{event.slug}/settings/basics")
    browser.submit(title_zh="数字论坛", summary_en="Two days.", accent="plum")
    assert "Saved" in browser.page.text
    event = queries.get_event(event.slug)
    assert dict(event.titles) == {"en": "Digital Forum", "zh": "数字论坛"}
    assert (event.summary["en"], event.accent) == ("Two days.", "plum")


def test_second_tab_is_told_and_keeps_what_was_typed(make, owner):
    event = make()
    first, second = owner(event), owner(event)
    first.get(f"/manage/{event.slug}/settings/basics")
    second.get(f"/manage/{event.slug}/settings/basics")
    first.submit(contact_email="first@example.org")
    page = second.submit(summary_en="My words")
    assert page.status == 422
    assert "Event Owner changed this meanwhile" in page.text
    assert page.soup.find("textarea", id="summary_en").text.strip() == "My words"
    second.submit()
    stored = queries.get_event(event.slug)
    assert stored.summary["en"] == "My words"


def test_switch_that_is_off_is_absent(make, owner):
    event = make()
    browser = owner(event)
    browser.get(f"/manage/{event.slug}/settings/switches")
    browser.submit(on=["badges"])
    assert queries.get_event(event.slug).switches == ["badges"]


def test_languages_fall_back_in_the_order_chosen(make, owner):
    event = make()
    browser = owner(event)
    browser.get(f"/manage/{event.slug}/settings/languages")
    browser.submit(first="fr", languages=["en", "ar"], working=["fr"])
    event = queries.get_event(event.slug)
    assert (event.languages, event.working_languages) == (["fr", "en", "ar"], ["fr"])


def test_category_is_changed_and_a_bad_colour_refused(make, owner):
    event = make()
    row = next(one for one in queries.categories_of(event.id) if one.code == "DEL")
    browser = owner(event)
    browser.get(f"/manage/{event.slug}/settings/categories/{row.ref}")
    page = browser.submit(colour="#2e8b57", mark="XX")
    assert page.status == 422
    assert [part["id"] for part in page.soup.select(".error")] == ["colour-error"]
    browser.submit(colour="#23724a")
    assert browser.page.status == 200
    row = queries.get_category(event.id, row.ref)
    assert (row.colour, row.mark) == ("#23724A", "XX")


def test_r1_6_a_category_starts_as_the_catalogue_has_it_and_every_attribute_is_the_events_own(
    make, owner
):
    event, other = make(), make()
    known = {one.code: one for one in catalogue.categories()}
    assert len(known) == 21
    rows = {one.code: one for one in queries.categories_of(event.id)}
    assert set(rows) == set(known)
    for code, row in rows.items():
        was = known[code]
        assert (row.mark, row.colour, tuple(row.zones), row.default_quota) == (
            was.mark, was.colour, was.zones, was.default_quota,
        )  # fmt: skip
        assert (row.photo_waived, row.counts_as_participant, row.in_list_of_participants) == (
            was.photo_waived, was.counts_as_participant, was.in_list_of_participants,
        )  # fmt: skip
        assert all(row.names[one] == was.names[one] for one in LANGUAGES if one in was.names)
    browser, row = owner(event), rows["DEL"]
    wanted = {
        "mark": "XX", "colour": "#23724A", "zones": ["Z1"], "vouched_by": "organiser",
        "approver": "protocol", "default_quota": 9,
        **{name: not getattr(row, name) for name in (
            "is_public", "needs_letter", "photo_waived", "counts_as_participant",
            "in_list_of_participants",
        )},
    }  # fmt: skip
    assert all(getattr(row, name) != value for name, value in wanted.items())
    browser.get(f"/manage/{event.slug}/settings/categories/{row.ref}")
    typed = {name: {True: "y", False: None}.get(value, value) if isinstance(value, bool)
             else str(value) if isinstance(value, int) else value
             for name, value in wanted.items()}  # fmt: skip
    browser.submit(name_en="Envoy", **typed)
    assert browser.page.status == 200
    db.session.expire_all()
    row = queries.get_category(event.id, row.ref)
    assert {name: getattr(row, name) for name in wanted} == wanted
    assert row.names["en"] == "Envoy"
    untouched = next(one for one in queries.categories_of(other.id) if one.code == "DEL")
    assert untouched.mark == known["DEL"].mark


def test_categories_are_turned_on_and_off_but_never_all(make, owner):
    event = make()
    browser = owner(event)
    browser.get(f"/manage/{event.slug}/settings/categories")
    browser.submit(categories=["NGO", "DEL"])
    on = {row.code for row in queries.categories_of(event.id, only_on=True)}
    assert on == {"NGO", "DEL"}
    browser.get(f"/manage/{event.slug}/settings/categories")
    assert browser.submit(categories=None).status == 422


def test_cohost_by_entity_takes_its_names(make, owner):
    with transaction():
        load_reference(actor=SYSTEM)
    event = make()
    browser = owner(event)
    browser.get(f"/manage/{event.slug}/settings/hosts")
    browser.submit(browser.page.form(-1), entity="ZMB")
    browser.submit(browser.page.form(-1), entity="CIV", name="Government of Côte d'Ivoire")
    names = [host.names.pick("en") for host in queries.hosts_of(event.id)]
    assert names[1:] == ["Government of Côte d'Ivoire", "Zambia"]
    assert browser.submit(browser.page.form(-1), entity="", name="").status == 422
    browser.get(f"/manage/{event.slug}/settings/hosts")
    browser.submit(browser.page.form(action="/remove"))
    assert len(queries.hosts_of(event.id)) == 2


def test_venue_lends_its_name_and_rooms(make, owner, institution):
    with transaction():
        venue = venues.create_venue(
            institution_id=institution.id,
            names=Translated(en="Conference Centre"),
            city="Xiamen",
            zone="Asia/Shanghai",
            actor=SYSTEM,
        )
        for code in ("A", "B"):
            venues.add_room(
                venue, code=code, names=Translated(en=f"Room {code}"), capacity=9, actor=SYSTEM
            )
    event = make()
    browser = owner(event)
    browser.get(f"/manage/{event.slug}/settings/rooms")
    browser.submit(venue=venue.ref)
    browser.submit(venue=venue.ref)
    assert [room.code for room in queries.rooms_of(event.id)] == ["A", "B"]
    assert queries.get_event(event.slug).venue_names["en"] == "Conference Centre"
    room = queries.rooms_of(event.id)[0]
    browser.get(f"/manage/{event.slug}/settings/rooms/{room.ref}")
    assert browser.submit(code="B").status == 422
    browser.submit(code="C", capacity="12")
    assert {(r.code, r.capacity) for r in queries.rooms_of(event.id)} == {("C", 12), ("B", 9)}


def test_page_is_previewed_before_it_is_kept(make, owner):
    event = make()
    browser = owner(event)
    browser.get(f"/manage/{event.slug}/settings/pages/new")
    page = browser.submit(
        slug="arrival",
        title_en="Arrival",
        body_en="## Visa\n\n<script>alert(1)</script> [x](javascript:alert(1))",
        press="preview=1",
    )
    article = page.soup.select_one("article.panel")
    assert article.select_one("h2").text == "Visa"
    assert not article.find_all("script")
    assert not article.find_all("a", href=re.compile("javascript"))
    assert queries.info_pages_of(event.id) == []
    browser.submit()
    assert [one.slug for one in queries.info_pages_of(event.id)] == ["arrival"]


def test_two_pages_have_two_addresses(make, owner):
    event = make()
    browser = owner(event)
    for expected in (200, 422):
        browser.get(f"/manage/{event.slug}/settings/pages/new")
        page = browser.submit(slug="arrival", title_en="Arrival")
        assert page.status == expected
    assert [part["id"] for part in page.soup.select(".error")] == ["slug-error"]


def test_cancelling_says_how_many_are_told_before_it_does(make, owner):
    event = make()
    with transaction():
        services.publish_event(event, actor=SYSTEM)
    browser = owner(event)
    page = browser.get(f"/manage/{event.slug}/settings/life/cancel")
    assert "nobody is told" in page.text
    assert queries.get_event(event.slug).state == "published"
    browser.submit(notice_en="The hall is flooded.")
    event = queries.get_event(event.slug)
    assert (event.state, event.notice["en"]) == ("cancelled", "The hall is flooded.")


def test_copy_is_made_from_its_page(make, owner):
    event = make()
    browser = owner(event)
    browser.get(f"/manage/{event.slug}/copy")
    browser.submit(starts_on="2027-06-01")
    assert queries.get_event("xiamen-2027").state == "draft"


def test_published_address_moves_and_the_old_one_leads_there(app, make, owner):
    event = make()
    with transaction():
        services.publish_event(event, actor=SYSTEM)
    browser = owner(event)
    browser.get(f"/manage/{event.slug}/settings/address")
    browser.submit(slug="forum-2026")
    answer = Browser(app).get("/en/xiamen-2026", follow=False)
    assert (answer.status, answer.location) == (301, "/en/forum-2026")
    answer = Browser(app).get("/xiamen-2026", follow=False)
    assert (answer.status, answer.location) == (301, "/forum-2026")
