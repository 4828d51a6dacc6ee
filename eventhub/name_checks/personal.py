"""That somebody's name was confirmed: given in a copy, removed with the person."""

from sqlalchemy import ColumnElement, and_, delete, select

from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.name_checks.models import NameConfirmation
from eventhub.people.seams import Held, PersonalData, Whose


def held(whose: Whose) -> Held:
    """Return when the name was confirmed, and by whom: the person, the focal point, staff."""
    rows = [
        {"by": one.by, "at": whose.time(one.at)}
        for one in db.session.scalars(select(NameConfirmation).where(_of(whose)))
    ]
    return Held({"name_confirmation": rows})


def erase(whose: Whose, *, actor: Actor) -> None:
    """Remove it."""
    db.session.execute(delete(NameConfirmation).where(_of(whose)))


def _of(whose: Whose) -> ColumnElement[bool]:
    return and_(
        NameConfirmation.event_id == whose.event_id,
        NameConfirmation.registration_id == whose.registration_id,
    )


PERSONAL = PersonalData("name_checks", frozenset({"name_confirmation"}), held, erase)
