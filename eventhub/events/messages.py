"""The mails that events send."""

from collections.abc import Mapping
from typing import Any

from eventhub.core.db import db
from eventhub.events import rules, seams
from eventhub.events.queries import get_event_by_id
from eventhub.events.words import where_of
from eventhub.i18n import current
from eventhub.i18n.times import span
from eventhub.institutions.models import Institution
from eventhub.mail.seams import Letter
from eventhub.mail.wording import letter
from eventhub.web.urls import absolute


def postponed(event_id: int | None, _ids: Mapping[str, Any]) -> Letter | None:
    """Say that the event will not take place on its days; nothing once it is on again."""
    return _about("postponed", rules.EventState.POSTPONED, event_id)


def cancelled(event_id: int | None, _ids: Mapping[str, Any]) -> Letter | None:
    """Say that the event is cancelled."""
    return _about("cancelled", rules.EventState.CANCELLED, event_id)


def resumed(event_id: int | None, _ids: Mapping[str, Any]) -> Letter | None:
    """Say that the event is on again, with its days."""
    return _about("resumed", rules.EventState.PUBLISHED, event_id)


def _about(name: str, state: rules.EventState, event_id: int | None) -> Letter | None:
    event = get_event_by_id(event_id or 0)
    if event.state != state:
        return None
    institution = db.session.get(Institution, event.institution_id)
    made = (part(event.id, current()) for part in seams.LETTER_FILES)
    return letter(
        f"events/{name}",
        attachments=[one for one in made if one is not None],
        institution=institution.names.pick() if institution else "",
        title=event.title(),
        where=where_of(event),
        days=span(event.starts_on, event.ends_on),
        notice=event.notice.pick(None, event.languages),
        page_url=absolute("events.show", lang=current(), slug=event.slug),
        contact=event.contact_email,
        reply_to=event.contact_email,
    )
