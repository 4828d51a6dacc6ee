"""What the pages of one delegation share: which one it is, who may do what, the roles offered."""

from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from eventhub.core.actor import Actor, Scope
from eventhub.delegations import permissions
from eventhub.delegations.queries import Sent, get_delegation
from eventhub.delegations.rules import PREPARATION
from eventhub.events.models import Category, Event
from eventhub.i18n import current
from eventhub.registration import queries
from eventhub.registration.permissions import ENTER, VIEW, VOUCH
from eventhub.registration.queries import Setup, setup_of
from eventhub.registration.queries.workspace import (
    Member,
    count_others,
    get_member,
    members_of,
)
from eventhub.registration.rules.by_kind import category_code
from eventhub.web.access import current_actor, current_place


@dataclass(frozen=True, slots=True)
class Desk:
    """One delegation, its event's set-up, and how far the present actor reaches in it."""

    sent: Sent
    setup: Setup
    scope: Scope
    actor: Actor

    @property
    def event(self) -> Event:
        """Return the event."""
        return self.setup.event

    @property
    def where(self) -> dict[str, str]:
        """Return the parts of the delegation's addresses."""
        return {"slug": self.event.slug, "ref": self.sent.delegation.ref}

    def url(self, endpoint: str, **more: Any) -> str:
        """Return the address of a page of the delegation."""
        return url_for(endpoint, slug=self.event.slug, ref=self.sent.delegation.ref, **more)

    @property
    def in_preparation(self) -> bool:
        """Tell whether the names wait for the letter to be confirmed (R1.33)."""
        return self.sent.delegation.readiness == PREPARATION

    @property
    def source(self) -> str:
        """Return by which channel the actor enters people."""
        return "organiser" if self.actor.may(ENTER) else "focal_point"

    def categories(self) -> list[Category]:
        """Return the categories in which the actor may enter people, in the event's order.

        Staff enters in all of its own; a focal point in those of focal points.
        """
        if not self.actor.may(ENTER):
            return self.setup.of_focal_points(self.sent.entity.kind)
        reach = self.actor.scope(ENTER).categories
        offered = [one for one in self.setup.categories.values() if one.is_on]
        return [one for one in offered if reach is None or one.id in reach]

    def head_category(self) -> Category | None:
        """Return the category of heads, None where the actor may enter none."""
        return next((one for one in self.categories() if one.code == "HOD"), None)

    def members(self) -> list[Member]:
        """Return the people in the delegation's order."""
        return members_of(self.setup, self.sent, self.scope)

    def others(self) -> int:
        """Return how many who come are looked after by desks that the actor does not work at."""
        if self.scope.categories is None or not self.actor.may(permissions.EDIT):
            return 0
        return count_others(self.sent, self.scope)

    def member(self, ref: str) -> Member:
        """Return one of the people; NotFound for anybody else."""
        return get_member(self.setup, self.sent, ref, self.scope)

    def default_category(self) -> str:
        """Return the ref of the category that most people of a delegation are in; "" without."""
        refs = {one.code: one.ref for one in self.categories()}
        return refs.get(category_code(self.sent.entity.kind, list(refs)) or "", "")


def desk_of(ref: str, permission: str = permissions.VIEW) -> Desk:
    """Return the delegation of the present address, within the actor's reach; else NotFound."""
    actor = current_actor()
    scope = actor.scope(VOUCH) if permission == VOUCH else seen_by(actor)
    setup = setup_of(current_place().event_id or 0)
    sent = get_delegation(setup.event.id, ref, actor.scope(permission))
    return Desk(sent, setup, scope, actor)


def seen_by(actor: Actor) -> Scope:
    """Return whom of the delegations the actor may see: those of any of the desks it works at."""
    scope = actor.scope(permissions.VIEW)
    return scope | actor.scope(VIEW) if actor.may(VIEW) else scope


def counted_by(actor: Actor) -> Scope:
    """Return whom the actor counts: of the delegations it looks after everybody, in figures alone.

    The secretariat approves some categories and sees the people of no others (R1.7), but how many
    a delegation sends and whether something is missing is what it asks all of them (R1.34).
    """
    seen = seen_by(actor)
    if not actor.may(permissions.EDIT):
        return seen
    return seen | replace(actor.scope(permissions.EDIT), categories=None)


def name_of(member: Member) -> str:
    """Return the person's name as lists print it, the ref where there is none yet."""
    return queries.printed_name(member.row, current()) or member.row.ref
