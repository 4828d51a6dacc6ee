"""What waits on a desk before an event: a change asked for, two who look alike, photos, letters."""

from collections.abc import Sequence

from sqlalchemy import select

from eventhub.core.db import db
from eventhub.delegations.models import Delegation
from eventhub.delegations.queries import focal_points_of
from eventhub.delegations.rules import SENT
from eventhub.delegations.services import start_run
from eventhub.demo.loading.crew import Crew, acting
from eventhub.demo.loading.inviting import invitations_by_delegation
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.events.rules import PRESETS
from eventhub.photos.portrait import portrait_of
from eventhub.registration.models import Registration
from eventhub.registration.queries import registrant
from eventhub.registration.rules import State
from eventhub.registration.services import offer_photos, part_twins, request_change
from eventhub.rehearsals.portraits import portrait_of as draw

NEW_POST = "Head of division (demo)"
LETTERS = 3
"""So many letters are in the run that was made."""


def leave_on_desk(event: Event, crew: Crew) -> None:
    """Let one ask for another post, two be told apart, a photo be offered, letters be printed."""
    people = _confirmed(event)
    request_change(people[0], {"functional_title": NEW_POST}, actor=registrant(people[0]))
    officer = acting(crew["officer"], event)
    part_twins(event.id, [row.id for row in people[1:3]], actor=officer)
    if "photo" in PRESETS[event.preset].fields:
        _offer_photo(event, people)
    rows = sorted(invitations_by_delegation(event).values(), key=lambda row: row.id)
    printed = [row for row in rows if row.state == SENT][:LETTERS]
    start_run(event, printed, form="pdf", actor=officer)


def _confirmed(event: Event) -> Sequence[Registration]:
    query = select(Registration).where(
        Registration.event_id == event.id, Registration.state == State.ACCREDITED
    )
    return db.session.scalars(query.order_by(Registration.id)).all()


def _offer_photo(event: Event, people: Sequence[Registration]) -> None:
    """Let a focal point send a photo whose file says whose it is; it waits to be looked at."""
    points = focal_points_of(event.id, [row.delegation_id for row in people if row.delegation_id])
    row = next(one for one in people if points.get(one.delegation_id or 0))
    delegation = db.session.get_one(Delegation, row.delegation_id)
    code = db.session.get_one(Entity, delegation.entity_id).code
    name = f"{row.family_name or row.given_names}.jpg"
    photo = portrait_of(draw(f"offered-{row.ref}", row.gender or "woman"))
    sender = points[delegation.id][0].account.actor()
    offer_photos(delegation, [(name, photo)], code=code, actor=sender)
