"""Issuing certificates, again where something changed."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from eventhub.attendance.queries import Standing, policy_of, standings_of
from eventhub.audit.services import Subject, record
from eventhub.certificates.models import Certificate
from eventhub.certificates.queries import design_of, pending_in
from eventhub.certificates.rules import Design, serial
from eventhub.certificates.services.documents import PURPOSE, code_of
from eventhub.core import clock, ids
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.events.services import change_setting
from eventhub.i18n import Translated
from eventhub.institutions.models import Institution
from eventhub.jobs.rules import BULK
from eventhub.jobs.services import queue_many
from eventhub.keys.ring import ring
from eventhub.protocol.queries import texts_at
from eventhub.registration.queries import name_of


def change_design(event: Event, changes: dict[str, Any], *, actor: Actor) -> None:
    """Change what the event's certificates look like: fields of Design, JSON values."""
    change_setting(event, "certificates", changes, actor=actor)


def issue_certificates(
    event: Event, registration_ids: Collection[int] | None = None, *, tell: bool = True,
    actor: Actor,
) -> list[Certificate]:  # fmt: skip
    """Issue a certificate to everybody who reached a level (of those named), return the new ones.

    Who has one that says the same keeps it; who has one that says something else gets the next
    issue, and the old one shows as replaced (R5.7). Whose certificate was withdrawn gets another
    only by name, and none while a second person has yet to decide. Files are made by the worker;
    with `tell` each holder gets a mail when it is there.
    """
    db.session.scalars(select(Event.id).where(Event.id == event.id).with_for_update()).one()
    policy, design = policy_of(event), design_of(event)
    wanted = [
        standing
        for standing in standings_of(event, policy)
        if standing.verdict.level != "none"
        and standing.registration.erased_at is None
        and (registration_ids is None or standing.registration.id in registration_ids)
    ]
    latest = _latest(event.id)
    number = max((certificate.number for certificate in latest.values()), default=0)
    entities = texts_at(event.id, [one.registration.entity_id for one in wanted])
    institution = db.session.get_one(Institution, event.institution_id)
    pending = pending_in(event.id)
    made = []
    for standing in wanted:
        shown = _shown(event, institution, design, standing, entities, by_hours=policy.by_hours)
        before = latest.get(standing.registration.id)
        if before is not None and before.state == "valid" and _same(before, shown):
            continue
        if before is not None and before.id in pending:
            continue
        if before is not None and before.state == "revoked" and registration_ids is None:
            continue
        if before is None:
            number += 1
        made.append(_issue(event, standing, shown, before, before.number if before else number))
    db.session.add_all(made)
    db.session.flush()
    jobs = [{"certificate_id": certificate.id, "tell": tell} for certificate in made]
    queue_many("certificates.make", jobs, event_id=event.id, priority=BULK)
    record(
        actor, "certificate.issue", [Subject("certificate", c.ref) for c in made],
        event_id=event.id,
    )  # fmt: skip
    return made


def _issue(
    event: Event, standing: Standing, shown: dict[str, Any], before: Certificate | None,
    number: int,
) -> Certificate:  # fmt: skip
    if before is not None and before.state == "valid":
        before.state, before.ended_at = "replaced", clock.now()
    certificate = Certificate(
        ref=ids.new_ref(), event_id=event.id, registration_id=standing.registration.id,
        number=number, issue=before.issue + 1 if before else 1, serial=serial(event.code, number),
        key_id=ring().newest(PURPOSE), level=standing.verdict.level,
        quarter_hours=standing.record.quarter_hours, shown=shown, issued_at=clock.now(),
    )  # fmt: skip
    certificate.code_digest = ids.digest(code_of(certificate))
    return certificate


def _latest(event_id: int) -> dict[int | None, Certificate]:
    query = select(Certificate).where(Certificate.event_id == event_id).order_by(Certificate.issue)
    return {row.registration_id: row for row in db.session.scalars(query)}


def _same(before: Certificate, shown: dict[str, Any]) -> bool:
    return {**before.shown, "issued_on": ""} == {**shown, "issued_on": ""}


def _shown(
    event: Event, institution: Institution, design: Design, standing: Standing,
    entities: dict[int, Translated], *, by_hours: bool,
) -> dict[str, Any]:  # fmt: skip
    person = standing.registration
    entity = entities.get(person.entity_id or 0)
    return {
        "name": name_of(person).full, "name_local": person.name_local,
        "name_local_language": person.name_local_language,
        "entity": dict(entity) if entity else {"en": person.organisation},
        "event": dict(event.titles), "event_code": event.code,
        "institution": dict(institution.names), "city": dict(event.cities) or {"en": event.city},
        "starts_on": event.starts_on.isoformat(), "ends_on": event.ends_on.isoformat(),
        "level": standing.verdict.level, "quarter_hours": standing.record.quarter_hours,
        "by_hours": by_hours, "languages": list(design.languages),
        "fallback": list(event.languages), "zone": event.zone,
        "signatories": [list(pair) for pair in design.signatories],
        "issued_on": clock.now().date().isoformat(),
    }  # fmt: skip
