"""Trying a spreadsheet of people: what would become of each row now, and why (R1.32).

Nothing is written. Carrying it out plans once more under the locks, so that both always agree.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.delegations.models import Delegation
from eventhub.entities.models import Entity
from eventhub.i18n import _
from eventhub.questionnaires.queries import answers_by_registration
from eventhub.registration.models import Registration
from eventhub.registration.permissions import DECIDE, ENTER, VOUCH
from eventhub.registration.queries import WHOLE_EVENT, Setup, capacities, pools_of, reference
from eventhub.registration.queries.covered import covered_ids
from eventhub.registration.queries.finding import reaches
from eventhub.registration.queries.heads import HEAD, LEADING
from eventhub.registration.queries.imports import given_consents, may_be_meant
from eventhub.registration.rules import (
    ENDED,
    SEAT_STATES,
    State,
    may_move,
    modes_of_event,
    split_changes,
)
from eventhub.registration.rules.importing import Line, Outcome, Planned, name_key_of
from eventhub.registration.services.deadlines import check_deadlines
from eventhub.registration.services.seats import Seat, Seats
from eventhub.sheets.importing import Fault

_ASKED_FOR = "-"
"""Stands for the reason that is asked for when the rows are carried out."""

_NAMES = ("family_name", "given_names")


class SeatsSeen(Seats):
    """The pools as they are seen now, without a lock: for a forecast that writes nothing."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self.pools = list(pools_of(setup.event.id))
        for pool in self.pools:
            if pool.code == WHOLE_EVENT:
                pool.seats = setup.event.places
        self.count_all()


