"""Letting something found in the programme stay as it is."""

from sqlalchemy import delete, select

from eventhub.agenda.models import AcceptedFinding
from eventhub.agenda.rules import Finding
from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db, insert_unless_there
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import Event
from eventhub.i18n import _


def accept_finding(event: Event, finding: Finding, reason: str, *, actor: Actor) -> None:
    """Accept a finding for a reason; Invalid without one, Conflict where it is accepted already."""
    if not reason.strip():
        raise Invalid(_("Say why it may stay as it is."), "reason")
    values = {
        "event_id": event.id, "key": finding.key, "reason": reason.strip(),
        "accepted_by": actor.label,
    }  # fmt: skip
    if not insert_unless_there(AcceptedFinding, values):
        raise Conflict(_("Somebody has accepted this meanwhile."))
    _record(event, "finding.accept", finding.key, actor)


def withdraw_acceptance(event: Event, key: str, *, actor: Actor) -> None:
    """Let a finding count again; nothing happens where nobody had accepted it."""
    mine = (AcceptedFinding.event_id == event.id, AcceptedFinding.key == key)
    if db.session.scalar(select(AcceptedFinding.id).where(*mine)) is None:
        return
    db.session.execute(delete(AcceptedFinding).where(*mine))
    _record(event, "finding.reopen", key, actor)


def _record(event: Event, action: str, key: str, actor: Actor) -> None:
    subject = Subject("event", event.ref, {"finding": (None, key)})
    record(actor, action, [subject], event_id=event.id)
