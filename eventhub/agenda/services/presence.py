"""Who has the editor's board open."""

from datetime import timedelta

from sqlalchemy import delete

from eventhub.agenda.models.editing import EditorPresence
from eventhub.agenda.queries.editing import PRESENT, Standing
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db, insert_or_update

AGAIN = timedelta(seconds=20)
"""A board asks every few seconds; that it is open is written down this often."""


def is_known(standing: Standing, moving: str) -> bool:
    """Tell whether it stands there already that the editor is here, and what is in their hand."""
    own = standing.own
    return own is not None and own.moving == moving and own.seen_at > clock.now() - AGAIN


def be_present(event_id: int, moving: str, *, forget: bool, actor: Actor) -> None:
    """Write down that the actor has the board open; where told to, forget those who left it."""
    now = clock.now()
    if forget:
        gone = (EditorPresence.event_id == event_id, EditorPresence.seen_at <= now - PRESENT)
        db.session.execute(delete(EditorPresence).where(*gone))
    key = {"event_id": event_id, "account_id": actor.id}
    said = {"moving": moving, "seen_at": now}
    insert_or_update(EditorPresence, {**key, **said}, said, EditorPresence.account_id)
