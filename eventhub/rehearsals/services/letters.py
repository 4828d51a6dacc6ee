"""The official letters of the delegations: sent and verified before their people are accredited."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from operator import attrgetter

from eventhub.core import clock
from eventhub.core.actor import SYSTEM, Actor
from eventhub.core.db import db
from eventhub.delegations.models import Delegation, OfficialLetter
from eventhub.delegations.queries import focal_points_of, letters_of
from eventhub.delegations.rules import VERIFIED
from eventhub.delegations.services import receive_letter
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.registration.models import Registration
from eventhub.registration.queries import (
    name_of,
    named_in,
    registrations_by_id,
    setup_of,
    without_letter,
)
from eventhub.registration.services import cover, verify_letter
from eventhub.rehearsals.scanned import scanned_letter

SENT_BEFORE = timedelta(days=3)
NAMES_ONE = "focal_point"
"""The kind of letter that says who looks after a delegation, not who comes."""


def verify_letters(event: Event, registration_ids: Sequence[int], *, actor: Actor) -> None:
    """See to it that a verified letter names everybody of these who needs one."""
    if "letters" not in event.switches:
        return
    rows = registrations_by_id(event.id, registration_ids)
    missing = without_letter(setup_of(event.id), [rows[one] for one in registration_ids])
    of = attrgetter("delegation_id")
    for delegation_id, some in groupby(sorted(missing, key=of), key=of):
        named = list(some)
        delegation = db.session.get_one(Delegation, delegation_id)
        letter = verified_letter(delegation)
        if letter is not None:
            ids = named_in(event.id, letter.id) | {row.id for row in named}
            cover(letter, ids, actor=actor)
            continue
        with clock.at(clock.now() - SENT_BEFORE):
            letter = send_letter(event, delegation, named)
        verify_letter(letter, [row.id for row in named], actor=actor)


def send_letter(
    event: Event,
    delegation: Delegation,
    named: Sequence[Registration],
    *,
    supersedes: OfficialLetter | None = None,
) -> OfficialLetter:
    """Send an official letter that names these people."""
    entity = db.session.get_one(Entity, delegation.entity_id)
    number = f"{100 + delegation.id % 800}/{event.starts_on.year}"
    day = clock.now().date()
    lines = [
        entity.names.pick("en"),
        f"No. {number}",
        "",
        f"The {office_of(event)} presents its compliments to the host and has the honour to name",
        f"its delegation to: {event.title('en')}",
        "",
        *(f"- {name_of(row).full}, {row.functional_title}" for row in named),
        "",
        f"{day:%d %B %Y}   (stamp and initials)",
    ]
    return receive_letter(
        delegation,
        scanned_letter(lines),
        name=f"note-{entity.code}.pdf",
        kind="nomination" if event.preset == "seminar" else "note_verbale",
        reference_no=number,
        dated_on=day,
        signatory=office_of(event),
        languages=["en"],
        supersedes=supersedes,
        actor=_sender(delegation),
    )


def office_of(event: Event) -> str:
    """Return what States are represented by where the event is."""
    return "Permanent Mission" if event.preset == "side_event" else "Embassy"


def _sender(delegation: Delegation) -> Actor:
    """Return the focal point; a host's letters come from its own staff."""
    points = focal_points_of(delegation.event_id, [delegation.id])[delegation.id]
    return points[0].account.actor() if points else SYSTEM


def verified_letter(delegation: Delegation) -> OfficialLetter | None:
    """Return the newest verified letter that says who comes."""
    found = letters_of(delegation.event_id, delegation.id)
    return next((one for one in found if one.state == VERIFIED and one.kind != NAMES_ONE), None)
