"""Inviting speakers by a link of their own, reminding the silent, making links anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from eventhub.agenda.models import Speaker
from eventhub.agenda.services import remove_speaker
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict
from eventhub.events.models import Event
from eventhub.events.services.shared import check_open
from eventhub.i18n import _
from eventhub.speakers import messages
from eventhub.speakers.models import SpeakerInvitation
from eventhub.speakers.queries import Row, rows_of
from eventhub.speakers.rules import GONE

LEAST_VALID = timedelta(days=14)
"""A link that is made or sent now works so long, though the event be over before."""


@dataclass(frozen=True, slots=True)
class Sent:
    """How many speakers are written to, and how many are invited without an address."""

    mailed: int
    silent_ways: int


def arrange(event: Event, speaker: Speaker) -> SpeakerInvitation:
    """Return a new invitation of a speaker, not sent; its link holds until the event is over.

    Where that is soon or past, it holds for `LEAST_VALID`.
    """
    row = SpeakerInvitation(
        event_id=event.id, speaker_id=speaker.id, expires_at=_until(event.ends_at)
    )
    db.session.add(row)
    db.session.flush()
    return row


def invite(event: Event, refs: Sequence[str], *, actor: Actor) -> Sent:
    """Invite speakers with a part that is not declined, by mail where they have an address.

    Whoever has none is invited all the same: their link can be passed on. Conflict where nobody
    named has such a part, or the event is closed.
    """
    check_open(event)
    rows = [row for row in rows_of(event, refs) if _is_asked(row)]
    if not rows:
        raise Conflict(_("Nobody of these has a part in a session. Name them in a session first."))
    now = clock.now()
    for row in rows:
        invitation = row.invitation or arrange(event, row.speaker)
        row.speaker.invited_at = now
        invitation.expires_at = max(_until(event.ends_at), invitation.expires_at)
        invitation.version += 1
    subjects = [Subject("speaker", row.speaker.ref) for row in rows]
    record(actor, "speaker.invite", subjects, event_id=event.id)
    mailed = messages.tell(event, "invited", [row.speaker for row in rows])
    return Sent(mailed, len(rows) - mailed)


def remind(event: Event, refs: Sequence[str] | None = None, *, actor: Actor) -> Sent:
    """Remind those who were invited and have not answered everything, all or those named.

    Nobody else is written to. Conflict where everybody has answered.
    """
    check_open(event)
    rows = [row for row in rows_of(event, refs) if row.is_silent and row.speaker.email]
    if not rows:
        raise Conflict(_("Nobody is silent who has an address. There is nobody to remind."))
    for row in rows:
        assert row.invitation is not None
        row.invitation.reminded_at = clock.now()
        row.invitation.reminders += 1
        row.invitation.version += 1
    subjects = [Subject("speaker", row.speaker.ref) for row in rows]
    record(actor, "speaker.remind", subjects, event_id=event.id)
    return Sent(messages.tell(event, "reminded", [row.speaker for row in rows]), 0)


def renew_link(invitation: SpeakerInvitation, speaker: Speaker, *, actor: Actor) -> None:
    """Make the speaker's link anew, so that every older one opens nothing any more."""
    invitation.link_number += 1
    invitation.expires_at = _until(invitation.expires_at)
    invitation.version += 1
    db.session.flush()
    subject = Subject("speaker", speaker.ref)
    record(actor, "speaker.renew_link", [subject], event_id=invitation.event_id)


def set_lock(
    invitation: SpeakerInvitation, speaker: Speaker, *, is_locked: bool, actor: Actor
) -> None:
    """Close how the speaker is printed to corrections by the speaker, or open it again."""
    if invitation.is_locked == is_locked:
        return
    invitation.is_locked = is_locked
    invitation.version += 1
    db.session.flush()
    action = "speaker.lock" if is_locked else "speaker.unlock"
    record(actor, action, [Subject("speaker", speaker.ref)], event_id=invitation.event_id)


def see_news(invitation: SpeakerInvitation, speaker: Speaker, *, actor: Actor) -> None:
    """Note that the team has seen what the speaker corrected."""
    if not invitation.news:
        return
    invitation.news = {}
    invitation.version += 1
    db.session.flush()
    record(
        actor, "speaker.see", [Subject("speaker", speaker.ref)], event_id=invitation.event_id
    )  # fmt: skip


def remove(speaker: Speaker, *, actor: Actor) -> None:
    """Remove a speaker with what was arranged; Conflict where a part or registration needs them."""
    mine = (
        SpeakerInvitation.event_id == speaker.event_id,
        SpeakerInvitation.speaker_id == speaker.id,
    )
    db.session.execute(delete(SpeakerInvitation).where(*mine))
    try:
        with db.session.begin_nested():
            remove_speaker(speaker, actor=actor)
    except IntegrityError:
        raise Conflict(
            _("A registration belongs to this speaker. Part them there first.")
        ) from None


def _is_asked(row: Row) -> bool:
    return any(part.slot.answer not in GONE for part in row.parts)


def _until(wanted: datetime) -> datetime:
    return max(wanted, clock.now() + LEAST_VALID)
