"""Focal points: named, claiming by code, confirmed, changed, ended; the grant keeps in step."""

from collections.abc import Sequence

from sqlalchemy import select

from eventhub.access.models import Grant
from eventhub.access.services import give_role, take_role
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import SYSTEM, Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.delegations.models import Delegation, FocalPoint, Invitation, OfficialLetter
from eventhub.delegations.queries import FOCAL_POINT, get_delegation_by_id
from eventhub.delegations.rules import (
    CLAIMED,
    CONFIRMED,
    ENDED,
    HOLDING,
    PREPARATION,
    REVIEW,
    SILENT,
)
from eventhub.delegations.services.opening import end_preparation, lock_delegation
from eventhub.i18n import _
from eventhub.people.models import Account
from eventhub.people.services import account_for, invite
from eventhub.protocol.queries import languages_at


def name_focal_point(
    delegation: Delegation, account: Account, *, actor: Actor, is_primary: bool | None = None
) -> Grant:
    """Let the account see the delegation and vouch for its people; the first is the primary."""
    lock_delegation(delegation)
    point = _live(delegation, account.id)
    if point is None:
        _add(delegation, account, CONFIRMED, actor=actor, is_primary=is_primary)
    elif point.state != CONFIRMED:
        confirm_focal_point(point, actor=actor)
    return _give(delegation, account.id, actor=actor)


def invite_focal_point(
    delegation: Delegation, *, email: str, name: str, slug: str, actor: Actor
) -> Grant:
    """Make the owner of an address focal point, with an account where there is none, and tell.

    A new account begins with the language in which the delegation is written to (R1.13).
    """
    language = languages_at(delegation.event_id, [delegation.entity_id])[delegation.entity_id]
    account = account_for(email, name, language=language, actor=actor)
    name_focal_point(delegation, account, actor=actor)
    return _tell(delegation, account, slug, actor=actor)


def claim(
    invitation: Invitation,
    *,
    email: str,
    name: str,
    phone: str,
    language: str,
) -> FocalPoint:
    """Take a delegation by its code; the address is proved already (R1.33).

    The first to claim works at once, in preparation. Any other claim goes to review and gets no
    rights before the secretariat confirms it.
    """
    delegation = lock_delegation(
        get_delegation_by_id(invitation.event_id, invitation.delegation_id)
    )
    account = account_for(email, name, language=language, actor=SYSTEM)
    actor = account.actor()
    if (point := _live(delegation, account.id)) is not None:
        return point
    is_first = invitation.claimed_at is None and not _holding(delegation)
    state = CLAIMED if is_first else REVIEW
    point = _add(delegation, account, state, actor=actor, phone=phone)
    if is_first:
        invitation.claimed_at = clock.now()
        delegation.readiness = PREPARATION
        delegation.version += 1
        if delegation.reply == SILENT:
            delegation.reply, delegation.replied_at = "attending", clock.now()
        _give(delegation, account.id, actor=actor)
    db.session.flush()
    return point


def is_focal_point(invitation: Invitation, account_id: int) -> bool:
    """Tell whether the account looks after the delegation invited."""
    delegation = get_delegation_by_id(invitation.event_id, invitation.delegation_id)
    return any(point.account_id == account_id for point in _holding(delegation))


def ask_for_review(
    invitation: Invitation, *, email: str, name: str, phone: str, language: str
) -> FocalPoint:
    """Note a second claim of a code, for the secretariat to look at (R1.33)."""
    delegation = lock_delegation(
        get_delegation_by_id(invitation.event_id, invitation.delegation_id)
    )
    account = account_for(email, name, language=language, actor=SYSTEM)
    point = _live(delegation, account.id)
    return point or _add(delegation, account, REVIEW, actor=account.actor(), phone=phone)


def confirm_focal_point(
    point: FocalPoint,
    *,
    actor: Actor,
    replacing: bool = False,
    letter: OfficialLetter | None = None,
    slug: str | None = None,
) -> FocalPoint:
    """Confirm somebody who claimed or waits in review; with `replacing` all others end.

    `slug`: who waited in review is told by mail that the page is open now.
    """
    delegation = get_delegation_by_id(point.event_id, point.delegation_id)
    lock_delegation(delegation)
    if point.state == ENDED:
        raise Conflict(_("This focal point has ended meanwhile. Look at it again."))
    was = point.state
    if replacing:
        for other in _holding(delegation):
            if other.id != point.id:
                end_focal_point(other, reason=_("Replaced"), actor=actor, must_stay=False)
    point.state = CONFIRMED
    point.letter_id = letter.id if letter else point.letter_id
    if replacing or not any(one.is_primary for one in _holding(delegation)):
        point.is_primary = True
    if was != CONFIRMED:
        changes = {"state": (was, CONFIRMED)}
        record(actor, "focal_point.confirm", [Subject("focal_point", point.ref, changes)],
               event_id=point.event_id)  # fmt: skip
    _give(delegation, point.account_id, actor=actor)
    db.session.flush()
    if was == REVIEW and slug:
        _tell(delegation, db.session.get_one(Account, point.account_id), slug, actor=actor)
    end_preparation(delegation, actor=actor)
    return point


