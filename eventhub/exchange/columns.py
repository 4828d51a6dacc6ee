"""The columns of a spreadsheet of the programme: what they are called, what stands in them."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from eventhub.agenda.models import Track
from eventhub.agenda.queries import Draft
from eventhub.agenda.services import SessionValues
from eventhub.agenda.words import ACCESS, KINDS, ROLES, language_name
from eventhub.events.models import Category, Event, EventRoom
from eventhub.events.rules import is_ambiguous
from eventhub.i18n import LANGUAGES, _, lazy_gettext
from eventhub.sheets.words import NO, YES, in_all, options_in_all, yes_no
from eventhub.venues.words import LAYOUTS

STATUSES = {
    "confirmed": lazy_gettext("Takes place"),
    "tentative": lazy_gettext("Not certain yet"),
    "cancelled": lazy_gettext("Cancelled"),
}
SEPARATOR = "; "
_HIDDEN = lazy_gettext("The public reads “Closed meeting” in place of the title")
Parts = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its code, its heading, all it is called, and what may stand in its cells.

    `kind` is line, text, choice, choices, day, clock, yes, count, breaks, people or name (of
    something that the event has, or would have).
    """

    code: str
    heading: str
    names: frozenset[str]
    kind: str = "line"
    note: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    """What may be chosen, in the reader's words, by value."""
    options: Mapping[str, Any] = field(default_factory=dict)
    """Values by every word that means them, folded, in any language."""
    longest: int = 250
    width: int = 16


@dataclass(frozen=True, slots=True)
class Whole:
    """All that a row says of a session: its values, its parts, whether it takes place."""

    values: SessionValues
    parts: Parts = ()
    status: str = "confirmed"


def fields_of(
    event: Event,
    *,
    rooms: Iterable[EventRoom],
    tracks: Iterable[Track],
    categories: Iterable[Category],
) -> list[Field]:
    """Return the columns in their order, headed in the reader's words."""
    languages = {code: LANGUAGES[code].own_name for code in event.languages}
    clock = _("Write the time like 09:30.")
    day = _("Write the date like 2026-04-02.")
    admitted = {one.code: one.name() for one in categories}
    return [
        _field("ref", lazy_gettext("Reference"), longest=16, more=("ref", "id"), width=14,
               note=_("Leave it empty for a new session. It tells which session a row is about: "
                      "do not change it.")),
        _field("code", lazy_gettext("Code"), longest=40, more=("number", "no"), width=8),
        *_in_languages("titles", lazy_gettext("Title"), languages, more=("session",)),
        _field("day", lazy_gettext("Day"), "day", note=day, more=("date",), width=12),
        _field("starts", lazy_gettext("Starts"), "clock", note=clock, width=8,
               more=("start", "from", "begin", "begins", "time")),
        _field("ends", lazy_gettext("Ends"), "clock", note=clock, more=("end", "to", "until"),
               width=8),
        _field("last_day", lazy_gettext("Ends on"), "day", width=12,
               note=_("Only where it ends after midnight.")),
        _field("kind", lazy_gettext("Kind"), "choice", words=lambda: KINDS,
               more=("type", "format")),
        _field("room", lazy_gettext("Room"), "name", more=("location", "venue", "hall"),
               words=lambda: {room.code: room.names.pick() for room in rooms}),
        _field("layout", lazy_gettext("How the room is set"), "choice", words=lambda: LAYOUTS,
               more=("layout", "set-up")),
        *_in_languages("place_note", lazy_gettext("Place outside the rooms"), languages),
        _field("track", lazy_gettext("Track"), "name", more=("theme", "stream"),
               words=lambda: {track.code: track.titles.pick() for track in tracks}),
        _field("speakers", lazy_gettext("Speakers"), "people", longest=4000, width=40,
               more=("speaker", "panellists", "who"),
               note=_("Name (Role), parted by semicolons. Roles: %(roles)s",
                      roles=", ".join(str(word) for word in ROLES.values()))),
        _field("access", lazy_gettext("Who may come"), "choice", words=lambda: ACCESS,
               more=("access",)),
        _field("admit", lazy_gettext("Categories admitted"), "choices", words=lambda: admitted),
        _field("hides_title", _HIDDEN, "yes"),
        _field("floor_languages", lazy_gettext("Languages of the floor"), "choices",
               words=_languages, more=("language", "languages")),
        _field("interpretation", lazy_gettext("Interpretation into"), "choices",
               words=_languages, more=("interpretation",)),
        _field("breaks", lazy_gettext("Breaks"), "breaks",
               note=_("Like 15:45-16:00, parted by semicolons.")),
        _field("status", lazy_gettext("Status"), "choice", words=lambda: STATUSES),
        _field("counts_for_certificate", lazy_gettext("Counts for the certificate"), "yes"),
        _field("is_mandatory", lazy_gettext("Must be attended for the certificate"), "yes"),
        _field("credit_minutes", lazy_gettext("Minutes that count"), "count",
               note=_("0: as long as it lasts without its breaks.")),
        *_in_languages("descriptions", lazy_gettext("Description"), languages, kind="text",
                       longest=20_000, more=("abstract",)),
    ]  # fmt: skip


