"""Ways of taking part, and the name that a remote participant shows on screen (R1.27)."""

from collections.abc import Mapping
from urllib.parse import quote

MODES = ("in_person", "remote")

NOT_ON_SCREEN = frozenset({"break", "social", "logistics", "study_visit"})
"""Kinds of sessions that nobody follows remotely."""


def modes_of_event(event_mode: str) -> tuple[str, ...]:
    """Return the ways in which one may take part: in_person, hybrid or online is the event's."""
    return {"hybrid": MODES, "online": ("remote",)}.get(event_mode, ("in_person",))


def screen_name(entity: str, name: str, role: str) -> str:
    """Return "ZAMBIA – Chanda MWILA (Delegate)"; without an entity the name leads."""
    lead = f"{entity.upper()} – " if entity else ""
    return f"{lead}{name} ({role})" if role else f"{lead}{name}"


def joining_address(address: str, *, personal_id: str, name: str) -> str:
    """Return the address of the meeting, `{id}` and `{name}` in it made the person's own."""
    own: Mapping[str, str] = {"{id}": personal_id, "{name}": name}
    for mark, value in own.items():
        address = address.replace(mark, quote(value, safe=""))
    return address
