"""Asking how people will be printed, and who confirmed it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.actor import Scope
from eventhub.core.db import db
from eventhub.designs.occasions import two
from eventhub.events.models import Event
from eventhub.name_checks.models import NameConfirmation
from eventhub.name_checks.rules import Forms, Standing, standing
from eventhub.protocol.queries import texts_at
from eventhub.registration.models import Registration
from eventhub.registration.queries import name_of, settings_of, titled_name
from eventhub.registration.queries.finding import within
from eventhub.registration.rules import SEAT_STATES

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


def is_frozen(event: Event) -> bool:
    """Tell whether badges are being printed from what there is."""
    at = freeze_of(event)
    return at is not None and clock.now() >= at


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
    found = []
    for row in rows:
        name, entity = name_of(row), entities.get(row.entity_id or 0)
        forms = Forms(
            badge=tuple(line for line in name.lines if line),
            local=row.name_local,
            local_language=row.name_local_language,
            entity=two(entity, event.languages) if entity else (row.organisation,),
            post=row.functional_title,
            listed=titled_name(row, event.languages[0] if event.languages else "en"),
            certificate=name.full,
        )
        one = kept.get(row.id)
        found.append(Checked(row, forms, standing(forms, one.digest if one else None), one))
    return found


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
