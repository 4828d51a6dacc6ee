"""Asking how people will be printed, and who confirmed it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select

from eventhub.core import clock
from eventhub.core.actor import Scope
from eventhub.core.db import db
from eventhub.designs.occasions import two
from eventhub.entities.models import Entity
from eventhub.events.models import Event, EventSetting
from eventhub.events.queries import as_setting
from eventhub.i18n import Translated
from eventhub.name_checks.models import NameConfirmation
from eventhub.name_checks.rules import Forms, Standing, standing
from eventhub.protocol.models import EventEntity
from eventhub.protocol.queries import named, own_at, texts_at
from eventhub.registration.models import Registration
from eventhub.registration.queries import name_of, settings_of, titled_name
from eventhub.registration.queries.finding import within
from eventhub.registration.rules import SEAT_STATES, RegistrationSettings

SWITCH = "badges"
"""Where no badges are printed, no names are checked."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Somebody's forms, where their check stands, and who confirmed them last."""

    row: Registration
    forms: Forms
    standing: Standing
    confirmation: NameConfirmation | None

    @property
    def is_confirmed(self) -> bool:
        """Tell whether what will be printed was confirmed."""
        return self.standing is Standing.CONFIRMED


def freeze_of(event: Event) -> datetime | None:
    """Return the instant until which names are looked over; None where the event set none."""
    return settings_of(event.id).deadline("check_until", event.zone)


def is_over(event: Event) -> bool:
    """Tell whether nothing is printed for the event any more."""
    return event.state in ("archived", "cancelled") or clock.now() >= event.ends_at


def checks_of(event: Event, rows: Sequence[Registration]) -> list[Checked]:
    """Return the forms and checks of these people, in their order: two statements."""
    entities = texts_at(event.id, [row.entity_id for row in rows])
    query = select(NameConfirmation).where(
        NameConfirmation.event_id == event.id,
        NameConfirmation.registration_id.in_([row.id for row in rows]),
    )
    kept = {one.registration_id: one for one in db.session.scalars(query)}
    return [
        _checked(event, row, entities.get(row.entity_id or 0), kept.get(row.id)) for row in rows
    ]


def check_of(event: Event, row: Registration) -> tuple[Checked, datetime | None]:
    """Return one person's forms and check, and the event's `freeze_of`: one statement."""
    decided = and_(EventSetting.event_id == event.id, EventSetting.feature == "registration")
    query = (
        select(NameConfirmation, Entity, EventEntity, EventSetting.values)
        .select_from(Registration)
        .outerjoin(NameConfirmation, NameConfirmation.registration_id == Registration.id)
        .outerjoin(Entity, Entity.id == Registration.entity_id)
        .outerjoin(EventEntity, own_at(event.id))
        .outerjoin(EventSetting, decided)
        .where(Registration.event_id == event.id, Registration.id == row.id)
    )
    kept, entity, own, values = db.session.execute(query).one()
    settings = as_setting(values, RegistrationSettings)
    names = named(entity, own) if entity else None
    return _checked(event, row, names, kept), settings.deadline("check_until", event.zone)


def _checked(
    event: Event, row: Registration, entity: Translated | None, kept: NameConfirmation | None
) -> Checked:
    name = name_of(row)
    forms = Forms(
        badge=tuple(line for line in name.lines if line),
        local=row.name_local,
        local_language=row.name_local_language,
        entity=two(entity, event.languages) if entity else (row.organisation,),
        post=row.functional_title,
        listed=titled_name(row, event.languages[0] if event.languages else "en"),
        certificate=name.full,
    )
    return Checked(row, forms, standing(forms, kept.digest if kept else None), kept)


def people_to_check(
    event: Event, scope: Scope, *, delegations: Collection[int] | None = None
) -> list[Registration]:
    """Return who has a place and a name to print, within the scope, by their names.

    `delegations` are ids of those alone that are asked about.
    """
    query = select(Registration).where(
        Registration.event_id == event.id,
        Registration.state.in_(SEAT_STATES),
        Registration.erased_at.is_(None),
        within([scope]),
    )
    if delegations is not None:
        query = query.where(Registration.delegation_id.in_(delegations))
    order = (Registration.family_name, Registration.given_names, Registration.id)
    return list(db.session.scalars(query.order_by(*order)))
