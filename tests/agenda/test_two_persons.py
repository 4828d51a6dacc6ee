"""Two persons publish where the event asks for it."""

import pytest
from flask import Flask

from eventhub.access.rules import ROLES
from eventhub.agenda import queries, services
from eventhub.agenda.models import ProgrammeProposal, Session
from eventhub.agenda.services import Terms
from eventhub.audit.queries import entries_of
from eventhub.core.actor import EVERYTHING, Actor
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict
from eventhub.events.models import Event
from eventhub.i18n import Translated
from tests.agenda.programmes import change, make_session, publish
from tests.factories import make_account, make_event


def _person(name: str) -> Actor:
    rights = dict.fromkeys(ROLES["agenda_editor"].permissions, EVERYTHING)
    return Actor("account", make_account(name=name).id, name, rights)


@pytest.fixture
def event(app: Flask) -> Event:
    """Return an event whose programme two persons publish."""
    event, owner = make_event(), _person("Owner")
    with transaction():
        services.ask_two_persons(event, wanted=True, actor=owner)
    return event


@pytest.fixture
def session(event: Event) -> Session:
    """Return the one session of the draft."""
    return make_session(event, titles=Translated(en="As proposed"))


@pytest.fixture
def mei(event: Event) -> Actor:
    """Return who proposes."""
    return _person("Mei")


@pytest.fixture
def ana(event: Event) -> Actor:
    """Return who confirms."""
    return _person("Ana")


def _propose(event: Event, actor: Actor, note: str = "") -> ProgrammeProposal:
    with transaction():
        return services.propose_agenda(event, Terms(note), actor=actor)


def _confirm(event: Event, proposal: ProgrammeProposal, actor: Actor) -> int:
    with transaction():
        return services.confirm_proposal(
            event, proposal.ref, sha256=proposal.sha256, actor=actor
        ).number


@pytest.mark.usefixtures("session")
def test_nobody_publishes_alone_where_two_persons_are_asked_for(event: Event) -> None:
    with pytest.raises(Conflict, match="Two persons"):
        publish(event)
    assert queries.find_newest(event.id) is None


def test_another_person_confirms_exactly_what_was_proposed(
    event: Event, session: Session, mei: Actor, ana: Actor
) -> None:
    proposal = _propose(event, mei, "First one")
    change(event, session, titles=Translated(en="Changed since"))
    waiting = services.what_waits(event)
    assert waiting is not None
    assert [(c.kind, c.fields) for c in waiting.draft_changes] == [("edited", ("titles",))]
    assert _confirm(event, proposal, ana) == 0
    programme = queries.find_programme(event.id)
    assert programme is not None
    assert programme.sessions[0].titles == {"en": "As proposed"}
    version = queries.find_newest(event.id)
    assert version is not None
    assert (version.note, version.published_by) == ("First one", "Ana")
    assert services.what_would_change(event).is_needed


@pytest.mark.usefixtures("session")
def test_proposer_cannot_confirm(event: Event, mei: Actor) -> None:
    proposal = _propose(event, mei)
    with pytest.raises(Conflict, match="Another person"):
        _confirm(event, proposal, mei)
    assert queries.find_newest(event.id) is None


@pytest.mark.usefixtures("session")
def test_either_drops_it_and_it_is_proposed_anew(event: Event, mei: Actor, ana: Actor) -> None:
    for actor in (mei, ana):
        proposal = _propose(event, mei)
        with transaction():
            services.drop_proposal(event, proposal.ref, actor=actor)
    with pytest.raises(Conflict, match="confirmed or dropped"):
        _confirm(event, proposal, ana)
    assert services.what_waits(event) is None


@pytest.mark.usefixtures("session")
def test_one_proposal_waits_at_a_time(event: Event, mei: Actor, ana: Actor) -> None:
    _propose(event, mei)
    with pytest.raises(Conflict, match="Mei proposed"):
        _propose(event, ana)


@pytest.mark.usefixtures("session")
def test_digest_that_was_looked_at_is_the_one_confirmed(
    event: Event, mei: Actor, ana: Actor
) -> None:
    proposal = _propose(event, mei)
    with transaction(), pytest.raises(Conflict, match="Look at it again"):
        services.confirm_proposal(event, proposal.ref, sha256="0" * 64, actor=ana)


@pytest.mark.usefixtures("session")
def test_rule_stays_while_a_proposal_waits(event: Event, mei: Actor) -> None:
    _propose(event, mei)
    with transaction(), pytest.raises(Conflict):
        services.ask_two_persons(event, wanted=False, actor=mei)


@pytest.mark.usefixtures("session")
def test_log_names_both(event: Event, mei: Actor, ana: Actor) -> None:
    _confirm(event, _propose(event, mei), ana)
    told = [(entry.action, entry.who) for entry in entries_of(event.id)]
    assert told[:3] == [
        ("agenda.publish", "Ana"), ("agenda.confirm", "Ana"), ("agenda.propose", "Mei"),
    ]  # fmt: skip
