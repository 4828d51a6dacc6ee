"""What a programme is looked over for, and how each thing found is said (R3.4)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from eventhub.agenda.queries import Draft
from eventhub.agenda.rules import Finding, Plan, lint
from eventhub.agenda.words import language_names
from eventhub.entities.queries import region_name
from eventhub.events.models import Event
from eventhub.i18n import _, ngettext, times
from eventhub.venues.words import LAYOUTS


@dataclass(frozen=True, slots=True)
class Names:
    """How sessions (with their times), rooms and speakers are called, by ref."""

    sessions: Mapping[str, str]
    rooms: Mapping[str, str]
    speakers: Mapping[str, str]


Say = Callable[[Finding, Names], str]


@dataclass(frozen=True, slots=True)
class Check:
    """What somebody looks for: how it is found, and the words for each kind of finding.

    `find` gets the event, its draft and the plan made of it, and may ask the database twice.
    """

    find: Callable[[Event, Draft, Plan], Iterable[Finding]]
    say: Mapping[str, Say]


CHECKS: list[Check] = []
"""Checks that higher packages contribute; filled by `eventhub/parts.py`."""


def _pair(finding: Finding, names: Names) -> dict[str, str]:
    one, other = (names.sessions[ref] for ref in finding.sessions)
    return {"one": one, "other": other}


def _room_twice(finding: Finding, names: Names) -> str:
    room = names.rooms[finding.about]
    return _("%(room)s is used twice: %(one)s and %(other)s.", room=room, **_pair(finding, names))


def _person_twice(finding: Finding, names: Names) -> str:
    who = names.speakers[finding.about]
    return _(
        "%(speaker)s is in two places: %(one)s and %(other)s.",
        speaker=who,
        **_pair(finding, names),
    )


def _no_booth(finding: Finding, names: Names) -> str:
    return _(
        "%(room)s has no booth for %(languages)s.",
        room=names.rooms[finding.about],
        languages=language_names(finding.said["languages"].split(",")),
    )


def _outside_event(_finding: Finding, _names: Names) -> str:
    return _("It lies outside the days of the event.")


def _no_break(finding: Finding, names: Names) -> str:
    return _(
        "%(room)s has no break of ten minutes for more than three hours.",
        room=names.rooms[finding.about],
    )


def _nobody_leads(_finding: Finding, _names: Names) -> str:
    return _("Nobody is named as chair or moderator.")


def _speeches_too_long(finding: Finding, _names: Names) -> str:
    return _(
        "The speeches need %(needed)s minutes with the changes between them, and there are "
        "%(there)s.",
        **finding.said,
    )


def _not_placed(_finding: Finding, _names: Names) -> str:
    return _("It has no time yet.")


def _one_region(finding: Finding, _names: Names) -> str:
    return _(
        "All speakers come from one region: %(region)s.", region=region_name(finding.said["region"])
    )


def _room_closed(finding: Finding, names: Names) -> str:
    return _(
        "%(room)s is open from %(opens)s to %(closes)s only.",
        room=names.rooms[finding.about],
        **finding.said,
    )


def _not_so_set(finding: Finding, names: Names) -> str:
    return _(
        "Nobody said how many seats %(room)s has when it is set like this: %(layout)s.",
        room=names.rooms[finding.about],
        layout=str(LAYOUTS[finding.said["layout"]]),
    )


def _short_change_over(finding: Finding, names: Names) -> str:
    return ngettext(
        "%(room)s is to be set otherwise (%(before)s, then %(after)s) within one minute.",
        "%(room)s is to be set otherwise (%(before)s, then %(after)s) within %(n)s minutes.",
        int(finding.said["minutes"]),
        room=names.rooms[finding.about],
        before=str(LAYOUTS[finding.said["before"]]),
        after=str(LAYOUTS[finding.said["after"]]),
    )


def _on_holiday(finding: Finding, _names: Names) -> str:
    day = times.day(date.fromisoformat(finding.said["day"]))
    return _("%(day)s is a holiday: %(holiday)s.", day=day, holiday=finding.said["holiday"])


def _during_prayer(finding: Finding, _names: Names) -> str:
    return ngettext(
        "One session goes on during %(prayer)s on %(day)s, %(from_)s–%(to)s.",
        "%(n)s sessions go on during %(prayer)s on %(day)s, %(from_)s–%(to)s.",
        int(finding.said["sessions"]),
        prayer=finding.said["prayer"],
        day=times.day(date.fromisoformat(finding.said["day"]), year=False),
        from_=finding.said["from"],
        to=finding.said["to"],
    )


OWN = Check(
    lambda _event, _draft, plan: lint(plan),
    {
        "room_twice": _room_twice,
        "person_twice": _person_twice,
        "no_booth": _no_booth,
        "outside_event": _outside_event,
        "no_break": _no_break,
        "nobody_leads": _nobody_leads,
        "one_region": _one_region,
        "not_placed": _not_placed,
        "speeches_too_long": _speeches_too_long,
        "room_closed": _room_closed,
        "not_so_set": _not_so_set,
        "short_change_over": _short_change_over,
        "on_holiday": _on_holiday,
        "during_prayer": _during_prayer,
    },
)
