"""Working out what rows of a spreadsheet would do to a programme; nothing is written."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from eventhub.agenda.models import Session
from eventhub.agenda.queries import Draft
from eventhub.agenda.rules import Use, clashes
from eventhub.agenda.services import SessionValues
from eventhub.agenda.services.sessions import check_values, code_is_taken
from eventhub.core.errors import Invalid
from eventhub.core.text import fold
from eventhub.events.models import Event
from eventhub.events.rules import is_ambiguous
from eventhub.exchange.columns import Called, Field, Whole, said, whole_of
from eventhub.exchange.rules import MAKES, Line, Outcome, Outlook, Planned
from eventhub.i18n import Translated, _
from eventhub.sheets.importing import Fault

_PLAIN = (
    "code", "kind", "layout", "access", "admit", "floor_languages", "interpretation", "breaks",
    "hides_title", "counts_for_certificate", "is_mandatory", "credit_minutes",
)  # fmt: skip
_TEXTS = ("titles", "place_note", "descriptions")


@dataclass(slots=True)
class Wanted:
    """A row that would do something: what the session would be, and which it is, None if new."""

    planned: Planned
    whole: Whole
    session: Session | None


@dataclass(slots=True)
class _Known:
    """Things of the event by all they are called, folded; what would be made gets ids below 0."""

    kind: str
    may_make: bool
    called: dict[int, str]
    ids: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    made: dict[int, str] = field(default_factory=dict)

    def add(self, id_: int, names: Sequence[str]) -> None:
        for name in {fold(name) for name in names} - {""}:
            self.ids[name].append(id_)

    def find(self, name: str) -> int | str:
        """Return the id, or why there is none."""
        found = self.ids.get(fold(name), [])
        if len(found) == 1:
            return found[0]
        if found:
            return _("Several are called “%(name)s”. Choose by hand.", name=name)
        if not self.may_make:
            return _unknown(self.kind, name)
        id_ = -len(self.made) - 1
        self.made[id_] = self.called[id_] = name
        self.ids[fold(name)] = [id_]
        return id_


class Planner:
    """Plans the rows of one file against the draft as it is now."""

    def __init__(
        self, event: Event, draft: Draft, fields: Sequence[Field], makes: Sequence[str]
    ) -> None:
        self._event, self._draft, self._fields = event, draft, fields
        self._called = Called.of(draft)
        self._rooms, self._tracks, self._speakers = (
            _Known(kind, kind in makes, getattr(self._called, kind)) for kind in MAKES
        )
        for room in draft.rooms.values():
            self._rooms.add(room.id, [room.code, *room.names.values()])
        for track in draft.tracks.values():
            self._tracks.add(track.id, [track.code, *track.titles.values()])
        for speaker in draft.speakers.values():
            self._speakers.add(speaker.id, [speaker.printed_name])
        known = (*draft.sessions, *draft.tray)
        self._by_ref = {one.ref: one for one in known}
        self._by_code = {fold(one.code): one for one in known}
        self._codes = {fold(one.code) for one in known}
        self.wanted: list[Wanted] = []

    def plan(self, lines: Sequence[Line]) -> Outlook:
        """Return what would become of the rows; `wanted` is then what there is to write."""
        meant = [self._meant(line) for line in lines]
        times = Counter(one.id for one in meant if isinstance(one, Session))
        rows = []
        for line, session in zip(lines, meant, strict=True):
            if isinstance(session, Fault):
                rows.append(_faulty(line, [session]))
            elif session is not None and times[session.id] > 1:
                twice = Fault("", _("Another row of the file is about the same session."))
                rows.append(_faulty(line, [twice], session))
            else:
                rows.append(self._row(line, session))
        rows = self._noted(rows)
        return Outlook(
            rows=rows,
            makes={kind: tuple(names.values()) for kind, names in self.made().items()},
            left_out=len(self._by_ref) - len(times),
        )

    def _meant(self, line: Line) -> Session | Fault | None:
        if line.ref:
            gone = _("The event has no session with this reference. Leave it empty for a new one.")
            return self._by_ref.get(line.ref) or Fault("ref", gone)
        return self._by_code.get(fold(line.values.get("code", "")))

    def _row(self, line: Line, session: Session | None) -> Planned:
        faults = list(line.faults)
        before = whole_of(self._draft, session) if session else None
        whole = None if faults and not session else self._whole(line, before, faults)
        if whole is not None and not faults:
            self._check(whole, session, faults)
        if whole is None or faults:
            return _faulty(line, faults, session)
        cells = self._said(whole)
        old = self._said(before) if before else dict.fromkeys(cells, "")
        changes = {code: (old[code], new) for code, new in cells.items() if old[code] != new}
        outcome = Outcome.UPDATED if session else Outcome.CREATED
        planned = Planned(
            line,
            outcome if changes else Outcome.UNCHANGED,
            ref=session.ref if session else "",
            name=f"{whole.values.code} {whole.values.titles.pick()}",
            version=session.version if session else 0,
            changes=changes,
        )
        self._codes.add(fold(whole.values.code))
        if planned.outcome != Outcome.UNCHANGED:
            self.wanted.append(Wanted(planned, whole, session))
        return planned

    def _whole(self, line: Line, before: Whole | None, faults: list[Fault]) -> Whole | None:
        given = dict(line.values)
        values = before.values if before else self._blank(given, faults)
        if values is None:
            return None
        changed: dict[str, Any] = {name: given[name] for name in _PLAIN if name in given}
        for name in _TEXTS:
            text = getattr(values, name)
            for code, said_ in given.items():
                if code.rpartition("_")[0] == name:
                    text = text.with_text(code.rpartition("_")[2], said_)
            changed[name] = text
        if values.is_placed or given.keys() & {"day", "starts", "ends"}:
            changed |= self._times(given, values, faults)
        for name, known in (("room", self._rooms), ("track", self._tracks)):
            if name in given:
                found = known.find(given[name]) if given[name] else None
                if isinstance(found, str):
                    faults.append(Fault(name, found))
                else:
                    changed[f"{name}_id"] = found
        parts = before.parts if before else ()
        if "speakers" in given:
            parts = self._parts(given["speakers"], faults)
        status = given.get("status") or (before.status if before else "confirmed")
        return Whole(replace(values, **changed), parts, status)

    def _blank(self, given: Mapping[str, Any], faults: list[Fault]) -> SessionValues | None:
        """Return what a new session begins with, None where its row lacks what it needs."""
        self._need_times(given, faults)
        if faults:
            return None
        day: date = given["day"]
        return SessionValues(
            code=given.get("code") or self._next_code(),
            titles=Translated(),
            kind="plenary",
            starts=datetime.combine(day, given["starts"][0]),
            ends=datetime.combine(day, given["ends"][0]),
            floor_languages=tuple(self._event.working_languages),
            interpretation=(),
        )

    def _need_times(self, given: Mapping[str, Any], faults: list[Fault]) -> None:
        for name in ("day", "starts", "ends"):
            if name not in given:
                faults.append(Fault(name, _("A session without a time yet needs this.")))

    def _next_code(self) -> str:
        number = len(self._codes) + 1
        while fold(str(number)) in self._codes:
            number += 1
        return str(number)

    def _times(
        self, given: Mapping[str, Any], values: SessionValues, faults: list[Fault]
    ) -> dict[str, Any]:
        day = given.get("day") or values.starts.date()
        length = values.ends.date() - values.starts.date()
        last = given["last_day"] or day if "last_day" in given else day + length
        found: dict[str, Any] = {"is_placed": True}
        if not values.is_placed:
            self._need_times(given, faults)
            last = given.get("last_day") or day
        for name, on in (("starts", day), ("ends", last)):
            wall, fold_ = getattr(values, name), getattr(values, f"{name}_fold")
            clock, which = given.get(name, (wall.time(), fold_))
            moved = datetime.combine(on, clock)
            found[name], found[f"{name}_fold"] = moved, which or 0
            if which is None and is_ambiguous(moved, self._event.zone):
                said_ = _(
                    "Clocks in %(zone)s show this time twice on that day. Write %(time)s (1) or "
                    "%(time)s (2).",
                    zone=self._event.zone,
                    time=f"{clock:%H:%M}",
                )
                faults.append(Fault(name, said_))
        return found

    def _parts(
        self, people: Sequence[tuple[str, str]], faults: list[Fault]
    ) -> tuple[tuple[int, str], ...]:
        parts = []
        for name, role in people:
            found = self._speakers.find(name)
            if isinstance(found, str):
                faults.append(Fault("speakers", found))
            else:
                parts.append((found, role))
        return tuple(parts)

    def _check(self, whole: Whole, session: Session | None, faults: list[Fault]) -> None:
        values = whole.values
        is_own = session is not None and fold(session.code) == fold(values.code)
        if not is_own and fold(values.code) in self._codes:
            faults.append(Fault("code", code_is_taken()))
        try:
            check_values(self._event, values)
        except Invalid as error:
            name = error.field or ""
            first = f"{name}_{self._event.languages[0]}" if name in _TEXTS else name
            faults.append(Fault(first, error.message))

    def _said(self, whole: Whole) -> dict[str, str]:
        return said(self._event, self._called, self._fields, whole)

    def made(self) -> dict[str, dict[int, str]]:
        """Return the names of what the rows to be written would make, by their ids in the plan."""
        wholes = [one.whole for one in self.wanted]
        used: dict[str, set[int | None]] = {
            "rooms": {whole.values.room_id for whole in wholes},
            "tracks": {whole.values.track_id for whole in wholes},
            "speakers": {id_ for whole in wholes for id_, _role in whole.parts},
        }
        return {
            one.kind: {id_: name for id_, name in one.made.items() if id_ in used[one.kind]}
            for one in (self._rooms, self._tracks, self._speakers)
        }

    def _noted(self, rows: Sequence[Planned]) -> list[Planned]:
        """Add what is no fault but may surprise: days outside the event, rooms used twice."""
        notes: dict[int, list[str]] = defaultdict(list)
        event = self._event
        wholes = {one.planned.line.number: one for one in self.wanted}
        changed = {one.session.id for one in self.wanted if one.session}
        uses = [
            Use(f":{one.code} {one.title()}", str(one.room_id), one.starts_at, one.ends_at)
            for one in self._draft.sessions
            if one.room_id and one.id not in changed and one.status != "cancelled"
        ]
        for number, one in wholes.items():
            values = one.whole.values
            if not values.is_placed:
                continue
            if not event.starts_on <= values.starts.date() <= event.ends_on:
                notes[number].append(_("It lies outside the days of the event."))
            if values.room_id and one.whole.status != "cancelled":
                start, end = check_values(event, values)
                uses.append(Use(str(number), str(values.room_id), start, end))
        for one_use, other in clashes(uses):
            for mine, its in ((one_use, other), (other, one_use)):
                if not mine.session.startswith(":"):
                    name = its.session[1:] if its.session.startswith(":") else ""
                    name = name or wholes[int(its.session)].planned.name
                    notes[int(mine.session)].append(
                        _("The room is used at the same time by %(session)s.", session=name)
                    )
        return [replace(row, notes=tuple(notes.get(row.line.number, ()))) for row in rows]


def _faulty(line: Line, faults: Sequence[Fault], session: Session | None = None) -> Planned:
    name = f"{session.code} {session.title()}" if session else ""
    typed = [str(line.values.get("code", "")), *_titles(line)]
    ref = session.ref if session else ""
    shown = name or " ".join(filter(None, typed))
    return Planned(line, Outcome.FAULTY, ref, shown, faults=tuple(faults))


def _titles(line: Line) -> list[str]:
    return [text for code, text in line.values.items() if code.startswith("titles_")][:1]


def _unknown(kind: str, name: str) -> str:
    if kind == "rooms":
        return _("The event has no room “%(name)s”.", name=name)
    if kind == "tracks":
        return _("The event has no track “%(name)s”.", name=name)
    return _("The event has no speaker “%(name)s”.", name=name)
