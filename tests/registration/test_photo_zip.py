"""R1.32: photos of a delegation as a ZIP, matched by name or number, confirmed by eye."""

import io
import zipfile

import pytest

from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.delegations import services as delegations
from eventhub.events.models import Event
from eventhub.registration.models import Registration
from eventhub.sheets.zipped import Bounds, Zipped, entry_name
from tests.factories import make_account
from tests.photos.pictures import sent as picture
from tests.registration.factories import nominated


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", 8) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return out.getvalue()


@pytest.fixture
def page(world, browser):
    """Return the page of photos of Zambia, its focal point signed in, and two of its people."""
    with transaction():
        db.session.get(Event, world.event.id).switches = ["delegations"]
    people = [
        nominated(world.event, world.delegate, family_name=family, given_names=given,
                  entity_id=world.zambia.id)[0]
        for family, given in (("BANDA", "Mary"), ("Phiri", "John"))
    ]  # fmt: skip
    account = make_account()
    with transaction():
        delegation = delegations.get_or_open(world.event.id, world.zambia.id, actor=SYSTEM)
        delegations.name_focal_point(delegation, account, actor=SYSTEM)
    browser.sign_in(account)
    address = f"/manage/{world.event.slug}/delegations/{delegation.ref}/photos"
    return browser, address, [one.ref for one in people]


def send(browser, address, data, name="photos.zip"):
    return browser.submit(browser.get(address).form(), photos=(io.BytesIO(data), name))


def test_r1_32_zip_is_matched_by_number_and_name_and_confirmed_by_eye(page):
    browser, address, refs = page
    data = packed(**{
        "all/ZMB-02.jpg": picture(),
        "all/BANDA Mary.jpg": picture(),
        "__MACOSX/._BANDA Mary.jpg": b"x",
        "readme.txt": b"x",
    })  # fmt: skip
    shown = send(browser, address, data)
    assert "BANDA Mary.jpg" in shown.text
    chosen = {
        one["name"]: next(o["value"] for o in one.find_all("option") if o.has_attr("selected"))
        for one in shown.soup.find_all("select")
        if one.get("name", "").startswith("who-")
    }
    assert sorted(chosen.values()) == sorted(refs)
    browser.submit(shown.form(action="check"))
    rows = db.session.scalars(db.select(Registration)).all()
    assert all(row.photo_id for row in rows)


def test_r1_32_zip_bomb_and_broken_pictures_are_refused_in_words(page):
    browser, address, _refs = page
    bomb = packed(**{f"{n}.jpg": b"\0" * 9_000_000 for n in range(40)})
    assert len(bomb) < 1_000_000
    shown = send(browser, address, bomb)
    assert shown.status == 422
    assert "unpacks" in shown.text
    broken = send(browser, address, packed(**{"banda.jpg": b"not a picture"}))
    assert broken.status == 422
    assert "banda.jpg" in broken.text
    assert send(browser, address, packed(**{"x.txt": b"x"})).status == 422


def test_names_in_a_zip_without_utf8_are_guessed():
    data = packed(**{"QQQQ.jpg": b"x"})
    chinese = "王明".encode("gb18030")
    assert len(chinese) == 4
    data = data.replace(b"QQQQ", chinese)
    entry = Zipped(data, Bounds(5, 1000, 1000)).entries[0]
    assert entry_name(entry) == "王明.jpg"
