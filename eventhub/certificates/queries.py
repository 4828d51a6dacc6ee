"""Asking which certificates there are, and what they look like."""

from sqlalchemy import func, select

from eventhub.certificates.models import Certificate, Withdrawal
from eventhub.certificates.rules import Design, WithdrawalState, plain_code
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.core.ids import digest
from eventhub.events.models import Event
from eventhub.events.queries import setting


def design_of(event: Event) -> Design:
    """Return what the event decided for its documents."""
    found = setting(event.id, "certificates", Design)
    pairs = tuple((str(name), str(title)) for name, title in found.signatories)
    return Design(tuple(found.languages), pairs)


def certificates_of(event_id: int) -> list[Certificate]:
    """Return the event's certificates by number, the newest issue of each first."""
    query = select(Certificate).where(Certificate.event_id == event_id)
    return list(db.session.scalars(query.order_by(Certificate.number, Certificate.issue.desc())))


def get_certificate(event_id: int, ref: str) -> Certificate:
    """Return a certificate of the event; NotFound where there is none of that ref."""
    found = db.session.scalar(select(Certificate).filter_by(event_id=event_id, ref=ref))
    if found is None:
        raise NotFound
    return found


def valid_of(event_id: int, registration_id: int) -> Certificate | None:
    """Return the certificate in force of one registration."""
    return db.session.scalar(
        select(Certificate).filter_by(
            event_id=event_id, registration_id=registration_id, state="valid"
        )
    )


def pending_of(certificate_id: int) -> Withdrawal | None:
    """Return the proposal to withdraw this certificate that waits for a second person."""
    return db.session.scalar(
        select(Withdrawal).filter_by(
            certificate_id=certificate_id, state=WithdrawalState.PENDING
        )
    )


def pending_in(event_id: int) -> dict[int, Withdrawal]:
    """Return by certificate id the withdrawals of an event that wait for a second person."""
    query = select(Withdrawal).filter_by(event_id=event_id, state=WithdrawalState.PENDING)
    return {one.certificate_id: one for one in db.session.scalars(query)}


def find_by_code(code: str) -> Certificate | None:
    """Return the certificate that a verification code opens, however it was typed."""
    wanted = digest(plain_code(code))
    return db.session.scalar(select(Certificate).where(Certificate.code_digest == wanted))


def count_by_level(event_id: int) -> dict[str, int]:
    """Return how many certificates are in force, by level."""
    query = (
        select(Certificate.level, func.count())
        .where(Certificate.event_id == event_id, Certificate.state == "valid")
        .group_by(Certificate.level)
    )
    return dict(db.session.execute(query).all())
