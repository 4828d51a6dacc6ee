"""What name checks contribute to the pages around them."""

from collections.abc import Collection
from typing import Any

from flask import url_for

from eventhub.core.actor import EVERYTHING
from eventhub.delegations.models import Delegation
from eventhub.events.models import Event
from eventhub.events.queries import get_event_by_id
from eventhub.i18n import _
from eventhub.mail.seams import MESSAGES
from eventhub.name_checks import messages
from eventhub.name_checks.personal import PERSONAL
from eventhub.name_checks.queries import SWITCH, check_of, checks_of, is_over, people_to_check
from eventhub.name_checks.words import freeze_told
from eventhub.people.seams import PERSONAL_DATA
from eventhub.registration.models import Registration
from eventhub.registration.permissions import VIEW
from eventhub.registration.queries import token_of
from eventhub.registration.rules import SEAT_STATES
from eventhub.registration.seams import DELEGATION_WAYS, PERSONAL_PANELS, UNCHECKED, Panel, Way
from eventhub.web.seams import NAV, NavEntry


def panel(row: Registration) -> Panel | None:
    """Return the part of the private page that leads to the forms of the name: one statement."""
    event = get_event_by_id(row.event_id)
    if row.state not in SEAT_STATES or SWITCH not in event.switches:
        return None
    if is_over(event):
        return None
    one, freeze = check_of(event, row)
    if one.is_confirmed:
        sentence, label = _("You confirmed how your name is printed."), _("See it again")
        if one.confirmation is not None and one.confirmation.by != "person":
            sentence = _("How your name is printed was confirmed for you.")
        return Panel(_("Your name in print"), sentence, ((label, _own(row)),), 32)
    sentence = freeze_told(event, freeze) or _("See how badge, list and certificate will show it.")
    return Panel(_("Check your name"), sentence, ((_("Check your name"), _own(row)),), 22)


def _own(row: Registration) -> str:
    return url_for("name_checks.show_own", token=token_of(row))


def way(event: Event, delegation: Delegation) -> Way | None:
    """Lead from a delegation's workspace to its names."""
    if SWITCH not in event.switches:
        return None
    url = url_for("name_checks.check_delegation", slug=event.slug, ref=delegation.ref)
    return Way(_("Check of names"), url)


def unchecked(event: Event, delegation_ids: Collection[int]) -> dict[int, int] | None:
    """Return how many names nobody confirmed, by delegation; None where no names are checked."""
    if SWITCH not in event.switches:
        return None
    found = dict.fromkeys(delegation_ids, 0)
    for one in checks_of(event, people_to_check(event, EVERYTHING, delegations=delegation_ids)):
        if not one.is_confirmed:
            found[one.row.delegation_id or 0] += 1
    return found


ENTRY = NavEntry(
    "name_checks.list_names", lambda _place: _("Check of names"), VIEW, 24, switch=SWITCH,
    prefixes=("name_checks.list_names",), under="registration.list_people",
)  # fmt: skip


def connect() -> None:
    """Fill the seams of lower packages; twice is harmless."""
    MESSAGES[messages.REMINDER] = messages.word_reminder
    seams: list[tuple[list[Any], Any]] = [
        (NAV, ENTRY), (PERSONAL_DATA, PERSONAL), (PERSONAL_PANELS, panel),
        (DELEGATION_WAYS, way), (UNCHECKED, unchecked),
    ]  # fmt: skip
    for seam, part in seams:
        if part not in seam:
            seam.append(part)
