"""Every letter in words: complete, in the reader's language, silent once it is no longer so."""

from collections.abc import Callable

import pytest
from flask import Flask

from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.events.models import EventZone
from eventhub.i18n import Translated, use
from eventhub.mail.seams import Letter
from eventhub.photos.rules import PhotoState
from eventhub.photos.services import take_photo
from eventhub.registration import messages, queries, services
from eventhub.registration.models import ChangeRequest, Registration
from eventhub.registration.rules import State
from eventhub.rehearsals.portraits import portrait_of
from tests.factories import keep
from tests.registration.factories import OFFICER, accredited, do, mails, nominated, sent
from tests.registration.world import World


def letter(name: str, row: Registration, **ids: int) -> Letter | None:
    """Word a letter as the worker would."""
    worded = messages.WORDED[f"registration.{name}"]
    return worded(row.event_id, {"registration": row.id, **ids})


def returned(world: World) -> Registration:
    (row,) = nominated(world.event, world.delegate, entity_id=world.zambia.id)
    given = {"fields": ["email", "photo_id"], "reason": "unclear", "text": "Which ministry?"}
    do(services.return_, world.event, [row], actor=OFFICER, at_once=True, tell=False, **given)
    return row


def ended(service: Callable[..., object], reason: str) -> Callable[[World], Registration]:
    def make(world: World) -> Registration:
        (row,) = accredited(world.event, world.delegate, entity_id=world.zambia.id)
        actor = queries.registrant(row) if service is services.withdraw else OFFICER
        do(service, world.event, [row], reason=reason, text="Why", actor=actor, tell=False)
        return row

    return make


def asked_for_another_photo(world: World) -> Registration:
    (row,) = nominated(world.event, world.delegate)
    with transaction():
        photo = take_photo(world.event.id, portrait_of("banda", "m"), actor=SYSTEM)
        services.set_photo(row, photo.id, actor=SYSTEM)
        services.review(row, photo, PhotoState.REDO, reason="Too dark.", actor=OFFICER)
    return row


def rejected(world: World) -> Registration:
    (row,) = nominated(world.event, world.delegate)
    given = {"reason": "other", "text": "Your letter is missing."}
    do(services.reject, world.event, [row], actor=OFFICER, at_once=True, tell=False, **given)
    return row


def waiting(world: World) -> Registration:
    with transaction():
        world.event.places = 1
    return sent(world.event, world.delegate, 3)[1]


LETTERS: dict[str, tuple[Callable[[World], Registration], tuple[str, ...]]] = {
    "received": (
        lambda world: sent(world.event, world.delegate, entity_id=world.zambia.id)[0],
        ("not yet a confirmation", "ZMB-01"),
    ),
    "promoted": (lambda world: sent(world.event, world.delegate)[0], ("place became free",)),
    "reinstated": (lambda world: sent(world.event, world.delegate)[0], ("taken up again",)),
    "waitlisted": (waiting, ("at place 1", "By time of registration")),
    "returned": (
        returned,
        ("E-mail address", "Photo", "Something is unclear", "Which ministry?", "is kept until"),
    ),
    "rejected": (rejected, ("could not be confirmed", "Your letter is missing.")),
    "withdrawn": (ended(services.withdraw, "cannot_come"), ("withdrawn", "Cannot come")),
    "revoked": (ended(services.revoke, "misuse"), ("taken back", "The badge was misused")),
    "accredited": (
        lambda world: accredited(world.event, world.delegate)[0],
        ("is confirmed", "is your pass", "photo is missing"),
    ),
    "photo_again": (asked_for_another_photo, ("Please send another one", "Reason: Too dark.")),
    "link_again": (lambda world: sent(world.event, world.delegate)[0], ("private page",)),
}


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_says_what_is_so(world: World, name: str) -> None:
    make, wanted = LETTERS[name]
    row = make(world)
    made = letter(name, row)
    assert made is not None
    for words in (*wanted, queries.token_of(row)):
        assert words in made.text, (words, made.text)
        assert words in made.html.replace("&#39;", "'"), words
    assert world.event.title() in made.subject
    assert made.reply_to == "host@example.org"
    assert "Reason: Another reason" not in made.text


@pytest.mark.parametrize("language", ["ar", "es", "fr", "pt", "ru", "zh"])
def test_a_letter_names_its_language_and_direction(world: World, language: str) -> None:
    (row,) = accredited(world.event, world.delegate)
    with use(language):
        made = letter("accredited", row)
    assert made is not None
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in made.html


def test_r1_24_another_photo_is_asked_for_only_until_it_came(world: World) -> None:
    row = asked_for_another_photo(world)
    assert mails(world.event)[-1] == ("photo_again", row.email)
    with transaction():
        photo = take_photo(world.event.id, portrait_of("other", "m"), actor=SYSTEM)
        services.set_photo(row, photo.id, actor=SYSTEM)
    assert letter("photo_again", row) is None


def test_the_confirmation_brings_the_pass_as_a_picture(world: World) -> None:
    (row,) = accredited(world.event, world.delegate)
    made = letter("accredited", row)
    assert made is not None
    picture = next(one for one in made.attachments if one.media_type == "image/png")
    assert picture.data.startswith(b"\x89PNG")


@pytest.mark.parametrize("name", [name for name in LETTERS if name != "link_again"])
def test_what_is_no_longer_so_is_not_said(app: Flask, world: World, name: str) -> None:
    (row,) = sent(world.event, world.delegate)
    with transaction():
        row.state = State.REPLACED
    assert letter(name, row) is None
    assert letter("replaced", row) is not None


def test_a_decided_change_is_told_and_an_open_one_is_not(world: World) -> None:
    (row,) = accredited(world.event, world.delegate)
    with transaction():
        change = services.request_change(
            row, {"functional_title": "Minister"}, actor=queries.registrant(row)
        )
    assert isinstance(change, ChangeRequest)
    assert letter("change_decided", row, change=change.id) is None
    with transaction():
        services.decide_change(
            change.id, event_id=world.event.id, accept=False, text="No paper.", actor=OFFICER,
            tell=False,
        )  # fmt: skip
    made = letter("change_decided", row, change=change.id)
    assert made is not None
    assert "not accepted" in made.text
    assert "Title of the post" in made.text
    assert "No paper." in made.text
    assert db.session.get_one(Registration, row.id).functional_title == ""


def test_confirmation_speaks_of_doors_only_where_the_event_has_them(world: World) -> None:
    (row,) = accredited(world.event, world.delegate)
    keep(EventZone(event_id=world.event.id, code="Z1", names=Translated(en="conference area")))
    with_doors = letter("accredited", row)
    assert with_doors
    assert "You may enter: conference area." in with_doors.text
    assert "show it at the entrance" in with_doors.text
    with transaction():
        world.event.switches = ["speakers"]
    without = letter("accredited", row)
    assert without
    for text in (without.text, without.html):
        assert "conference area" not in text
        assert "entrance" not in text
        assert "is your pass" in text
