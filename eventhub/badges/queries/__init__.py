"""Asking who can have a badge, which runs there were, and who has taken theirs."""

from eventhub.badges.queries.choosing import (
    chosen,
    count_chosen,
    entities_among,
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
from eventhub.badges.queries.handing import (
    OTHERS,
    Envelope,
    Ready,
    badges_in,
    count_waiting,
    envelopes_of,
    get_hand_over,
    hand_overs_of,
    ready_of,
)
from eventhub.badges.queries.plating import (
    PLATES,
    PLATES_CLASS,
    find_plates_file,
    get_plates,
    plate_entities,
    plate_heads,
)
from eventhub.badges.queries.runs import (
    count_printed,
    get_run,
    job_states,
    printed_passes,
    reaches,
    runs_of,
)

__all__ = [
    "OTHERS",
    "PLATES",
    "PLATES_CLASS",
    "Envelope",
    "Printable",
    "Progress",
    "Ready",
    "at_the_gate",
    "badges_in",
    "chosen",
    "count_chosen",
    "count_printed",
    "count_reasons",
    "count_waiting",
    "entities_among",
    "envelopes_of",
    "find_plates_file",
    "find_refs",
    "gate_of",
    "get_hand_over",
    "get_plates",
    "get_run",
    "hand_overs_of",
    "job_states",
    "last_printed",
    "plate_entities",
    "plate_heads",
    "printed_passes",
    "progress_of",
    "reaches",
    "ready_of",
    "runs_of",
]