class Planner:
    """What is known of an event while its rows are planned, one after the other."""

    def __init__(
        self,
        setup: Setup,
        lines: Sequence[Line],
        *,
        delegation: Delegation | None,
        actor: Actor,
        seats: Seats,
        begun_at: datetime | None = None,
        lock: bool = False,
    ) -> None:
        seats.count_all()
        self._setup, self._seats, self._delegation = setup, seats, delegation
        self._lines = lines
        self._by, self._scopes = capacities(actor, ENTER, VOUCH)
        self._is_staff = actor.may(ENTER) or actor.may(DECIDE)
        entity = db.session.get(Entity, delegation.entity_id) if delegation else None
        offered = setup.of_focal_points(entity.kind if entity else None)
        own = setup.categories if actor.may(ENTER) else {one.id for one in offered}
        self._own_categories = frozenset(own)
        self._closed = why_closed(setup, actor, begun_at)
        self._open = _open(setup.event.id, lines, delegation)
        there = may_be_meant(setup.event.id, lines, self._scopes, delegation, lock=lock)
        self.rows = {row.id: row for row in there}
        codes = _codes(there)
        told = [line for line in lines if line.answers or line.consents]
        known = set(self.rows) if told else set()
        self._named = self._in_letters()
        self._consents = given_consents(setup.event.id, known)
        self._answers = answers_by_registration(setup.event.id, known)
        self._shown = {row.id: reference(row, codes.get(row.entity_id or 0)) for row in there}
        self._by_ref = {row.ref: row for row in there}
        self._by_ref |= {self._shown[row.id]: row for row in there}
        self._by_name: dict[tuple[Any, ...], list[Registration]] = {}
        for row in there:
            if row.state not in ENDED:
                self._by_name.setdefault(_who(row), []).append(row)
        named = Counter(self._key(line) for line in lines if not line.ref and line.name)
        self._heads = {row.entity_id: row.id for row in there if self._is_head(row.category_id)
                       and row.state in LEADING}  # fmt: skip
        self._twice = {key for key, times in named.items() if times > 1}
        self._seen: dict[Any, int] = {}

    def plan(self) -> list[Planned]:
        """Return what becomes of each row, in the order of the file."""
        return [self._plan(line) for line in self._lines]

    def _plan(self, line: Line) -> Planned:
        row, fault = self._meant(line)
        if fault is not None:
            return Planned(line, Outcome.FAULTY, faults=[*line.faults, fault], **self._of(row))
        if row is None:
            return self._new(self._in_only_category(line))
        return self._change(line, row)

    def _in_only_category(self, line: Line) -> Line:
        """Return the line with its category, where there is one only and none is named."""
        at_fault = any(one.field == "category_id" for one in line.faults)
        if at_fault or line.values.get("category_id") is not None:
            return line
        mine = [one for one in self._own_categories if self._may_enter(one, line)]
        if len(mine) != 1:
            return line
        return replace(line, values={**line.values, "category_id": mine[0]})

    def _of(self, row: Registration | None) -> dict[str, Any]:
        if row is None:
            return {}
        return {
            "registration_id": row.id,
            "ref": self._shown[row.id],
            "version": row.version,
        }

    def _key(self, line: Line) -> tuple[Any, ...]:
        entity_id = line.values.get("entity_id")
        if self._delegation is not None:
            entity_id = self._delegation.entity_id
        organisation = "" if entity_id else line.values.get("organisation", "")
        return entity_id, organisation, line.key

    def _meant(self, line: Line) -> tuple[Registration | None, Fault | None]:
        """Return whom the row means, None for somebody new, or why that cannot be told."""
        if line.ref:
            row = self._by_ref.get(line.ref)
            if row is None:
                return None, Fault("ref", _("Nobody here has this reference. Leave it empty for "
                                            "somebody new."))  # fmt: skip
            if row.state in ENDED:
                return None, Fault("ref", _("This registration has ended. Leave the reference "
                                            "empty to enter the person anew."))  # fmt: skip
            if row.id in self._seen:
                said = _("Row %(row)s is about the same person.", row=self._seen[row.id])
                return row, Fault("ref", said)
            self._seen[row.id] = line.number
            return row, None
        key = self._key(line)
        if key in self._seen and key in self._twice:
            said = _(
                "Row %(row)s has the same name. If they are two persons, enter one by hand.",
                row=self._seen[key],
            )
            return None, Fault("family_name", said)
        self._seen[key] = line.number
        namesakes = self._by_name.get(key, []) if line.name else []
        if len(namesakes) > 1:
            said = _("Several people here have this name. Write the reference of the one you mean.")
            return None, Fault("ref", said)
        if namesakes:
            self._seen[namesakes[0].id] = line.number
        return (namesakes[0] if namesakes else None), None

    def _new(self, line: Line) -> Planned:
        values, faults = line.values, list(line.faults)
        told = {one.field for one in faults}
        if self._closed:
            faults.append(Fault("", self._closed))
        if not any(values.get(name) for name in _NAMES):
            said = _("Write a family name or given names: one of them is enough.")
            faults += [] if told.intersection(_NAMES) else [Fault("family_name", said)]
        category_id = values.get("category_id")
        if category_id is None:
            said = _("Choose a category.")
            faults += [] if "category_id" in told else [Fault("category_id", said)]
        elif not self._may_enter(category_id, line):
            faults.append(Fault("category_id", _("You may not enter people of this category.")))
        if self._delegation is None and not (values.get("entity_id") or values.get("organisation")):
            said = _("Name the State or organization.")
            faults += [] if "entity_id" in told else [Fault("entity_id", said)]
        if faults:
            return Planned(line, Outcome.FAULTY, faults=faults)
        entity_id = self._key(line)[0]
        if self._is_head(category_id) and entity_id in self._heads:
            return Planned(line, Outcome.FAULTY, faults=[Fault("category_id", _second_head())])
        fault, waits = self._take_seat(line)
        if fault is not None:
            return Planned(line, Outcome.FAULTY, faults=[fault])
        if self._is_head(category_id):
            self._heads[entity_id] = 0
        return Planned(line, Outcome.CREATED, waits=waits)

    def _is_head(self, category_id: int | None) -> bool:
        category = self._setup.categories.get(category_id or 0)
        has_heads = "delegations" in self._setup.event.switches
        return has_heads and category is not None and category.code == HEAD

    def _may_enter(self, category_id: int, line: Line) -> bool:
        category = self._setup.categories.get(category_id)
        if category is None or not category.is_on or category_id not in self._own_categories:
            return False
        opened = self._open.get(self._key(line)[0] or 0)
        return any(reaches(scope, category_id, opened) for scope in self._scopes)

    def _take_seat(self, line: Line) -> tuple[Fault | None, bool]:
        """Take the seat of somebody new; return why there is none, and whether the person waits."""
        values = {
            "organisation": "",
            "mode": modes_of_event(self._setup.event.mode)[0],
            **line.values,
        }
        probe = Registration(**{**values, "entity_id": self._key(line)[0]})
        seat = self._seats.take(probe)
        if seat in (Seat.TAKEN, Seat.OVER):
            return None, False
        if seat == Seat.WAIT and may_move(State.DRAFT, State.WAITLISTED, self._by):
            return None, True
        return Fault("category_id", self._full(seat)), False

    def _full(self, seat: Seat) -> str:
        other = self._setup.category(self._setup.settings.overflow_category)
        if seat == Seat.OVERFLOW and other is not None:
            return _(
                "The delegation is full. “%(category)s” is still possible: it is no part of the "
                "delegation.",
                category=other.name(),
            )
        if self._delegation is not None:
            return _("The delegation is full: no place is left in this category.")
        return _("All places are taken.")

    def _change(self, line: Line, row: Registration) -> Planned:
        changed = {
            name: (getattr(row, name), value)
            for name, value in line.values.items()
            if getattr(row, name) != value
        }
        about = self._of(row)
        fault = self._unchangeable(row, changed)
        if fault is not None or line.faults:
            faults = [*line.faults, *([fault] if fault else [])]
            return Planned(line, Outcome.FAULTY, faults=faults, **about)
        if "category_id" in changed and not self._move_seat(row, changed["category_id"][1]):
            fault = Fault("category_id", self._full(Seat.NONE))
            return Planned(line, Outcome.FAULTY, faults=[fault], **about)
        more = dict.fromkeys(self._said_anew(line, row), ("", ""))
        if not changed and not more:
            return Planned(line, Outcome.UNCHANGED, **about)
        waits = self.waits_for_officer(row, {name: pair[1] for name, pair in changed.items()})
        outcome = Outcome.ASKED if waits else Outcome.UPDATED
        return Planned(line, outcome, changes={**changed, **more}, **about)

    def _said_anew(self, line: Line, row: Registration) -> list[str]:
        """Return which answers and consents of the row are not kept so already."""
        answers = self._answers.get(row.id, {})
        consents = self._consents.get(row.id, {})
        return [
            *(
                code
                for code, one in line.answers.items()
                if (answers.get(code) or "") != (one or "")
            ),
            *(name for name, one in line.consents.items() if consents.get(name) != one),
        ]

    def _unchangeable(
        self, row: Registration, changed: Mapping[str, tuple[Any, Any]]
    ) -> Fault | None:
        after = {name: changed[name][1] if name in changed else getattr(row, name)
                 for name in _NAMES}  # fmt: skip
        if not any(after.values()):
            said = _("Write a family name or given names: one of them is enough.")
            return Fault("family_name", said)
        if "entity_id" in changed:
            said = _("This person is registered for another State or organization. Change that by "
                     "hand.")  # fmt: skip
            return Fault("entity_id", said)
        category_id = changed["category_id"][1] if "category_id" in changed else row.category_id
        if self._is_head(category_id) and self._heads.get(row.entity_id, row.id) != row.id:
            return Fault("category_id", _second_head())
        scopes = self._scopes
        is_own = category_id == row.category_id or category_id in self._own_categories
        if not is_own or not any(reaches(scope, category_id, row.delegation_id)
                                for scope in scopes):  # fmt: skip
            return Fault("category_id", _("You may not enter people of this category."))
        if self._lacks_letter(row, category_id):
            said = _("No verified letter names this person, and this category needs one.")
            return Fault("category_id", said)
        return None

    def _in_letters(self) -> set[int]:
        """Return which of the accredited people a verified letter names, where it matters."""
        if not any(self._setup.rule(one).needs_letter for one in self._setup.categories):
            return set()
        ids = {row.id for row in self.rows.values() if row.state == State.ACCREDITED}
        return covered_ids(self._setup.event.id, ids)

    def _lacks_letter(self, row: Registration, category_id: int) -> bool:
        """Tell whether a letter would have to name somebody accredited, and none does."""
        needs = row.delegation_id is not None and self._setup.rule(category_id).needs_letter
        return (
            needs
            and category_id != row.category_id
            and row.state == State.ACCREDITED
            and row.id not in self._named
            and not self.waits_for_officer(row, {"category_id": category_id})
        )

    def _move_seat(self, row: Registration, category_id: int) -> bool:
        """Move the seat of somebody to another category; tell whether there was one."""
        if row.state not in SEAT_STATES or self.waits_for_officer(row, {"category_id": 0}):
            return True
        probe = {name: getattr(row, name) for name in ("entity_id", "organisation", "mode")}
        self._seats.give_back(row)
        if self._seats.take(Registration(**probe, category_id=category_id)) in (
            Seat.TAKEN,
            Seat.OVER,
        ):
            return True
        self._seats.take(row)
        return False

    def waits_for_officer(self, row: Registration, changed: Mapping[str, Any]) -> dict[str, Any]:
        """Return what of the new values waits until an officer agrees (R1.4)."""
        if self._is_staff or row.state != State.ACCREDITED:
            return {}
        return split_changes({}, changed)[1]


