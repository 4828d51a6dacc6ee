"""Sessions held while they are changed; refusing some with a reason each; which keep a time."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import select

from eventhub.agenda.models import Session
from eventhub.agenda.seams import SESSION_HOLDS
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.i18n import _


class Refused(Conflict):
    """Nothing was done: `reasons` says by ref of the session why not.

    Where it is about one session, `field` may name what was wrong (HTTP 422). `may_again` says
    that somebody was faster, no more: the same can be asked for once more.
    """

    def __init__(
        self, reasons: Mapping[str, str], field: str | None = None, *, may_again: bool = False
    ) -> None:
        super().__init__(" ".join(dict.fromkeys(reasons.values())), field)
        self.reasons = reasons
        self.may_again = may_again
        if field:
            self.status = Invalid.status


def locked(event_id: int, refs: Collection[str]) -> dict[str, Session]:
    """Return these sessions by ref, as they are stored now, held until the transaction ends."""
    query = (
        select(Session)
        .where(Session.event_id == event_id, Session.ref.in_(set(refs)))
        .order_by(Session.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {session.ref: session for session in db.session.scalars(query)}


def check_may_wait(event_id: int, sessions: Iterable[Session]) -> None:
    """Raise Refused for the sessions that cannot go into the tray: something counts on them."""
    by_id = {session.id: session for session in sessions}
    if not by_id:
        return
    held: dict[int, list[str]] = {}
    for kind, words in SESSION_HOLDS.items():
        query = select(kind.session_id).where(kind.event_id == event_id, kind.session_id.in_(by_id))
        for session_id in db.session.scalars(query.distinct()):
            held.setdefault(session_id, []).append(words())
    counted = _("%(session)s needs a time, since this belongs to it: %(what)s.")
    cancelled = _("%(session)s is cancelled. Let it take place before you put it into the tray.")
    reasons = {
        one.ref: (counted if one.id in held else cancelled)
        % {"session": one.code, "what": ", ".join(held.get(one.id, ()))}
        for one in by_id.values()
        if one.id in held or one.status == "cancelled"
    }
    if reasons:
        raise Refused(reasons)
