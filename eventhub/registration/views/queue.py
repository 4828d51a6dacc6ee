"""The list of people and the queue: who waits, and the one to decide beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import func

from eventhub.core.actor import Scope
from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.events.models import Category, Event
from eventhub.events.queries import categories_of, get_event_by_id
from eventhub.i18n import _, current, lazy_gettext, lazy_pgettext
from eventhub.photos.queries import find_photo
from eventhub.photos.services import jpeg_of
from eventhub.protocol.belonging import groups_at
from eventhub.protocol.queries import Named, named_at
from eventhub.registration import queries
from eventhub.registration.forms.staff import DecideForm
from eventhub.registration.models import Registration
from eventhub.registration.permissions import DECIDE, ENTER, REVIEW_PHOTO, VIEW
from eventhub.registration.rules import State
from eventhub.registration.views.beside import beside_of, held_decisions
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
    "ended": lazy_pgettext("registrations", "Ended"),
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
    held = held_decisions(event.id, shown, actor.id)
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
        beside=beside_of(event, beside, categories, entities, places, held, scope)
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