def _second_head() -> str:
    return _("The delegation has a head already. Choose another category.")


def why_closed(setup: Setup, actor: Actor, begun_at: datetime | None = None) -> str:
    """Return why the actor can enter nobody any more, "" where that is not so (R1.15)."""
    by = capacities(actor, ENTER, VOUCH, DECIDE)[0]
    probe = Registration(created_at=begun_at or clock.now())
    try:
        check_deadlines(setup, probe, actor=actor, by=by, override=_ASKED_FOR)
    except Conflict as error:
        return error.message
    return ""


def needs_reason(setup: Setup, actor: Actor, begun_at: datetime) -> bool:
    """Tell whether staff must say why they still enter people after the deadline (R1.15)."""
    probe = Registration(created_at=begun_at)
    by = capacities(actor, ENTER, VOUCH, DECIDE)[0]
    try:
        check_deadlines(setup, probe, actor=actor, by=by)
    except Invalid:
        return True
    except Conflict:
        return False
    return False


def source_of(actor: Actor) -> str:
    """Return how people come in whom the actor enters."""
    return "organiser" if actor.may(ENTER) else "focal_point"


def _who(row: Registration) -> tuple[Any, ...]:
    organisation = "" if row.entity_id else row.organisation
    return row.entity_id, organisation, name_key_of(row.family_name, row.given_names)


def _codes(rows: Sequence[Registration]) -> dict[int, str]:
    ids = {row.entity_id for row in rows if row.entity_id is not None}
    query = select(Entity.id, Entity.code).where(Entity.id.in_(ids))
    return dict(db.session.execute(query).all()) if ids else {}


def _open(event_id: int, lines: Sequence[Line], delegation: Delegation | None) -> dict[int, int]:
    """Return the ids of delegations already open, by the id of their entity."""
    if delegation is not None:
        return {delegation.entity_id: delegation.id}
    ids = {line.values.get("entity_id") for line in lines} - {None}
    query = select(Delegation.entity_id, Delegation.id).where(
        Delegation.event_id == event_id, Delegation.entity_id.in_(ids)
    )
    return dict(db.session.execute(query).all()) if ids else {}
