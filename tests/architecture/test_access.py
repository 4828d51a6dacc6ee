"""R1.36: every role against every address, at its own event and at another one."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from eventhub.access.rules import ROLES, Level
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.events.rules import SWITCHES
from eventhub.institutions.models import Institution
from eventhub.web.access import OPEN_TO_ALL, PRIVATE_ROOTS, PUBLIC, SIGNED_IN
from tests.browser import Browser
from tests.factories import give, make_account, make_event

EVERY_SWITCH = list(SWITCHES)
REACHED = "the view was reached"
NO_PLACE = ("/manage/installation", "/manage/institutions", "/manage/events", "/manage/series")
"""Addresses of staff that name neither an event nor an institution by themselves."""


TOKEN = base64.urlsafe_b64encode(bytes(64)).decode()
"""A good token against forgery, for a session whose secret is all zeros."""


def guarded(client: FlaskClient) -> FlaskClient:
    """Give the client's session the secret that TOKEN belongs to."""
    with client.session_transaction() as session:
        session["csrf"] = "00" * 32
    return client


def knock(client: FlaskClient, url: str, method: str) -> TestResponse:
    """Ask for an address as a page of ours would: what is sent carries a good token."""
    data = {"csrf_token": TOKEN} if method == "POST" else None
    return client.open(url, method=method, data=data)


