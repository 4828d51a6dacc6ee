"""Rules of the agenda: codes, clashes, places in the grid, what a change means. Pure."""

from eventhub.agenda.rules.clashes import Use, clashes
from eventhub.agenda.rules.codes import (
    ACCESS,
    HIDDEN,
    KINDS,
    LISTED_ONLY,
    QUIET_KINDS,
    ROLE_ORDER,
    ROLES,
    TITLE_ONLY,
    admits,
    is_public,
    shows_content,
)
from eventhub.agenda.rules.grid import Cell, Grid, Head, Spot, lay_out, stylesheet
from eventhub.agenda.rules.lint import lint
from eventhub.agenda.rules.plan import GRAVEST_FIRST, Finding, Plan, Planned, Severity
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
    "GRAVEST_FIRST",
    "HIDDEN",
    "KINDS",
    "LISTED_ONLY",
    "MOVES_CALENDAR",
    "QUIET_KINDS",
    "ROLES",
    "ROLE_ORDER",
    "SHOWN",
    "TITLE_ONLY",
    "Cell",
    "Change",
    "Finding",
    "FrozenSession",
    "Grid",
    "Head",
    "Plan",
    "Planned",
    "Programme",
    "Severity",
    "Spot",
    "Use",
    "admits",
    "changes",
    "changes_between",
    "clashes",
    "is_public",
    "lay_out",
    "lint",
    "shows_content",
    "stylesheet",
]
