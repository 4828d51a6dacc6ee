"""Nobody is offered what they may not do: links and buttons of every page, by role (R1.36)."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from eventhub.access.rules import ROLES
from eventhub.certificates.models import Certificate
from eventhub.core.ids import digest, new_ref
from eventhub.events.models import Event
from eventhub.events.rules import SWITCHES
from eventhub.web.access import OPEN_TO_ALL, SIGNED_IN
from tests.agenda.programmes import make_room, make_session, make_speaker, name_speakers
from tests.browser import Browser
from tests.factories import (
    give,
    keep,
    make_account,
    make_category,
    make_entity,
    make_event,
    make_registration,
)
from tests.registration.factories import accredited, sent
from tests.speaking.lists import inscribe, make_list


@pytest.fixture
def event(app: Flask) -> Event:
    """Return an event with everything on, and one of most things in it."""
    event = make_event(switches=list(SWITCHES))
    zambia = make_entity("ZMB")
    make_category(event, "HOD", approver="protocol")
    delegate = make_category(event, "DEL")
    one = accredited(event, delegate, entity_id=zambia.id)[0]
    sent(event, delegate, entity_id=zambia.id)
    make_registration(event, make_category(event, "PRESS", approver="media_desk"))
    name_speakers(
        make_session(event, room_id=make_room(event).id), (make_speaker(event), "speaker")
    )
    inscribe(make_list(event), "ZMB")
    shown = {"name": "Chanda Mwila", "event_code": event.code}
    keep(
        Certificate(
            event_id=event.id, registration_id=one.id, number=1, serial="X-2026-00001-A",
            code_digest=digest(new_ref()), key_id="k0001", level="attendance", shown=shown,
        )
    )  # fmt: skip
    return event


@pytest.mark.any_database
@pytest.mark.parametrize(
    "role",
    [
        "event_owner", "secretariat", "protocol", "media_desk", "agenda_editor", "badge_desk",
        "door_staff", "observer", "institution_administrator", "institution_organiser",
    ],
)  # fmt: skip
def test_r1_36_no_page_offers_what_its_reader_may_not_do(
    app: Flask, event: Event, role: str
) -> None:
    """One page of each kind is looked at, from the first page on."""
    account = make_account()
    at_event = not role.startswith("institution")
    place = {} if at_event else {"institution_id": event.institution_id}
    give(account, role, event if at_event else None, **place)
    reader, addresses = Browser(app).sign_in(account), app.url_map.bind("localhost")
    rights = ROLES[role].permissions | {SIGNED_IN, *OPEN_TO_ALL}
    todo = ["/manage", "/account"]
    looked_at, seen, wrong = set[str](), set(todo), list[str]()
    while todo:
        url = todo.pop(0)
        endpoint = endpoint_of(addresses, url, "GET")
        if endpoint in looked_at:
            continue
        looked_at.add(endpoint)
        page = reader.get(url)
        for target, method in offers(page.soup, page.response.request.path):
            offered = endpoint_of(addresses, target, method)
            view = app.view_functions[offered]
            to_send = getattr(view, "access_to_send", None) if method == "POST" else None
            rule = to_send or getattr(view, "access_rule", None)
            if rule not in rights:
                wrong.append(f"{url}: {method} {target} asks for {rule}")
            elif method == "GET" and target not in seen:
                seen.add(target)
                todo.append(target)
        if page.status >= 400:
            wrong.append(f"{url}: {page.status}")
    assert not wrong
    assert len(looked_at) >= 3


def offers(soup: BeautifulSoup, base: str) -> Iterator[tuple[str, str]]:
    """Yield each address of ours that the page links to or sends a form to, with the method."""
    named = [(link["href"], "GET") for link in soup.select("a[href]")]
    named += [
        (form.get("action") or "", (form.get("method") or "get").upper())
        for form in soup.find_all("form")
    ]
    named += [(button["formaction"], "POST") for button in soup.select("[formaction]")]
    for address, method in named:
        target = urlsplit(urljoin(f"http://localhost{base}", str(address)))
        if target.netloc == "localhost" and target.scheme == "http":
            yield target.path + (f"?{target.query}" if target.query else ""), str(method)


def endpoint_of(addresses: MapAdapter, url: str, method: str) -> str:
    try:
        endpoint: str = addresses.match(urlsplit(url).path, method=method)[0]
    except HTTPException as error:
        raise AssertionError(f"{method} {url} is no address of ours") from error
    return endpoint
