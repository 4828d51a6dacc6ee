"""Asking who can have a badge, which runs there were, and who has taken theirs."""

from eventhub.badges.queries.choosing import (
    chosen,
    count_chosen,
    entities_there,
    find_refs,
    last_printed,
)
from eventhub.badges.queries.gate import (
    Printable,
    Progress,
    at_the_gate,
    count_reasons,
    gate_of,
    progress_of,
)
from eventhub.badges.queries.runs import (
    count_printed,
    get_run,
    printed_passes,
    reaches,
    runs_of,
)

__all__ = [
    "Printable",
    "Progress",
    "at_the_gate",
    "chosen",
    "count_chosen",
    "count_printed",
    "count_reasons",
    "entities_there",
    "find_refs",
    "gate_of",
    "get_run",
    "last_printed",
    "printed_passes",
    "progress_of",
    "reaches",
    "runs_of",
]
