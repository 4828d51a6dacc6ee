"""Who was invited to an event, by which letter, and who looks after each delegation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.delegations.information import issue_note
from eventhub.delegations.models import Delegation, Invitation
from eventhub.delegations.practical import change_practical
from eventhub.delegations.queries import focal_points_of
from eventhub.delegations.services import (
    add_contacts,
    clear_invitations,
    end_focal_point,
    get_or_open,
    mark_sent,
    name_focal_point,
    prepare_invitations,
    set_role,
    verify_letter,
)
from eventhub.demo import content
from eventhub.demo.loading.crew import OF_FOCAL_POINT, Crew, acting
from eventhub.demo.loading.missions import account_of, claim_by_letter, mission_of
from eventhub.demo.loading.steps import instant
from eventhub.entities.models import Entity
from eventhub.entities.rules import STATES
from eventhub.events.models import Event
from eventhub.i18n import Translated
from eventhub.institutions.letterheads import find_letterhead
from eventhub.institutions.models import Institution
from eventhub.institutions.services import save_letterhead
from eventhub.rehearsals.people import words


@dataclass(frozen=True, slots=True)
class Guests:
    """Who comes: `roles` by the code of an entity, None for a plain participant; `opens` is the
    local time from which they may register."""

    roles: Mapping[str, str | None]
    opens: datetime


INVITED_BEFORE = timedelta(days=6, hours=22)
"""Before registration opens: two hours after the event is published."""

NAMED_AFTER = timedelta(days=1, hours=6)
"""Focal points, after registration has opened."""

CLAIMING = 3
"""So many delegations name their focal point themselves, by code and letter; for the others the
secretariat does."""

BACKUP_FOR_EACH = 5
"""Every fifth delegation has a backup."""

WAYS = ("mail", "bag", "by_hand")
AFRICA = "002"
ABSENT = 5
"""So many are invited and do not come."""

UNSENT = 2
"""So many invitations of an event still to come are not sent yet."""


def invite_everybody(event: Event, guests: Guests, crew: Crew) -> None:
    """Open the delegations of all who come and of some who do not, and invite them.

    At an event still to come two more invitations are not sent yet: one waits to be cleared.
    """
    actor = acting(crew["officer"], event)
    with clock.at(instant(guests.opens, event) - INVITED_BEFORE):
        _give_letterhead(event, acting(crew["organiser"], event))
        invited = _open(event, guests, actor)
        for number, (delegation, entity) in enumerate(invited):
            add_contacts(delegation, [mission_of(event, entity.code, number)], actor=actor)
        invitations = _prepare(event, invited, actor)
        unsent = invitations[-UNSENT:] if event.rehearsal_of_id else []
        clear_invitations([one for one in invitations if one not in unsent[-1:]], actor=actor)
        going = [one for one in invitations if one not in unsent]
        for place, how in enumerate(WAYS):
            mark_sent(going[place :: len(WAYS)], how=how, actor=actor)
        change_practical(event, practical_at(event), actor=actor)
        issue_note(event, actor=actor)


def practical_at(event: Event) -> Mapping[str, Translated]:
    """Return what the information note says under its ready headings; a rehearsal's as before."""
    slug = event.slug.removesuffix("-rehearsal")
    return content.practical().get(slug, {})


def absent_codes(event: Event, guests: Guests) -> list[str]:
    """Return the codes of States that are invited too and do not come, or not yet."""
    query = select(Entity.code).where(
        Entity.kind == "member_state", Entity.code.not_in(guests.roles)
    )
    if event.preset != "side_event":
        query = query.where(Entity.region == AFRICA)
    many = ABSENT + (UNSENT if event.rehearsal_of_id else 0)
    return list(db.session.scalars(query.order_by(Entity.code).limit(many)))


