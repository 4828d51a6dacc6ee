"""The pages of a list: the secretariat's, the operator's, the wall, a focal point's."""

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask

from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.delegations.models import Delegation
from eventhub.events.models import Event
from eventhub.speaking import services
from eventhub.speaking.models import SpeakerList, SpeakingRequest
from eventhub.speaking.queries import secret_key
from tests.agenda.programmes import publish
from tests.browser import Browser
from tests.factories import give, keep, make_account, make_event
from tests.speaking.lists import (
    CHAIR,
    FIVE,
    fill,
    floor,
    inscribe,
    make_list,
    make_session,
    order,
    rank,
    state,
)


@pytest.fixture
def one(app: Flask) -> SpeakerList:
    return make_list()


@pytest.fixture
def staff(app: Flask, one: SpeakerList) -> Browser:
    """Return a browser of the secretariat of the list's event."""
    account = make_account()
    give(account, "secretariat", event_of(one))
    return Browser(app).sign_in(account)


def event_of(one: SpeakerList) -> Event:
    return db.session.get_one(Event, one.event_id)


def manage(one: SpeakerList, rest: str = "") -> str:
    return f"/manage/{event_of(one).slug}/speaking/{one.ref}{rest}"


def wall(one: SpeakerList, key: str | None = None, rest: str = "", lang: str = "en") -> str:
    return f"/{lang}/{event_of(one).slug}/speaking/{key or secret_key(one)}{rest}"


def operate(browser: Browser, one: SpeakerList, act: str) -> None:
    browser.get(manage(one, "/run"))
    page = browser.submit(press=f"act={act}")
    assert page.status == 200


def test_secretariat_makes_a_list_and_enters_requests(staff: Browser, one: SpeakerList) -> None:
    event = event_of(one)
    session = make_session(event, kind="floor")
    state("ZMB")
    rank("AMB")
    staff.get(f"/manage/{event.slug}/speaking")
    page = staff.submit(session=session.ref)
    assert "Nobody has asked for the floor yet." in page.text
    made = db.session.query(SpeakerList).filter_by(session_id=session.id).one()
    staff.get(manage(made, "/requests/new"))
    page = staff.submit(entity="ZMB", rank="AMB", speaker="Ms. Ama TETTEH", press="then=again")
    assert "The request is on the list." in page.text
    page = staff.submit(entity="ZMB", rank="AMB")
    assert page.status == 422
    assert "It is on the list already" in page.errors()[0]
    page = staff.submit(entity="", rank="AMB", body="Youth constituency", block="3")
    assert order(made) == ["ZMB", "Youth constituency"]
    assert floor(made).waiting[0].request.speaker == "Ms. Ama TETTEH"


def test_nothing_typed_is_lost_when_a_request_is_refused(staff: Browser, one: SpeakerList) -> None:
    rank("AMB")
    staff.get(manage(one, "/requests/new"))
    page = staff.submit(rank="AMB", speaker="Ms. Ama TETTEH", for_group="Group of Friends")
    assert page.status == 422
    assert "Choose a State or organization" in page.errors()[0]
    values = [field.get("value") for field in page.soup.select("input[name=speaker]")]
    assert values == ["Ms. Ama TETTEH"]


def test_r3_11_overflow_is_told_before_the_list_is_public(
    staff: Browser, one: SpeakerList, noon: datetime
) -> None:
    with transaction():
        services.change_list(one, {"minutes": 7}, version=None, actor=CHAIR)
    fill(one, "ZMB", "KEN", "CHN", since=noon)
    text = staff.get(manage(one)).text
    assert "1 speaker is too many" in text
    assert "A limit of 1:50 for each, about 201 words" in text
    assert "have to last 11 minutes" in text
    assert "1 statement is handed in in writing only" in text


def test_r3_14_chair_alone_lets_somebody_on_after_closing(staff: Browser, one: SpeakerList) -> None:
    state("ZMB")
    rank("AMB")
    staff.get(manage(one))
    page = staff.submit(press="act=close")
    assert "The list is closed." in page.text
    staff.get(manage(one, "/requests/new"))
    page = staff.submit(entity="ZMB", rank="AMB")
    assert page.status == 422
    page = staff.submit(chair="The co-hosts agreed")
    assert "The co-hosts agreed" in page.text
    assert order(one) == ["ZMB"]


