"""R5.7: a certificate is withdrawn by two persons, with a reason; one person alone cannot."""

import pytest

from eventhub.audit.queries import entries_of
from eventhub.certificates import queries, services
from eventhub.certificates.models import Certificate, Withdrawal
from eventhub.certificates.personal import PERSONAL
from eventhub.certificates.rules import refusal_to_decide, refusal_to_propose
from eventhub.core.actor import SYSTEM, Actor
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import Event
from eventhub.people.seams import Whose
from tests.attendance.people import participant
from tests.browser import Browser
from tests.certificates.issued import issue, somebody
from tests.factories import give, make_account, make_event


@pytest.fixture
def certificate(event: Event) -> Certificate:
    participant(event, "M1")
    return issue(event)[0]


@pytest.fixture
def first(event: Event) -> Actor:
    return somebody("First Person")


@pytest.fixture
def second(event: Event) -> Actor:
    return somebody("Second Person")


def propose(certificate: Certificate, actor: Actor, reason: str = "Signed in for another") -> None:
    with transaction():
        services.propose_withdrawal(certificate, reason, actor=actor)


def test_r5_7_refusals_have_a_code_each() -> None:
    assert refusal_to_propose("revoked", "why", is_pending=False) == "not_valid"
    assert refusal_to_propose("valid", "why", is_pending=True) == "pending"
    assert refusal_to_propose("valid", "  ", is_pending=False) == "no_reason"
    assert refusal_to_propose("valid", "why", is_pending=False) == ""
    assert refusal_to_decide("revoked", is_pending=True, is_own=False) == "not_valid"
    assert refusal_to_decide("replaced", is_pending=True, is_own=True) == "not_valid"
    assert refusal_to_decide("valid", is_pending=False, is_own=False) == "not_pending"
    assert refusal_to_decide("valid", is_pending=True, is_own=True) == "second_person"
    assert refusal_to_decide("valid", is_pending=True, is_own=False) == ""


def test_r5_7_proposed_certificate_stays_valid_until_a_second_person_agrees(
    certificate: Certificate, first: Actor, second: Actor
) -> None:
    propose(certificate, first)
    assert certificate.state == "valid"
    with pytest.raises(Conflict, match="second person"), transaction():
        services.confirm_withdrawal(certificate, actor=first)
    assert certificate.state == "valid"
    with transaction():
        services.confirm_withdrawal(certificate, actor=second)
    assert (certificate.state, certificate.reason) == ("revoked", "Signed in for another")
    assert certificate.ended_at is not None
    with pytest.raises(Conflict, match="no longer valid"):
        propose(certificate, first)


def test_r5_7_both_persons_are_named_in_the_log(
    event: Event, certificate: Certificate, first: Actor, second: Actor
) -> None:
    propose(certificate, first)
    with transaction():
        services.confirm_withdrawal(certificate, actor=second)
    done, asked = entries_of(event.id, subject_ref=certificate.ref)[:2]
    assert (asked.action, asked.who) == ("certificate.propose_withdrawal", "First Person")
    assert (done.action, done.who) == ("certificate.revoke", "Second Person")
    assert done.changes["proposed_by"] == [None, "First Person"]
    assert done.changes["confirmed_by"] == [None, "Second Person"]


def test_r5_7_system_is_no_second_person(certificate: Certificate, first: Actor) -> None:
    propose(certificate, first)
    with pytest.raises(Conflict), transaction():
        services.confirm_withdrawal(certificate, actor=SYSTEM)


def test_r5_7_reason_is_asked_for_and_one_proposal_is_enough(
    certificate: Certificate, first: Actor, second: Actor
) -> None:
    with pytest.raises(Invalid) as refused:
        propose(certificate, first, "  ")
    assert refused.value.field == "reason"
    propose(certificate, first)
    with pytest.raises(Conflict, match="proposed already"):
        propose(certificate, second)


@pytest.mark.parametrize(("by", "state"), [("first", "taken_back"), ("second", "refused")])
def test_r5_7_refused_proposal_leaves_the_certificate_valid(
    certificate: Certificate, first: Actor, second: Actor, by: str, state: str
) -> None:
    propose(certificate, first)
    with transaction():
        services.refuse_withdrawal(certificate, actor={"first": first, "second": second}[by])
    assert certificate.state == "valid"
    assert db.session.scalars(db.select(Withdrawal.state)).all() == [state]
    with pytest.raises(Conflict), transaction():
        services.confirm_withdrawal(certificate, actor=second)
    propose(certificate, first, "Another reason")


