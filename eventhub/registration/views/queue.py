"""The list of people and the queue: who waits, and the one to decide beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from eventhub.core import clock
from eventhub.core.actor import Scope
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.events.models import Category, Event
from eventhub.events.queries import categories_of, get_event_by_id, rule_of
from eventhub.i18n import _, current, lazy_gettext
from eventhub.i18n.times import moment
from eventhub.photos.models import Photo
from eventhub.photos.queries import find_photo
from eventhub.photos.services import jpeg_of
from eventhub.protocol.belonging import groups_at
from eventhub.protocol.queries import Named, named_at
from eventhub.registration import queries
from eventhub.registration.forms.staff import DecideForm
from eventhub.registration.models import ChangeRequest, Decision, Registration
from eventhub.registration.permissions import DECIDE, ENTER, REVIEW_PHOTO, VIEW, VOUCH
from eventhub.registration.queries.words import field_word
from eventhub.registration.rules import State
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.filters import LIMITS, list_url, people_asked
from eventhub.web.access import current_actor, current_place, requires
from eventhub.web.pages import PageOf, page_asked

PER_PAGE = 100

VIEW_WORDS = {
    "waiting": lazy_gettext("Waiting for you"),
    "sent": lazy_gettext("With focal points"),
    "returned": lazy_gettext("Returned"),
    "waitlist": lazy_gettext("Waiting list"),
    "changes": lazy_gettext("Changes asked for"),
    "held": lazy_gettext("Decided just now"),
    "confirmed": lazy_gettext("Accredited"),
    "ended": lazy_gettext("Ended"),
    "all": lazy_gettext("All"),
}
ALWAYS_SHOWN = frozenset({"waiting", "confirmed", "all"})

SORT_WORDS = {
    "oldest": lazy_gettext("Oldest first"),
    "newest": lazy_gettext("Newest first"),
    "name": lazy_gettext("By name"),
    "entity": lazy_gettext("By State or organization"),
    "category": lazy_gettext("By category"),
    "state": lazy_gettext("By state"),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One view of the list."""

    label: str
    url: str
    current: bool
    count: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list."""

    row: Registration
    name: str
    entity: str
    """The entity's code, "" for nobody's."""
    category: Category
    url: str
    phrase: str
    kind: str
    is_current: bool


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


@bp.get("/manage/<slug>/people")
@requires(VIEW)
def list_people(slug: str) -> ResponseReturnValue:
    """Show the people of a view, and beside them the one asked for or the first."""
    event, actor = event_here(), current_actor()
    scope = actor.scope(VIEW)
    categories = {one.id: one for one in categories_of(event.id)}
    given = request.args.to_dict()
    people = people_asked(given, list(categories.values()))
    counts = queries.counts(event.id, [scope])
    page = _page(event.id, people, scope)
    rows, at = list(page.rows), given.get("at", "")
    chosen = next((row for row in rows if row.ref == at), None)
    if at and chosen is None:
        chosen = queries.find_registration(event.id, at, scope)
    beside = chosen or (rows[0] if rows else None)
    shown = [*rows, beside] if beside and beside not in rows else rows
    entities = named_at(event.id, [row.entity_id for row in shown])
    places = _places(event, categories) if people.view == "waitlist" else {}
    held = _held(event.id, shown, actor.id)
    lines = [
        _line(slug, given, row, categories, entities, places, people.view, beside) for row in rows
    ]
    after, before = _around(rows, beside, slug, given)
    return render_template(
        "registration/list_people.html",
        event=event,
        tabs=_tabs(slug, given, people.view, counts.by_view),
        people=people,
        lines=lines,
        page=page,
        beside=_beside(event, beside, categories, entities, places, held, scope)
        if beside
        else None,
        is_chosen=chosen is not None,
        just_decided=held.get(0),
        held_count=counts.by_view.get("held", 0),
        held_url=list_url(slug, given, view="held", at=None),
        form=DecideForm(),
        reject=DecideForm.for_move(State.REJECTED),
        return_=DecideForm.for_move(State.RETURNED),
        back_url=list_url(slug, given, at=None),
        here_url=list_url(slug, given, at=beside.ref if beside else None),
        next_url=after,
        previous_url=before,
        filters=_filters(given, categories.values(), _groups(event, people)),
        is_filtered=any(given.get(name) for name in LIMITS),
        may_enter=actor.may(ENTER),
        may_decide=actor.may(DECIDE),
        may_review=actor.may(REVIEW_PHOTO),
        given=given,
        heading=heading_of(event),
    )


def event_here() -> Event:
    """Return the event of the present address, which the access rule has read already."""
    return get_event_by_id(current_place().event_id or 0)


def heading_of(event: Event) -> str:
    """Return what the list is called, by the preset's words."""
    words = {"side_event": _("Replies"), "seminar": _("Selection")}
    return words.get(event.preset, _("People"))


