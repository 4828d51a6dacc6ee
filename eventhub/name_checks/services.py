"""Confirming names, and reminding those who have not."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import select

from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict
from eventhub.events.models import Event, EventSetting
from eventhub.i18n import _
from eventhub.name_checks import messages
from eventhub.name_checks.models import NameConfirmation
from eventhub.name_checks.queries import checks_of, is_over
from eventhub.registration.models import Registration
from eventhub.registration.queries import open_changes
from eventhub.registration.rules import SEAT_STATES

NOT_OFTENER = timedelta(hours=20)
"""So that people who forgot get one letter a day at most."""
FEATURE = "name_checks"


def confirm(
    event: Event, rows: Sequence[Registration], seen: Mapping[int, str], *, by: str, actor: Actor
) -> int:
    """Write down that the names are printed rightly; return how many were not confirmed before.

    `seen` has the digest of the forms that were looked at, by registration id; `by` is person,
    focal_point or staff. Conflict where somebody's forms are others by now, a change of them
    waits, or the registration has no place any more: nothing is confirmed that nobody saw.
    """
    _check_open(event)
    ids = [row.id for row in rows]
    locked = select(Registration).where(Registration.id.in_(ids)).order_by(Registration.id)
    locked = locked.with_for_update().execution_options(populate_existing=True)
    current = list(db.session.scalars(locked))
    waiting = open_changes(event.id, ids)
    fresh = []
    for one in checks_of(event, current):
        if one.row.state not in SEAT_STATES or not one.forms.is_there or one.row.id in waiting:
            raise Conflict(_("%(name)s cannot be confirmed now.", name=one.forms.certificate))
        if seen.get(one.row.id) != one.forms.digest:
            raise Conflict(
                _("%(name)s was changed meanwhile. Look at it again.", name=one.forms.certificate)
            )
        if one.is_confirmed:
            continue
        kept = one.confirmation
        if kept is None:
            kept = NameConfirmation(event_id=event.id, registration_id=one.row.id)
            db.session.add(kept)
        kept.digest, kept.by, kept.at = one.forms.digest, by, clock.now()
        kept.account_id = actor.id if actor.kind == "account" else None
        fresh.append(one.row)
    db.session.flush()
    if fresh:
        subjects = [Subject("registration", row.ref) for row in fresh]
        record(actor, "name_check.confirm", subjects, event_id=event.id)
    return len(fresh)


def remind(event: Event, rows: Sequence[Registration], *, actor: Actor) -> int:
    """Write to those of these people whose name nobody confirmed; return how many letters go.

    One letter an address, whoever shares it. Conflict where they were reminded today already.
    """
    _check_open(event)
    setting = db.session.get(EventSetting, (event.id, FEATURE), with_for_update=True)
    now = clock.now()
    last = setting.values.get("reminded_at") if setting else None
    if last and (now.timestamp() - float(last)) < NOT_OFTENER.total_seconds():
        raise Conflict(_("They were reminded today already."))
    unsure = [one.row for one in checks_of(event, rows) if not one.is_confirmed and one.row.email]
    count = messages.remind(event.id, unsure)
    if setting is None:
        setting = EventSetting(event_id=event.id, feature=FEATURE, values={})
        db.session.add(setting)
    setting.values = {**setting.values, "reminded_at": now.timestamp()}
    db.session.flush()
    subjects = [Subject("registration", row.ref) for row in unsure]
    if subjects:
        record(actor, "name_check.remind", subjects, event_id=event.id)
    return count


def _check_open(event: Event) -> None:
    if is_over(event):
        raise Conflict(_("The event is over. Nothing is printed for it any more."))
