"""People at events, brought where a test wants them through the services themselves."""

import itertools
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select

from eventhub.core.actor import SYSTEM, Actor, Scope
from eventhub.core.db import db, transaction
from eventhub.events.models import Category, Event, EventSetting
from eventhub.files.services import store_file
from eventhub.mail.models import OutboxMail
from eventhub.photos.models import Photo
from eventhub.registration import services
from eventhub.registration.models import Decision, Pool, Registration
from eventhub.registration.services import Entry
from tests.factories import actor_with, keep

_numbers = itertools.count(1)

OFFICER = actor_with("registration.view", "registration.decide", "registration.reinstate")
OTHER_OFFICER = Actor("account", 2, "Other officer", OFFICER.reach)
STAFF = actor_with("registration.enter", "registration.view")


def focal_point_of(*delegation_ids: int) -> Actor:
    """Return an actor who vouches for these delegations and does nothing else."""
    scope = Scope(delegations=frozenset(delegation_ids))
    return Actor("account", 9, "Focal point", {"delegation.vouch": scope, "delegation.view": scope})


def desk_for(*categories: Category) -> Actor:
    """Return an officer of a desk that decides on these categories only."""
    scope = Scope(categories=frozenset(category.id for category in categories))
    rights = ("registration.view", "registration.decide", "registration.enter")
    return Actor("account", 5, "Desk", dict.fromkeys(rights, scope))


def person(**given: Any) -> dict[str, Any]:
    """Return values of a person whose name nobody else has."""
    n = next(_numbers)
    return {
        "family_name": f"Mwila{n}",
        "given_names": "Chanda",
        "email": f"person{n}@example.org",
        "language": "en",
        **given,
    }


def draft(event: Event, category: Category, *, source: str = "self", **given: Any) -> Registration:
    """Return a draft."""
    with transaction():
        rows = services.enter(
            event.id, [Entry(category.id, person(**given))], actor=SYSTEM, source=source
        )
    return rows[0]


def sent(
    event: Event, category: Category, count: int = 1, *, source: str = "self", **given: Any
) -> list[Registration]:
    """Return registrations that were submitted, in whatever state that brought them."""
    with transaction():
        entries = [Entry(category.id, person(**given)) for _ in range(count)]
        rows = services.enter(event.id, entries, actor=SYSTEM, source=source)
        services.submit(event.id, [row.id for row in rows], actor=SYSTEM, tell=False)
    return rows


def nominated(event: Event, category: Category, count: int = 1, **given: Any) -> list[Registration]:
    """Return registrations for which their focal point has vouched."""
    rows = sent(event, category, count, **given)
    with transaction():
        services.vouch(
            event.id, [row.id for row in rows if row.state == "submitted"], actor=SYSTEM, tell=False
        )
    return rows


def accredited(
    event: Event, category: Category, count: int = 1, **given: Any
) -> list[Registration]:
    """Return accredited registrations."""
    rows = nominated(event, category, count, **given)
    waiting = [row for row in rows if row.state == "nominated"]
    do(services.accredit, event, waiting, actor=OFFICER, at_once=True, tell=False)
    return rows


def do(
    service: Callable[..., Any], event: Event, rows: Sequence[Registration], **given: Any
) -> Any:
    """Call a service on registrations in one transaction."""
    ids = [row.id for row in rows]
    with transaction():
        return service(event.id, ids, **given)


def set_registration(event: Event, **values: Any) -> None:
    """Set what the event decides about registration."""
    keep(EventSetting(event_id=event.id, feature="registration", values=values))


def make_pool(event: Event, code: str = "extra", **given: Any) -> Pool:
    """Return a pool beside the event's own."""
    values = {"event_id": event.id, "code": code, "seats": 1}
    pool: Pool = keep(Pool(**{**values, **given}))
    return pool


def moves(registration: Registration) -> list[tuple[str, str, str]]:
    """Return (from, to, outcome) of all decisions on a registration, oldest first."""
    query = select(Decision).where(Decision.registration_id == registration.id)
    rows = db.session.scalars(query.order_by(Decision.id))
    return [(row.from_state, row.to_state, row.outcome) for row in rows]


def mails(event: Event) -> list[tuple[str, str]]:
    """Return (message, address) of the event's outbox, in order."""
    query = select(OutboxMail).where(OutboxMail.event_id == event.id).order_by(OutboxMail.id)
    return [
        (row.message.removeprefix("registration."), row.to) for row in db.session.scalars(query)
    ]


def make_photo(event: Event) -> Photo:
    """Return a photo that nobody looked at yet; its file is no picture."""
    with transaction():
        file = store_file(
            b"jpeg", event_id=event.id, data_class="photo", name="p.jpg", media_type="image/jpeg"
        )
        photo = Photo(event_id=event.id, file_id=file.id, thumb_id=file.id)
        db.session.add(photo)
    return photo
