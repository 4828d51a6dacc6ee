"""The words of journeys and courtesies, in the present language."""

from eventhub.arrivals.rules import Courtesy, Leg
from eventhub.i18n import _, lazy_gettext
from eventhub.i18n.times import clock_time, day, offset

CARS = {
    "": lazy_gettext("No car"),
    "shared": lazy_gettext("Shared car"),
    "own": lazy_gettext("Own car"),
}
ROOMS = {
    "": lazy_gettext("No room"),
    "standard": lazy_gettext("Standard room"),
    "superior": lazy_gettext("Superior room"),
    "suite": lazy_gettext("Suite"),
}


def time_of(leg: Leg, zone: str) -> str:
    """Return "14:20", with the offset where the airport's clocks are not those of the zone."""
    if leg.wall is None or leg.at is None:
        return ""
    own, there = offset(leg.at, leg.zone), offset(leg.at, zone)
    time = clock_time(leg.wall)
    return time if own == there else _("%(time)s (%(offset)s)", time=time, offset=own)


def when(leg: Leg, zone: str) -> str:
    """Return "Tue 2 April, 14:20" on the clocks of the airport; "" without a time."""
    if leg.wall is None:
        return ""
    shown = day(leg.wall.date(), year=False)
    return _("%(day)s, %(time)s", day=shown, time=time_of(leg, zone))


def by(leg: Leg) -> str:
    """Return flight and airport."""
    return " · ".join(part for part in (leg.flight, leg.airport) if part)


def whole(leg: Leg, zone: str) -> str:
    """Return time, flight and airport in one phrase; "" where nothing is known."""
    return " · ".join(part for part in (when(leg, zone), by(leg)) if part)


def gifts(courtesy: Courtesy) -> list[str]:
    """Return what is given, each as a phrase."""
    said = [
        (courtesy.lounge, _("VIP lounge")),
        (courtesy.car, str(CARS[courtesy.car])),
        (courtesy.escort, _("Escort")),
        (courtesy.room, str(ROOMS[courtesy.room])),
    ]
    return [phrase for is_given, phrase in said if is_given]
