"""What a door answers, how long somebody was inside, when a roll call counts. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from eventhub.core.text import has_forbidden

SAME_SCAN = timedelta(seconds=10)
"""The same badge at the same gate within this time is one scan (R4.8)."""

ENTER, STOP, DESK = "enter", "stop", "desk"
REMOTE = "remote"
"""The kind of gate by which people come in from afar: a meeting online."""

KINDS = ("door", "roll_call", "states", REMOTE)
DIRECTIONS = ("in", "out")

OUTER_ZONES = frozenset({"Z0", "Z1"})
"""The public and the conference area: who leaves these, or a gate without a zone, leaves the house;
who leaves an inner zone is still in it."""

LONGEST_TYPED = 60
"""Characters without blanks; what is longer was read from a code."""

UNDO_WITHIN = timedelta(minutes=10)
"""How long a guard may take a scan back; later it takes the permission to."""

FULL, NEARLY_FULL = 1.0, 0.9
"""Shares of a room's places at which its lamp changes (R4.10)."""

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NUMBER = re.compile(r"([A-Z][A-Z0-9]{1,39}?)[\s-]*([0-9]{1,5})")


@dataclass(frozen=True, slots=True)
class Shown:
    """What is known of somebody who stands at a door."""

    is_genuine: bool
    is_void: bool = False
    is_replaced: bool = False
    is_expired: bool = False
    is_this_event: bool = True
    is_accredited: bool = True
    may_print: bool = True
    """The print gate is met, or a printed badge was handed over (R4.4)."""
    zones: frozenset[str] = frozenset()
    category: str = ""
    has_floor: bool = False
    """The programme names the person in the session, so its closed list does not matter."""
    lacks_seat: bool = False
    """The session gives its seats by name, and none to this person (R1.8)."""


@dataclass(frozen=True, slots=True)
class Door:
    """What the gate asks for: a zone, or admission to a session; None asks for nothing."""

    zone: str | None = None
    admits: frozenset[str] | None = None
    """Codes of the categories that the session admits."""
    places: int | None = None
    inside: int = 0
    """How many others are in the room."""


def answer(shown: Shown, door: Door) -> tuple[str, str]:
    """Return (enter, stop or desk) and the reason, in the order of R4.7.

    Signature, then void or replaced, then dates, then zone, then session, then capacity.
    """
    refusals = (
        (not shown.is_genuine, DESK, "unreadable"),
        (not shown.is_this_event, STOP, "other_event"),
        (shown.is_void, STOP, "void"),
        (shown.is_replaced, STOP, "replaced"),
        (shown.is_expired, STOP, "expired"),
        (not shown.is_accredited, DESK, "not_accredited"),
        (not shown.may_print, DESK, "incomplete"),
        (door.zone is not None and door.zone not in shown.zones, STOP, "zone"),
        (not _is_admitted(shown, door), STOP, "session"),
        (shown.lacks_seat and not shown.has_floor, STOP, "no_seat"),
        (_is_full(door), STOP, "full"),
    )
    for refused, result, reason in refusals:
        if refused:
            return result, reason
    return ENTER, ""


def _is_admitted(shown: Shown, door: Door) -> bool:
    return door.admits is None or shown.category in door.admits or shown.has_floor


def _is_full(door: Door) -> bool:
    return door.places is not None and door.inside >= door.places


def is_same_scan(at: datetime, other: datetime) -> bool:
    """Tell whether two scans of one badge at one gate, with one answer, are one (R4.8)."""
    return abs(at - other) < SAME_SCAN


def is_uid(text: str) -> bool:
    """Tell whether the text is an id as forms and devices make them: a UUID in lower case."""
    return _UUID.fullmatch(text) is not None


def is_like_a_code(text: str) -> bool:
    """Tell whether the text came out of a code rather than from a hand."""
    bare = "".join(text.split())
    return (
        "EH1:" in text.upper() or "://" in text or len(bare) > LONGEST_TYPED or has_forbidden(text)
    )


def number_in(text: str) -> tuple[str, int] | None:
    """Return the entity's code and the number in what people say: "zmb 07" is ("ZMB", 7)."""
    found = _NUMBER.fullmatch(text.strip().upper())
    return (found[1], int(found[2])) if found else None


Span = tuple[datetime, datetime]
"""From an instant to a later one."""


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the stretches in order, those that overlap or touch made one."""
    found: list[Span] = []
    for since, until in sorted(spans):
        if found and since <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], until))
        else:
            found.append((since, until))
    return found


@dataclass(frozen=True, slots=True)
class Mark:
    """One scan that let somebody pass: when, and in which direction ("in" or "out")."""

    at: datetime
    direction: str
    is_remote: bool = False
    """Whether the person was on the screen, and not in the room."""


@dataclass(frozen=True, slots=True)
class Stay:
    """One stretch of time inside; `until` is None while no way out was seen."""

    since: datetime
    until: datetime | None


def stays(marks: Iterable[Mark]) -> list[Stay]:
    """Return the stretches of time that somebody was inside, in the room or on the screen.

    A second "in" without an "out" changes nothing (R4.9: pass-back warns, it does not block); an
    "out" without an "in" is left out.
    """
    given = list(marks)
    ways = ([mark for mark in given if mark.is_remote is way] for way in (False, True))
    return [stay for way in ways for stay in _stays(way)]


def _stays(marks: Iterable[Mark]) -> list[Stay]:
    found: list[Stay] = []
    since: datetime | None = None
    for mark in sorted(marks, key=lambda mark: mark.at):
        if mark.direction == "in" and since is None:
            since = mark.at
        elif mark.direction == "out" and since is not None:
            found.append(Stay(since, mark.at))
            since = None
    if since is not None:
        found.append(Stay(since, None))
    return found


def lamp(inside: int, places: int | None) -> str:
    """Return how full a room is: "" for no limit, good, attention from 90 %, stop from 100 %."""
    if not places:
        return ""
    share = inside / places
    if share >= FULL:
        return "stop"
    return "attention" if share >= NEARLY_FULL else "good"


EARLY = timedelta(minutes=30)
"""How long before a session a tick counts as it is made."""


def ticked_at(starts_at: datetime, *, late: bool, now: datetime) -> datetime:
    """Return the instant that a tick in a session's list stands for.

    Whoever came in time counts from the start, whenever the list is filled in; who came late
    counts from now.
    """
    if late or starts_at - EARLY <= now <= starts_at:
        return now
    return starts_at


def initial(name: str) -> str:
    """Return the letter under which a name stands in a list; "" in scripts without letters."""
    first = next((letter for letter in name.removeprefix("ال") if letter.isalpha()), "")
    if "\u2e80" <= first <= "\u9fff":
        return ""
    return first.upper() if first in "Йй" else unicodedata.normalize("NFD", first)[:1].upper()


@dataclass(frozen=True, slots=True)
class CheckinSettings:
    """What an event decides for its doors: where its desk is, by language; whom guards call."""

    desk: Mapping[str, str] = field(default_factory=dict)
    supervisor: str = ""
    """A telephone number, as it was written."""
