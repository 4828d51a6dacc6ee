"""Official letters and the people they name: who may be accredited, who goes on when one counts."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete, insert, select

from eventhub.audit.services import Subject, record
from eventhub.core.actor import EVERYTHING, Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, NotFound
from eventhub.delegations import services as delegations
from eventhub.delegations.models import Delegation, OfficialLetter
from eventhub.i18n import _
from eventhub.registration import messages
from eventhub.registration.models import LetterCover, Registration
from eventhub.registration.queries import (
    Setup,
    lock_registrations,
    named_in,
    printed_name,
    setup_of,
    without_letter,
)
from eventhub.registration.rules import State
from eventhub.registration.services.moving import Verdict, move_by_itself
from eventhub.registration.services.submitting import confirm_by_itself


def check_covered(setup: Setup, rows: Sequence[Registration]) -> None:
    """Raise Conflict where somebody needs a letter and no verified one names the person."""
    if missing := without_letter(setup, rows):
        raise Conflict(
            _(
                "No verified letter names %(name)s. Verify the letter first.",
                name=printed_name(missing[0]),
            ),
            "category_id",
        )


def cover(letter: OfficialLetter, registration_ids: Collection[int], *, actor: Actor) -> None:
    """Say whom a letter names: exactly these; NotFound for people of another delegation."""
    wanted, there = set(registration_ids), named_in(letter.event_id, letter.id)
    query = select(Registration.id, Registration.ref).where(
        Registration.event_id == letter.event_id,
        Registration.id.in_(wanted | there),
        Registration.delegation_id == letter.delegation_id,
    )
    refs: dict[int, str] = dict(db.session.execute(query).all())
    if wanted - set(refs):
        raise NotFound
    if gone := there - wanted:
        db.session.execute(
            delete(LetterCover).where(
                LetterCover.letter_id == letter.id, LetterCover.registration_id.in_(gone)
            )
        )
    _name_in(letter.event_id, letter.id, sorted(wanted - there))
    changed = sorted(wanted ^ there)
    if changed:
        subjects = [
            Subject(
                "registration", refs[one], {"letter": (None, letter.ref)}
                if one in wanted else {"letter": (letter.ref, None)},
            )
            for one in changed if one in refs
        ]  # fmt: skip
        record(actor, "letter.cover", subjects, event_id=letter.event_id)
    db.session.flush()


def name_too(letter: OfficialLetter, registration_ids: Collection[int], *, actor: Actor) -> None:
    """Say that a letter names these people too, beside those ticked on it already."""
    cover(letter, named_in(letter.event_id, letter.id) | set(registration_ids), actor=actor)


def send_letter(
    delegation: Delegation,
    data: bytes,
    registration_ids: Collection[int] | None,
    *,
    supersedes: OfficialLetter | None = None,
    actor: Actor,
    **details: Any,
) -> OfficialLetter:
    """Keep a letter of the delegation with the names ticked on it (see `receive_letter`).

    With None it takes the names over from the letter that it supersedes.
    """
    if registration_ids is None:
        registration_ids = (
            named_in(delegation.event_id, supersedes.id) if supersedes is not None else ()
        )
    letter = delegations.receive_letter(
        delegation, data, supersedes=supersedes, actor=actor, **details
    )
    cover(letter, registration_ids, actor=actor)
    return letter


def verify_letter(
    letter: OfficialLetter, registration_ids: Collection[int], *, actor: Actor
) -> OfficialLetter:
    """Let the letter count for the names ticked on it; later versions supersede earlier ones."""
    cover(letter, registration_ids, actor=actor)
    return delegations.verify_letter(letter, actor=actor)


def inherit_letter(old: Registration, new: Registration) -> None:
    """Let the letter that names the one replaced stand for the new person too (R1.9)."""
    query = select(LetterCover.letter_id).where(LetterCover.registration_id == old.id)
    for letter_id in db.session.scalars(query).all():
        _name_in(old.event_id, letter_id, [new.id])


def letter_counts(event_id: int, letter: OfficialLetter) -> None:
    """Confirm at once whom a letter names and nobody has to approve (a reaction)."""
    setup = setup_of(event_id)
    ids = sorted(named_in(event_id, letter.id))
    rows = lock_registrations(event_id, ids, [EVERYTHING]) if ids else []
    messages.tell("accredited", confirm_by_itself(setup, rows))


def delegation_opened(event_id: int, delegation: Delegation, **_more: Any) -> None:
    """Let everybody go on whom the focal point entered in preparation (R1.33; a reaction)."""
    query = select(Registration.id).where(
        Registration.event_id == event_id,
        Registration.delegation_id == delegation.id,
        Registration.state == State.SUBMITTED,
        Registration.source == "focal_point",
    )
    ids = list(db.session.scalars(query.order_by(Registration.id)))
    if not ids:
        return
    setup = setup_of(event_id)
    rows = lock_registrations(event_id, ids, [EVERYTHING])
    move_by_itself(setup, rows, Verdict(State.NOMINATED, "letter_confirmed"))
    messages.tell("accredited", confirm_by_itself(setup, rows))


def names_came(event_id: int, registrations: Sequence[Registration], **_more: Any) -> None:
    """Note with the delegations that names came (R1.34; a reaction)."""
    ids = {row.delegation_id for row in registrations if row.delegation_id is not None}
    if ids:
        delegations.names_came(event_id, ids)


def _name_in(event_id: int, letter_id: int, registration_ids: Sequence[int]) -> None:
    rows = [
        {"event_id": event_id, "letter_id": letter_id, "registration_id": one}
        for one in registration_ids
    ]
    if rows:
        db.session.execute(insert(LetterCover), rows)
