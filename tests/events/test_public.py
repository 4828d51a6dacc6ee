"""Public pages: what stands on them, how they are kept, what they ask of the database."""

import gzip
import json
from datetime import date, datetime, timedelta

import pytest

from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import transaction
from eventhub.events import queries, services
from eventhub.i18n import Translated
from tests.browser import Browser


@pytest.fixture
def event(make):
    event = make(closes=datetime.fromisoformat("2026-05-01T23:59"))
    with transaction():
        services.change_basics(
            event,
            titles=Translated(en="Digital Forum", ar="المنتدى الرقمي"),
            summary=Translated(en="Two days of talks. </script><b>"),
            contact_email="ask@example.org",
            actor=SYSTEM,
        )
        services.change_languages(
            event,
            languages=["en", "fr", "ar"],
            working_languages=[],
            interpretation=[],
            actor=SYSTEM,
        )
        services.add_info_page(
            event,
            slug="arrival",
            titles=Translated(en="Arrival"),
            bodies=Translated(en="## Visa\n\nBy train."),
            actor=SYSTEM,
        )
        services.publish_event(event, actor=SYSTEM)
    return event


def test_bare_address_leads_to_the_readers_language(browser, event):
    answer = browser.get("/xiamen-2026", follow=False, **{"Accept-Language": "ar;q=0.9, de"})
    assert (answer.status, answer.location) == (302, "/ar/xiamen-2026")
    answer = browser.get("/xiamen-2026", follow=False, **{"Accept-Language": "de"})
    assert answer.location == "/en/xiamen-2026"


def test_page_says_what_where_when_and_until_when(browser, event):
    page = browser.get("/en/xiamen-2026")
    assert page.soup.h1.get_text(strip=True) == "Digital Forum"
    assert "Xiamen · 2–3 June 2026" in page.text
    assert "Until Fri 1 May 2026, 23:59 in Xiamen (UTC+8)." in page.text
    assert "Registration is open" in page.text


def test_readers_time_stands_beside_where_it_is_known(browser, event):
    page = browser.get("/en/xiamen-2026?tz=Africa/Lusaka")
    assert "23:59 in Xiamen (UTC+8; 17:59 in Lusaka)" in page.text
    assert "Lusaka" not in browser.get("/en/xiamen-2026?tz=../../etc").text


def test_zone_is_chosen_on_a_page_of_its_own(browser, event):
    page = browser.get("/en/xiamen-2026/my-time")
    assert page.soup.find("option", value="Africa/Lusaka")


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        ("2026-05-01T15:59:00+00:00", "Registration is open"),
        ("2026-05-01T15:59:01+00:00", "Registration is closed"),
    ],
)
def test_registration_closes_at_its_instant(browser, event, instant, words):
    with clock.at(datetime.fromisoformat(instant)):
        assert words in browser.get("/en/xiamen-2026").text


def test_title_in_another_language_says_so(browser, event):
    title = browser.get("/fr/xiamen-2026").soup.h1
    assert title["lang"] == "en"
    page = browser.get("/ar/xiamen-2026")
    assert page.soup.html["dir"] == "rtl"
    assert not page.soup.h1.has_attr("lang")


def test_page_is_kept_and_asked_for_again(browser, event):
    first = browser.get("/en/xiamen-2026").response
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = browser.get("/en/xiamen-2026", **{"If-None-Match": first.headers["ETag"]}).response
    assert (again.status_code, again.data) == (304, b"")
    with transaction():
        services.change_switches(event, on=[], actor=SYSTEM)
    changed = browser.get("/en/xiamen-2026", **{"If-None-Match": first.headers["ETag"]})
    assert changed.status == 200


def test_page_is_the_same_for_everybody_and_sets_no_cookie(app, event, owner):
    public = Browser(app).get("/en/xiamen-2026").response
    signed_in = owner(event)
    signed_in.get("/manage/xiamen-2026/settings/switches")
    signed_in.submit(follow=False)
    answer = signed_in.get("/en/xiamen-2026").response
    assert answer.data == public.data
    assert "Set-Cookie" not in public.headers
    assert "Saved" in signed_in.get("/manage/xiamen-2026/settings").text, "the message waited"


