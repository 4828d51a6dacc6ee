"""The catalogue of venues: kept by an institution, seen by its people alone."""

import pytest

from eventhub.core.actor import SYSTEM
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict, Invalid, NotFound
from eventhub.i18n import Translated
from eventhub.venues import queries, services
from tests.browser import Browser
from tests.factories import give, make_account, make_institution


@pytest.fixture
def institution(app):
    return make_institution(languages=["en", "zh"])


@pytest.fixture
def venue(institution):
    with transaction():
        return services.create_venue(
            institution_id=institution.id,
            names=Translated(en="Conference Centre"),
            city="Xiamen",
            zone="Asia/Shanghai",
            actor=SYSTEM,
        )


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"names": Translated()}, "name"),
        ({"city": " "}, "city"),
        ({"zone": "Beijing"}, "zone"),
    ],
)
def test_wrong_venue_is_refused_beside_its_field(institution, given, field):
    values = {"names": Translated(en="Hall"), "city": "Xiamen", "zone": "Asia/Shanghai"}
    with pytest.raises(Invalid) as refused, transaction():
        services.create_venue(institution_id=institution.id, actor=SYSTEM, **{**values, **given})
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"names": Translated()}, "name"),
        ({"code": ""}, "code"),
        ({"code": "A"}, "code"),
        ({"capacity": 0}, "capacity"),
        ({"layout": "heap"}, "layout"),
    ],
)
def test_wrong_room_is_refused_beside_its_field(venue, given, field):
    values = {"names": Translated(en="Room"), "code": "B", "capacity": 10}
    with transaction():
        services.add_room(venue, names=values["names"], code="A", capacity=None, actor=SYSTEM)
    with pytest.raises(Invalid) as refused, transaction():
        services.add_room(venue, actor=SYSTEM, **{**values, **given})
    assert refused.value.field == field


def test_rooms_keep_the_order_in_which_they_were_added(venue):
    with transaction():
        for code in ("B", "A", "C"):
            services.add_room(
                venue, code=code, names=Translated(en=code), capacity=None, actor=SYSTEM
            )
    assert [room.code for room in queries.rooms_of(venue.id)] == ["B", "A", "C"]


def test_venue_of_another_institution_is_not_found(venue):
    with pytest.raises(NotFound):
        queries.get_venue(venue.ref, institution_ids=[make_institution().id])


def test_second_tab_is_told(venue):
    given = {
        "names": venue.names,
        "city": "Xiamen",
        "zone": "Asia/Shanghai",
        "country_id": None,
        "address": Translated(),
        "actor": SYSTEM,
    }
    with transaction():
        services.change_venue(venue, version=1, **given)
    with pytest.raises(Conflict), transaction():
        services.change_venue(venue, version=1, **given)


def test_venue_and_room_are_typed_once(app, institution):
    account = make_account()
    give(account, "institution_organiser", institution_id=institution.id)
    browser = Browser(app).sign_in(account)
    root = f"/manage/institutions/{institution.ref}/venues"
    assert "No venue is kept yet" in browser.get(root).text
    browser.get(f"{root}/new")
    assert browser.submit(city="Xiamen").status == 422
    browser.submit(name_en="Conference Centre", name_zh="会议中心")
    (venue,) = queries.venues_of_all([institution.id])
    assert dict(venue.names) == {"en": "Conference Centre", "zh": "会议中心"}
    browser.get(f"{root}/{venue.ref}/rooms/new")
    browser.submit(name_en="Plenary Hall", code="P", capacity="600", booths=["en", "zh"])
    assert "Plenary Hall" in browser.page.text
    (room,) = queries.rooms_of(venue.id)
    assert (room.capacity, room.booths) == (600, ["en", "zh"])


def test_stranger_sees_no_venue(app, institution, venue):
    stranger = make_account()
    give(stranger, "institution_organiser", institution_id=make_institution().id)
    root = f"/manage/institutions/{institution.ref}/venues"
    for path in (root, f"{root}/new", f"{root}/{venue.ref}"):
        assert Browser(app).sign_in(stranger).get(path).status == 404
