"""What calendars contribute to lower packages: ways, a file, a panel."""

from typing import Any

from flask import url_for

from eventhub.agenda.made import Source
from eventhub.agenda.queries import latest_number
from eventhub.agenda.seams import (
    CHOICE_WAYS,
    LAST_WORDS,
    PART_WAYS,
    PROGRAMME_FILES,
    PROGRAMME_WAYS,
    READERS,
    SESSION_WAYS,
    Way,
)
from eventhub.calendars import messages, notices, services
from eventhub.calendars.feeds import NOTHING_PUBLISHED, confirmation, make_files
from eventhub.calendars.personal import PERSONAL
from eventhub.events.models import Event
from eventhub.events.queries import get_event_by_id, host_names
from eventhub.events.seams import LETTER_FILES
from eventhub.i18n import _, current, use
from eventhub.ics.writer import MEDIA_TYPE
from eventhub.mail.seams import MESSAGES, Attachment
from eventhub.people.seams import PERSONAL_DATA
from eventhub.registration.models import Registration
from eventhub.registration.queries import token_of
from eventhub.registration.rules import ENDED, State
from eventhub.registration.seams import CONFIRMATION_ATTACHMENTS, PERSONAL_PANELS, Panel


def connect() -> None:
    """Fill the seams of lower packages; twice is harmless."""
    MESSAGES.update(messages.WORDED)
    MESSAGES.update(notices.WORDED)
    parts: tuple[tuple[list[Any], Any], ...] = (
        (PROGRAMME_WAYS, to_help),
        (PROGRAMME_FILES, make_files),
        (SESSION_WAYS, to_session),
        (PART_WAYS, to_part),
        (READERS, notices.readers),
        (CHOICE_WAYS, to_chosen),
        (LAST_WORDS, services.add_files),
        (CONFIRMATION_ATTACHMENTS, attachment),
        (LETTER_FILES, event_file),
        (PERSONAL_PANELS, panel),
        (PERSONAL_DATA, PERSONAL),
    )
    for seam, part in parts:
        if part not in seam:
            seam.append(part)


def to_help(event: Event) -> Way:
    """Lead from the programme to the page that helps to subscribe."""
    url = url_for("calendars.help_to_subscribe", lang=current(), slug=event.slug)
    return Way(_("Put the programme into your calendar"), url, _("it follows every change"))


def to_session(event: Event, ref: str) -> Way:
    """Lead from a session to its calendar file."""
    url = url_for("calendars.session_entry", lang=current(), slug=event.slug, ref=ref)
    return Way(_("Put this session into your calendar"), url)


def to_part(event: Event, kind: str, ref: str) -> Way:
    """Lead from a day (ISO), a room or a track (by ref) to the calendar that holds it alone."""
    where: dict[str, Any] = {"lang": current(), "slug": event.slug}
    if kind == "day":
        return Way(_("Calendar of this day"), url_for("calendars.day_feed", **where, day=ref))
    url = url_for(f"calendars.{kind}_feed", **where, ref=ref)
    label = _("Calendar of this room") if kind == "room" else _("Calendar of this track")
    return Way(label, url, _("a subscription follows every change"))


def to_chosen(event: Event, choice: str) -> Way:
    """Lead from the sessions that a reader chose, as text, to their calendar."""
    where: dict[str, Any] = {"lang": current(), "slug": event.slug}
    url = url_for("calendars.chosen_feed", **where, s=choice)
    return Way(_("Calendar of these sessions"), url, _("a subscription follows every change"))


def attachment(event_id: int, _registration_id: int, language: str) -> Attachment | None:
    """Return the event as a calendar file for the mail that confirms a registration."""
    return event_file(event_id, language)


def event_file(event_id: int, language: str) -> Attachment:
    """Return the event as a calendar file, as it stands now: its entry says whether it is off."""
    event = get_event_by_id(event_id)
    number = latest_number(event_id)
    host = host_names({event.institution_id})[event.institution_id]
    source = Source(event, host, NOTHING_PUBLISHED if number is None else number)
    with use(language):
        return Attachment(f"{event.slug}.ics", MEDIA_TYPE, confirmation(source))


def panel(registration: Registration) -> Panel | None:
    """Return the part of the private page that leads to the own programme and calendar."""
    if registration.state in ENDED or registration.state == State.DRAFT:
        return None
    token = token_of(registration)
    return Panel(
        _("Programme and calendar"),
        _("Choose your sessions, and let your calendar follow every change."),
        (
            (_("My programme"), url_for("calendars.my_programme", token=token)),
            (_("Put it into my calendar"), url_for("calendars.my_calendar", token=token)),
            (
                _("Language, reminders, changes by mail"),
                url_for("calendars.my_calendar", token=token, _anchor="choices"),
            ),
        ),
        order=10,
    )
