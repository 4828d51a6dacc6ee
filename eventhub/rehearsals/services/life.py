"""What happens to the stand-ins until each stands where its line says."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from operator import itemgetter

from eventhub.core import clock
from eventhub.core.actor import SYSTEM, Actor
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError
from eventhub.events.queries import rule_of
from eventhub.events.rules import wall_to_instant
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
from eventhub.rehearsals.people import DECIDED_AFTER
from eventhub.rehearsals.rules import Person
from eventhub.rehearsals.services.entering import (
    Known,
    confirm,
    enter_people,
    entry_of,
    fill_in,
    needs_vouching,
)
from eventhub.rehearsals.services.photographing import Photograph, photograph

VOUCHED_AFTER = timedelta(minutes=10)
LATELY = timedelta(days=1)
JUST_NOW = timedelta(hours=1)
UNCLEAR = "Please write your post as it stands in the letter of your government."

Happening = tuple[datetime, Callable[[], None]]
"""What happens at an instant."""


@dataclass(frozen=True, slots=True)
class Life:
    """What happens to stand-ins until each stands where the content has it."""

    known: Known
    now: datetime
    officer: Actor = SYSTEM
    organiser: Actor = SYSTEM
    portrait: Photograph = photograph
    is_alone: bool = False
    """Each happening has a transaction of its own, and somebody for whom the set-up has no room
    stays where they are. Else all are of the caller's transaction, and that is an error."""
    ids: dict[str, int] = field(default_factory=dict)
    """Ids of registrations by the ids of the people."""
    stopped: set[str] = field(default_factory=set)
    """Ids of the people for whom there was no room."""

    def go_through(self, people: Sequence[Person], more: Sequence[Happening] = ()) -> None:
        """Let everything happen to these people, and more, in the order of the times."""
        happenings: list[Happening] = [
            (at, partial(self._let, one, act)) for one in people for at, act in self.of(one)
        ]
        happenings.append((self.now - JUST_NOW, partial(self.let_wait, people)))
        for at, act in sorted([*happenings, *more], key=itemgetter(0)):
            with clock.at(at):
                act()

    def _let(self, one: Person, act: Callable[[], None]) -> None:
        nobody_to_replace = one.replaces is not None and one.replaces not in self.ids
        if nobody_to_replace or one.id in self.stopped or one.replaces in self.stopped:
            self.stopped.add(one.id)
            return
        if not self._try(act):
            self.stopped.add(one.id)

    def _try(self, act: Callable[[], None]) -> bool:
        """Do it, and tell whether the set-up has room for it; within the caller's it must."""
        if not self.is_alone:
            act()
            return True
        try:
            with transaction():
                act()
        except DomainError:
            return False
        return True

    def of(self, one: Person) -> Iterator[Happening]:
        """Yield what happens to one of them, the waiting list excepted."""
        lately = self.now - LATELY
        if one.submitted_at is None:
            yield lately, partial(self.begin, one)
            return
        sent = min(wall_to_instant(one.submitted_at, self.known.event.zone), lately)
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

    def is_vouched_for(self, one: Person) -> bool:
        """Tell whether a focal point has vouched for the person; who replaces comes from one."""
        waits = one.state in ("submitted", "withdrawn")
        return needs_vouching(self.known, one) and not (waits or one.replaces)

    def is_confirmed(self, one: Person) -> bool:
        """Tell whether an officer has accredited the person, whatever came later."""
        approver = rule_of(self.known.event, self.known.categories[one.category]).approver
        return approver != "none" and one.state in ("accredited", "replaced", "revoked")

    def begin(self, one: Person) -> None:
        """Begin a registration, which stays a draft."""
        self.ids[one.id] = enter_people(self.known, [one], self.portrait)[0].id

    def send(self, one: Person) -> None:
        """Begin a registration and send it."""
        self.begin(one)
        submit(self._event_id, self._ids(one), actor=SYSTEM)

    def replace(self, one: Person) -> None:
        """Let the person take another one's seat."""
        entry = entry_of(self.known, one)
        row = replace(self._event_id, self.ids[one.replaces or ""], entry, actor=SYSTEM)
        if self.known.event.preset != "side_event":
            fill_in(self.known.event, [one], [row], self.portrait)
        self.ids[one.id] = row.id

    def vouch(self, one: Person) -> None:
        """Vouch for the person."""
        vouch(self._event_id, self._ids(one), actor=SYSTEM)

    def confirm(self, one: Person) -> None:
        """Accept the photo and accredit the person."""
        confirm(self.known.event, self._ids(one), actor=self.officer)

    def reject(self, one: Person) -> None:
        """Reject the registration."""
        ids = self._ids(one)
        reject(self._event_id, ids, reason="not_eligible", actor=self.officer, at_once=True)

    def return_(self, one: Person) -> None:
        """Return the registration for correction."""
        return_(
            self._event_id,
            self._ids(one),
            fields=["functional_title"],
            text=UNCLEAR,
            actor=self.officer,
            at_once=True,
        )

    def withdraw(self, one: Person) -> None:
        """Withdraw the registration."""
        withdraw(self._event_id, self._ids(one), actor=SYSTEM)

    def revoke(self, one: Person) -> None:
        """Take the accreditation back."""
        ids = self._ids(one)
        revoke(self._event_id, ids, reason="no_longer_sent", actor=self.organiser)

    def let_wait(self, people: Sequence[Person]) -> None:
        """Put who waits on the list, all at once and last: a place that is freed goes to them."""
        waiting = [one for one in people if one.state == "waitlisted"]
        waiting = [one for one in waiting if one.id not in self.stopped]
        if waiting and not self._try(
            partial(self._waitlist, [self.ids[one.id] for one in waiting])
        ):
            self.stopped.update(one.id for one in waiting)

    def _waitlist(self, registration_ids: Sequence[int]) -> None:
        waitlist(self._event_id, registration_ids, actor=self.officer, at_once=True)

    @property
    def _event_id(self) -> int:
        return self.known.event.id

    def _ids(self, one: Person) -> list[int]:
        return [self.ids[one.id]]
