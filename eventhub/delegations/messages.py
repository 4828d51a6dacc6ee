"""The mails of delegations: an invitation or a reminder with its letter attached."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from eventhub.core.db import db
from eventhub.delegations.models import Delegation, InformationNote, Invitation
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.events.words import city_of, where_of
from eventhub.files.models import StoredFile
from eventhub.files.services import read_whole
from eventhub.i18n.times import event_time, span
from eventhub.institutions.models import Institution
from eventhub.mail.seams import Attachment, Letter
from eventhub.mail.services import Addressed, send
from eventhub.mail.wording import letter
from eventhub.protocol.queries import name_at
from eventhub.web.urls import absolute


def send_letter(invitation: Invitation, stored: StoredFile, to: Sequence[str], kind: str) -> None:
    """Put the letter into the outbox for each address."""
    ids = {"invitation": invitation.id, "file": stored.id}
    each = [Addressed(address, invitation.language, ids) for address in to]
    if kind == "reminder":
        send("delegations.reminder", each, event_id=invitation.event_id)
    else:
        send("delegations.invitation", each, event_id=invitation.event_id)


def invitation(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Bring the invitation."""
    about = _about(event_id, ids)
    return letter("delegations/invitation", **about) if about else None


def reminder(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Remind of the invitation; nothing where a reply came meanwhile."""
    about = _about(event_id, ids, only_silent=True)
    return letter("delegations/reminder", **about) if about else None


def _about(
    event_id: int | None, ids: Mapping[str, Any], *, only_silent: bool = False
) -> dict[str, Any] | None:
    row = db.session.get(Invitation, ids["invitation"])
    event, stored = db.session.get(Event, event_id), db.session.get(StoredFile, ids["file"])
    if row is None or event is None or stored is None:
        return None
    delegation = db.session.get_one(Delegation, row.delegation_id)
    if only_silent and delegation.reply != "none":
        return None
    institution = db.session.get_one(Institution, event.institution_id)
    return {
        "title": event.title(),
        "days": span(event.starts_on, event.ends_on),
        "where": where_of(event),
        "entity": name_at(event.id, db.session.get_one(Entity, delegation.entity_id)),
        "until": event_time(event.registration_closes_at, event.zone, city_of(event)),
        "url": absolute("events.show", lang=row.language, slug=event.slug),
        "contact": event.contact_email,
        "institution": institution.names.pick(),
        "number": row.reference_no,
        "attachments": [_attached(stored), *_note_of(event.id, row.language)],
        "reply_to": event.contact_email,
    }


def _note_of(event_id: int, language: str) -> list[Attachment]:
    """Return the newest information note, in the letter's language or the note's first (R1.13)."""
    query = select(InformationNote).where(InformationNote.event_id == event_id)
    newest = db.session.scalars(query.order_by(InformationNote.revision.desc())).first()
    files = newest.files if newest is not None else {}
    file_id = files.get(language) or next(iter(files.values()), None)
    stored = db.session.get(StoredFile, file_id) if file_id else None
    return [_attached(stored)] if stored else []


def _attached(stored: StoredFile) -> Attachment:
    return Attachment(stored.name, stored.media_type, read_whole(stored))


WORDED = {"delegations.invitation": invitation, "delegations.reminder": reminder}
