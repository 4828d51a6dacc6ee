"""The letter with which somebody goes on with a draft on another device."""

from datetime import timedelta

from eventhub.core import clock
from eventhub.core.db import db
from eventhub.core.errors import Conflict
from eventhub.i18n import _
from eventhub.mail.services import Addressed, send
from eventhub.registration.models import Registration
from eventhub.registration.rules import State

GOOD_FOR = timedelta(days=14)


def send_resume_link(registration: Registration, email: str, *, language: str) -> None:
    """Mail a link that opens the draft for 14 days; a draft without an address keeps this one.

    Conflict where the registration was sent already.
    """
    if registration.state != State.DRAFT:
        raise Conflict(_("This registration was sent already."))
    registration.email = registration.email or email
    until = (clock.now() + GOOD_FOR).date()
    ids = {"registration": registration.id, "until": until.isoformat()}
    addressed = Addressed(email, language, ids)
    send("registration.resume", [addressed], event_id=registration.event_id)
    db.session.flush()
