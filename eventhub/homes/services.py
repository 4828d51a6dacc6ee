"""What is done from the pages that join features."""

from eventhub.audit.services import Subject, record
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.homes.queries import select_mails
from eventhub.mail.services import retry

RETRY = "message.retry"


def send_failed_again(event_id: int, *, actor: Actor) -> int:
    """Send the event's failed mails within the actor's scope once more; return how many."""
    mails = list(db.session.scalars(select_mails(event_id, actor.scope(RETRY), "failed")))
    retry(mails)
    record(actor, RETRY, [Subject("message", mail.ref) for mail in mails], event_id=event_id)
    db.session.flush()
    return len(mails)