def names_by_field(fields: Iterable[Field]) -> dict[str, Collection[str]]:
    """Return all that each column is called, to guess them by."""
    return {one.code: one.names for one in fields}


def whole_of(draft: Draft, session: Any) -> Whole:
    """Return all that is said of a session of the draft."""
    names = SessionValues.__dataclass_fields__
    given = {name: getattr(session, name) for name in names}
    plain: dict[str, Any] = {
        n: tuple(one) if isinstance(one, list) else one for n, one in given.items()
    }
    plain["breaks"] = tuple((start, end) for start, end in session.breaks)
    slots = draft.slots.get(session.id, [])
    parts = tuple((slot.speaker_id, slot.role) for slot in slots)
    return Whole(SessionValues(**plain), parts, session.status)


@dataclass(frozen=True, slots=True)
class Called:
    """What rooms, tracks and speakers are called in cells, by id."""

    rooms: dict[int, str]
    tracks: dict[int, str]
    speakers: dict[int, str]

    @classmethod
    def of(cls, draft: Draft) -> "Called":
        """Return the names of what the draft knows."""
        return cls(
            {room.id: room.names.pick() for room in draft.rooms.values()},
            {track.id: track.titles.pick() for track in draft.tracks.values()},
            {speaker.id: speaker.printed_name for speaker in draft.speakers.values()},
        )


def said(event: Event, called: Called, fields: Sequence[Field], whole: Whole) -> dict[str, str]:
    """Return the cells of a session as they are written, by the column's code; without its ref."""
    values = whole.values
    plain: dict[str, str] = {
        "code": values.code,
        "day": values.starts.date().isoformat(),
        "starts": _clock(values.starts, values.starts_fold, event.zone),
        "ends": _clock(values.ends, values.ends_fold, event.zone),
        "last_day": ""
        if values.ends.date() == values.starts.date()
        else values.ends.date().isoformat(),
        "room": called.rooms[values.room_id] if values.room_id else "",
        "track": called.tracks[values.track_id] if values.track_id else "",
        "speakers": SEPARATOR.join(
            f"{called.speakers[speaker_id]} ({ROLES[role]})" for speaker_id, role in whole.parts
        ),
        "breaks": SEPARATOR.join(f"{start}-{end}" for start, end in values.breaks),
        "status": whole.status,
        "credit_minutes": str(values.credit_minutes or 0),
    }
    if not values.is_placed:
        plain |= dict.fromkeys(("day", "starts", "ends", "last_day"), "")
    found = {}
    for one in fields:
        if one.code == "ref":
            continue
        text: Any = plain.get(one.code)
        if text is None:
            name, _under, language = one.code.rpartition("_")
            is_text = name in ("titles", "place_note", "descriptions")
            text = getattr(values, name).get(language, "") if is_text else getattr(values, one.code)
        found[one.code] = _said(one, text)
    return found


def _said(one: Field, value: Any) -> str:
    if one.kind == "choice":
        return one.words.get(value, value)
    if one.kind == "choices":
        return SEPARATOR.join(one.words.get(part, part) for part in value)
    if one.kind == "yes":
        return str(YES if value else NO)
    return str(value)


def _clock(wall: datetime, fold: int | None, zone: str) -> str:
    """Return the time; where clocks show it twice, with (1) or (2) for which is meant."""
    which = f" ({(fold or 0) + 1})" if is_ambiguous(wall, zone) else ""
    return f"{wall:%H:%M}{which}"


def _languages() -> dict[str, str]:
    return {code: language_name(code) for code in LANGUAGES}


def _field(
    code: str,
    word: Any,
    kind: str = "line",
    *,
    words: Callable[[], Mapping[str, Any]] | None = None,
    note: str = "",
    more: Sequence[str] = (),
    longest: int = 250,
    width: int = 16,
) -> Field:
    options: dict[str, Any] = options_in_all(words) if words and kind != "name" else {}
    offered = {value: str(one) for value, one in words().items()} if words else {}
    if kind == "yes":
        options, offered = yes_no(), {"1": str(YES), "0": str(NO)}
    if kind == "choices":
        note = note or _("Several are parted by semicolons.")
    names = in_all(lambda: word) | {code, *more}
    return Field(code, str(word), names, kind, note, offered, options, longest, width)


def _in_languages(
    code: str,
    word: Any,
    languages: Mapping[str, str],
    *,
    kind: str = "line",
    longest: int = 250,
    more: Sequence[str] = (),
) -> list[Field]:
    """Return a column for each language; the first bears the bare names of the text as well."""
    found = []
    for place, (language, own_name) in enumerate(languages.items()):
        named = lazy_gettext("%(field)s in %(language)s", field=word, language=own_name)
        called = {f"{code}_{language}", *(f"{name} {language}" for name in in_all(lambda: word))}
        called |= in_all(partial(str, named))
        if place == 0:
            called |= {*in_all(lambda: word), *more}
        found.append(
            Field(
                f"{code}_{language}", str(named), frozenset(called), kind, longest=longest, width=32
            )
        )
    return found
