"""Two people who publish at the same second."""

import threading

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventhub.agenda import services
from eventhub.agenda.models import ProgrammeVersion
from eventhub.agenda.services import Terms
from eventhub.core.actor import Actor
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict
from eventhub.events.models import Event
from tests.agenda.programmes import EDITOR, make_session, publish
from tests.factories import make_event


def _at_once(app: Flask, event_id: int, number: int) -> list[int | str]:
    """Let two people publish what each saw as this number; return what each was answered."""
    ready = threading.Barrier(2)
    answers: list[int | str] = []

    def run(name: str) -> None:
        actor = Actor("account", None, name, EDITOR.reach)
        with app.app_context():
            event = db.session.get_one(Event, event_id)
            pending = services.what_would_change(event)
            assert pending.programme.number == number
            ready.wait(10)
            try:
                with transaction():
                    terms = Terms(number=number)
                    version = services.publish_agenda(event, terms=terms, actor=actor)
                    answers.append(version.number)
            except Conflict as refused:
                answers.append(refused.message)
            db.session.remove()

    both = [threading.Thread(target=run, args=(name,)) for name in ("Mei", "Ana")]
    for one in both:
        one.start()
    for one in both:
        one.join(30)
    return sorted(answers, key=str)


@pytest.mark.parametrize("round_number", range(3))
def test_exactly_one_version_comes_of_it_and_the_other_is_told(
    app: Flask, round_number: int
) -> None:
    event = make_event()
    for number in range(round_number):
        make_session(event)
        assert publish(event).number == number
    make_session(event)
    db.session.rollback()
    published, told = _at_once(app, event.id, round_number)
    assert published == round_number
    assert "meanwhile. Look at what changes now." in str(told)
    assert str(told).startswith(("Mei published", "Ana published"))
    db.session.rollback()
    count = select(func.count()).where(ProgrammeVersion.event_id == event.id)
    assert db.session.scalar(count) == round_number + 1
