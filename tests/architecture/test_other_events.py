"""R1.36: what belongs to another event is not there, whoever asks; its address says nothing."""

from typing import Any

import pytest
from flask import Flask

from eventhub.agenda.models.documents import SessionDocument
from eventhub.agenda.models.items import AgendaItem
from eventhub.badges.models import HandOver, PrintRun
from eventhub.certificates.models import Certificate
from eventhub.checkin.models import Gate
from eventhub.core import clock
from eventhub.core.db import Base, db
from eventhub.core.ids import digest, new_ref
from eventhub.delegations.models import Delegation, LetterRun, OfficialLetter
from eventhub.designs.models import BadgeDesign
from eventhub.designs.ready import ready
from eventhub.events.models import Event, Host, InfoPage
from eventhub.events.rules import SWITCHES
from eventhub.files.models import StoredFile
from eventhub.i18n import Translated
from eventhub.mail.models import OutboxMail
from eventhub.tickets.models import TicketList
from tests.agenda.programmes import make_room, make_session, make_speaker
from tests.architecture.test_access import address, guarded, knock, routes
from tests.browser import Browser
from tests.factories import give, keep, make_account, make_category, make_entity, make_event
from tests.registration.factories import accredited
from tests.speaking.lists import inscribe, make_list

NAMED_BY_PLACE = {
    "people": "person", "desk": "person", "remote": "person", "delegations": "delegation",
    "focal-points": "focal_point", "invitations": "invitation", "runs": "letter_run",
    "letters": "letter", "sessions": "session", "roll-call": "session", "floor-cards": "session",
    "speakers": "speaker", "tracks": "track", "rooms": "room", "pages": "page", "hosts": "host",
    "categories": "category", "gates": "gate", "badges": "print_run", "tickets": "tickets",
    "badge-designs": "badge_design",
    "agenda": "item", "documents": "document", "speaking": "speaker_list",
    "requests": "speaking_request",
    "envelopes": "delegation", "hand-overs": "hand_over",
    "certificates": "certificate", "messages": "mail", "team": "grant", "person": "person",
}  # fmt: skip
"""By the part of an address before a ref: of what the ref is."""

OPENED = {
    "person", "delegation", "session", "speaker", "gate", "category", "room", "speaker_list",
    "speaking_request",
}  # fmt: skip
"""Whose pages are opened at their own event too, so that nothing here says 404 to everything."""


@pytest.fixture
def there(app: Flask) -> dict[str, Base]:
    """Return one row of each kind at an event with everything."""
    event = make_event(switches=list(SWITCHES))
    zambia, words = make_entity("ZMB"), Translated(en="Words")
    delegate = make_category(event, "DEL")
    make_category(event, "HOD")
    person = accredited(event, delegate, entity_id=zambia.id)[0]
    delegation = db.session.get_one(Delegation, person.delegation_id)
    file = keep(
        StoredFile(data_class="letter", name="x", media_type="text/plain", size=1, sha256="0",
                   place=new_ref(), event_id=event.id)
    )  # fmt: skip
    own: dict[str, Any] = {"event_id": event.id}
    asked_list = make_list(event)
    asked = inscribe(asked_list, "ZMB")
    return {
        "event": event, "person": person, "delegation": delegation, "category": delegate,
        "speaker_list": asked_list, "speaking_request": asked,
        "session": make_session(event), "speaker": make_speaker(event), "room": make_room(event),
        "document": keep(
            SessionDocument(**own, session_id=make_session(event).id, file_id=file.id,
                            titles=words, visibility="public")
        ),
        "item": keep(AgendaItem(**own, titles=words, annotations=words)),
        "page": keep(InfoPage(**own, slug="visa", titles=words, bodies=words)),
        "host": keep(Host(**own, names=words)),
        "gate": keep(Gate(**own, names=words)),
        "hand_over": keep(HandOver(**own, taken_by="A", badges=1, handed_by="B")),
        "print_run": keep(PrintRun(**own, started_by="A", state="done", file_id=file.id)),
        "badge_design": keep(
            BadgeDesign(**own, kind="badge", name="A", size="a6", layout=ready("forum").as_json(),
                        changed_at=clock.now())
        ),
        "tickets": keep(TicketList(**own, number=1, names=1, made_by="A", file_id=file.id)),
        "letter": keep(
            OfficialLetter(**own, delegation_id=delegation.id, version=1, file_id=file.id)
        ),
        "letter_run": keep(LetterRun(**own, started_by="A", file_id=file.id)),
        "mail": keep(
            OutboxMail(**own, message="x", language="en", to="x@example.org", message_id="1")
        ),
        "certificate": keep(
            Certificate(**own, registration_id=person.id, number=1, serial="X", level="attendance",
                        code_digest=digest("x"), key_id="k0001", shown={"name": "Chanda Mwila"})
        ),
    }  # fmt: skip


def test_r1_36_things_of_another_event_are_not_there_even_for_an_owner_of_both(
    app: Flask, there: dict[str, Base]
) -> None:
    other, here = there["event"], make_event(switches=list(SWITCHES))
    assert isinstance(other, Event)
    owner = make_account()
    there["grant"] = give(make_account(), "observer", other)
    for event in (here, other):
        for role in ("event_owner", "focal_point"):
            give(owner, role, event)
    client = guarded(Browser(app).sign_in(owner).client)
    asked, found, opened = 0, [], set()
    for rule, _granted, method in routes(app):
        if not rule.rule.startswith("/manage/<slug>/"):
            continue
        named = {name: kind for name in rule.arguments - {"slug"}
                 if (kind := _kind(rule.rule, name)) in there}  # fmt: skip
        if not named:
            continue
        refs = {name: there[kind].ref for name, kind in named.items()}  # type: ignore[attr-defined]
        asked += 1
        for verb in {method, "POST"} & (rule.methods or set()):
            url = address(app, rule, slug=here.slug, **refs)
            status = knock(client, url, verb).status_code
            if status != 404:
                found.append((verb, url, status))
        if method == "GET" and set(named.values()) <= OPENED:
            url = address(app, rule, slug=other.slug, **refs)
            if knock(client, url, "GET").status_code in (200, 202, 302):
                opened |= set(named.values())
    assert not found
    assert asked > 50
    assert opened == OPENED


def _kind(rule: str, name: str) -> str:
    """Return of what the argument is the ref, as the part of the address before it says."""
    before = rule.split(f"/<{name}>")[0].rpartition("/")[2]
    return NAMED_BY_PLACE.get(before, "")
