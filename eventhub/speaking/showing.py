"""How a list is shown: on the wall, to the operator, in tables."""

from dataclasses import dataclass
from datetime import datetime

from eventhub.core import clock
from eventhub.events.models import Event
from eventhub.events.rules import local
from eventhub.i18n import Translated, _, current, ngettext
from eventhub.i18n.times import clock_time
from eventhub.speaking import words
from eventhub.speaking.queries import Entry, Floor
from eventhub.speaking.rules import Phase, phase_of, words_in, written

NEXT = 3
"""How many of those who come are named on the wall (R3.14)."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Whoever speaks or comes, as a screen names them: in the page's language and another one."""

    name: str
    second: str
    second_language: str
    for_group: str
    speaker: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The clock of a screen. `ends_ms` is when nothing is left, 0 while it stands still."""

    text: str
    phase: str
    said: str
    left_ms: int
    ends_ms: int
    warning_s: int
    is_stopped: bool


@dataclass(frozen=True, slots=True)
class Screen:
    """What the wall shows. `remaining` counts who waits beyond those named."""

    title: str
    voice: Voice | None
    clock: Shown | None
    coming: tuple[Voice, ...]
    remaining: int
    is_over: bool
    """Everybody on the list has spoken."""


def second_language(event: Event) -> str:
    """Return the other language in which names stand: the event's first that is not the page's."""
    offered = [*event.languages, "en", "fr"]
    return next(code for code in offered if code != current())


def voice_of(entry: Entry, event: Event, *, shows_names: bool) -> Voice:
    """Return how a screen names somebody; a name that is the same in both languages stands once."""
    language = second_language(event)
    name, second = entry.name, entry.names.pick(language)
    return Voice(
        name,
        "" if second == name else second,
        language,
        entry.request.for_group,
        entry.request.speaker if shows_names else "",
    )


def clock_of(floor: Floor, now: datetime | None = None) -> Shown | None:
    """Return the clock of whoever has the floor; None where nobody has it."""
    turn = floor.turn
    if turn is None:
        return None
    now = now or clock.now()
    left = turn.clock.left_s(now)
    phase, is_stopped = phase_of(left, floor.listed.warning_s), turn.stopped_at is not None
    return Shown(
        text=written(left),
        phase=str(phase),
        said=str(words.STOPPED if is_stopped else words.PHASES[phase]),
        left_ms=round(left * 1000),
        ends_ms=0 if is_stopped else round((now.timestamp() + left) * 1000),
        warning_s=floor.listed.warning_s,
        is_stopped=is_stopped,
    )


def screen_of(floor: Floor) -> Screen:
    """Return what the wall shows of a list as it stands."""
    shows = floor.listed.shows_names
    coming = [voice_of(one, floor.event, shows_names=shows) for one in floor.waiting[:NEXT]]
    speaking = floor.current
    return Screen(
        title=floor.session.title(),
        voice=voice_of(speaking, floor.event, shows_names=shows) if speaking else None,
        clock=clock_of(floor),
        coming=tuple(coming),
        remaining=max(0, len(floor.waiting) - NEXT),
        is_over=bool(floor.done) and not floor.waiting and speaking is None,
    )


def phase_words() -> dict[str, str]:
    """Return what the clock says in each phase, for the script that ticks."""
    return {str(phase): str(words.PHASES[phase]) for phase in Phase}


def state_of(floor: Floor, entry: Entry) -> str:
    """Return the state of a request as people read it: whoever waits first is next (R3.14)."""
    if floor.waiting and entry is floor.waiting[0] and entry.request.state != "skipped":
        return "next"
    return entry.request.state


def length(seconds: int) -> str:
    """Return a length of time as "3:05"."""
    return written(seconds)


def room_said(floor: Floor) -> list[str]:
    """Return what is to be known of capacity: one sentence, and what would help (R3.11)."""
    told = floor.forecast
    fits = ngettext(
        "There is time for %(n)s statement.", "There is time for %(n)s statements.", told.capacity
    )
    if not told.over:
        return [fits]
    said = [
        ngettext(
            "%(n)s speaker is too many for the time there is.",
            "%(n)s speakers are too many for the time there is.",
            told.over,
        )
    ]
    if told.limit_s:
        said.append(
            _(
                "A limit of %(limit)s for each, about %(words)s words, would let all speak.",
                limit=length(told.limit_s),
                words=words_in(told.limit_s),
            )
        )
    said.append(
        ngettext(
            "The meeting would have to last %(n)s minute.",
            "The meeting would have to last %(n)s minutes.",
            told.minutes,
        )
    )
    said.append(
        ngettext(
            "Or %(n)s statement is handed in in writing only.",
            "Or %(n)s statements are handed in in writing only.",
            told.over,
        )
    )
    return said


def other_name(names: Translated, event: Event) -> str:
    """Return a name in the second language, empty where it is the same."""
    second = names.pick(second_language(event))
    return "" if second == names.pick() else second


def at_time(instant: datetime, event: Event) -> str:
    """Return the time of day on the event's clocks."""
    return clock_time(local(instant, event.zone))
