"""A choice of sessions without an account, carried by the address and never kept."""

import pytest
from icalendar import Calendar

from eventhub.events.models import Event
from eventhub.i18n import Translated
from tests.agenda.programmes import change, make_session, publish, wall
from tests.browser import Browser

URL = "/en/xiamen-2026/programme"


def test_sessions_are_chosen_by_links_alone(browser: Browser, event: Event) -> None:
    """Each link leads to the same page with one more session chosen, or one less."""
    one = make_session(event, titles=Translated(en="Opening"))
    two = make_session(event, titles=Translated(en="Panel"), starts=wall("2026-04-02T11:00"))
    publish(event)
    page = browser.get(f"{URL}/2026-04-02")
    for ref in (two.ref, one.ref):
        link = page.soup.select_one(f"[data-star='{ref}']")
        assert link is not None
        assert "Choose" in link.get_text()
        page = browser.get(f"{URL}/2026-04-02{link['href']}".partition("#")[0])
        chosen = page.soup.select_one(f"[data-star='{ref}']")
        assert chosen is not None
        assert "Chosen" in chosen.get_text()
    mine = page.soup.select_one("[data-mine]")
    assert mine is not None
    assert mine.get_text(" ", strip=True) == "My choice 2"
    assert mine["href"] == f"{URL}/mine?s={two.ref}.{one.ref}"
    page = browser.get(str(mine["href"]))
    assert [h.get_text(strip=True) for h in page.soup.select("article h3")] == ["Opening", "Panel"]
    assert page.soup.select_one("svg[role=img]") is not None
    out = page.soup.select_one(f"[data-star='{one.ref}']")
    assert out is not None
    assert str(out["href"]).startswith(f"?s={two.ref}#")


def test_choice_goes_along_to_other_days_languages_sessions_and_clocks(
    browser: Browser, event: Event
) -> None:
    one = make_session(event)
    make_session(event, starts=wall("2026-04-03T09:00"))
    publish(event)
    page = browser.get(f"{URL}/2026-04-02?s={one.ref}&tz=Africa/Lusaka")
    links = [str(a["href"]) for a in page.soup.select(".tabs a, .languages a, article h3 a")]
    assert len(links) > 6
    assert all(f"s={one.ref}" in link and "tz=Africa" in link for link in links)
    assert "03:00" in page.text


def test_page_of_a_choice_is_made_for_one_reader_and_not_found_by_robots(
    browser: Browser, event: Event
) -> None:
    one = make_session(event)
    publish(event)
    plain = browser.get(URL).response
    assert "X-Robots-Tag" not in plain.headers
    chosen = browser.get(f"{URL}?s={one.ref}").response
    assert chosen.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert browser.get(URL).response.data == plain.data
    assert "Set-Cookie" not in chosen.headers


def test_overlapping_gone_and_private_sessions_are_told(browser: Browser, event: Event) -> None:
    one = make_session(event, titles=Translated(en="Opening"))
    two = make_session(event, titles=Translated(en="Panel"), starts=wall("2026-04-02T09:30"))
    private = make_session(event, titles=Translated(en="Breakfast"), access="private")
    publish(event)
    page = browser.get(f"{URL}/mine?s={one.ref}.{two.ref}.{private.ref}.zzzzzzzzzz")
    assert "Two chosen sessions overlap" in page.text
    assert "Opening (09:00–10:00) and Panel (09:30–10:30)" in page.text
    assert "2 chosen sessions are no longer in the programme." in page.text
    assert "Breakfast" not in page.text
    empty = browser.get(f"{URL}/mine")
    assert "You have chosen nothing yet." in empty.text


def test_calendar_of_a_choice_holds_these_public_sessions_and_follows_changes(
    browser: Browser, event: Event
) -> None:
    one = make_session(event, titles=Translated(en="Opening"))
    private = make_session(event, titles=Translated(en="Breakfast"), access="private")
    make_session(event, titles=Translated(en="Panel"))
    publish(event)
    page = browser.get(f"{URL}/mine?s={one.ref}.{private.ref}")
    [link] = [a["href"] for a in page.soup.select(".links a") if ".ics" in str(a["href"])]
    first = browser.client.get(str(link))
    assert first.mimetype == "text/calendar"
    [entry] = Calendar.from_ical(first.data).walk("VEVENT")
    assert entry["SUMMARY"] == "Opening"
    change(event, one, starts=wall("2026-04-02T12:00"), ends=wall("2026-04-02T13:00"))
    publish(event)
    second = browser.client.get(str(link), headers={"If-None-Match": first.headers["ETag"]})
    [later] = Calendar.from_ical(second.data).walk("VEVENT")
    assert (later["UID"], later["SEQUENCE"]) == (entry["UID"], entry["SEQUENCE"] + 1)
    for address in (f"{URL}/mine.ics", f"{URL}/mine.ics?s=<x>"):
        assert browser.client.get(address).status_code == 404


@pytest.mark.parametrize("text", ["." * 9000, "a" * 9000, "%00", "é.ü", "-1.0x"])
def test_any_address_is_answered(browser: Browser, event: Event, text: str) -> None:
    make_session(event)
    publish(event)
    for page in ("", "/mine", "/2026-04-02"):
        assert browser.get(f"{URL}{page}?s={text}").status in (200, 404)


def test_choice_costs_the_same_for_1_and_40_sessions(
    browser: Browser, event: Event, statements: list[str]
) -> None:
    refs = [make_session(event).ref for _number in range(40)]
    publish(event)
    counts = []
    for chosen in (refs[:1], refs):
        statements.clear()
        assert browser.get(f"{URL}/mine?s={'.'.join(chosen)}").status == 200
        counts.append(len(statements))
    assert counts[0] >= counts[1]
    assert counts[0] <= 8


def test_choosing_a_session_that_was_found_keeps_what_was_searched_for(
    browser: Browser, event: Event
) -> None:
    make_session(event, titles=Translated(en="Digital skills"))
    publish(event)
    page = browser.get("/en/xiamen-2026/programme/search?q=skills")
    link = page.soup.select_one("a[data-star]")["href"]
    again = browser.get("/en/xiamen-2026/programme/search" + link.partition("#")[0])
    assert again.soup.find(id=link.partition("#")[2]) is not None
    assert "q=skills" in link
