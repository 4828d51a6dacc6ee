"""A delegation as its workspace shows it: people in order, what is missing, who waits for whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, not_, or_, select

from eventhub.core.actor import Actor, Scope
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.core.text import fold
from eventhub.delegations.models import Delegation
from eventhub.delegations.queries import Sent
from eventhub.entities.models import RankLevel
from eventhub.events.rules import PRESETS
from eventhub.photos.models import Photo
from eventhub.registration.models import (
    ChangeRequest,
    Consent,
    PhotoOffer,
    Registration,
)
from eventhub.registration.queries.covered import is_covered, needs_letter
from eventhub.registration.queries.finding import within
from eventhub.registration.queries.names import name_of
from eventhub.registration.queries.setup import Setup
from eventhub.registration.rules import ENDED, State, name_key
from eventhub.registration.rules.delegation_order import NO_RANK, Placed, in_delegation_order
from eventhub.registration.rules.missing import Missing, what_is_missing


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a delegation, with the photo and what is missing."""

    row: Registration
    photo: Photo | None
    missing: Sequence[Missing]
    asked_for: str | None = None
    """The ref of a change that waits for an officer."""

    @property
    def has_ended(self) -> bool:
        """Tell whether the person does not come any more."""
        return self.row.state in ENDED

    @property
    def is_prepared(self) -> bool:
        """Tell whether the name is only typed so far."""
        return self.row.state == State.DRAFT


def rows_of_delegation(sent: Sent, scope: Scope) -> list[Registration]:
    """Return the registrations of a delegation, in no order.

    Drafts that people began themselves are theirs alone and left out.
    """
    delegation = sent.delegation
    query = select(Registration).where(
        Registration.event_id == delegation.event_id,
        Registration.delegation_id == delegation.id,
        or_(Registration.state != State.DRAFT, Registration.source != "self"),
        within([scope]),
    )
    return list(db.session.scalars(query))


def count_others(sent: Sent, scope: Scope) -> int:
    """Return how many who come with the delegation lie outside the scope."""
    query = select(func.count(Registration.id)).where(
        Registration.event_id == sent.delegation.event_id,
        Registration.delegation_id == sent.delegation.id,
        Registration.state.not_in(ENDED),
        or_(Registration.state != State.DRAFT, Registration.source != "self"),
        not_(within([scope])),
    )
    return db.session.scalar(query) or 0


def members_of(setup: Setup, sent: Sent, scope: Scope) -> list[Member]:
    """Return the people of a delegation in its own order (R2.9): two statements for any number."""
    delegation = sent.delegation
    return ordered(
        setup, _members(setup, Registration.delegation_id == delegation.id, within([scope]))
    )


def member_of(setup: Setup, registration: Registration) -> Member:
    """Return a registration with what is missing of it; one statement."""
    return _members(setup, Registration.id == registration.id)[0]


def _members(setup: Setup, *conditions: ColumnElement[bool]) -> list[Member]:
    """Return registrations with photo, consents and open changes, in one statement.

    Drafts that people began themselves are theirs alone and left out.
    """
    told = select(Consent.id).where(Consent.registration_id == Registration.id).exists()
    change = (
        select(ChangeRequest.ref)
        .where(ChangeRequest.registration_id == Registration.id, ChangeRequest.state == "open")
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(Registration, Photo, told, change, is_covered())
        .outerjoin(Photo, Photo.id == Registration.photo_id)
        .where(
            Registration.event_id == setup.event.id,
            or_(Registration.state != State.DRAFT, Registration.source != "self"),
            *conditions,
        )
    )
    return [
        Member(
            row=row,
            photo=photo,
            missing=_missing(setup, row, photo, has_consents=has_consents, has_letter=has_letter),
            asked_for=asked_for,
        )
        for row, photo, has_consents, asked_for, has_letter in db.session.execute(query)
    ]


def ordered(setup: Setup, members: Sequence[Member]) -> list[Member]:
    """Return members in the delegation's order, those who ended after all others."""
    ranks = {one.id: one.level for one in db.session.scalars(select(RankLevel))}
    by_id = {one.row.id: one for one in members}
    there = [one for one in members if not one.has_ended]
    gone = [one for one in members if one.has_ended]
    return [
        by_id[placed.id]
        for some in (there, gone)
        for placed in in_delegation_order(placed_of(setup, [one.row for one in some], ranks))
    ]


def placed_of(setup: Setup, rows: Sequence[Registration], ranks: Mapping[int, int]) -> list[Placed]:
    """Return what decides the place of each; `ranks` are levels by the rank level's id."""
    return [
        Placed(
            id=row.id,
            category=setup.categories[row.category_id].code,
            category_place=setup.categories[row.category_id].place,
            number=row.order_number,
            rank=ranks.get(row.rank_level_id or 0, NO_RANK),
            name=name_key(name_of(row)),
        )
        for row in rows
    ]


def get_member(setup: Setup, sent: Sent, ref: str, scope: Scope) -> Member:
    """Return one of the delegation by the ref; NotFound for anybody else."""
    delegation_id = sent.delegation.id
    found = _members(
        setup,
        Registration.delegation_id == delegation_id,
        Registration.ref == ref,
        within([scope]),
    )
    if not found:
        raise NotFound
    return found[0]


def names_in(delegation: Delegation) -> dict[tuple[str, str], str]:
    """Return the names of all who are in the delegation now, by family and given names, folded."""
    query = select(Registration).where(
        Registration.event_id == delegation.event_id,
        Registration.delegation_id == delegation.id,
        Registration.state.not_in(ENDED),
    )
    return {
        (fold(row.family_name), fold(row.given_names)): name_of(row).full
        for row in db.session.scalars(query)
    }


def offers_of(delegation: Delegation, actor: Actor) -> list[PhotoOffer]:
    """Return the photos that the actor sent for a delegation and has not settled yet."""
    query = select(PhotoOffer).where(
        PhotoOffer.event_id == delegation.event_id,
        PhotoOffer.delegation_id == delegation.id,
        PhotoOffer.account_id == actor.id,
    )
    return list(db.session.scalars(query.order_by(PhotoOffer.id)))


def _missing(
    setup: Setup, row: Registration, photo: Photo | None, *, has_consents: bool, has_letter: bool
) -> list[Missing]:
    category = setup.categories[row.category_id]
    return what_is_missing(
        state=row.state,
        asked=PRESETS[setup.event.preset].fields,
        photo=photo.state if photo else None,
        photo_waived=category.photo_waived,
        has_consents=has_consents,
        needs_letter=needs_letter(setup, row),
        has_letter=has_letter,
        email=row.email,
        post=row.functional_title,
    )