@pytest.mark.parametrize("state", ["revoked", "replaced"])
def test_r5_7_what_ended_otherwise_is_not_overwritten(
    event: Event, certificate: Certificate, first: Actor, second: Actor, state: str
) -> None:
    propose(certificate, first)
    with transaction():
        certificate.state, certificate.reason = state, "ended otherwise"
        certificate.ended_at = event.ends_at
    for decide in (services.confirm_withdrawal, services.refuse_withdrawal):
        with pytest.raises(Conflict, match="no longer valid"), transaction():
            decide(certificate, actor=second)
    db.session.expire_all()
    assert (certificate.state, certificate.reason) == (state, "ended otherwise")
    assert certificate.ended_at == event.ends_at


@pytest.mark.parametrize(("given_up", "state"), [(True, "refused"), (False, "pending")])
def test_r5_7_proposal_ends_with_the_certificate_its_holder_gave_up(
    event: Event, certificate: Certificate, first: Actor, *, given_up: bool, state: str
) -> None:
    propose(certificate, first)
    whose = Whose(
        ref="P-REF", event_id=event.id, registration_id=certificate.registration_id,
        certificates_too=given_up,
    )  # fmt: skip
    with transaction():
        PERSONAL.erase(whose, actor=SYSTEM)
    assert db.session.scalars(db.select(Withdrawal.state)).all() == [state]


def test_only_files_of_valid_certificates_are_being_made(
    event: Event, certificate: Certificate, browser: Browser
) -> None:
    owner = make_account()
    give(owner, "event_owner", event)
    address = f"/manage/{event.slug}/certificates"
    assert "1 file is being made." in browser.sign_in(owner).get(address).text
    with transaction():
        certificate.state = "revoked"
    assert "being made" not in browser.get(address).text


def test_r5_7_nothing_is_issued_while_a_withdrawal_waits(
    event: Event, first: Actor, second: Actor
) -> None:
    person = participant(event, "M1")
    certificate = issue(event)[0]
    propose(certificate, first)
    with transaction():
        person.given_names = "Corrected"
    assert issue(event) == []
    with transaction():
        services.refuse_withdrawal(certificate, actor=second)
    assert [one.issue for one in issue(event)] == [2]


def test_erased_account_leaves_no_name_with_what_it_proposed(
    certificate: Certificate, first: Actor
) -> None:
    propose(certificate, first)
    whose = Whose(ref="A-REF", account_id=first.id)
    assert PERSONAL.export(whose).rows["certificate_withdrawal"][0]["state"] == "pending"
    with transaction():
        PERSONAL.erase(whose, actor=SYSTEM)
    pending = queries.pending_of(certificate.id)
    assert pending is not None
    assert pending.proposed_label == "A-REF"


def test_r5_7_pages_ask_a_second_person(
    event: Event, certificate: Certificate, browser: Browser
) -> None:
    first, second = make_account(name="Mei"), make_account(name="Ana")
    give(first, "event_owner", event)
    give(second, "secretariat", event)
    address = f"/manage/{event.slug}/certificates/{certificate.ref}/revoke"
    browser.sign_in(first).get(address)
    assert browser.submit(reason="").status == 422
    page = browser.submit(reason="Signed in for another")
    assert "A second person has to confirm it" in page.text
    assert "Leave it valid" not in page.text
    assert "Withdrawal proposed" in browser.get(f"/manage/{event.slug}/certificates").text
    page = browser.sign_in(second).get(address)
    assert "Mei" in page.text
    assert "Signed in for another" in page.text
    page = browser.submit(answer="confirm")
    assert page.status == 200
    db.session.expire_all()
    assert certificate.state == "revoked"


def test_certificate_of_another_event_is_not_there(
    event: Event, certificate: Certificate, browser: Browser
) -> None:
    other, owner = make_event(switches=["certificates"]), make_account()
    give(owner, "event_owner", other)
    browser.sign_in(owner)
    assert browser.get(f"/manage/{other.slug}/certificates/{certificate.ref}/revoke").status == 404
