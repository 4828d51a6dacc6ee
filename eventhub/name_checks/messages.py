"""The letter that asks people to look at how their names will be printed."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.db import db
from eventhub.events.queries import get_event_by_id
from eventhub.events.words import city_of
from eventhub.i18n.times import event_time
from eventhub.institutions.models import Institution
from eventhub.mail.seams import Letter
from eventhub.mail.services import Addressed, send
from eventhub.mail.wording import HOUSE, letter
from eventhub.name_checks.queries import checks_of, freeze_of
from eventhub.registration.models import Registration
from eventhub.registration.queries import token_of
from eventhub.registration.rules import SEAT_STATES
from eventhub.web.urls import absolute

REMINDER = "name_checks.reminder"


def remind(event_id: int, rows: Sequence[Registration]) -> int:
    """Put one letter for each address into the outbox; return how many."""
    by_address: dict[str, list[Registration]] = {}
    for row in rows:
        by_address.setdefault(row.email.lower(), []).append(row)
    addressed = [
        Addressed(some[0].email, some[0].language, {"registrations": [row.id for row in some]})
        for some in by_address.values()
    ]
    send(REMINDER, addressed, event_id=event_id)
    return len(addressed)


def word_reminder(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Word the letter; nothing where all of them are confirmed by now, or the time is over."""
    if event_id is None:
        return None
    event = get_event_by_id(event_id)
    query = select(Registration).where(
        Registration.event_id == event_id,
        Registration.id.in_(ids["registrations"]),
        Registration.state.in_(SEAT_STATES),
    )
    rows = list(db.session.scalars(query.order_by(Registration.id)))
    unsure = [one for one in checks_of(event, rows) if not one.is_confirmed]
    freeze = freeze_of(event)
    if not unsure or clock.now() >= min(freeze or event.ends_at, event.ends_at):
        return None
    institution = db.session.get(Institution, event.institution_id)
    return letter(
        "name_checks/reminder",
        reply_to=event.contact_email,
        institution=institution.names.pick(None, event.languages) if institution else HOUSE,
        title=event.title(),
        until=event_time(freeze, event.zone, city_of(event)) if freeze else "",
        contact=event.contact_email,
        people=[
            (one.forms.certificate, absolute("name_checks.show_own", token=token_of(one.row)))
            for one in unsure
        ],
    )
