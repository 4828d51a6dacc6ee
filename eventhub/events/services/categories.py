"""Categories: which are on, and what each is called, marked and asked."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select

from eventhub.audit.services import record
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Invalid
from eventhub.events import rules
from eventhub.events.models import Category, Event
from eventhub.events.queries import categories_of, zones_of
from eventhub.events.services.shared import change_row, check_open, check_version, subject
from eventhub.i18n import _

_MARK = re.compile(r"[A-Z]{2}")


def change_category(
    event: Event,
    category: Category,
    *,
    version: int | None = None,
    actor: Actor,
    **values: Any,
) -> Category:
    """Change a category: names, colour, mark, zones, who vouches and approves, and the like.

    Raises Invalid by field: a colour on which neither white nor ink can be read, a mark that is
    not two capitals or belongs to another category that is on.
    """
    check_open(event)
    check_version(category, version, event_id=event.id)
    _check_category(event, category, values)
    change_row(event, category, values, kind="category", action="category.change", actor=actor)
    return category


def choose_categories(event: Event, codes: Collection[str], *, actor: Actor) -> None:
    """Turn these categories on and all others off."""
    check_open(event)
    rows = categories_of(event.id)
    if not any(row.code in codes for row in rows):
        raise Invalid(_("Choose at least one category."), "categories")
    changed = [row for row in rows if row.is_on != (row.code in codes)]
    for row in changed:
        row.is_on = not row.is_on
        row.version += 1
    db.session.flush()
    told = [subject("category", row.ref, {"is_on": (not row.is_on, row.is_on)}) for row in changed]
    record(actor, "category.change", told, event_id=event.id)


def _check_category(event: Event, category: Category, values: Mapping[str, Any]) -> None:
    if "names" in values and not values["names"]:
        raise Invalid(_("Write the name of the category."), "name")
    if "colour" in values:
        _check_colour(values["colour"])
    if "mark" in values:
        _check_mark(event, category, values["mark"])
    if "zones" in values:
        known = {zone.code for zone in zones_of(event.id)}
        if not set(values["zones"]) <= known:
            raise Invalid(_("Choose one from the list."), "zones")
    if values.get("vouched_by", "none") not in rules.VOUCHERS:
        raise Invalid(_("Choose one from the list."), "vouched_by")
    if values.get("approver", "none") not in rules.APPROVERS:
        raise Invalid(_("Choose one from the list."), "approver")


def _check_colour(colour: str) -> None:
    if not rules.is_colour(colour):
        raise Invalid(_("Write a colour like #1F5FA8."), "colour")
    if not rules.is_readable(colour):
        raise Invalid(
            _(
                "Neither white nor black text can be read on this colour. The nearest one on which "
                "it can is %(colour)s.",
                colour=rules.darkened(colour),
            ),
            "colour",
        )


def _check_mark(event: Event, category: Category, mark: str) -> None:
    if not _MARK.fullmatch(mark):
        raise Invalid(_("Write two capital letters, like DL."), "mark")
    others = select(Category.code).where(
        Category.event_id == event.id,
        Category.id != category.id,
        Category.mark == mark,
        Category.is_on,
    )
    if (other := db.session.scalar(others)) is not None:
        raise Invalid(_("Category %(code)s has this mark already.", code=other), "mark")
