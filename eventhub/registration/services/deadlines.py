"""Who may still register after the deadline, and for what reason (R1.14, R1.15)."""

from collections.abc import Collection
from datetime import datetime

from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.errors import Conflict, Invalid
from eventhub.i18n import _
from eventhub.registration.models import Registration
from eventhub.registration.queries import Setup
from eventhub.registration.rules import Who, is_within_grace
from eventhub.registration.services.drafts import check_open

OVERRIDES = frozenset({Who.STAFF, Who.OFFICER})
"""Who may let somebody in after the deadline, with a reason."""


def check_deadlines(
    setup: Setup,
    row: Registration,
    *,
    actor: Actor,
    by: Collection[Who],
    override: str = "",
    begun_at: datetime | None = None,
) -> bool:
    """Tell whether the draft is sent late; Conflict or Invalid where it may not be sent any more.

    A draft saved, or a form handed out, before the deadline has some minutes of grace (R1.14).
    After that staff say why; after the hard deadline nobody but the desk registers anybody.
    """
    event, now = setup.event, clock.now()
    begun = min(row.created_at, begun_at) if begun_at else row.created_at
    if actor.kind == "registrant":
        return check_open(setup, begun_at=begun)
    if now <= event.registration_closes_at:
        return False
    if actor.kind == "system":
        return True
    check_hard_deadline(setup)
    in_time = is_within_grace(
        closes_at=event.registration_closes_at,
        begun_at=begun,
        now=now,
        grace=setup.settings.grace,
    )
    if in_time:
        return True
    if not OVERRIDES & set(by):
        raise Conflict(
            _("The deadline has passed. Ask the secretariat: it can still enter somebody, with a "
              "reason.")
        )  # fmt: skip
    if not override.strip():
        raise Invalid(
            _("The deadline has passed. Say why this person is still registered."), "override"
        )
    return True


def check_hard_deadline(setup: Setup) -> None:
    """Raise Conflict after the hard deadline: only the desk registers anybody then (R1.15)."""
    closes_at = setup.settings.deadline("hard_closes", setup.event.zone)
    if closes_at is not None and clock.now() > closes_at:
        raise Conflict(_("Registration is over. Only the desk at the event can still add people."))
