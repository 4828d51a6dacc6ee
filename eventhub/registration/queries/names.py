"""How a registration's name is written, and the reference people say on the telephone."""

from collections.abc import Iterable

from sqlalchemy import select

from eventhub.core.db import db
from eventhub.entities.models import Entity
from eventhub.events.models import Category
from eventhub.registration.models import Registration
from eventhub.registration.rules import Name, screen_name, title_in


def name_of(registration: Registration) -> Name:
    """Return the parts of the name."""
    return Name(
        family_name=registration.family_name,
        given_names=registration.given_names,
        honorific=registration.honorific,
        name_order=registration.name_order,
        display_name=registration.display_name,
        display_caps=registration.display_caps,
        name_local=registration.name_local,
        name_local_language=registration.name_local_language,
        language=registration.language,
    )


def has_name(registration: Registration) -> bool:
    """Tell whether any part of the name is there."""
    return name_of(registration).is_there


def printed_name(registration: Registration, language: str = "") -> str:
    """Return the name as a list prints it: honorific, given names, FAMILY NAME.

    In the owner's own language the name in its own script.
    """
    return name_of(registration).printed(language)


def titled_name(registration: Registration, language: str = "") -> str:
    """Return honorific, name and title as a list prints them (R2.17, R2.18)."""
    title = title_in(language, registration.functional_title, registration.title_en)
    return name_of(registration).with_title(title, language)


def name_lines(registration: Registration) -> tuple[str, str]:
    """Return the two lines of a badge; the second is "" for a single name."""
    return name_of(registration).lines


def shown_on_screen(
    registration: Registration, language: str, entity: Entity | None, category: Category | None
) -> str:
    """Return the name that somebody who takes part from afar shows on screen (R1.27)."""
    lead = entity.name(language) if entity else registration.organisation
    role = category.name(language) if category else ""
    return screen_name(lead, name_of(registration).on_screen, role)


def reference(registration: Registration, entity_code: str | None) -> str:
    """Return ZMB-07, or the ref where there is no entity or nothing was sent yet."""
    if entity_code is None or registration.number is None:
        return registration.ref
    return f"{entity_code}-{registration.number:02d}"


def numbers_of(registrations: Iterable[Registration]) -> dict[int, str]:
    """Return the references by registration id: one statement."""
    rows = list(registrations)
    ids = {row.entity_id for row in rows if row.entity_id is not None}
    query = select(Entity.id, Entity.code).where(Entity.id.in_(ids))
    codes = dict(db.session.execute(query).all()) if ids else {}
    return {row.id: reference(row, codes.get(row.entity_id or 0)) for row in rows}
