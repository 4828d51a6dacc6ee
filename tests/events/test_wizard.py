"""Making an event: three screens, seven typed answers, no JavaScript."""

import pytest

from eventhub.core.db import transaction
from eventhub.events import queries, rules
from tests.browser import Browser
from tests.events.conftest import Maker
from tests.factories import give, make_account, make_entity, make_institution

TYPED = {"text", "email", "date", "datetime-local", "number", "textarea"}


def typed_fields(page):
    """Return the names of the fields that a person types into."""
    form = page.form()
    return [
        control["name"]
        for control in form.find_all(["input", "textarea"])
        if (control.get("type") or control.name) in TYPED
    ]


WHAT = {
    "preset": "seminar",
    "title": "Seminar on AI",
    "starts_on": "2026-06-02",
    "ends_on": "2026-06-05",
    "city": "Beijing",
}


@pytest.mark.parametrize("preset", ["forum", "side_event", "seminar"])
def test_seven_typed_answers_in_three_screens_end_on_a_published_page(app, organiser, preset):
    browser = Browser(app).sign_in(organiser)
    browser.get("/manage/events/new")
    asked = typed_fields(browser.page)
    browser.submit(**{**WHAT, "preset": preset})
    assert browser.page.status == 200
    asked += typed_fields(browser.page)
    browser.submit(places="40", closes="2026-05-20T18:00", contact_email="ask@example.org")
    assert "Check and publish" in browser.page.text
    asked += typed_fields(browser.page)
    assert asked == [
        *("title", "starts_on", "ends_on", "city"),
        *("places", "closes", "contact_email"),
    ]
    browser.submit()
    assert "The page is live" in browser.page.text

    public = Browser(app).get("/beijing-2026")
    assert public.status == 200
    assert "Seminar on AI" in public.text
    assert "Registration is open" in public.text
    assert "Wed 20 May 2026, 18:00 in Beijing (UTC+8)" in public.text


def test_proposed_answers_can_stay(app, organiser):
    browser = Browser(app).sign_in(organiser)
    browser.get("/manage/events/new")
    browser.submit(**WHAT)
    browser.submit()
    assert browser.page.text.count("(default)") == 5, "zone, places, deadline, contact, languages"
    browser.submit()
    assert queries.get_event("beijing-2026").state == "published"


def test_errors_stand_by_their_fields_and_what_was_typed_is_kept(app, organiser):
    browser = Browser(app).sign_in(organiser)
    browser.get("/manage/events/new")
    page = browser.submit(title="Kept title", starts_on="2026-06-02", ends_on="2026-06-01")
    assert page.status == 422
    wrong = {part.get("id") for part in page.soup.select(".error")}
    assert wrong == {"preset-error", "city-error"}
    assert page.soup.find("input", id="title")["value"] == "Kept title"
    page = browser.submit(preset="forum", city="Xiamen")
    assert page.status == 422
    assert [part["id"] for part in page.soup.select(".error")] == ["ends_on-error"]


def test_day_that_has_passed_is_refused(app, organiser):
    browser = Browser(app).sign_in(organiser)
    browser.get("/manage/events/new")
    page = browser.submit(**{**WHAT, "starts_on": "2026-02-28"})
    assert [part["id"] for part in page.soup.select(".error")] == ["starts_on-error"]


def test_sending_the_first_screen_twice_makes_one_event(app, organiser):
    browser = Browser(app).sign_in(organiser)
    browser.get("/manage/events/new")
    form = browser.page.form()
    browser.submit(form, **WHAT)
    browser.submit(form, **WHAT)
    assert browser.page.status == 200
    assert queries.find_event("beijing-2026") is not None
    assert queries.find_event("beijing-2026-2") is None


@pytest.mark.parametrize("title", ["研讨班 🌍", "x" * 200, "Café <b>&amp;</b> 'quotes'"])
def test_odd_titles_are_kept_as_typed(app, organiser, title):
    browser = Browser(app).sign_in(organiser)
    browser.get("/manage/events/new")
    browser.submit(**{**WHAT, "title": title})
    assert queries.get_event("beijing-2026").title() == title


def test_characters_that_cannot_be_stored_are_refused(app, organiser):
    browser = Browser(app).sign_in(organiser)
    browser.get("/manage/events/new")
    page = browser.submit(**{**WHAT, "title": "nul\x00"})
    assert page.status == 422
    assert [part["id"] for part in page.soup.select(".error")] == ["title-error"]


def test_deadline_that_clocks_show_twice_asks_which(app, institution):
    account = make_account()
    new_york = make_institution(zone="America/New_York", languages=["en"])
    give(account, "institution_organiser", institution_id=new_york.id)
    browser = Browser(app).sign_in(account)
    browser.get("/manage/events/new")
    browser.submit(
        **{**WHAT, "city": "New York", "starts_on": "2026-11-09", "ends_on": "2026-11-09"}
    )
    assert not browser.page.soup.find("select", id="closes_fold")
    page = browser.submit(closes="2026-11-01T01:30")
    assert page.status == 422
    assert page.soup.find("select", id="closes_fold")
    browser.submit(closes_fold="1")
    assert "Sun 1 November 2026, 01:30" in browser.page.text
    assert "UTC−5" in browser.page.text


