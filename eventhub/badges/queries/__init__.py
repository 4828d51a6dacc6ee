"""Asking who can have a badge, which runs there were, and who has taken theirs."""

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
    "count_printed",
    "count_reasons",
    "gate_of",
    "get_run",
    "printed_passes",
    "progress_of",
    "reaches",
    "runs_of",
]
