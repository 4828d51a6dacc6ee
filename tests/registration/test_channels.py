"""One event, three channels at once (focal point, the person, a personal link), and protocol."""

import pytest
from flask import Flask
from sqlalchemy import select

from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.delegations.models import Delegation
from eventhub.delegations.services import end_preparation, get_or_open
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.registration.models import Registration
from tests.browser import Browser
from tests.factories import give, make_account, make_category
from tests.registration.factories import mails
from tests.registration.paths import category, make_forum, photo, register, registrations

SWITCHES = ["delegations", "badges"]


@pytest.fixture
def forum(app: Flask) -> Event:
    """Return a forum with delegates, heads, invited speakers, and dignitaries without photo."""
    event = make_forum(switches=SWITCHES)
    make_category(event, "HOD", mark="HD", approver="protocol", place=0)
    make_category(
        event, "SPK", vouched_by="organiser", approver="organiser", is_public=False, place=5,
    )  # fmt: skip
    make_category(
        event, "VIP", vouched_by="organiser", approver="protocol", is_public=False,
        photo_waived=True, place=6,
    )  # fmt: skip
    return event


@pytest.fixture
def zambia(forum: Event) -> Delegation:
    """Return Zambia's delegation, its letter confirmed."""
    entity = db.session.scalars(select(Entity).filter_by(code="ZMB")).one()
    with transaction():
        delegation = get_or_open(forum.id, entity.id, actor=SYSTEM)
        end_preparation(delegation, actor=SYSTEM)
    return delegation


def staff(app: Flask, event: Event, role: str, **given: object) -> Browser:
    account = make_account(name=role)
    give(account, role, event, **given)
    return Browser(app).sign_in(account)


def now(event: Event) -> dict[str, Registration]:
    db.session.rollback()
    return {row.source: row for row in registrations(event)}


def link_in(page: Browser) -> str:
    link = page.page.soup.select_one("#link")
    assert link is not None
    return str(link["value"]).removeprefix("http://localhost")


def test_three_channels_fill_one_delegation_at_once(
    app: Flask, forum: Event, zambia: Delegation
) -> None:
    where = f"/manage/{forum.slug}/delegations/{zambia.ref}"
    point = staff(app, forum, "focal_point", scope={"delegations": [zambia.id]})
    page = point.get(f"{where}/add")
    pasted = "Ms. Mary BANDA, Director, mary@example.org"
    page = point.submit(page.form(action="/add"), press="act=guess", pasted=pasted)
    point.submit(page.form(action="/add"), press="act=save", informed="y")
    assert now(forum)["focal_point"].state == "nominated", "who enters vouches"

    register(Browser(app), forum, photo=photo())
    own = now(forum)["self"]
    assert (own.state, own.delegation_id) == ("submitted", zambia.id)
    page = point.get(where)
    assert "registered by the person" in page.text
    point.submit(page.form(action="/decide"), press="act=vouch", who=[own.ref])
    assert now(forum)["self"].state == "nominated"

    owner = staff(app, forum, "event_owner")
    page = owner.get(f"{where}/invite")
    owner.submit(
        page.form(action="/invite"), category=category(forum, "VIP"), family_name="Lungu",
        email="guest@example.org",
    )  # fmt: skip
    guest = Browser(app)
    guest.get(link_in(owner))
    on = guest.page.soup.find("a", string="Go on with my registration")
    guest.get(str(on["href"]))
    guest.submit(guest.page.form(), given_names="Edgar")
    guest.submit(functional_title="Former President")
    assert guest.page.soup.select_one("[name=photo]") is None
    guest.submit()
    guest.submit(guest.page.form(action="/check"))
    assert now(forum)["invited"].state == "nominated", "nobody has to vouch"

    protocol = staff(app, forum, "protocol")
    page = protocol.get(f"{where}/head")
    assert len(page.form(action="/head").select("input.input")) == 4
    done = protocol.submit(
        page.form(action="/head"), honorific="H.E. Ms.", given_names="Chanda",
        family_name="Phiri", functional_title="Minister of Technology",
    )  # fmt: skip
    assert "1 person is entered." in done.text
    head = now(forum)["organiser"]
    assert (head.state, head.family_name) == ("submitted", "Phiri")
    assert {row.delegation_id for row in now(forum).values()} == {zambia.id}
    assert ("invited", "guest@example.org") in mails(forum)
    page = point.get(where)
    point.submit(page.form(action="/decide"), press="act=vouch", who=[head.ref])
    assert now(forum)["organiser"].state == "nominated", "the focal point vouches for the head"
    page = point.get(where)
    for name in ("BANDA", "MWILA", "LUNGU", "PHIRI"):
        assert name in page.text


def test_a_speaker_of_no_delegation_is_invited_by_link(app: Flask, forum: Event) -> None:
    owner = staff(app, forum, "event_owner")
    assert "Invite by link" in owner.get(f"/manage/{forum.slug}/people").text
    page = owner.get(f"/manage/{forum.slug}/people/invite")
    wrong = owner.submit(page.form(action="/invite"), email="not an address", family_name="Park")
    assert wrong.status == 422
    assert "Park" in str(wrong.soup), "what was typed is kept"
    owner.submit(
        wrong.form(action="/invite"), category=category(forum, "SPK"), family_name="Park",
        email="park@example.org",
    )  # fmt: skip
    guest = Browser(app)
    guest.get(link_in(owner))
    on = guest.page.soup.find("a", string="Go on with my registration")
    guest.get(str(on["href"]))
    assert guest.page.soup.select_one("[name=category]") is None, "the category is fixed"
    if guest.page.soup.select_one("[name=entity]") is not None:
        guest.submit(organisation="Institute of Networks")
    guest.submit(guest.page.form(), given_names="Min-ji")
    guest.submit(functional_title="Professor", organisation="Institute of Networks")
    guest.submit(photo=photo())
    guest.submit(guest.page.form(action="/check"))
    row = now(forum)["invited"]
    assert (row.state, row.entity_id, row.delegation_id) == ("nominated", None, None)
    assert row.family_name == "Park"


def test_desks_invite_in_their_own_categories_and_doors_nobody(app: Flask, forum: Event) -> None:
    make_category(forum, "MED", approver="media_desk", is_public=False, place=9)
    desk = staff(app, forum, "media_desk")
    page = desk.get(f"/manage/{forum.slug}/people/invite")
    offered = {str(one["value"]) for one in page.soup.select("[name=category] option")} - {""}
    assert offered == {category(forum, "MED")}
    assert staff(app, forum, "door_staff").get(f"/manage/{forum.slug}/people/invite").status == 404
