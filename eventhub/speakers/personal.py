"""What is arranged with a speaker: in their copy, and gone with them."""

from sqlalchemy import select

from eventhub.agenda.models import Speaker
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.people.seams import Held, PersonalData, Whose
from eventhub.speakers.models import SpeakerInvitation
from eventhub.speakers.queries import needs_of


def held(whose: Whose) -> Held:
    """Return the invitation, what the speaker said of zone and needs, and when they can."""
    found = _find(whose)
    if found is None:
        return Held()
    speaker, invitation = found
    row = {
        "invited_at": whose.time(speaker.invited_at),
        "reminded_at": whose.time(invitation.reminded_at),
        "reminders": invitation.reminders,
        "answered_at": whose.time(invitation.answered_at),
        "zone": invitation.zone,
        "presence": invitation.presence,
        "needs": needs_of(invitation),
        "windows": list(speaker.windows),
        "changed_since_seen": dict(invitation.news),
    }
    return Held({"speaker_invitation": [row]})


def erase(whose: Whose, *, actor: Actor) -> None:
    """Blank the times, the needs, the zone and what was there before; end the link."""
    found = _find(whose)
    if found is None:
        return
    speaker, invitation = found
    speaker.windows = []
    invitation.zone, invitation.presence, invitation.sealed = "", "", None
    invitation.news = {}
    invitation.link_number += 1
    invitation.version += 1
    db.session.flush()


def _find(whose: Whose) -> tuple[Speaker, SpeakerInvitation] | None:
    if whose.speaker_id is None:
        return None
    query = (
        select(Speaker, SpeakerInvitation)
        .join(SpeakerInvitation, SpeakerInvitation.speaker_id == Speaker.id)
        .where(Speaker.event_id == whose.event_id, Speaker.id == whose.speaker_id)
    )
    row = db.session.execute(query).first()
    return (row[0], row[1]) if row else None


PERSONAL = PersonalData("speakers", frozenset({"speaker_invitation"}), held, erase)