def routes(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    """Yield each route with its access rule and one of its methods."""
    for rule in app.url_map.iter_rules():
        granted = getattr(app.view_functions[rule.endpoint], "access_rule", None)
        methods = rule.methods or set()
        yield rule, granted or "", "GET" if "GET" in methods else "POST"


def address(app: Flask, rule: Rule, **given: str) -> str:
    """Return an address of the route; what is not given is made up."""
    made_up: dict[str, Any] = {"lang": "en", "number": 1, "path": "css/public.css"}
    values = {name: given.get(name, made_up.get(name, "XXXXXXXXXX")) for name in rule.arguments}
    with app.test_request_context():
        url: str = app.url_map.bind("localhost").build(rule.endpoint, values)
    return url


@pytest.fixture
def hollow(app: Flask) -> Iterator[Flask]:
    """Give the application with its views taken out: what is left is who may reach them."""
    views = dict(app.view_functions)
    for endpoint, view in views.items():

        def reached(**_arguments: Any) -> ResponseReturnValue:
            return REACHED

        for name in ("access_rule", "access_switch", "access_to_send"):
            setattr(reached, name, getattr(view, name, None))
        app.view_functions[endpoint] = reached
    yield app
    app.view_functions.update(views)


def event_with_everything() -> Event:
    return make_event(switches=EVERY_SWITCH, mode="hybrid")


def test_every_view_says_who_may_reach_it(app: Flask) -> None:
    known = {permission for role in ROLES.values() for permission in role.permissions}
    known |= {SIGNED_IN, *OPEN_TO_ALL}
    wrong = [(rule.endpoint, granted) for rule, granted, _method in routes(app)
             if granted not in known]  # fmt: skip
    assert not wrong, "no rule, or a permission that no role holds"


@pytest.mark.own_app
def test_view_without_a_rule_is_refused(app: Flask, browser: Browser) -> None:
    app.add_url_rule("/forgotten/page", "forgotten", lambda: REACHED)
    assert browser.get("/forgotten/page").status == 404
    browser.sign_in(make_account())
    assert browser.get("/forgotten/page").status == 404


def test_permission_is_asked_at_a_place(app: Flask) -> None:
    """A right at one event must not open a page whose address names another thing only."""
    loose = [
        rule.rule
        for rule, granted, _method in routes(app)
        if granted not in (SIGNED_IN, *OPEN_TO_ALL)
        and not {"slug", "institution"} & rule.arguments
        and not rule.rule.startswith(NO_PLACE)
    ]
    assert not loose


def test_all_but_open_pages_lie_under_private_roots(app: Flask) -> None:
    outside = [
        rule.rule
        for rule, granted, _method in routes(app)
        if granted not in OPEN_TO_ALL and rule.rule.split("/")[1] not in PRIVATE_ROOTS
    ]
    assert not outside
    open_inside = [
        rule.rule
        for rule, granted, _method in routes(app)
        if granted == PUBLIC and rule.rule.split("/")[1] in PRIVATE_ROOTS
    ]
    assert not open_inside


@pytest.mark.any_database
@pytest.mark.parametrize("role", ROLES)
def test_r1_36_role_against_every_address(hollow: Flask, role: str) -> None:
    here, there = event_with_everything(), event_with_everything()
    account = make_account()
    granted_at = {
        Level.INSTALLATION: {},
        Level.INSTITUTION: {"institution_id": here.institution_id},
        Level.EVENT: {"event": here},
    }[ROLES[role].level]
    give(account, role, **granted_at)  # type: ignore[arg-type]
    visitor = Browser(hollow).sign_in(account)
    guarded(visitor.client)
    institutions = refs_of(here, there)
    told = []
    for rule, granted, method in routes(hollow):
        if granted in (SIGNED_IN, *OPEN_TO_ALL):
            continue
        held = granted in ROLES[role].permissions
        everywhere = ROLES[role].level == Level.INSTALLATION
        for event, is_own in ((here, True), (there, False)):
            url = address(hollow, rule, slug=event.slug, institution=institutions[event.id])
            at_a_place = bool({"slug", "institution"} & rule.arguments)
            at_institution = "institution" in rule.arguments
            belongs = not (at_institution and ROLES[role].level == Level.EVENT)
            allowed = held and (everywhere or not at_a_place or (is_own and belongs))
            answer = knock(visitor.client, url, method)
            good = answer.text == REACHED
            if good != allowed or (not allowed and answer.status_code != 404):
                told.append((method, url, granted, answer.status_code))
    assert not told


def test_what_is_switched_off_is_not_there(hollow: Flask) -> None:
    """Decision 27: the address of what is off is as absent as its entry in the menu."""
    full, bare = event_with_everything(), make_event(switches=[])
    owner = make_account()
    for event in (full, bare):
        for role in ("event_owner", "focal_point"):
            give(owner, role, event)
    visitor = Browser(hollow).sign_in(owner)
    guarded(visitor.client)
    switched = 0
    for rule, granted, method in routes(hollow):
        view = hollow.view_functions[rule.endpoint]
        if granted in OPEN_TO_ALL or not getattr(view, "access_switch", None):
            continue
        url = address(hollow, rule, slug=full.slug)
        assert knock(visitor.client, url, method).text == REACHED, url
        url = address(hollow, rule, slug=bare.slug)
        assert knock(visitor.client, url, method).status_code == 404, url
        switched += 1
    assert switched > 50


def refs_of(*events: Event) -> dict[int, str]:
    """Return the refs of the events' institutions by the events' ids."""
    found = {}
    for event in events:
        institution = db.session.get(Institution, event.institution_id)
        assert institution is not None
        found[event.id] = institution.ref
    return found


def test_r1_36_person_without_a_role_reaches_their_account_only(hollow: Flask) -> None:
    event = event_with_everything()
    visitor = Browser(hollow).sign_in(make_account())
    guarded(visitor.client)
    institution = refs_of(event)[event.id]
    for rule, granted, method in routes(hollow):
        if granted in OPEN_TO_ALL:
            continue
        url = address(hollow, rule, slug=event.slug, institution=institution)
        answer = knock(visitor.client, url, method)
        if granted == SIGNED_IN:
            assert answer.status_code == 200, rule.rule
        else:
            assert answer.status_code == 404, rule.rule


def test_r1_36_signed_out_gets_the_same_redirect_existing_or_not(hollow: Flask) -> None:
    event = event_with_everything()
    client = guarded(hollow.test_client())
    there = [
        (address(hollow, rule, slug=event.slug), method)
        for rule, granted, method in routes(hollow)
        if granted not in OPEN_TO_ALL
    ]
    not_there = [
        (url, "GET")
        for url in (
            "/manage/no-such-2026", "/manage/no-such-2026/people", "/manage/installation/nothing",
            f"/manage/{event.slug}/nothing/at/all", "/door/no-such-2026/X", "/account/nothing",
        )
    ]  # fmt: skip
    assert len(there) > 50
    for url, method in there + not_there:
        answer = knock(client, url, method)
        assert answer.status_code == 302, url
        assert answer.location.startswith("/sign-in?next="), url


def test_r1_36_wrong_token_is_400_at_every_address_that_changes_something(hollow: Flask) -> None:
    event = event_with_everything()
    owner = make_account()
    give(owner, "event_owner", event)
    give(owner, "site_administrator")
    visitor = Browser(hollow).sign_in(owner)
    institution = refs_of(event)[event.id]
    count = 0
    for rule, _granted, _method in routes(hollow):
        if "POST" not in (rule.methods or ()):
            continue
        url = address(hollow, rule, slug=event.slug, institution=institution)
        answer = visitor.client.post(url, data={"csrf_token": "forged"})
        assert answer.status_code in (400, 404), url
        count += answer.status_code == 400
    assert count > 50


@pytest.mark.parametrize("role", ["event_owner", "secretariat", "door_staff", "site_administrator"])
def test_every_page_that_a_role_may_open_opens(app: Flask, role: str) -> None:
    event = event_with_everything()
    account = make_account()
    give(account, role, None if ROLES[role].level == Level.INSTALLATION else event)
    visitor = Browser(app).sign_in(account)
    institution = refs_of(event)[event.id]
    opened = 0
    for rule, granted, method in routes(app):
        made_up = rule.arguments - {"slug", "lang", "institution"}
        if method != "GET" or made_up or granted not in ROLES[role].permissions:
            continue
        url = address(app, rule, slug=event.slug, institution=institution)
        status = visitor.client.get(url).status_code
        assert status in (200, 302, 404), url
        opened += status == 200
    assert opened >= 3
