"""What roles allow, how far, and counting attempts."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from eventhub.access import words
from eventhub.access.rules import DESKS, ROLES, SCOPED, Level
from eventhub.access.services import forget_attempts, try_once_more
from eventhub.core import clock
from eventhub.core.actor import EVERYTHING, SYSTEM, Scope
from eventhub.core.db import transaction
from eventhub.i18n import LANGUAGES, use
from eventhub.web.access import actor_for
from eventhub.web.seams import PLACES, Place
from tests.factories import give, make_account, make_category, make_event, make_institution

PERSONS = ("registration.", "photo.", "delegation.", "checkin.", "badge.")


def place_of(slug: str) -> Place:
    place = PLACES["slug"](slug)
    assert place is not None
    return place


def test_roles_are_named_and_described_in_every_language() -> None:
    for code in LANGUAGES:
        with use(code):
            for role in ROLES:
                assert words.role_name(role)
                assert words.role_sentence(role)


def test_site_administrator_sees_no_persons() -> None:
    allowed = ROLES["site_administrator"].permissions
    assert not [name for name in allowed if name.startswith(PERSONS)]
    assert "event.view" not in allowed


def test_r1_36_rights_at_one_event_are_none_at_another(app: Flask) -> None:
    here, there, account = make_event(), make_event(), make_account()
    give(account, "secretariat", here)
    give(account, "observer", there)
    with app.test_request_context():
        at_home = actor_for(account, place_of(here.slug))
        abroad = actor_for(account, place_of(there.slug))
    assert at_home.may("registration.view")
    assert not at_home.may("audit.view")
    assert abroad.may("audit.view")
    assert not abroad.may("registration.view")


def test_institution_administrator_has_the_teams_of_its_events_but_no_persons(app: Flask) -> None:
    event, other, account = make_event(), make_event(), make_account()
    give(account, "institution_administrator", institution_id=event.institution_id)
    with app.test_request_context():
        own = actor_for(account, place_of(event.slug))
        foreign = actor_for(account, place_of(other.slug))
    assert own.may("team.manage")
    assert not [name for name in own.reach if name.startswith(PERSONS)]
    assert not foreign.may("team.manage")


def test_r1_36_desk_reaches_the_categories_it_approves_only(app: Flask) -> None:
    event, account = make_event(), make_account()
    press = make_category(event, "PRESS", approver="media_desk")
    make_category(event, "DEL", approver="secretariat")
    give(account, "media_desk", event)
    with app.test_request_context():
        actor = actor_for(account, place_of(event.slug))
    assert actor.scope("registration.view") == Scope(categories=frozenset({press.id}))


def test_r1_36_grant_may_be_narrower_than_the_desk_but_not_wider(app: Flask) -> None:
    event, account = make_event(), make_account()
    press = make_category(event, "PRESS", approver="media_desk")
    crew = make_category(event, "CREW", approver="media_desk")
    delegate = make_category(event, "DEL", approver="secretariat")
    give(account, "media_desk", event, scope={"categories": [crew.id, delegate.id]})
    with app.test_request_context():
        actor = actor_for(account, place_of(event.slug))
    assert actor.scope("registration.view").categories == {crew.id}
    assert press.id not in (actor.scope("registration.view").categories or ())


def test_two_grants_reach_what_either_reaches(app: Flask) -> None:
    event, account = make_event(), make_account()
    give(account, "focal_point", event, scope={"delegations": [1]})
    give(account, "focal_point", event, scope={"delegations": [2]})
    with app.test_request_context():
        actor = actor_for(account, place_of(event.slug))
    assert actor.scope("delegation.view").delegations == {1, 2}
    give(account, "event_owner", event)
    with app.test_request_context():
        actor = actor_for(account, place_of(event.slug))
    assert actor.scope("delegation.view") == EVERYTHING


def test_permission_not_held_has_no_scope(app: Flask) -> None:
    account = make_account()
    with app.test_request_context():
        actor = actor_for(account, None)
    with pytest.raises(KeyError):
        actor.scope("registration.view")
    assert SYSTEM.may("anything at all")
    assert SYSTEM.scope("anything at all") == EVERYTHING


def test_scopes_are_given_to_roles_of_events_only() -> None:
    for kind, roles in SCOPED.items():
        assert roles, kind
        assert all(ROLES[role].level == Level.EVENT for role in roles)
    assert SCOPED["categories"] == DESKS


def test_place_of_an_institution_is_no_event(app: Flask) -> None:
    institution = make_institution()
    place = PLACES["institution"](institution.ref)
    assert place is not None
    assert place.event_id is None
    assert PLACES["institution"]("nothing") is None


def test_attempts_are_counted_until_the_window_has_passed(app: Flask, noon: datetime) -> None:
    window = timedelta(minutes=15)

    def tried(key: str = "k") -> bool:
        with transaction():
            return try_once_more(key, limit=3, window=window)

    assert [tried() for _ in range(5)] == [True, True, True, False, False]
    assert tried("other")
    with clock.at(noon + timedelta(minutes=14)):
        assert not tried(), "trying on does not move the window, nor does it end it"
    with clock.at(noon + window):
        assert tried()
    with transaction():
        forget_attempts("other")
    assert [tried("other") for _ in range(4)] == [True, True, True, False]


def test_attempts_are_counted_across_processes(app: Flask) -> None:
    """The count lies in the database; each process has a session of its own."""
    answers = []
    for _process in range(4):
        with app.app_context(), transaction():
            answers.append(try_once_more("k", limit=2, window=timedelta(minutes=1)))
    assert answers == [True, True, False, False]
