"""Two rehearsals with stand-ins, in which visitors may register, accredit, print and scan."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from eventhub.agenda.services import publish_agenda
from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import transaction
from eventhub.core.errors import NotFound
from eventhub.demo import content
from eventhub.demo.loading.answering import hear_answers
from eventhub.demo.loading.at_the_desk import leave_on_desk
from eventhub.demo.loading.attending import open_entrance
from eventhub.demo.loading.crew import OF_FOCAL_POINT, Crew, acting, appoint
from eventhub.demo.loading.handing_out import hand_cards, list_tickets
from eventhub.demo.loading.inviting import Guests, invite_everybody, name_focal_points
from eventhub.demo.loading.joining import join_from_afar
from eventhub.demo.loading.registering import PRINTED
from eventhub.demo.loading.speaking import let_stand_ins_ask
from eventhub.demo.loading.steps import Progress, Step, forget_marks, go_through, mark
from eventhub.demo.people import rehearsal_of
from eventhub.demo.queries import REHEARSAL, REHEARSED, find_loaded, find_rehearsal
from eventhub.events.models import Event
from eventhub.events.queries import categories_of
from eventhub.events.rules import local
from eventhub.events.services import (
    change_category,
    change_switches,
    destroy_keys,
    erase_event,
    rehearse_event,
)
from eventhub.rehearsals.people import stand_ins_of
from eventhub.rehearsals.services import Happening, Life, known_of

MORE_SWITCHES = {"seminar": {"doors"}}
"""Beside what the event has: with these everybody's part can be tried, the door staff's too."""

LISTED = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Plan:
    """Which event is rehearsed, and in how many days from today it begins."""

    slug: str
    in_days: int


PLANS = tuple(map(Plan, REHEARSED, (21, 0)))


def rehearse(plan: Plan, crew: Crew, progress: Progress) -> Event:
    """Return the rehearsal, made anew where it is to be erased or its first day is past."""
    with transaction():
        event = find_loaded(plan.slug)
        if event is None:
            raise NotFound
        today = local(clock.now(), event.zone).date()
        there = find_rehearsal(plan.slug)
        erased: list[int] = []
        if there is not None and not is_fresh(there, today):
            erased = erase_event(there, actor=SYSTEM)
            there = None
        copy = there or _make(event, plan, today, crew)
        appoint(crew, copy)
    destroy_keys(erased)
    go_through(copy.id, _steps(plan, copy.starts_on, crew), progress)
    return copy


def _steps(plan: Plan, starts_on: date, crew: Crew) -> dict[str, Step]:
    """Return what has happened already, in this order; a visitor needs no letter to go on."""
    known = content.load_event(plan.slug)
    roles = {row.entity: row.role for row in known.delegations}
    coming = {one.entity: roles.get(one.entity) for one in stand_ins_of(known.preset)}
    coming.setdefault(OF_FOCAL_POINT, roles.get(OF_FOCAL_POINT))
    guests = Guests(coming, known.moment("registration_opens") + (starts_on - known.starts_on))
    return {
        "invitations": lambda event: invite_everybody(event, guests, crew),
        "focal points": lambda event: name_focal_points(event, guests, crew),
        "people": lambda event: _people(plan, event, crew),
        "answers": lambda event: hear_answers(event, guests, crew),
        "list of speakers": lambda event: let_stand_ins_ask(known, event, crew),
        "floor cards": lambda event: hand_cards(event, crew),
        "desk": lambda event: leave_on_desk(event, crew),
        "remote": lambda event: join_from_afar(event, crew),
    }


def is_fresh(copy: Event, today: date) -> bool:
    """Tell whether the rehearsal can still be used: not about to go, and still to come."""
    lasts = copy.erased_on is not None and copy.erased_on > today
    return lasts and copy.starts_on >= today


def _make(event: Event, plan: Plan, today: date, crew: Crew) -> Event:
    actor = acting(crew["organiser"], event)
    copy = rehearse_event(event, starts_on=today + timedelta(days=plan.in_days), actor=actor)
    forget_marks(copy)
    mark(copy, REHEARSAL)
    more = MORE_SWITCHES.get(copy.preset, set())
    change_switches(copy, on={*copy.switches, *more}, actor=actor)
    for row in categories_of(copy.id, only_on=True):
        if row.needs_letter:
            change_category(copy, row, needs_letter=False, actor=actor)
    if "doors" in more:
        open_entrance(copy, actor)
    appoint(crew, copy)
    publish_agenda(copy, actor=acting(crew["editor"], copy))
    return copy


def _people(plan: Plan, event: Event, crew: Crew) -> None:
    """Let the stand-ins register, and be decided on as far as each one is."""
    now = clock.now()
    people = rehearsal_of(plan.slug, event.starts_on, local(now, event.zone))
    organiser, officer = (acting(crew[post], event) for post in ("organiser", "officer"))
    lists: list[Happening] = []
    if event.preset == "side_event":
        lists = [(now - LISTED, partial(list_tickets, event, crew))]
    life = Life(known_of(event, PRINTED), now, officer=officer, organiser=organiser)
    life.go_through(people, lists)
