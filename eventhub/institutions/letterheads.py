"""Letterheads as letters need them, read with their logo."""

from dataclasses import dataclass

from sqlalchemy import select

from eventhub.core.db import db
from eventhub.files.models import StoredFile
from eventhub.files.services import read_whole
from eventhub.institutions.models import Institution, Letterhead


@dataclass(frozen=True, slots=True)
class Head:
    """A letterhead in one language."""

    heading: str
    address: tuple[str, ...]
    footer: str
    signatory: str
    signatory_title: str
    logo: bytes | None
    logo_type: str


def find_letterhead(institution_id: int) -> Letterhead | None:
    """Return the letterhead of an institution, None where it has none yet."""
    return db.session.scalar(select(Letterhead).where(Letterhead.institution_id == institution_id))


def head_of(institution: Institution, language: str) -> Head:
    """Return the letterhead in this language; without one, the institution's name stands."""
    row = find_letterhead(institution.id)
    order = ["en", *institution.languages]
    name = institution.names.pick(language, order)
    if row is None:
        return Head(name, (), "", "", "", None, "")
    logo = db.session.get(StoredFile, row.logo_id) if row.logo_id else None
    return Head(
        heading=row.headings.pick(language, order) or name,
        address=tuple(row.addresses.pick(language, order).splitlines()),
        footer=row.footers.pick(language, order),
        signatory=row.signatories.pick(language, order),
        signatory_title=row.signatory_titles.pick(language, order),
        logo=read_whole(logo) if logo else None,
        logo_type=logo.media_type if logo else "",
    )
