"""Withdrawing certificates: one person says why, a second one agrees or refuses (R5.7)."""

from collections.abc import Mapping

from eventhub.audit.services import Subject, record
from eventhub.certificates.models import Certificate, Withdrawal
from eventhub.certificates.queries import pending_of
from eventhub.certificates.rules import WithdrawalState, refusal_to_decide, refusal_to_propose
from eventhub.certificates.words import refusal_word
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid


def propose_withdrawal(certificate: Certificate, reason: str, *, actor: Actor) -> Withdrawal:
    """Ask that a certificate be withdrawn; it stays valid until a second person agrees.

    Invalid on "reason" without one; Conflict where it is not in force or already proposed.
    """
    _lock(certificate)
    pending = pending_of(certificate.id)
    refusal = refusal_to_propose(certificate.state, reason, is_pending=pending is not None)
    if refusal == "no_reason":
        raise Invalid(refusal_word(refusal), "reason")
    if refusal:
        raise Conflict(refusal_word(refusal))
    withdrawal = Withdrawal(
        event_id=certificate.event_id, certificate_id=certificate.id, reason=reason.strip(),
        proposed_by=_account(actor), proposed_label=actor.label[:250],
    )  # fmt: skip
    db.session.add(withdrawal)
    db.session.flush()
    changed = {"reason": (None, withdrawal.reason)}
    _record(actor, "certificate.propose_withdrawal", certificate, changed)
    return withdrawal


def confirm_withdrawal(certificate: Certificate, *, actor: Actor) -> None:
    """Withdraw a certificate as a first person proposed: its page says so from now on.

    Conflict where nothing is proposed, where the actor proposed it, or where the certificate
    has ended otherwise: what it says of that stays.
    """
    withdrawal = _decidable(certificate, actor, must_be_second=True)
    _decide(withdrawal, WithdrawalState.CONFIRMED, actor)
    certificate.state, certificate.reason = "revoked", withdrawal.reason
    certificate.ended_at = clock.now()
    db.session.flush()
    changed = {
        "state": ("valid", "revoked"), "proposed_by": (None, withdrawal.proposed_label),
        "confirmed_by": (None, withdrawal.decided_label), "reason": (None, withdrawal.reason),
    }  # fmt: skip
    _record(actor, "certificate.revoke", certificate, changed)


def refuse_withdrawal(certificate: Certificate, *, actor: Actor) -> Withdrawal:
    """Leave a certificate as it is; who proposed it takes it back by this, too."""
    withdrawal = _decidable(certificate, actor, must_be_second=False)
    is_own = withdrawal.proposed_by is not None and withdrawal.proposed_by == _account(actor)
    _decide(withdrawal, WithdrawalState.TAKEN_BACK if is_own else WithdrawalState.REFUSED, actor)
    db.session.flush()
    changed = {"proposed_by": (None, withdrawal.proposed_label)}
    _record(actor, "certificate.refuse_withdrawal", certificate, changed)
    return withdrawal


def _decidable(certificate: Certificate, actor: Actor, *, must_be_second: bool) -> Withdrawal:
    _lock(certificate)
    withdrawal = pending_of(certificate.id)
    proposer = withdrawal.proposed_by if withdrawal else None
    is_own = must_be_second and (actor.id is None or _account(actor) == proposer)
    is_pending = withdrawal is not None
    refusal = refusal_to_decide(certificate.state, is_pending=is_pending, is_own=is_own)
    if refusal or withdrawal is None:
        raise Conflict(refusal_word(refusal))
    return withdrawal


def _decide(withdrawal: Withdrawal, state: WithdrawalState, actor: Actor) -> None:
    withdrawal.state, withdrawal.decided_at = state, clock.now()
    withdrawal.decided_by, withdrawal.decided_label = _account(actor), actor.label[:250]


def _lock(certificate: Certificate) -> None:
    """Hold the certificate, so that of two who press at once the second sees what the first did."""
    db.session.refresh(certificate, with_for_update=True)


def _account(actor: Actor) -> int | None:
    return actor.id if actor.kind == "account" else None


def _record(
    actor: Actor, action: str, certificate: Certificate,
    changed: Mapping[str, tuple[object, object]],
) -> None:  # fmt: skip
    subject = Subject("certificate", certificate.ref, changed)
    record(actor, action, [subject], event_id=certificate.event_id)
