"""The one to decide, beside the list: all that is shown of it, and what may be done to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import url_for
from sqlalchemy import func, select

from eventhub.core import clock
from eventhub.core.actor import Scope
from eventhub.core.db import db
from eventhub.events.models import Category, Event
from eventhub.events.queries import rule_of
from eventhub.i18n import _, current
from eventhub.i18n.times import moment
from eventhub.photos.models import Photo
from eventhub.photos.queries import find_photo
from eventhub.protocol.queries import Named
from eventhub.registration import queries
from eventhub.registration.models import ChangeRequest, Decision, Registration
from eventhub.registration.permissions import DECIDE, VOUCH
from eventhub.registration.queries.words import field_word
from eventhub.registration.rules import State
from eventhub.web.access import current_actor


@dataclass(frozen=True, slots=True)
class Held:
    """A decision that can still be undone, and for how many seconds."""

    decision: Decision
    row: Registration
    name: str
    word: str
    seconds: int

    @property
    def left(self) -> str:
        """Return minutes and seconds: 1:34."""
        return f"{self.seconds // 60}:{self.seconds % 60:02d}"


@dataclass(frozen=True, slots=True)
class Beside:
    """Everything that is shown of the one to decide."""

    row: Registration
    name: str
    local: str
    reference: str
    entity: str
    """As the event names it, "" for nobody's."""
    category: Category
    sent: str
    state: str
    kind: str
    place: queries.Place | None
    turn: str
    twins: list[tuple[str, str, str, str]]
    change: ChangeRequest | None
    changed: list[str]
    held: Held | None
    photo: Photo | None
    photo_url: str
    acts: tuple[str, ...]
    waits_for: str


def held_decisions(
    event_id: int, rows: Sequence[Registration], actor_id: int | None
) -> dict[int, Held]:
    """Return held decisions by registration id, under 0 the actor's newest; one statement."""
    wanted = {row.id for row in rows}
    held = (Decision.event_id == event_id) & (Decision.outcome == "held")
    own = select(func.max(Decision.id)).where(held, Decision.actor_id == actor_id)
    query = (
        select(Decision, Registration)
        .join(Registration, Registration.id == Decision.registration_id)
        .where(held, Decision.registration_id.in_(wanted) | (Decision.id == own.scalar_subquery()))
        .order_by(Decision.id)
    )
    found: dict[int, Held] = {}
    for decision, row in db.session.execute(query):
        mine = decision.actor_kind == "account" and decision.actor_id == actor_id
        if row.id in wanted or mine:
            left = decision.effective_at - clock.now()
            name, word = queries.printed_name(row, current()), queries.state_word(decision.to_state)
            entry = Held(decision, row, name, word, max(0, left // timedelta(seconds=1)))
            found[row.id] = entry
            if mine:
                found[0] = entry
    return found


def beside_of(
    event: Event,
    row: Registration,
    categories: Mapping[int, Category],
    entities: Mapping[int, Named],
    places: Mapping[int, queries.Place],
    held: Mapping[int, Held],
    scope: Scope,
) -> Beside:
    """Return what is shown of a registration; `places`, `held` and `entities` by id."""
    entity = entities.get(row.entity_id or 0)
    name = entity.name if entity else ""
    change = queries.open_changes(event.id, [row.id]).get(row.id)
    undecided = row.state in (State.SUBMITTED, State.NOMINATED)
    twins = queries.twins_of(row, scope) if undecided else []
    place = places.get(row.id)
    return Beside(
        row=row,
        name=queries.printed_name(row),
        local=row.name_local,
        reference=queries.reference(row, entity.code if entity else None),
        entity=name,
        category=categories[row.category_id],
        sent=moment(row.submitted_at, event.zone) if row.submitted_at else "",
        state=queries.state_word(row.state),
        kind=queries.kind_of(row.state),
        place=place,
        turn=queries.turn_word(place.turn) if place else "",
        twins=[
            (
                queries.printed_name(twin),
                queries.state_word(twin.state),
                ", ".join(queries.twin_words(pair)),
                url_for("registration.show_person", slug=event.slug, ref=twin.ref),
            )
            for twin, pair in twins
        ],
        change=change,
        changed=[field_word(name) for name in change.new] if change else [],
        held=held.get(row.id),
        photo=find_photo(event.id, row.photo_id),
        photo_url=url_for("registration.photo", slug=event.slug, ref=row.ref)
        if row.photo_id
        else "",
        acts=acts_for(row, is_held=row.id in held),
        waits_for=_waits_for(event, row, categories[row.category_id], name),
    )


def acts_for(row: Registration, *, is_held: bool) -> tuple[str, ...]:
    """Return what the present actor may do to the registration, the likeliest first."""
    if row.erased_at is not None:
        return ()
    actor = current_actor()
    decides, vouches = actor.may(DECIDE), actor.may(VOUCH)
    if is_held:
        return ("undo",) if decides else ()
    acts: dict[str, tuple[str, ...]] = {
        State.SUBMITTED: ("vouch", "return", "reject", "waitlist", "withdraw"),
        State.NOMINATED: ("accredit", "return", "reject", "waitlist", "withdraw"),
        State.RETURNED: ("reject", "withdraw"),
        State.WAITLISTED: ("place", "reject", "withdraw"),
        State.ACCREDITED: ("revoke", "withdraw"),
        State.REJECTED: ("reinstate",),
        State.WITHDRAWN: ("reinstate",),
        State.REVOKED: ("reinstate",),
    }
    allowed = {
        "vouch": vouches,
        "withdraw": vouches,
        "return": decides or vouches,
        "reject": decides or vouches,
        "reinstate": actor.may("registration.reinstate"),
    }
    return tuple(act for act in acts.get(row.state, ()) if allowed.get(act, decides))


def _waits_for(event: Event, row: Registration, category: Category, entity: str) -> str:
    if row.state == State.SUBMITTED and rule_of(event, category).vouched_by == "focal_point":
        if not entity:
            return _("No delegation is named, so no focal point can vouch.")
        return _("Waits for the focal point of %(entity)s to vouch.", entity=entity)
    return ""
