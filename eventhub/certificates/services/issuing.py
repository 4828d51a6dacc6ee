"""Issuing certificates, again where something changed."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from eventhub.attendance.queries import Standing, policy_of, standings_of
from eventhub.audit.services import Subject, record
from eventhub.certificates.models import Certificate
from eventhub.certificates.queries import design_of, pending_in, signatories_of
from eventhub.certificates.rules import Design, says_the_same, serial
from eventhub.certificates.services.documents import PURPOSE, code_of
from eventhub.certificates.services.signatories import frozen
from eventhub.core import clock, ids
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.events.rules import ACCENTS, local
from eventhub.events.services import change_setting
from eventhub.i18n import Translated
from eventhub.institutions.letterheads import find_letterhead
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
    wanted = [
        one for one in entitled(event)
        if registration_ids is None or one.registration.id in registration_ids
    ]  # fmt: skip
    made = issue_to(event, wanted, by_name=registration_ids is not None, actor=actor)
    jobs = [{"certificate_id": certificate.id, "tell": tell} for certificate in made]
    queue_many("certificates.make", jobs, event_id=event.id, priority=BULK)
    return made


def entitled(event: Event) -> list[Standing]:
    """Return who reached a level, by registration id."""
    return [
        one for one in standings_of(event, policy_of(event))
        if one.verdict.level != "none" and one.registration.erased_at is None
    ]  # fmt: skip


def issue_to(
    event: Event, wanted: Sequence[Standing], *, by_name: bool, run_id: int | None = None,
    actor: Actor,
) -> list[Certificate]:  # fmt: skip
    """Issue to these as `issue_certificates` does, without asking for the files."""
    hold(event)
    policy, design = policy_of(event), design_of(event)
    same = same_on_all(event, design, by_hours=policy.by_hours)
    latest = latest_by(event.id, Certificate.registration_id)
    number = next_number(event.id)
    entities = texts_at(event.id, [one.registration.entity_id for one in wanted])
    pending = pending_in(event.id)
    made = []
    for standing in wanted:
        person, shown = standing.registration, person_shown(same, standing, entities)
        before = latest.get(person.id)
        if not may_follow(before, shown, pending, by_name=by_name):
            continue
        if before is None:
            number += 1
        certificate = next_issue(event, before, shown, before.number if before else number)
        certificate.registration_id, certificate.run_id = person.id, run_id
        made.append(certificate)
    return write_down(event, made, actor)


def person_shown(
    same: Mapping[str, Any], standing: Standing, entities: Mapping[int, Translated]
) -> dict[str, Any]:
    """Return all that is frozen in one participant's certificate."""
    person = standing.registration
    entity = entities.get(person.entity_id or 0)
    return {
        **same, "name": name_of(person).full, "name_local": person.name_local,
        "name_local_language": person.name_local_language,
        "entity": dict(entity) if entity else {"en": person.organisation},
        "level": standing.verdict.level, "quarter_hours": standing.record.quarter_hours,
    }  # fmt: skip


def hold(event: Event) -> None:
    """Let only one at a time count up the event's numbers."""
    db.session.scalars(select(Event.id).where(Event.id == event.id).with_for_update()).one()


def next_number(event_id: int) -> int:
    """Return the highest number that was given so far, 0 without any."""
    query = select(func.max(Certificate.number)).where(Certificate.event_id == event_id)
    return db.session.scalar(query) or 0


def may_follow(
    before: Certificate | None, shown: Mapping[str, Any], pending: Collection[int], *, by_name: bool
) -> bool:
    """Tell whether something is to be issued after what a person has."""
    if before is None:
        return True
    if before.state == "valid" and says_the_same(before.shown, shown):
        return False
    return before.id not in pending and (by_name or before.state != "revoked")


def next_issue(
    event: Event, before: Certificate | None, shown: dict[str, Any], number: int
) -> Certificate:
    """Return the certificate that follows `before`, which shows as replaced from now on."""
    if before is not None and before.state == "valid":
        before.state, before.ended_at = "replaced", clock.now()
    certificate = Certificate(
        ref=ids.new_ref(), event_id=event.id, number=number,
        issue=before.issue + 1 if before else 1, serial=serial(event.code, number),
        key_id=ring().newest(PURPOSE), level=shown["level"], quarter_hours=shown["quarter_hours"],
        shown=shown, issued_at=clock.now(),
    )  # fmt: skip
    certificate.code_digest = ids.digest(code_of(certificate))
    return certificate


def write_down(event: Event, made: list[Certificate], actor: Actor) -> list[Certificate]:
    """Keep new certificates, and who issued them."""
    db.session.add_all(made)
    db.session.flush()
    subjects = [Subject("certificate", certificate.ref) for certificate in made]
    record(actor, "certificate.issue", subjects, event_id=event.id)
    return made


def latest_by(event_id: int, owner: InstrumentedAttribute[int | None]) -> dict[int, Certificate]:
    """Return the newest issue of each registration, or of each speaker, by their id."""
    query = select(Certificate).where(Certificate.event_id == event_id, owner.is_not(None))
    rows = db.session.scalars(query.order_by(Certificate.issue))
    return {getattr(row, owner.key): row for row in rows}


def same_on_all(event: Event, design: Design, *, by_hours: bool) -> dict[str, Any]:
    """Return what is frozen alike in all certificates that are issued now."""
    institution = db.session.get_one(Institution, event.institution_id)
    letterhead = find_letterhead(institution.id)
    return {
        "event": dict(event.titles), "event_code": event.code,
        "institution": dict(institution.names), "city": dict(event.cities) or {"en": event.city},
        "starts_on": event.starts_on.isoformat(), "ends_on": event.ends_on.isoformat(),
        "by_hours": by_hours, "languages": list(design.languages), "layout": design.layout,
        "credits": dict(design.credits), "colour": ACCENTS[event.accent].light,
        "logo": letterhead.logo_id if letterhead else None,
        "fallback": list(event.languages), "zone": event.zone,
        "signatories": [frozen(one) for one in signatories_of(event.id)],
        "issued_on": local(clock.now(), event.zone).date().isoformat(),
    }  # fmt: skip
