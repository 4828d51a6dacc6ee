"""Asking which certificates have a credential, and which are in force."""

from datetime import datetime

from sqlalchemy import func, select

from eventhub.certificates.models import Certificate
from eventhub.certificates.queries import find_by_code
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.credentials.rules import ids_of, place_of
from eventhub.events.models import Event


def find_creditable(code: str) -> Certificate | None:
    """Return the certificate of a code where it is valid, made and names somebody."""
    found = find_by_code(code)
    return found if found is not None and is_creditable(found) else None


def is_creditable(certificate: Certificate) -> bool:
    """Tell whether a certificate is valid, has its file, names somebody and is no rehearsal's."""
    is_made = certificate.sha256 is not None
    if certificate.state != "valid" or not is_made or not certificate.shown["name"]:
        return False
    return db.session.get_one(Event, certificate.event_id).rehearsal_of_id is None


def get_exemplary(event_ref: str, level: str) -> Certificate:
    """Return the first valid certificate of a level of an event; NotFound where there is none."""
    found = db.session.scalar(
        select(Certificate)
        .join(Event, Event.id == Certificate.event_id)
        .where(Event.ref == event_ref, Certificate.level == level, Certificate.state == "valid")
        .order_by(Certificate.id)
        .limit(1)
    )
    if found is None:
        raise NotFound
    return found


def begun_at(number: int) -> datetime:
    """Return when the first certificate of a status list was issued; NotFound without any."""
    ids = ids_of(number)
    first = db.session.scalar(
        select(func.min(Certificate.issued_at)).where(Certificate.id.between(ids[0], ids[-1]))
    )
    if first is None:
        raise NotFound
    return first


def in_force(number: int) -> list[int]:
    """Return the bits of a status list whose certificates are valid, in order."""
    ids = ids_of(number)
    query = select(Certificate.id).where(
        Certificate.id.between(ids[0], ids[-1]), Certificate.state == "valid"
    )
    return [place_of(found)[1] for found in db.session.scalars(query.order_by(Certificate.id))]
