"""What arrivals contribute: menu entries, a panel, mails, set-up to copy, the notice."""

from collections.abc import Sequence

from flask import url_for

from eventhub.arrivals.messages import WORDED
from eventhub.arrivals.permissions import SWITCH, VIEW
from eventhub.arrivals.personal import PERSONAL
from eventhub.arrivals.queries.travel import own_journey, settings_of
from eventhub.arrivals.rules import is_kept
from eventhub.arrivals.services.courtesies import copy_courtesies
from eventhub.arrivals.words import whole
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.events.seams import CLONE_STEPS, PRIVACY_FIELDS, IdMap, PrivacyLine, clones
from eventhub.i18n import _, ngettext
from eventhub.mail.seams import MESSAGES
from eventhub.people.seams import PERSONAL_DATA
from eventhub.protocol.permissions import ORDER
from eventhub.registration.models import Registration
from eventhub.registration.queries import token_of
from eventhub.registration.rules import ENDED, State
from eventhub.registration.seams import PERSONAL_PANELS, Panel
from eventhub.web.seams import NAV, NavEntry

UNDER = "registration.list_delegations"

MENU = (
    NavEntry(
        "arrivals.list_arrivals",
        lambda _place: _("Arrivals"),
        VIEW,
        16,
        switch=SWITCH,
        under=UNDER,
        prefixes=(
            "arrivals.show_sheet",
            "arrivals.show_others",
            "arrivals.enter",
            "arrivals.list_vehicles",
            "arrivals.add_vehicle",
            "arrivals.change_vehicle",
            "arrivals.list_officers",
            "arrivals.list_courtesies",
            "arrivals.set_courtesy",
            "arrivals.make_exception",
            "arrivals.show_paper",
        ),
    ),
    NavEntry(
        "arrivals.show_heads",
        lambda _place: _("Heads of delegation"),
        ORDER,
        14,
        switch="delegations",
        under=UNDER,
        prefixes=("arrivals.show_heads_paper",),
    ),
)


def connect() -> None:
    """Fill the seams of lower packages; twice is harmless."""
    MESSAGES.update(WORDED)
    NAV.extend(entry for entry in MENU if entry not in NAV)
    if copy not in CLONE_STEPS:
        CLONE_STEPS.append(copy)
    if panel not in PERSONAL_PANELS:
        PERSONAL_PANELS.append(panel)
    if privacy_lines not in PRIVACY_FIELDS:
        PRIVACY_FIELDS.append(privacy_lines)
    if PERSONAL not in PERSONAL_DATA:
        PERSONAL_DATA.append(PERSONAL)


@clones("rank_courtesy")
def copy(from_event_id: int, to_event_id: int, ids: IdMap, *, actor: Actor) -> None:
    """Copy what ranks are due; journeys, vehicles and officers stay where they are."""
    ids["rank_courtesy"] = copy_courtesies(from_event_id, to_event_id)


def panel(registration: Registration) -> Panel | None:
    """Return the part of the private page that says when the person arrives; one statement."""
    event = db.session.get_one(Event, registration.event_id)
    gone = registration.state in ENDED or registration.state == State.DRAFT
    if SWITCH not in event.switches or gone or registration.mode == "remote":
        return None
    journey, settings = own_journey(registration)
    if not is_kept(event.ends_at, settings.keep_days, clock.now()):
        return None
    arrival = journey.travel.arrival
    url = url_for("arrivals.enter_own", token=token_of(registration))
    if not arrival.is_there:
        said = _("Tell the host when you arrive, so that somebody meets you.")
        return Panel(_("Arrival and departure"), said, ((_("Enter my flights"), url),), order=7)
    said = _("You arrive: %(when)s", when=whole(arrival, event.zone))
    return Panel(_("Arrival and departure"), said, ((_("See or change it"), url),), order=7)


def privacy_lines(event_id: int) -> Sequence[PrivacyLine]:
    """Return what is asked about journeys, what for, and how long it is kept (R7.1)."""
    event = db.session.get_one(Event, event_id)
    if SWITCH not in event.switches:
        return []
    return [
        PrivacyLine(
            _("Arrival, departure, flights, hotel"),
            _("to meet you, and to plan cars and rooms"),
            _("the task of holding the meeting"),
            ngettext(
                "until one day after the event",
                "until %(n)s days after the event",
                settings_of(event_id).keep_days,
            ),
        )
    ]
