"""Ways of taking part, and the name that a remote participant shows on screen (R1.27)."""

MODES = ("in_person", "remote")


def modes_of_event(event_mode: str) -> tuple[str, ...]:
    """Return the ways in which one may take part: in_person, hybrid or online is the event's."""
    return {"hybrid": MODES, "online": ("remote",)}.get(event_mode, ("in_person",))


def screen_name(entity: str, name: str, role: str) -> str:
    """Return "ZAMBIA – Chanda MWILA (Delegate)"; without an entity the name leads."""
    lead = f"{entity.upper()} – " if entity else ""
    return f"{lead}{name} ({role})" if role else f"{lead}{name}"
