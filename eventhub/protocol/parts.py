"""What protocol contributes to lower packages: menu entries, what a copy takes along."""

from eventhub.core.actor import Actor
from eventhub.events.seams import CLONE_STEPS, IdMap, clones
from eventhub.i18n import _
from eventhub.protocol import permissions, services
from eventhub.web.seams import NAV, NavEntry

MENU = (
    NavEntry(
        "protocol.show_order",
        lambda _place: _("Order of States"),
        permissions.ORDER,
        15,
        switch="delegations",
        under="registration.list_delegations",
        prefixes=("protocol.show_order", "protocol.edit_order", "protocol.draw"),
    ),
    NavEntry(
        "protocol.list_groups",
        lambda _place: _("Groups of States"),
        permissions.EDIT_GROUPS,
        40,
        level="top",
        prefixes=("protocol.list_groups", "protocol.edit_group", "protocol.shared_group"),
    ),
    NavEntry(
        "protocol.list_entities",
        lambda _place: _("States and organizations"),
        permissions.EDIT_ENTITIES,
        93,
        level="top",
        prefixes=("protocol.list_entities", "protocol.edit_entity"),
    ),
)


def connect() -> None:
    """Fill the seams of lower packages; twice is harmless."""
    NAV.extend(entry for entry in MENU if entry not in NAV)
    if copy_places not in CLONE_STEPS:
        CLONE_STEPS.append(copy_places)


@clones("event_entity")
def copy_places(from_event_id: int, to_event_id: int, ids: IdMap, *, actor: Actor) -> None:
    """Copy names, extra entities and places."""
    ids["event_entity"] = services.copy_places(from_event_id, to_event_id)
