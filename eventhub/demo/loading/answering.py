"""What the delegations answered: one in every state of a reply, of a letter, of a focal point."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.delegations.models import Delegation, Invitation
from eventhub.delegations.services import (
    add_note,
    ask_for_review,
    note_reminded,
    refuse_letter,
    set_reply,
)
from eventhub.demo.loading.crew import OF_FOCAL_POINT, Crew, acting
from eventhub.demo.loading.inviting import (
    ABSENT,
    Guests,
    absent_codes,
    delegations_by_code,
    invitations_by_delegation,
)
from eventhub.demo.loading.missions import account_of, claim_by_letter, phone_of
from eventhub.events.models import Event
from eventhub.registration.models import Registration
from eventhub.registration.rules import ENDED
from eventhub.registration.services import verify_letter
from eventhub.rehearsals.services import send_letter, verified_letter

REMINDED_BEFORE = timedelta(days=7)
SENDING = 6
"""So many delegations send a letter where none is needed."""

CALLS = (
    ("call", "The mission has the note and waits for its capital.", "Call again", 3),
    ("call", "The head of the delegation may change; the letter follows.", "Ask for the letter", 2),
    ("note", "Asks for a vegetarian meal at the dinner and two seats together.", "", 0),
    ("call", "Wants to know who pays for the hotel. Sent the information note.", "", 0),
)
"""What was said about delegations: kind, words, next step, in how many days."""


def hear_answers(event: Event, guests: Guests, crew: Crew) -> None:
    """Write down who does not come, a week before registration closes; then what was said."""
    actor = acting(crew["officer"], event)
    there = delegations_by_code(event)
    absent = [there[code] for code in absent_codes(event, guests)[:ABSENT]]
    coming = [there[code] for code in guests.roles if there[code].last_number]
    now, closes = clock.now(), event.registration_closes_at
    with clock.at(min(closes - REMINDED_BEFORE, now - timedelta(days=1))):
        _answer(event, absent, invitations_by_delegation(event), actor)
    with clock.at(min(closes + timedelta(hours=10), now - timedelta(hours=2))):
        for number, (one, said) in enumerate(zip([absent[1], *coming[-3:]], CALLS, strict=True)):
            _note(event, one, said, number, actor)
        _send_letters(event, coming, there[OF_FOCAL_POINT], actor)


def _answer(
    event: Event, absent: Sequence[Delegation], invited: Mapping[int, Invitation], actor: Actor
) -> None:
    """Let those who do not come answer, each in a way of its own; the first one stays silent."""
    _silent, reminded, regrets, claiming, refused = absent
    codes = {row.id: code for code, row in delegations_by_code(event).items()}
    note_reminded([invited[reminded.id]])
    set_reply(event.id, [regrets.id], "regrets", actor=actor)
    claim_by_letter(event, claiming, invited[claiming.id], codes[claiming.id])
    second = account_of(codes[claiming.id], "second")
    ask_for_review(
        invited[claiming.id],
        email=second.email,
        name=second.name,
        phone=phone_of(event, 49),
        language="en",
    )
    letter = claim_by_letter(event, refused, invited[refused.id], codes[refused.id])
    refuse_letter(letter, reason="unsigned", text="Send it with the stamp.", actor=actor)


def _note(
    event: Event, delegation: Delegation, said: tuple[str, str, str, int], number: int, actor: Actor
) -> None:
    kind, text, next_step, days = said
    add_note(
        delegation,
        kind=kind,
        text=text,
        phone=phone_of(event, number) if kind == "call" else "",
        next_step=next_step,
        next_step_on=(clock.now() + timedelta(days=days)).date() if next_step else None,
        actor=actor,
    )


def _send_letters(
    event: Event, coming: Sequence[Delegation], of_focal_point: Delegation, actor: Actor
) -> None:
    """Let some send a letter where none was needed, and one a later version of its own.

    At an event still to come every other letter waits to be looked at.
    """
    named = _members(event)
    for place, delegation in enumerate(coming[:SENDING]):
        some = named.get(delegation.id, [])
        if some and delegation is not of_focal_point and verified_letter(delegation) is None:
            letter = send_letter(event, delegation, some)
            if place % 2 == 0 or not event.rehearsal_of_id:
                verify_letter(letter, [row.id for row in some], actor=actor)
    some = named[of_focal_point.id]
    ids = [row.id for row in some]
    old = verified_letter(of_focal_point)
    if old is None:
        old = verify_letter(send_letter(event, of_focal_point, some), ids, actor=actor)
    newer = send_letter(event, of_focal_point, some, supersedes=old)
    verify_letter(newer, ids, actor=actor)


def _members(event: Event) -> dict[int, list[Registration]]:
    """Return the registrations in force by the ids of their delegations."""
    query = select(Registration).where(
        Registration.event_id == event.id,
        Registration.delegation_id.is_not(None),
        Registration.state.not_in(ENDED),
    )
    found: dict[int, list[Registration]] = {}
    for row in db.session.scalars(query.order_by(Registration.id)):
        found.setdefault(row.delegation_id or 0, []).append(row)
    return found