def test_move_asks_why_and_shows_it(staff: Browser, one: SpeakerList, noon: datetime) -> None:
    rows = fill(one, "ZMB", "KEN", since=noon)
    staff.get(manage(one, f"/requests/{rows[1].ref}/place"))
    page = staff.submit(place="1", reason="")
    assert page.status == 422
    page = staff.submit(place="1", reason="Leaves at 15:00")
    assert "moved: Leaves at 15:00" in page.text
    assert order(one) == ["KEN", "ZMB"]


def test_settings_refuse_a_limit_of_nothing(staff: Browser, one: SpeakerList) -> None:
    staff.get(manage(one, "/settings"))
    page = staff.submit(limit_s="0")
    assert page.status == 422
    page = staff.submit(limit_s="120", ordering="balanced", shows_names="y")
    listed = floor(one).listed
    assert (listed.limit_s, listed.ordering, listed.shows_names) == (120, "balanced", True)


def test_operator_runs_a_list_without_javascript(
    staff: Browser, one: SpeakerList, noon: datetime
) -> None:
    rows = fill(one, "ZMB", "KEN", "CHN", since=noon)
    operate(staff, one, f"speak:{rows[0].ref}")
    assert "Has the floor Zambia 3:00 Time left" in staff.page.text
    with clock.at(noon + timedelta(seconds=155)):
        assert "0:25 Please conclude" in staff.get(manage(one, "/run")).text
        operate(staff, one, "more")
        assert "0:55 Time left" in staff.page.text
        operate(staff, one, "pause")
        assert "The clock is stopped" in staff.page.text
        operate(staff, one, "resume")
        operate(staff, one, f"skip:{rows[1].ref}")
        assert order(one) == ["CHN", "KEN"]
        operate(staff, one, "finish")
        assert "Nobody has the floor" in staff.page.text
        operate(staff, one, "undo")
        assert "Zambia" in staff.page.text
        operate(staff, one, f"speak:{rows[2].ref}")
    with clock.at(noon + timedelta(seconds=155 + 200)):
        assert "+0:20 Time is over" in staff.get(manage(one, "/run")).text
        operate(staff, one, "finish")
    text = staff.get(manage(one, "/log")).text
    assert "Zambia 2:35 3:30" in text
    assert "China 3:20 3:00 0:20" in text


def test_pressed_twice_is_done_once(staff: Browser, one: SpeakerList, noon: datetime) -> None:
    rows = fill(one, "ZMB", "KEN", since=noon)
    form = staff.get(manage(one, "/run")).form()
    for _time in range(2):
        page = staff.submit(form, press=f"act=speak:{rows[0].ref}")
        assert page.status == 200
    assert floor(one).listed.live == 1


def test_two_operators_are_told(app: Flask, staff: Browser, one: SpeakerList) -> None:
    rows = fill(one, "ZMB", "KEN", since=clock.now())
    other = Browser(app).sign_in(make_account())
    give(db.session.get_one(type(make_account()), _id(other)), "protocol", event_of(one))
    mine, theirs = (browser.get(manage(one, "/run")).form() for browser in (staff, other))
    staff.submit(mine, press=f"act=speak:{rows[0].ref}")
    page = other.submit(theirs, press=f"act=speak:{rows[1].ref}")
    assert page.status == 409
    assert "Somebody else worked the list meanwhile" in page.text
    assert "Has the floor Zambia" in page.text
    page = other.submit(press="act=finish")
    assert (page.status, floor(one).current) == (200, None)


def _id(browser: Browser) -> int:
    with browser.client.session_transaction() as session:
        return int(str(session["_user_id"]).split(".")[0])


def test_wall_opens_by_its_secret_address_until_it_is_reset(
    app: Flask, staff: Browser, one: SpeakerList
) -> None:
    inscribe(one, "ZMB")
    visitor, address = Browser(app), wall(one)
    assert "Zambia" in visitor.get(address).text
    assert visitor.page.response.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in visitor.page.response.headers
    key = secret_key(one)
    for wrong in (one.ref, key[:-1] + ("X" if key[-1] != "X" else "Y"), "X" * 26):
        assert visitor.get(wall(one, wrong)).status == 404
    staff.get(manage(one))
    staff.submit(staff.page.form(1, action="/state"), press="act=reset")
    assert visitor.get(address).status == 404
    db.session.rollback()
    assert visitor.get(wall(floor(one).listed)).status == 200


