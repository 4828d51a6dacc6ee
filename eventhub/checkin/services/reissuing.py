"""A new badge for who lost the old one (R4.5)."""

from eventhub.audit.services import Subject, record
from eventhub.checkin.permissions import SUPERVISE
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict
from eventhub.events.models import Event
from eventhub.i18n import _
from eventhub.passes import services as passes
from eventhub.passes.models import Pass
from eventhub.passes.queries import count_losses, find_pass
from eventhub.passes.rules import LOSSES
from eventhub.registration.models import Registration
from eventhub.registration.rules import State


def reissue(
    event: Event, registration: Registration, *, reason: str, document: str, actor: Actor
) -> Pass:
    """Make every badge of a person worthless that was printed so far, and let a new one be made.

    `reason` is one of passes.rules.REISSUE_REASONS, `document` what the person showed, one of
    DOCUMENTS. A second loss takes a supervisor.
    """
    held = find_pass(event.id, registration.pass_id) if registration.pass_id else None
    if registration.state != State.ACCREDITED or held is None:
        raise Conflict(_("Only a confirmed person has a badge."))
    db.session.refresh(held, with_for_update=True)
    if reason in LOSSES and not actor.may(SUPERVISE) and count_losses(held):
        raise Conflict(
            _("A badge of this person was lost before. A supervisor must make the new one.")
        )
    before = held.issue
    passes.reissue(held, reason=reason, document=document, actor=actor)
    registration.needs_new_badge = True
    changes = {
        "issue": (before, held.issue),
        "reason": (None, reason),
        "document": (None, document),
    }
    record(
        actor, "pass.reissue", [Subject("registration", registration.ref, changes)],
        event_id=event.id,
    )  # fmt: skip
    db.session.flush()
    return held
