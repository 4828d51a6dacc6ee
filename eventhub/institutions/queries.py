"""Finding institutions."""

from collections.abc import Iterable

from sqlalchemy import select

from eventhub.access.models import Grant
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.entities.models import Entity
from eventhub.institutions.models import Institution
from eventhub.web.seams import Place


def find_institution(ref: str) -> Institution | None:
    """Return an institution by its ref."""
    return db.session.scalar(select(Institution).where(Institution.ref == ref))


def get_institution(ref: str) -> Institution:
    """Return an institution by its ref; NotFound where there is none."""
    found = find_institution(ref)
    if found is None:
        raise NotFound
    return found


def all_institutions() -> list[Institution]:
    """Return every institution by its name in the reader's language."""
    rows = db.session.scalars(select(Institution))
    return sorted(rows, key=lambda institution: institution.names.pick().casefold())


def institutions_of(grants: Iterable[Grant]) -> list[Institution]:
    """Return the institutions at which these grants were given, by name."""
    ids = {grant.institution_id for grant in grants if grant.institution_id is not None}
    if not ids:
        return []
    rows = db.session.scalars(select(Institution).where(Institution.id.in_(ids)))
    return sorted(rows, key=lambda institution: institution.names.pick().casefold())


def country_of(institution: Institution) -> str | None:
    """Return the code of the institution's State, None where it has none."""
    return db.session.scalar(select(Entity.code).where(Entity.id == institution.country_id))


def place_of(ref: str) -> Place | None:
    """Return the institution at this address as every page needs it."""
    institution = find_institution(ref)
    if institution is None:
        return None
    return Place(
        slug=institution.ref,
        title=institution.names,
        institution_id=institution.id,
        institution_name=institution.names,
    )
