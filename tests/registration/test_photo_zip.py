"""R1.32: photos of a delegation as a ZIP, matched by name or number, confirmed by eye."""

import io
import zipfile

import pytest

from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.delegations import services as delegations
from eventhub.events.models import Event
from eventhub.files.models import StoredFile
from eventhub.jobs.models import Job
from eventhub.jobs.runner import Work, run_one
from eventhub.registration.jobs import TAKE_PHOTOS, take_photos
from eventhub.registration.models import PhotoOffer, Registration
from eventhub.registration.services.photo_offers import UPLOADS
from eventhub.registration.views import matching
from eventhub.sheets.zipped import Bounds, Zipped, entry_name
from tests.browser import Browser
from tests.factories import make_account
from tests.photos.pictures import sent as picture
from tests.registration.factories import nominated


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", 8) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return out.getvalue()


class Still(Work):
    """Work whose progress nobody follows."""

    def progress(self, done, total):
        """Write nothing."""


class Dying(Work):
    """Work that ends in the middle."""

    def progress(self, done, total):
        """Fail after the first photos."""
        raise RuntimeError("the power failed")


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


def test_r1_32_many_photos_are_prepared_by_the_worker_with_progress(page, app):
    browser, address, refs = page
    files = {f"face {letter}.jpg": picture() for letter in "abcdefghij"}
    data = packed(**files, **{"ZMB-01.jpg": picture(), "broken.jpg": b"no picture"})
    shown = send(browser, address, data)
    assert "The photos are being prepared." in shown.text
    assert shown.response.headers["Refresh"] == "2"
    assert db.session.query(PhotoOffer).count() == 0, "nothing slow in the request"
    work_page = shown.response.request.path
    while run_one(app, "test"):
        pass
    shown = browser.get(work_page)
    assert "11 photos are ready to be looked at." in shown.text
    assert "broken.jpg" in shown.text
    assert "Refresh" not in shown.response.headers
    assert db.session.query(StoredFile).filter_by(data_class=UPLOADS).count() == 0
    shown = browser.get(f"{address}/check")
    browser.submit(shown.form(action="check"))
    photographed = db.session.scalars(
        db.select(Registration.ref).where(Registration.photo_id.is_not(None))
    ).all()
    assert photographed == [refs[0]]
    assert db.session.query(PhotoOffer).count() == 0


def test_loose_files_go_to_the_worker_too_and_twice_is_once(page, app, world):
    browser, address, _refs = page
    files = [(io.BytesIO(picture()), f"face {n}.jpg") for n in range(12)]
    shown = browser.submit(browser.get(address).form(), photos=files)
    assert "The photos are being prepared." in shown.text
    job = db.session.scalars(db.select(Job).where(Job.name == TAKE_PHOTOS)).one()
    args = dict(job.args)
    with pytest.raises(RuntimeError, match="the power failed"):
        take_photos(Dying(job.id, "test", world.event.id), **args)
    assert db.session.query(PhotoOffer).count() == 10
    again = take_photos(Still(job.id, "test", world.event.id), **args)
    assert again["kept"] == 12
    assert db.session.query(PhotoOffer).count() == 12
    assert take_photos(Still(job.id, "test", world.event.id), **args)["kept"] == 12


def test_only_the_sender_sees_how_far_the_photos_are(page, app, world):
    browser, address, _refs = page
    shown = send(browser, address, packed(**{f"{n}.jpg": picture() for n in range(9)}))
    work_page = shown.response.request.path
    colleague = make_account()
    with transaction():
        delegation = delegations.get_or_open(world.event.id, world.zambia.id, actor=SYSTEM)
        delegations.name_focal_point(delegation, colleague, actor=SYSTEM)
    other = Browser(app).sign_in(colleague)
    assert other.get(address).status == 200
    assert other.get(work_page).status == 404


def test_r1_32_a_page_settles_only_the_photos_it_showed(page, app, monkeypatch):
    browser, address, _refs = page
    monkeypatch.setattr(matching, "MOST_SEEN", 1)
    send(browser, address, packed(**{"ZMB-01.jpg": picture(), "ZMB-02.jpg": picture()}))
    shown = browser.get(f"{address}/check")
    assert "1 more photo comes after these." in shown.text
    shown = browser.submit(shown.form(action="check"))
    assert "ZMB-02.jpg" in shown.text, "the next ones follow"
    browser.submit(shown.form(action="check"))
    rows = db.session.scalars(db.select(Registration)).all()
    assert all(row.photo_id for row in rows)