def test_public_list_has_a_plain_address(app: Flask, one: SpeakerList) -> None:
    inscribe(one, "ZMB")
    with transaction():
        services.set_public(one, is_public=True, actor=CHAIR)
    visitor = Browser(app)
    for rest in ("", "/list"):
        assert visitor.get(wall(one, one.ref, rest)).status == 200
    assert visitor.client.get(wall(one, one.ref, "/now")).status_code == 200
    with transaction():
        services.set_public(one, is_public=False, actor=CHAIR)
    assert visitor.get(wall(one, one.ref, "/list")).status == 404


def test_page_of_the_session_leads_to_the_list_while_it_is_public(
    app: Flask, one: SpeakerList
) -> None:
    inscribe(one, "ZMB")
    event = event_of(one)
    publish(event)
    visitor, address = Browser(app), f"/en/{event.slug}/programme/sessions"
    address += f"/{floor(one).session.ref}"
    assert "List of speakers" not in visitor.get(address).text
    with transaction():
        services.set_public(one, is_public=True, actor=CHAIR)
    [link] = [a for a in visitor.get(address).soup.select("main a")
              if a.get_text(strip=True) == "List of speakers"]  # fmt: skip
    assert "Zambia" in visitor.get(str(link["href"])).text
    with transaction():
        services.set_public(one, is_public=False, actor=CHAIR)
    assert "List of speakers" not in visitor.get(address).text


def test_wall_is_absent_where_the_switch_is_off_or_the_event_is_another(
    app: Flask, one: SpeakerList
) -> None:
    key = secret_key(one)
    other = make_event(switches=["floor"])
    assert Browser(app).get(f"/en/{other.slug}/speaking/{key}").status == 404
    with transaction():
        event_of(one).switches = []
    assert Browser(app).get(wall(one, key)).status == 404


def test_r3_14_wall_shows_current_next_three_and_number_remaining(
    app: Flask, one: SpeakerList, noon: datetime
) -> None:
    rows = fill(one, *FIVE, since=noon)
    text = Browser(app).get(wall(one)).text
    assert "Nobody has the floor" in text
    assert "and 2 more on the list" in text
    with transaction():
        services.speak(one, rows[0].id, 0, actor=CHAIR)
    text = Browser(app).get(wall(one)).text
    assert "Has the floor Brazil Brésil 3:00 Time left Next China Chine France Kenya" in text
    assert "and 1 more on the list" in text
    page = Browser(app).get(wall(one, lang="fr"))
    assert "Brésil Brazil" in page.text
    assert page.soup.select_one(".who.second")["lang"] == "en"  # type: ignore[index]


def test_clock_that_stands_still_ends_nowhere(app: Flask, one: SpeakerList, noon: datetime) -> None:
    row = inscribe(one, "ZMB")
    with transaction():
        services.speak(one, row.id, 0, actor=CHAIR)
    with clock.at(noon + timedelta(seconds=20)), transaction():
        services.pause(one, 1, actor=CHAIR)
    with clock.at(noon + timedelta(seconds=90)):
        page = Browser(app).get(wall(one))
    [stopped] = page.soup.select(".clock")
    assert (stopped["data-ends"], stopped["data-left"]) == ("0", "160000")
    assert "2:40 The clock is stopped" in page.text


def test_r3_16_names_of_people_stand_nowhere_unless_so_decided(
    app: Flask, one: SpeakerList
) -> None:
    row = inscribe(one, "ZMB", speaker="Ms. Ama TETTEH")
    with transaction():
        services.speak(one, row.id, 0, actor=CHAIR)
    visitor = Browser(app)
    for rest in ("", "/list"):
        assert "TETTEH" not in visitor.get(wall(one, rest=rest)).text
    assert b"TETTEH" not in visitor.client.get(wall(one, rest="/now")).data
    with transaction():
        services.change_list(one, {"shows_names": True}, version=None, actor=CHAIR)
    for rest in ("", "/list"):
        assert "Ms. Ama TETTEH" in visitor.get(wall(one, rest=rest)).text


