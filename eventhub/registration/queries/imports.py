"""Spreadsheets of people that were sent, and whom their rows may mean."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, or_, select

from eventhub.core.actor import Scope
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.delegations.models import Delegation
from eventhub.registration.models import Consent, ImportedRow, PeopleImport, Registration
from eventhub.registration.queries.finding import within
from eventhub.registration.rules import State
from eventhub.registration.rules.importing import Line


def get_import(
    event_id: int, ref: str, delegation_id: int | None, account_id: int | None
) -> PeopleImport:
    """Return an import of the event by its ref; NotFound where it is another delegation's.

    One for all delegations is shown to who sent it alone: the file may reach beyond the scope of
    others.
    """
    query = select(PeopleImport).where(
        PeopleImport.event_id == event_id,
        PeopleImport.ref == ref,
        PeopleImport.delegation_id == delegation_id,
    )
    if delegation_id is None:
        query = query.where(PeopleImport.account_id == account_id)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def imports_of(
    event_id: int, delegation_id: int | None, account_id: int | None, limit: int = 20
) -> list[PeopleImport]:
    """Return the newest imports for a delegation, or for all by this account."""
    query = select(PeopleImport).where(
        PeopleImport.event_id == event_id, PeopleImport.delegation_id == delegation_id
    )
    if delegation_id is None:
        query = query.where(PeopleImport.account_id == account_id)
    return list(db.session.scalars(query.order_by(PeopleImport.id.desc()).limit(limit)))


def rows_of_import(import_id: int) -> list[tuple[ImportedRow, Registration]]:
    """Return what each row did, with the registration as it is now, in the file's order."""
    query = (
        select(ImportedRow, Registration)
        .join(Registration, Registration.id == ImportedRow.registration_id)
        .where(ImportedRow.import_id == import_id)
        .order_by(ImportedRow.number)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def given_consents(event_id: int, registration_ids: Collection[int]) -> dict[int, dict[str, bool]]:
    """Return what people agreed to or not, by registration id and purpose."""
    query = select(Consent.registration_id, Consent.purpose, Consent.is_given).where(
        Consent.event_id == event_id, Consent.registration_id.in_(registration_ids)
    )
    found: dict[int, dict[str, bool]] = {}
    for registration_id, purpose, is_given in db.session.execute(query):
        found.setdefault(registration_id, {})[purpose] = is_given
    return found


def may_be_meant(
    event_id: int,
    lines: Sequence[Line],
    scopes: Collection[Scope],
    delegation: Delegation | None,
    *,
    lock: bool = False,
) -> list[Registration]:
    """Return the registrations that rows may mean: of the delegation, or of the entities named.

    One statement. Drafts that people began themselves are theirs alone and left out.
    """
    own = or_(Registration.state != State.DRAFT, Registration.source != "self")
    query = select(Registration).where(
        Registration.event_id == event_id, own, within(scopes), _meant(lines, delegation)
    )
    query = query.order_by(Registration.id)
    if lock:
        query = query.with_for_update()
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def _meant(lines: Sequence[Line], delegation: Delegation | None) -> ColumnElement[bool]:
    if delegation is not None:
        return Registration.entity_id == delegation.entity_id
    entities = {line.values.get("entity_id") for line in lines} - {None}
    names = {line.values.get("organisation", "") for line in lines} - {""}
    refs = {line.ref for line in lines} - {""}
    numbers = {int(ref.rpartition("-")[2]) for ref in refs if ref.rpartition("-")[2].isdecimal()}
    return or_(
        Registration.entity_id.in_(entities),
        and_(Registration.entity_id.is_(None), Registration.organisation.in_(names)),
        Registration.ref.in_(refs),
        Registration.number.in_(numbers) if numbers else Registration.id.in_([]),
    )
