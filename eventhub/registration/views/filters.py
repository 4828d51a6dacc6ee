"""Which people a page shows: read from its address, written back into it."""

from collections.abc import Mapping, Sequence

from flask import url_for
from sqlalchemy import select

from eventhub.core.db import db
from eventhub.entities.models import Entity
from eventhub.events.models import Category
from eventhub.registration.queries import People
from eventhub.registration.queries.lists import SORTS, VIEWS

PARTS = ("view", "q", "category", "entity", "group", "photo", "sort")
"""What of the address chooses people; `at` names the one beside the list."""

PHOTOS = ("missing", "pending")

LIMITS = ("q", "category", "entity", "group", "photo")
"""What shows less than the whole view."""


def people_asked(given: Mapping[str, str], categories: Sequence[Category]) -> People:
    """Return the filter that an address or a form asks for; nonsense is the default.

    One statement where an entity is named by its code, else none.
    """
    view, sort, code = given.get("view", ""), given.get("sort", ""), given.get("entity", "")
    entity_id = db.session.scalar(select(Entity.id).where(Entity.code == code)) if code else None
    return People(
        view=view if view in VIEWS else "waiting",
        category_ids=[one.id for one in categories if one.code == given.get("category")],
        entity_id=entity_id,
        group=given.get("group", "")[:40],
        text=given.get("q", "").strip()[:200],
        photo=given.get("photo", "") if given.get("photo") in PHOTOS else "",
        sort=sort if sort in SORTS else "oldest",
    )


def list_url(slug: str, given: Mapping[str, str], **changes: str | None) -> str:
    """Return the address of the list that `given` shows, with some parts changed.

    None leaves a part out.
    """
    parts = {name: given.get(name) for name in PARTS} | changes
    kept = {name: value for name, value in parts.items() if value}
    return url_for("registration.list_people", slug=slug, **kept)  # type: ignore[arg-type]
