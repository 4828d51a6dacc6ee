"""R7.7: a copy of all that is held about a person, and who may have it."""

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from flask import Flask

from eventhub.registration.queries import token_of
from tests.browser import Browser
from tests.factories import give, make_account
from tests.registration.factories import accredited
from tests.registration.traces import BY_PROTOCOL, after, copy_of, forget, live, needles, typed
from tests.registration.world import PEOPLE, World


def test_r7_7_copy_holds_all_that_was_typed(world: World, who: dict[str, Any]) -> None:
    values = typed(who)
    row = live(world, values)
    told, held = copy_of(world, row)
    [own] = told["held"]["registration"]["registration"]
    for name, value in values.items():
        if name != "language":
            assert own[name] == value, name
    assert own["represents"] == "Zambia"
    name = values["given_names"] or values["family_name"]
    [answer] = told["held"]["questionnaires"]["answer_set"]
    assert answer["answer"] == f"Ramp for {name}"
    assert held["photo-1.jpg"].startswith(b"\xff\xd8")
    assert "%PDF certificate" in held["FORUM-1-1.pdf"].decode()
    assert own["sent_at"].endswith("+08:00"), "times carry the zone of the event"


def test_copy_holds_nothing_of_anybody_else_and_no_keys(world: World) -> None:
    mine, theirs = typed(PEOPLE[0]), typed(PEOPLE[7])
    row = live(world, mine)
    sent = {name: value for name, value in theirs.items() if name not in BY_PROTOCOL}
    [other] = accredited(world.event, world.open, **sent)
    told, _held = copy_of(world, row)
    text = json.dumps(told, ensure_ascii=False)
    for needle in needles(theirs):
        assert needle in mine.values() or needle not in text
    assert other.ref not in text
    assert token_of(row) not in text
    assert not [key for key in keys_in(told) if key == "id" or key.endswith("_id")]


def keys_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from keys_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from keys_in(one)


def test_strangers_link_gives_no_copy(app: Flask, world: World) -> None:
    row, other = accredited(world.event, world.open, 2)
    browser = Browser(app)
    wrong = token_of(row)[:10] + token_of(other)[10:]
    assert browser.get(f"/my/{wrong}/copy").status == 404
    with after(world):
        forget(world, row)
    old = token_of(other)[:10]
    assert browser.get(f"/my/{old}{'A' * 16}/copy").status == 404


def test_person_takes_a_copy_home(app: Flask, world: World) -> None:
    row = live(world, typed(PEOPLE[1]))
    browser = Browser(app)
    link = f"/my/{token_of(row)}"
    assert "A copy of what is held about you" in browser.get(link).text
    page = browser.get(f"{link}/copy")
    assert world.event.contact_email in page.text
    answer = browser.submit(page.form(action="copy")).response
    assert answer.mimetype == "application/zip"
    assert answer.headers["Cache-Control"] == "private, no-store"
    told = json.loads(zipfile.ZipFile(io.BytesIO(answer.data)).read("data.json"))
    assert told["held"]["registration"]["registration"][0]["name_local"] == "欧海哲然"


def test_copies_are_not_asked_for_without_end(app: Flask, world: World) -> None:
    row, browser = live(world, typed(PEOPLE[1])), Browser(app)
    form = browser.get(f"/my/{token_of(row)}/copy").form(action="copy")
    for _time in range(10):
        assert browser.submit(form).response.data.startswith(b"PK")
    assert browser.submit(form).status == 429


def test_account_takes_a_copy_home(app: Flask, world: World) -> None:
    account, other = make_account(name="Ana Ruiz"), make_account(name="Somebody Else")
    give(account, "event_owner", world.event)
    browser = Browser(app).sign_in(account)
    assert browser.get("/account").soup.find("a", href="/account/copy")
    page = browser.get("/account/copy")
    answer = browser.submit(page.form(action="copy")).response
    text = zipfile.ZipFile(io.BytesIO(answer.data)).read("data.json").decode()
    assert "Ana Ruiz" in text
    assert "event_owner" in text
    assert other.name not in text
    assert other.email not in text
