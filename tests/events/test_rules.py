"""Presets, states, addresses and colours of events; no application."""

from datetime import UTC, date, datetime

import pytest

from eventhub.events import catalogue, rules
from eventhub.events.rules import PRESETS, SWITCHES, EventState, Window


@pytest.mark.parametrize(
    ("preset", "on"),
    [
        (
            "forum",
            {
                "delegations",
                "letters",
                "seats",
                "arrivals",
                "badges",
                "doors",
                "certificates",
                "floor",
            },
        ),
        ("side_event", {"speakers", "states_in_room", "floor"}),
        ("seminar", {"badges", "roll_call", "certificates"}),
    ],
)
def test_each_preset_sets_its_switches_and_no_other(preset, on):
    assert PRESETS[preset].switches == on
    assert on <= set(SWITCHES)


def test_presets_turn_on_categories_of_the_catalogue():
    codes = {one.code for one in catalogue.categories()}
    assert len(codes) == rules.CATALOGUE_SIZE
    for preset in PRESETS.values():
        assert set(preset.categories) <= codes


def test_side_event_asks_four_fields_and_confirms_at_once():
    side_event = PRESETS["side_event"]
    assert side_event.fields == ("names", "entity", "email", "grounds_pass")
    assert side_event.rule == rules.CategoryRule("none", "none", needs_letter=False)


def test_without_delegations_the_organiser_vouches():
    rule = rules.effective_category(
        vouched_by="focal_point", approver="protocol", needs_letter=True, switches=["badges"]
    )
    assert rule == rules.CategoryRule("organiser", "protocol", needs_letter=False)


def test_with_delegations_the_focal_point_vouches():
    rule = rules.effective_category(
        vouched_by="focal_point", approver="protocol", needs_letter=True, switches=["delegations"]
    )
    assert rule == rules.CategoryRule("focal_point", "protocol", needs_letter=False)


def test_letter_counts_once_letters_are_on():
    rule = rules.effective_category(
        vouched_by="none", approver="media_desk", needs_letter=True, switches=["letters"]
    )
    assert rule.needs_letter


def test_languages_start_with_the_title_then_host_then_preset():
    forum = rules.propose_languages(PRESETS["forum"], title="zh", host=["zh", "ar"])
    assert forum == ["zh", "en", "fr"]
    side = rules.propose_languages(PRESETS["side_event"], title="fr", host=["zh"])
    assert side == ["fr", "en"]


def test_reply_deadline_is_counted_back_from_the_first_day():
    proposed = rules.propose_reply_deadline(
        PRESETS["forum"], starts_on=date(2024, 4, 2), today=date(2024, 1, 5)
    )
    assert proposed == datetime.fromisoformat("2024-03-03T23:59")


def test_reply_deadline_is_the_day_before_where_time_is_short():
    proposed = rules.propose_reply_deadline(
        PRESETS["side_event"], starts_on=date(2024, 4, 2), today=date(2024, 3, 31)
    )
    assert proposed == datetime.fromisoformat("2024-04-01T18:00")


def test_cancelled_event_never_comes_back():
    assert rules.TRANSITIONS[EventState.CANCELLED] == {EventState.ARCHIVED}
    assert not rules.may_move("cancelled", "published")
    assert not rules.may_move("archived", "published")
    assert rules.may_move("postponed", "published")


OPENS = datetime(2024, 1, 22, 1, tzinfo=UTC)
CLOSES = datetime(2024, 3, 1, 15, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "instant", "expected"),
    [
        ("published", datetime(2024, 1, 22, 0, 59, tzinfo=UTC), Window.NOT_YET),
        ("published", OPENS, Window.OPEN),
        ("published", CLOSES, Window.OPEN),
        ("published", datetime(2024, 3, 1, 15, 59, 1, tzinfo=UTC), Window.CLOSED),
        ("draft", OPENS, Window.STOPPED),
        ("postponed", OPENS, Window.STOPPED),
        ("cancelled", OPENS, Window.STOPPED),
    ],
)
def test_registration_is_open_between_its_instants(state, instant, expected):
    found = rules.registration_window(state, opens_at=OPENS, closes_at=CLOSES, instant=instant)
    assert found == expected


@pytest.mark.parametrize(
    ("title", "city", "preset", "slug"),
    [
        ("2024 China-Africa Forum", "Xiamen", "forum", "xiamen-2024"),
        ("Anything", "New York", "side_event", "new-york-2024"),
        ("Anything", "São Tomé", "seminar", "sao-tome-2024"),
        ("Digital Cooperation Forum", "厦门", "forum", "digital-cooperation-forum-2024"),
        ("研讨班", "北京", "seminar", "seminar-2024"),
        ("Talks", "Manage", "forum", "talks-2024"),
    ],
)
def test_address_is_made_of_city_else_title_else_preset(title, city, preset, slug):
    proposed = rules.propose_slug(title=title, city=city, preset=preset, year=2024)
    assert proposed == slug
    assert rules.slug_problem(proposed) is None


def test_taken_address_is_numbered():
    taken = {"xiamen-2024", "xiamen-2024-2"}
    assert rules.first_free("xiamen-2024", taken.__contains__) == "xiamen-2024-3"


@pytest.mark.parametrize(
    ("slug", "problem"),
    [
        ("xiamen-2024", None),
        ("2024", None),
        ("abc", "form"),
        ("Xiamen-2024", "form"),
        ("xiamen--2024", "form"),
        ("xiamen/2024", "form"),
        ("xiamen", "year"),
        ("xiamen-20245", "year"),
        ("manage-2024", "reserved"),
        ("static-2024", "reserved"),
    ],
)
def test_address_has_form_year_and_no_other_meaning(slug, problem):
    assert rules.slug_problem(slug) == problem


@pytest.mark.parametrize(
    ("slug", "code"),
    [
        ("xiamen-2024", "XIAMEN-2024"),
        ("digital-cooperation-forum-2024", "DIGITAL-COOPERA-2024"),
        ("new-york-2025-rehearsal", "NEW-YORK-2025-R-2025"),
    ],
)
def test_code_follows_the_address_and_keeps_the_year(slug, code):
    assert rules.code_of(slug) == code
    assert rules.code_problem(code) is None


def test_hosts_sort_in_english_without_article_case_or_accent_r3_38():
    names = ["zambia", "The Gambia", "Égypte", "African Union", "Ethiopia"]
    ordered = sorted(names, key=rules.english_key)
    assert ordered == ["African Union", "Égypte", "Ethiopia", "The Gambia", "zambia"]


def test_every_category_colour_of_the_catalogue_can_be_read():
    for one in catalogue.categories():
        assert rules.is_readable(one.colour), one.code


def test_colour_that_cannot_be_read_gets_a_darker_one():
    assert not rules.is_readable("#2E8B57")
    darker = rules.darkened("#2E8B57")
    assert rules.contrast("#FFFFFF", darker) >= 4.5
    assert rules.contrast("#FFFFFF", "#2E8B57") == pytest.approx(4.25, abs=0.01)


def test_stylesheet_holds_nothing_but_known_colours():
    text = rules.stylesheet("plum", [("DEL", "#1F5FA8"), ("BAD", "red;} body{display:none")])
    assert "--accent-light: #6B2A5B" in text
    assert ".cat-DEL { --mark: #1F5FA8; --on-mark: #FFFFFF; }" in text
    assert "BAD" not in text


def test_unknown_accent_falls_back():
    assert "#0F4C5C" in rules.stylesheet("mauve", [])