def test_page_is_light(browser, event):
    data = browser.get("/ar/xiamen-2026").response.data
    assert len(gzip.compress(data)) < 6 * 1024


def add_much(event, count):
    with transaction():
        for number in range(count):
            services.add_host(event, names=Translated(en=f"State {number}"), actor=SYSTEM)
            services.add_info_page(
                event,
                slug=f"page-{number}",
                titles=Translated(en=f"Page {number}"),
                bodies=Translated(en="Text"),
                actor=SYSTEM,
            )


PAGES = ["/en/xiamen-2026", "/en/xiamen-2026/practical/arrival", "/en/xiamen-2026/privacy"]


@pytest.mark.parametrize("path", PAGES)
def test_page_takes_at_most_eight_statements_whatever_it_holds(browser, event, statements, path):
    counts = []
    for more in (1, 40):
        add_much(queries.get_event("xiamen-2026"), more) if more > 1 else None
        statements.clear()
        assert browser.get(path).status == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 8


def test_front_page_takes_as_many_statements_for_one_event_as_for_many(
    browser, event, make, statements
):
    counts = []
    for more in (0, 12):
        for _ in range(more):
            made = make()
            with transaction():
                services.publish_event(queries.get_event(made.slug), actor=SYSTEM)
        statements.clear()
        assert browser.get("/").status == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 8


def test_front_page_shows_public_events_and_nothing_else(browser, event, make):
    make(title="Secret draft")
    with transaction():
        services.rehearse_event(event, starts_on=date(2026, 3, 1), actor=SYSTEM)
    page = browser.get("/")
    titles = [link.get_text(strip=True) for link in page.soup.select(".events a")]
    assert titles == ["Digital Forum"]
    with clock.at(event.ends_at + timedelta(seconds=1)):
        page = browser.get("/")
    assert "Held before" in page.text
    assert "No event is announced" in page.text


@pytest.mark.parametrize(
    "path",
    ["", "/privacy", "/my-time", "/programme", "/calendar", "/calendar.ics", "/register", "/find"],
)
def test_every_page_of_an_event_that_moved_leads_on(browser, event, path):
    old = event.slug
    with transaction():
        services.move_address(event, "moved-2030", actor=SYSTEM)
    page = browser.get(f"/en/{old}{path}?tz=Africa%2FLusaka", follow=False)
    assert page.status == 301
    assert page.location == f"/en/moved-2030{path}?tz=Africa%2FLusaka"


def test_draft_is_nowhere_to_be_seen(browser, make):
    slug = make().slug
    for path in (f"/{slug}", f"/en/{slug}", f"/en/{slug}/privacy", f"/en/{slug}/practical/x"):
        assert browser.get(path).status == 404


def test_rehearsal_says_that_it_is_one_and_stays_out_of_searches(browser, event):
    with transaction():
        services.rehearse_event(event, starts_on=date(2026, 3, 1), actor=SYSTEM)
    page = browser.get("/en/xiamen-2026-rehearsal")
    assert "This is a rehearsal" in page.text
    assert page.soup.find("meta", attrs={"name": "robots"})["content"] == "noindex"


@pytest.mark.parametrize(
    ("stop", "word", "status"),
    [
        (services.postpone_event, "This event is postponed", "EventPostponed"),
        (services.cancel_event, "This event is cancelled", "EventCancelled"),
    ],
)
def test_stopped_event_says_so_first(browser, event, stop, word, status):
    with transaction():
        stop(event, notice=Translated(en="The hall is flooded."), actor=SYSTEM)
    page = browser.get("/en/xiamen-2026")
    assert page.soup.main.find(["h1", "h2"]).get_text() == word
    assert "The hall is flooded." in page.text
    assert "Registration is open" not in page.text
    assert linked_data(page)["eventStatus"] == f"https://schema.org/{status}"


