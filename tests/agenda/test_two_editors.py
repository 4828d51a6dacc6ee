"""Two people who move the same session at the same second: one does, the other is told."""

import threading
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from eventhub.agenda import queries, services
from eventhub.agenda.models import Session
from eventhub.agenda.services import Move, Place
from eventhub.core.actor import Actor
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict
from eventhub.events.models import Event
from tests.agenda.programmes import EDITOR, make_session, values, wall
from tests.factories import make_event

Act = Callable[[Event, Session, Actor, str], None]


def by_board(event: Event, session: Session, actor: Actor, starts: str) -> None:
    services.move_sessions(event, [Move(session.ref, 1, Place(wall(starts), 60))], actor=actor)


def by_form(event: Event, session: Session, actor: Actor, starts: str) -> None:
    given = values(event, code=session.code, starts=wall(starts))
    services.change_session(event, session, given, version=1, actor=actor)


def at_once(app: Flask, event_id: int, ref: str, acts: dict[str, Act]) -> list[str]:
    """Let people act at the same moment; return what each was told, "done" where it was done."""
    ready = threading.Barrier(len(acts))
    answers: list[str] = []

    def run(number: int, name: str, act: Act) -> None:
        with app.app_context():
            event = db.session.get_one(Event, event_id)
            session = queries.get_session(event_id, ref)
            ready.wait(10)
            try:
                with transaction():
                    actor = Actor("account", 10 + number, name, EDITOR.reach)
                    act(event, session, actor, f"2026-04-02T1{number}:00")
                answers.append("done")
            except Conflict as refused:
                answers.append(refused.message)
            db.session.remove()

    threads = [
        threading.Thread(target=run, args=(number, name, act))
        for number, (name, act) in enumerate(acts.items(), start=1)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(answers, key=lambda answer: answer != "done")


@pytest.mark.parametrize("others", [by_board, by_form])
def test_exactly_one_moves_it_and_the_other_is_told(app: Flask, others: Act) -> None:
    event = make_event(starts_on=date(2026, 4, 2))
    session = make_session(event, code="2.1", starts=wall("2026-04-02T09:00"))
    ref = session.ref
    db.session.rollback()
    first, second = at_once(app, event.id, ref, {"Mei": by_board, "Ana": others})
    assert first == "done"
    assert second.startswith(("Mei changed", "Ana changed"))
    db.session.rollback()
    assert queries.get_session(event.id, ref).version == 2
