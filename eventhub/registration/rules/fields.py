"""Which fields a registration has, and how each may change after it was sent (R1.4)."""

from collections.abc import Mapping
from typing import Any

NAME_FIELDS = (
    "family_name",
    "given_names",
    "name_order",
    "display_name",
    "display_caps",
    "passport_latin",
    "name_local",
    "name_local_language",
)

FREE_EDIT = frozenset({"phone", "gender", "language", "admission"})
"""Changes at once."""

IDENTITY = frozenset({*NAME_FIELDS, "category_id", "photo_id"})
"""Changes only when an officer agrees, and then needs a new badge."""

NEEDS_APPROVAL = IDENTITY | {
    "honorific",
    "functional_title",
    "organisation",
    "rank_level_id",
    "entity_id",
    "email",
}
"""The old value stays in force until an officer agrees."""

BADGE_FIELDS = IDENTITY | {"honorific", "functional_title", "organisation", "entity_id"}
"""What a badge shows or was checked against: a change of it needs a new one."""

FOR_STAFF = frozenset({"title_en", "salutation", "in_office_since"})
"""What only staff and focal points write: how somebody is addressed and ranks (R2.8, R2.17)."""

DATES = frozenset({"in_office_since"})
"""Fields that are a day."""

FIELDS = FREE_EDIT | NEEDS_APPROVAL | FOR_STAFF | {"mode"}
"""All of them; how one takes part (`mode`) is switched by a service of its own (R1.27)."""

RETURNABLE = (
    "family_name",
    "given_names",
    "passport_latin",
    "name_local",
    "honorific",
    "functional_title",
    "organisation",
    "rank_level_id",
    "entity_id",
    "category_id",
    "email",
    "phone",
    "photo_id",
    "answers",
)
"""What may be returned for correction, in the form's order; `answers` are the questions."""

NEEDS = "needs"
"""The consent without which answers of class sensitive are not kept (R7.2)."""

CONSENTS = ("photo_filming", "list_of_participants", "partners", "next_events")
"""Purposes that are agreed to one by one, none of them needed to register (R7.5)."""

_GO_TOGETHER = {
    "family_name": NAME_FIELDS,
    "given_names": NAME_FIELDS,
    "name_local": ("name_local", "name_local_language"),
}


def reopened(returned: list[str]) -> frozenset[str]:
    """Return all fields that may be changed when these are returned for correction."""
    fields = set(returned)
    for name in returned:
        fields.update(_GO_TOGETHER.get(name, ()))
    return frozenset(fields)


def split_changes(
    old: Mapping[str, Any], new: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what of `new` differs from `old`: what changes at once, and what must be approved."""
    changed = {name: value for name, value in new.items() if old.get(name) != value}
    at_once = {name: value for name, value in changed.items() if name in FREE_EDIT}
    return at_once, {name: value for name, value in changed.items() if name not in FREE_EDIT}
