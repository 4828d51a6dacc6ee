"""Asking which certificates there are, and what they look like."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import and_, func, select, union_all
from sqlalchemy.orm import aliased

from eventhub.agenda.models import Speaker
from eventhub.certificates.codes import possible_codes
from eventhub.certificates.models import Certificate, CertificateRun, Signatory, Withdrawal
from eventhub.certificates.rules import Design, OpenDesign, WithdrawalState
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.core.ids import digest
from eventhub.events.models import Event, EventSetting
from eventhub.events.queries import as_setting, setting
from eventhub.files.models import StoredFile
from eventhub.registration.models import Registration

FEATURE = "certificates"


def design_of(event: Event) -> Design:
    """Return what the event decided for its documents."""
    return _designed(setting(event.id, FEATURE, _kind(event)))


def _kind(event: Event) -> type[Design]:
    return Design if event.preset == "seminar" else OpenDesign


def _designed(found: Design) -> Design:
    words = tuple((str(language), str(text)) for language, text in found.credits)
    return replace(found, languages=tuple(found.languages)[:2] or ("en",), credits=words)


def signatories_of(event_id: int) -> list[Signatory]:
    """Return who signs an event's certificates, side by side."""
    query = select(Signatory).where(Signatory.event_id == event_id)
    return list(db.session.scalars(query.order_by(Signatory.place)))


def runs_of(event_id: int) -> list[CertificateRun]:
    """Return an event's runs, the newest first."""
    query = select(CertificateRun).where(CertificateRun.event_id == event_id)
    return list(db.session.scalars(query.order_by(CertificateRun.id.desc()).limit(20)))


def get_run(event_id: int, ref: str) -> CertificateRun:
    """Return a run of the event; NotFound where there is none of that ref."""
    found = db.session.scalar(select(CertificateRun).filter_by(event_id=event_id, ref=ref))
    if found is None:
        raise NotFound
    return found


def files_of(
    event_id: int, *, delegation_id: int | None = None, categories: Collection[int] | None = None
) -> list[tuple[Certificate, StoredFile]]:
    """Return the certificates in force that have a file, of all or of a delegation, by number."""
    query = (
        select(Certificate, StoredFile)
        .join(StoredFile, StoredFile.id == Certificate.file_id)
        .where(Certificate.event_id == event_id, Certificate.state == "valid")
        .order_by(Certificate.number)
    )
    if delegation_id is not None or categories is not None:
        query = query.join(Registration, Registration.id == Certificate.registration_id)
    if delegation_id is not None:
        query = query.where(Registration.delegation_id == delegation_id)
    if categories is not None:
        query = query.where(Registration.category_id.in_(categories))
    return [(one, file) for one, file in db.session.execute(query)]


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


def valid_or_design(event: Event, registration_id: int) -> tuple[Certificate | None, Design]:
    """Return one registration's certificate in force, and the event's design: one statement."""
    mine = and_(
        Certificate.event_id == event.id,
        Certificate.registration_id == registration_id,
        Certificate.state == "valid",
    )
    decided = and_(EventSetting.event_id == event.id, EventSetting.feature == FEATURE)
    query = (
        select(Certificate, EventSetting.values)
        .select_from(Event)
        .outerjoin(Certificate, mine)
        .outerjoin(EventSetting, decided)
        .where(Event.id == event.id)
    )
    certificate, values = db.session.execute(query.limit(1)).one()
    return certificate, _designed(as_setting(values, _kind(event)))


def versions_of(event_id: int, registration_id: int) -> list[Certificate]:
    """Return all certificates of one registration, the newest first."""
    query = select(Certificate).filter_by(event_id=event_id, registration_id=registration_id)
    return list(db.session.scalars(query.order_by(Certificate.issue.desc())))


def valid_of_speaker(event_id: int, speaker_id: int) -> Certificate | None:
    """Return the certificate of appreciation in force of one speaker."""
    return db.session.scalar(
        select(Certificate).filter_by(event_id=event_id, speaker_id=speaker_id, state="valid")
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
    """Return the certificate whose file has this SHA-256, in hex digits."""
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

    Of participants and of speakers, newest first; several people may share an address. Whose
    data were erased has none, nor has a rehearsal.
    """
    wanted = email.strip().lower()
    if not wanted:
        return []
    owned = union_all(
        select(Certificate.id)
        .join(Registration, Registration.id == Certificate.registration_id)
        .where(func.lower(Registration.email) == wanted),
        select(Certificate.id)
        .join(
            Speaker,
            and_(Speaker.event_id == Certificate.event_id, Speaker.id == Certificate.speaker_id),
        )
        .where(func.lower(Speaker.email) == wanted),
    )
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
        .join(Event, Event.id == each.event_id)
        .where(each.id.in_(owned), each.issue == newest, Event.rehearsal_of_id.is_(None))
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
