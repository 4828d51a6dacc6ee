"""What a focal point asks people for by link, and the photos it sends in for them."""

from io import BytesIO

from flask import Flask
from PIL import Image

from eventhub.core.db import db, transaction
from eventhub.delegations.models import Delegation
from eventhub.registration.models import Consent, PhotoOffer, Registration
from eventhub.registration.queries import registrant
from eventhub.registration.queries.asking import asking_until
from eventhub.registration.rules import State
from eventhub.registration.services import fill_in
from eventhub.registration.services.photo_offers import forget_old_offers
from eventhub.registration.views.asking import asking_url
from tests.browser import Browser
from tests.factories import give, make_account, make_category
from tests.registration.factories import mails, sent
from tests.registration.workspaces import people, url
from tests.registration.world import World


def test_the_link_asks_only_for_what_is_missing(
    focal_point: Browser, browser: Browser, world: World, zambia: Delegation
) -> None:
    row = sent(world.event, world.delegate, entity_id=world.zambia.id, phone="+260 1")[0]
    page = focal_point.get(url(world, zambia))
    page = focal_point.submit(page.form(action="/decide"), press="act=ask", who=[row.ref])
    link = page.soup.select_one("input[readonly]")
    assert link is not None
    address = str(link["value"]).removeprefix("http://localhost")
    page = browser.get(address)
    assert "+260" not in page.text
    assert page.soup.select_one("[name=email]") is None, "the address is known"
    browser.submit(functional_title="Director", photo_filming="y")
    assert people(world)[0].functional_title == "Director"
    assert {one.declared_by for one in db.session.query(Consent)} == {"self"}
    page = browser.get(address)
    assert page.soup.select_one("[name=functional_title]") is None, "asked once only"


def test_the_link_gives_no_right_over_what_is_there(
    browser: Browser, world: World, zambia: Delegation
) -> None:
    row = sent(world.event, world.delegate, entity_id=world.zambia.id, functional_title="Mayor")[0]
    address = asking_url(row, asking_until()).removeprefix("http://localhost")
    page = browser.get(address)
    browser.submit(page.form(), functional_title="King", family_name="Other")
    assert people(world)[0].functional_title == "Mayor"
    assert people(world)[0].family_name == row.family_name
    with transaction():
        wanted = {"functional_title": "King", "category_id": world.press.id, "phone": "+260 1"}
        mine = db.session.get_one(Registration, row.id)
        assert fill_in(mine, wanted, actor=registrant(mine)) == ["phone"]
    assert people(world)[0].functional_title == "Mayor"


def test_the_link_can_be_renewed_and_mailed(
    focal_point: Browser, browser: Browser, world: World, zambia: Delegation
) -> None:
    row = sent(world.event, world.delegate, entity_id=world.zambia.id)[0]
    old = asking_url(row, asking_until()).removeprefix("http://localhost")
    page = focal_point.get(url(world, zambia, f"/ask?who={row.ref}"))
    page = focal_point.submit(page.form(action="/ask"), press="act=renew")
    assert browser.get(old).status == 404
    focal_point.submit(page.form(action="/ask"), press="act=mail")
    assert ("ask", row.email) in mails(world.event)


def jpeg(colour: str = "#d9d4c8") -> BytesIO:
    out = BytesIO()
    Image.new("RGB", (600, 780), colour).save(out, "JPEG")
    out.seek(0)
    return out


def test_photos_are_matched_by_name_and_kept_only_when_confirmed(
    focal_point: Browser, world: World, zambia: Delegation
) -> None:
    banda, zulu = sent(world.event, world.delegate, 2, entity_id=world.zambia.id)
    with transaction():
        banda.family_name, banda.given_names = "Banda", "Mary"
        zulu.family_name, zulu.given_names = "Zulu", "Ruth"
    page = focal_point.get(url(world, zambia, "/photos"))
    files = [(jpeg(), "banda_mary.jpg"), (jpeg(), "IMG_2231.jpg"), (BytesIO(b"no"), "note.jpg")]
    page = focal_point.submit(page.form(action="/photos"), photos=files)
    assert "note.jpg" in page.text
    chosen = [one.get("value") for one in page.soup.select("select option[selected]")]
    assert chosen == [banda.ref]
    assert all(row.photo_id is None for row in people(world))
    focal_point.submit(page.form(action="/photos/check"))
    assert [row.photo_id is not None for row in people(world)] == [True, False]
    assert db.session.query(PhotoOffer).count() == 0


def test_two_photos_of_one_person_are_refused(
    focal_point: Browser, world: World, zambia: Delegation
) -> None:
    row = sent(world.event, world.delegate, entity_id=world.zambia.id)[0]
    page = focal_point.get(url(world, zambia, "/photos"))
    files = [(jpeg(), "a.jpg"), (jpeg(), "b.jpg")]
    page = focal_point.submit(page.form(action="/photos"), photos=files)
    both = {str(one["name"]): row.ref for one in page.soup.select("select[name^=who-]")}
    page = focal_point.submit(page.form(action="/photos/check"), **both)
    assert page.status == 422
    assert people(world)[0].photo_id is None


def test_photos_nobody_confirms_are_forgotten_after_a_day(
    focal_point: Browser, world: World, zambia: Delegation
) -> None:
    page = focal_point.get(url(world, zambia, "/photos"))
    focal_point.submit(page.form(action="/photos"), photos=[(jpeg(), "a.jpg")])
    with transaction():
        assert forget_old_offers() == 0
        offer = db.session.query(PhotoOffer).one()
        offer.created_at = offer.created_at.replace(year=2025)
    with transaction():
        assert forget_old_offers() == 1


def test_an_invitation_by_link_needs_no_vouching_and_asks_no_photo(
    browser: Browser, app: Flask, world: World, zambia: Delegation
) -> None:
    vip = make_category(world.event, "VIP", photo_waived=True, is_public=False)
    account = make_account()
    give(account, "event_owner", world.event)
    browser.sign_in(account)
    page = browser.get(url(world, zambia, "/invite"))
    page = browser.submit(page.form(action="/invite"), category=vip.ref, family_name="Lungu")
    link = page.soup.select_one("#link")
    assert link is not None
    guest = Browser(app)
    page = guest.get(str(link["value"]).removeprefix("http://localhost"))
    row = people(world)[0]
    assert (row.source, row.state, row.category_id) == ("invited", State.DRAFT, vip.id)
    on = page.soup.find("a", string="Go on with my registration")
    assert on is not None
    page = guest.get(str(on["href"]))  # type: ignore[index]
    assert page.soup.select_one("[name=category]") is None, "the category is fixed"
    guest.submit(page.form(), given_names="Edgar")
    guest.submit(functional_title="Former President", email="guest@example.org")
    assert guest.page.soup.select_one("[name=photo]") is None, "the category waives it"
    guest.submit()
    guest.submit(guest.page.form(action="/check"))
    row = people(world)[0]
    assert (row.state, row.category_id) == (State.NOMINATED, vip.id)
    assert "invited by link" in browser.get(url(world, zambia)).text


def test_a_focal_point_cannot_invite_by_link_or_enter_heads(
    focal_point: Browser, world: World, zambia: Delegation
) -> None:
    for rest in ("/invite", "/head", "/calls"):
        assert focal_point.get(url(world, zambia, rest)).status == 404
