"""Rules of the agenda: codes, clashes, places in the grid, what a change means. Pure."""

from eventhub.agenda.rules.board import Place as BoardPlace
from eventhub.agenda.rules.board import Span, draw, hours_of
from eventhub.agenda.rules.breaks import break_walls
from eventhub.agenda.rules.choice import Choice, clashing, read_choice
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
from eventhub.agenda.rules.now import Now, Place, at_turn, turn_at, turns
from eventhub.agenda.rules.observances import Observances
from eventhub.agenda.rules.parts import PARTS, belongs, count_parts
from eventhub.agenda.rules.plan import GRAVEST_FIRST, Finding, Plan, Planned, Rest, Severity
from eventhub.agenda.rules.programme import (
    MOVES_CALENDAR,
    SHOWN,
    Change,
    FrozenSession,
    Programme,
    changes,
    changes_between,
)
from eventhub.agenda.rules.publishing import (
    DIGEST,
    PublishingSettings,
    brought_back,
    concerned,
    numbered,
    of_sessions,
    parts_of,
)

__all__ = [
    "ACCESS",
    "DIGEST",
    "GRAVEST_FIRST",
    "HIDDEN",
    "KINDS",
    "LISTED_ONLY",
    "MOVES_CALENDAR",
    "PARTS",
    "QUIET_KINDS",
    "ROLES",
    "ROLE_ORDER",
    "SHOWN",
    "TITLE_ONLY",
    "BoardPlace",
    "Cell",
    "Change",
    "Choice",
    "Finding",
    "FrozenSession",
    "Grid",
    "Head",
    "Now",
    "Observances",
    "Place",
    "Plan",
    "Planned",
    "Programme",
    "PublishingSettings",
    "Rest",
    "Severity",
    "Span",
    "Spot",
    "Use",
    "admits",
    "at_turn",
    "belongs",
    "break_walls",
    "brought_back",
    "changes",
    "changes_between",
    "clashes",
    "clashing",
    "concerned",
    "count_parts",
    "draw",
    "hours_of",
    "is_public",
    "lay_out",
    "lint",
    "numbered",
    "of_sessions",
    "parts_of",
    "read_choice",
    "shows_content",
    "stylesheet",
    "turn_at",
    "turns",
]