def delegations_by_code(event: Event) -> dict[str, Delegation]:
    """Return the event's delegations by the codes of their entities."""
    query = select(Entity.code, Delegation).join(Entity, Entity.id == Delegation.entity_id)
    query = query.where(Delegation.event_id == event.id).order_by(Delegation.id)
    return {row[0]: row[1] for row in db.session.execute(query)}


def name_focal_points(event: Event, guests: Guests, crew: Crew) -> None:
    """Let somebody look after each delegation that comes, and a backup after some.

    The first ones claim it by the code of their invitation and prove it with a letter; of one
    the focal point changes.
    """
    actor = acting(crew["officer"], event)
    there = delegations_by_code(event)
    coming = [
        code for code, role in guests.roles.items() if role is None and code != OF_FOCAL_POINT
    ]
    claiming = dict.fromkeys(coming[:CLAIMING])
    with clock.at(instant(guests.opens, event) + NAMED_AFTER):
        invited = invitations_by_delegation(event)
        for code in claiming:
            letter = claim_by_letter(event, there[code], invited[there[code].id], code)
            verify_letter(letter, actor=actor)
        for code in coming:
            if code not in claiming:
                name_focal_point(there[code], account_of(code), actor=actor)
        for code in coming[1::BACKUP_FOR_EACH]:
            name_focal_point(there[code], account_of(code, "backup"), actor=actor)
        _replace(event, there[coming[CLAIMING]], coming[CLAIMING], actor)


def _replace(event: Event, delegation: Delegation, code: str, actor: Actor) -> None:
    """Let a successor take a delegation over from its focal point."""
    first = focal_points_of(event.id, [delegation.id])[delegation.id][0].point
    name_focal_point(delegation, account_of(code, "successor"), actor=actor)
    end_focal_point(first, reason="Transferred to another post", actor=actor)


def invitations_by_delegation(event: Event) -> dict[int, Invitation]:
    """Return the event's invitations by the ids of their delegations."""
    query = select(Invitation).where(Invitation.event_id == event.id)
    return {row.delegation_id: row for row in db.session.scalars(query)}


def _open(event: Event, guests: Guests, actor: Actor) -> list[tuple[Delegation, Entity]]:
    """Open all delegations with their roles; return those to be invited, States first."""
    codes = [*guests.roles, *absent_codes(event, guests)]
    query = select(Entity).where(Entity.code.in_(codes))
    entities = {one.code: one for one in db.session.scalars(query)}
    rows = []
    for code in codes:
        role = guests.roles.get(code) or "participant"
        delegation = get_or_open(event.id, entities[code].id, role=role, actor=actor)
        if delegation.role != role:
            set_role(delegation, role, version=delegation.version, actor=actor)
        if role == "participant":
            rows.append((delegation, entities[code]))
    return rows


def _prepare(
    event: Event, invited: Sequence[tuple[Delegation, Entity]], actor: Actor
) -> list[Invitation]:
    """Prepare a note verbale to each State, a letter to each organization, in their languages."""
    languages = words().letter_languages
    made = []
    for is_state, rows in groupby(invited, key=lambda row: row[1].kind in STATES):
        some = list(rows)
        made += prepare_invitations(
            event,
            [delegation for delegation, _entity in some],
            form="note_verbale" if is_state else "letter",
            languages={one.id: languages.get(entity.code, "en") for one, entity in some},
            numbering="{n}/{year}",
            dated_on=clock.now().date(),
            actor=actor,
        )
    return made


def _give_letterhead(event: Event, actor: Actor) -> None:
    institution = db.session.get_one(Institution, event.institution_id)
    if find_letterhead(institution.id) is not None:
        return
    host = next(one for one in content.institutions() if one.name == institution.names)
    signatory = host.signatories[0] if host.signatories else None
    texts = {
        "headings": institution.names,
        "addresses": Translated(en=f"{host.address}\n{host.email}"),
        "signatories": Translated(en=signatory.name) if signatory else Translated(),
        "signatory_titles": signatory.post if signatory else Translated(),
    }
    save_letterhead(institution, texts, version=0, actor=actor)