def linked_data(page):
    """Return the page's only linked data."""
    (script,) = page.soup.find_all("script", type="application/ld+json")
    return json.loads(script.string)


def test_linked_data_says_what_the_page_says(browser, event):
    page = browser.get("/en/xiamen-2026")
    said = linked_data(page)
    assert said["name"] in page.text
    assert (said["startDate"], said["endDate"]) == ("2026-06-02", "2026-06-03")
    assert said["location"]["address"]["addressLocality"] == "Xiamen"
    assert said["organizer"]["name"] == "Ministry of Digital Affairs"
    assert said["description"] == "Two days of talks. </script><b>", "and did not end the element"
    assert not page.soup.main.find("b")


def test_shared_link_shows_title_and_days(browser, event):
    soup = browser.get("/en/xiamen-2026").soup
    told = {meta["property"]: meta["content"] for meta in soup.find_all("meta", property=True)}
    assert told["og:title"] == "Digital Forum"
    assert told["og:description"] == "Forum, 2–3 June 2026, Xiamen."
    assert told["og:url"] == "http://localhost/en/xiamen-2026"


def test_practical_page_tells_which_language_it_is_in(browser, event):
    page = browser.get("/ar/xiamen-2026/practical/arrival")
    assert page.soup.find(lang="en", dir="ltr").h2.text == "Visa"
    assert "English" in page.text
    assert browser.get("/en/xiamen-2026/practical/nothing").status == 404


def test_title_of_a_page_in_another_language_says_so(browser, event):
    page = browser.get(f"/fr/{event.slug}")
    assert page.soup.select("bdi[lang=en]")[0].get_text() == "Arrival"
    assert not browser.get(f"/en/{event.slug}").soup.select(".links bdi[lang]")


def test_hidden_practical_page_is_not_found(browser, event):
    with transaction():
        page = queries.info_pages_of(event.id)[0]
        services.change_info_page(
            event,
            page,
            slug="arrival",
            titles=page.titles,
            bodies=page.bodies,
            is_public=False,
            actor=SYSTEM,
        )
    assert browser.get("/en/xiamen-2026/practical/arrival").status == 404
    assert "Arrival" not in browser.get("/en/xiamen-2026").text


def test_event_brings_its_colours_for_a_year(browser, event):
    page = browser.get("/en/xiamen-2026")
    sheet = next(
        link["href"] for link in page.soup.find_all("link") if "/static-event/" in link["href"]
    )
    answer = browser.get(sheet).response
    assert "immutable" in answer.headers["Cache-Control"]
    assert b".cat-DEL { --mark: #1F5FA8;" in answer.data
    row = next(one for one in queries.categories_of(event.id) if one.code == "DEL")
    with transaction():
        services.change_category(event, row, colour="#000000", actor=SYSTEM)
    assert sheet not in browser.get("/en/xiamen-2026").response.text
    assert "immutable" not in browser.get(sheet).response.headers["Cache-Control"]


def test_unknown_language_and_event_are_not_found(browser, event):
    for path in ("/xx/xiamen-2026", "/en/nowhere-2026", "/nowhere-2026"):
        assert browser.get(path).status == 404


def test_r3_38_co_hosts_stand_in_english_order_on_pages_of_every_language(browser, event):
    named = {"Zambia": "Zambie", "The Gambia": "Gambie (la)", "Germany": "Allemagne"}
    with transaction():
        for english, french in named.items():
            services.add_host(event, names=Translated(en=english, fr=french), actor=SYSTEM)
    for path, order in (
        ("/en/xiamen-2026", ["The Gambia", "Germany", "Zambia"]),
        ("/fr/xiamen-2026", ["Gambie (la)", "Allemagne", "Zambie"]),
    ):
        text = browser.get(path).text
        places = [text.index(name) for name in order]
        assert places == sorted(places)
