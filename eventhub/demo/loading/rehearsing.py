"""Two rehearsals with stand-ins, in which visitors may register, accredit, print and scan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from operator import itemgetter

from eventhub.agenda.services import publish_agenda
from eventhub.core import clock
from eventhub.core.actor import SYSTEM, Actor
from eventhub.core.db import transaction
from eventhub.core.errors import NotFound
from eventhub.demo import content
from eventhub.demo.loading.answering import hear_answers
from eventhub.demo.loading.attending import open_entrance
from eventhub.demo.loading.crew import OF_FOCAL_POINT, Crew, acting, appoint
from eventhub.demo.loading.handing_out import hand_cards, list_tickets
from eventhub.demo.loading.inviting import Guests, invite_everybody, name_focal_points
from eventhub.demo.loading.joining import join_from_afar
from eventhub.demo.loading.registering import (
    Happening,
    Ids,
    Known,
    confirm,
    enter_people,
    entry_of,
    fill_in,
    known_of,
    needs_vouching,
)
from eventhub.demo.loading.speaking import let_stand_ins_ask
from eventhub.demo.loading.steps import Progress, Step, forget_marks, go_through, instant, mark
from eventhub.demo.people import DemoRegistration, rehearsal_of, stand_ins_of
from eventhub.demo.queries import REHEARSAL, REHEARSED, find_loaded, find_rehearsal
from eventhub.events.models import Event
from eventhub.events.queries import categories_of, rule_of
from eventhub.events.rules import local
from eventhub.events.services import (
    change_category,
    change_switches,
    destroy_keys,
    erase_event,
    rehearse_event,
)
from eventhub.registration.services import (
    reject,
    replace,
    return_,
    revoke,
    submit,
    vouch,
    waitlist,
    withdraw,
)

MORE_SWITCHES = {"seminar": {"doors"}}
"""Beside what the event has: with these everybody's part can be tried, the door staff's too."""

VOUCHED_AFTER = timedelta(minutes=10)
DECIDED_AFTER = timedelta(minutes=20)
LATELY = timedelta(days=1)
JUST_NOW = timedelta(hours=1)
LISTED = timedelta(days=2)
UNCLEAR = "Please write your post as it stands in the letter of your government."


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
    coming = {one.entity: roles.get(one.entity) for one in stand_ins_of(plan.slug)}
    coming.setdefault(OF_FOCAL_POINT, roles.get(OF_FOCAL_POINT))
    guests = Guests(coming, known.moment("registration_opens") + (starts_on - known.starts_on))
    return {
        "invitations": lambda event: invite_everybody(event, guests, crew),
        "focal points": lambda event: name_focal_points(event, guests, crew),
        "people": lambda event: _people(plan, event, crew),
        "answers": lambda event: hear_answers(event, guests, crew),
        "list of speakers": lambda event: let_stand_ins_ask(known, event, crew),
        "floor cards": lambda event: hand_cards(event, crew),
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
    life = Life(known_of(event), Ids(), crew, now)
    happenings = [happening for one in people for happening in life.of(one)]
    happenings.append((now - JUST_NOW, partial(life.let_wait, people)))
    if event.preset == "side_event":
        happenings.append((now - LISTED, partial(list_tickets, event, crew)))
    for at, act in sorted(happenings, key=itemgetter(0)):
        with clock.at(at):
            act()


@dataclass(frozen=True, slots=True)
class Life:
    """What happens to stand-ins until each stands where the content has it."""

    known: Known
    ids: Ids
    crew: Crew
    now: datetime

    def of(self, one: DemoRegistration) -> Iterator[Happening]:
        """Yield what happens to one of them, the waiting list excepted."""
        lately = self.now - LATELY
        if one.submitted_at is None:
            yield lately, partial(self.begin, one)
            return
        sent = min(instant(one.submitted_at, self.known.event), lately)
        decided = min(sent + DECIDED_AFTER, lately)
        yield sent, partial(self.replace if one.replaces else self.send, one)
        if self.is_vouched_for(one):
            yield sent + VOUCHED_AFTER, partial(self.vouch, one)
        if self.is_confirmed(one):
            yield decided, partial(self.confirm, one)
        ends = {
            "rejected": (decided, self.reject),
            "returned": (lately, self.return_),
            "withdrawn": (lately, self.withdraw),
            "revoked": (lately, self.revoke),
        }
        if one.state in ends:
            at, act = ends[one.state]
            yield at, partial(act, one)

    def is_vouched_for(self, one: DemoRegistration) -> bool:
        """Tell whether a focal point has vouched for the person; who replaces comes from one."""
        waits = one.state in ("submitted", "withdrawn")
        return needs_vouching(self.known, one) and not (waits or one.replaces)

    def is_confirmed(self, one: DemoRegistration) -> bool:
        """Tell whether an officer has accredited the person, whatever came later."""
        approver = rule_of(self.known.event, self.known.categories[one.category]).approver
        return approver != "none" and one.state in ("accredited", "replaced", "revoked")

    def begin(self, one: DemoRegistration) -> None:
        """Begin a registration, which stays a draft."""
        self.ids[one.id] = enter_people(self.known, [one])[0].id

    def send(self, one: DemoRegistration) -> None:
        """Begin a registration and send it."""
        self.begin(one)
        submit(self._event_id, self._ids(one), actor=SYSTEM)

    def replace(self, one: DemoRegistration) -> None:
        """Let the person take another one's seat."""
        entry = entry_of(self.known, one)
        row = replace(self._event_id, self.ids[one.replaces or ""], entry, actor=SYSTEM)
        if self.known.event.preset != "side_event":
            fill_in(self.known.event, [one], [row])
        self.ids[one.id] = row.id

    def vouch(self, one: DemoRegistration) -> None:
        """Vouch for the person."""
        vouch(self._event_id, self._ids(one), actor=SYSTEM)

    def confirm(self, one: DemoRegistration) -> None:
        """Accept the photo and accredit the person."""
        confirm(self.known.event, self._ids(one), self.crew, "officer")

    def reject(self, one: DemoRegistration) -> None:
        """Reject the registration."""
        actor = self._actor("officer")
        reject(self._event_id, self._ids(one), reason="not_eligible", actor=actor, at_once=True)

    def return_(self, one: DemoRegistration) -> None:
        """Return the registration for correction."""
        return_(
            self._event_id,
            self._ids(one),
            fields=["functional_title"],
            text=UNCLEAR,
            actor=self._actor("officer"),
            at_once=True,
        )

    def withdraw(self, one: DemoRegistration) -> None:
        """Withdraw the registration."""
        withdraw(self._event_id, self._ids(one), actor=SYSTEM)

    def revoke(self, one: DemoRegistration) -> None:
        """Take the accreditation back."""
        actor = self._actor("organiser")
        revoke(self._event_id, self._ids(one), reason="no_longer_sent", actor=actor)

    def let_wait(self, people: Sequence[DemoRegistration]) -> None:
        """Put who waits on the list, all at once and last: a place that is freed goes to them."""
        waiting = [self.ids[one.id] for one in people if one.state == "waitlisted"]
        if waiting:
            waitlist(self._event_id, waiting, actor=self._actor("officer"), at_once=True)

    @property
    def _event_id(self) -> int:
        return self.known.event.id

    def _ids(self, one: DemoRegistration) -> list[int]:
        return [self.ids[one.id]]

    def _actor(self, post: str) -> Actor:
        return acting(self.crew[post], self.known.event)
