"""Asking which certificates there are, and what they look like."""

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from eventhub.certificates.codes import possible_codes
from eventhub.certificates.models import Certificate, Withdrawal
from eventhub.certificates.rules import Design, WithdrawalState
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.core.ids import digest
from eventhub.events.models import Event
from eventhub.events.queries import setting
from eventhub.registration.models import Registration


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
        select(Withdrawal).filter_by(certificate_id=certificate_id, state=WithdrawalState.PENDING)
    )


def pending_in(event_id: int) -> dict[int, Withdrawal]:
    """Return by certificate id the withdrawals of an event that wait for a second person."""
    query = select(Withdrawal).filter_by(event_id=event_id, state=WithdrawalState.PENDING)
    return {one.certificate_id: one for one in db.session.scalars(query)}


def find_by_code(code: str) -> Certificate | None:
    """Return the certificate that a verification code opens, however it was typed.

    None also where it can be read as the codes of two certificates.
    """
    wanted = sorted(digest(one) for one in possible_codes(code))
    query = select(Certificate).where(Certificate.code_digest.in_(wanted)).limit(2)
    found = db.session.scalars(query).all()
    return found[0] if len(found) == 1 else None


def find_by_file(sha256: str) -> Certificate | None:
    """Return the certificate whose file has this SHA-256, in hexadecimal digits."""
    query = select(Certificate).where(Certificate.sha256 == sha256.lower())
    return db.session.scalar(query.limit(1)) if sha256 else None


def newest_issue(certificate: Certificate) -> Certificate:
    """Return the newest issue of the same number: what a replaced one was replaced by (R5.7)."""
    query = (
        select(Certificate)
        .where(
            Certificate.event_id == certificate.event_id, Certificate.number == certificate.number
        )
        .order_by(Certificate.issue.desc())
        .limit(1)
    )
    return db.session.scalars(query).one()


def certificates_of_address(email: str) -> list[Certificate]:
    """Return the newest issue of every certificate of this e-mail address, at all events.

    Newest first; several people may share an address. Whose data were erased has none.
    """
    newest = (
        select(func.max(Certificate.issue))
        .where(
            Certificate.event_id == (each := aliased(Certificate)).event_id,
            Certificate.number == each.number,
        )
        .scalar_subquery()
    )
    query = (
        select(each)
        .join(Registration, Registration.id == each.registration_id)
        .where(
            func.lower(Registration.email) == email.strip().lower(),
            Registration.email != "",
            each.issue == newest,
        )
        .order_by(each.issued_at.desc(), each.id.desc())
    )
    return list(db.session.scalars(query))


def count_by_level(event_id: int) -> dict[str, int]:
    """Return how many certificates are in force, by level."""
    query = (
        select(Certificate.level, func.count())
        .where(Certificate.event_id == event_id, Certificate.state == "valid")
        .group_by(Certificate.level)
    )
    return dict(db.session.execute(query).all())
