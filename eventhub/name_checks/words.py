"""Where a check stands, in words."""

from datetime import datetime

from eventhub.core import clock
from eventhub.events.models import Event
from eventhub.events.rules import local
from eventhub.events.words import city_of
from eventhub.i18n import _
from eventhub.i18n.times import day, event_time
from eventhub.name_checks.queries import Checked, freeze_of, is_over
from eventhub.name_checks.rules import Standing

KINDS = {Standing.OPEN: "attention", Standing.CHANGED: "stop", Standing.CONFIRMED: "good"}
"""The shape beside the word."""


def standing_word(standing: str) -> str:
    """Say where a check stands."""
    return {
        Standing.OPEN: _("Not confirmed yet"),
        Standing.CHANGED: _("Changed since it was confirmed"),
        Standing.CONFIRMED: _("Confirmed"),
    }[Standing(standing)]


def confirmed_by(one: Checked, event: Event) -> str:
    """Say who confirmed what will be printed, and on which day; "" where nobody did."""
    if one.confirmation is None or not one.is_confirmed:
        return ""
    on = day(local(one.confirmation.at, event.zone).date())
    return {
        "person": _("by the person, %(day)s", day=on),
        "focal_point": _("by the focal point, %(day)s", day=on),
        "staff": _("by the secretariat, %(day)s", day=on),
    }[one.confirmation.by]


def freeze_sentence(event: Event) -> str:
    """Say until when names can be corrected before they are printed; "" for no such time."""
    return freeze_told(event, freeze_of(event))


def freeze_told(event: Event, at: datetime | None) -> str:
    """Say the same where the event's `freeze_of` is known."""
    if at is None or is_over(event):
        return ""
    time = event_time(at, event.zone, city_of(event))
    if clock.now() >= at:
        return _(
            "Badges are printed since %(time)s. A correction goes to the organiser, who decides "
            "whether it can still be printed.",
            time=time,
        )
    return _("Please look at it by %(time)s: then badges are printed.", time=time)