def test_deadline_in_a_gap_names_both_neighbours(app, institution):
    account = make_account()
    cairo = make_institution(zone="Africa/Cairo", languages=["ar"])
    give(account, "institution_organiser", institution_id=cairo.id)
    browser = Browser(app).sign_in(account)
    browser.get("/manage/events/new")
    browser.submit(**{**WHAT, "city": "Cairo", "starts_on": "2026-05-09", "ends_on": "2026-05-09"})
    page = browser.submit(closes="2026-04-24T00:00")
    assert page.status == 422
    (sentence,) = page.errors()
    assert "2026-04-23 23:59" in sentence
    assert "2026-04-24 01:00" in sentence


def test_zone_is_asked_only_where_there_are_several(app, institution):
    account = make_account()
    lusaka = make_institution(zone="Africa/Lusaka", languages=["en"])
    give(account, "institution_organiser", institution_id=lusaka.id)
    page = Browser(app).sign_in(account).get("/manage/events/new")
    assert not page.soup.find("select", id="zone")
    give(account, "institution_organiser", institution_id=institution.id)
    page = Browser(app).sign_in(account).get("/manage/events/new")
    zones = [option["value"] for option in page.soup.select("#zone option")]
    assert set(zones) == {"", "Africa/Lusaka", "Asia/Shanghai"}


def test_city_abroad_gives_its_own_zone(app, organiser):
    browser = Browser(app).sign_in(organiser)
    browser.get("/manage/events/new")
    browser.submit(**{**WHAT, "city": "Lusaka "})
    browser.submit(closes="2026-05-20T18:00")
    assert "18:00 in Lusaka (UTC+2)" in browser.page.text


def mission(organiser):
    """Return who works for the mission of China in New York and for the ministry at home."""
    china = make_entity("CHN", "China", iso3="CHN", iso2="CN")
    mission = make_institution(kind="mission", country_id=china.id)
    give(organiser, "institution_organiser", institution_id=mission.id)
    give(organiser, "institution_organiser", institution_id=make_institution(
        zone="America/New_York").id)  # fmt: skip
    return mission


@pytest.mark.parametrize(
    ("city", "zone"), [("New York", "America/New_York"), ("Geneva", "Europe/Zurich")]
)
def test_untouched_zone_is_that_of_the_city(app, organiser, city, zone):
    browser = Browser(app).sign_in(organiser)
    there = mission(organiser)
    browser.get("/manage/events/new")
    browser.submit(**{**WHAT, "city": city, "institution": there.ref})
    slug = city.lower().replace(" ", "-") + "-2026"
    assert queries.get_event(slug).zone == zone


def test_zone_of_an_unknown_city_is_asked(app, organiser):
    browser = Browser(app).sign_in(organiser)
    there = mission(organiser)
    browser.get("/manage/events/new")
    page = browser.submit(**{**WHAT, "city": "Springfield", "institution": there.ref})
    assert page.status == 422
    assert [part["id"] for part in page.soup.select(".error")] == ["zone-error"]
    assert "Choose the time zone of Springfield" in page.text
    browser.submit(zone="America/Chicago")
    assert queries.get_event("springfield-2026").zone == "America/Chicago"


def test_unknown_city_at_home_has_the_zone_of_the_ministry(app, organiser, institution):
    china = make_entity("CHN", "China", iso3="CHN", iso2="CN")
    with transaction():
        institution.country_id = china.id
    browser = Browser(app).sign_in(organiser)
    browser.get("/manage/events/new")
    browser.submit(**{**WHAT, "city": "Quanzhou"})
    assert queries.get_event("quanzhou-2026").zone == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("city", "zone"),
    [
        ("New York", "America/New_York"),
        ("addis ababa", "Africa/Addis_Ababa"),
        ("Beijing", "Asia/Shanghai"),
        ("Geneva", "Europe/Zurich"),
        ("  geneva, Switzerland", "Europe/Zurich"),
        ("Washington, D.C.", "America/New_York"),
        ("The Hague", "Europe/Amsterdam"),
        ("Xiamen", "Asia/Shanghai"),
        ("Abuja", "Africa/Lagos"),
        ("Springfield", None),
        ("UTC", None),
        ("", None),
    ],
)
def test_zone_of_a_city_is_known_by_its_english_name(city, zone):
    assert rules.zone_of_city(city) == zone


def test_event_of_a_foreign_institution_cannot_be_made(app, organiser):
    foreign, second = make_institution(), make_institution(zone="Asia/Shanghai")
    give(organiser, "institution_organiser", institution_id=second.id)
    browser = Browser(app).sign_in(organiser)
    browser.get("/manage/events/new")
    page = browser.submit(**WHAT, institution=foreign.ref)
    assert page.status == 422
    assert [part["id"] for part in page.soup.select(".error")] == ["institution-error"]
    browser.submit(institution=second.ref)
    assert queries.get_event("beijing-2026").institution_id == second.id


def test_stranger_is_told_that_nothing_is_here(app, make: Maker):
    event = make()
    stranger = Browser(app).sign_in(make_account())
    for path in ("/manage/events/new", f"/manage/{event.slug}/settings"):
        assert stranger.get(path).status == 404
        assert "/sign-in" in Browser(app).get(path, follow=False).location


def test_owner_of_one_event_sees_nothing_of_another(make: Maker, owner):
    one, other = make(), make()
    browser = owner(one)
    assert browser.get(f"/manage/{one.slug}/settings").status == 200
    assert browser.get(f"/manage/{other.slug}/settings").status == 404


def test_draft_can_be_deleted(app, organiser):
    browser = Browser(app).sign_in(organiser)
    browser.get("/manage/events/new")
    browser.submit(**WHAT)
    browser.get("/manage/beijing-2026/set-up/delete")
    browser.submit()
    assert "The draft is deleted" in browser.page.text
    assert queries.find_event("beijing-2026") is None
