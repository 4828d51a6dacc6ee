"""Whom verified letters name."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, select

from eventhub.core.db import db
from eventhub.delegations.models import Delegation, OfficialLetter
from eventhub.delegations.rules import PREPARATION, VERIFIED
from eventhub.registration.models import LetterCover, Registration
from eventhub.registration.queries.setup import Setup


def covered_ids(event_id: int, registration_ids: Collection[int]) -> set[int]:
    """Return which of these a letter names that is verified and not superseded."""
    if not registration_ids:
        return set()
    query = (
        select(LetterCover.registration_id)
        .join(OfficialLetter, OfficialLetter.id == LetterCover.letter_id)
        .where(
            LetterCover.event_id == event_id,
            LetterCover.registration_id.in_(registration_ids),
            OfficialLetter.state == VERIFIED,
        )
    )
    return set(db.session.scalars(query))


def is_covered() -> ColumnElement[bool]:
    """Return the condition that a letter names a registration, verified and not superseded."""
    return (
        select(LetterCover.letter_id)
        .join(OfficialLetter, OfficialLetter.id == LetterCover.letter_id)
        .where(LetterCover.registration_id == Registration.id, OfficialLetter.state == VERIFIED)
        .exists()
    )


def named_in(event_id: int, letter_id: int) -> set[int]:
    """Return the ids of the registrations that a letter names, whatever its state."""
    query = select(LetterCover.registration_id).where(
        LetterCover.event_id == event_id, LetterCover.letter_id == letter_id
    )
    return set(db.session.scalars(query))


def letters_naming(
    event_id: int, registration_ids: Collection[int], letters: Sequence[OfficialLetter]
) -> dict[int, list[OfficialLetter]]:
    """Return which of these letters name each registration, in the order of the letters.

    Everybody asked for is there; one statement for any number.
    """
    known = {letter.id: letter for letter in letters}
    query = select(LetterCover.registration_id, LetterCover.letter_id).where(
        LetterCover.event_id == event_id, LetterCover.letter_id.in_(known)
    )
    rows = db.session.execute(query) if known else ()
    pairs = {(one, letter_id) for one, letter_id in rows}
    return {
        one: [letter for letter in letters if (one, letter.id) in pairs] for one in registration_ids
    }


def needs_letter(setup: Setup, row: Registration) -> bool:
    """Tell whether an official letter must name the person.

    Whoever no delegation sends has none; the desk looks at their proof instead.
    """
    return row.delegation_id is not None and setup.rule(row.category_id).needs_letter


def without_letter(setup: Setup, rows: Sequence[Registration]) -> list[Registration]:
    """Return those who need a letter and are named in no verified one, in the order given."""
    needing = [row for row in rows if needs_letter(setup, row)]
    if not needing:
        return []
    covered = covered_ids(setup.event.id, [row.id for row in needing])
    return [row for row in needing if row.id not in covered]


def in_preparation(event_id: int, delegation_ids: Collection[int | None]) -> set[int]:
    """Return which of these delegations wait for their letter to be confirmed (R1.33)."""
    known = {one for one in delegation_ids if one is not None}
    if not known:
        return set()
    query = select(Delegation.id).where(
        Delegation.event_id == event_id,
        Delegation.id.in_(known),
        Delegation.readiness == PREPARATION,
    )
    return set(db.session.scalars(query))
