"""Badges handed over: who took which, against signature (R4.12)."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from eventhub.audit.services import Subject, record
from eventhub.badges.models import HandOver, PrintedBadge
from eventhub.badges.queries import ready_of
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.i18n import _
from eventhub.registration.models import Registration
from eventhub.registration.queries import printed_name

LONGEST_STICKER = 40


def hand_over(
    event_id: int,
    registrations: Sequence[Registration],
    *,
    taken_by: str,
    delegation_id: int | None = None,
    stickers: Mapping[str, str] | None = None,
    actor: Actor,
) -> HandOver:
    """Write down that somebody took the badges of these people and signed for them.

    `stickers` are serials of hologram stickers by ref of the person (R4.6). Invalid where nobody
    is chosen or no name is given, Conflict where a badge is not printed or was handed over before.
    """
    if not registrations:
        raise Invalid(_("Choose the badges that are handed over."), "badges")
    if not taken_by.strip():
        raise Invalid(_("Write the name of whoever signs for the badges."), "taken_by")
    _lock(event_id, registrations)
    ready = {one.registration.id: one for one in ready_of(event_id, registrations)}
    for row in registrations:
        one = ready.get(row.id)
        if one is None:
            raise Conflict(_("The badge of %(name)s is not printed.", name=printed_name(row)))
        if one.taken is not None:
            raise Conflict(
                _("The badge of %(name)s was handed over before.", name=printed_name(row))
            )
    act = HandOver(
        event_id=event_id, delegation_id=delegation_id, taken_by=taken_by.strip(),
        badges=len(registrations), handed_by=actor.label,
        account_id=actor.id if actor.kind == "account" else None, at=clock.now(),
    )  # fmt: skip
    db.session.add(act)
    db.session.flush()
    for one in ready.values():
        one.badge.hand_over_id = act.id
        one.badge.sticker = (stickers or {}).get(one.registration.ref, "")[:LONGEST_STICKER]
    _log("badge.hand_over", [row.ref for row in registrations], act, actor)
    return act


def take_back(act: HandOver, *, actor: Actor) -> None:
    """Undo a hand-over that was written down wrongly; its badges lie there again."""
    if act.taken_back_at is not None:
        raise Conflict(_("This was taken back before."))
    act.taken_back_at = clock.now()
    query = select(PrintedBadge).where(PrintedBadge.hand_over_id == act.id)
    badges = list(db.session.scalars(query))
    passes = [one.pass_id for one in badges]
    refs = list(
        db.session.scalars(select(Registration.ref).where(Registration.pass_id.in_(passes)))
    )
    for one in badges:
        one.hand_over_id, one.sticker = None, ""
    _log("badge.take_back", refs, act, actor)


def _lock(event_id: int, registrations: Sequence[Registration]) -> None:
    """Let nobody else hand these badges over meanwhile."""
    passes = [row.pass_id for row in registrations if row.pass_id]
    query = select(PrintedBadge.id).where(
        PrintedBadge.event_id == event_id, PrintedBadge.pass_id.in_(passes)
    )
    db.session.scalars(query.order_by(PrintedBadge.id).with_for_update()).all()


def _log(action: str, refs: Sequence[str], act: HandOver, actor: Actor) -> None:
    subjects = [Subject("registration", ref, {"hand_over": (None, act.ref)}) for ref in refs]
    record(actor, action, subjects, event_id=act.event_id)
    db.session.flush()