def make_primary(point: FocalPoint, *, actor: Actor) -> None:
    """Let this focal point be the one who is asked first; the other is the backup."""
    if point.state not in HOLDING:
        raise Conflict(_("This focal point has ended meanwhile. Look at it again."))
    delegation = get_delegation_by_id(point.event_id, point.delegation_id)
    lock_delegation(delegation)
    for one in _holding(delegation):
        one.is_primary = one.id == point.id
    record(actor, "focal_point.make_primary", [Subject("focal_point", point.ref)],
           event_id=point.event_id)  # fmt: skip
    db.session.flush()


def end_focal_point(
    point: FocalPoint, *, reason: str, actor: Actor, must_stay: bool = False
) -> None:
    """Take the delegation out of somebody's hands, or refuse a claim; names stay as they are.

    With `must_stay` (a focal point acts, not the secretariat) the last one cannot end.
    """
    delegation = get_delegation_by_id(point.event_id, point.delegation_id)
    lock_delegation(delegation)
    if point.state == ENDED:
        return
    others = [one for one in _holding(delegation) if one.id != point.id]
    if must_stay and not others:
        raise Conflict(_("Somebody must look after the delegation. Name another one first."))
    if not reason.strip():
        raise Invalid(_("Say what the reason is."), "reason")
    held = point.state in HOLDING
    changes = {"state": (point.state, ENDED)}
    point.state, point.ended_at, point.reason = ENDED, clock.now(), reason.strip()[:250]
    was_primary, point.is_primary = point.is_primary, False
    if was_primary and others:
        others[0].is_primary = True
    record(actor, "focal_point.end", [Subject("focal_point", point.ref, changes)],
           event_id=point.event_id)  # fmt: skip
    db.session.flush()
    if held:
        _take(delegation, point.account_id, actor=actor)


def grant_taken(grant: Grant) -> None:
    """End the focal points whose grant the team's page takes away (a reaction)."""
    if grant.role != FOCAL_POINT:
        return
    query = select(FocalPoint).where(
        FocalPoint.event_id == grant.event_id,
        FocalPoint.account_id == grant.account_id,
        FocalPoint.delegation_id.in_(grant.scope.get("delegations", [])),
        FocalPoint.state.in_(HOLDING),
    )
    for point in db.session.scalars(query):
        point.state, point.ended_at, point.is_primary = ENDED, clock.now(), False
        point.reason = _("The role was taken away.")


def _add(
    delegation: Delegation,
    account: Account,
    state: str,
    *,
    actor: Actor,
    phone: str = "",
    is_primary: bool | None = None,
) -> FocalPoint:
    holding = _holding(delegation)
    if is_primary is None:
        is_primary = state in HOLDING and not holding
    if is_primary:
        for other in holding:
            other.is_primary = False
    point = FocalPoint(
        event_id=delegation.event_id,
        delegation_id=delegation.id,
        account_id=account.id,
        is_primary=is_primary,
        state=state,
        phone=phone[:60],
    )
    db.session.add(point)
    db.session.flush()
    changes = {"state": (None, state), "account": (None, account.id)}
    record(actor, "focal_point.name", [Subject("focal_point", point.ref, changes)],
           event_id=delegation.event_id)  # fmt: skip
    return point


def _live(delegation: Delegation, account_id: int) -> FocalPoint | None:
    query = select(FocalPoint).where(
        FocalPoint.event_id == delegation.event_id,
        FocalPoint.delegation_id == delegation.id,
        FocalPoint.account_id == account_id,
        FocalPoint.state != ENDED,
    )
    return db.session.scalar(query.order_by(FocalPoint.id))


def _holding(delegation: Delegation) -> Sequence[FocalPoint]:
    query = select(FocalPoint).where(
        FocalPoint.event_id == delegation.event_id,
        FocalPoint.delegation_id == delegation.id,
        FocalPoint.state.in_(HOLDING),
    )
    return db.session.scalars(query.order_by(FocalPoint.id)).all()


def _give(delegation: Delegation, account_id: int, *, actor: Actor) -> Grant:
    return give_role(
        account_id,
        FOCAL_POINT,
        event_id=delegation.event_id,
        scope={"delegations": [delegation.id]},
        actor=actor,
    )


def _take(delegation: Delegation, account_id: int, *, actor: Actor) -> None:
    query = select(Grant).where(
        Grant.event_id == delegation.event_id,
        Grant.account_id == account_id,
        Grant.role == FOCAL_POINT,
    )
    for grant in db.session.scalars(query).all():
        kept = [one for one in grant.scope.get("delegations", []) if one != delegation.id]
        if len(kept) == len(grant.scope.get("delegations", [])):
            continue
        if kept:
            grant.scope = {**grant.scope, "delegations": kept}
        else:
            take_role(grant, actor=actor)


def _tell(delegation: Delegation, account: Account, slug: str, *, actor: Actor) -> Grant:
    return invite(
        account.email,
        account.name,
        FOCAL_POINT,
        place=slug,
        event_id=delegation.event_id,
        scope={"delegations": [delegation.id]},
        language=account.language,
        actor=actor,
    )
