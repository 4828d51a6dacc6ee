"""What officers say of photos, beside the queue and on the record."""

from flask import Flask

from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.photos.models import Photo
from eventhub.photos.services import take_photo
from eventhub.registration.models import Registration
from eventhub.registration.queries import token_of
from eventhub.registration.services import set_photo
from eventhub.rehearsals.portraits import portrait_of
from tests.browser import Browser, Page
from tests.factories import give, make_account
from tests.registration.factories import nominated
from tests.registration.world import World


def with_photo(world: World) -> Registration:
    [row] = nominated(world.event, world.delegate, family_name="Banda")
    with transaction():
        photo = take_photo(world.event.id, portrait_of("banda", "m"), actor=SYSTEM)
        set_photo(row, photo.id, actor=SYSTEM)
    return row


def officer_of(app: Flask, world: World, role: str = "secretariat") -> Browser:
    account = make_account()
    give(account, role, world.event)
    return Browser(app).sign_in(account)


def say(officer: Browser, said: str, **values: str) -> Page:
    """Press the button beside the photo."""
    [button] = officer.page.soup.select(f"button[name=said][value={said}]")
    return officer.submit(button.find_parent("form"), press=f"said={said}", **values)


def photo_of(row: Registration) -> Photo:
    db.session.rollback()
    return db.session.get_one(Photo, row.photo_id)


def test_r1_24_officer_accepts_the_photo_beside_the_queue(app: Flask, world: World) -> None:
    row, officer = with_photo(world), officer_of(app, world)
    people = f"/manage/{world.event.slug}/people"
    assert "BANDA" in officer.get(f"{people}?photo=pending").text
    page = say(officer, "accept")
    assert "The photo is accepted." in page.text
    assert photo_of(row).state == "ok"
    assert not page.soup.select("button[name=said]")
    assert "Nobody here fits these filters." in officer.get(f"{people}?photo=pending").text


def test_r1_24_another_photo_needs_a_reason_which_the_person_reads(
    app: Flask, world: World, browser: Browser
) -> None:
    row, officer = with_photo(world), officer_of(app, world)
    officer.get(f"/manage/{world.event.slug}/people/{row.ref}")
    assert "Say what is wrong with the photo." in say(officer, "redo").text
    assert photo_of(row).state == "pending"
    say(officer, "redo", reason="The face is in the shade.")
    assert "Another photo is asked for: The face is in the shade." in officer.page.text
    own = browser.get(f"/my/{token_of(row)}").text
    assert "Please send another photo: The face is in the shade." in own


def test_a_photo_that_came_meanwhile_is_not_accepted_unseen(app: Flask, world: World) -> None:
    row, officer = with_photo(world), officer_of(app, world)
    officer.get(f"/manage/{world.event.slug}/people/{row.ref}")
    with transaction():
        newer = take_photo(world.event.id, portrait_of("other", "m"), actor=SYSTEM)
        set_photo(db.session.get_one(Registration, row.id), newer.id, actor=SYSTEM)
    assert "There is a newer photo now." in say(officer, "accept").text
    assert photo_of(row).state == "pending"


def test_a_desk_for_others_does_not_reach_the_photo(app: Flask, world: World) -> None:
    row, media = with_photo(world), officer_of(app, world, "media_desk")
    url = f"/manage/{world.event.slug}/people/{row.ref}/photo"
    officer = officer_of(app, world)
    officer.get(f"/manage/{world.event.slug}/people/{row.ref}")
    media.get(f"/manage/{world.event.slug}/people")
    token = media.page.soup.select_one("input[name=csrf_token]")["value"]
    data = {"csrf_token": token, "said": "accept", "photo": photo_of(row).ref}
    assert media.post(url, data).status == 404
    assert photo_of(row).state == "pending"
