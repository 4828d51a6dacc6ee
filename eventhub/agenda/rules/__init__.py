"""Rules of the agenda: codes, clashes, places in the grid, what a change means. Pure."""

from eventhub.agenda.rules.clashes import Use, clashes
from eventhub.agenda.rules.codes import (
    ACCESS,
    HIDDEN,
    KINDS,
    LISTED_ONLY,
    ROLE_ORDER,
    ROLES,
    TITLE_ONLY,
    admits,
    is_public,
    shows_content,
)
from eventhub.agenda.rules.grid import Cell, Grid, Head, Spot, lay_out, stylesheet
from eventhub.agenda.rules.programme import (
    MOVES_CALENDAR,
    SHOWN,
    Change,
    FrozenSession,
    Programme,
    changes,
    changes_between,
)

__all__ = [
    "ACCESS",
    "HIDDEN",
    "KINDS",
    "LISTED_ONLY",
    "MOVES_CALENDAR",
    "ROLES",
    "ROLE_ORDER",
    "SHOWN",
    "TITLE_ONLY",
    "Cell",
    "Change",
    "FrozenSession",
    "Grid",
    "Head",
    "Programme",
    "Spot",
    "Use",
    "admits",
    "changes",
    "changes_between",
    "clashes",
    "is_public",
    "lay_out",
    "shows_content",
    "stylesheet",
]
