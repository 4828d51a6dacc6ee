"""R4.9: how many are in the house, and which States are in the room."""

from datetime import timedelta

from eventhub.checkin import services
from eventhub.checkin.models import Gate
from eventhub.checkin.queries import (
    headcount,
    inside,
    ticked_entities,
)
from eventhub.core import clock
from eventhub.core.db import transaction
from eventhub.events.models import Event
from eventhub.i18n import Translated
from eventhub.registration.models import Registration
from tests.browser import Browser
from tests.checkin.people import GUARD, Room, admit, make_gate, qr_of, scan, worker
from tests.factories import make_entity


def test_entities_are_ticked_once_and_unticked(room: Room) -> None:
    event = room[0]
    zambia, egypt = make_entity(), make_entity("EGY", "Egypt")
    with transaction():
        gate = services.ensure_gate(event, "states", None, actor=GUARD)
        assert services.tick_entities(event, gate, [zambia.id, egypt.id], actor=GUARD) == 2
        assert services.tick_entities(event, gate, [zambia.id, 999_999], actor=GUARD) == 0
        assert services.untick_entities(event, gate, [egypt.id], actor=GUARD) == 1
    assert ticked_entities(event.id, gate.id) == {zambia.id}
    assert headcount(event.id, event.created_at).came == 0, "a State is no person"


def passages(event: Event, *steps: tuple[Gate, Registration]) -> None:
    """Let people pass, a minute apart, ending now."""
    now = clock.now()
    for minutes, (gate, row) in zip(range(len(steps), 0, -1), steps, strict=True):
        scan(event, gate, qr_of(row), device_at=now - timedelta(minutes=minutes))


def test_r4_9_house_counts_ins_less_outs_and_each_person_once(room: Room) -> None:
    event, category, _session = room
    door, out = make_gate(event), make_gate(event, "Out", direction="out")
    one, two, three = (admit(event, category, given_names=n) for n in ("One", "Two", "Three"))
    since = clock.now() - timedelta(days=1)
    passages(event, (door, one), (door, one), (door, two), (out, two), (out, three))
    counted = headcount(event.id, since)
    assert (counted.came, counted.inside) == (2, 1)
    passages(event, (door, two))
    assert headcount(event.id, since).inside == 2


def test_r4_9_leaving_an_inner_zone_is_not_leaving_the_house(room: Room) -> None:
    event, category, _session = room
    door, plenary_out = make_gate(event), make_gate(event, "P", direction="out", zone_code="Z2")
    outer = make_gate(event, "O", direction="out", zone_code="Z1")
    row = admit(event, category)
    since = clock.now() - timedelta(days=1)
    passages(event, (door, row), (plenary_out, row))
    assert headcount(event.id, since).inside == 1
    passages(event, (outer, row))
    assert headcount(event.id, since).inside == 0


def test_r4_9_house_is_empty_at_midnight(room: Room) -> None:
    event, category, _session = room
    scan(event, make_gate(event), qr_of(admit(event, category)))
    tomorrow = headcount(event.id, clock.now() + timedelta(hours=1))
    assert (tomorrow.came, tomorrow.inside) == (1, 0)


def test_r4_9_room_counts_over_all_its_doors(room: Room) -> None:
    event, category, session = room
    left, right = (make_gate(event, n, session_id=session.id) for n in ("L", "R"))
    out = make_gate(event, "Out", session_id=session.id, direction="out")
    one, two = admit(event, category), admit(event, category, given_names="Two")
    passages(event, (left, one), (right, two), (right, one), (out, two))
    assert inside(event.id, session_id=session.id) == 1
    assert inside(event.id, session_id=session.id, but_for=one.id) == 0


def test_states_are_ticked_counted_and_ready_for_the_cable(room: Room, browser: Browser) -> None:
    event, category, _session = room
    zambia = make_entity("ZMB", "Zambia")
    names = {"FRA": "France", "BEN": "Benin", "UNU": "United Nations University"}
    found = {code: make_entity(code, name) for code, name in names.items() if code != "UNU"}
    found["UNU"] = make_entity("UNU", names["UNU"], kind="igo")
    admit(event, category, entity_id=zambia.id)
    admit(event, category, entity_id=found["UNU"].id)
    worker(browser, event)
    page = browser.get(f"/manage/{event.slug}/states-in-the-room?lang=fr")
    assert "1 attendu" in page.text
    browser.get(f"/manage/{event.slug}/states-in-the-room?lang=en")
    page = browser.submit(present=["ZMB", "BEN", "UNU"])
    assert [dd.text for dd in page.soup.select(".stats dd")] == ["2", "1"]
    text = browser.client.get(f"/manage/{event.slug}/states-in-the-room.txt").text
    lines = text.splitlines()
    assert lines[0] == event.title("en")
    assert lines[3:] == [
        "2 States were represented:", "Benin", "Zambia", "", "Also represented:",
        "United Nations University",
    ]  # fmt: skip
    page = browser.submit(present=["ZMB"])
    assert [dd.text for dd in page.soup.select(".stats dd")] == ["1", "0"]


def test_states_stand_in_the_order_of_the_readers_language(room: Room, browser: Browser) -> None:
    event = room[0]
    make_entity("ETH", names=Translated(en="Ethiopia", fr="Éthiopie"), ranks={"en": 2, "fr": 1})
    make_entity("DZA", names=Translated(en="Algeria", fr="Algérie"), ranks={"en": 1, "fr": 2})
    worker(browser, event)
    for language, codes in (("en", ["DZA", "ETH"]), ("fr", ["ETH", "DZA"])):
        page = browser.get(f"/manage/{event.slug}/states-in-the-room?lang={language}")
        boxes = page.soup.select("input[name=present]")
        assert [box["value"] for box in boxes] == codes
    letters = [a.text for a in page.soup.select(".letters a")]
    assert letters == ["E", "A"]


def test_floor_is_alive_with_304(room: Room, browser: Browser) -> None:
    event, category, session = room
    gate = make_gate(event)
    make_gate(event, "Hall", session_id=session.id)
    worker(browser, event)
    assert "in the house now" in browser.get(f"/manage/{event.slug}/floor").text
    url = f"/manage/{event.slug}/floor/figures"
    first = browser.client.get(url)
    etag = {"If-None-Match": first.headers["ETag"]}
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert browser.client.get(url, headers=etag).status_code == 304
    scan(event, gate, qr_of(admit(event, category)))
    assert browser.client.get(url, headers=etag).status_code == 200
