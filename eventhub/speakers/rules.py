"""What speakers answered, what is missing of them, when they can speak. Pure."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

MOST_LINKS = 3
LONGEST_LINK = 200
LONGEST_BIOGRAPHY = 3000
LONGEST_NOTE = 250
LONGEST_NEEDS = 1000
MOST_WINDOWS = 12
CONFIRMED_BEFORE_DAYS = 14
"""How many days before a session its speakers should have answered."""


class Answer(StrEnum):
    """What a speaker said to one part; withdrawn is declined after it was confirmed."""

    SILENT = ""
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


GONE = frozenset({Answer.DECLINED, Answer.WITHDRAWN})


class State(StrEnum):
    """Where a speaker stands, over all parts."""

    NOT_INVITED = "not_invited"
    INVITED = "invited"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Missing(StrEnum):
    """What a programme still needs of a speaker."""

    ADDRESS = "address"
    CONFIRMATION = "confirmation"
    PORTRAIT = "portrait"
    BIOGRAPHY = "biography"
    CONSENT = "consent"


class Presence(StrEnum):
    """How a speaker takes part."""

    UNSAID = ""
    IN_PERSON = "in_person"
    REMOTE = "remote"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class Window:
    """A time in which a speaker can speak, or cannot: instants, and as told in the zone."""

    can: bool
    starts_at: datetime
    ends_at: datetime
    zone: str = "UTC"
    starts: datetime | None = None
    ends: datetime | None = None


def state_of(answers: Collection[str], *, is_invited: bool) -> State:
    """Return where somebody stands who answered this to each part, "" where nothing was said."""
    if answers and all(one in GONE for one in answers):
        return State.WITHDRAWN if Answer.WITHDRAWN in answers else State.DECLINED
    if answers and all(answers):
        return State.CONFIRMED
    return State.INVITED if is_invited or any(answers) else State.NOT_INVITED


def answer_after(before: str, *, comes: bool) -> Answer:
    """Return what is kept where somebody says now that they speak, or that they do not."""
    if comes:
        return Answer.CONFIRMED
    told = (Answer.CONFIRMED, Answer.WITHDRAWN)
    return Answer.WITHDRAWN if before in told else Answer.DECLINED


def missing_of(
    *, has_address: bool, is_silent: bool, has_portrait: bool, unwritten: Sequence[str],
    publishes: bool | None, state: State,
) -> tuple[Missing, ...]:  # fmt: skip
    """Return what is missing of a speaker; nothing of one who does not come.

    `unwritten` are the event's languages without a biography. Portrait and biography of who
    refused publication are not missed.
    """
    if state in (State.DECLINED, State.WITHDRAWN):
        return ()
    shown = publishes is not False
    found = {
        Missing.ADDRESS: not has_address,
        Missing.CONFIRMATION: is_silent,
        Missing.PORTRAIT: shown and not has_portrait,
        Missing.BIOGRAPHY: shown and bool(unwritten),
        Missing.CONSENT: publishes is None,
    }
    return tuple(name for name, lacks in found.items() if lacks)


def can_speak(windows: Iterable[Window], starts_at: datetime, ends_at: datetime) -> bool:
    """Tell whether a session fits: no window excludes it, and where some allow, they cover it."""
    given = list(windows)
    if any(not one.can and one.starts_at < ends_at and starts_at < one.ends_at for one in given):
        return False
    allowed = sorted((one.starts_at, one.ends_at) for one in given if one.can)
    if not allowed:
        return True
    covered = starts_at
    for begins, ends in allowed:
        if begins <= covered < ends:
            covered = ends
    return covered >= ends_at


def is_good_link(text: str) -> bool:
    """Tell whether this is a whole address of a page, https, without a name or password in it."""
    if len(text) > LONGEST_LINK or any(c.isspace() or c in '<>"\\^`{|}' for c in text):
        return False
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    named = "." in host.strip(".") and not host.replace(".", "").isdigit()
    return parts.scheme == "https" and named and "@" not in parts.netloc and port in (None, 443)
