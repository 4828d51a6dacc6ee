"""Liaison officers: named for delegations, ended, told of what changed by digests (R2.19)."""

from collections import Counter
from collections.abc import Collection, Sequence

from sqlalchemy import delete, select, update

from eventhub.access.models import Grant
from eventhub.access.services import take_role
from eventhub.arrivals.models import LiaisonOfficer, TravelEntry, TravelNews
from eventhub.arrivals.rules import may_tell
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Invalid
from eventhub.delegations.models import Delegation
from eventhub.events.models import Event
from eventhub.events.queries import is_rehearsal
from eventhub.i18n import _
from eventhub.mail.services import Addressed, send
from eventhub.people.models import Account
from eventhub.people.services import account_for, invite

ROLE = "liaison_officer"


def name_officer(
    event: Event,
    delegations: Collection[Delegation],
    *,
    email: str,
    name: str,
    phone: str,
    language: str,
    actor: Actor,
) -> list[LiaisonOfficer]:
    """Let the owner of an address look after the arrivals of these delegations, and tell once.

    Whoever looks after one already only gets the new telephone number.
    """
    if not delegations:
        raise Invalid(_("Tick at least one delegation."), "delegations")
    account = account_for(email, name, language=language, actor=actor)
    ids = sorted(one.id for one in delegations)
    grant = invite(
        account.email,
        name,
        ROLE,
        place=event.slug,
        event_id=event.id,
        scope={"delegations": ids},
        language=language,
        actor=actor,
    )
    return appoint(event, account, ids, grant, phone=phone, actor=actor)


def appoint(
    event: Event,
    account: Account,
    delegation_ids: Collection[int],
    grant: Grant,
    *,
    phone: str = "",
    actor: Actor,
) -> list[LiaisonOfficer]:
    """Write down that the holder of a grant looks after its delegations."""
    kept = {row.delegation_id: row for row in _of_account(event.id, account.id)}
    found = []
    for delegation_id in delegation_ids:
        row = kept.get(delegation_id)
        if row is None:
            row = LiaisonOfficer(
                event_id=event.id, delegation_id=delegation_id, account_id=account.id
            )
            db.session.add(row)
        row.phone = phone[:60] or row.phone or ""
        found.append(row)
    db.session.flush()
    subjects = [
        Subject("liaison_officer", row.ref, {"account": (None, account.id)}, hidden=("phone",))
        for row in found
    ]
    record(actor, "liaison_officer.name", subjects, event_id=grant.event_id)
    return found


def end_officer(officer: LiaisonOfficer, *, actor: Actor) -> None:
    """Take one delegation out of somebody's hands, with the right to see it."""
    query = select(Grant).where(
        Grant.event_id == officer.event_id,
        Grant.account_id == officer.account_id,
        Grant.role == ROLE,
    )
    subject = Subject("liaison_officer", officer.ref)
    record(actor, "liaison_officer.end", [subject], event_id=officer.event_id)
    delegation_id = officer.delegation_id
    _remove([officer])
    for grant in db.session.scalars(query).all():
        kept = [one for one in grant.scope.get("delegations", []) if one != delegation_id]
        if len(kept) == len(grant.scope.get("delegations", [])):
            continue
        if kept:
            grant.scope = {**grant.scope, "delegations": kept}
        else:
            take_role(grant, actor=actor)
    db.session.flush()


def grant_taken(grant: Grant) -> None:
    """End the officers whose grant is taken away elsewhere (a reaction)."""
    if grant.role == ROLE and grant.event_id is not None:
        gone = set(grant.scope.get("delegations", []))
        rows = _of_account(grant.event_id, grant.account_id)
        _remove([row for row in rows if row.delegation_id in gone])


def tell_officers() -> int:
    """Put one digest for each officer with news into the outbox; return how many.

    Nobody gets two within an hour: what changes meanwhile waits for the next one.
    """
    query = (
        select(LiaisonOfficer, Account)
        .join(Account, Account.id == LiaisonOfficer.account_id)
        .where(select(TravelNews.id).where(TravelNews.officer_id == LiaisonOfficer.id).exists())
        .order_by(LiaisonOfficer.id)
    )
    by_account: dict[tuple[int, int], list[tuple[LiaisonOfficer, Account]]] = {}
    for officer, account in db.session.execute(query):
        by_account.setdefault((account.id, officer.event_id), []).append((officer, account))
    told = 0
    for (account_id, event_id), some in by_account.items():
        own = _of_account(event_id, account_id)
        last = max((one.told_at for one in own if one.told_at), default=None)
        if may_tell(last, clock.now()):
            _tell(event_id, some[0][1], [officer for officer, _account in some])
            told += 1
    return told


def _tell(event_id: int, account: Account, officers: Sequence[LiaisonOfficer]) -> None:
    ids = {one.id: one.delegation_id for one in officers}
    query = select(TravelNews).where(TravelNews.officer_id.in_(ids)).with_for_update()
    news = db.session.scalars(query).all()
    counts = Counter(ids[one.officer_id] for one in news)
    db.session.execute(delete(TravelNews).where(TravelNews.id.in_([one.id for one in news])))
    for one in officers:
        one.told_at = clock.now()
    lines = [[delegation_id, count] for delegation_id, count in sorted(counts.items())]
    addressed = Addressed(
        account.email, account.language or "en", {"account": account.id, "lines": lines}
    )
    send("arrivals.changed", [addressed], event_id=event_id if is_rehearsal(event_id) else None)
    db.session.flush()


def _of_account(event_id: int, account_id: int) -> list[LiaisonOfficer]:
    query = select(LiaisonOfficer).where(
        LiaisonOfficer.event_id == event_id, LiaisonOfficer.account_id == account_id
    )
    return list(db.session.scalars(query.order_by(LiaisonOfficer.id)))


def _remove(officers: Collection[LiaisonOfficer]) -> None:
    ids = [one.id for one in officers]
    db.session.execute(
        update(TravelEntry).where(TravelEntry.officer_id.in_(ids)).values(officer_id=None)
    )
    db.session.execute(delete(TravelNews).where(TravelNews.officer_id.in_(ids)))
    for one in officers:
        db.session.delete(one)
    db.session.flush()