def test_operator_who_changes_language_is_not_left_with_the_other(
    one: SpeakerList, staff: Browser
) -> None:
    now_url = manage(one, "/run/now")
    known = {"If-None-Match": staff.client.get(now_url).headers["ETag"]}
    assert staff.client.get(now_url, headers=known).status_code == 304
    staff.get(manage(one, "/run?lang=fr"))
    assert staff.client.get(now_url, headers=known).status_code == 200


def test_wall_is_asked_again_cheaply_and_tells_the_time(
    app: Flask, one: SpeakerList, noon: datetime, statements: list[str]
) -> None:
    rows = fill(one, "ZMB", "KEN", since=noon)
    now_url, screen = wall(one, rest="/now"), app.test_client()
    known = {"If-None-Match": screen.get(now_url).headers["ETag"]}
    statements.clear()
    with clock.at(noon + timedelta(seconds=90)):
        same = screen.get(now_url, headers=known)
    assert (same.status_code, len(statements)) == (304, 2)
    assert int(same.headers["X-Server-Time"]) == (noon.timestamp() + 90) * 1000
    with transaction():
        services.speak(one, rows[0].id, 0, actor=CHAIR)
    changed = screen.get(now_url, headers=known)
    assert changed.status_code == 200
    ends = re.search(rb'data-ends="(\d+)"', changed.data)
    assert ends is not None
    assert int(ends[1]) == (noon.timestamp() + 180) * 1000


def test_pages_ask_as_much_for_a_long_list_as_for_a_short_one(
    app: Flask, staff: Browser, one: SpeakerList, noon: datetime, statements: list[str]
) -> None:
    addresses = [manage(one), manage(one, "/run"), manage(one, "/log"), wall(one),
                 wall(one, rest="/list")]  # fmt: skip
    most = [15, 15, 15, 8, 8]

    def counts() -> list[int]:
        found = []
        for address in addresses:
            statements.clear()
            assert staff.get(address).status == 200
            found.append(len(statements))
        return found

    fill(one, "ZMB", since=noon)
    counts()
    short = counts()
    rows = fill(one, "KEN", "CHN", "BRA", "FRA", since=noon)
    with transaction():
        services.take_off(one, rows[0], state="written", reason="", actor=CHAIR)
    assert counts() == short
    assert all(count <= limit for count, limit in zip(short, most, strict=True)), short


def test_r3_7_focal_point_asks_for_the_floor_for_the_own_delegation_alone(
    app: Flask, one: SpeakerList
) -> None:
    event = event_of(one)
    rank("AMB")
    rank("MIN")
    zambia, kenya = (
        keep(Delegation(event_id=event.id, entity_id=state(code).id)) for code in ("ZMB", "KEN")
    )
    account = make_account()
    give(account, "focal_point", event, scope={"delegations": [zambia.id]})
    browser = Browser(app).sign_in(account)
    there = f"/manage/{event.slug}/delegations"
    assert browser.get(f"{there}/{kenya.ref}/speaking").status == 404
    browser.get(f"{there}/{zambia.ref}/speaking")
    page = browser.submit(session=one.ref, rank="MIN", speaker="Mr. Joseph BANDA")
    assert "The secretariat confirms it." in page.text
    page = browser.submit(browser.page.form(), session=one.ref, rank="MIN")
    assert page.status == 422
    assert "It is on the list already" in page.errors()[0]
    row = db.session.query(SpeakingRequest).one()
    assert (row.state, row.tier, row.speaker) == ("inscribed", 2, "Mr. Joseph BANDA")
    browser.get(f"{there}/{zambia.ref}/speaking/{row.ref}")
    browser.submit(rank="AMB", speaker="Ms. Ruth ZULU")
    db.session.rollback()
    row = db.session.query(SpeakingRequest).one()
    assert (row.state, row.tier, row.speaker) == ("inscribed", 2, "Ms. Ruth ZULU")
    assert browser.get(f"{there}/{kenya.ref}/speaking/{row.ref}").status == 404
    browser.get(f"{there}/{zambia.ref}/speaking/{row.ref}")
    browser.submit(browser.page.form(action="/withdraw"))
    assert order(one) == []
    with transaction():
        services.set_open(one, is_open=False, actor=CHAIR)
    assert "No list of speakers is open." not in browser.get(f"{there}/{zambia.ref}/speaking").text
    assert not browser.page.soup.select("select[name=session]")