@bp.get("/manage/<slug>/people/<ref>/photo.jpg")
@requires(VIEW)
def photo(slug: str, ref: str) -> ResponseReturnValue:
    """Show the photo of a registration within reach; `?small=1` the one for lists."""
    event = event_here()
    row = queries.get_registration(event.id, ref, current_actor().scope(VIEW))
    found = find_photo(event.id, row.photo_id)
    if found is None:
        raise NotFound
    small = request.args.get("small") == "1"
    response = Response(jpeg_of(found, thumb=small), mimetype="image/jpeg")
    response.headers["Cache-Control"] = "private, max-age=300"
    return response


def _page(event_id: int, people: queries.People, scope: Scope) -> PageOf[Registration]:
    """Return one page of the list and how many there are, in one statement."""
    query = queries.select_people(event_id, people, [scope])
    number = page_asked()
    counted = query.add_columns(func.count().over())
    found = db.session.execute(counted.limit(PER_PAGE).offset((number - 1) * PER_PAGE)).all()
    total = found[0][1] if found else 0
    return PageOf([row[0] for row in found], number, max(1, -(-total // PER_PAGE)), total)


def _places(event: Event, categories: dict[int, Category]) -> dict[int, queries.Place]:
    return queries.places_in(queries.Setup(event, categories, queries.settings_of(event.id)))


def _held(event_id: int, rows: Sequence[Registration], actor_id: int | None) -> dict[int, Held]:
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


def _line(
    slug: str,
    given: Mapping[str, str],
    row: Registration,
    categories: Mapping[int, Category],
    entities: Mapping[int, Named],
    places: Mapping[int, queries.Place],
    view: str,
    beside: Registration | None,
) -> Row:
    entity = entities.get(row.entity_id or 0)
    phrase = "" if view in ("waiting", "sent", "returned") else queries.state_word(row.state)
    if row.id in places:
        phrase = _("Place %(place)s", place=places[row.id].number)
    return Row(
        row=row,
        name=queries.printed_name(row, current()),
        entity=entity.code if entity else "",
        category=categories[row.category_id],
        url=list_url(slug, given, at=row.ref, page=given.get("page")),
        phrase=phrase,
        kind=queries.kind_of(row.state),
        is_current=beside is not None and row.id == beside.id,
    )


def _beside(
    event: Event,
    row: Registration,
    categories: Mapping[int, Category],
    entities: Mapping[int, Named],
    places: Mapping[int, queries.Place],
    held: Mapping[int, Held],
    scope: Scope,
) -> Beside:
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


def _around(
    rows: Sequence[Registration],
    beside: Registration | None,
    slug: str,
    given: Mapping[str, str],
) -> tuple[str | None, str | None]:
    """Return the addresses of the next and the previous one in the list."""
    place = next((i for i, row in enumerate(rows) if beside and row.id == beside.id), None)
    if place is None:
        return None, None
    page = given.get("page")
    after = rows[place + 1].ref if place + 1 < len(rows) else None
    before = rows[place - 1].ref if place else None
    return (
        list_url(slug, given, at=after, page=page) if after else None,
        list_url(slug, given, at=before, page=page) if before else None,
    )


def _tabs(slug: str, given: Mapping[str, str], view: str, counts: Mapping[str, int]) -> list[Tab]:
    tabs = []
    for name, word in VIEW_WORDS.items():
        count = counts.get(name, 0)
        if count or name in ALWAYS_SHOWN or name == view:
            url = list_url(slug, given, view=name, at=None)
            tabs.append(Tab(str(word), url, name == view, count))
    return tabs


def _groups(event: Event, people: queries.People) -> list[tuple[str, str]]:
    """Return the groups to filter by, where delegations count; the waiting list has its own."""
    if "delegations" not in event.switches or people.view == "waitlist":
        return []
    return groups_at(event.id)


def _filters(
    given: Mapping[str, str], categories: Any, groups: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    on = [one for one in categories if one.is_on]
    return {
        "categories": [("", _("All")), *((one.code, one.name()) for one in on)],
        "photos": [("", _("All")), ("missing", _("Missing")), ("pending", _("To be looked at"))],
        "sorts": [(name, str(word)) for name, word in SORT_WORDS.items()],
        "q": given.get("q", ""),
        "category": given.get("category", ""),
        "photo": given.get("photo", ""),
        "sort": given.get("sort", "oldest"),
        "entity": given.get("entity", ""),
        "groups": [("", _("All")), *groups] if groups else [],
        "group": given.get("group", ""),
        "view": given.get("view", "waiting"),
    }
