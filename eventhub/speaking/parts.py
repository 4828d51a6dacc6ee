"""What the list of speakers contributes: a tab, a way to public lists, copies, personal data."""

from flask import url_for

from eventhub.agenda.seams import SESSION_HOLDS, SESSION_WAYS, Way
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.events.seams import CLONE_STEPS
from eventhub.i18n import _, current
from eventhub.people.seams import PERSONAL_DATA
from eventhub.registration.models import Registration
from eventhub.registration.queries import token_of
from eventhub.registration.seams import PERSONAL_PANELS, Panel
from eventhub.speaking.models import SpeakerList
from eventhub.speaking.permissions import RUN, SWITCH
from eventhub.speaking.personal import PERSONAL
from eventhub.speaking.queries import find_public, may_ask, open_lists
from eventhub.speaking.services import copy_lists
from eventhub.web.seams import NAV, NavEntry

ENTRY = NavEntry(
    "speaking.list_lists",
    lambda _place: _("List of speakers"),
    RUN,
    38,
    switch=SWITCH,
    prefixes=(
        "speaking.show_list",
        "speaking.show_log",
        "speaking.add_",
        "speaking.change_list",
        "speaking.change_request",
        "speaking.move_",
        "speaking.swap_",
    ),
    under="agenda.show",
)


def to_list(event: Event, ref: str) -> Way | None:
    """Return the way from a session to its list of speakers, where that is public."""
    one = find_public(event.id, ref) if SWITCH in event.switches else None
    if one is None:
        return None
    url = url_for("speaking.show_order", lang=current(), slug=event.slug, key=one.ref)
    return Way(_("List of speakers"), url)


def panel(registration: Registration) -> Panel | None:
    """Return the part of a head of delegation's private page that asks for the floor (R3.7)."""
    event = db.session.get_one(Event, registration.event_id)
    if SWITCH not in event.switches or not may_ask(registration):
        return None
    if not open_lists(event.id):
        return None
    url = url_for("speaking.show_own_as_head", token=token_of(registration))
    said = _("A list of speakers is open.")
    return Panel(_("Taking the floor"), said, ((_("Ask for the floor"), url),), order=25)


def connect() -> None:
    """Fill the seams of lower packages; twice is harmless."""
    if ENTRY not in NAV:
        NAV.append(ENTRY)
    SESSION_HOLDS[SpeakerList] = lambda: _("a list of speakers")
    if to_list not in SESSION_WAYS:
        SESSION_WAYS.append(to_list)
    if panel not in PERSONAL_PANELS:
        PERSONAL_PANELS.append(panel)
    if copy_lists not in CLONE_STEPS:
        CLONE_STEPS.append(copy_lists)
    if PERSONAL not in PERSONAL_DATA:
        PERSONAL_DATA.append(PERSONAL)
