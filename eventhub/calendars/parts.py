"""What calendars contribute to lower packages: ways, a file, a panel."""

from flask import url_for

from eventhub.agenda.made import Source
from eventhub.agenda.queries import latest_number
from eventhub.agenda.seams import PROGRAMME_FILES, PROGRAMME_WAYS, SESSION_WAYS, Way
from eventhub.calendars.feeds import NOTHING_PUBLISHED, confirmation, make_files
from eventhub.calendars.personal import PERSONAL
from eventhub.events.models import Event
from eventhub.events.queries import get_event_by_id, host_names
from eventhub.i18n import _, current, use
from eventhub.ics.writer import MEDIA_TYPE
from eventhub.mail.seams import Attachment
from eventhub.people.seams import PERSONAL_DATA
from eventhub.registration.models import Registration
from eventhub.registration.queries import token_of
from eventhub.registration.rules import ENDED, State
from eventhub.registration.seams import CONFIRMATION_ATTACHMENTS, PERSONAL_PANELS, Panel


def connect() -> None:
    """Fill the seams of lower packages; twice is harmless."""
    if to_help not in PROGRAMME_WAYS:
        PROGRAMME_WAYS.append(to_help)
    if make_files not in PROGRAMME_FILES:
        PROGRAMME_FILES.append(make_files)
    if to_session not in SESSION_WAYS:
        SESSION_WAYS.append(to_session)
    if attachment not in CONFIRMATION_ATTACHMENTS:
        CONFIRMATION_ATTACHMENTS.append(attachment)
    if panel not in PERSONAL_PANELS:
        PERSONAL_PANELS.append(panel)
    if PERSONAL not in PERSONAL_DATA:
        PERSONAL_DATA.append(PERSONAL)


def to_help(event: Event) -> Way:
    """Lead from the programme to the page that helps to subscribe."""
    url = url_for("calendars.help_to_subscribe", lang=current(), slug=event.slug)
    return Way(_("Put the programme into your calendar"), url, _("it follows every change"))


def to_session(event: Event, ref: str) -> Way:
    """Lead from a session to its calendar file."""
    url = url_for("calendars.session_entry", lang=current(), slug=event.slug, ref=ref)
    return Way(_("Put this session into your calendar"), url)


def attachment(event_id: int, _registration_id: int, language: str) -> Attachment | None:
    """Return the event as a calendar file for the mail that confirms a registration."""
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
        ),
        order=10,
    )
