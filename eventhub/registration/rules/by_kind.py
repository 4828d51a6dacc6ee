"""Which category a person gets from what they represent, where nobody asks them to choose."""

from collections.abc import Sequence

_BY_KIND = {
    "member_state": ("DEL", "HOD"),
    "observer_state": ("OBSST", "DEL"),
    "regional_integration_organization": ("IGO", "DEL"),
    "igo": ("IGO", "DEL"),
    "un_secretariat": ("UNS", "IGO"),
    "un_regional_commission": ("UNS", "IGO"),
    "un_programme": ("UNS", "IGO"),
    "specialized_agency": ("UNS", "IGO"),
    "ngo": ("NGO", "IGO"),
    "academia": ("ACAD", "NGO", "IGO"),
    "private": ("PRIV", "NGO", "IGO"),
    "press": ("PRESS", "NGO", "IGO"),
    "secretariat": ("IGO", "DEL"),
}
"""Codes of categories by kind of entity, the fitting one first."""


_OF_A_KIND = frozenset({"OBSST", "IGO", "UNS", "NGO", "ACAD", "PRIV", "PRESS"})
"""Codes of categories that are for some kinds of entities only."""


def is_for_kind(code: str, kind: str | None) -> bool:
    """Tell whether people of such an entity can be of the category with this code."""
    return code not in _OF_A_KIND or code in _BY_KIND.get(kind or "", ("NGO", "IGO"))


def category_code(kind: str | None, offered: Sequence[str]) -> str | None:
    """Return the code of the category for a kind of entity (None: an organization not listed).

    `offered` are the codes that people may take, in the event's order: where none fits, it is
    the first of them; None where there is none at all.
    """
    fitting = _BY_KIND.get(kind or "", ("NGO", "IGO"))
    chosen = next((code for code in fitting if code in offered), None)
    return chosen or (offered[0] if offered else None)
